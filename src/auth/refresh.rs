//! Refresh tokens: one holds at a time, and each use makes the next (RFC 9700, section 4.14). None is kept: a token is
//! made of its session's key and its number, so a copy of the database holds none.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use entity::user_session::Model;
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;
use uuid::Uuid;

use crate::crypto::{Keys, Place};
use crate::error::{Error, Result};

const PREFIX: &str = "frt_";
const SEAL: usize = 32;

/// For so long the token before the last is taken for a second tab, or for an answer that was lost, and gets the same
/// successor; later it is a copy in a stranger's hands.
pub(super) const GRACE: TimeDelta = TimeDelta::seconds(10);

/// A refresh token, as far as it can be read without a key.
pub(super) struct Refresh {
    pub(super) session: Uuid,
    generation: i32,
    seal: [u8; SEAL],
}

/// What a token is worth.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Worth {
    /// It holds: the next takes its place.
    Holds,
    /// Another took its place a moment ago: the same one is given again.
    JustReplaced,
    /// Another took its place before: somebody has a copy.
    Reused,
}

impl Refresh {
    /// Reads a token; nothing where the text is none.
    pub(super) fn parse(token: &SecretString) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(token.expose_secret().strip_prefix(PREFIX)?).ok()?;
        let bytes: [u8; 16 + 4 + SEAL] = bytes.try_into().ok()?;
        let (session, rest) = bytes.split_at(16);
        let (generation, seal) = rest.split_at(4);
        Some(Self {
            session: Uuid::from_slice(session).ok()?,
            generation: i32::from_be_bytes(generation.try_into().ok()?),
            seal: seal.try_into().ok()?,
        })
    }

    /// What it is worth to its session; a forged one is worth nothing.
    ///
    /// # Errors
    /// `UNAUTHENTICATED` when it was forged; internal when the session's key cannot be opened.
    pub(super) fn worth(&self, row: &Model, keys: &Keys, now: DateTime<Utc>) -> Result<Worth> {
        // Compared in constant time.
        mac(row, keys, self.generation)?.verify_slice(&self.seal).map_err(|_| Error::Unauthenticated)?;
        let behind = i64::from(row.generation) - i64::from(self.generation);
        Ok(match behind {
            0 => Worth::Holds,
            1 if now <= row.rotated_at + GRACE => Worth::JustReplaced,
            _ => Worth::Reused,
        })
    }
}

/// The token of a session that holds now.
pub(super) fn token(row: &Model, keys: &Keys) -> Result<SecretString> {
    let seal = mac(row, keys, row.generation)?.finalize().into_bytes();
    let bytes = [row.id.as_bytes(), &row.generation.to_be_bytes()[..], &seal[..]].concat();
    Ok(SecretString::from(format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(bytes))))
}

/// Where a session's key is sealed.
pub(super) fn place(session: Uuid) -> Place {
    Place { dealership: Uuid::nil(), table: "user_session", column: "refresh_key", row: session }
}

fn mac(row: &Model, keys: &Keys, generation: i32) -> Result<Hmac<Sha256>> {
    let key = zeroize::Zeroizing::new(keys.open(place(row.id), &row.refresh_key)?);
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).map_err(Error::internal)?;
    mac.update(row.id.as_bytes());
    mac.update(&generation.to_be_bytes());
    Ok(mac)
}
