//! Familiar devices: those that a person signed in from before. Their wrong passwords are counted apart from everybody
//! else's, so that no stranger can lock a person out.
//!
//! A token of a device opens nothing: without the password it is worth twenty guesses, then one a minute. It is therefore
//! bound to the person and to time, and to nothing of the password: a thief gains no access by it, and an owner who changes
//! the password keeps being let in past whoever guesses.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta};
use secrecy::{ExposeSecret, SecretString};

use crate::app::App;
use crate::crypto::{DIGEST, random};
use crate::identity;

/// What a token begins with.
const PREFIX: &str = "fdt_";

/// What its digest is keyed for.
const PURPOSE: &str = "familiar device";

/// How long a token is valid; each sign-in renews it.
const VALID: TimeDelta = TimeDelta::days(365);

const ID: usize = 16;
const TIME: usize = 8;

/// A device that is familiar to one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Device {
    id: [u8; ID],
}

impl Device {
    /// A device that is to become familiar: give it a token when its person has proved who they are.
    pub(crate) fn fresh() -> Self {
        Self { id: random() }
    }

    /// The device of a token that was given to the person with this e-mail address. Forged ones, those of others and those
    /// that are too old are silently no device.
    pub(crate) fn recognise(app: &App, email: &str, token: Option<&SecretString>) -> Option<Self> {
        let text = token?.expose_secret().strip_prefix(PREFIX)?;
        let bytes: [u8; ID + TIME + DIGEST] = URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()?;
        let (id, rest) = bytes.split_first_chunk::<ID>()?;
        let (time, digest) = rest.split_first_chunk::<TIME>()?;
        let account = identity::email_key(email);
        let is_ours = app.keys().digester(PURPOSE).holds(digest.try_into().ok()?, &[account.as_bytes(), id, time]);
        let issued = DateTime::from_timestamp_millis(i64::from_be_bytes(*time))?;
        let age = app.now() - issued;
        (is_ours && TimeDelta::zero() <= age && age < VALID).then_some(Self { id: *id })
    }

    pub(crate) fn id(self) -> [u8; ID] {
        self.id
    }

    /// A token for it, from now on.
    pub(crate) fn token(self, app: &App, email: &str) -> SecretString {
        let time = app.now().timestamp_millis().to_be_bytes();
        let account = identity::email_key(email);
        let digest = app.keys().digester(PURPOSE).of(&[account.as_bytes(), &self.id, &time]);
        format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode([&self.id[..], &time, &digest].concat())).into()
    }
}
