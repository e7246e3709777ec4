//! One-time codes of authenticator apps (RFC 6238): six digits, a step of 30 seconds, SHA-1, for apps know nothing else.

use chrono::{DateTime, Utc};
use entity::second_factor::Model;
use qrcode::QrCode;
use qrcode::render::{svg, unicode};
use secrecy::SecretString;
use totp_rs::{Builder, Secret, Totp};
use uuid::Uuid;

use crate::crypto::{Keys, Place};
use crate::error::{Error, Result};

/// Bytes of a secret: the 160 bits of RFC 4226.
pub(super) const SECRET: usize = 20;

/// What an authenticator app is to be told.
pub struct Enrolment {
    /// The secret in base32, for typing.
    pub secret: SecretString,
    /// The same as a link that apps open.
    pub uri: SecretString,
    /// The link as a picture.
    pub svg: SecretString,
    /// The link as a picture made of text, two modules a character, for terminals.
    pub text: SecretString,
}

impl Enrolment {
    pub(super) fn of(secret: &[u8], issuer: &str, account: &str) -> Result<Self> {
        // A colon would part the two in the link.
        let plain = |text: &str| text.replace(':', " ");
        let builder = builder(secret).with_issuer(Some(plain(issuer))).with_account_name(plain(account));
        let totp = builder.build().map_err(|error| Error::internal(anyhow::anyhow!("no authenticator: {error}")))?;
        let uri = totp.to_url().map_err(|error| Error::internal(anyhow::anyhow!("no link: {error}")))?;
        let picture = QrCode::new(&uri).map_err(Error::internal)?;
        Ok(Self {
            secret: totp.secret().to_base32().into(),
            svg: picture.render::<svg::Color<'_>>().min_dimensions(240, 240).build().into(),
            // Blocks are light there: most terminals are dark.
            text: picture
                .render::<unicode::Dense1x2>()
                .dark_color(unicode::Dense1x2::Light)
                .light_color(unicode::Dense1x2::Dark)
                .build()
                .into(),
            uri: uri.into(),
        })
    }
}

/// The code that an app with this secret, in base32, shows at `now`.
///
/// # Errors
/// `BAD_USER_INPUT` when it is no secret.
pub fn code(secret: &str, now: DateTime<Utc>) -> Result<String> {
    Ok(totp(self::secret(secret)?.as_bytes())?.generate(seconds(now)).to_string())
}

/// Reads a secret in base32.
pub(super) fn secret(text: &str) -> Result<Secret> {
    let secret = Secret::try_from_base32(text.trim()).ok();
    secret.ok_or_else(|| Error::bad_input("secret", "This is no secret of an authenticator app."))
}

/// The time step whose code this is, if it is that of `now` or of the step before or after.
pub(super) fn step(row: &Model, keys: &Keys, code: &str, now: DateTime<Utc>) -> Result<Option<i64>> {
    let secret = zeroize::Zeroizing::new(keys.open(place(row.id), &row.secret)?);
    let step = totp(&secret)?.check(code, seconds(now));
    step.map(i64::try_from).transpose().map_err(Error::internal)
}

/// Where a secret is sealed.
pub(super) fn place(row: Uuid) -> Place {
    Place { dealership: Uuid::nil(), table: "second_factor", column: "secret", row }
}

fn totp(secret: &[u8]) -> Result<Totp> {
    builder(secret).build().map_err(|error| Error::internal(anyhow::anyhow!("no authenticator: {error}")))
}

fn builder(secret: &[u8]) -> Builder {
    Builder::new().with_secret(secret.to_vec())
}

fn seconds(now: DateTime<Utc>) -> u64 {
    now.timestamp().max(0).unsigned_abs()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_rfc_6238() {
        // Appendix B, cut to six digits; its secret is "12345678901234567890".
        let secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        for (at, expected) in [(59, "287082"), (1_111_111_109, "081804"), (2_000_000_000, "279037")] {
            let at = DateTime::from_timestamp(at, 0).expect("a time");
            assert_eq!(code(secret, at).expect("a secret"), expected);
        }
        assert_eq!(code("no secret!", Utc::now()).expect_err("refused").code(), "BAD_USER_INPUT");
    }
}
