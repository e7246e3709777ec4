//! Offers of bikes, and their proformas.

use entity::document::Kind;
use entity::sales_quotation::{Entity, Model};

use super::bill::none_issued;
use super::reading::Reading;
use super::sale;
use super::sheet::{Refers, Sheet};
use crate::document::{Content, Party, Proforma, SalesQuotation, Vehicle};
use crate::error::Result;
use crate::store::load::Key;

pub(super) async fn read(reading: &Reading<'_>, key: Key) -> Result<Sheet> {
    let row = reading.row::<Entity>("salesQuotation", key).await?;
    let content = SalesQuotation {
        number: row.quotation_number.clone(),
        quoted_on: row.quoted_on,
        valid_until: row.valid_until,
        branch_name: reading.branch(row.branch_id).await?.name,
        customer: customer(reading, &row)?,
        vehicle: vehicle(&row),
        financier: reading.financier(row.finance_company_id).await?,
        salesperson: reading.staff(row.salesperson_id).await?,
        payment_mode: sale::mode(row.sale_type),
        currency: row.currency.clone(),
        vehicle_price_minor: row.vehicle_price_minor,
        rmv_charge_minor: row.rmv_charge_minor,
        down_payment_minor: row.down_payment_minor,
        leased_minor: row.leased_minor,
        total_minor: row.total_minor,
        remarks: row.remarks.clone(),
    };
    Ok(sheet(&row, Kind::SalesQuotation, Content::SalesQuotation(content)))
}

pub(super) async fn proforma(reading: &Reading<'_>, key: Key) -> Result<Sheet> {
    let row = reading.row::<Entity>("salesQuotationProforma", key).await?;
    let issued = row.proforma_number.clone().zip(row.proforma_on).zip(row.leased_minor);
    let Some((((number, issued_on), leased_minor), financier)) =
        issued.zip(reading.financier(row.finance_company_id).await?)
    else {
        return Err(none_issued("salesQuotationProforma"));
    };
    let content = Proforma {
        number: number.clone(),
        issued_on,
        valid_until: Some(row.valid_until),
        branch_name: reading.branch(row.branch_id).await?.name,
        financier,
        customer: customer(reading, &row)?,
        vehicle: vehicle(&row),
        salesperson: reading.staff(row.salesperson_id).await?,
        currency: row.currency.clone(),
        vehicle_price_minor: row.vehicle_price_minor,
        rmv_charge_minor: row.rmv_charge_minor,
        down_payment_minor: row.down_payment_minor.unwrap_or_default(),
        leased_minor,
        remarks: row.remarks.clone(),
    };
    let sheet = sheet(&row, Kind::Proforma, Content::Proforma(content));
    Ok(Sheet { number, issued_on, total_minor: Some(leased_minor), ..sheet })
}

fn customer(reading: &Reading<'_>, row: &Model) -> Result<Party> {
    reading.buyer(("sales_quotation", row.id), &row.customer_name, row.buyer.as_ref())
}

fn vehicle(row: &Model) -> Vehicle {
    let class_name = sale::class(row.vehicle_class).to_owned();
    Vehicle { model_name: row.model_name.clone(), class_name, ..Vehicle::default() }
}

fn sheet(row: &Model, kind: Kind, content: Content) -> Sheet {
    Sheet {
        kind,
        branch: Some(row.branch_id),
        number: row.quotation_number.clone(),
        issued_on: row.quoted_on,
        total_minor: Some(row.total_minor),
        currency: row.currency.clone(),
        subject: Some(row.id),
        refers: Refers { sales_quotation: Some(row.id), ..Refers::default() },
        shows_cost: false,
        reveals: row.buyer.is_some().then_some(("sales_quotation", row.id)),
        content,
    }
}
