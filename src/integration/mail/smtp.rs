//! One letter, one conversation.

use std::time::Duration;

use lettre::transport::smtp;
use lettre::transport::smtp::authentication::Mechanism;
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::response::Code;
use tokio::time::timeout;

use super::Mailer;
use super::message::Message;
use crate::config::MailTls;
use crate::error::Result;

/// What a server answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It has the letter.
    Taken,
    /// It will not have this letter, or knows nobody of this address.
    Refused(String),
    /// Not now.
    Later(String),
    /// It was sent the whole letter, and said nothing.
    Unknown,
    /// The letter was held back at the last moment, by us.
    HeldBack,
}

/// Why a conversation ended early.
enum End {
    Refused(String),
    Later(String),
}

impl Mailer {
    /// Hands a letter over; `ready` is called when the server waits for it, and holds it back with `false`.
    ///
    /// What is told of an answer is its codes: the words may name whom the letter is for.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` when mail cannot be sent to the address; whatever `ready` fails with.
    pub async fn deliver(&self, message: &Message, ready: impl AsyncFnOnce() -> Result<bool>) -> Result<Answer> {
        let (envelope, bytes) = self.written(message)?;
        let mut server = match self.in_time(self.meet(&envelope)).await {
            Ok(server) => server,
            Err(End::Refused(why)) => return Ok(Answer::Refused(why)),
            Err(End::Later(why)) => return Ok(Answer::Later(why)),
        };
        if !ready().await? {
            // Without the line that ends it, the server has no letter.
            return Ok(Answer::HeldBack);
        }
        match timeout(self.patience, server.message(&bytes)).await {
            Ok(Ok(_)) => {
                // It has the letter, whatever it says now.
                let _ = timeout(Duration::from_secs(1), server.quit()).await;
                Ok(Answer::Taken)
            }
            Ok(Err(error)) if error.is_permanent() => Ok(Answer::Refused(told(&error))),
            Ok(Err(error)) if error.is_transient() => Ok(Answer::Later(told(&error))),
            Ok(Err(_)) | Err(_) => Ok(Answer::Unknown),
        }
    }

    async fn in_time<T>(&self, meeting: impl Future<Output = Result<T, End>>) -> Result<T, End> {
        timeout(self.patience, meeting).await.unwrap_or_else(|_| Err(End::Later("no answer in time".to_owned())))
    }

    /// A conversation up to where the letter itself is waited for.
    async fn meet(&self, envelope: &lettre::address::Envelope) -> Result<AsyncSmtpConnection, End> {
        let at_once = (self.tls == MailTls::Implicit).then(|| self.parameters.clone());
        let place = (self.host.as_str(), self.port);
        let met = AsyncSmtpConnection::connect_tokio1(place, Some(self.patience), &self.hello, at_once, None);
        let mut server = met.await.map_err(for_now)?;
        if self.tls == MailTls::Starttls {
            if !server.can_starttls() {
                return Err(End::Later("no TLS".to_owned()));
            }
            server.starttls(self.parameters.clone(), &self.hello).await.map_err(for_now)?;
        }
        if let Some(sign_in) = &self.sign_in {
            // A password that is refused is ours to put right: the letter is as good as before.
            server.auth(&[Mechanism::Plain, Mechanism::Login], sign_in).await.map_err(for_now)?;
        }
        // As is the address that we write from.
        server.command(Mail::new(envelope.from().cloned(), Vec::new())).await.map_err(for_now)?;
        for to in envelope.to() {
            server.command(Rcpt::new(to.clone(), Vec::new())).await.map_err(by_code)?;
        }
        server.command(Data).await.map_err(by_code)?;
        Ok(server)
    }
}

fn for_now(error: smtp::Error) -> End {
    End::Later(told(&error))
}

fn by_code(error: smtp::Error) -> End {
    match error.is_permanent() {
        true => End::Refused(told(&error)),
        false => End::Later(told(&error)),
    }
}

/// An error without its words: the code and the one behind it, e.g. `550 5.1.1`.
fn told(error: &smtp::Error) -> String {
    match error.status() {
        Some(code) => {
            let words = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
            [Some(number(code)), enhanced(&words)].into_iter().flatten().collect::<Vec<_>>().join(" ")
        }
        None if error.is_tls() => "no TLS".to_owned(),
        None => "no connection".to_owned(),
    }
}

fn number(code: Code) -> String {
    code.to_string()
}

/// The status that a text begins with (RFC 3463).
fn enhanced(words: &str) -> Option<String> {
    let first = words.split_whitespace().next()?;
    let parts: Vec<_> = first.split('.').collect();
    let is_number = |part: &&str| (1..=3).contains(&part.len()) && part.bytes().all(|c| c.is_ascii_digit());
    (parts.len() == 3 && matches!(parts[0], "2" | "4" | "5") && parts.iter().all(is_number)).then(|| first.to_owned())
}

#[cfg(test)]
mod tests {
    use super::enhanced;

    #[test]
    fn a_status_is_three_numbers_and_nothing_else() {
        for status in ["5.1.1", "4.2.2", "2.0.0", "5.7.123"] {
            assert_eq!(enhanced(&format!("{status} <nimal@example.com> no such user")).as_deref(), Some(status));
        }
        for words in ["", "nimal@example.com", "5.1", "5.1.1.1", "6.1.1", "5.x.1", "5.1.1234", "192.168.1"] {
            assert_eq!(enhanced(words), None, "{words}");
        }
    }
}
