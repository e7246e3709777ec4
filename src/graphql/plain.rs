//! Small objects whose fields are known without waiting.
//!
//! One field is asked after the other, in the room of what they belong to: nothing is made for the asking. A page of bills
//! has six of these on each bill.

use async_graphql::parser::types::Field;
use async_graphql::{ContextSelectionSet, ObjectType, OutputType, Positioned, ServerResult, Value};

use super::answer::{self, Answer, known_as};

/// An object, resolved so. Its fields come in the order of the document.
pub(super) struct Plain<T>(pub(super) T);

/// A list of such objects.
pub(super) struct PlainList<T>(pub(super) Vec<T>);

impl<T: ObjectType> OutputType for Plain<T> {
    known_as!(T);

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        Ok(object(ctx, &self.0).await)
    }
}

impl<T: ObjectType> OutputType for PlainList<T> {
    known_as!(Vec<T>);

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        let mut answers = Vec::with_capacity(self.0.len());
        for (index, item) in self.0.iter().enumerate() {
            answers.push(object(&ctx.with_index(index), item).await);
        }
        Ok(Value::List(answers))
    }
}

async fn object<T: ObjectType>(ctx: &ContextSelectionSet<'_>, object: &T) -> Value {
    let mut answer = Answer::of(ctx);
    for field in answer::fields::<T>(ctx) {
        let value = answer::ask(ctx, object, field).await;
        answer.take(ctx, field, value);
    }
    answer.into()
}
