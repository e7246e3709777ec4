//! `[mail]`: the server that letters are handed to.

use std::net::IpAddr;
use std::num::{NonZeroU16, NonZeroU32};
use std::path::PathBuf;

use anyhow::{Context, ensure};
use secrecy::SecretString;
use serde::Deserialize;

use crate::identity;

/// The server that letters are handed to; without one they wait.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    /// Its host name.
    pub server: Option<String>,
    /// Its port; without one the usual of `tls`.
    pub port: Option<NonZeroU16>,
    /// How it is spoken to.
    pub tls: MailTls,
    /// Certificates, in PEM, that its own may be signed with beside those that this machine trusts.
    pub ca_file: Option<PathBuf>,
    /// Who signs in there; nobody, if absent.
    pub user: Option<String>,
    /// Their password.
    pub password: Option<SecretString>,
    /// The address that letters come from.
    pub from: Option<String>,
    /// The address that answers go to, if another.
    pub reply_to: Option<String>,
    /// How long the server may take: to be spoken to, and to take a letter.
    pub seconds: NonZeroU32,
}

/// How a server is spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MailTls {
    /// Over TLS from the first byte.
    Implicit,
    /// Over TLS after a greeting; one that offers none is not given anything.
    Starttls,
    /// In the clear: within this machine only.
    None,
}

/// A server with all that is needed to speak to it.
pub struct MailServer<'a> {
    /// Its host name.
    pub host: &'a str,
    /// Its port.
    pub port: u16,
    /// Who signs in there, with their password.
    pub sign_in: Option<(&'a str, &'a SecretString)>,
    /// The address that letters come from.
    pub from: &'a str,
}

impl Mail {
    /// The server, if there is one.
    ///
    /// # Errors
    /// Names the setting that is missing or not usable.
    pub fn server(&self) -> anyhow::Result<Option<MailServer<'_>>> {
        let Some(host) = self.server.as_deref() else { return Ok(None) };
        let is_fit = |c: char| c.is_ascii_alphanumeric() || "-.:".contains(c);
        ensure!(
            !host.is_empty() && host.chars().all(is_fit),
            "the setting `mail.server` is not usable: {host:?} is no host; write its name, e.g. \"smtp.example\""
        );
        let is_here = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
        ensure!(
            self.tls != MailTls::None || is_here,
            "the setting `mail.tls` is not usable: letters hold links that open accounts, so \"none\" is for a server on this machine; write \"starttls\" or \"implicit\""
        );
        let sign_in = match (self.user.as_deref(), &self.password) {
            (Some(user), Some(password)) => Some((user, password)),
            (Some(_), None) => anyhow::bail!("the setting `mail.password` is missing: `mail.user` signs in with it"),
            (None, _) => None,
        };
        let from = self.from.as_deref().context("the setting `mail.from` is missing: letters come from an address")?;
        for (key, address) in [("mail.from", Some(from)), ("mail.reply_to", self.reply_to.as_deref())] {
            ensure!(
                address.is_none_or(identity::is_email),
                "the setting `{key}` is not usable: write an address like office@colombo-ev.example"
            );
        }
        let usual = match self.tls {
            MailTls::Implicit => 465,
            MailTls::Starttls => 587,
            MailTls::None => 25,
        };
        Ok(Some(MailServer { host, port: self.port.map_or(usual, NonZeroU16::get), sign_in, from }))
    }
}
