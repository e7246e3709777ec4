//! The look before the leap: a wrong key is found before anything is written.

use anyhow::bail;

use super::collection::Collection;
use super::cryptojs::{Field, Passphrases, is_encrypted};
use super::document::Document;
use super::source::Dump;

/// Documents looked at in each file.
const SAMPLE: usize = 200;

/// Where encrypted fields are.
pub(super) const ENCRYPTED: [(Collection, [&str; 3]); 3] = [
    (Collection::Users, ["nic", "address", "phoneNumber"]),
    (Collection::Bills, ["customerNIC", "customerAddress", "customerPhone"]),
    (Collection::Quotations, ["customerNIC", "customerAddress", "customerPhone"]),
];

/// Opens a sample of the encrypted fields.
///
/// # Errors
/// When there are some and not one opens.
pub(super) fn check_keys(dump: &Dump, keys: &Passphrases) -> anyhow::Result<()> {
    let mut tried = 0_usize;
    for (collection, fields) in ENCRYPTED {
        let Some(mut lines) = dump.lines(collection)? else { continue };
        for _ in 0..SAMPLE {
            let Some(line) = lines.next()? else { break };
            let Ok(text) = line.text else { continue };
            let Ok(document) = Document::parse(&text) else { continue };
            for sealed in fields.iter().filter_map(|field| document.text(field)).filter(|text| is_encrypted(text)) {
                if keys.read(&sealed) != Field::Closed {
                    return Ok(());
                }
                tried += 1;
            }
        }
    }
    match (tried, keys.is_empty()) {
        (0, _) => Ok(()),
        (_, true) => bail!(
            "the dump has encrypted fields and no key was given: name the variable that holds the old system's \
             encryption key. Nothing was written"
        ),
        (_, false) => bail!(
            "none of the {tried} encrypted fields looked at opens: the key is probably not the one the old system \
             encrypted with. Nothing was written"
        ),
    }
}
