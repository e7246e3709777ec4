//! Key figures.

mod ask;
mod dashboard;
mod fact;
mod figure;
mod now;
mod open;
mod peers;
mod report;
mod target;

use std::sync::Arc;

use async_graphql::{Context, ID, Object};

use super::context::cx;
use super::date::Date;
use crate::calendar::latest_day;
use crate::error::Error;
use crate::kpi::{self, Measure, Question};
use ask::{Calendar, KpiComparison, KpiFilter, KpiGroup, KpiRange};
use dashboard::Dashboard;
use now::{KpiNow, KpiPlace};
use peers::KpiPeers;
pub(super) use peers::PeerMeasureMutation;
use report::KpiReport;
use target::{KpiTarget, KpiTargetsOf};

#[derive(Default)]
pub(super) struct KpiQuery;

#[Object]
impl KpiQuery {
    /// Figures that add up: over days, branches and whatever else they are told apart by. Made from the bills, payments and
    /// quotations in your scope, and from nothing else.
    #[expect(clippy::too_many_arguments, reason = "the field's arguments")]
    async fn kpi(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "For which days.")] range: KpiRange,
        #[graphql(desc = "Which figures, 1 to 12.")] measures: Vec<Measure>,
        #[graphql(desc = "By what they are told apart; in all if left out. One of DAY, WEEK and MONTH at most.")]
        group_by: Option<Vec<KpiGroup>>,
        #[graphql(desc = "With what they are compared.")] compare_to: Option<KpiComparison>,
        #[graphql(desc = "Narrows what is counted.")] filter: Option<KpiFilter>,
        #[graphql(
            desc = "Only so many rows, from the largest of the first figure, 1 to 100; not with a stretch of time."
        )]
        top: Option<i32>,
    ) -> async_graphql::Result<KpiReport> {
        let cx = cx(ctx);
        let filter = filter.unwrap_or_default().resolve()?;
        let calendar = Calendar::of(filter);
        let (step, by) = ask::groups(&group_by.unwrap_or_default())?;
        let range = calendar.range(cx, &range).await?;
        let (compared, today) = (compare_to.map(Into::into), latest_day(cx.app().now()));
        let question = Question { range, step, by, filter, measures, compared, today };
        if top.is_some_and(|top| !(1..=100).contains(&top) || step.is_some()) {
            return Err(Error::bad_input("top", "Ask for 1 to 100 rows, without a stretch of time.").into());
        }
        let report = kpi::report(&*cx.tx().await?, question).await?;
        Ok(KpiReport { report: Arc::new(report), calendar, top })
    }

    /// What is open as of now: stock, receivables, promises.
    async fn kpi_now(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Narrows where it is looked.")] place: Option<KpiPlace>,
    ) -> async_graphql::Result<KpiNow> {
        let (cx, place) = (cx(ctx), place.unwrap_or_default().resolve()?);
        Ok(KpiNow::of(cx, place, Calendar::of(place)).await?)
    }

    /// The targets of a month and how they do.
    async fn kpi_targets(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "First day of the month.")] month: Date,
        #[graphql(desc = "Whose.")] of: KpiTargetsOf,
        #[graphql(desc = "Narrows where it is looked.")] place: Option<KpiPlace>,
    ) -> async_graphql::Result<Vec<KpiTarget>> {
        let (cx, place) = (cx(ctx), place.unwrap_or_default().resolve()?);
        let today = Calendar::of(place).days(cx).await?.today;
        Ok(dashboard::targets(cx, today, place, month.0, of).await?)
    }

    /// How your branch stands among those of the group in a month, by a figure that head office has opened: the mean of all,
    /// its own rank, and no row of another. Nothing where few are compared.
    async fn kpi_peers(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which figure.")] measure: Measure,
        #[graphql(desc = "First day of a month that is over.")] month: Date,
        #[graphql(desc = "Whose standing; needed if you act in several branches.")] branch: Option<ID>,
    ) -> async_graphql::Result<KpiPeers> {
        Ok(KpiPeers::of(cx(ctx), measure, month, branch.as_ref()).await?)
    }

    /// The figures by which the branches of your dealership are compared with others.
    async fn kpi_peer_measures(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<Measure>> {
        Ok(peers::opened(cx(ctx)).await?)
    }

    /// One screen of figures, every part of it from the same snapshot.
    async fn dashboard(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "With what this month is compared.")] compare_to: Option<KpiComparison>,
        #[graphql(desc = "Narrows where it is looked.")] place: Option<KpiPlace>,
    ) -> async_graphql::Result<Dashboard> {
        Ok(Dashboard::of(cx(ctx), place.unwrap_or_default().resolve()?, compare_to).await?)
    }
}
