//! Objects and lists whose fields are mostly known at once.
//!
//! The executor makes every field of every object a task of its own, which for answers of thousands of small objects is
//! most of their cost. Here each field is asked once, on the spot; only those that have to wait become tasks. Extensions of the
//! executor that look at single fields do not see these.

use std::future::poll_fn;
use std::task::{Context, Poll};

use async_graphql::parser::types::Field;
use async_graphql::{ContextSelectionSet, ObjectType, OutputType, Positioned, ServerResult, Value};
use futures_util::StreamExt;
use futures_util::future::{BoxFuture, OptionFuture};
use futures_util::stream::FuturesUnordered;

use super::answer::{self, Answer, known_as};

/// An object, resolved so. Its fields come in the order of the document.
pub(super) struct Eager<T>(pub(super) T);

/// A list, resolved so.
pub(super) struct EagerList<T>(pub(super) Vec<T>);

impl<T: ObjectType> OutputType for Eager<T> {
    known_as!(T);

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        let (mut answer, waiting) = poll_fn(|cx| Poll::Ready(begin(cx, ctx, &self.0))).await;
        if !waiting.is_empty() {
            let mut waiting: FuturesUnordered<_> = waiting.into_iter().collect();
            while let Some(late) = waiting.next().await {
                late.into_iter().for_each(|(field, value)| answer.take(ctx, field, value));
            }
        }
        Ok(answer.into())
    }
}

impl<T: OutputType> OutputType for EagerList<T> {
    known_as!(Vec<T>);

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        let answers = self.0.iter().enumerate().map(|(index, item)| async move {
            let ctx = ctx.with_index(index);
            item.resolve(&ctx, field).await.map_err(|error| ctx.set_error_path(error))
        });
        all(answers).await.into_iter().collect::<ServerResult<_>>().map(Value::List)
    }
}

/// A field that has to wait, and what it comes to. Of no type that tells what it waits for: that of objects that refer to
/// each other would have no end.
type Waiting<'a> = BoxFuture<'a, Option<(&'a Positioned<Field>, ServerResult<Value>)>>;

/// Asks each field of an object once.
fn begin<'a, T: ObjectType>(
    cx: &mut Context<'_>,
    ctx: &'a ContextSelectionSet<'a>,
    object: &'a T,
) -> (Answer, Vec<Waiting<'a>>) {
    let mut answer = Answer::of(ctx);
    let mut waiting: Vec<Waiting<'a>> = Vec::new();
    // Whatever is known at once leaves its place to the next.
    let mut place = Box::pin(OptionFuture::default());
    for field in answer::fields::<T>(ctx) {
        let asked = async move { (field, answer::ask(ctx, object, field).await) };
        place.set(Some(asked).into());
        match place.as_mut().poll(cx) {
            Poll::Ready(known) => known.into_iter().for_each(|(field, value)| answer.take(ctx, field, value)),
            Poll::Pending => {
                answer.leave_room(field);
                let asked = std::mem::replace(&mut place, Box::pin(OptionFuture::default()));
                waiting.push(asked);
            }
        }
    }
    (answer, waiting)
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
