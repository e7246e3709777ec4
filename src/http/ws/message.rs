//! Messages of `graphql-transport-ws`, and the codes with which a socket is closed.

use std::borrow::Cow;

use async_graphql::{Response, ServerError};
use axum::extract::ws::CloseFrame;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::auth::Workplace;
use crate::error::Error;

/// What a client says.
#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum Said {
    ConnectionInit {
        #[serde(default)]
        payload: Option<Map<String, Value>>,
    },
    Ping {
        #[serde(default)]
        payload: Option<Map<String, Value>>,
    },
    Pong {
        #[serde(default, rename = "payload")]
        _payload: Option<Map<String, Value>>,
    },
    Subscribe {
        id: String,
        payload: Box<Asked>,
    },
    Complete {
        id: String,
    },
}

/// An operation.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Asked {
    query: Option<String>,
    operation_name: Option<String>,
    variables: Option<Map<String, Value>>,
    extensions: Option<Map<String, Value>>,
}

impl Said {
    pub(super) fn parse(text: &str) -> Result<Self, Bye> {
        let said: Self = serde_json::from_str(text).map_err(|error| {
            // Where it is wrong, not what it says there: that may be a variable.
            Bye::invalid(format!("Invalid message at line {}, column {}", error.line(), error.column()))
        })?;
        match &said {
            Self::Subscribe { id, .. } | Self::Complete { id } if id.is_empty() => {
                Err(Bye::invalid("Invalid message: its id is empty"))
            }
            Self::Subscribe { payload, .. } if payload.query.is_none() && payload.extensions.is_none() => {
                Err(Bye::invalid("Invalid message: it has no query"))
            }
            _ => Ok(said),
        }
    }
}

impl Asked {
    pub(super) fn request(self) -> Result<async_graphql::Request, Bye> {
        let extensions = Value::Object(self.extensions.unwrap_or_default());
        let variables = Value::Object(self.variables.unwrap_or_default());
        let mut request = async_graphql::Request::new(self.query.unwrap_or_default());
        request.operation_name = self.operation_name;
        request.variables = async_graphql::Variables::from_json(variables);
        request.extensions = serde_json::from_value(extensions).map_err(|_| Bye::invalid("Invalid message"))?;
        Ok(request)
    }
}

/// Who a client says it is, in `connection_init`.
#[derive(Default)]
pub(super) struct Named {
    pub(super) token: Option<SecretString>,
    workplace: Workplace,
}

impl Named {
    /// Keys are those of the headers, in any case; `dealership` and `branch` for short.
    pub(super) fn of(payload: Option<Map<String, Value>>) -> crate::error::Result<Self> {
        let mut named = Self::default();
        for (key, value) in payload.unwrap_or_default() {
            let text = || value.as_str().map(str::to_owned);
            match key.to_ascii_lowercase().as_str() {
                "authorization" => {
                    let said = value.as_str().and_then(|value| value.split_once(' '));
                    let (scheme, token) = said.ok_or(Error::Unauthenticated)?;
                    if !scheme.eq_ignore_ascii_case("bearer") {
                        return Err(Error::Unauthenticated);
                    }
                    named.token = Some(SecretString::from(token.trim()));
                }
                "dealership" | "x-forecourt-dealership" => {
                    named.workplace.dealership = Some(text().ok_or(Error::ScopeMismatch)?);
                }
                "branch" | "x-forecourt-branch" => named.workplace.branch = Some(text().ok_or(Error::ScopeMismatch)?),
                _ => {}
            }
        }
        Ok(named)
    }

    /// The place that this and the request's headers name together.
    ///
    /// # Errors
    /// `SCOPE_MISMATCH` when they name different ones.
    pub(super) fn workplace(&self, headers: &Workplace) -> crate::error::Result<Workplace> {
        let both = |own: &Option<String>, other: &Option<String>| match (own, other) {
            (Some(own), Some(other)) if own != other => Err(Error::ScopeMismatch),
            (own, other) => Ok(own.clone().or_else(|| other.clone())),
        };
        Ok(Workplace {
            dealership: both(&self.workplace.dealership, &headers.dealership)?,
            branch: both(&self.workplace.branch, &headers.branch)?,
        })
    }
}

/// What the server says.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum Say<'a> {
    ConnectionAck,
    Pong {
        #[serde(skip_serializing_if = "Option::is_none")]
        payload: Option<Map<String, Value>>,
    },
    Next {
        id: &'a str,
        payload: &'a Response,
    },
    Error {
        id: &'a str,
        payload: &'a [ServerError],
    },
    Complete {
        id: &'a str,
    },
}

/// Why a socket is closed.
#[derive(Debug)]
pub(super) struct Bye {
    code: u16,
    reason: Cow<'static, str>,
}

impl Bye {
    pub(super) const UNAUTHORIZED: Self = Self::new(4401, "Unauthorized");
    pub(super) const NOT_SPOKEN: Self = Self::new(4406, "Subprotocol not acceptable");
    pub(super) const NO_INIT: Self = Self::new(4408, "Connection initialisation timeout");
    pub(super) const TWO_INITS: Self = Self::new(4429, "Too many initialisation requests");
    pub(super) const TOO_MANY: Self = Self::new(4429, "Too many connections");
    pub(super) const FORBIDDEN: Self = Self::new(4403, "Forbidden");
    pub(super) const SIGNED_OUT: Self = Self::new(4403, "Forbidden: the session or its token has ended");
    pub(super) const NO_PONG: Self = Self::new(1001, "No pong in time");
    pub(super) const TOO_LARGE: Self = Self::new(1009, "Message too large");
    pub(super) const FAULT: Self = Self::new(1011, "Internal error");
    pub(super) const STOPPING: Self = Self::new(1012, "Service Restart");
    pub(super) const BUSY: Self = Self::new(1013, "Try again later");
    pub(super) const NOT_READING: Self = Self::new(1013, "Messages are not read in time");
    /// The other side went away.
    pub(super) const GONE: Self = Self::new(1005, "");

    const fn new(code: u16, reason: &'static str) -> Self {
        Self { code, reason: Cow::Borrowed(reason) }
    }

    pub(super) fn invalid(reason: impl Into<Cow<'static, str>>) -> Self {
        Self { code: 4400, reason: reason.into() }
    }

    /// The id may be long, and a reason has 123 bytes at most.
    pub(super) fn taken(id: &str) -> Self {
        let id: String = id.chars().take(16).collect();
        Self { code: 4409, reason: format!("Subscriber for {id} already exists").into() }
    }

    pub(super) const fn code(&self) -> u16 {
        self.code
    }

    /// What is said in parting; nothing to somebody who is gone.
    pub(super) fn frame(self) -> Option<CloseFrame> {
        (self.code != Self::GONE.code).then(|| CloseFrame { code: self.code, reason: self.reason.into_owned().into() })
    }
}
