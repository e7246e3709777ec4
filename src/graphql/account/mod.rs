//! Your own account: signing in and out, your devices, your password, your second factor. What is here asks who you are,
//! not what your role may; an administrator without a second factor can do this much.

mod device;
mod password;
mod place;
mod provider;
mod second_factor;
mod session;
mod sign_in;

pub(super) use device::DeviceMutation;
pub(super) use password::PasswordMutation;
pub(super) use provider::{IdentityProviderQuery, ProviderMutation};
pub(super) use second_factor::SecondFactorMutation;
pub(super) use sign_in::SignInMutation;

use async_graphql::{Context, Object};
use chrono::{DateTime, Utc};

use super::connection::{MAX_SIZE, page_size};
use super::context::cx;
use crate::assurance::Assurance;
use crate::auth;
use crate::error::Error;
use device::DeviceSession;
use place::ActingPlaces;
use second_factor::SecondFactor;
use session::AcrName;

/// Your own account.
pub(super) struct Account(Assurance);

/// Your own account, whatever you act as.
#[Object]
impl Account {
    /// How you proved who you are on this device.
    async fn acr(&self) -> AcrName {
        self.0.acr.into()
    }

    /// When you last did.
    async fn authenticated_at(&self) -> DateTime<Utc> {
        self.0.at
    }

    /// Your second factor; null when you have none.
    async fn second_factor(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<SecondFactor>> {
        Ok(auth::second_factor(cx(ctx).app(), cx(ctx).holder()?).await?.map(SecondFactor::from))
    }

    /// The devices you are signed in on, the last used first; a hundred at most.
    async fn sessions(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<DeviceSession>> {
        let own = self.0.session;
        let sessions = auth::sessions(cx(ctx).app(), cx(ctx).holder()?).await?;
        Ok(sessions.into_iter().map(|row| DeviceSession { is_this: row.id == own, row }).collect())
    }

    /// Where you may act and as what, whatever you act as now; none until you have given the second factor that your role
    /// asks for.
    async fn places(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Each word begins a word of a code or a name, of the dealership or the branch.")]
        search: Option<String>,
        #[graphql(desc = "At most so many, 0 to 100; 100 if left out.")] first: Option<i32>,
    ) -> async_graphql::Result<ActingPlaces> {
        let (cx, most) = (cx(ctx), page_size("first", first.unwrap_or(MAX_SIZE))?);
        let scope = cx.holder()?;
        let places = Box::pin(auth::places(cx.app(), scope, search.as_deref().unwrap_or_default(), most)).await?;
        Ok(ActingPlaces::of(places, scope))
    }
}

#[derive(Default)]
pub(super) struct AccountQuery;

#[Object]
impl AccountQuery {
    /// Your own account; an administrator without a second factor can see it too.
    async fn account(&self, ctx: &Context<'_>) -> async_graphql::Result<Account> {
        Ok(Account(cx(ctx).holder()?.assurance().ok_or(Error::Unauthenticated)?))
    }
}
