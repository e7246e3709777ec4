//! Lists of bills, and one by its number.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, Lookahead, Object};
use entity::bill::{Column, Entity};

use super::{Bill, BillStatus, SaleType};
use crate::error::Result;
use crate::graphql::bike_model::VehicleClass;
use crate::graphql::bike_unit::BikeUnit;
use crate::graphql::connection::{PageArgs, Rows, connect, connect_with};
use crate::graphql::context::{Cx, cx};
use crate::graphql::date::DateRange;
use crate::graphql::eager::Eager;
use crate::graphql::global_id::{self, Tag};
use crate::store::{Order, bill};

/// Which bills; absent parts do not narrow.
#[derive(InputObject, Default)]
pub(in crate::graphql) struct BillFilter {
    /// Of this dealership.
    dealership: Option<ID>,
    /// Of this branch.
    branch: Option<ID>,
    /// In one of these states.
    status: Option<Vec<BillStatus>>,
    /// Financed so.
    sale_type: Option<SaleType>,
    /// For a vehicle of this class.
    vehicle_class: Option<VehicleClass>,
    /// Taken as an advance, or not.
    is_advance: Option<bool>,
    /// Made on these days.
    date: Option<DateRange>,
    /// To this customer.
    customer: Option<ID>,
    /// Financed by this company.
    finance_company: Option<ID>,
    /// Each word begins the bill number, chassis, motor or a word of the customer's name, in any case.
    search: Option<String>,
}

impl BillFilter {
    fn resolve(self) -> Result<bill::Filter> {
        let date = self.date.unwrap_or_default();
        Ok(bill::Filter {
            dealership: global_id::row(Tag::Dealership, self.dealership.as_ref())?,
            branch: global_id::row(Tag::Branch, self.branch.as_ref())?,
            status: self.status.map(|states| states.into_iter().map(Into::into).collect()),
            sale_type: self.sale_type.map(Into::into),
            vehicle_class: self.vehicle_class.map(Into::into),
            is_advance: self.is_advance,
            from: date.from(),
            to: date.to(),
            customer: global_id::row(Tag::Customer, self.customer.as_ref())?,
            finance_company: global_id::row(Tag::FinanceCompany, self.finance_company.as_ref())?,
            search: self.search,
        })
    }
}

/// The order of bills.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::graphql) enum BillOrder {
    /// Newest first.
    #[default]
    DateDesc,
    /// Oldest first.
    DateAsc,
    /// By number.
    NumberAsc,
    /// By number, backwards.
    NumberDesc,
}

impl From<BillOrder> for Order<Entity> {
    fn from(order: BillOrder) -> Self {
        let (by, descending) = match order {
            BillOrder::DateDesc => (Column::BillDate, true),
            BillOrder::DateAsc => (Column::BillDate, false),
            BillOrder::NumberAsc => (Column::NumberKey, false),
            BillOrder::NumberDesc => (Column::NumberKey, true),
        };
        Self { by, descending }
    }
}

#[derive(Default)]
pub(in crate::graphql) struct BillQuery;

#[Object]
impl BillQuery {
    /// Bills.
    #[expect(clippy::too_many_arguments, reason = "a connection has four of its own")]
    async fn bills(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many rows from the list's beginning, 0 to 100; 20 if left out.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many rows from the list's end.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which ones.")] filter: Option<BillFilter>,
        #[graphql(desc = "In which order.")] order_by: Option<BillOrder>,
    ) -> async_graphql::Result<Rows<Bill>> {
        let cx = cx(ctx);
        let query = bill::query(&*cx.tx().await?, &filter.unwrap_or_default().resolve()?);
        let (args, order) = (PageArgs { first, after, last, before }, order_by.unwrap_or_default().into());
        let asked = ctx.look_ahead();
        let wants_unit =
            [asked.field("nodes"), asked.field("edges").field("node")].iter().any(|bill| wants_unit(cx, bill));
        match wants_unit {
            true => connect_with::<_, BikeUnit>(cx, args, query, order, Column::UnitId).await,
            false => connect(cx, args, query, order).await,
        }
    }

    /// The bill with this number. While you act in several dealerships, two of them may have it: then name one.
    async fn bill(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "As on the document.")] number: String,
        #[graphql(desc = "Whose bill.")] dealership: Option<ID>,
    ) -> async_graphql::Result<Option<Eager<Bill>>> {
        let cx = cx(ctx);
        cx.permit::<Bill>()?;
        let dealership = global_id::row(Tag::Dealership, dealership.as_ref())?;
        let tx = cx.tx().await?;
        let query = bill::numbered(&tx, &number, dealership);
        let found = match wants_unit(cx, &ctx.look_ahead()) {
            true => cx.all_with::<Bill, BikeUnit>(query, Column::UnitId).await?,
            false => tx.all(query).await?,
        };
        Ok(Some(Eager(Bill(Arc::new(bill::only(found)?)))))
    }
}

/// Whether the units of bills are asked for, and to be read with them.
fn wants_unit(cx: &Cx, bill: &Lookahead<'_>) -> bool {
    bill.field("unit").exists() && cx.reads_beside::<BikeUnit>()
}
