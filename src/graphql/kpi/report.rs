//! An answer of figures, and its groups.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use sea_orm::ActiveEnum;
use uuid::Uuid;

use super::super::access;
use super::super::bike_model::BikeModel;
use super::super::bill::SaleType;
use super::super::branch::Branch;
use super::super::connection::{PageArgs, Rows, connect_rows};
use super::super::context::{Cx, cx};
use super::super::date::Date;
use super::super::dealership::Dealership;
use super::super::eager::{Eager, EagerList};
use super::super::finance_company::FinanceCompany;
use super::super::global_id::{self, Tag};
use super::super::money::BigInt;
use super::super::node::Noun;
use super::super::plain::PlainList;
use super::super::staff_member::StaffMember;
use super::ask::Calendar;
use super::fact::KpiFact;
use super::figure::KpiFigure;
use crate::error::{Error, Result};
use crate::kpi::{Measure, Report, Row, VERSION, facts};
use crate::store::Order;
use crate::store::load::Key;

/// Figures, and what they were made from.
pub(in crate::graphql) struct KpiReport {
    pub(super) report: Arc<Report>,
    pub(super) calendar: Arc<Calendar>,
    pub(super) top: Option<i32>,
}

/// Figures, and what they were made from.
#[Object]
impl KpiReport {
    /// Which version of the definitions they were made by.
    async fn definition_version(&self) -> i32 {
        VERSION
    }

    /// The IANA zones in which days are days: each dealership's own.
    async fn time_zones(&self, ctx: &Context<'_>) -> async_graphql::Result<&[String]> {
        Ok(&self.calendar.days(cx(ctx)).await?.zones)
    }

    /// First day.
    async fn from(&self) -> Date {
        Date(self.report.question.range.from)
    }

    /// Last day.
    async fn to(&self) -> Date {
        Date(self.report.question.range.to)
    }

    /// First day of what they are compared with.
    async fn compared_from(&self) -> Option<Date> {
        self.report.before.map(|range| Date(range.from))
    }

    /// Last day of what they are compared with.
    async fn compared_to(&self) -> Option<Date> {
        self.report.before.map(|range| Date(range.to))
    }

    /// What they are made from, in words.
    async fn scope(&self, ctx: &Context<'_>) -> async_graphql::Result<String> {
        Ok(access::in_words(cx(ctx)).await?)
    }

    /// When they were made: nothing later counts.
    async fn as_of(&self, ctx: &Context<'_>) -> DateTime<Utc> {
        cx(ctx).app().now()
    }

    /// How many sales, credit notes, payments, advances, quotations and receipts of units were added up: of the kinds that
    /// the figures are made from.
    async fn source_rows(&self) -> BigInt {
        BigInt(self.report.source_rows)
    }

    /// The groups: in the order of time, then of the first figure, the largest first. At most 5,000; more are refused.
    async fn rows(&self) -> EagerList<Eager<KpiRow>> {
        let top = self.top.map_or(self.report.rows.len(), |top| top.unsigned_abs() as usize);
        EagerList((0..self.report.rows.len().min(top)).map(|n| self.row(At::Row(n))).collect())
    }

    /// All groups together, one row for each currency: amounts of two are never added.
    async fn totals(&self) -> EagerList<Eager<KpiRow>> {
        EagerList((0..self.report.totals.len()).map(|n| self.row(At::Total(n))).collect())
    }
}

impl KpiReport {
    fn row(&self, at: At) -> Eager<KpiRow> {
        Eager(KpiRow { report: Arc::clone(&self.report), at })
    }
}

/// Which row of a report.
#[derive(Clone, Copy)]
pub(super) enum At {
    Row(usize),
    Total(usize),
}

/// The figures of a group.
pub(in crate::graphql) struct KpiRow {
    pub(super) report: Arc<Report>,
    pub(super) at: At,
}

impl KpiRow {
    pub(super) fn row(&self) -> &Row {
        match self.at {
            At::Row(n) => &self.report.rows[n],
            At::Total(n) => &self.report.totals[n],
        }
    }

    fn global(&self, tag: Tag, id: Option<Uuid>) -> Option<ID> {
        Some(global_id::encode(tag, Key { dealership: self.row().key.dealership?, id: id? }))
    }

    async fn facts_of(&self, cx: &Cx, measure: Measure, args: PageArgs) -> async_graphql::Result<Rows<KpiFact>> {
        cx.scope()?.require(measure.definition().permission)?;
        let key = matches!(self.at, At::Row(_)).then(|| &self.row().key);
        let query = facts(&*cx.tx().await?, &self.report.question, key, &self.row().currency, measure);
        let order = Order { by: entity::kpi_fact::Column::Day, descending: true };
        connect_rows(cx, args, query, order, |row| KpiFact { row, measure }).await
    }

    async fn follow<N: Noun>(&self, ctx: &Context<'_>, id: Option<Uuid>) -> Result<Option<Eager<N>>> {
        match self.row().key.dealership {
            Some(dealership) => cx(ctx).follow(dealership, id).await,
            None => Ok(None),
        }
    }
}

/// The figures of a group. What it is not told apart by is null.
#[Object]
impl KpiRow {
    /// First day of its stretch of time.
    async fn period(&self) -> Option<Date> {
        self.row().key.period.map(Date)
    }

    /// Its dealership's id; also where it is told apart by something that belongs to one.
    async fn dealership_id(&self) -> Option<ID> {
        self.global(Tag::Dealership, self.row().key.dealership)
    }

    /// Its dealership.
    async fn dealership(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Eager<Dealership>>> {
        Ok(self.follow(ctx, self.row().key.dealership).await?)
    }

    /// Its branch's id.
    async fn branch_id(&self) -> Option<ID> {
        self.global(Tag::Branch, self.row().key.branch)
    }

    /// Its branch.
    async fn branch(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Eager<Branch>>> {
        Ok(self.follow(ctx, self.row().key.branch).await?)
    }

    /// Its model; null for bills that name none.
    async fn model(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Eager<BikeModel>>> {
        Ok(self.follow(ctx, self.row().key.model).await?)
    }

    /// Cash or leasing.
    async fn sale_type(&self) -> async_graphql::Result<Option<SaleType>> {
        let kind = self.row().key.sale_type.as_ref().map(entity::kind::SaleType::try_from_value).transpose();
        Ok(kind.map_err(Error::internal)?.map(SaleType::from))
    }

    /// Its seller; null for bills that name none.
    async fn salesperson(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Eager<StaffMember>>> {
        Ok(self.follow(ctx, self.row().key.salesperson).await?)
    }

    /// Its leasing company; null for cash sales, and for bills that name none.
    async fn finance_company(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Eager<FinanceCompany>>> {
        Ok(self.follow(ctx, self.row().key.finance_company).await?)
    }

    /// ISO 4217 code of its amounts.
    async fn currency(&self) -> &str {
        &self.row().currency
    }

    /// Its figures, in the order they were asked for.
    async fn figures(&self) -> PlainList<KpiFigure> {
        let measures = 0..self.report.question.measures.len();
        let figure = |measure| KpiFigure { report: Arc::clone(&self.report), at: self.at, measure };
        PlainList(measures.map(figure).collect())
    }

    /// The very rows that one of its figures was counted from, the newest first: in the same snapshot, if it is asked in the
    /// same request.
    async fn facts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of which figure.")] measure: Measure,
        #[graphql(desc = "At most so many rows from the list's beginning, 0 to 100; 20 if left out.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many rows from the list's end.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Rows<KpiFact>> {
        // Boxed: every other field of thousands of rows would hold the room for this one.
        Box::pin(self.facts_of(cx(ctx), measure, PageArgs { first, after, last, before })).await
    }
}
