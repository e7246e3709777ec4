use chrono::NaiveDate;

use super::Party;

/// A repair or insurance-claim estimate, or the invoice made of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Estimate or invoice.
    pub kind: ClaimKind,
    /// Number of the document.
    pub number: String,
    /// Day of the document.
    pub issued_on: NaiveDate,
    /// Branch whose workshop it is.
    pub branch_name: String,
    /// Whose bike it is.
    pub customer: Party,
    /// Registration number of the bike.
    pub registration_number: Option<String>,
    /// Day of the accident.
    pub accident_on: Option<NaiveDate>,
    /// Number of the claim with the insurer.
    pub claim_number: Option<String>,
    /// The insurer.
    pub insurance_company: Option<String>,
    /// Number of the estimate that an invoice was made of.
    pub estimate_number: Option<String>,
    /// Who wrote it.
    pub prepared_by: Option<String>,
    /// Currency of every amount.
    pub currency: String,
    /// Parts and labour, in order.
    pub items: Vec<ClaimItem>,
    /// Sum of the items.
    pub total_minor: i64,
    /// Further terms.
    pub remarks: Option<String>,
}

/// Which of the two it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClaimKind {
    /// What the work would cost.
    Quotation,
    /// What the work costs.
    Invoice,
}

/// A part or a piece of work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimItem {
    /// What it is.
    pub description: String,
    /// How many, in thousandths.
    pub quantity_milli: i64,
    /// Price of one.
    pub rate_minor: i64,
    /// Price of all.
    pub amount_minor: i64,
}
