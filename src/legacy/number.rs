//! Numbers that must be unique as written: of bills and quotations, chassis and motors.

use std::collections::{HashMap, HashSet};

use super::note::{Notes, Rejection};

/// The numbers of one kind that are taken.
pub(super) struct Numbers {
    /// The old system's name of the field.
    field: &'static str,
    holders: HashMap<String, String>,
    keys: HashSet<String>,
}

impl Numbers {
    pub(super) fn new(field: &'static str) -> Self {
        Self { field, holders: HashMap::new(), keys: HashSet::new() }
    }

    /// Gives `number` to `holder`, a document or row by its id.
    pub(super) fn hold(&mut self, number: String, key: String, holder: String) {
        self.holders.insert(number, holder);
        self.keys.insert(key);
    }

    /// Refuses a number that another holds.
    pub(super) fn refuse_taken(&self, number: &str) -> Result<(), Rejection> {
        match self.holders.get(number) {
            Some(holder) => Err(Rejection::new(format!("{} {number} is already that of {holder}", self.field))),
            None => Ok(()),
        }
    }

    /// Notes a number that differs from another one in case only.
    pub(super) fn note_similar(&self, key: &str, notes: &mut Notes) {
        if self.keys.contains(key) {
            notes.repair(self.field, "both are kept", "differs from another one in case or blanks only");
        }
    }
}
