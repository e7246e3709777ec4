//! Staff.

mod change;

pub(super) use change::StaffMemberMutation;

use async_graphql::{Context, Enum, ID, InputObject, Object};
use chrono::{DateTime, Utc};
use entity::membership::Column;

use super::branch::Branch;
use super::connection::{PageArgs, Rows, connect};
use super::context::cx;
use super::dealership::Dealership;
use super::eager::Eager;
use super::global_id::{self, Tag};
use super::node::noun;
use crate::error::Result;
use crate::permission::Permission;
use crate::store::load::Key;
use crate::store::{Order, staff_member};

noun! {
    /// A member of a dealership's staff.
    StaffMember of membership, by membership
}

/// What a person does.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "entity::kind::Role")]
pub(super) enum Role {
    /// HQ director: compares and administers dealerships.
    HqAdmin,
    /// HQ analyst: compares dealerships, sees no customer's identity.
    HqAnalyst,
    /// Dealer principal: one dealership, all branches.
    DealerAdmin,
    /// Branch manager: the own branch with its margins.
    BranchManager,
    /// Sales executive: the own branch.
    Sales,
    /// Inventory coordinator: the own branch's stock, no money beyond the list price.
    Inventory,
    /// Insurance liaison or workshop: claim quotations and their invoices.
    Service,
    /// Auditor: one dealership, reads only.
    Auditor,
}

/// A person in a role at a dealership or one of its branches.
#[Object]
impl StaffMember {
    /// Global id.
    pub(super) async fn id(&self) -> ID {
        global_id::encode(Tag::StaffMember, Key { dealership: self.0.dealership_id, id: self.0.id })
    }

    /// The person's name, as the dealership has it.
    async fn name(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<String>> {
        match &self.0.name {
            Some(name) => Ok(Some(name.clone())),
            None => Ok(cx(ctx).loaders().person().load(self.0.user_id).await?.map(|person| person.name.clone())),
        }
    }

    /// E-mail address to sign in with, in lower case; null to those who do not manage staff.
    async fn email(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<String>> {
        let cx = cx(ctx);
        match cx.scope()?.may(Permission::ManageStaff) {
            // As typed by whoever made the account it would tell that there was one.
            true => Ok(cx.loaders().person().load(self.0.user_id).await?.map(|person| person.email_key.clone())),
            false => Ok(None),
        }
    }

    /// Since when.
    async fn since(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// Since when no longer; absent while the membership lasts.
    async fn ended_at(&self) -> Option<DateTime<Utc>> {
        self.0.ended_at
    }

    /// What the person does there.
    async fn role(&self) -> Role {
        self.0.role.into()
    }

    /// Where.
    async fn dealership(&self, ctx: &Context<'_>) -> async_graphql::Result<Eager<Dealership>> {
        Ok(cx(ctx).follow_required(self.0.dealership_id, self.0.dealership_id).await?)
    }

    /// At which branch; absent for all of them.
    async fn branch(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Eager<Branch>>> {
        Ok(cx(ctx).follow(self.0.dealership_id, self.0.branch_id).await?)
    }
}

/// Which members of staff; absent parts do not narrow.
#[derive(InputObject, Default)]
pub(super) struct StaffFilter {
    /// Of this dealership.
    dealership: Option<ID>,
    /// At this branch.
    branch: Option<ID>,
    /// In one of these roles.
    role: Option<Vec<Role>>,
    /// Whose membership ended, or lasts.
    ended: Option<bool>,
}

impl StaffFilter {
    fn resolve(self) -> Result<staff_member::Filter> {
        let Self { dealership, branch, role, ended } = self;
        Ok(staff_member::Filter {
            dealership: global_id::row(Tag::Dealership, dealership.as_ref())?,
            branch: global_id::row(Tag::Branch, branch.as_ref())?,
            role: role.map(|roles| roles.into_iter().map(Into::into).collect()),
            ended,
        })
    }
}

#[derive(Default)]
pub(super) struct StaffMemberQuery;

#[Object]
impl StaffMemberQuery {
    /// Staff, those who came first first: for those who manage staff.
    async fn staff(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many rows from the list's beginning, 0 to 100; 20 if left out.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many rows from the list's end.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which ones.")] filter: Option<StaffFilter>,
    ) -> async_graphql::Result<Rows<StaffMember>> {
        let cx = cx(ctx);
        cx.scope()?.require(Permission::ManageStaff)?;
        let query = staff_member::query(&*cx.tx().await?, &filter.unwrap_or_default().resolve()?);
        let order = Order { by: Column::CreatedAt, descending: false };
        connect(cx, PageArgs { first, after, last, before }, query, order).await
    }
}
