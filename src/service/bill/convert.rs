//! Selling what was offered: the bill of an accepted sales quotation, made once, by whoever locks the quotation first.
//!
//! Order of locks: the quotation, its enquiry, the unit, the number's counter last.

use entity::bike_unit;
use entity::sales_quotation::{Entity, Model, Status};
use serde::Serialize;

use super::draft::{Draft, Purchaser};
use super::issue::model_of;
use super::settlement::Settlement;
use crate::error::{Error, Refusal, RefusalCode, Result};
use crate::identity::Identity;
use crate::permission::Permission;
use crate::service::sales_quotation::{FIELD, audit};
use crate::service::{Asked, Change, Check, Desk, Leasing, enquiry, step, stock};
use crate::store::load::Key;

/// Issues the bill of an accepted offer: to its buyer, at its price, on its terms. Charges and taxes are those of the day.
#[derive(Debug, Serialize)]
pub struct ConvertSalesQuotation {
    /// The offer.
    pub quotation: Key,
    /// A unit of its model.
    pub unit: Key,
    /// How the bill begins.
    pub settlement: Settlement,
}

impl Change for ConvertSalesQuotation {
    /// The bill.
    type Outcome = Key;
    const NAME: &'static str = "convertSalesQuotation";
    const PERMISSION: Permission = Permission::WriteBills;

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        let day = desk.today().await?;
        let mut check = Check::default();
        let settlement = self.settlement.checked(&mut check, day);
        check.done()?;
        let offer = desk.find_locked::<Entity>(FIELD, self.quotation).await?;
        step(FIELD, offer.status, Status::Converted)?;
        if let Some(enquiry) = offer.enquiry_id {
            enquiry::win(desk, beside(&offer, enquiry)).await?;
        }
        let branch = desk.open_branch(FIELD, beside(&offer, offer.branch_id)).await?;
        let unit = stock::for_sale(desk, "unit", self.unit, branch.id).await?;
        of_its_model(&offer, &unit)?;
        let model = model_of(desk, unit.model_id).await?;
        let terms = as_offered(&offer)?.at_price(desk, &model, day, offer.vehicle_price_minor).await;
        let draft = Draft {
            branch: &branch,
            day,
            purchaser: purchaser(desk, &offer, &settlement)?,
            model: &model,
            unit: &unit,
            terms: terms.map_err(|error| error.at(FIELD))?,
            proforma: offer.proforma_number.clone().zip(offer.proforma_on),
        };
        let bill = settlement.issue(desk, draft, FIELD).await?;
        audit(desk, "sales_quotation_converted", &offer, "")?;
        let converted = Model { status: Status::Converted, bill_id: Some(bill.id), updated_at: desk.now, ..offer };
        desk.save::<Entity>(converted).await?;
        Ok(bill)
    }
}

fn beside(offer: &Model, id: uuid::Uuid) -> Key {
    Key { dealership: offer.dealership_id, id }
}

fn of_its_model(offer: &Model, unit: &bike_unit::Model) -> Result<(), Refusal> {
    if unit.model_id == offer.model_id {
        return Ok(());
    }
    let message = format!("A {} was offered: choose a bike of that model.", offer.model_name);
    Err(Refusal::new(RefusalCode::Invalid, "unit", message))
}

fn as_offered(offer: &Model) -> Result<Asked> {
    let leasing = match (offer.down_payment_minor, offer.finance_company_id) {
        (None, None) => None,
        (Some(down_payment_minor), Some(company)) => {
            Some(Leasing { down_payment_minor, finance_company: beside(offer, company) })
        }
        _ => return Err(Error::internal(anyhow::anyhow!("the leasing of offer {} is half written", offer.id))),
    };
    Ok(Asked { price_minor: None, leasing })
}

/// The buyer as written on the offer.
fn purchaser(desk: &Desk<'_>, offer: &Model, settlement: &Settlement) -> Result<Purchaser> {
    let place = desk.place("sales_quotation", "buyer", offer.id)?;
    let sealed = offer.buyer.as_ref().map(|sealed| Identity::open(desk.keys(), place, sealed));
    Ok(Purchaser {
        customer: offer.customer_id,
        name: offer.customer_name.clone(),
        identity: sealed.transpose()?.unwrap_or_default(),
        tin: settlement.purchaser_tin.clone(),
    })
}
