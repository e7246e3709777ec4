//! Mail, by SMTP. A letter is rendered from a template, in text and in HTML, and handed to the server of `[mail]`.
//!
//! Handing over has one moment after which only the server knows whether it has the letter: when the last of it was sent and
//! no answer came. [`Mailer::deliver`] calls its `ready` right before that, so that whoever keeps account can write it down;
//! everything earlier may be tried again without harm.

mod message;
mod smtp;
mod template;

use std::time::Duration;

use anyhow::Context;
use lettre::message::Mailbox;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, TlsParameters, TlsParametersBuilder};
use lettre::transport::smtp::extension::ClientId;
use secrecy::ExposeSecret;

use crate::config::{self, MailTls};

pub use message::Message;
pub use smtp::Answer;
pub use template::{Look, Template, Unfit, Words, faults, is_necessary, meaning, render, variables};

/// Whoever hands letters over.
pub struct Mailer {
    host: String,
    port: u16,
    tls: MailTls,
    parameters: TlsParameters,
    sign_in: Option<Credentials>,
    from: lettre::Address,
    reply_to: Option<Mailbox>,
    /// What we call ourselves.
    hello: ClientId,
    patience: Duration,
}

impl Mailer {
    /// One that hands letters to the server of the settings, if they name one.
    ///
    /// # Errors
    /// When the settings are not usable. Nothing is asked of the server yet.
    pub fn new(config: &config::Mail) -> anyhow::Result<Option<Self>> {
        let Some(server) = config.server()? else { return Ok(None) };
        let mut parameters = TlsParametersBuilder::new(server.host.to_owned());
        if let Some(file) = &config.ca_file {
            let unusable = || format!("the setting `mail.ca_file` is not usable: {}", file.display());
            let pem = std::fs::read(file).with_context(unusable)?;
            parameters = parameters.add_root_certificate(Certificate::from_pem(&pem).with_context(unusable)?);
        }
        let from: lettre::Address = server.from.parse().context("the setting `mail.from` is not usable")?;
        let reply_to = config.reply_to.as_deref().map(str::parse).transpose();
        let sign_in = server
            .sign_in
            .map(|(user, password)| Credentials::new(user.to_owned(), password.expose_secret().to_owned()));
        Ok(Some(Self {
            host: server.host.to_owned(),
            port: server.port,
            tls: config.tls,
            parameters: parameters.build_rustls().context("cannot speak TLS")?,
            sign_in,
            hello: ClientId::Domain(from.domain().to_owned()),
            from,
            reply_to: reply_to.context("the setting `mail.reply_to` is not usable")?,
            patience: Duration::from_secs(config.seconds.get().into()),
        }))
    }

    /// How long a letter is under way at most.
    pub fn patience(&self) -> Duration {
        // Once until the server is ready for it, once while it is handed over.
        self.patience * 2
    }
}
