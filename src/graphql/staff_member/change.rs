//! Inviting staff, giving them other roles and branches, letting them go.

use async_graphql::{Context, ID, InputObject, Object};

use super::super::change::{named, named_if, payload};
use super::super::context::cx;
use super::super::global_id::Tag;
use super::super::requires::requires;
use super::{Role, StaffMember};
use crate::auth;
use crate::error::Result;
use crate::permission::Permission;
use crate::service::staff_member::{ChangeMembership, EndMembership, EndStaffSessions, InviteStaff, Invited, Post};
use crate::store::load::Key;

/// Somebody to make a member of staff.
#[derive(InputObject)]
pub(in crate::graphql) struct InviteStaffInput {
    /// Fresh for each invitation, 8 to 64 characters: the same request twice invites once.
    idempotency_key: String,
    /// E-mail address to sign in with. Somebody who has an account keeps it; whether they had one is not told.
    #[graphql(secret)]
    email: String,
    /// What the dealership calls them; 120 characters at most.
    #[graphql(secret)]
    name: String,
    /// As what. `DEALER_ADMIN` is HQ's to give; HQ's own roles are not given here.
    role: Role,
    /// Where, for the roles of a branch: `BRANCH_MANAGER`, `SALES`, `INVENTORY` and `SERVICE`.
    branch: Option<ID>,
}

/// Another role or branch for a member of staff.
#[derive(InputObject)]
pub(in crate::graphql) struct ChangeMembershipInput {
    /// Fresh for each change, 8 to 64 characters: the same request twice makes one membership.
    idempotency_key: String,
    /// Which membership; it ends.
    staff_member: ID,
    /// As what from now on.
    role: Role,
    /// Where, for the roles of a branch: `BRANCH_MANAGER`, `SALES`, `INVENTORY` and `SERVICE`.
    branch: Option<ID>,
}

/// A member of staff to let go.
#[derive(InputObject)]
pub(in crate::graphql) struct EndMembershipInput {
    /// Which membership.
    staff_member: ID,
}

/// A member of staff to sign out everywhere.
#[derive(InputObject)]
pub(in crate::graphql) struct EndStaffSessionsInput {
    /// Which membership.
    staff_member: ID,
}

payload! {
    /// What became of a member of staff.
    StaffMemberPayload {
        /// The membership that began, or that ended; null when it was refused.
        staff_member: StaffMember
    }
}

impl InviteStaffInput {
    fn resolve(self) -> Result<InviteStaff> {
        let Self { idempotency_key: _, email, name, role, branch } = self;
        Ok(InviteStaff { person: Invited { email, name }, post: post(role, branch.as_ref())? })
    }
}

impl ChangeMembershipInput {
    fn resolve(self) -> Result<ChangeMembership> {
        let Self { idempotency_key: _, staff_member, role, branch } = self;
        Ok(ChangeMembership { staff_member: the_member(&staff_member)?, post: post(role, branch.as_ref())? })
    }
}

fn post(role: Role, branch: Option<&ID>) -> Result<Post> {
    Ok(Post { role: role.into(), branch: named_if(Tag::Branch, "branch", branch)? })
}

fn the_member(id: &ID) -> Result<Key> {
    named(Tag::StaffMember, "staffMember", id)
}

#[derive(Default)]
pub(in crate::graphql) struct StaffMemberMutation;

#[Object]
impl StaffMemberMutation {
    /// Makes somebody a member of staff. They are mailed a link, good for seven days, by which whoever has no password yet
    /// chooses one.
    async fn invite_staff(
        &self,
        ctx: &Context<'_>,
        input: InviteStaffInput,
    ) -> async_graphql::Result<StaffMemberPayload> {
        let (cx, key) = (cx(ctx), input.idempotency_key.clone());
        Ok(StaffMemberPayload::of(cx, cx.change(input.resolve(), Some(&key)).await?).await?)
    }

    /// Gives a member of staff another role or branch: the membership ends, and the one that is answered begins.
    async fn change_membership(
        &self,
        ctx: &Context<'_>,
        input: ChangeMembershipInput,
    ) -> async_graphql::Result<StaffMemberPayload> {
        let (cx, key) = (cx(ctx), input.idempotency_key.clone());
        Ok(StaffMemberPayload::of(cx, cx.change(input.resolve(), Some(&key)).await?).await?)
    }

    /// Lets a member of staff go; within five seconds they reach nothing by this membership. A dealership keeps one
    /// `DEALER_ADMIN` at least, and nobody ends the one they act as.
    async fn end_membership(
        &self,
        ctx: &Context<'_>,
        input: EndMembershipInput,
    ) -> async_graphql::Result<StaffMemberPayload> {
        let cx = cx(ctx);
        let change = the_member(&input.staff_member).map(|staff_member| EndMembership { staff_member });
        Ok(StaffMemberPayload::of(cx, cx.change(change, None).await?).await?)
    }

    /// Signs a member of staff out on all devices; within five seconds none of them reaches anything.
    #[graphql(directive = requires::apply("mfa".to_owned(), Some(auth::FRESH)))]
    async fn end_staff_sessions(
        &self,
        ctx: &Context<'_>,
        input: EndStaffSessionsInput,
    ) -> async_graphql::Result<StaffMemberPayload> {
        let cx = cx(ctx);
        cx.scope()?.require(Permission::ManageStaff)?;
        cx.step_up()?;
        let change = the_member(&input.staff_member).map(|staff_member| EndStaffSessions { staff_member });
        Ok(StaffMemberPayload::of(cx, cx.change(change, None).await?).await?)
    }
}
