//! How figures are asked for.

use std::sync::Arc;

use async_graphql::{Enum, ID, InputObject, OneofObject};
use chrono::NaiveDate;
use entity::dealership;
use tokio::sync::OnceCell;
use uuid::Uuid;

use super::super::bill::SaleType;
use super::super::context::Cx;
use super::super::date::Date;
use super::super::global_id::{self, Tag};
use crate::error::{Error, Result};
use crate::kpi::{By, Filter, Named, Range, Step};
use crate::store;

/// For which days, in the dealerships' own zones.
#[derive(OneofObject)]
pub(in crate::graphql) enum KpiRange {
    /// These.
    Days(KpiDays),
    /// Those that go by a name today.
    Period(KpiPeriod),
}

/// Days, both inclusive.
#[derive(InputObject)]
pub(in crate::graphql) struct KpiDays {
    /// First day.
    from: Date,
    /// Last day.
    to: Date,
}

/// A period that is known by its name.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "Named")]
pub(in crate::graphql) enum KpiPeriod {
    /// Today.
    Today,
    /// From Monday to today.
    ThisWeek,
    /// From the first of the month to today.
    ThisMonth,
    /// The whole month before.
    LastMonth,
    /// This month to today and the eleven months before.
    TwelveMonths,
    /// From the first day of the dealership's fiscal year to today.
    ThisFiscalYear,
    /// The whole fiscal year before.
    LastFiscalYear,
}

/// By what figures are told apart.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
pub(in crate::graphql) enum KpiGroup {
    /// By dealership.
    Dealership,
    /// By branch.
    Branch,
    /// By local business day.
    Day,
    /// By week from Monday.
    Week,
    /// By month.
    Month,
    /// By model; of sales and units.
    Model,
    /// By cash or leasing; of sales.
    SaleType,
    /// By seller; of sales.
    Salesperson,
    /// By leasing company; of sales.
    Financier,
}

/// With what figures are compared.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "crate::kpi::Compared")]
pub(in crate::graphql) enum KpiComparison {
    /// The same stretch just before: whole months with as many whole months, months up to a day with months up to that day,
    /// other stretches with as many days.
    PreviousPeriod,
    /// The same days a year before.
    PreviousYear,
}

/// Narrows figures; parts that are left out do not.
#[derive(InputObject, Default)]
pub(in crate::graphql) struct KpiFilter {
    /// Of this dealership.
    dealership: Option<ID>,
    /// Of this branch.
    branch: Option<ID>,
    /// Of this model.
    model: Option<ID>,
    /// Of this kind of sale.
    sale_type: Option<SaleType>,
    /// Of this seller.
    salesperson: Option<ID>,
    /// Financed by this company.
    finance_company: Option<ID>,
}

impl KpiFilter {
    pub(super) fn resolve(&self) -> Result<Filter> {
        Ok(Filter {
            dealership: global_id::row(Tag::Dealership, self.dealership.as_ref())?,
            branch: global_id::row(Tag::Branch, self.branch.as_ref())?,
            model: global_id::row(Tag::BikeModel, self.model.as_ref())?,
            sale_type: self.sale_type.map(Into::into),
            salesperson: global_id::row(Tag::StaffMember, self.salesperson.as_ref())?,
            finance_company: global_id::row(Tag::FinanceCompany, self.finance_company.as_ref())?,
        })
    }
}

/// The stretch of time among `groups`, and the rest of them.
///
/// # Errors
/// `BAD_USER_INPUT` for two stretches of time.
pub(super) fn groups(groups: &[KpiGroup]) -> Result<(Option<Step>, Vec<By>)> {
    let (mut steps, mut by) = (Vec::new(), Vec::new());
    for group in groups {
        match group {
            KpiGroup::Day => steps.push(Step::Day),
            KpiGroup::Week => steps.push(Step::Week),
            KpiGroup::Month => steps.push(Step::Month),
            KpiGroup::Dealership => by.push(By::Dealership),
            KpiGroup::Branch => by.push(By::Branch),
            KpiGroup::Model => by.push(By::Model),
            KpiGroup::SaleType => by.push(By::SaleType),
            KpiGroup::Salesperson => by.push(By::Salesperson),
            KpiGroup::Financier => by.push(By::Financier),
        }
    }
    by.sort_unstable();
    by.dedup();
    match steps[..] {
        [] => Ok((None, by)),
        [step] => Ok((Some(step), by)),
        _ => Err(Error::bad_input("groupBy", "Choose one of DAY, WEEK and MONTH.")),
    }
}

/// The days of the dealerships that figures are of, read when they are first asked for.
pub(super) struct Calendar {
    place: Filter,
    days: OnceCell<Days>,
}

/// The days of dealerships as of now.
pub(super) struct Days {
    /// The latest day among them; no bill of any is later.
    pub(super) today: NaiveDate,
    /// IANA zones, in order, each once.
    pub(super) zones: Vec<String>,
    /// Months with which fiscal years begin, each once.
    fiscal: Vec<i16>,
}

impl Calendar {
    /// Of the dealerships in reach, or of the one that a filter names.
    pub(super) fn of(place: Filter) -> Arc<Self> {
        Arc::new(Self { place, days: OnceCell::new() })
    }

    pub(super) async fn days(&self, cx: &Cx) -> Result<&Days> {
        // Boxed: whoever asks would hold the room for it.
        Box::pin(self.days.get_or_try_init(|| Days::of(cx, self.place.dealership))).await
    }

    /// # Errors
    /// `BAD_USER_INPUT` for days out of order, and for a fiscal year of dealerships that begin it in different months.
    pub(super) async fn range(&self, cx: &Cx, range: &KpiRange) -> Result<Range> {
        match range {
            KpiRange::Days(days) => Range::new(days.from.0, days.to.0),
            KpiRange::Period(period) => self.days(cx).await?.named((*period).into()),
        }
    }
}

impl Days {
    async fn of(cx: &Cx, dealership: Option<Uuid>) -> Result<Self> {
        let (tx, now) = (cx.tx().await?, cx.app().now());
        let rows = match cx.home().await? {
            Some(home) if dealership.is_none_or(|named| named == home.id) => vec![home.as_ref().clone()],
            _ => store::dealership::named(&tx, dealership).await?,
        };
        let days = rows.iter().map(|row: &dealership::Model| store::dealership::day(row, now));
        let today = days.collect::<Result<Vec<_>>>()?.into_iter().max().unwrap_or(now.date_naive());
        let mut zones: Vec<_> = rows.iter().map(|row| row.time_zone.clone()).collect();
        zones.sort_unstable();
        zones.dedup();
        let mut fiscal: Vec<_> = rows.iter().map(|row| row.fiscal_year_month).collect();
        fiscal.sort_unstable();
        fiscal.dedup();
        Ok(Self { today, zones, fiscal })
    }

    fn named(&self, name: Named) -> Result<Range> {
        let fiscal = match (name, &self.fiscal[..]) {
            (Named::ThisFiscalYear | Named::LastFiscalYear, [_, _, ..]) => {
                let message = "Your dealerships begin their fiscal years in different months: name one, or give days.";
                return Err(Error::bad_input("range", message));
            }
            (_, [month, ..]) => u32::from(month.unsigned_abs()),
            (_, []) => 1,
        };
        Ok(Range::named(name, self.today, fiscal))
    }
}
