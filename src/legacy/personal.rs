//! Personal data of a document: opened, normalised for storage, never repeated in a note.

use super::cryptojs::Passphrases;
use super::document::Document;
use super::note::Notes;
use crate::identity::{self, Identity};

/// Where a document keeps them.
pub(super) struct Fields {
    pub(super) nic: &'static str,
    pub(super) phone: &'static str,
    pub(super) address: &'static str,
}

/// What identifies the person of a document.
pub(super) fn identity(document: &Document<'_>, fields: &Fields, keys: &Passphrases, notes: &mut Notes) -> Identity {
    let phone = document.secret(fields.phone, keys, notes).map(|written| match identity::e164(&written) {
        Some(e164) => e164,
        None => {
            notes.repair(fields.phone, "kept as written", "cannot be a phone number");
            written
        }
    });
    Identity {
        nic: document.secret(fields.nic, keys, notes),
        phone,
        address: document.secret(fields.address, keys, notes).map(|address| on_one_line(&address)),
    }
}

/// Whether there is anything to keep.
pub(super) fn is_empty(identity: &Identity) -> bool {
    *identity == Identity::default()
}

fn on_one_line(address: &str) -> String {
    let lines = address.lines().map(|line| line.trim().trim_end_matches(',').replace('\t', " "));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_stands_on_one_line() {
        assert_eq!(on_one_line("No 12,\r\nTemple Road,\n\nEmbilipitiya"), "No 12, Temple Road, Embilipitiya");
        assert_eq!(on_one_line("No 12, Temple Road"), "No 12, Temple Road");
    }
}
