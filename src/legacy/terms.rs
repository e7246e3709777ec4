//! The terms of a bill: what kind of sale it is, where it stands and what it costs. All that can refuse a bill is here.

use chrono::{DateTime, Utc};
use entity::bill::Status;
use entity::kind::{SaleType, VehicleClass};

use super::document::Document;
use super::model::class_of;
use super::note::{Notes, Rejection, required};

/// The terms of one bill; amounts in cents.
pub(super) struct Terms {
    pub(super) number: String,
    pub(super) billed_at: DateTime<Utc>,
    pub(super) status: Status,
    pub(super) sale_type: SaleType,
    pub(super) vehicle_class: VehicleClass,
    pub(super) is_advance: bool,
    pub(super) vehicle_price: i64,
    pub(super) rmv_charge: i64,
    pub(super) down_payment: Option<i64>,
    pub(super) advance: Option<i64>,
    pub(super) total: i64,
    /// The old system's own balance, to compare with.
    pub(super) stated_balance: Option<i64>,
}

impl Terms {
    pub(super) fn read(document: &Document<'_>, notes: &mut Notes) -> Result<Self, Rejection> {
        let terms = Self {
            number: number(document, notes)?,
            billed_at: required(document.date("billDate", notes), "billDate")?,
            status: status(document)?,
            sale_type: sale_type(document)?,
            vehicle_class: vehicle_class(document, notes),
            is_advance: document.flag("isAdvancePayment").unwrap_or(false),
            vehicle_price: required(document.money("bikePrice", notes)?, "bikePrice")?,
            rmv_charge: document.money("rmvCharge", notes)?.unwrap_or_else(|| {
                notes.repair("rmvCharge", "taken as zero", "is missing");
                0
            }),
            down_payment: document.money("downPayment", notes)?,
            advance: document.money("advanceAmount", notes)?,
            total: required(document.money("totalAmount", notes)?, "totalAmount")?,
            // Below zero where the customer overpaid; it is only compared.
            stated_balance: document.money("balanceAmount", notes).unwrap_or_default(),
        };
        if terms.sale_type == SaleType::Leasing && terms.down_payment.is_none() {
            notes.repair("downPayment", "the whole price counts as leased", "is missing on a leasing bill");
        }
        if terms.is_advance && terms.advance.is_none() {
            notes.repair("advanceAmount", "no payment is concluded", "is missing on an advance");
        }
        Ok(terms)
    }

    /// Whether the bill claims its unit and may have a balance.
    pub(super) fn is_live(&self) -> bool {
        matches!(self.status, Status::Pending | Status::Completed)
    }

    /// The financier's share of a leasing bill.
    pub(super) fn leased(&self) -> Option<i64> {
        let leasing = self.sale_type == SaleType::Leasing;
        leasing.then(|| (self.vehicle_price - self.down_payment.unwrap_or(0)).max(0))
    }
}

fn number(document: &Document<'_>, notes: &mut Notes) -> Result<String, Rejection> {
    let (number, copy) = (document.written("billNumber"), document.written("bill_number"));
    match (&number, &copy) {
        (Some(number), Some(copy)) if number != copy => {
            notes.repair("bill_number", "billNumber is kept", "differs from billNumber");
        }
        (None, Some(_)) => notes.repair("billNumber", "bill_number is taken", "is missing"),
        _ => {}
    }
    required(number.or(copy), "billNumber")
}

fn status(document: &Document<'_>) -> Result<Status, Rejection> {
    match document.text("status").unwrap_or_default().to_lowercase().as_str() {
        "pending" => Ok(Status::Pending),
        "completed" => Ok(Status::Completed),
        "cancelled" | "canceled" => Ok(Status::Cancelled),
        "converted" => Ok(Status::Converted),
        _ => Err(Rejection::new("has an unknown status")),
    }
}

fn sale_type(document: &Document<'_>) -> Result<SaleType, Rejection> {
    match document.text("billType").unwrap_or_default().to_lowercase().as_str() {
        "cash" => Ok(SaleType::Cash),
        "leasing" => Ok(SaleType::Leasing),
        _ => Err(Rejection::new("has an unknown billType")),
    }
}

fn vehicle_class(document: &Document<'_>, notes: &mut Notes) -> VehicleClass {
    let written = document.text("vehicleType").unwrap_or_default().to_uppercase().replace(['_', ' '], "-");
    match written.as_str() {
        "E-MOTORCYCLE" => return VehicleClass::EMotorcycle,
        "E-MOTORBICYCLE" => return VehicleClass::EMotorbicycle,
        "E-TRICYCLE" => return VehicleClass::ETricycle,
        "" => notes.repair("vehicleType", "concluded from isTricycle and isEbicycle", "is missing"),
        _ => notes.repair("vehicleType", "concluded from isTricycle and isEbicycle", "is none that is known"),
    }
    let flag = |field| document.flag(field).unwrap_or(false);
    class_of(flag("isTricycle"), flag("isEbicycle"))
}
