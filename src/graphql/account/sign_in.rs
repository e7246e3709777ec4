//! Signing in, staying signed in, acting elsewhere, signing out.

use async_graphql::{Context, InputObject, Object, OneofObject};
use secrecy::SecretString;

use super::super::context::cx;
use super::super::staff_member::Role;
use super::session::{Keep, SessionPayload};
use crate::auth::{self, Confirmation, SignIn, Visitor, Workplace};
use crate::error::Error;

/// What you sign in with.
#[derive(InputObject)]
pub(in crate::graphql) struct SignInInput {
    /// E-mail address, in any case.
    #[graphql(secret)]
    email: String,
    /// Password.
    #[graphql(secret)]
    password: String,
    /// What your authenticator app shows, or a recovery code, if you have a second factor.
    #[graphql(secret)]
    code: Option<String>,
    /// Code of the dealership to act in, if you serve several.
    dealership: Option<String>,
    /// Code of the branch to act in; only together with `dealership`.
    branch: Option<String>,
    /// What an earlier sign-in from this device gave, for clients without cookies.
    #[graphql(secret)]
    device_token: Option<String>,
    /// Where the refresh token is to be.
    #[graphql(default)]
    keep: Keep,
}

/// With what you ask for another access token, and where you want to act; what you leave out is chosen for you.
#[derive(InputObject)]
pub(in crate::graphql) struct RefreshSessionInput {
    /// The refresh token, for clients without cookies.
    #[graphql(secret)]
    refresh_token: Option<String>,
    /// Code of the dealership.
    dealership: Option<String>,
    /// Code of the branch; only together with `dealership`.
    branch: Option<String>,
    /// Your role there.
    role: Option<Role>,
}

/// Where you want to act, and as what; what you leave out is chosen for you.
#[derive(InputObject)]
pub(in crate::graphql) struct SwitchContextInput {
    /// Code of the dealership.
    dealership: Option<String>,
    /// Code of the branch; only together with `dealership`.
    branch: Option<String>,
    /// Your role there.
    role: Option<Role>,
}

/// What proves once more that it is you.
#[derive(OneofObject)]
pub(in crate::graphql) enum ConfirmIdentityInput {
    /// Your password, if you have no second factor.
    #[graphql(secret)]
    Password(String),
    /// What your authenticator app shows, or a recovery code.
    #[graphql(secret)]
    Code(String),
}

#[derive(Default)]
pub(in crate::graphql) struct SignInMutation;

#[Object]
impl SignInMutation {
    /// Signs in with e-mail address, password and, if you have a second factor, a code. A wrong pair answers
    /// `INVALID_CREDENTIALS`, whichever half is wrong; a right one without a code `SECOND_FACTOR_REQUIRED`.
    async fn sign_in(&self, ctx: &Context<'_>, input: SignInInput) -> async_graphql::Result<SessionPayload> {
        let cx = cx(ctx);
        let SignInInput { email, password, code, dealership, branch, device_token, keep } = input;
        let visitor = cx.visitor().clone();
        let device = device_token.map(SecretString::from).or(visitor.device);
        let session = auth::sign_in(
            cx.app(),
            SignIn {
                email,
                password: SecretString::from(password),
                code: code.map(SecretString::from),
                workplace: Workplace { dealership, branch },
                visitor: Visitor { device, ..visitor },
            },
        );
        Ok(SessionPayload::of(ctx, Box::pin(session).await?, keep))
    }

    /// Gives another access token for a refresh token, which another takes the place of: the one given, else the one of the
    /// cookie. A refresh token that was replaced more than ten seconds ago signs its device out, for somebody has a copy.
    async fn refresh_session(
        &self,
        ctx: &Context<'_>,
        input: RefreshSessionInput,
    ) -> async_graphql::Result<SessionPayload> {
        let cx = cx(ctx);
        let RefreshSessionInput { refresh_token, dealership, branch, role } = input;
        let (token, keep) = match (refresh_token, &cx.visitor().refresh) {
            (Some(token), _) => (SecretString::from(token), Keep::Body),
            (None, Some(token)) => (token.clone(), Keep::Cookie),
            (None, None) => return Err(Error::Unauthenticated.into()),
        };
        let workplace = Workplace { dealership, branch };
        let session = auth::refresh(cx.app(), &token, &workplace, role.map(Into::into), cx.visitor());
        Ok(SessionPayload::of(ctx, Box::pin(session).await?, keep))
    }

    /// Gives a token for another of your memberships; with nothing named, for the widest you have.
    async fn switch_context(
        &self,
        ctx: &Context<'_>,
        input: SwitchContextInput,
    ) -> async_graphql::Result<SessionPayload> {
        let cx = cx(ctx);
        let SwitchContextInput { dealership, branch, role } = input;
        let workplace = Workplace { dealership, branch };
        let session = auth::switch_context(cx.app(), cx.holder()?, &workplace, role.map(Into::into));
        Ok(SessionPayload::of(ctx, Box::pin(session).await?, Keep::Body))
    }

    /// Proves once more that it is you, for what answered `INSUFFICIENT_USER_AUTHENTICATION`; gives a token that says so.
    async fn confirm_identity(
        &self,
        ctx: &Context<'_>,
        input: ConfirmIdentityInput,
    ) -> async_graphql::Result<SessionPayload> {
        let cx = cx(ctx);
        let confirmation = match input {
            ConfirmIdentityInput::Password(password) => Confirmation::Password(SecretString::from(password)),
            ConfirmIdentityInput::Code(code) => Confirmation::Code(SecretString::from(code)),
        };
        let session = auth::confirm_identity(cx.app(), cx.holder()?, confirmation);
        Ok(SessionPayload::of(ctx, Box::pin(session).await?, Keep::Body))
    }

    /// Signs this device out: its tokens open nothing any more.
    async fn sign_out(&self, ctx: &Context<'_>) -> async_graphql::Result<bool> {
        auth::sign_out(cx(ctx).app(), cx(ctx).holder()?).await?;
        super::session::forget_cookie(ctx);
        Ok(true)
    }
}
