//! What a field that failed leaves behind (GraphQL specification, section 6.4.4): null where it may be null, else what it
//! belongs to is null. The executor leaves such fields out.

use std::collections::HashMap;

use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::{
    ExecutableDocument, Field, FragmentDefinition, OperationType, Selection, SelectionSet,
};
use async_graphql::registry::{MetaTypeName, Registry};
use async_graphql::{Name, PathSegment, Positioned, Response, Value};

/// Puts nulls where the errors of an answer say.
pub(super) fn complete(
    registry: &Registry,
    document: &ExecutableDocument,
    operation: Option<&str>,
    response: &mut Response,
) {
    let mut operations = document.operations.iter();
    let asked = operations.find(|(name, _)| operation.is_none() || name.map(Name::as_str) == operation);
    let Some((_, asked)) = asked else { return };
    let root = match asked.node.ty {
        OperationType::Query => Some(&registry.query_type),
        OperationType::Mutation => registry.mutation_type.as_ref(),
        OperationType::Subscription => registry.subscription_type.as_ref(),
    };
    let Some(root) = root else { return };
    let walk = Walk { registry, fragments: &document.fragments };
    let failed = response.errors.iter().filter(|error| !error.path.is_empty());
    let mut nulls: Vec<_> =
        failed.map(|error| &error.path[..walk.null(root, &asked.node.selection_set.node, &error.path)]).collect();
    // What is null has nothing in it: the widest first.
    nulls.sort_by_key(|path| path.len());
    let mut done: Vec<&[PathSegment]> = Vec::with_capacity(nulls.len());
    for path in nulls {
        if !done.iter().any(|wider| path.starts_with(wider)) {
            put_null(&mut response.data, path);
            done.push(path);
        }
    }
}

struct Walk<'a> {
    registry: &'a Registry,
    fragments: &'a HashMap<Name, Positioned<FragmentDefinition>>,
}

impl<'a> Walk<'a> {
    /// How much of the path of something that failed names what is null: all of it, or less where that may not be null.
    fn null(&self, root: &'a str, selected: &'a SelectionSet, path: &[PathSegment]) -> usize {
        let (mut sets, mut declared) = (vec![(root, selected)], root);
        let mut null = 0;
        for (at, segment) in path.iter().enumerate() {
            match segment {
                PathSegment::Field(key) => {
                    let mut fields = Vec::new();
                    sets.iter().for_each(|(of, set)| self.named(of, set, key, &mut fields));
                    let of_field = |(of, field): &(&str, &Field)| {
                        let meta = self.registry.types.get(*of)?.field_by_name(&field.name.node)?;
                        Some(meta.ty.as_str())
                    };
                    let Some(found) = fields.iter().find_map(of_field) else { return path.len() };
                    declared = found;
                    let on = MetaTypeName::concrete_typename(declared);
                    sets = fields.iter().map(|(_, field)| (on, &field.selection_set.node)).collect();
                }
                PathSegment::Index(_) => declared = item(declared),
            }
            if !MetaTypeName::create(declared).is_non_null() {
                null = at + 1;
            }
        }
        null
    }

    /// The fields that answer to `key`, each with the type that it is selected of.
    fn named(&self, of: &'a str, set: &'a SelectionSet, key: &str, fields: &mut Vec<(&'a str, &'a Field)>) {
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) if field.node.response_key().node == key => fields.push((of, &field.node)),
                Selection::Field(_) => {}
                Selection::InlineFragment(fragment) => {
                    let on = fragment.node.type_condition.as_ref();
                    let on = on.map_or(of, |condition| condition.node.on.node.as_str());
                    self.named(on, &fragment.node.selection_set.node, key, fields);
                }
                Selection::FragmentSpread(spread) => {
                    if let Some(fragment) = self.fragments.get(&spread.node.fragment_name.node) {
                        let on = fragment.node.type_condition.node.on.node.as_str();
                        self.named(on, &fragment.node.selection_set.node, key, fields);
                    }
                }
            }
        }
    }
}

/// What a list is a list of.
fn item(declared: &str) -> &str {
    match MetaTypeName::create(declared) {
        MetaTypeName::List(of) => of,
        MetaTypeName::NonNull(of) => item(of),
        MetaTypeName::Named(_) => declared,
    }
}

/// Makes what `path` names null. An object of which nothing was answered is there all the same.
fn put_null(value: &mut Value, path: &[PathSegment]) {
    let Some((first, rest)) = path.split_first() else {
        *value = Value::Null;
        return;
    };
    if *value == Value::Null && matches!(first, PathSegment::Field(_)) {
        *value = Value::Object(IndexMap::new());
    }
    match (value, first) {
        (Value::Object(object), PathSegment::Field(key)) => {
            put_null(object.entry(Name::new(key)).or_default(), rest);
        }
        (Value::List(items), PathSegment::Index(at)) => {
            if let Some(item) = items.get_mut(*at) {
                put_null(item, rest);
            }
        }
        _ => {}
    }
}
