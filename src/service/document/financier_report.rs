//! What a leasing company finances of a month's sales.

use chrono::NaiveDate;
use entity::bill::{self, Column, Status};
use entity::document::Kind;
use entity::{branch, finance_company};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::archive::days_of;
use super::reading::Reading;
use super::sheet::{Refers, Sheet};
use crate::document::{Content, FinancedSale, FinancierReport, FinancierSales};
use crate::error::{Refusal, RefusalCode, Result};
use crate::store::load::Key;

/// Most sales on a report.
const MOST: usize = 5_000;

pub(super) async fn read(reading: &Reading<'_>, company: Key, month: NaiveDate) -> Result<Sheet> {
    let company = reading.row::<finance_company::Entity>("financierReport.financeCompany", company).await?;
    let place = reading.follow::<branch::Entity>(reading.tx.scope().reach_branch()).await?;
    let (from, to) = days_of(month);
    let (code, reach) = reading.about(place.as_ref());
    let currency = reading.dealership.currency.clone();
    let content = FinancierReport {
        from,
        to,
        drawn_up_at: reading.clock()?,
        reach,
        prepared_for: None,
        currency: currency.clone(),
        financiers: vec![FinancierSales { sales: sales(reading, company.id, (from, to)).await?, name: company.name }],
    };
    Ok(Sheet {
        kind: Kind::FinancierReport,
        branch: place.as_ref().map(|place| place.id),
        number: format!("{code} {}", from.format("%Y-%m")),
        issued_on: reading.today()?,
        total_minor: None,
        currency,
        subject: None,
        refers: Refers::default(),
        shows_cost: false,
        reveals: None,
        content: Content::FinancierReport(content),
    })
}

async fn sales(reading: &Reading<'_>, company: Uuid, (from, to): (NaiveDate, NaiveDate)) -> Result<Vec<FinancedSale>> {
    let of = reading.dealership.id;
    let query = reading
        .tx
        .select::<bill::Entity>()
        .filter(Column::DealershipId.eq(of))
        .filter(Column::FinanceCompanyId.eq(company))
        .filter(Column::Status.eq(Status::Completed))
        .filter(Column::BillDate.between(from, to))
        .order_by_asc(Column::BillDate)
        .order_by_asc(Column::Id)
        .limit(MOST as u64 + 1);
    let bills = reading.tx.all(query).await?;
    if bills.len() > MOST {
        let message = format!("These are more than {MOST} sales: ask for them branch by branch.");
        return Err(Refusal::new(RefusalCode::OutOfRange, "financierReport", message).into());
    }
    let branches = reading.branch_names().await?;
    let view = |bill: bill::Model| {
        let leased_minor = bill.leased_minor.unwrap_or_default();
        FinancedSale {
            branch_name: branches.get(&bill.branch_id).cloned().unwrap_or_default(),
            bill_number: bill.bill_number,
            billed_on: bill.bill_date,
            customer_name: bill.customer_name,
            model_name: bill.model_name,
            chassis_number: bill.chassis_number,
            vehicle_price_minor: bill.vehicle_price_minor,
            down_payment_minor: bill.down_payment_minor.unwrap_or_default(),
            leased_minor,
            disbursed_minor: bill.financier_balance_minor.map_or(0, |open| leased_minor - open),
        }
    };
    Ok(bills.into_iter().map(view).collect())
}
