//! Passwords chosen and changed, and the very first account.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use secrecy::{ExposeSecret, SecretString};

use super::super::context::cx;
use super::session;
use crate::auth::{self, SetUp};

/// Your password, and what it is to be.
#[derive(InputObject)]
pub(in crate::graphql) struct ChangePasswordInput {
    /// The present one.
    #[graphql(secret)]
    present: String,
    /// The new one: 15 characters or more, hard to guess.
    #[graphql(secret)]
    new: String,
}

/// Whose password was forgotten.
#[derive(InputObject)]
pub(in crate::graphql) struct RequestPasswordResetInput {
    /// E-mail address, in any case.
    #[graphql(secret)]
    email: String,
}

/// A password chosen through a link.
#[derive(InputObject)]
pub(in crate::graphql) struct ChoosePasswordInput {
    /// The secret of the link that was mailed.
    #[graphql(secret)]
    token: String,
    /// 15 characters or more, hard to guess.
    #[graphql(secret)]
    password: String,
}

/// The installation's first administrator.
#[derive(InputObject)]
pub(in crate::graphql) struct SetUpInput {
    /// What the server printed at its first start.
    #[graphql(secret)]
    token: String,
    /// E-mail address to sign in with.
    #[graphql(secret)]
    email: String,
    /// Name; 120 characters at most.
    #[graphql(secret)]
    name: String,
    /// 15 characters or more, hard to guess.
    #[graphql(secret)]
    password: String,
}

/// A password that was chosen.
#[derive(SimpleObject)]
pub(in crate::graphql) struct ChosenPassword {
    /// For the next sign-in: your device is familiar from now on, and no guessing of others holds you up. Browsers have it in
    /// a cookie too.
    device_token: String,
}

#[derive(Default)]
pub(in crate::graphql) struct PasswordMutation;

#[Object]
impl PasswordMutation {
    /// Changes your password, and signs your other devices out.
    async fn change_password(&self, ctx: &Context<'_>, input: ChangePasswordInput) -> async_graphql::Result<bool> {
        let (cx, ChangePasswordInput { present, new }) = (cx(ctx), input);
        auth::change_password(cx.app(), cx.holder()?, present.into(), new.into()).await?;
        Ok(true)
    }

    /// Mails a link to whoever has this address. Answers alike whether anybody has.
    async fn request_password_reset(
        &self,
        ctx: &Context<'_>,
        input: RequestPasswordResetInput,
    ) -> async_graphql::Result<bool> {
        auth::request_password_reset(cx(ctx).shared_app(), &input.email, cx(ctx).visitor()).await?;
        Ok(true)
    }

    /// Chooses a password through a link that was mailed: your first after an invitation, another after a reset. All your
    /// devices are signed out; sign in with it then.
    async fn choose_password(
        &self,
        ctx: &Context<'_>,
        input: ChoosePasswordInput,
    ) -> async_graphql::Result<ChosenPassword> {
        let ChoosePasswordInput { token, password } = input;
        let device = auth::choose_password(cx(ctx).app(), &SecretString::from(token), password.into()).await?;
        session::keep_device(ctx, &device);
        Ok(ChosenPassword { device_token: device.expose_secret().to_owned() })
    }

    /// Makes the very first account of an installation, an administrator over every dealership.
    async fn set_up(&self, ctx: &Context<'_>, input: SetUpInput) -> async_graphql::Result<bool> {
        let SetUpInput { token, email, name, password } = input;
        auth::set_up(cx(ctx).app(), SetUp { token: token.into(), email, name, password: password.into() }).await?;
        Ok(true)
    }
}
