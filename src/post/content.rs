//! What letters say beside their kind. Sealed: links are secrets, and addresses of customers personal.

use chrono::NaiveDate;
use entity::outgoing_mail::Model;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::App;
use crate::crypto::Place;
use crate::error::{Error, Result};

/// What a letter says beside its kind. Every release reads what earlier ones wrote.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Body {
    /// A page that opens an account once.
    #[serde(default)]
    pub(super) link: Option<String>,
    /// A bill, and who it is sent to.
    #[serde(default)]
    pub(super) bill: Option<BillLetter>,
}

/// A bill that is mailed to a customer.
#[derive(Clone, Serialize, Deserialize)]
pub struct BillLetter {
    /// Where to; the customer's own address, or one that they told.
    pub email: String,
    /// The customer's name, as on the bill.
    pub name: String,
    /// The bill's number.
    pub number: String,
    /// Its day.
    pub date: NaiveDate,
    /// What it comes to.
    pub total_minor: i64,
    /// Of what currency.
    pub currency: String,
    /// The key of its document ([`Key`](crate::integration::files::Key)).
    pub file: String,
    /// Under which name the document is saved.
    pub file_name: String,
}

impl Body {
    pub(super) fn seal(&self, app: &App, row: Uuid, dealership: Option<Uuid>) -> Result<Vec<u8>> {
        Ok(app.keys().seal(place(row, dealership), &serde_json::to_vec(self).map_err(Error::internal)?))
    }

    pub(super) fn open(app: &App, row: &Model) -> Result<Self> {
        let open = app.keys().open(place(row.id, row.dealership_id), &row.body)?;
        serde_json::from_slice(&open).map_err(Error::internal)
    }
}

fn place(row: Uuid, dealership: Option<Uuid>) -> Place {
    Place { dealership: dealership.unwrap_or_default(), table: "outgoing_mail", column: "body", row }
}
