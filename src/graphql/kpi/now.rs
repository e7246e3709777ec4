//! What is open as of now.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, Object};
use chrono::{DateTime, Utc};
use entity::open_item::Kind;

use super::super::access;
use super::super::bike_model::BikeModel;
use super::super::context::{Cx, cx};
use super::super::date::Date;
use super::super::eager::Eager;
use super::super::global_id::{self, Tag};
use super::ask::Calendar;
use super::figure::KpiNumber;
use super::open::{KpiFinancierDebt, KpiOpen};
use crate::error::{Error, Result};
use crate::kpi::{self, Ages, Filter, Flow, Now, Supply, Unit, VERSION};
use crate::permission::Permission;
use crate::store::load::Key;

/// Where it is looked; all that you see if left out.
#[derive(InputObject, Default)]
pub(in crate::graphql) struct KpiPlace {
    /// In this dealership.
    dealership: Option<ID>,
    /// At this branch.
    branch: Option<ID>,
}

impl KpiPlace {
    pub(super) fn resolve(&self) -> Result<Filter> {
        Ok(Filter {
            dealership: global_id::row(Tag::Dealership, self.dealership.as_ref())?,
            branch: global_id::row(Tag::Branch, self.branch.as_ref())?,
            ..Filter::default()
        })
    }
}

/// What can be open.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "Kind")]
pub(in crate::graphql) enum KpiOpenKind {
    /// Units in stock, those on their way to another branch included, since their receipt. The amount is what they cost
    /// landed, or their list price where that is not known.
    Stock,
    /// What customers owe: open balances of advances and sales, since they were due. An advance's is due on its promised day.
    CustomerReceivable,
    /// What is owed to customers: balances below zero, since the bill.
    CustomerCredit,
    /// What leasing companies owe: leased shares that are not paid out, since the sale.
    FinancierReceivable,
    /// Advances whose vehicle is to be delivered, since the promised day.
    Delivery,
    /// Vehicles sold and not registered yet, since the promised day.
    Registration,
    /// Units on their way to another branch, since they were sent; counted where they come from.
    Transfer,
}

/// What is open as of now, in one snapshot.
pub(in crate::graphql) struct KpiNow {
    pub(super) now: Arc<Now>,
    pub(super) calendar: Arc<Calendar>,
}

impl KpiNow {
    pub(super) async fn of(cx: &Cx, place: Filter, calendar: Arc<Calendar>) -> Result<Self> {
        cx.require_reports().await?;
        let today = calendar.days(cx).await?.today;
        let now = kpi::now(&*cx.tx().await?, cx.app().figures(), place, today).await?;
        Ok(Self { now: Arc::new(now), calendar })
    }
}

/// What is open as of now: stock, receivables and promises by age, and how stock flows. All of it from one snapshot.
#[Object]
impl KpiNow {
    /// Which version of the definitions it was made by.
    async fn definition_version(&self) -> i32 {
        VERSION
    }

    /// From which day ages are counted: the latest among the dealerships.
    async fn today(&self) -> Date {
        Date(self.now.today)
    }

    /// The IANA zones in which days are days: each dealership's own.
    async fn time_zones(&self, ctx: &Context<'_>) -> async_graphql::Result<&[String]> {
        Ok(&self.calendar.days(cx(ctx)).await?.zones)
    }

    /// What it is made from, in words.
    async fn scope(&self, ctx: &Context<'_>) -> async_graphql::Result<String> {
        Ok(access::in_words(cx(ctx)).await?)
    }

    /// When it was made.
    async fn as_of(&self, ctx: &Context<'_>) -> DateTime<Utc> {
        cx(ctx).app().now()
    }

    /// How many items it was made from.
    async fn source_rows(&self) -> i32 {
        let kinds = <Kind as sea_orm::Iterable>::iter();
        i32::try_from(kinds.map(|kind| self.now.items(kind)).sum::<i64>()).unwrap_or(i32::MAX)
    }

    /// What is open of some kinds: for each one row for each currency that it has, amounts of two are never added.
    async fn open(&self, #[graphql(desc = "Of which.")] kinds: Vec<KpiOpenKind>) -> Vec<KpiOpen> {
        let row = |kind: Kind| {
            let currencies = self.now.currencies(kind).into_iter().map(str::to_owned).collect::<Vec<_>>();
            currencies.into_iter().map(move |currency| KpiOpen { now: Arc::clone(&self.now), kind, currency })
        };
        kinds.into_iter().map(Kind::from).flat_map(row).collect()
    }

    /// What each leasing company owes, those that owe most first.
    async fn financiers(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<KpiFinancierDebt>> {
        let mut all = kpi::by_financier(&*cx(ctx).tx().await?, &self.now).await?;
        all.sort_by_key(|(_, amount)| std::cmp::Reverse(amount.minor));
        Ok(all.into_iter().map(|(key, amount)| KpiFinancierDebt { key, amount }).collect())
    }

    /// How stock flows.
    async fn flow(&self, ctx: &Context<'_>) -> async_graphql::Result<KpiFlow> {
        Ok(KpiFlow(kpi::flow(&*cx(ctx).tx().await?, &self.now).await?))
    }

    /// Models that sell and of which little is left: fewer units for sale than `fewest`, or enough for fewer than `days` days
    /// at the pace of the last 30. Those that sell most first.
    async fn stock_out_risk(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Fewer units than this; 2 if left out.")] fewest: Option<i32>,
        #[graphql(desc = "Days' supply below this; 14 if left out.")] days: Option<i32>,
    ) -> async_graphql::Result<Vec<KpiSupply>> {
        let (fewest, days) = (fewest.unwrap_or(2), days.unwrap_or(14));
        if !(0..=1_000).contains(&fewest) || !(0..=1_000).contains(&days) {
            return Err(Error::bad_input("fewest", "Choose numbers from 0 to 1,000.").into());
        }
        let all = kpi::at_risk(&*cx(ctx).tx().await?, &self.now, fewest.into(), days.into()).await?;
        Ok(all.into_iter().map(KpiSupply).collect())
    }
}

/// How stock flows.
pub(in crate::graphql) struct KpiFlow(Flow);

/// How stock flows. Null where there is nothing to divide by.
#[Object]
impl KpiFlow {
    /// Units in stock ÷ (units sold in the last 30 days ÷ 30).
    async fn days_supply(&self) -> Option<KpiNumber> {
        self.0.days_supply.map(|value| KpiNumber { value, unit: Unit::Days })
    }

    /// Units sold from stock in 12 months ÷ mean stock over them.
    async fn stock_turn(&self) -> Option<KpiNumber> {
        self.0.turn.map(|value| KpiNumber { value, unit: Unit::Days })
    }

    /// Units sold from stock this month ÷ (stock at its beginning + units received in it); 0.125 is 12.5 %.
    async fn sell_through(&self) -> Option<KpiNumber> {
        self.0.sell_through.map(|value| KpiNumber { value, unit: Unit::Share })
    }
}

/// A model of which little is left.
pub(in crate::graphql) struct KpiSupply(Supply);

/// A model of which little is left.
#[Object]
impl KpiSupply {
    /// Which.
    async fn model(&self, ctx: &Context<'_>) -> async_graphql::Result<Eager<BikeModel>> {
        Ok(cx(ctx).follow_required(self.0.dealership, self.0.model).await?)
    }

    /// Its id.
    async fn model_id(&self) -> ID {
        global_id::encode(Tag::BikeModel, Key { dealership: self.0.dealership, id: self.0.model })
    }

    /// Units for sale.
    async fn available(&self) -> i64 {
        self.0.available
    }

    /// Units sold in the last 30 days.
    async fn sold_in_30_days(&self) -> i64 {
        self.0.sold
    }

    /// For how many days they last at that pace.
    async fn days_supply(&self) -> Option<KpiNumber> {
        let value = kpi::quotient(i128::from(self.0.available) * 3_000, self.0.sold.into())?;
        Some(KpiNumber { value, unit: Unit::Days })
    }
}

/// The ages that an argument names.
pub(super) fn ages(ages: Option<KpiAges>) -> Result<Ages> {
    let Some(KpiAges { from, to }) = ages else { return Ok(Ages::ALL) };
    if [from, to].into_iter().flatten().any(|age| !(-36_600..=36_600).contains(&age)) {
        return Err(Error::bad_input("ages", "Choose ages of a hundred years at most."));
    }
    Ok(Ages { from: from.map(i64::from), to: to.map(i64::from) })
}

/// Ages in whole days, both inclusive; below zero lies what is not due yet. Open where left out.
#[derive(InputObject, Clone, Copy)]
pub(in crate::graphql) struct KpiAges {
    /// The youngest.
    from: Option<i32>,
    /// The oldest.
    to: Option<i32>,
}

/// Whether whoever asks may see the amounts of a kind.
pub(super) fn may_see_amounts(cx: &Cx, kind: Kind) -> Result<bool> {
    Ok(match kind {
        Kind::Stock => cx.scope()?.may(Permission::ReadCost),
        Kind::Registration | Kind::Transfer => false,
        _ => true,
    })
}
