//! Repair and claim quotations, and the invoices made of them.

use entity::document::Kind;
use entity::quotation::{self, Entity};
use entity::quotation_item::{self, Column};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};

use super::reading::Reading;
use super::sheet::{Refers, Sheet};
use crate::document::{Claim, ClaimItem, ClaimKind, Content};
use crate::error::Result;
use crate::store::load::Key;

pub(super) async fn read(reading: &Reading<'_>, key: Key) -> Result<Sheet> {
    let row = reading.row::<Entity>("quotation", key).await?;
    let (kind, as_printed) = match row.kind {
        quotation::Kind::Quotation => (Kind::ClaimQuotation, ClaimKind::Quotation),
        quotation::Kind::Invoice => (Kind::ClaimInvoice, ClaimKind::Invoice),
    };
    let estimate = reading.follow::<Entity>(row.converted_from_id).await?;
    let content = Claim {
        kind: as_printed,
        number: row.quotation_number.clone(),
        issued_on: row.quoted_on,
        branch_name: reading.branch(row.branch_id).await?.name,
        customer: reading.buyer(("quotation", row.id), &row.customer_name, row.buyer.as_ref())?,
        registration_number: row.registration_number.clone(),
        accident_on: row.accident_on,
        claim_number: row.claim_number.clone(),
        insurance_company: row.insurance_company.clone(),
        estimate_number: estimate.map(|estimate| estimate.quotation_number),
        prepared_by: reading.staff(row.salesperson_id).await?,
        currency: row.currency.clone(),
        items: items(reading, &row).await?,
        total_minor: row.total_minor,
        remarks: row.remarks.clone(),
    };
    Ok(Sheet {
        kind,
        branch: Some(row.branch_id),
        number: row.quotation_number,
        issued_on: row.quoted_on,
        total_minor: Some(row.total_minor),
        currency: row.currency,
        subject: Some(row.id),
        refers: Refers { quotation: Some(row.id), ..Refers::default() },
        shows_cost: false,
        reveals: row.buyer.is_some().then_some(("quotation", row.id)),
        content: Content::Claim(content),
    })
}

async fn items(reading: &Reading<'_>, row: &quotation::Model) -> Result<Vec<ClaimItem>> {
    let query = reading
        .tx
        .select::<quotation_item::Entity>()
        .filter(Column::DealershipId.eq(row.dealership_id))
        .filter(Column::QuotationId.eq(row.id))
        .order_by_asc(Column::Position);
    let view = |item: quotation_item::Model| ClaimItem {
        description: item.description,
        quantity_milli: item.quantity_milli,
        rate_minor: item.rate_minor,
        amount_minor: item.amount_minor,
    };
    Ok(reading.tx.all(query).await?.into_iter().map(view).collect())
}
