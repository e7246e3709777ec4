//! Registrations of sold vehicles.

mod change;

pub(super) use change::RegistrationMutation;

use async_graphql::{Context, Enum, ID, InputObject, Object};
use chrono::{DateTime, Utc};
use entity::rmv_case::{Column, Entity};

use super::bill::Bill;
use super::branch::Branch;
use super::connection::{PageArgs, Rows, connect};
use super::context::cx;
use super::date::Date;
use super::dealership::Dealership;
use super::eager::Eager;
use super::global_id::{self, Tag};
use super::node::noun;
use crate::error::Result;
use crate::store::load::Key;
use crate::store::{Order, dealership, registration};

noun! {
    /// A registration.
    RmvCase of rmv_case, by rmv_case, needs ReadBills
}

/// How far a registration is.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "entity::rmv_case::Status")]
pub(super) enum RmvStatus {
    /// Papers are being collected.
    Opened,
    /// Papers are complete.
    DocumentsReady,
    /// The registrar has them.
    Submitted,
    /// The registrar has given a number.
    NumberIssued,
    /// The registration book is here.
    BookReceived,
    /// The plates are here: done.
    PlateReceived,
    /// The sale was taken back.
    Closed,
}

/// The registration of a sold vehicle with the registrar of motor vehicles (RMV).
#[Object]
impl RmvCase {
    /// Global id.
    pub(super) async fn id(&self) -> ID {
        global_id::encode(Tag::RmvCase, Key { dealership: self.0.dealership_id, id: self.0.id })
    }

    /// How far it is.
    async fn status(&self) -> RmvStatus {
        self.0.status.into()
    }

    /// As issued.
    async fn registration_number(&self) -> Option<&str> {
        self.0.registration_number.as_deref()
    }

    /// The dealership's day on which it was opened.
    async fn opened_on(&self) -> Date {
        Date(self.0.opened_on)
    }

    /// The day promised to the customer.
    async fn due_on(&self) -> Date {
        Date(self.0.due_on)
    }

    /// Whether that day has gone by without a number.
    async fn overdue(&self, ctx: &Context<'_>) -> async_graphql::Result<bool> {
        let cx = cx(ctx);
        let dealership = cx.follow_required::<Dealership>(self.0.dealership_id, self.0.dealership_id).await?;
        let today = dealership::day(&dealership.0.0, cx.app().now())?;
        Ok(registration::is_overdue(self.0.status, self.0.due_on, today))
    }

    /// The day on which the papers were complete.
    async fn documents_ready_on(&self) -> Option<Date> {
        self.0.documents_ready_on.map(Date)
    }

    /// The day on which the registrar got them.
    async fn submitted_on(&self) -> Option<Date> {
        self.0.submitted_on.map(Date)
    }

    /// The day on which the registrar gave a number.
    async fn number_issued_on(&self) -> Option<Date> {
        self.0.number_issued_on.map(Date)
    }

    /// The day on which the book came.
    async fn book_received_on(&self) -> Option<Date> {
        self.0.book_received_on.map(Date)
    }

    /// The day on which the plates came.
    async fn plate_received_on(&self) -> Option<Date> {
        self.0.plate_received_on.map(Date)
    }

    /// The day on which the sale was taken back.
    async fn closed_on(&self) -> Option<Date> {
        self.0.closed_on.map(Date)
    }

    /// The sale.
    async fn bill(&self, ctx: &Context<'_>) -> async_graphql::Result<Eager<Bill>> {
        Ok(cx(ctx).follow_required(self.0.dealership_id, self.0.bill_id).await?)
    }

    /// The branch that sold it.
    async fn branch(&self, ctx: &Context<'_>) -> async_graphql::Result<Eager<Branch>> {
        Ok(cx(ctx).follow_required(self.0.dealership_id, self.0.branch_id).await?)
    }

    /// When it last changed.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at
    }
}

/// Which registrations; absent parts do not narrow.
#[derive(InputObject, Default)]
pub(super) struct RegistrationFilter {
    /// Of this dealership.
    dealership: Option<ID>,
    /// Of this branch.
    branch: Option<ID>,
    /// In one of these states.
    status: Option<Vec<RmvStatus>>,
    /// Past the promised day without a number, or not.
    overdue: Option<bool>,
}

impl RegistrationFilter {
    fn resolve(self) -> Result<registration::Filter> {
        Ok(registration::Filter {
            dealership: global_id::row(Tag::Dealership, self.dealership.as_ref())?,
            branch: global_id::row(Tag::Branch, self.branch.as_ref())?,
            status: self.status.map(|states| states.into_iter().map(Into::into).collect()),
            overdue: self.overdue,
        })
    }
}

/// The order of registrations.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum RegistrationOrder {
    /// What is due first, first.
    #[default]
    DueAsc,
    /// What is due last, first.
    DueDesc,
}

impl From<RegistrationOrder> for Order<Entity> {
    fn from(order: RegistrationOrder) -> Self {
        Self { by: Column::DueOn, descending: order == RegistrationOrder::DueDesc }
    }
}

#[derive(Default)]
pub(super) struct RegistrationQuery;

#[Object]
impl RegistrationQuery {
    /// Registrations of sold vehicles.
    #[expect(clippy::too_many_arguments, reason = "a connection has four of its own")]
    async fn registrations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many rows from the list's beginning, 0 to 100; 20 if left out.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many rows from the list's end.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which ones.")] filter: Option<RegistrationFilter>,
        #[graphql(desc = "In which order.")] order_by: Option<RegistrationOrder>,
    ) -> async_graphql::Result<Rows<RmvCase>> {
        let cx = cx(ctx);
        cx.permit::<RmvCase>()?;
        let filter = filter.unwrap_or_default().resolve()?;
        let query = registration::query(&*cx.tx().await?, &filter, cx.app().now()).await?;
        connect(cx, PageArgs { first, after, last, before }, query, order_by.unwrap_or_default().into()).await
    }
}
