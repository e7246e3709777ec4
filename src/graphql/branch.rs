//! Branches.

use async_graphql::{Context, ID, Object};
use entity::branch::Column;

use super::connection::{PageArgs, Rows, connect};
use super::context::cx;
use super::dealership::Dealership;
use super::global_id::{self, Tag};
use super::node::noun;
use crate::store::load::Key;
use crate::store::{Order, branch};

noun! {
    /// A branch.
    Branch of branch, by branch
}

/// A branch of a dealership.
#[Object]
impl Branch {
    /// Global id.
    pub(super) async fn id(&self) -> ID {
        global_id::encode(Tag::Branch, Key { dealership: self.0.dealership_id, id: self.0.id })
    }

    /// Unit code in document serials, unique in the dealership, e.g. `BR01`.
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// Name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Its dealership.
    async fn dealership(&self, ctx: &Context<'_>) -> async_graphql::Result<Dealership> {
        Ok(cx(ctx).follow_required(self.0.dealership_id, self.0.dealership_id).await?)
    }
}

#[derive(Default)]
pub(super) struct BranchQuery;

#[Object]
impl BranchQuery {
    /// The branches you may see, by code.
    async fn branches(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many rows from the list's beginning, 0 to 100; 20 if left out.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many rows from the list's end.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only of this dealership.")] dealership: Option<ID>,
    ) -> async_graphql::Result<Rows<Branch>> {
        let cx = cx(ctx);
        let dealership = global_id::row(Tag::Dealership, dealership.as_ref())?;
        let order = Order { by: Column::Code, descending: false };
        connect(cx, PageArgs { first, after, last, before }, branch::query(&*cx.tx().await?, dealership), order).await
    }
}
