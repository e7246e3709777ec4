//! A bill as the leasing company that finances it may see it: what is due and how far it is, nothing of the customer.

use chrono::NaiveDate;
use entity::{bill, branch, rmv_case};
use sea_orm::sea_query::SelectStatement;
use sea_orm::{ActiveEnum, ColumnTrait, IdenStatic, QueryFilter, QueryResult, QuerySelect, QueryTrait, Select};
use uuid::Uuid;

use crate::database::Tx;
use crate::error::Result;
use crate::text;

/// A financed bill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Financed {
    /// Number on the document.
    pub bill_number: String,
    /// The dealership's day on which it was made.
    pub bill_date: NaiveDate,
    /// Where it stands.
    pub status: bill::Status,
    /// Code of the branch that made it.
    pub branch_code: String,
    /// Of the amounts.
    pub currency: String,
    /// Price of the vehicle in minor units, registration charges excluded.
    pub vehicle_price_minor: i64,
    /// What the customer pays of it, in minor units.
    pub down_payment_minor: Option<i64>,
    /// What the leasing company pays, in minor units.
    pub leased_minor: Option<i64>,
    /// What the leasing company has still to pay, in minor units; absent while nothing of it is due.
    pub outstanding_minor: Option<i64>,
    /// How far the registration is; absent where there is none.
    pub registration: Option<rmv_case::Status>,
}

/// The bill of the scope with this number, if its vehicle has this chassis number. Whatever is wrong, the same is asked of
/// the database.
pub async fn find(tx: &Tx, number: &str, chassis: &str) -> Result<Option<Financed>> {
    let bill = tx
        .select::<bill::Entity>()
        .filter(bill::Column::BillNumber.eq(number.trim()))
        .filter(bill::Column::ChassisKey.eq(text::search_key(chassis)));
    let bill = tx.groups(shown(bill, &bill::Column::TO_PARTNER)).await?.pop();
    let id = |column: bill::Column| match &bill {
        Some(row) => Ok(row.try_get::<Uuid>("", column.as_str())?),
        None => Ok::<_, sea_orm::DbErr>(Uuid::nil()),
    };
    let case = tx.select::<rmv_case::Entity>().filter(rmv_case::Column::BillId.eq(id(bill::Column::Id)?));
    let case = tx.groups(shown(case, &rmv_case::Column::TO_PARTNER)).await?.pop();
    let branch = tx.select::<branch::Entity>().filter(branch::Column::Id.eq(id(bill::Column::BranchId)?));
    let branch = tx.one(branch).await?;
    match (bill, branch) {
        (Some(bill), Some(branch)) => financed(&bill, branch.code, case.as_ref()).map(Some),
        _ => Ok(None),
    }
}

/// The columns that a partner is shown: of others the database says no.
fn shown<E: sea_orm::EntityTrait>(query: Select<E>, columns: &[E::Column]) -> SelectStatement {
    query.select_only().columns(columns.iter().copied()).into_query()
}

fn financed(bill: &QueryResult, branch_code: String, case: Option<&QueryResult>) -> Result<Financed> {
    use bill::Column;
    let minor = |column: Column| bill.try_get::<Option<i64>>("", column.as_str());
    Ok(Financed {
        bill_number: bill.try_get("", Column::BillNumber.as_str())?,
        bill_date: bill.try_get("", Column::BillDate.as_str())?,
        status: state::<bill::Status>(bill, Column::Status.as_str())?,
        branch_code,
        currency: bill.try_get("", Column::Currency.as_str())?,
        vehicle_price_minor: bill.try_get("", Column::VehiclePriceMinor.as_str())?,
        down_payment_minor: minor(Column::DownPaymentMinor)?,
        leased_minor: minor(Column::LeasedMinor)?,
        outstanding_minor: minor(Column::FinancierBalanceMinor)?,
        registration: case.map(|case| state(case, rmv_case::Column::Status.as_str())).transpose()?,
    })
}

fn state<S: ActiveEnum<Value = String>>(row: &QueryResult, column: &str) -> Result<S> {
    Ok(S::try_from_value(&row.try_get("", column)?)?)
}
