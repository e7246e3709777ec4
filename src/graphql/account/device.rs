//! The devices a person is signed in on.

use async_graphql::{Context, ID, InputObject, Object};
use chrono::{DateTime, Utc};
use entity::user_session::Model;

use super::super::context::cx;
use crate::auth;
use crate::error::Error;

/// A device you are signed in on.
pub(in crate::graphql) struct DeviceSession {
    pub(super) row: Model,
    pub(super) is_this: bool,
}

/// A device you are signed in on.
#[Object]
impl DeviceSession {
    /// Names it.
    async fn id(&self) -> ID {
        ID::from(self.row.id)
    }

    /// Whether it is this one.
    async fn is_this(&self) -> bool {
        self.is_this
    }

    /// What it says it is.
    async fn agent(&self) -> Option<&str> {
        self.row.agent.as_deref()
    }

    /// The network it was last seen in: `/24` of IPv4, `/48` of IPv6.
    async fn network(&self) -> Option<&str> {
        self.row.network.as_deref()
    }

    /// When you signed in.
    async fn since(&self) -> DateTime<Utc> {
        self.row.created_at
    }

    /// When it last asked for an access token.
    async fn last_seen_at(&self) -> DateTime<Utc> {
        self.row.rotated_at
    }

    /// When it has to sign in again, whatever it does.
    async fn ends_at(&self) -> DateTime<Utc> {
        self.row.ends_at
    }
}

/// A device to sign out.
#[derive(InputObject)]
pub(in crate::graphql) struct EndSessionInput {
    /// Which.
    session: ID,
}

#[derive(Default)]
pub(in crate::graphql) struct DeviceMutation;

#[Object]
impl DeviceMutation {
    /// Signs one of your devices out; within five seconds it reaches nothing.
    async fn end_session(&self, ctx: &Context<'_>, input: EndSessionInput) -> async_graphql::Result<bool> {
        let holder = cx(ctx).holder()?;
        let session = input.session.parse().map_err(|_| Error::NotFound)?;
        auth::end_session(cx(ctx).app(), holder, session).await?;
        Ok(true)
    }

    /// Signs all of your devices out but this one; tells how many.
    async fn end_other_sessions(&self, ctx: &Context<'_>) -> async_graphql::Result<u64> {
        Ok(auth::end_other_sessions(cx(ctx).app(), cx(ctx).holder()?).await?)
    }
}
