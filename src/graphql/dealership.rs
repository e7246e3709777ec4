//! Dealerships.

use async_graphql::{Context, ID, Object};
use entity::dealership::Column;

use super::connection::{PageArgs, Rows, connect};
use super::context::cx;
use super::global_id::{self, Tag};
use super::node::noun;
use crate::store::load::Key;
use crate::store::{Order, dealership};

noun! {
    /// A dealership.
    Dealership of dealership, by dealership
}

impl Dealership {
    pub(super) fn key(&self) -> Key {
        Key { dealership: self.0.id, id: self.0.id }
    }
}

/// A dealership: its own customers, stock, bills, money and staff.
#[Object]
impl Dealership {
    /// Global id.
    pub(super) async fn id(&self) -> ID {
        global_id::encode(Tag::Dealership, self.key())
    }

    /// Short name in addresses, unique, e.g. `tmr-main`.
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// Name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// ISO 4217 code of its amounts.
    async fn currency(&self) -> &str {
        &self.0.currency
    }

    /// IANA zone in which its days begin.
    async fn time_zone(&self) -> &str {
        &self.0.time_zone
    }
}

#[derive(Default)]
pub(super) struct DealershipQuery;

#[Object]
impl DealershipQuery {
    /// The dealerships you may see, by code.
    async fn dealerships(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many rows from the list's beginning, 0 to 100; 20 if left out.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many rows from the list's end.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Rows<Dealership>> {
        let cx = cx(ctx);
        let order = Order { by: Column::Code, descending: false };
        connect(cx, PageArgs { first, after, last, before }, dealership::query(&*cx.tx().await?), order).await
    }
}
