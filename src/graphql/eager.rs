//! Objects and lists whose fields are mostly known at once.
//!
//! The executor makes every field of every object a task of its own, which for answers of thousands of small objects is
//! most of their cost. Here each field is asked once, on the spot; only those that have to wait become tasks. Extensions of the
//! executor that look at single fields do not see these.

use std::borrow::Cow;
use std::future::poll_fn;
use std::task::Poll;

use async_graphql::indexmap::IndexMap;
use async_graphql::indexmap::map::Entry;
use async_graphql::parser::types::{Field, Selection, SelectionSet};
use async_graphql::registry::Registry;
use async_graphql::{ContextSelectionSet, Name, ObjectType, OutputType, Positioned, ServerResult, Value};
use futures_util::StreamExt;
use futures_util::future::{BoxFuture, OptionFuture};
use futures_util::stream::FuturesUnordered;

/// An object, resolved so. Its fields come in the order of the document.
pub(super) struct Eager<T>(pub(super) T);

/// A list, resolved so.
pub(super) struct EagerList<T>(pub(super) Vec<T>);

impl<T: ObjectType> OutputType for Eager<T> {
    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        T::create_type_info(registry)
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        let mut object = IndexMap::with_capacity(ctx.item.node.items.len());
        for answer in answers(ctx, &self.0).await {
            match answer {
                Ok((name, value)) => merge(&mut object, name, value),
                Err(error) => ctx.add_error(error),
            }
        }
        Ok(if object.is_empty() { Value::Null } else { Value::Object(object) })
    }
}

impl<T: OutputType> OutputType for EagerList<T> {
    fn type_name() -> Cow<'static, str> {
        Vec::<T>::type_name()
    }

    fn qualified_type_name() -> String {
        Vec::<T>::qualified_type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        Vec::<T>::create_type_info(registry)
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        let answers = self.0.iter().enumerate().map(|(index, item)| async move {
            let ctx = ctx.with_index(index);
            item.resolve(&ctx, field).await.map_err(|error| ctx.set_error_path(error))
        });
        all(answers).await.into_iter().collect::<ServerResult<_>>().map(Value::List)
    }
}

/// What the fields of an object come to. Boxed, as a type that others refer to and that refers to them would have no end.
fn answers<'a, T: ObjectType>(
    ctx: &'a ContextSelectionSet<'a>,
    object: &'a T,
) -> BoxFuture<'a, Vec<ServerResult<(Name, Value)>>> {
    let mut fields = Vec::with_capacity(ctx.item.node.items.len());
    collect::<T>(ctx, &ctx.item.node, &mut fields);
    Box::pin(all(fields.into_iter().map(move |field| async move {
        let ctx = ctx.with_field(field);
        let name = &field.node.name.node;
        let value = match name == "__typename" {
            true => Some(Value::String(object.introspection_type_name().into_owned())),
            false => object.resolve_field(&ctx).await?,
        };
        Ok((field.node.response_key().node.clone(), value.unwrap_or_default()))
    })))
}

/// Everything that is selected of a `T`, fragments included.
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

/// What all futures come to, in their order: each is asked once, then those that have to wait are waited for together.
async fn all<F: Future>(mut futures: impl Iterator<Item = F>) -> Vec<F::Output> {
    // In one turn, so that the place of a future that was moved to the heap is not kept here as well.
    let (mut done, waiting) = poll_fn(|cx| {
        let mut done = Vec::with_capacity(futures.size_hint().0);
        let mut waiting = Vec::new();
        // Whatever is known at once leaves its place to the next.
        let mut place = Box::pin(OptionFuture::default());
        for (index, future) in futures.by_ref().enumerate() {
            place.set(Some(future).into());
            match place.as_mut().poll(cx) {
                Poll::Ready(output) => done.extend(output.map(|output| (index, output))),
                Poll::Pending => {
                    let place = std::mem::replace(&mut place, Box::pin(OptionFuture::default()));
                    waiting.push(async move { place.await.map(|output| (index, output)) });
                }
            }
        }
        Poll::Ready((done, waiting))
    })
    .await;
    if !waiting.is_empty() {
        let waiting: FuturesUnordered<_> = waiting.into_iter().collect();
        done.extend(waiting.filter_map(std::future::ready).collect::<Vec<_>>().await);
        done.sort_unstable_by_key(|(index, _)| *index);
    }
    done.into_iter().map(|(_, output)| output).collect()
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
        _ => {}
    }
}
