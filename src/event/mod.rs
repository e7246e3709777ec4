//! What others hear of a change after it was committed: whose rows changed and which, by ids alone.
//!
//! [`Tx`](crate::database::Tx) collects events from the rows that it writes, so no service can forget to tell. On
//! PostgreSQL they go out with the commit and reach every process; on SQLite they are handed to this process once the
//! commit is done. Whoever hears reads the rows in a scope of their own: an event is a reason to look, never an answer.
//!
//! To tell of another table: its row in `of_row`. To tell something new: its [`What`]; older processes pass over it.

mod hub;
mod raised;
mod wire;

pub use hub::{Hearing, Hub, Missed};
pub use raised::Raised;
pub(crate) use wire::{decode, encode};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Something that changed, and whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// The dealership.
    pub dealership: Uuid,
    /// Its branch; absent where the dealership owns what changed.
    pub branch: Option<Uuid>,
    /// What changed there.
    pub what: What,
}

/// What changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// A bill, its payments, its credit note or its registration.
    Bill(Uuid),
    /// More bills than are worth telling one by one.
    Bills,
    /// A unit in stock.
    Unit(Uuid),
    /// A branch's side of a transfer.
    Transfer(Uuid),
    /// More of stock than is worth telling one by one.
    Stock,
    /// Key figures.
    Figures(Figures),
    /// Work that is done later: it was asked for, or is further than it was.
    Job(Uuid),
    /// More of it than is worth telling one by one.
    Jobs,
}

/// Which figures changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// Those of these days, the first and the last.
    pub days: Option<(NaiveDate, NaiveDate)>,
    /// What is open as of now.
    pub open: bool,
}

impl Event {
    /// Makes this event tell of `other` as well, if one event can.
    fn absorb(&mut self, other: &Self) -> bool {
        if (self.dealership, self.branch) != (other.dealership, other.branch) {
            return false;
        }
        match (&mut self.what, other.what) {
            (What::Figures(own), What::Figures(other)) => {
                own.add(other);
                true
            }
            (What::Bills, What::Bill(_))
            | (What::Stock, What::Unit(_) | What::Transfer(_))
            | (What::Jobs, What::Job(_)) => true,
            (own, other) => *own == other,
        }
    }
}

impl Figures {
    fn add(&mut self, other: Self) {
        self.open |= other.open;
        self.days = match (self.days, other.days) {
            (Some(own), Some(other)) => Some((own.0.min(other.0), own.1.max(other.1))),
            (own, other) => own.or(other),
        };
    }
}
