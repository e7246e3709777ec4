//! Whether a document is genuine, for whoever holds it: its QR code leads here. What is told is what is printed on it, less
//! everything that is personal.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::NaiveDate;
use entity::document::{Column, Entity, Kind, Model};
use sea_orm::{ColumnTrait, QueryFilter};
use uuid::Uuid;

use crate::app::App;
use crate::crypto::{DIGEST, Digester};
use crate::error::{Error, Result};
use crate::integration::files::Key;
use crate::money;
use crate::scope::Scope;
use crate::store;

/// What is told of a genuine document.
pub struct Checked {
    /// What it is.
    pub kind: Kind,
    /// Its number.
    pub number: String,
    /// Its day.
    pub issued_on: NaiveDate,
    /// What it comes to, as people write it, with the currency's code.
    pub total: Option<(String, String)>,
    /// Whose it is.
    pub dealership: String,
}

/// The address that is printed on a document.
pub(super) fn url(app: &App, dealership: Uuid, document: Uuid) -> String {
    let mac = seal(app).of(&[dealership.as_bytes(), document.as_bytes()]);
    let token = [&dealership.as_bytes()[..], document.as_bytes(), &mac].concat();
    format!("{}/check/{}", app.public_url(), URL_SAFE_NO_PAD.encode(token))
}

/// The address that is printed on a document, its copy's too; none on reports.
pub fn check_url(app: &App, document: &Model) -> Option<String> {
    let is_printed = !matches!(document.kind, Kind::StockReport | Kind::FinancierReport | Kind::Archive);
    let original = document.file.parse::<Key>().ok().and_then(|key| key.row());
    original.filter(|_| is_printed).map(|original| url(app, document.dealership_id, original))
}

/// The document that a printed address is of. The database is asked about addresses of ours alone.
///
/// # Errors
/// `NOT_FOUND` for everything that was never printed.
pub async fn check(app: &App, token: &str) -> Result<Checked> {
    let bytes = URL_SAFE_NO_PAD.decode(token).map_err(|_| Error::NotFound)?;
    let bytes: [u8; 32 + DIGEST] = bytes.try_into().map_err(|_| Error::NotFound)?;
    let (ids, mac) = bytes.split_at(32);
    let mac: &[u8; DIGEST] = mac.try_into().map_err(Error::internal)?;
    let (of, document) = ids.split_at(16);
    if !seal(app).holds(mac, &[of, document]) {
        return Err(Error::NotFound);
    }
    let id = |bytes: &[u8]| Uuid::from_slice(bytes).map_err(Error::internal);
    let of = id(of)?;
    let tx = app.read(Scope::system("a document is checked").within(of)?).await?;
    let query = tx.select::<Entity>().filter(Column::DealershipId.eq(of)).filter(Column::Id.eq(id(document)?));
    let row = tx.one(query).await?.ok_or(Error::NotFound)?;
    let own = store::dealership::named(&tx, Some(of)).await?.pop().ok_or(Error::NotFound)?;
    let brand = store::branding::resolve(&tx, of, row.branch_id, None).await?;
    let currency = row.currency;
    let total = row.total_minor.map(|minor| (money::formatted(minor, &currency), currency));
    let dealership = brand.dealer_name.unwrap_or(own.name);
    Ok(Checked { kind: row.kind, number: row.number, issued_on: row.issued_on, total, dealership })
}

fn seal(app: &App) -> Digester {
    app.keys().digester("document check")
}
