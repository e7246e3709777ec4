//! One screen of figures.

use std::sync::Arc;

use async_graphql::{Context, Object};
use chrono::{Datelike, Months, NaiveDate};

use super::super::context::{Cx, cx};
use super::ask::{Calendar, KpiComparison};
use super::now::KpiNow;
use super::report::KpiReport;
use super::target::{KpiTarget, KpiTargetsOf};
use crate::error::{Error, Result};
use crate::kpi::{self, By, Compared, Filter, Measure, Named, Question, Range, Step};
use crate::permission::Permission;

/// Most months of a trend.
const MOST_MONTHS: i32 = 36;

/// One screen of figures, of whoever asks.
pub(in crate::graphql) struct Dashboard {
    pub(super) calendar: Arc<Calendar>,
    pub(super) today: NaiveDate,
    pub(super) place: Filter,
    pub(super) compared: Option<Compared>,
}

impl Dashboard {
    pub(super) async fn of(cx: &Cx, place: Filter, compare_to: Option<KpiComparison>) -> Result<Self> {
        cx.require_reports().await?;
        let calendar = Calendar::of(place);
        let today = calendar.days(cx).await?.today;
        Ok(Self { calendar, today, place, compared: compare_to.map(Into::into) })
    }

    async fn report(&self, cx: &Cx, question: Question, top: Option<i32>) -> Result<KpiReport> {
        let report = kpi::report(&*cx.tx().await?, question).await?;
        Ok(KpiReport { report: Arc::new(report), calendar: Arc::clone(&self.calendar), top })
    }

    fn question(&self, range: Range, by: Vec<By>, measures: Vec<Measure>) -> Question {
        Question { range, step: None, by, filter: self.place, measures, compared: None, today: self.today }
    }

    fn month(&self) -> Range {
        Range::named(Named::ThisMonth, self.today, 1)
    }

    /// Whether it is of several dealerships.
    fn is_of_several(&self, cx: &Cx) -> Result<bool> {
        Ok(self.place.dealership.is_none() && self.place.branch.is_none() && cx.scope()?.dealership().is_err())
    }
}

/// The figures of sales that a role sees.
fn measures(cx: &Cx) -> Result<Vec<Measure>> {
    let all = [
        Measure::Units,
        Measure::VehicleRevenue,
        Measure::AverageSellingPrice,
        Measure::GrossProfit,
        Measure::GrossMargin,
        Measure::UnitsWithoutCost,
        Measure::LeasingMix,
        Measure::CashCollected,
        Measure::AdvancesTaken,
        Measure::AdvanceConversion,
        Measure::OfferConversion,
        Measure::QuotationConversion,
    ];
    let scope = cx.scope()?;
    Ok(all.into_iter().filter(|measure| scope.may(measure.definition().permission)).collect())
}

/// One screen of figures: every part of it from the same snapshot.
#[Object]
impl Dashboard {
    /// This month to today: all together in its totals; in its rows the league, each dealership of several, or each branch of one.
    /// Without gross profit for roles that may not see it.
    async fn month_to_date(&self, ctx: &Context<'_>) -> async_graphql::Result<KpiReport> {
        let cx = cx(ctx);
        let by = if self.is_of_several(cx)? { By::Dealership } else { By::Branch };
        let question = self.question(self.month(), vec![by], measures(cx)?);
        Ok(self.report(cx, Question { compared: self.compared, ..question }, None).await?)
    }

    /// Units and vehicle revenue month by month, this one to today the last.
    async fn trend(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many months, 1 to 36; 24 if left out.")] months: Option<i32>,
    ) -> async_graphql::Result<KpiReport> {
        let months = months.unwrap_or(24);
        if !(1..=MOST_MONTHS).contains(&months) {
            return Err(Error::bad_input("months", format!("Ask for 1 to {MOST_MONTHS} months.")).into());
        }
        let month = self.month();
        let range = Range { from: month.from - Months::new(months.unsigned_abs() - 1), to: month.to };
        let question = self.question(range, vec![], vec![Measure::Units, Measure::VehicleRevenue]);
        Ok(self.report(cx(ctx), Question { step: Some(Step::Month), ..question }, None).await?)
    }

    /// The ten models of which most units were sold this month.
    async fn top_models(&self, ctx: &Context<'_>) -> async_graphql::Result<KpiReport> {
        let (cx, mut measures) = (cx(ctx), vec![Measure::Units, Measure::VehicleRevenue]);
        if cx.scope()?.may(Permission::ReadMargin) {
            measures.push(Measure::GrossProfit);
        }
        Ok(self.report(cx, self.question(self.month(), vec![By::Model], measures), Some(10)).await?)
    }

    /// The ten sellers who sold most units this month.
    async fn top_sellers(&self, ctx: &Context<'_>) -> async_graphql::Result<KpiReport> {
        let measures = vec![Measure::Units, Measure::VehicleRevenue];
        Ok(self.report(cx(ctx), self.question(self.month(), vec![By::Salesperson], measures), Some(10)).await?)
    }

    /// What is open now.
    async fn now(&self, ctx: &Context<'_>) -> async_graphql::Result<KpiNow> {
        Ok(KpiNow::of(cx(ctx), self.place, Arc::clone(&self.calendar)).await?)
    }

    /// This month's targets and how they do.
    async fn targets(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose.")] of: KpiTargetsOf,
    ) -> async_graphql::Result<Vec<KpiTarget>> {
        Ok(targets(cx(ctx), self.today, self.place, self.month().from, of).await?)
    }
}

pub(super) async fn targets(
    cx: &Cx,
    today: NaiveDate,
    place: Filter,
    month: NaiveDate,
    of: KpiTargetsOf,
) -> Result<Vec<KpiTarget>> {
    cx.require_reports().await?;
    if month.day() != 1 {
        return Err(Error::bad_input("month", "A month is named by its first day."));
    }
    let by_branch = of == KpiTargetsOf::Branches;
    let all = kpi::targets(&*cx.tx().await?, place, month, today, by_branch).await?;
    Ok(all.into_iter().map(KpiTarget).collect())
}
