//! A bill as it is written: who buys what on which terms, before it has its number.

use chrono::NaiveDate;
use entity::bill::{self, Status};
use entity::kind::{Source, VehicleClass};
use entity::{bike_model, bike_unit, branch, dealership};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, QueryFilter};
use uuid::Uuid;

use crate::error::Result;
use crate::identity::Identity;
use crate::service::terms::{Taxes, Terms};
use crate::service::{Desk, number};
use crate::text;

/// What a bill is made of.
pub(super) struct Draft<'a> {
    pub(super) branch: &'a branch::Model,
    pub(super) day: NaiveDate,
    pub(super) purchaser: Purchaser,
    pub(super) model: &'a bike_model::Model,
    pub(super) unit: &'a bike_unit::Model,
    pub(super) terms: Terms,
    /// Number and day of the proforma that the financier has already.
    pub(super) proforma: Option<(String, NaiveDate)>,
}

/// Who buys, as written on the bill.
pub(super) struct Purchaser {
    pub(super) customer: Uuid,
    pub(super) name: String,
    pub(super) identity: Identity,
    pub(super) tin: Option<String>,
}

impl Draft<'_> {
    /// The completed bill, without payments; it takes its number here, so this comes last.
    pub(super) async fn complete(self, desk: &Desk<'_>) -> Result<bill::Model> {
        let first_tricycle_sale = self.is_first_tricycle_sale(desk).await?;
        let (landed_cost_minor, received_on) = (self.unit.landed_cost_minor, self.unit.received_on);
        let row = self.write(desk).await?;
        Ok(bill::Model {
            status: Status::Completed,
            financier_balance_minor: row.leased_minor,
            delivered_on: Some(row.bill_date),
            landed_cost_minor,
            unit_received_on: Some(received_on),
            first_tricycle_sale,
            ..row
        })
    }

    /// The pending bill of an advance, without its payment; it takes its number here, so this comes last.
    pub(super) async fn advance(self, desk: &Desk<'_>, advance_minor: i64, promised: NaiveDate) -> Result<bill::Model> {
        let row = self.write(desk).await?;
        Ok(bill::Model {
            is_advance: true,
            advance_minor: Some(advance_minor),
            estimated_delivery_on: Some(promised),
            ..row
        })
    }

    async fn write(self, desk: &Desk<'_>) -> Result<bill::Model> {
        let Self { branch, day, purchaser, model, unit, terms, proforma } = self;
        let taxes = Taxes::within(desk, terms.price_minor, day).await?;
        let currency = desk.dealership().await?.currency.clone();
        let salesperson_id = desk.membership(branch.id)?;
        let id = desk.fresh_id();
        let buyer = purchaser.identity.seal(desk.keys(), desk.place("bill", "buyer", id)?);
        let (proforma_number, proforma_on) = proforma.filter(|_| terms.leased_minor.is_some()).unzip();
        let bill_number = number::take(desk, number::Series::Bill, branch, day).await?;
        Ok(bill::Model {
            dealership_id: branch.dealership_id,
            id,
            branch_id: branch.id,
            number_key: text::search_key(&bill_number),
            bill_number,
            billed_at: desk.now,
            bill_date: day,
            status: Status::Pending,
            sale_type: terms.sale_type,
            vehicle_class: model.vehicle_class,
            is_advance: false,
            first_tricycle_sale: false,
            customer_id: purchaser.customer,
            customer_name: purchaser.name,
            buyer: Some(buyer),
            salesperson_id,
            model_id: Some(model.id),
            model_name: model.name.clone(),
            unit_id: Some(unit.id),
            chassis_number: Some(unit.chassis_number.clone()),
            chassis_key: Some(unit.chassis_key.clone()),
            motor_number: Some(unit.motor_number.clone()),
            motor_key: Some(unit.motor_key.clone()),
            currency,
            vehicle_price_minor: terms.price_minor,
            rmv_charge_minor: terms.rmv_charge_minor,
            down_payment_minor: terms.down_payment_minor,
            leased_minor: terms.leased_minor,
            advance_minor: None,
            total_minor: terms.total_minor,
            balance_minor: terms.total_minor,
            financier_balance_minor: None,
            above_ltv_cap: terms.above_ltv_cap,
            vat_minor: Some(taxes.vat_minor),
            sscl_minor: Some(taxes.sscl_minor),
            supplier_tin: taxes.supplier_tin,
            purchaser_tin: purchaser.tin,
            estimated_delivery_on: None,
            delivered_on: None,
            cancelled_on: None,
            cancelled_reason: None,
            finance_company_id: terms.finance_company,
            proforma_number,
            proforma_on,
            landed_cost_minor: None,
            unit_received_on: None,
            converted_on: None,
            advance_bill_id: None,
            source: Source::Live,
            created_at: desk.now,
            updated_at: desk.now,
        })
    }

    /// Whether nobody of the whole dealership has sold a three-wheeler yet. The dealership's row keeps the day, because a
    /// branch does not see its siblings' bills, and two may sell at once.
    async fn is_first_tricycle_sale(&self, desk: &Desk<'_>) -> Result<bool> {
        use dealership::Column;
        if self.model.vehicle_class != VehicleClass::ETricycle || desk.dealership().await?.tricycle_sold_on.is_some() {
            return Ok(false);
        }
        let mark = desk
            .tx
            .scope()
            .update::<dealership::Entity>()
            .filter(Column::Id.eq(self.branch.dealership_id))
            .filter(Column::TricycleSoldOn.is_null())
            .col_expr(Column::TricycleSoldOn, Expr::value(self.day));
        Ok(desk.tx.update(mark).await? == 1)
    }
}
