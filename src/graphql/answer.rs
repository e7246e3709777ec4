//! An object of an answer, put together field by field.

use async_graphql::indexmap::IndexMap;
use async_graphql::indexmap::map::Entry;
use async_graphql::parser::types::{Field, Selection, SelectionSet};
use async_graphql::{ContextSelectionSet, Name, ObjectType, Positioned, ServerResult, Value};

/// The fields of an object so far, in the order of the document.
pub(super) struct Answer(IndexMap<Name, Value>);

impl Answer {
    /// Nothing yet of what is selected.
    pub(super) fn of(ctx: &ContextSelectionSet<'_>) -> Self {
        Self(IndexMap::with_capacity(ctx.item.node.items.len()))
    }

    /// Takes what a field came to. What is selected of it in two places is put together.
    pub(super) fn take(
        &mut self,
        ctx: &ContextSelectionSet<'_>,
        field: &Positioned<Field>,
        value: ServerResult<Value>,
    ) {
        match value {
            Ok(value) => merge(&mut self.0, field.node.response_key().node.clone(), value),
            Err(error) => ctx.add_error(error),
        }
    }

    /// Takes what is known of a field; of one that is still to come, keeps the place.
    pub(super) fn see(
        &mut self,
        ctx: &ContextSelectionSet<'_>,
        field: &Positioned<Field>,
        known: Option<ServerResult<Value>>,
    ) {
        match known {
            Some(value) => self.take(ctx, field, value),
            None => drop(self.0.entry(field.node.response_key().node.clone()).or_default()),
        }
    }
}

impl From<Answer> for Value {
    fn from(Answer(fields): Answer) -> Self {
        if fields.is_empty() { Self::Null } else { Self::Object(fields) }
    }
}

/// Everything that is selected of a `T`, fragments included.
pub(super) fn fields<'a, T: ObjectType>(
    ctx: &'a ContextSelectionSet<'a>,
) -> impl Iterator<Item = &'a Positioned<Field>> {
    let items = &ctx.item.node.items;
    let bare = items.iter().map_while(|selection| match &selection.node {
        Selection::Field(field) => Some(field),
        Selection::FragmentSpread(_) | Selection::InlineFragment(_) => None,
    });
    // Without fragments the selection is the list.
    let is_bare = bare.clone().count() == items.len();
    let mut collected = Vec::new();
    if !is_bare {
        collect::<T>(ctx, &ctx.item.node, &mut collected);
    }
    bare.filter(move |_| is_bare).chain(collected)
}

fn collect<'a, T: ObjectType>(
    ctx: &ContextSelectionSet<'a>,
    selections: &'a SelectionSet,
    fields: &mut Vec<&'a Positioned<Field>>,
) {
    for selection in &selections.items {
        let (condition, selections) = match &selection.node {
            Selection::Field(field) => {
                fields.push(field);
                continue;
            }
            Selection::FragmentSpread(spread) => match ctx.query_env.fragments.get(&spread.node.fragment_name.node) {
                Some(fragment) => (Some(&fragment.node.type_condition), &fragment.node.selection_set),
                None => continue,
            },
            Selection::InlineFragment(fragment) => {
                (fragment.node.type_condition.as_ref(), &fragment.node.selection_set)
            }
        };
        let own = T::type_name();
        let interfaces = ctx.schema_env.registry.implements.get(&*own);
        let applies = |on: &str| on == own || interfaces.is_some_and(|interfaces| interfaces.contains(on));
        if condition.is_none_or(|condition| applies(&condition.node.on.node)) {
            collect::<T>(ctx, &selections.node, fields);
        }
    }
}

/// What a field of an object comes to.
pub(super) async fn ask<T: ObjectType>(
    ctx: &ContextSelectionSet<'_>,
    object: &T,
    field: &Positioned<Field>,
) -> ServerResult<Value> {
    if field.node.name.node == "__typename" {
        return Ok(Value::String(object.introspection_type_name().into_owned()));
    }
    Ok(object.resolve_field(&ctx.with_field(field)).await?.unwrap_or_default())
}

/// Adds a field; what is selected of it in two places is put together.
fn merge(object: &mut IndexMap<Name, Value>, name: Name, value: Value) {
    let known = match object.entry(name) {
        Entry::Vacant(place) => {
            place.insert(value);
            return;
        }
        Entry::Occupied(known) => known.into_mut(),
    };
    match (known, value) {
        (Value::Object(known), Value::Object(value)) => {
            value.into_iter().for_each(|(name, value)| merge(known, name, value));
        }
        (Value::List(known), Value::List(value)) => {
            for pair in known.iter_mut().zip(value) {
                if let (Value::Object(known), Value::Object(value)) = pair {
                    value.into_iter().for_each(|(name, value)| merge(known, name, value));
                }
            }
        }
        // A place that was kept.
        (known @ Value::Null, value) => *known = value,
        _ => {}
    }
}

/// The names in the schema of a type that is there as another, and only resolved otherwise.
macro_rules! known_as {
    ($other:ty) => {
        fn type_name() -> std::borrow::Cow<'static, str> {
            <$other>::type_name()
        }

        fn qualified_type_name() -> String {
            <$other>::qualified_type_name()
        }

        fn create_type_info(registry: &mut async_graphql::registry::Registry) -> String {
            <$other>::create_type_info(registry)
        }
    };
}
pub(super) use known_as;
