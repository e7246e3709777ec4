//! What roles may do, as clients ask for it: so that nothing is offered that would be refused.

use async_graphql::{Context, Enum, Object, SimpleObject};
use sea_orm::Iterable;

use super::context::cx;
use super::staff_member::Role;
use crate::error::Result;
use crate::permission::Permission;
use crate::scope::Scope;

/// Something a role may be allowed.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "Permission")]
pub(super) enum PermissionName {
    /// Bills, their payments and their money.
    ReadBills,
    /// Repair and claim quotations and their invoices.
    ReadQuotations,
    /// Enquiries and sales quotations.
    ReadSalesQuotations,
    /// Customers by name.
    ReadCustomers,
    /// NIC, phone and address in clear; everyone else sees them masked.
    ReadIdentity,
    /// Units in stock.
    ReadStock,
    /// What a unit cost; everyone else sees none.
    ReadCost,
    /// Key figures of what one sees.
    ReadKpis,
    /// What was earned on what was sold.
    ReadMargin,
    /// Customers entered and corrected.
    WriteCustomers,
    /// Enquiries and sales quotations made and moved on.
    WriteSalesQuotations,
    /// Repair and claim quotations made, moved on and invoiced.
    WriteQuotations,
    /// Bills issued, advances closed and cancelled, payments taken.
    WriteBills,
    /// A price further below the list price than staff may go by themselves.
    ApproveDiscounts,
    /// Sales taken back, money given back.
    CreditBills,
    /// Units received, reserved, damaged and taken out of stock; transfers asked for and received.
    WriteStock,
    /// Units sent to another branch.
    ApproveTransfers,
    /// Registrations moved on.
    WriteRegistrations,
    /// Monthly targets.
    SetTargets,
    /// Catalogue, finance companies, tariffs, taxes, numbers and looks of a dealership.
    Administer,
    /// Branches, staff and what they may.
    ManageStaff,
    /// Keys by which leasing companies' programs ask.
    KeepPartnerKeys,
    /// Work that is done later: asked for, called off, tried again.
    KeepJobs,
    /// Dealerships.
    OpenDealerships,
    /// Figures by which branches are compared with those of others.
    OpenMeasures,
}

/// What a role may do.
#[derive(SimpleObject)]
pub(super) struct RolePermissions {
    /// The role.
    role: Role,
    /// What it may, in the order of the page of permissions.
    permissions: Vec<RolePermission>,
}

/// Something a role may do.
#[derive(SimpleObject)]
pub(super) struct RolePermission {
    /// For programs.
    name: PermissionName,
    /// For people, e.g. `read bills and payments`.
    words: &'static str,
}

/// What the role that a scope acts in may do.
pub(super) fn granted(scope: &Scope) -> Vec<PermissionName> {
    Permission::ALL.into_iter().filter(|permission| scope.may(*permission)).map(PermissionName::from).collect()
}

fn table() -> Vec<RolePermissions> {
    let permissions = |role| {
        let granted = Permission::ALL.into_iter().filter(move |permission| permission.granted_to(role));
        granted.map(|permission| RolePermission { name: permission.into(), words: permission.what() }).collect()
    };
    entity::kind::Role::iter()
        .map(|role| RolePermissions { role: role.into(), permissions: permissions(role) })
        .collect()
}

#[derive(Default)]
pub(super) struct PermissionQuery;

#[Object]
impl PermissionQuery {
    /// What each role may do, for those who invite staff.
    async fn role_permissions(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<RolePermissions>> {
        let told: Result<_> = cx(ctx).scope().and_then(|scope| scope.require(Permission::ManageStaff));
        Ok(told.map(|()| table())?)
    }
}
