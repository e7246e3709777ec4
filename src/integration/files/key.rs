//! Where a file lies: `{dealership}/{class}/{year}/{name}`, made here and nowhere else. Lifecycle rules, locks and deletions
//! go by its beginning; its end tells which bytes may lie there.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::error::{Error, Result};

/// What kind of paper a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Tax invoices, invoices, receipts of advances, proformas.
    Bill,
    /// Credit notes.
    CreditNote,
    /// Quotations and claim invoices.
    Quotation,
    /// Reports.
    Report,
    /// Exports and archives.
    Export,
    /// Logos.
    Logo,
}

/// What a file's bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A document to be printed.
    Pdf,
    /// An archive.
    Zip,
    /// A table.
    Csv,
    /// Data.
    Json,
    /// A picture.
    Png,
    /// A photograph.
    Jpeg,
}

/// Where files of one class and kind of a dealership's year lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shelf {
    dealership: Uuid,
    class: Class,
    /// Of four digits.
    year: i32,
    kind: Kind,
}

/// Where one file lies. What lies there never changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    shelf: Shelf,
    name: Name,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Name {
    /// After its bytes.
    Content([u8; 32]),
    /// After the row that it is of.
    Row { id: Uuid, version: u32 },
}

impl Class {
    const ALL: [(Self, &str); 6] = [
        (Self::Bill, "bills"),
        (Self::CreditNote, "credit-notes"),
        (Self::Quotation, "quotations"),
        (Self::Report, "reports"),
        (Self::Export, "exports"),
        (Self::Logo, "logos"),
    ];

    fn text(self) -> &'static str {
        name_of(&Self::ALL, self)
    }
}

impl Kind {
    const ALL: [(Self, &str); 6] = [
        (Self::Pdf, "pdf"),
        (Self::Zip, "zip"),
        (Self::Csv, "csv"),
        (Self::Json, "json"),
        (Self::Png, "png"),
        (Self::Jpeg, "jpg"),
    ];

    /// The end of names of such files.
    pub fn extension(self) -> &'static str {
        name_of(&Self::ALL, self)
    }

    /// What it is to programs.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Zip => "application/zip",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Json => "application/json",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
        }
    }

    /// Whether a browser may show it rather than save it: nothing that could hold a program.
    pub fn is_shown(self) -> bool {
        matches!(self, Self::Pdf | Self::Png | Self::Jpeg)
    }
}

impl Shelf {
    /// The shelf of a dealership's year.
    ///
    /// # Errors
    /// Internal, when the year has not four digits.
    pub fn new(dealership: Uuid, class: Class, year: i32, kind: Kind) -> Result<Self> {
        match year {
            1000..=9999 => Ok(Self { dealership, class, year, kind }),
            _ => Err(Error::internal(anyhow::anyhow!("no files are kept for the year {year}"))),
        }
    }

    /// The place of `bytes`: the same for the same ones.
    pub fn of_content(&self, bytes: &[u8]) -> Key {
        self.of_hash(Sha256::digest(bytes).into())
    }

    /// The place of the bytes with this SHA-256.
    pub(super) fn of_hash(&self, hash: [u8; 32]) -> Key {
        Key { shelf: *self, name: Name::Content(hash) }
    }

    /// The place of what is made of a row once for each `version`.
    pub fn of_row(&self, id: Uuid, version: u32) -> Key {
        Key { shelf: *self, name: Name::Row { id, version } }
    }

    /// Whose files lie there.
    pub fn dealership(&self) -> Uuid {
        self.dealership
    }
}

impl Key {
    /// Whose it is.
    pub fn dealership(&self) -> Uuid {
        self.shelf.dealership
    }

    /// What kind of paper it is.
    pub fn class(&self) -> Class {
        self.shelf.class
    }

    /// What its bytes are.
    pub fn kind(&self) -> Kind {
        self.shelf.kind
    }

    /// The row that it is made of, if it is made of one.
    pub fn row(&self) -> Option<Uuid> {
        match self.name {
            Name::Content(_) => None,
            Name::Row { id, .. } => Some(id),
        }
    }

    /// The place of another version of what it is made of, if it is made of a row.
    pub fn of_version(&self, version: u32) -> Option<Self> {
        self.row().map(|id| self.shelf.of_row(id, version))
    }

    /// The SHA-256 that its bytes must have, if its name says.
    pub(super) fn hash(&self) -> Option<[u8; 32]> {
        match self.name {
            Name::Content(hash) => Some(hash),
            Name::Row { .. } => None,
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Shelf { dealership, class, year, kind } = self.shelf;
        write!(to, "{dealership}/{}/{year}/", class.text())?;
        match &self.name {
            Name::Content(hash) => hash.iter().try_for_each(|byte| write!(to, "{byte:02x}"))?,
            Name::Row { id, version } => write!(to, "{id}-{version}")?,
        }
        write!(to, ".{}", kind.extension())
    }
}

impl FromStr for Key {
    type Err = Error;

    /// Reads what [`Key`] is written as, and no other spelling of it.
    ///
    /// # Errors
    /// `NOT_FOUND`: nothing lies elsewhere.
    fn from_str(text: &str) -> Result<Self> {
        read(text).filter(|key| key.to_string() == text).ok_or(Error::NotFound)
    }
}

fn read(text: &str) -> Option<Key> {
    let mut parts = text.split('/');
    let (dealership, class, year, file) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let (name, extension) = file.split_once('.')?;
    let kind = named(&Kind::ALL, extension)?;
    let shelf = Shelf::new(dealership.parse().ok()?, named(&Class::ALL, class)?, year.parse().ok()?, kind).ok()?;
    match (name.len(), name.rsplit_once('-')) {
        (64, None) => {
            let byte = |at: usize| name.get(2 * at..2 * at + 2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
            let hash: Vec<u8> = (0..32).map(byte).collect::<Option<_>>()?;
            Some(shelf.of_hash(hash.try_into().ok()?))
        }
        (_, Some((id, version))) => Some(shelf.of_row(id.parse().ok()?, version.parse().ok()?)),
        _ => None,
    }
}

fn name_of<T: Copy + PartialEq>(all: &[(T, &'static str)], of: T) -> &'static str {
    all.iter().find(|(one, _)| *one == of).map_or("", |(_, name)| name)
}

fn named<T: Copy>(all: &[(T, &str)], name: &str) -> Option<T> {
    all.iter().find(|(_, own)| *own == name).map(|(one, _)| *one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_as_it_is_written() {
        let dealership = Uuid::from_u128(7);
        for (class, text) in Class::ALL {
            for (kind, extension) in Kind::ALL {
                let shelf = Shelf::new(dealership, class, 2026, kind).expect("a year");
                for key in [shelf.of_content(b"a bill"), shelf.of_row(Uuid::from_u128(9), 3)] {
                    let written = key.to_string();
                    assert!(written.starts_with(&format!("{dealership}/{text}/2026/")), "{written}");
                    assert!(written.ends_with(&format!(".{extension}")), "{written}");
                    assert_eq!(written.parse::<Key>().expect("a key"), key);
                }
            }
        }
        assert!(Shelf::new(dealership, Class::Bill, 10_000, Kind::Pdf).is_err());
    }

    #[test]
    fn nothing_else_is_a_key() {
        let shelf = Shelf::new(Uuid::from_u128(7), Class::Bill, 2026, Kind::Pdf).expect("a year");
        let key = shelf.of_content(b"a bill").to_string();
        let row = shelf.of_row(Uuid::from_u128(9), 3).to_string();
        let elsewhere = [
            String::new(),
            format!("/{key}"),
            format!("{key}/"),
            format!("../{key}"),
            format!("{key}/../../x"),
            key.replace("bills", ".."),
            key.replace("bills", "bills/."),
            key.replace('/', "//"),
            key.replace('/', "\\"),
            key.replace('/', "%2F"),
            key.replace("bills", "passwords"),
            key.replace("2026", "+2026"),
            key.replace("2026", "02026"),
            key.replace("2026", "26"),
            key.replace(".pdf", ".exe"),
            key.replace(".pdf", ".pdf.exe"),
            key.replace(".pdf", ".pdf\0"),
            key.replace(".pdf", ""),
            key.to_uppercase(),
            key.replace("-", ""),
            row.replace("-3", "-03"),
            row.replace("-3", "-+3"),
            row.replace("-3", "--3"),
            row.replace("-3", ""),
        ];
        for text in elsewhere {
            assert!(matches!(text.parse::<Key>(), Err(Error::NotFound)), "{text:?} is a key");
        }
    }
}
