//! Whoever stays: asked again and again who they still are, by one token and at one place.

use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

use super::{Workplace, authenticate, narrow};
use crate::app::App;
use crate::error::{Error, Result};
use crate::scope::Scope;

/// A token, or none, and the place that its holder chose once.
pub struct Holder {
    token: Option<SecretString>,
    place: Option<(Uuid, Option<Uuid>)>,
}

impl Holder {
    /// Whoever shows `token`, inside `workplace`.
    ///
    /// # Errors
    /// Those of [`authenticate`] and [`narrow()`].
    pub async fn new(app: &App, token: Option<SecretString>, workplace: &Workplace) -> Result<Self> {
        let Some(token) = token else { return Ok(Self { token: None, place: None }) };
        let scope = authenticate(app, token.expose_secret()).await?;
        if *workplace == Workplace::default() {
            return Ok(Self { token: Some(token), place: None });
        }
        let scope = narrow(app, scope, workplace).await?;
        Ok(Self { token: Some(token), place: Some((scope.dealership()?, scope.reach_branch())) })
    }

    /// What they are now, as [`authenticate`] finds; nobody, without a token.
    ///
    /// # Errors
    /// `UNAUTHENTICATED` once the token, its session or what it was given for has ended.
    pub async fn scope(&self, app: &App) -> Result<Option<Scope>> {
        let Some(token) = &self.token else { return Ok(None) };
        // Boxed: whoever stays waits for most of the time, and need not hold the room for this meanwhile.
        let scope = Box::pin(authenticate(app, token.expose_secret())).await?;
        let inside = match self.place {
            None => Ok(scope),
            Some((dealership, None)) => scope.within(dealership),
            Some((dealership, Some(branch))) => scope.at(dealership, branch),
        };
        // The place was within reach once.
        inside.map(Some).map_err(|_| Error::Unauthenticated)
    }
}
