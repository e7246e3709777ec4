//! Bills, as the law and the dealership's registration have them.

use entity::bill::{Entity, Model, Status};
use entity::document::Kind;

use super::reading::Reading;
use super::sale::{self, Paid};
use super::sheet::{Refers, Sheet};
use crate::document::{AdvanceReceipt, Content, Invoice, Party, Proforma, TaxInvoice};
use crate::error::{Refusal, RefusalCode, Result};
use crate::store::load::Key;

/// The kinds that a bill is printed as.
pub(super) const KINDS: [Kind; 3] = [Kind::TaxInvoice, Kind::Invoice, Kind::AdvanceReceipt];

pub(super) async fn read(reading: &Reading<'_>, key: Key) -> Result<Sheet> {
    let bill = reading.row::<Entity>("bill", key).await?;
    let branch_name = reading.branch(bill.branch_id).await?.name;
    let (number, issued_on) = (bill.bill_number.clone(), bill.bill_date);
    if let Some(advance_minor) = bill.advance_minor.filter(|_| is_advance(&bill)) {
        let content = AdvanceReceipt {
            number,
            issued_on,
            branch_name,
            advance_minor,
            estimated_delivery_on: bill.estimated_delivery_on,
            sale: sale::read(reading, &bill, Paid::At).await?,
        };
        return Ok(sheet(&bill, Kind::AdvanceReceipt, Content::AdvanceReceipt(content)));
    }
    let sale = sale::read(reading, &bill, Paid::Towards).await?;
    let payment_mode = sale::mode(bill.sale_type);
    // What a bill of before does not say is not made up.
    let tax = match &bill.supplier_tin {
        Some(tin) => sale::tax(reading, &bill).await?.map(|tax| (tin.clone(), tax)),
        None => None,
    };
    Ok(match tax {
        Some((supplier_tin, tax)) => {
            let supplied_on = bill.delivered_on.unwrap_or(issued_on);
            let place_of_supply = branch_name;
            let content =
                TaxInvoice { number, issued_on, supplied_on, place_of_supply, supplier_tin, payment_mode, sale, tax };
            sheet(&bill, Kind::TaxInvoice, Content::TaxInvoice(content))
        }
        None => {
            let delivered_on = bill.delivered_on;
            let content = Invoice { number, issued_on, delivered_on, branch_name, payment_mode, sale };
            sheet(&bill, Kind::Invoice, Content::Invoice(content))
        }
    })
}

pub(super) async fn proforma(reading: &Reading<'_>, key: Key) -> Result<Sheet> {
    let bill = reading.row::<Entity>("billProforma", key).await?;
    let issued = bill.proforma_number.clone().zip(bill.proforma_on).zip(bill.leased_minor);
    let Some((((number, issued_on), leased_minor), financier)) =
        issued.zip(reading.financier(bill.finance_company_id).await?)
    else {
        return Err(none_issued("billProforma"));
    };
    let content = Proforma {
        number: number.clone(),
        issued_on,
        valid_until: None,
        branch_name: reading.branch(bill.branch_id).await?.name,
        financier,
        customer: Party {
            tin: bill.purchaser_tin.clone(),
            ..reading.buyer(("bill", bill.id), &bill.customer_name, bill.buyer.as_ref())?
        },
        vehicle: sale::vehicle(&bill, reading.unit(bill.unit_id).await?),
        salesperson: reading.staff(bill.salesperson_id).await?,
        currency: bill.currency.clone(),
        vehicle_price_minor: bill.vehicle_price_minor,
        rmv_charge_minor: bill.rmv_charge_minor,
        down_payment_minor: bill.down_payment_minor.unwrap_or_default(),
        leased_minor,
        remarks: None,
    };
    let sheet = sheet(&bill, Kind::Proforma, Content::Proforma(content));
    Ok(Sheet { number, issued_on, total_minor: Some(leased_minor), ..sheet })
}

pub(super) fn none_issued(field: &str) -> crate::error::Error {
    Refusal::new(RefusalCode::Invalid, field, "It has no proforma yet. Issue that first.").into()
}

/// Whether a bill is one for money taken before a sale; what completes it is another bill.
fn is_advance(bill: &Model) -> bool {
    bill.is_advance && matches!(bill.status, Status::Pending | Status::Cancelled | Status::Converted)
}

fn sheet(bill: &Model, kind: Kind, content: Content) -> Sheet {
    Sheet {
        kind,
        branch: Some(bill.branch_id),
        number: bill.bill_number.clone(),
        issued_on: bill.bill_date,
        total_minor: Some(bill.total_minor),
        currency: bill.currency.clone(),
        subject: Some(bill.id),
        refers: Refers { bill: Some(bill.id), ..Refers::default() },
        shows_cost: false,
        reveals: bill.buyer.is_some().then_some(("bill", bill.id)),
        content,
    }
}
