//! The order of an answer's fields: that of the document, as the GraphQL specification asks (section 7.2.2), and of its
//! errors. The executor answers in the order in which resolvers finish.

use std::collections::{HashMap, HashSet};

use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::{ExecutableDocument, FragmentDefinition, Selection, SelectionSet};
use async_graphql::{Name, PathSegment, Positioned, ServerError, Value};

type Fragments = HashMap<Name, Positioned<FragmentDefinition>>;

/// Fields of one object by the name they answer to, each with what is selected below.
type Fields<'a> = IndexMap<&'a Name, Vec<&'a SelectionSet>>;

/// Puts the fields of an answer into the order of the operation that it answers.
pub(super) fn restore(answer: &mut Value, document: &ExecutableDocument, operation: Option<&str>) {
    let mut operations = document.operations.iter();
    let asked = operations.find(|(name, _)| operation.is_none() || name.map(Name::as_str) == operation);
    if let Some((_, operation)) = asked {
        sort(vec![answer], &[&operation.node.selection_set.node], &document.fragments);
    }
}

/// Puts errors into the order of the fields that they are about; those of one field in the order of the rows.
pub(super) fn restore_errors(errors: &mut [ServerError]) {
    let step = |segment: &PathSegment| match segment {
        PathSegment::Field(name) => (0, name.clone()),
        PathSegment::Index(index) => (*index, String::new()),
    };
    errors.sort_by_cached_key(|error| {
        let field = error.locations.first().map(|place| (place.line, place.column));
        (field, error.path.iter().map(step).collect::<Vec<_>>())
    });
}

/// Sorts all values that answer the same selections: what is selected is looked up once, however many rows there are.
fn sort(values: Vec<&mut Value>, selections: &[&SelectionSet], fragments: &Fragments) {
    let mut objects = Vec::new();
    values.into_iter().for_each(|value| objects_within(value, &mut objects));
    if objects.is_empty() || plain(&mut objects, selections, fragments) {
        return;
    }
    let mut fields = Fields::new();
    let mut spread = HashSet::new();
    selections.iter().for_each(|selections| collect(&mut fields, &mut spread, selections, fragments));
    for object in &mut objects {
        if !object.keys().eq(fields.keys().copied()) {
            let place = |name: &Name| fields.get_index_of(name).unwrap_or(usize::MAX);
            object.sort_by(|one, _, other, _| place(one).cmp(&place(other)));
        }
    }
    for (name, below) in fields {
        if below.iter().any(|selections| !selections.items.is_empty()) {
            sort(objects.iter_mut().filter_map(|object| object.get_mut(name)).collect(), &below, fragments);
        }
    }
}

/// Sorts below objects whose fields are in order, each named once and none by a fragment: the usual case, in which nothing
/// is looked up. False, and nothing done, for others.
fn plain(objects: &mut [&mut IndexMap<Name, Value>], selections: &[&SelectionSet], fragments: &Fragments) -> bool {
    let [SelectionSet { items }] = selections else { return false };
    let in_order = |object: &IndexMap<Name, Value>| {
        object.len() == items.len()
            && object.keys().zip(items).all(|(name, item)| match &item.node {
                Selection::Field(field) => *name == field.node.response_key().node,
                _ => false,
            })
    };
    if !objects.iter().all(|object| in_order(object)) {
        return false;
    }
    for (at, item) in items.iter().enumerate() {
        if let Selection::Field(field) = &item.node
            && !field.node.selection_set.node.items.is_empty()
        {
            let values = objects.iter_mut().filter_map(|object| object.get_index_mut(at).map(|(_, value)| value));
            sort(values.collect(), &[&field.node.selection_set.node], fragments);
        }
    }
    true
}

fn objects_within<'a>(value: &'a mut Value, objects: &mut Vec<&'a mut IndexMap<Name, Value>>) {
    match value {
        Value::Object(object) => objects.push(object),
        Value::List(values) => values.iter_mut().for_each(|value| objects_within(value, objects)),
        _ => {}
    }
}

/// The fields of a selection in their order. A fragment that was spread already adds nothing; so circles end, too.
fn collect<'a>(
    fields: &mut Fields<'a>,
    spread: &mut HashSet<&'a Name>,
    selections: &'a SelectionSet,
    fragments: &'a Fragments,
) {
    for selection in &selections.items {
        match &selection.node {
            Selection::Field(field) => {
                fields.entry(&field.node.response_key().node).or_default().push(&field.node.selection_set.node);
            }
            Selection::InlineFragment(fragment) => {
                collect(fields, spread, &fragment.node.selection_set.node, fragments);
            }
            Selection::FragmentSpread(named) => {
                let name = &named.node.fragment_name.node;
                if let Some(fragment) = fragments.get(name).filter(|_| spread.insert(name)) {
                    collect(fields, spread, &fragment.node.selection_set.node, fragments);
                }
            }
        }
    }
}
