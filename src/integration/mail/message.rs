//! A letter as mail programs read it (RFC 5322): in text, and the same in HTML.

use std::time::SystemTime;

use chrono::{DateTime, Utc};
use lettre::address::Envelope;
use lettre::message::header::{Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use uuid::Uuid;

use super::Mailer;
use super::template::Words;
use crate::error::{Error, Result};

/// A letter to one person.
pub struct Message {
    /// Names it for ever: whoever gets it twice sees that it is the same.
    pub id: Uuid,
    /// Their address.
    pub to: String,
    /// Their name.
    pub name: String,
    /// Who writes, under the address that all letters come from.
    pub from: String,
    /// What it says.
    pub words: Words,
    /// When it was written.
    pub written_at: DateTime<Utc>,
}

/// Says that no person wrote this, so that no machine answers (RFC 3834).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

impl Mailer {
    /// Who a letter is from and to, and its bytes.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` when mail cannot be sent to such an address.
    pub(super) fn written(&self, message: &Message) -> Result<(Envelope, Vec<u8>)> {
        let unfit = |_| Error::bad_input("email", "This is no e-mail address. Write it like nimal@example.com.");
        let to: lettre::Address = message.to.parse().map_err(unfit)?;
        let mut builder = lettre::Message::builder()
            .from(Mailbox::new(named(&message.from), self.from.clone()))
            .to(Mailbox::new(named(&message.name), to))
            .subject(line(&message.words.subject))
            .message_id(Some(format!("<{}@{}>", message.id, self.from.domain())))
            .date(SystemTime::from(message.written_at))
            .header(AutoSubmitted);
        if let Some(reply_to) = &self.reply_to {
            builder = builder.reply_to(reply_to.clone());
        }
        let (text, html) = (message.words.text.clone(), message.words.html.clone());
        let written = builder.multipart(MultiPart::alternative_plain_html(text, html)).map_err(Error::internal)?;
        Ok((written.envelope().clone(), written.formatted()))
    }
}

fn named(name: &str) -> Option<String> {
    Some(line(name)).filter(|name| !name.is_empty())
}

/// A text on one line: nothing in it ends a header.
fn line(text: &str) -> String {
    let words = text.split(|c: char| c.is_control() || c.is_whitespace() || matches!(c, '\u{2028}' | '\u{2029}'));
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
