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
    /// Catalogue, finance companies, tariffs, taxes, numbers, looks and words of letters of a dealership.
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

impl Permission {
    /// All of them.
    pub const ALL: [Self; 25] = [
        Self::ReadBills,
        Self::ReadQuotations,
        Self::ReadSalesQuotations,
        Self::ReadCustomers,
        Self::ReadIdentity,
        Self::ReadStock,
        Self::ReadCost,
        Self::ReadKpis,
        Self::ReadMargin,
        Self::WriteCustomers,
        Self::WriteSalesQuotations,
        Self::WriteQuotations,
        Self::WriteBills,
        Self::ApproveDiscounts,
        Self::CreditBills,
        Self::WriteStock,
        Self::ApproveTransfers,
        Self::WriteRegistrations,
        Self::SetTargets,
        Self::Administer,
        Self::ManageStaff,
        Self::KeepPartnerKeys,
        Self::KeepJobs,
        Self::OpenDealerships,
        Self::OpenMeasures,
    ];

    /// Whether `role` has this permission.
    pub fn granted_to(self, role: Role) -> bool {
        use Permission::*;
        let granted: &[Permission] = match role {
            Role::HqAdmin => &Self::ALL,
            Role::DealerAdmin => return !matches!(self, OpenDealerships | OpenMeasures),
            Role::BranchManager => {
                return !matches!(self, Administer | ManageStaff | KeepPartnerKeys | OpenDealerships | OpenMeasures);
            }
            Role::HqAnalyst | Role::Auditor => &[
                ReadBills,
                ReadQuotations,
                ReadSalesQuotations,
                ReadCustomers,
                ReadStock,
                ReadCost,
                ReadKpis,
                ReadMargin,
            ],
            Role::Sales => &[
                ReadBills,
                ReadQuotations,
                ReadSalesQuotations,
                ReadCustomers,
                ReadIdentity,
                ReadStock,
                ReadKpis,
                WriteCustomers,
                WriteSalesQuotations,
                WriteBills,
                WriteRegistrations,
            ],
            Role::Inventory => &[ReadStock, WriteStock],
            Role::Service => &[ReadQuotations, ReadCustomers, ReadIdentity, WriteCustomers, WriteQuotations],
        };
        granted.contains(&self)
    }

    /// What of the API it opens, as schema coordinates.
    pub fn opens(self) -> &'static [&'static str] {
        match self {
            Self::ReadBills => &[
                "Query.bills",
                "Query.bill",
                "Query.financeCompanies",
                "Query.registrations",
                "Subscription.billChanged",
                "Bill",
                "Payment",
                "CreditNote",
                "FinanceCompany",
                "RmvCase",
                "Tariff",
                "TaxProfile",
                "NumberPattern",
                "Target",
            ],
            Self::ReadQuotations => &["Query.quotations", "Quotation"],
            Self::ReadSalesQuotations => &["Query.enquiries", "Query.salesQuotations", "Enquiry", "SalesQuotation"],
            Self::ReadCustomers => &["Query.customers", "Customer"],
            Self::ReadIdentity => &[
                "Query.customersByNic",
                "Query.customersByPhone",
                "Customer.nic",
                "Customer.phone",
                "Customer.address",
                "Buyer.nic",
                "Buyer.phone",
                "Buyer.address",
                "Mutation.makeDocument",
                "Document.link",
            ],
            Self::ReadStock => {
                &["Query.bikeUnits", "Query.stockTransfers", "Subscription.stockChanged", "BikeUnit", "StockTransfer"]
            }
            Self::ReadCost => &["BikeUnit.landedCost"],
            Self::ReadKpis => &[
                "Query.kpi",
                "Query.kpiNow",
                "Query.kpiTargets",
                "Query.kpiPeers",
                "Query.kpiPeerMeasures",
                "Query.dashboard",
                "Subscription.kpiChanged",
                "KpiReport",
                "KpiRow",
                "KpiFigure",
                "KpiFact",
                "KpiNow",
                "KpiOpen",
                "KpiTarget",
            ],
            Self::ReadMargin => &[],
            Self::WriteCustomers => &["Mutation.createCustomer", "Mutation.updateCustomer"],
            Self::WriteBills => &[
                "Query.previewBill",
                "Query.previewClosing",
                "Mutation.issueBill",
                "Mutation.convertSalesQuotation",
                "Mutation.closeAdvance",
                "Mutation.cancelBill",
                "Mutation.swapUnit",
                "Mutation.issueProforma",
                "Mutation.takePayment",
                "Mutation.recordDisbursement",
                "Mutation.mailBill",
            ],
            Self::CreditBills => &["Mutation.creditBill", "Mutation.reversePayment", "Mutation.refundPayment"],
            Self::WriteStock => &[
                "Mutation.receiveUnits",
                "Mutation.reserveUnit",
                "Mutation.releaseUnit",
                "Mutation.markUnitDamaged",
                "Mutation.repairUnit",
                "Mutation.updateUnit",
                "Mutation.removeUnit",
                "Mutation.requestTransfer",
                "Mutation.offerTransfer",
                "Mutation.receiveTransfer",
                "Mutation.cancelTransfer",
            ],
            Self::ApproveTransfers => &["Mutation.sendTransfer"],
            Self::WriteRegistrations => &["Mutation.advanceRegistration"],
            Self::WriteSalesQuotations => &[
                "Mutation.createEnquiry",
                "Mutation.loseEnquiry",
                "Mutation.createSalesQuotation",
                "Mutation.sendSalesQuotation",
                "Mutation.acceptSalesQuotation",
                "Mutation.rejectSalesQuotation",
                "Mutation.issueSalesQuotationProforma",
            ],
            Self::WriteQuotations => &[
                "Mutation.createQuotation",
                "Mutation.updateQuotation",
                "Mutation.sendQuotation",
                "Mutation.acceptQuotation",
                "Mutation.rejectQuotation",
                "Mutation.convertQuotation",
            ],
            Self::Administer => &[
                "Mutation.createBikeModel",
                "Mutation.updateBikeModel",
                "Mutation.retireBikeModel",
                "Mutation.restoreBikeModel",
                "Mutation.createFinanceCompany",
                "Mutation.updateFinanceCompany",
                "Mutation.retireFinanceCompany",
                "Mutation.restoreFinanceCompany",
                "Mutation.setTariff",
                "Mutation.setTaxProfile",
                "Mutation.setNumberPattern",
                "Mutation.updateBranding",
                "Mutation.setLogo",
                "Query.mailTemplates",
                "Query.previewMailTemplate",
                "Mutation.setMailTemplate",
                "MailTemplate",
                "Mutation.updateDealership",
            ],
            Self::ManageStaff => &[
                "Query.staff",
                "Query.rolePermissions",
                "StaffMember.email",
                "Mutation.createBranch",
                "Mutation.updateBranch",
                "Mutation.closeBranch",
                "Mutation.reopenBranch",
                "Mutation.inviteStaff",
                "Mutation.changeMembership",
                "Mutation.endMembership",
                "Mutation.endStaffSessions",
            ],
            Self::KeepPartnerKeys => &[
                "Query.partnerKeys",
                "PartnerKey",
                "Mutation.createPartnerKey",
                "Mutation.rotatePartnerKey",
                "Mutation.revokePartnerKey",
            ],
            Self::KeepJobs => {
                &["Mutation.rebuildKeyFigures", "Mutation.archiveBills", "Mutation.cancelJob", "Mutation.retryJob"]
            }
            Self::SetTargets => &["Mutation.setTarget"],
            Self::OpenDealerships => &["Mutation.openDealership"],
            Self::OpenMeasures => &["Mutation.setPeerMeasure"],
            Self::ApproveDiscounts => &[],
        }
    }

    /// In words.
    pub fn what(self) -> &'static str {
        match self {
            Self::ReadBills => "read bills and payments",
            Self::ReadQuotations => "read repair and claim quotations",
            Self::ReadSalesQuotations => "read enquiries and sales quotations",
            Self::ReadCustomers => "read customers",
            Self::ReadIdentity => "read NIC, phone and address in clear (else masked), find people by NIC or phone",
            Self::ReadStock => "read stock",
            Self::ReadCost => "read costs (else empty)",
            Self::ReadKpis => "read key figures",
            Self::ReadMargin => "read gross profit and margin (else refused)",
            Self::WriteCustomers => "enter and correct customers",
            Self::WriteSalesQuotations => "make enquiries and sales quotations",
            Self::WriteQuotations => "make repair and claim quotations and their invoices",
            Self::WriteBills => "issue bills, close and cancel advances, take payments",
            Self::ApproveDiscounts => "sell further below the list price than the dealership's limit",
            Self::CreditBills => "take sales back, give money back",
            Self::WriteStock => "receive, reserve and write off units, ask for transfers",
            Self::ApproveTransfers => "send units to another branch",
            Self::WriteRegistrations => "move registrations on",
            Self::SetTargets => "set monthly targets",
            Self::Administer => {
                "keep catalogue, finance companies, tariffs, taxes, numbers, branding and words of letters"
            }
            Self::ManageStaff => "open and close branches, manage staff",
            Self::KeepPartnerKeys => "keep the keys of leasing companies",
            Self::KeepJobs => "have key figures made anew, call work that is done later off, try it again",
            Self::OpenDealerships => "open dealerships",
            Self::OpenMeasures => "open figures by which branches are compared with others",
        }
    }
}

/// Whether the role is one at a branch; the others are over all branches of a dealership.
pub(crate) fn is_of_branch(role: Role) -> bool {
    matches!(role, Role::BranchManager | Role::Sales | Role::Inventory | Role::Service)
}

/// Root fields that need no permission: what they show follows from the scope alone.
pub const OPEN: [&str; 12] = [
    "account",
    "bikeModels",
    "branches",
    "branding",
    "dealerships",
    "explainAccess",
    "identityProviders",
    "jobProgress",
    "jobs",
    "node",
    "search",
    "viewer",
];

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
