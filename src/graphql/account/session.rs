//! A signed-in session as a client gets it: the access token in the answer, the refresh token there or in a cookie.

use async_graphql::{Context, Enum, Object};
use chrono::{DateTime, Utc};
use cookie::time::Duration;
use cookie::{Cookie, SameSite};
use secrecy::{ExposeSecret, SecretString};

use super::super::context::{Cx, cx};
use super::super::staff_member::Role;
use crate::assurance::Acr;
use crate::auth::{Session, Visitor};

/// Where a refresh token is to be.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::graphql) enum Keep {
    /// In the answer, for programs that keep it safe themselves.
    #[default]
    Body,
    /// In a cookie that no script can read, for browsers.
    Cookie,
}

/// How you proved who you are.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "Acr", name = "Acr")]
pub(in crate::graphql) enum AcrName {
    /// By one thing: a password.
    Pwd,
    /// By two: a password and a code.
    Mfa,
}

/// A signed-in session.
pub(in crate::graphql) struct SessionPayload {
    session: Session,
    keep: Keep,
}

impl SessionPayload {
    /// Puts the refresh token where the client wants it.
    pub(super) fn of(ctx: &Context<'_>, session: Session, keep: Keep) -> Self {
        if let (Keep::Cookie, Some(token)) = (keep, &session.refresh_token) {
            let seconds = (session.ends_at - cx(ctx).app().now()).num_seconds();
            set_cookie(ctx, Visitor::REFRESH_COOKIE, token, Duration::seconds(seconds));
        }
        if let (Keep::Cookie, Some(token)) = (keep, &session.device_token) {
            keep_device(ctx, token);
        }
        Self { session, keep }
    }
}

/// A signed-in session.
#[Object]
impl SessionPayload {
    /// For the header `Authorization: Bearer …`.
    async fn access_token(&self) -> &str {
        self.session.access_token.expose_secret()
    }

    /// When the access token ends.
    async fn expires_at(&self) -> DateTime<Utc> {
        self.session.expires_at
    }

    /// For another access token, once; null when it is in a cookie, or the one you have still holds.
    async fn refresh_token(&self) -> Option<&str> {
        let token = self.session.refresh_token.as_ref().filter(|_| self.keep == Keep::Body)?;
        Some(token.expose_secret())
    }

    /// For your next sign-in from here: this device is familiar, and no guessing of others holds you up. Null when it is in
    /// a cookie, or you have just not signed in.
    async fn device_token(&self) -> Option<&str> {
        let token = self.session.device_token.as_ref().filter(|_| self.keep == Keep::Body)?;
        Some(token.expose_secret())
    }

    /// When you have to sign in again, whatever you do.
    async fn session_ends_at(&self) -> DateTime<Utc> {
        self.session.ends_at
    }

    /// The role you act in.
    async fn role(&self) -> Option<Role> {
        self.session.scope.role().map(Role::from)
    }

    /// How you proved who you are.
    async fn acr(&self) -> AcrName {
        self.session.scope.assurance().map_or(Acr::Pwd, |assurance| assurance.acr).into()
    }

    /// Whether your role asks for a second factor and you have given none: all you can do is enrol one, or give its code.
    async fn needs_second_factor(&self) -> bool {
        self.session.scope.require_assurance().is_err()
    }
}

/// Lets the browser keep what makes it familiar.
pub(super) fn keep_device(ctx: &Context<'_>, token: &SecretString) {
    set_cookie(ctx, Visitor::DEVICE_COOKIE, token, Duration::days(365));
}

/// Takes the refresh token out of the browser.
pub(super) fn forget_cookie(ctx: &Context<'_>) {
    if cx(ctx).visitor().refresh.is_some() {
        set_cookie(ctx, Visitor::REFRESH_COOKIE, &SecretString::default(), Duration::ZERO);
    }
}

fn set_cookie(ctx: &Context<'_>, name: &'static str, value: &SecretString, lasts: Duration) {
    let cookie = Cookie::build((name, value.expose_secret()))
        // Sent to this API alone, by our own pages alone, and never shown to a script.
        .path("/graphql")
        .same_site(SameSite::Strict)
        .http_only(true)
        .secure(is_encrypted(cx(ctx)))
        .max_age(lasts);
    ctx.append_http_header("set-cookie", cookie.build().to_string());
}

fn is_encrypted(cx: &Cx) -> bool {
    cx.app().public_url().starts_with("https://")
}
