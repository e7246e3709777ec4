//! Who may do what: one table, read by every check and printed as `docs/permissions.md`.

use std::fmt::Write;

use entity::kind::Role;
use sea_orm::{ActiveEnum, Iterable};

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
    /// What a unit cost; everyone else sees none.
    ReadCost,
}

impl Permission {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::ReadBills,
        Self::ReadQuotations,
        Self::ReadCustomers,
        Self::ReadIdentity,
        Self::ReadStock,
        Self::ReadCost,
    ];

    /// Whether `role` has this permission.
    pub fn granted_to(self, role: Role) -> bool {
        use Permission::*;
        let granted: &[Permission] = match role {
            Role::HqAdmin | Role::DealerAdmin | Role::BranchManager => &Self::ALL,
            Role::HqAnalyst | Role::Auditor => &[ReadBills, ReadQuotations, ReadCustomers, ReadStock, ReadCost],
            Role::Sales => &[ReadBills, ReadQuotations, ReadCustomers, ReadIdentity, ReadStock],
            Role::Inventory => &[ReadStock],
            Role::Service => &[ReadQuotations, ReadCustomers, ReadIdentity],
        };
        granted.contains(&self)
    }

    /// What of the API it opens, as schema coordinates.
    pub fn opens(self) -> &'static [&'static str] {
        match self {
            Self::ReadBills => &["Query.bills", "Query.bill", "Bill", "Payment", "FinanceCompany"],
            Self::ReadQuotations => &["Query.quotations", "Quotation"],
            Self::ReadCustomers => &["Query.customers", "Customer"],
            Self::ReadIdentity => {
                &["Customer.nic", "Customer.phone", "Customer.address", "Buyer.nic", "Buyer.phone", "Buyer.address"]
            }
            Self::ReadStock => &["Query.bikeUnits", "BikeUnit"],
            Self::ReadCost => &["BikeUnit.landedCost"],
        }
    }

    /// In words.
    pub fn what(self) -> &'static str {
        match self {
            Self::ReadBills => "read bills and payments",
            Self::ReadQuotations => "read quotations",
            Self::ReadCustomers => "read customers",
            Self::ReadIdentity => "read NIC, phone and address in clear (else masked)",
            Self::ReadStock => "read stock",
            Self::ReadCost => "read costs (else empty)",
        }
    }
}

/// Root fields that need no permission: what they show follows from the scope alone.
pub const OPEN: [&str; 7] = ["bikeModels", "branches", "branding", "dealerships", "explainAccess", "node", "viewer"];

/// The whole table for people, in Markdown.
pub fn table() -> String {
    let name = |role: Role| role.to_value();
    let mut text = String::from(
        "# Who may do what\n\nPrinted from the table in `src/permission.rs`; a test compares. A person acts in one role at \
         a time, within\na branch, a dealership or several dealerships: a permission never reaches beyond that.\n\n|",
    );
    for role in Role::iter() {
        // Writing to a `String` cannot fail; the same below.
        let _ = write!(text, " | {}", name(role));
    }
    let _ = writeln!(text, " |\n| --- |{}", " :---: |".repeat(Role::iter().count()));
    for permission in Permission::ALL {
        let _ = write!(text, "| {}", permission.what());
        for role in Role::iter() {
            let _ = write!(text, " | {}", if permission.granted_to(role) { "yes" } else { "" });
        }
        let _ = writeln!(text, " |");
    }
    let _ = writeln!(text, "\n## What each opens\n\n| To | Opens |\n| --- | --- |");
    for permission in Permission::ALL {
        let opens: Vec<_> = permission.opens().iter().map(|place| format!("`{place}`")).collect();
        let _ = writeln!(text, "| {} | {} |", permission.what(), opens.join(", "));
    }
    let open: Vec<_> = OPEN.iter().map(|field| format!("`Query.{field}`")).collect();
    let _ = writeln!(text, "| act at all | {} |", open.join(", "));
    text
}
