//! Links to files that we serve ourselves: whoever has one may fetch that file, shown in that way, until it ends.
//!
//! `/files/{key}?exp=…&kid=…&as=…&name=…&mac=…`, where `mac` is an HMAC-SHA-256 over the method, the key and everything
//! else that decides about the answer. `kid` names the master key whose it is.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;

use super::key::Key;
use super::shown::{Disposition, Shown};
use crate::crypto::{DIGEST, Digester, Keys};
use crate::error::{Error, Result};

/// The one thing that a link lets do.
const METHOD: &[u8] = b"GET";

/// What a part of a query does not hold (RFC 3986): all but the unreserved.
const PART: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The query of a link.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Query {
    exp: String,
    kid: String,
    r#as: String,
    name: String,
    mac: String,
}

/// Makes links, and tells those that it made.
pub(super) struct Links {
    seal: Digester,
    kid: String,
}

impl Links {
    pub(super) fn new(keys: &Keys) -> Self {
        Self { seal: keys.digester("file link"), kid: keys.name() }
    }

    /// Path and query of a link that holds until `end`.
    pub(super) fn make(&self, key: &Key, shown: &Shown, end: DateTime<Utc>) -> String {
        let end = end.timestamp().to_string();
        let mac = self.seal.of(&parts(&key.to_string(), key, &end, shown.disposition().text(), shown.name()));
        let (kid, mac) = (&self.kid, URL_SAFE_NO_PAD.encode(mac));
        let (disposition, name) = (shown.disposition().text(), utf8_percent_encode(shown.name(), PART));
        format!("/files/{key}?exp={end}&kid={kid}&as={disposition}&name={name}&mac={mac}")
    }

    /// What a link is to, how that is shown, and until when.
    ///
    /// # Errors
    /// `NOT_FOUND` for whatever is no link that holds: altered, ended, another installation's.
    pub(super) fn read(&self, path: &str, query: &Query, now: DateTime<Utc>) -> Result<(Key, Shown, DateTime<Utc>)> {
        let key: Key = path.parse()?;
        let mac = URL_SAFE_NO_PAD.decode(&query.mac).ok().and_then(|mac| <[u8; DIGEST]>::try_from(mac).ok());
        let mac = mac.ok_or(Error::NotFound)?;
        let is_ours = self.seal.holds(&mac, &parts(path, &key, &query.exp, &query.r#as, &query.name));
        let end = query.exp.parse().ok().and_then(|end| DateTime::from_timestamp(end, 0)).ok_or(Error::NotFound)?;
        match is_ours && query.kid == self.kid && now < end {
            true => {
                let shown = Shown::new(Disposition::read(&query.r#as)?, &query.name, key.kind());
                Ok((key, shown, end))
            }
            false => Err(Error::NotFound),
        }
    }
}

fn parts<'a>(path: &'a str, key: &Key, end: &'a str, disposition: &'a str, name: &'a str) -> [&'a [u8]; 6] {
    let [path, end, disposition, name] = [path, end, disposition, name].map(str::as_bytes);
    [METHOD, path, end, disposition, name, key.kind().media_type().as_bytes()]
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::super::key::{Class, Kind, Shelf};
    use super::*;

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(second, 0).expect("a time")
    }

    fn query(link: &str) -> (String, Query) {
        let (path, query) = link.split_once('?').expect("a query");
        let part = |name: &str| {
            let part = query.split('&').find_map(|part| part.strip_prefix(name)?.strip_prefix('='));
            part.expect("a part").replace("%20", " ")
        };
        let query =
            Query { exp: part("exp"), kid: part("kid"), r#as: part("as"), name: part("name"), mac: part("mac") };
        (path.trim_start_matches("/files/").to_owned(), query)
    }

    #[test]
    fn a_link_opens_what_it_was_made_for_until_it_ends() {
        let (keys, _) = Keys::generate();
        let links = Links::new(&keys);
        let shelf = Shelf::new(Uuid::from_u128(7), Class::Bill, 2026, Kind::Pdf).expect("a year");
        let key = shelf.of_row(Uuid::from_u128(9), 1);
        let other = shelf.of_row(Uuid::from_u128(9), 2);
        let shown = Shown::new(Disposition::Inline, "Bill 26NOV_BR03_1", Kind::Pdf);
        let link = links.make(&key, &shown, at(1_000));
        let (path, whole) = query(&link);
        let (found, as_found, _) = links.read(&path, &whole, at(999)).expect("it holds");
        assert!(found == key && as_found == shown);
        assert!(links.read(&path, &whole, at(1_000)).is_err(), "it has ended");
        assert!(links.read(&other.to_string(), &whole, at(999)).is_err(), "of another file");
        assert!(Links::new(&Keys::generate().0).read(&path, &whole, at(999)).is_err(), "of another installation");
        let change: [fn(&mut Query); 6] = [
            |query| query.exp = "2000".to_owned(),
            |query| query.exp = "+1000".to_owned(),
            |query| query.kid = "00000000".to_owned(),
            |query| query.r#as = "attachment".to_owned(),
            |query| query.name = "another.pdf".to_owned(),
            |query| query.mac = URL_SAFE_NO_PAD.encode([0; DIGEST]),
        ];
        for change in change {
            let (_, mut altered) = query(&link);
            change(&mut altered);
            assert!(links.read(&path, &altered, at(999)).is_err(), "it was altered");
        }
    }
}
