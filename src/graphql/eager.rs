//! Objects and lists whose fields are mostly known at once.
//!
//! The executor makes every field of every object a task of its own, which for answers of thousands of small objects is
//! most of their cost. Here each field is asked once, on the spot; only those that have to wait become tasks. Extensions of the
//! executor that look at single fields do not see these.

use std::future::poll_fn;
use std::task::Poll;

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
        let mut answer = Answer::of(ctx);
        let asked = answer::fields::<T>(ctx).map(|field| (field, answer::ask(ctx, &self.0, field)));
        let waiting = once(asked, |field, value| answer.see(ctx, field, value)).await;
        late(waiting, |field, value| answer.take(ctx, field, value)).await;
        Ok(answer.into())
    }
}

impl<T: OutputType> OutputType for EagerList<T> {
    known_as!(Vec<T>);

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        let asked = self.0.iter().enumerate().map(|(index, item)| {
            let answer = async move {
                let ctx = ctx.with_index(index);
                item.resolve(&ctx, field).await.map_err(|error| ctx.set_error_path(error))
            };
            (index, answer)
        });
        let mut answers = Vec::with_capacity(self.0.len());
        let waiting = once(asked, |_, known| answers.push(known.unwrap_or(Ok(Value::Null)))).await;
        late(waiting, |index, answer| answers[index] = answer).await;
        answers.into_iter().collect::<ServerResult<_>>().map(Value::List)
    }
}

/// What has to wait: whose it is, and what it comes to. Of no type that tells what it waits for: that of objects that refer
/// to each other would have no end.
type Waiting<'a, I> = BoxFuture<'a, Option<(I, ServerResult<Value>)>>;

/// Asks each once, all in one turn. Tells in their order what is known of each, and gives those that have to wait.
fn once<'a, I: Copy + Send + 'a, F: Future<Output = ServerResult<Value>> + Send + 'a>(
    asked: impl Iterator<Item = (I, F)>,
    mut tell: impl FnMut(I, Option<ServerResult<Value>>),
) -> impl Future<Output = Vec<Waiting<'a, I>>> {
    let mut asked = Some(asked);
    poll_fn(move |cx| {
        let mut waiting: Vec<Waiting<'a, I>> = Vec::new();
        // Whatever is known at once leaves its place to the next.
        let mut place = Box::pin(OptionFuture::default());
        for (of, answer) in asked.take().into_iter().flatten() {
            place.set(Some(async move { (of, answer.await) }).into());
            match place.as_mut().poll(cx) {
                Poll::Ready(known) => tell(of, known.map(|(_, value)| value)),
                Poll::Pending => {
                    tell(of, None);
                    let late = std::mem::replace(&mut place, Box::pin(OptionFuture::default()));
                    waiting.push(late);
                }
            }
        }
        Poll::Ready(waiting)
    })
}

/// Waits for the rest together, and tells of each as it comes.
async fn late<I>(waiting: Vec<Waiting<'_, I>>, mut tell: impl FnMut(I, ServerResult<Value>)) {
    if waiting.is_empty() {
        return;
    }
    let mut waiting: FuturesUnordered<_> = waiting.into_iter().collect();
    while let Some(late) = waiting.next().await {
        late.into_iter().for_each(|(of, value)| tell(of, value));
    }
}
