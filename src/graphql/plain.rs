//! Small objects whose fields are known without waiting.
//!
//! One field is asked after the other, in the room of what they belong to: nothing is made for the asking. A page of bills
//! has six of these on each bill.

use std::borrow::Cow;

use async_graphql::parser::types::Field;
use async_graphql::registry::Registry;
use async_graphql::{ContextSelectionSet, ObjectType, OutputType, Positioned, ServerResult, Value};

use super::answer::{self, Answer};

/// An object, resolved so. Its fields come in the order of the document.
pub(super) struct Plain<T>(pub(super) T);

impl<T: ObjectType> OutputType for Plain<T> {
    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        T::create_type_info(registry)
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        let mut answer = Answer::of(ctx);
        for field in answer::fields::<T>(ctx) {
            let value = answer::ask(ctx, &self.0, field).await;
            answer.take(ctx, field, value);
        }
        Ok(answer.into())
    }
}
