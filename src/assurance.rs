//! How well, and how lately, somebody has proved who they are.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::error::{Error, Result};

/// How well somebody has proved who they are (`acr` of RFC 9470).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Acr {
    /// By one thing: a password.
    Pwd,
    /// By two: a password and a code.
    Mfa,
}

impl Acr {
    /// As tokens and errors name it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pwd => "pwd",
            Self::Mfa => "mfa",
        }
    }
}

/// How a signed-in device has proved whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Assurance {
    /// The signed-in device.
    pub session: Uuid,
    /// How well.
    pub acr: Acr,
    /// When last.
    pub at: DateTime<Utc>,
}

impl Assurance {
    /// Makes sure that this is enough for something that asks for `acr`, proved at most `max_age` seconds ago.
    ///
    /// # Errors
    /// `INSUFFICIENT_USER_AUTHENTICATION` with what is asked for.
    pub fn must_be(&self, acr: Acr, max_age: Option<u32>, now: DateTime<Utc>) -> Result<()> {
        let is_late = max_age.is_some_and(|seconds| now > self.at + TimeDelta::seconds(seconds.into()));
        match self.acr < acr || is_late {
            true => Err(Error::InsufficientUserAuthentication { acr, max_age }),
            false => Ok(()),
        }
    }
}
