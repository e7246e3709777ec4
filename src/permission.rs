//! What each role may do: one table, read by every check.

use entity::kind::Role;

/// Something a role may be allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// Bills, their payments and their money.
    ReadBills,
    /// Repair and claim quotations and their invoices.
    ReadQuotations,
    /// Customers by name.
    ReadCustomers,
    /// NIC, phone and address in clear; everyone else sees them masked.
    ReadIdentity,
    /// Units in stock.
    ReadStock,
    /// What a unit cost.
    ReadCost,
}

impl Permission {
    /// Whether `role` has this permission.
    pub fn granted_to(self, role: Role) -> bool {
        use Permission::*;
        let granted: &[Permission] = match role {
            Role::HqAdmin | Role::DealerAdmin | Role::BranchManager => {
                &[ReadBills, ReadQuotations, ReadCustomers, ReadIdentity, ReadStock, ReadCost]
            }
            Role::HqAnalyst | Role::Auditor => &[ReadBills, ReadQuotations, ReadCustomers, ReadStock, ReadCost],
            Role::Sales => &[ReadBills, ReadQuotations, ReadCustomers, ReadIdentity, ReadStock],
            Role::Inventory => &[ReadStock],
            Role::Service => &[ReadQuotations, ReadCustomers, ReadIdentity],
        };
        granted.contains(&self)
    }
}
