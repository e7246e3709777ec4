//! Second factors: an authenticator app enrolled, its recovery codes.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use chrono::{DateTime, Utc};
use secrecy::{ExposeSecret, SecretString};

use super::super::context::cx;
use super::super::requires::requires;
use super::session::{Keep, SessionPayload};
use crate::auth::{self, Enrolment, Factor};

/// What your authenticator app is to be told. Show it, then forget it.
pub(in crate::graphql) struct SecondFactorEnrolment(Enrolment);

/// What your authenticator app is to be told. Show it, then forget it.
#[Object]
impl SecondFactorEnrolment {
    /// The secret in base32, for typing.
    async fn secret(&self) -> &str {
        self.0.secret.expose_secret()
    }

    /// The secret as a link that apps open, `otpauth://…`.
    async fn uri(&self) -> &str {
        self.0.uri.expose_secret()
    }

    /// The link as a QR code, an SVG document.
    async fn svg(&self) -> &str {
        self.0.svg.expose_secret()
    }

    /// The link as a QR code made of text, for terminals.
    async fn text(&self) -> &str {
        self.0.text.expose_secret()
    }
}

/// The code that your app shows.
#[derive(InputObject)]
pub(in crate::graphql) struct ConfirmSecondFactorInput {
    /// Six digits.
    #[graphql(secret)]
    code: String,
}

/// A second factor that counts from now on.
#[derive(SimpleObject)]
pub(in crate::graphql) struct ConfirmedSecondFactor {
    /// This device goes on with it; all others are signed out.
    session: SessionPayload,
    /// Each stands in once for a lost app. Shown once: print them.
    recovery_codes: Vec<String>,
}

/// Your second factor.
#[derive(SimpleObject)]
pub(in crate::graphql) struct SecondFactor {
    /// Since when it counts.
    since: DateTime<Utc>,
    /// Recovery codes you have not used.
    recovery_codes_left: u64,
}

impl From<Factor> for SecondFactor {
    fn from(factor: Factor) -> Self {
        Self { since: factor.since, recovery_codes_left: factor.codes_left }
    }
}

#[derive(Default)]
pub(in crate::graphql) struct SecondFactorMutation;

#[Object]
impl SecondFactorMutation {
    /// Begins to enrol an authenticator app; it counts once you have confirmed it.
    #[graphql(directive = requires::apply("pwd".to_owned(), Some(auth::FRESH)))]
    async fn start_second_factor(&self, ctx: &Context<'_>) -> async_graphql::Result<SecondFactorEnrolment> {
        Ok(SecondFactorEnrolment(auth::start_second_factor(cx(ctx).app(), cx(ctx).holder()?).await?))
    }

    /// Proves that your app shows the right codes: it takes the place of an earlier one, and your other devices are signed
    /// out.
    async fn confirm_second_factor(
        &self,
        ctx: &Context<'_>,
        input: ConfirmSecondFactorInput,
    ) -> async_graphql::Result<ConfirmedSecondFactor> {
        let (cx, code) = (cx(ctx), SecretString::from(input.code));
        let confirmed = Box::pin(auth::confirm_second_factor(cx.app(), cx.holder()?, &code)).await?;
        let recovery_codes = in_clear(&confirmed.recovery_codes);
        Ok(ConfirmedSecondFactor { session: SessionPayload::of(ctx, confirmed.session, Keep::Body), recovery_codes })
    }

    /// Fresh recovery codes in the place of all earlier ones. Shown once: print them.
    #[graphql(directive = requires::apply("mfa".to_owned(), Some(auth::FRESH)))]
    async fn renew_recovery_codes(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<String>> {
        Ok(in_clear(&auth::renew_recovery_codes(cx(ctx).app(), cx(ctx).holder()?).await?))
    }

    /// Takes your second factor away, and signs your other devices out. Where your role asks for one you can do nothing
    /// then until you have enrolled another.
    #[graphql(directive = requires::apply("mfa".to_owned(), Some(auth::FRESH)))]
    async fn remove_second_factor(&self, ctx: &Context<'_>) -> async_graphql::Result<bool> {
        auth::remove_second_factor(cx(ctx).app(), cx(ctx).holder()?).await?;
        Ok(true)
    }
}

fn in_clear(codes: &[SecretString]) -> Vec<String> {
    codes.iter().map(|code| code.expose_secret().to_owned()).collect()
}
