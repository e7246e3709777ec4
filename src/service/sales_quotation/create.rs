//! Making an offer.

use chrono::{NaiveDate, TimeDelta};
use entity::sales_quotation::{Entity, Model, Status};
use entity::{bike_model, branch, customer};
use serde::Serialize;

use super::{audit, on_offer};
use crate::error::{Refusal, RefusalCode, Result};
use crate::identity::Identity;
use crate::money;
use crate::permission::Permission;
use crate::service::buyer::Buyer;
use crate::service::number::{self, Series};
use crate::service::terms::{Asked, Terms};
use crate::service::{Change, Check, Desk, enquiry};
use crate::store::load::Key;
use crate::text;

/// For how many days an offer holds if nobody says.
const HOLDS: i64 = 14;

/// For how many days an offer may hold at most.
const HOLDS_AT_MOST: i64 = 366;

/// Offers a bike.
#[derive(Debug, Serialize)]
pub struct CreateSalesQuotation {
    /// Where; needed by those who act in all branches.
    pub branch: Option<Key>,
    /// The enquiry that it answers.
    pub enquiry: Option<Key>,
    /// To whom.
    pub buyer: Buyer,
    /// What.
    pub model: Key,
    /// On which terms.
    pub asked: Asked,
    /// Last day it holds; two weeks from today if left out.
    pub valid_until: Option<NaiveDate>,
    /// Remarks on the document.
    pub remarks: Option<String>,
}

/// Everything an offer is made of.
struct Draft<'a> {
    branch: &'a branch::Model,
    day: NaiveDate,
    valid_until: NaiveDate,
    customer: &'a customer::Model,
    buyer: &'a Identity,
    model: &'a bike_model::Model,
    terms: Terms,
    remarks: Option<String>,
}

impl Change for CreateSalesQuotation {
    type Outcome = Key;
    const NAME: &'static str = "createSalesQuotation";
    const PERMISSION: Permission = Permission::WriteSalesQuotations;

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        let day = desk.today().await?;
        let mut check = Check::default();
        self.asked.check(&mut check);
        let valid_until = valid_until(&mut check, self.valid_until, day);
        let remarks = check.notes("remarks", self.remarks.as_deref(), 1000);
        let buyer = self.buyer.checked(check)?;
        let branch = desk.branch(self.branch).await?;
        let model = on_offer(desk, "model", self.model).await?;
        if model.list_price_minor <= 0 {
            let message = "This model has no list price yet. Ask your dealer principal to enter it.";
            return Err(Refusal::new(RefusalCode::Invalid, "model", message).into());
        }
        let terms = self.asked.agree(desk, &model, day).await?;
        if let Some(enquiry) = self.enquiry {
            enquiry::quote(desk, "enquiry", enquiry, branch.id).await?;
        }
        let (customer, identity) = buyer.resolve(desk, &branch).await?;
        let draft = Draft {
            branch: &branch,
            day,
            valid_until,
            customer: &customer,
            buyer: &identity,
            model: &model,
            terms,
            remarks,
        };
        let row = Model { enquiry_id: self.enquiry.map(|key| key.id), ..draft.written(desk).await? };
        desk.insert::<Entity>(vec![row.clone()]).await?;
        let total = money::formatted(row.total_minor, &row.currency);
        audit(desk, "sales_quotation_created", &row, &format!("{}, {total}", row.model_name))?;
        Ok(Key { dealership: row.dealership_id, id: row.id })
    }
}

fn valid_until(check: &mut Check, asked: Option<NaiveDate>, today: NaiveDate) -> NaiveDate {
    let Some(day) = asked else { return today + TimeDelta::days(HOLDS) };
    let day = check.day("validUntil", day);
    if !check.refused("validUntil") && !(today..=today + TimeDelta::days(HOLDS_AT_MOST)).contains(&day) {
        let message = "An offer holds until a day from today to a year ahead.";
        check.refuse(RefusalCode::OutOfRange, "validUntil", message);
    }
    day
}

impl Draft<'_> {
    /// The row; it takes its number here, so this comes last.
    async fn written(self, desk: &Desk<'_>) -> Result<Model> {
        let Self { branch, day, valid_until, customer, buyer, model, terms, remarks } = self;
        let currency = desk.dealership().await?.currency.clone();
        let salesperson_id = desk.membership(branch.id)?;
        let id = desk.fresh_id();
        let buyer = buyer.seal(desk.keys(), desk.place("sales_quotation", "buyer", id)?);
        let quotation_number = number::take(desk, Series::SalesQuotation, branch, day).await?;
        Ok(Model {
            dealership_id: branch.dealership_id,
            id,
            branch_id: branch.id,
            number_key: text::search_key(&quotation_number),
            quotation_number,
            status: Status::Draft,
            quoted_at: desk.now,
            quoted_on: day,
            valid_until,
            enquiry_id: None,
            customer_id: customer.id,
            customer_name: customer.name.clone(),
            buyer: Some(buyer),
            salesperson_id,
            model_id: model.id,
            model_name: model.name.clone(),
            vehicle_class: model.vehicle_class,
            sale_type: terms.sale_type,
            currency,
            vehicle_price_minor: terms.price_minor,
            rmv_charge_minor: terms.rmv_charge_minor,
            down_payment_minor: terms.down_payment_minor,
            leased_minor: terms.leased_minor,
            total_minor: terms.total_minor,
            finance_company_id: terms.finance_company,
            proforma_number: None,
            proforma_on: None,
            remarks,
            bill_id: None,
            created_at: desk.now,
            updated_at: desk.now,
        })
    }
}
