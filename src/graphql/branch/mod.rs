//! Branches.

mod change;

pub(super) use change::BranchMutation;

use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use entity::branch::Column;

use super::connection::{PageArgs, Rows, connect};
use super::context::cx;
use super::dealership::{Dealership, newest_first};
use super::eager::Eager;
use super::global_id::{self, Tag};
use super::node::noun;
use super::target::Target;
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

    /// Since when it trades no longer; absent while it does.
    async fn closed_at(&self) -> Option<DateTime<Utc>> {
        self.0.closed_at
    }

    /// Its dealership.
    async fn dealership(&self, ctx: &Context<'_>) -> async_graphql::Result<Eager<Dealership>> {
        Ok(cx(ctx).follow_required(self.0.dealership_id, self.0.dealership_id).await?)
    }

    /// What it is to sell: the newest hundred months, the newest first, those to come too.
    async fn targets(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<Eager<Target>>> {
        let (cx, key) = (cx(ctx), Key { dealership: self.0.dealership_id, id: self.0.id });
        let rows = cx.children(cx.loaders().targets_of_branch(), key).await?;
        Ok(newest_first(rows, |row: &Target| row.0.month))
    }
}

#[derive(Default)]
pub(super) struct BranchQuery;

#[Object]
impl BranchQuery {
    /// The branches you may see, closed ones too, by code.
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
