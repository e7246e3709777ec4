//! Global ids: opaque, typed, and naming the dealership, so that a row is found by its full key.

use async_graphql::ID;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use uuid::Uuid;

use crate::error::{Error, Result};
use crate::store::load::Key;

/// The type a global id names; the letter is part of every id ever given out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Tag {
    Dealership = b'd',
    Branch = b'b',
    StaffMember = b's',
    BikeModel = b'm',
    BikeUnit = b'u',
    FinanceCompany = b'f',
    PartnerKey = b'k',
    Customer = b'c',
    Bill = b'B',
    Payment = b'p',
    CreditNote = b'C',
    Quotation = b'q',
    StockTransfer = b't',
    RmvCase = b'r',
    Enquiry = b'e',
    SalesQuotation = b'Q',
    Tariff = b'T',
    TaxProfile = b'x',
    NumberPattern = b'n',
    Target = b'g',
    Job = b'j',
    Document = b'D',
}

const TAGS: [Tag; 22] = [
    Tag::Dealership,
    Tag::Branch,
    Tag::StaffMember,
    Tag::BikeModel,
    Tag::BikeUnit,
    Tag::FinanceCompany,
    Tag::PartnerKey,
    Tag::Customer,
    Tag::Bill,
    Tag::Payment,
    Tag::CreditNote,
    Tag::Quotation,
    Tag::StockTransfer,
    Tag::RmvCase,
    Tag::Enquiry,
    Tag::SalesQuotation,
    Tag::Tariff,
    Tag::TaxProfile,
    Tag::NumberPattern,
    Tag::Target,
    Tag::Job,
    Tag::Document,
];

pub(super) fn encode(tag: Tag, key: Key) -> ID {
    let bytes = [&[tag as u8][..], key.dealership.as_bytes(), key.id.as_bytes()].concat();
    ID(URL_SAFE_NO_PAD.encode(bytes))
}

/// # Errors
/// `NOT_FOUND` for anything [`encode`] did not make: a malformed id tells no more than an unknown one.
pub(super) fn decode(id: &ID) -> Result<(Tag, Key)> {
    let bytes = URL_SAFE_NO_PAD.decode(&id.0).map_err(|_| Error::NotFound)?;
    let bytes: [u8; 33] = bytes.try_into().map_err(|_| Error::NotFound)?;
    let tag = TAGS.into_iter().find(|tag| *tag as u8 == bytes[0]).ok_or(Error::NotFound)?;
    let uuid = |from: usize| Uuid::from_slice(&bytes[from..from + 16]).map_err(|_| Error::NotFound);
    Ok((tag, Key { dealership: uuid(1)?, id: uuid(17)? }))
}

/// The key of an id that must name a `tag`.
///
/// # Errors
/// `NOT_FOUND` for an id of another type.
pub(super) fn expect(tag: Tag, id: &ID) -> Result<Key> {
    match decode(id)? {
        (found, key) if found == tag => Ok(key),
        _ => Err(Error::NotFound),
    }
}

/// The row id within an argument that narrows a list.
pub(super) fn row(tag: Tag, id: Option<&ID>) -> Result<Option<Uuid>> {
    id.map(|id| expect(tag, id).map(|key| key.id)).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_comes_back_as_it_went() {
        let key = Key { dealership: Uuid::from_u128(1), id: Uuid::from_u128(2) };
        for tag in TAGS {
            assert_eq!(decode(&encode(tag, key)).expect("decodes"), (tag, key));
        }
        assert!(expect(Tag::Bill, &encode(Tag::Branch, key)).is_err());
        for malformed in ["", "1", "not an id", "QgAAAA"] {
            assert!(decode(&ID::from(malformed)).is_err(), "{malformed}");
        }
    }
}
