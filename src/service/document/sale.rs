//! A sale as its bill has it, and the words for it.

use entity::kind::{SaleType, VehicleClass};
use entity::payment::{self, Method};
use entity::tax_profile;
use entity::{bike_unit, bill};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};

use super::reading::Reading;
use crate::document::{Party, Payment, Sale, Tax, Vehicle};
use crate::error::Result;

/// Which payments are on a document.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Paid {
    /// Those that count towards the bill, wherever they were taken.
    Towards,
    /// Those that were taken at it, whatever became of them.
    At,
}

/// What a bill sells to whom.
pub(super) async fn read(reading: &Reading<'_>, bill: &bill::Model, paid: Paid) -> Result<Sale> {
    let unit = reading.unit(bill.unit_id).await?;
    let buyer = reading.buyer(("bill", bill.id), &bill.customer_name, bill.buyer.as_ref())?;
    let payments = payments(reading, bill, paid).await?;
    let received: i64 = payments.iter().map(|payment| payment.amount_minor).sum();
    Ok(Sale {
        buyer: Party { tin: bill.purchaser_tin.clone(), ..buyer },
        vehicle: vehicle(bill, unit),
        financier: reading.financier(bill.finance_company_id).await?,
        salesperson: reading.staff(bill.salesperson_id).await?,
        currency: bill.currency.clone(),
        vehicle_price_minor: bill.vehicle_price_minor,
        rmv_charge_minor: bill.rmv_charge_minor,
        down_payment_minor: bill.down_payment_minor,
        leased_minor: bill.leased_minor,
        total_minor: bill.total_minor,
        balance_minor: bill.total_minor - received,
        payments,
    })
}

/// The taxes that a bill says are within its price, with the rates of its day; none where it does not say.
pub(super) async fn tax(reading: &Reading<'_>, bill: &bill::Model) -> Result<Option<Tax>> {
    use tax_profile::Column;
    let (Some(vat_minor), Some(sscl_minor)) = (bill.vat_minor, bill.sscl_minor) else { return Ok(None) };
    let query = reading
        .tx
        .select::<tax_profile::Entity>()
        .filter(Column::DealershipId.eq(reading.dealership.id))
        .filter(Column::ValidFrom.lte(bill.bill_date))
        .order_by_desc(Column::ValidFrom)
        .order_by_desc(Column::Id);
    let profile = reading.tx.one(query).await?;
    Ok(profile.map(|profile| Tax { vat_minor, vat_bp: profile.vat_bp, sscl_minor, sscl_bp: profile.sscl_bp }))
}

pub(super) fn vehicle(bill: &bill::Model, unit: Option<bike_unit::Model>) -> Vehicle {
    let (colour, model_year) = unit.map_or((None, None), |unit| (unit.colour, unit.model_year));
    Vehicle {
        model_name: bill.model_name.clone(),
        class_name: class(bill.vehicle_class).to_owned(),
        colour,
        model_year,
        chassis_number: bill.chassis_number.clone(),
        motor_number: bill.motor_number.clone(),
    }
}

/// The customer's payments; the financier's are between it and the dealership.
async fn payments(reading: &Reading<'_>, bill: &bill::Model, paid: Paid) -> Result<Vec<Payment>> {
    use payment::Column;
    let bill_column = match paid {
        Paid::Towards => Column::BillId,
        Paid::At => Column::ReceivedBillId,
    };
    let query = reading
        .tx
        .select::<payment::Entity>()
        .filter(Column::DealershipId.eq(reading.dealership.id))
        .filter(bill_column.eq(bill.id))
        .filter(Column::Method.ne(Method::Financier))
        .order_by_asc(Column::PaidOn)
        .order_by_asc(Column::Id);
    let view = |row: payment::Model| Payment {
        paid_on: row.paid_on,
        method: method(row.method).to_owned(),
        reference: row.reference,
        amount_minor: row.amount_minor,
    };
    Ok(reading.tx.all(query).await?.into_iter().map(view).collect())
}

pub(super) fn class(class: VehicleClass) -> &'static str {
    match class {
        VehicleClass::EMotorcycle => "Electric motorcycle",
        VehicleClass::EMotorbicycle => "Electric bicycle",
        VehicleClass::ETricycle => "Electric three-wheeler",
    }
}

pub(super) fn mode(sale: SaleType) -> String {
    match sale {
        SaleType::Cash => "Cash",
        SaleType::Leasing => "Leasing",
    }
    .to_owned()
}

fn method(method: Method) -> &'static str {
    match method {
        Method::Cash => "Cash",
        Method::Card => "Card",
        Method::Transfer => "Bank transfer",
        Method::Cheque => "Cheque",
        Method::Financier => "Leasing company",
        Method::Unknown => "Not recorded",
    }
}
