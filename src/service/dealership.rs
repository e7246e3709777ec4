//! Dealerships: opened by head office, kept by their administrators.

use chrono::{DateTime, NaiveDate, Utc};
use entity::dealership::{Column, Entity, Model};
use entity::{branch, tariff, tax_profile};
use iso_currency::Currency;
use sea_orm::sea_query::OnConflict;
use serde::Serialize;
use uuid::Uuid;

use super::branch as branches;
use super::staff_member::Invited;
use super::{Change, Check, Desk, Event};
use crate::error::{Error, Refusal, RefusalCode, Result};
use crate::permission::Permission;
use crate::scope::{Actor, Reach, Scope};
use crate::store::load::Key;
use crate::{calendar, id, store};

/// Most characters of a dealership's name.
const NAME_LENGTH: usize = 120;

/// Characters of a code: a label of a host name, and part of every place's name.
const CODE_LENGTH: std::ops::RangeInclusive<usize> = 2..=40;

/// So much below the list price passes unasked until the dealership says otherwise, in hundredths of a percent.
const DISCOUNT_LIMIT_BP: i32 = 500;

/// Sri Lanka's value added tax and social security contribution levy, in hundredths of a percent.
const TAXES: (i32, i32) = (1_800, 250);

/// Opens a dealership with its first branch and its first administrator. In Sri Lanka's currency it begins with the
/// registrar's charges and the taxes of that country; in another, administrators set them before the first sale.
#[derive(Debug, Serialize)]
pub struct OpenDealership {
    /// Its id to be: [`OpenDealership::id`].
    pub id: Uuid,
    /// Short name in addresses, unique: small letters, digits, hyphens.
    pub code: String,
    /// Name.
    pub name: String,
    /// IANA zone in which its days begin; stays.
    pub time_zone: String,
    /// ISO 4217 code of its amounts; stays.
    pub currency: String,
    /// Taxpayer number, where it is registered for tax.
    pub tin: Option<String>,
    /// Code and name of its first branch.
    pub branch: FirstBranch,
    /// Its first administrator.
    pub admin: Invited,
}

/// The first branch of a dealership.
#[derive(Debug, Serialize)]
pub struct FirstBranch {
    /// Unit code inside document serials.
    pub code: String,
    /// What people call it.
    pub name: String,
}

/// Renames a dealership, says how far its staff may go below the list price unasked and when its fiscal year begins.
#[derive(Debug, Serialize)]
pub struct UpdateDealership {
    /// Its name from now on.
    pub name: String,
    /// In hundredths of a percent.
    pub discount_limit_bp: i32,
    /// The month, 1 to 12, with which its fiscal year begins; stays as it is if absent.
    pub fiscal_year_month: Option<i32>,
    /// Whether key figures are shown to nobody who signed in without a second factor; stays as it is if absent.
    pub reports_need_second_factor: Option<bool>,
}

impl OpenDealership {
    /// The id of the dealership that a person opens under an idempotency key: asked for twice, it is opened once.
    ///
    /// # Errors
    /// `FORBIDDEN` to whoever is no person.
    pub fn id(asker: &Scope, key: &str) -> Result<Uuid> {
        match asker.actor() {
            Actor::User(user) => {
                Ok(id::derived(DateTime::<Utc>::UNIX_EPOCH, &[b"dealership", user.as_bytes(), key.as_bytes()]))
            }
            Actor::Partner { .. } | Actor::System(_) => Err(Error::Forbidden),
        }
    }

    /// The rows to be, and the first administrator.
    fn checked(&self, now: DateTime<Utc>) -> Result<Opening> {
        let mut check = Check::default();
        let code = code(&mut check, &self.code);
        let name = check.line("name", &self.name, NAME_LENGTH);
        let zone = calendar::zone(&self.time_zone);
        if zone.is_err() {
            check.refuse(RefusalCode::Invalid, "timeZone", "This is no time zone. Write it like Asia/Colombo.");
        }
        if Currency::from_code(&self.currency).is_none() {
            check.refuse(RefusalCode::Invalid, "currency", "This is no currency. Write it like LKR.");
        }
        let tin = check.tin("tin", self.tin.as_deref());
        check.within("branch");
        let branch = branch::Model {
            dealership_id: self.id,
            id: id::fresh(now),
            code: branches::code(&mut check, &self.branch.code),
            name: check.line("name", &self.branch.name, branches::NAME_LENGTH),
            closed_at: None,
            created_at: now,
        };
        check.within("admin");
        let admin = self.admin.checked(&mut check);
        check.done()?;
        let row = Model {
            id: self.id,
            code,
            name,
            currency: self.currency.clone(),
            time_zone: self.time_zone.clone(),
            discount_limit_bp: DISCOUNT_LIMIT_BP,
            fiscal_year_month: store::dealership::FISCAL_YEAR_MONTH,
            revision: 0,
            reports_need_second_factor: false,
            tricycle_sold_on: None,
            created_at: now,
        };
        let today = calendar::local_day(now, zone.map_err(Error::internal)?);
        let (tariffs, taxes) = match row.currency == store::tariff::CURRENCY {
            true => (store::tariff::first(self.id, today, now), Some(taxes(self.id, tin, today, now))),
            false => (Vec::new(), None),
        };
        Ok(Opening { row, branch, tariffs, taxes, admin })
    }
}

/// Everything that a dealership begins with.
struct Opening {
    row: Model,
    branch: branch::Model,
    tariffs: Vec<tariff::Model>,
    taxes: Option<tax_profile::Model>,
    admin: Invited,
}

fn code(check: &mut Check, text: &str) -> String {
    let code = check.line("code", text, *CODE_LENGTH.end());
    let label = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-';
    let fits = CODE_LENGTH.contains(&code.len()) && code.bytes().all(label);
    if (!fits || code.starts_with('-') || code.ends_with('-')) && !check.refused("code") {
        let message = "A code has 2 to 40 small letters, digits and hyphens between them, e.g. colombo-ev.";
        check.refuse(RefusalCode::Invalid, "code", message);
    }
    code
}

fn taxes(dealership_id: Uuid, tin: Option<String>, valid_from: NaiveDate, now: DateTime<Utc>) -> tax_profile::Model {
    let (vat_bp, sscl_bp) = TAXES;
    tax_profile::Model { dealership_id, id: id::fresh(now), tin, vat_bp, sscl_bp, valid_from, created_at: now }
}

impl Change for OpenDealership {
    type Outcome = Key;
    const NAME: &'static str = "openDealership";
    const PERMISSION: Permission = Permission::OpenDealerships;

    /// The new dealership's, before it is there: nobody but who reaches everything may have it.
    fn scope(&self, asker: &Scope) -> Result<Scope> {
        match asker.reach() {
            Reach::Everything => Scope::system("a dealership is opened before anybody belongs to it").within(self.id),
            _ => Err(Error::Forbidden),
        }
    }

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        let Opening { row, branch, tariffs, taxes, admin } = self.checked(desk.now)?;
        let key = Key { dealership: row.id, id: row.id };
        // Other dealerships' codes are out of this scope: the index knows them.
        let unless_taken = OnConflict::column(Column::Code).do_nothing().to_owned();
        desk.tx.upsert::<Entity>(vec![row], unless_taken).await?;
        let row = match desk.find::<Entity>("code", key).await {
            Ok(row) => row,
            Err(Error::Refused(_)) => {
                return Err(Refusal::new(RefusalCode::Taken, "code", "Another dealership has this code.").into());
            }
            Err(error) => return Err(error),
        };
        desk.insert::<branch::Entity>(vec![branch.clone()]).await?;
        desk.audit(event("dealership_opened", &row))?;
        desk.audit(branches::event("branch_created", &branch))?;
        desk.insert::<tariff::Entity>(tariffs).await?;
        desk.insert::<tax_profile::Entity>(taxes.into_iter().collect()).await?;
        admin.appoint(desk).await?;
        Ok(key)
    }
}

impl Change for UpdateDealership {
    type Outcome = Key;
    const NAME: &'static str = "updateDealership";
    const PERMISSION: Permission = Permission::Administer;

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        let mut check = Check::default();
        let name = check.line("name", &self.name, NAME_LENGTH);
        let discount_limit_bp = check.count("discountLimitBp", self.discount_limit_bp, 0..=10_000);
        let fiscal_year_month = self.fiscal_year_month.map(|month| check.count("fiscalYearMonth", month, 1..=12));
        check.done()?;
        let id = desk.dealership_id()?;
        let key = Key { dealership: id, id };
        let row = desk.find_locked::<Entity>("", key).await?;
        let fiscal_year_month = match fiscal_year_month {
            Some(month) => i16::try_from(month).map_err(Error::internal)?,
            None => row.fiscal_year_month,
        };
        let reports_need_second_factor = self.reports_need_second_factor.unwrap_or(row.reports_need_second_factor);
        let row = Model { name, discount_limit_bp, fiscal_year_month, reports_need_second_factor, ..row };
        let event = event("dealership_updated", &row);
        desk.save::<Entity>(row).await?;
        desk.audit(event)?;
        Ok(key)
    }
}

fn event<'a>(action: &'static str, row: &Model) -> Event<'a> {
    Event { action, table: "dealership", row: row.id, branch: None, summary: format!("{} {}", row.code, row.name) }
}
