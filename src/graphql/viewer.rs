//! Whoever asks.

use std::sync::Arc;

use async_graphql::{Context, Object};
use entity::user;

use super::branch::Branch;
use super::context::{Cx, cx};
use super::dealership::Dealership;
use super::eager::Eager;
use super::permission::{PermissionName, granted};
use super::staff_member::{Role, StaffMember};
use crate::error::{Error, Result};
use crate::scope::{Actor, Reach};
use crate::store::person;

/// Whoever asks, and what they act as.
pub(super) struct Viewer(Arc<user::Model>);

impl Viewer {
    pub(super) async fn of(cx: &Cx) -> Result<Self> {
        let Actor::User(id) = cx.scope()?.actor() else { return Err(Error::Unauthenticated) };
        let own = person::own(&*cx.tx().await?, *id).await?;
        Ok(Self(Arc::new(own.ok_or(Error::Unauthenticated)?)))
    }
}

/// You: who you are and what you act as.
#[Object]
impl Viewer {
    /// Name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// E-mail address you sign in with.
    async fn email(&self) -> &str {
        &self.0.email
    }

    /// The role you act in.
    async fn role(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Role>> {
        Ok(cx(ctx).scope()?.role().map(Role::from))
    }

    /// What the role you act in may do; some of it within one dealership or branch only.
    async fn permissions(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<PermissionName>> {
        Ok(granted(cx(ctx).scope()?))
    }

    /// The dealership you act in; absent while you act in several.
    async fn dealership(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Eager<Dealership>>> {
        let cx = cx(ctx);
        match cx.scope()?.dealership() {
            Ok(id) => Ok(cx.follow(id, Some(id)).await?),
            Err(_) => Ok(None),
        }
    }

    /// The branch you act in; absent while you act in all of them.
    async fn branch(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Eager<Branch>>> {
        let cx = cx(ctx);
        match cx.scope()?.reach() {
            Reach::Branch { dealership, branch } => Ok(cx.follow(*dealership, Some(*branch)).await?),
            _ => Ok(None),
        }
    }

    /// Your memberships within what you act in.
    async fn memberships(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<StaffMember>> {
        let own = person::memberships(&*cx(ctx).tx().await?, self.0.id).await?;
        Ok(own.into_iter().map(|row| StaffMember(Arc::new(row))).collect())
    }
}

#[derive(Default)]
pub(super) struct ViewerQuery;

#[Object]
impl ViewerQuery {
    /// You; null when nobody is signed in.
    async fn viewer(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Viewer>> {
        match Viewer::of(cx(ctx)).await {
            Err(Error::Unauthenticated) => Ok(None),
            viewer => Ok(Some(viewer?)),
        }
    }
}
