//! Signing in, and acting elsewhere.

use async_graphql::{Context, InputObject, Object};
use chrono::{DateTime, Utc};
use secrecy::{ExposeSecret, SecretString};

use super::context::cx;
use super::staff_member::Role;
use crate::auth::{self, Session, SignIn, Workplace};

/// What you sign in with.
#[derive(InputObject)]
pub(super) struct SignInInput {
    /// E-mail address, in any case.
    email: String,
    /// Password.
    #[graphql(secret)]
    password: String,
    /// Code of the dealership to act in, if you serve several.
    dealership: Option<String>,
    /// Code of the branch to act in; only together with `dealership`.
    branch: Option<String>,
}

/// Where you want to act, and as what; what you leave out is chosen for you.
#[derive(InputObject)]
pub(super) struct SwitchContextInput {
    /// Code of the dealership.
    dealership: Option<String>,
    /// Code of the branch; only together with `dealership`.
    branch: Option<String>,
    /// Your role there.
    role: Option<Role>,
}

/// A signed-in session.
pub(super) struct SessionPayload(Session);

/// A signed-in session.
#[Object]
impl SessionPayload {
    /// For the header `Authorization: Bearer …`.
    async fn access_token(&self) -> &str {
        self.0.access_token.expose_secret()
    }

    /// When the access token ends.
    async fn expires_at(&self) -> DateTime<Utc> {
        self.0.expires_at
    }

    /// The role you act in.
    async fn role(&self) -> Option<Role> {
        self.0.scope.role().map(Role::from)
    }
}

#[derive(Default)]
pub(super) struct SignInMutation;

#[Object]
impl SignInMutation {
    /// Signs in with e-mail address and password. A wrong pair answers `INVALID_CREDENTIALS`, whichever half is wrong.
    async fn sign_in(&self, ctx: &Context<'_>, input: SignInInput) -> async_graphql::Result<SessionPayload> {
        let SignInInput { email, password, dealership, branch } = input;
        let cx = cx(ctx);
        let input = SignIn {
            email,
            password: SecretString::from(password),
            workplace: Workplace { dealership, branch },
            visitor: cx.visitor().clone(),
        };
        Ok(SessionPayload(auth::sign_in(cx.app(), input).await?))
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
        Ok(SessionPayload(auth::switch_context(cx.app(), cx.scope()?, &workplace, role.map(Into::into)).await?))
    }
}
