//! Dealerships.

mod change;

pub(super) use change::DealershipMutation;

use std::cmp::Reverse;

use async_graphql::{Context, ID, Object};
use chrono::NaiveDate;
use entity::dealership::Column;

use super::connection::{PageArgs, Rows, connect};
use super::context::cx;
use super::eager::Eager;
use super::global_id::{self, Tag};
use super::node::noun;
use super::number_pattern::NumberPattern;
use super::tariff::Tariff;
use super::tax_profile::TaxProfile;
use crate::store::load::Key;
use crate::store::{Order, dealership};

/// Most rows of a list within a row.
const NEWEST: usize = 100;

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

    /// Below the list price by so many hundredths of a percent, sales staff need nobody's approval.
    async fn discount_limit_bp(&self) -> i32 {
        self.0.discount_limit_bp
    }

    /// The month, 1 to 12, with whose first day its fiscal year begins.
    async fn fiscal_year_month(&self) -> i32 {
        self.0.fiscal_year_month.into()
    }

    /// Whether key figures are shown to nobody who signed in without a second factor.
    async fn reports_need_second_factor(&self) -> bool {
        self.0.reports_need_second_factor
    }

    /// What the registrar charges: the newest hundred tariffs, the newest first, those to come too.
    async fn tariffs(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<Eager<Tariff>>> {
        let cx = cx(ctx);
        let rows = cx.children(cx.loaders().tariffs_of_dealership(), self.key()).await?;
        Ok(newest_first(rows, |row: &Tariff| row.0.valid_from))
    }

    /// Taxpayer number and rates: the newest hundred profiles, the newest first, those to come too.
    async fn tax_profiles(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<Eager<TaxProfile>>> {
        let cx = cx(ctx);
        let rows = cx.children(cx.loaders().tax_profiles_of_dealership(), self.key()).await?;
        Ok(newest_first(rows, |row: &TaxProfile| row.0.valid_from))
    }

    /// How numbers are written where the dealership has its own way: the newest hundred patterns, the newest first, those to
    /// come too.
    async fn number_patterns(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<Eager<NumberPattern>>> {
        let cx = cx(ctx);
        let rows = cx.children(cx.loaders().number_patterns_of_dealership(), self.key()).await?;
        Ok(newest_first(rows, |row: &NumberPattern| row.0.valid_from))
    }
}

/// The newest rows, the newest first; of the same day, in the order of their ids.
pub(super) fn newest_first<N>(mut rows: Vec<Eager<N>>, day: impl Fn(&N) -> NaiveDate) -> Vec<Eager<N>> {
    rows.sort_by_key(|Eager(row)| Reverse(day(row)));
    rows.truncate(NEWEST);
    rows
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
