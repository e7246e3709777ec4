//! Tariffs: what the registrar charges for a class of vehicle, by the kind of sale, from a day on.

use chrono::NaiveDate;
use entity::kind::{SaleType, VehicleClass};
use entity::tariff::{Column, Entity, Model};
use entity::{bill, sales_quotation};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveEnum, ColumnTrait, Condition, QueryFilter, QueryOrder};
use serde::Serialize;

use super::check::MAX_AMOUNT;
use super::dated::{self, ALL_BRANCHES};
use super::idempotency::as_kept;
use super::{Change, Check, Desk, Event};
use crate::error::{RefusalCode, Result};
use crate::money;
use crate::permission::Permission;
use crate::scope::Scope;
use crate::store::load::Key;

/// Sets what is charged from a day on.
#[derive(Debug, Serialize)]
pub struct SetTariff {
    /// Of which vehicles.
    #[serde(serialize_with = "as_kept")]
    pub vehicle_class: VehicleClass,
    /// Sold how.
    #[serde(serialize_with = "as_kept")]
    pub sale_type: SaleType,
    /// The registrar's charge, in minor units.
    pub rmv_charge_minor: i64,
    /// Leased share of the price, in hundredths of a percent, above which a bill is flagged.
    pub ltv_cap_bp: Option<i32>,
    /// The first day; it ends with the next.
    pub valid_from: NaiveDate,
}

impl Change for SetTariff {
    type Outcome = Key;
    const NAME: &'static str = "setTariff";
    const PERMISSION: Permission = Permission::Administer;

    fn scope(&self, asker: &Scope) -> Result<Scope> {
        Ok(asker.spanning_branches(ALL_BRANCHES))
    }

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        desk.lock_dealership().await?;
        let mut check = Check::default();
        check.amount("rmvChargeMinor", self.rmv_charge_minor, 0..=MAX_AMOUNT);
        self.check_cap(&mut check);
        if dated::begins_today(&mut check, desk, self.valid_from).await? && self.is_used(desk).await? {
            dated::too_late(&mut check);
        }
        check.done()?;
        self.end_earlier(desk).await?;
        let (class, sale) = (self.vehicle_class.to_value(), self.sale_type.to_value());
        let charge = money::formatted(self.rmv_charge_minor, &desk.dealership().await?.currency);
        let summary = format!("{class} {sale} from {}: {charge}", self.valid_from);
        let key = self.write(desk).await?;
        desk.audit(Event { action: "tariff_set", table: "tariff", row: key.id, branch: None, summary })?;
        Ok(key)
    }
}

impl SetTariff {
    fn check_cap(&self, check: &mut Check) {
        match (self.ltv_cap_bp, self.sale_type) {
            (Some(cap), SaleType::Leasing) => {
                check.count("ltvCapBp", cap, 1..=10_000);
            }
            (Some(_), SaleType::Cash) => {
                check.refuse(RefusalCode::Invalid, "ltvCapBp", "Only a leasing sale has a cap. Leave this out.");
            }
            (None, _) => {}
        }
    }

    /// Whether something was priced by this kind of tariff today.
    async fn is_used(&self, desk: &Desk<'_>) -> Result<bool> {
        let (dealership, day) = (desk.dealership_id()?, desk.today().await?);
        let bill = desk
            .tx
            .select::<bill::Entity>()
            .filter(bill::Column::DealershipId.eq(dealership))
            .filter(bill::Column::BillDate.eq(day))
            .filter(bill::Column::VehicleClass.eq(self.vehicle_class))
            .filter(bill::Column::SaleType.eq(self.sale_type));
        let offer = desk
            .tx
            .select::<sales_quotation::Entity>()
            .filter(sales_quotation::Column::DealershipId.eq(dealership))
            .filter(sales_quotation::Column::QuotedOn.eq(day))
            .filter(sales_quotation::Column::VehicleClass.eq(self.vehicle_class))
            .filter(sales_quotation::Column::SaleType.eq(self.sale_type));
        Ok(desk.tx.one(bill).await?.is_some() || desk.tx.one(offer).await?.is_some())
    }

    /// Ends the tariff before this one on its eve.
    async fn end_earlier(&self, desk: &Desk<'_>) -> Result<()> {
        let goes_on = Condition::any().add(Column::ValidTo.is_null()).add(Column::ValidTo.gte(self.valid_from));
        let update = desk
            .tx
            .scope()
            .update::<Entity>()
            .filter(Column::DealershipId.eq(desk.dealership_id()?))
            .filter(Column::VehicleClass.eq(self.vehicle_class))
            .filter(Column::SaleType.eq(self.sale_type))
            .filter(Column::ValidFrom.lt(self.valid_from))
            .filter(goes_on)
            .col_expr(Column::ValidTo, Expr::value(self.valid_from.pred_opt()));
        desk.tx.update(update).await.map(drop)
    }

    /// Writes the tariff, in place of one that begins on the same day.
    async fn write(&self, desk: &Desk<'_>) -> Result<Key> {
        let dealership = desk.dealership().await?;
        let of_kind = || {
            let query = desk.tx.select::<Entity>().filter(Column::DealershipId.eq(dealership.id));
            query.filter(Column::VehicleClass.eq(self.vehicle_class)).filter(Column::SaleType.eq(self.sale_type))
        };
        let next = of_kind().filter(Column::ValidFrom.gt(self.valid_from)).order_by_asc(Column::ValidFrom);
        let valid_to = desk.tx.one(next).await?.and_then(|next| next.valid_from.pred_opt());
        let old = desk.tx.one(of_kind().filter(Column::ValidFrom.eq(self.valid_from))).await?;
        let row = Model {
            dealership_id: dealership.id,
            id: old.as_ref().map_or_else(|| desk.fresh_id(), |old| old.id),
            vehicle_class: self.vehicle_class,
            sale_type: self.sale_type,
            rmv_charge_minor: self.rmv_charge_minor,
            currency: dealership.currency.clone(),
            valid_from: self.valid_from,
            valid_to,
            ltv_cap_bp: self.ltv_cap_bp,
            created_at: desk.now,
        };
        let key = Key { dealership: row.dealership_id, id: row.id };
        match old {
            Some(_) => desk.save::<Entity>(row).await?,
            None => desk.insert::<Entity>(vec![row]).await?,
        }
        Ok(key)
    }
}
