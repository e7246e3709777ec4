//! What is open of a kind, by age, and the items it was added up from.

use std::sync::Arc;

use async_graphql::{Context, Object};
use entity::open_item::{self, Kind};
use uuid::Uuid;

use super::super::bike_unit::BikeUnit;
use super::super::bill::Bill;
use super::super::branch::Branch;
use super::super::connection::{PageArgs, Rows, connect_rows};
use super::super::context::cx;
use super::super::date::Date;
use super::super::eager::Eager;
use super::super::finance_company::FinanceCompany;
use super::super::money::Money;
use super::super::node::Noun;
use super::super::registration::RmvCase;
use super::super::stock_transfer::StockTransfer;
use super::figure::KpiNumber;
use super::now::{KpiAges, KpiOpenKind, ages, may_see_amounts};
use crate::error::{Error, Result};
use crate::kpi::{Ages, Amount, Now, Unit, open_items, quotient};
use crate::store::Order;

/// Most bounds of buckets.
const MOST_BOUNDS: usize = 12;

/// What is open of a kind in one currency.
pub(in crate::graphql) struct KpiOpen {
    pub(super) now: Arc<Now>,
    pub(super) kind: Kind,
    pub(super) currency: String,
}

impl KpiOpen {
    fn of(&self, ages: Ages) -> KpiOpenAmount {
        let amount = self.now.amount(self.kind, &self.currency, ages);
        let whole = self.now.amount(self.kind, &self.currency, Ages::ALL);
        KpiOpenAmount { kind: self.kind, currency: self.currency.clone(), ages, amount, whole: whole.items }
    }
}

/// What is open of a kind in one currency.
#[Object]
impl KpiOpen {
    /// What.
    async fn kind(&self) -> KpiOpenKind {
        self.kind.into()
    }

    /// ISO 4217 code of its amounts; null where it has none.
    async fn currency(&self) -> Option<&str> {
        Some(self.currency.as_str()).filter(|currency| !currency.is_empty())
    }

    /// All of it, or what has some age.
    async fn total(
        &self,
        #[graphql(desc = "Of these ages; of all if left out.", name = "ages")] some: Option<KpiAges>,
    ) -> async_graphql::Result<KpiOpenAmount> {
        Ok(self.of(ages(some)?))
    }

    /// What is past its day: overdue deliveries and registrations, and what has been due or in stock since yesterday at least.
    async fn overdue(&self) -> KpiOpenAmount {
        self.of(Ages { from: Some(1), to: None })
    }

    /// By age: what is not due yet, then up to each bound in days, then the rest.
    async fn buckets(
        &self,
        #[graphql(desc = "The oldest age of each bucket in days, rising; 30, 60, 90 and 120 if left out.")]
        bounds: Option<Vec<i32>>,
    ) -> async_graphql::Result<Vec<KpiOpenAmount>> {
        let bounds = bounds.unwrap_or_else(|| vec![30, 60, 90, 120]);
        let rises = bounds.first().is_some_and(|first| *first >= 0) && bounds.is_sorted_by(|a, b| a < b);
        if !rises || bounds.len() > MOST_BOUNDS || bounds.iter().any(|bound| *bound > 36_600) {
            let message = format!("Give 1 to {MOST_BOUNDS} rising numbers of days.");
            return Err(Error::bad_input("bounds", message).into());
        }
        let bounds: Vec<_> = bounds.into_iter().map(i64::from).collect();
        Ok(Ages::buckets(&bounds).into_iter().map(|ages| self.of(ages)).collect())
    }

    /// Mean age in days of what is due.
    async fn mean_age(&self) -> Option<KpiNumber> {
        self.now.mean_age(self.kind, &self.currency).map(|value| KpiNumber { value, unit: Unit::Days })
    }

    /// The very items that it was added up from, the oldest first: in the same snapshot, if it is asked in the same request.
    async fn items(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of these ages; of all if left out.", name = "ages")] some: Option<KpiAges>,
        #[graphql(desc = "At most so many rows from the list's beginning, 0 to 100; 20 if left out.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many rows from the list's end.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Rows<KpiOpenItem>> {
        let cx = cx(ctx);
        let query = open_items(&*cx.tx().await?, &self.now, self.kind, &self.currency, ages(some)?);
        let order = Order { by: open_item::Column::Since, descending: false };
        let args = PageArgs { first, after, last, before };
        let today = self.now.today;
        connect_rows(cx, args, query, order, |row| KpiOpenItem { age: (today - row.since).num_days(), row }).await
    }
}

/// Things that are open, together.
pub(in crate::graphql) struct KpiOpenAmount {
    kind: Kind,
    currency: String,
    ages: Ages,
    amount: Amount,
    whole: i64,
}

/// Things that are open, together.
#[Object]
impl KpiOpenAmount {
    /// The youngest age in days; null where there is no end.
    async fn from_age(&self) -> Option<i64> {
        self.ages.from
    }

    /// The oldest age in days; null where there is no end.
    async fn to_age(&self) -> Option<i64> {
        self.ages.to
    }

    /// How many.
    async fn count(&self) -> i64 {
        self.amount.items
    }

    /// Their part of all that is open of the kind.
    async fn share(&self) -> Option<KpiNumber> {
        let value = quotient(i128::from(self.amount.items) * 1_000_000, self.whole.into())?;
        Some(KpiNumber { value, unit: Unit::Share })
    }

    /// Σ amounts; null where they have none, and costs of stock for roles that may not see these.
    async fn amount(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Money<'_>>> {
        let shown = may_see_amounts(cx(ctx), self.kind)?;
        Ok(shown.then(|| Money::new(self.amount.minor, &self.currency)))
    }

    /// Units whose amount is an estimate: their cost is not known, and their list price was taken.
    async fn estimated(&self) -> i64 {
        self.amount.estimated
    }

    /// Units without a colour. A gap in the data.
    async fn uncoloured(&self) -> i64 {
        self.amount.uncoloured
    }
}

/// A thing that is open.
pub(in crate::graphql) struct KpiOpenItem {
    row: open_item::Model,
    age: i64,
}

impl KpiOpenItem {
    async fn document<N: Noun>(&self, ctx: &Context<'_>, kinds: &[Kind]) -> Result<Option<Eager<N>>> {
        let id = kinds.contains(&self.row.kind).then_some(self.row.id);
        cx(ctx).follow(self.row.dealership_id, id).await
    }
}

/// A thing that is open.
#[Object]
impl KpiOpenItem {
    /// What.
    async fn kind(&self) -> KpiOpenKind {
        self.row.kind.into()
    }

    /// The dealership's day from which its age is counted.
    async fn since(&self) -> Date {
        Date(self.row.since)
    }

    /// Its age in days; below zero while it is not due.
    async fn age(&self) -> i64 {
        self.age
    }

    /// Its amount; null where it has none, and a unit's cost for roles that may not see it.
    async fn amount(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Money<'_>>> {
        let shown = may_see_amounts(cx(ctx), self.row.kind)?;
        Ok(shown.then(|| Money::new(self.row.amount_minor, &self.row.currency)))
    }

    /// Its branch.
    async fn branch(&self, ctx: &Context<'_>) -> async_graphql::Result<Eager<Branch>> {
        Ok(cx(ctx).follow_required(self.row.dealership_id, self.row.branch_id).await?)
    }

    /// The unit in stock.
    async fn bike_unit(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Eager<BikeUnit>>> {
        Ok(self.document(ctx, &[Kind::Stock]).await?)
    }

    /// The bill of a receivable, a credit or a delivery.
    async fn bill(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Eager<Bill>>> {
        let kinds = [Kind::CustomerReceivable, Kind::CustomerCredit, Kind::FinancierReceivable, Kind::Delivery];
        Ok(self.document(ctx, &kinds).await?)
    }

    /// The registration.
    async fn registration(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Eager<RmvCase>>> {
        Ok(self.document(ctx, &[Kind::Registration]).await?)
    }

    /// The sending side of the transfer.
    async fn transfer(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Eager<StockTransfer>>> {
        Ok(self.document(ctx, &[Kind::Transfer]).await?)
    }
}

/// What a leasing company owes.
pub(in crate::graphql) struct KpiFinancierDebt {
    pub(super) key: (Uuid, Option<Uuid>, String),
    pub(super) amount: Amount,
}

/// What a leasing company owes.
#[Object]
impl KpiFinancierDebt {
    /// Which; null for bills that name none.
    async fn finance_company(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Eager<FinanceCompany>>> {
        Ok(cx(ctx).follow(self.key.0, self.key.1).await?)
    }

    /// How many bills it has not paid out.
    async fn count(&self) -> i64 {
        self.amount.items
    }

    /// Σ leased shares − disbursed.
    async fn amount(&self) -> Money<'_> {
        Money::new(self.amount.minor, &self.key.2)
    }
}
