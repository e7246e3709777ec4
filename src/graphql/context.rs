//! What a resolver gets: the scope of whoever asks, one transaction for the whole operation, and its loaders.

use std::sync::Arc;

use async_graphql::Context;
use tokio::sync::OnceCell;

use super::loader::Loaders;
use super::reveal::Reveals;
use crate::app::App;
use crate::database::Tx;
use crate::error::{Error, Result};
use crate::scope::Scope;

/// One request.
pub struct Cx {
    pub(super) session: Arc<Session>,
    pub(super) loaders: Loaders,
}

/// The scope of one request and its transaction, opened by the first resolver that reads.
pub(super) struct Session {
    app: Arc<App>,
    scope: Option<Scope>,
    tx: OnceCell<Tx>,
    pub(super) reveals: Reveals,
}

impl Cx {
    /// A request of `scope`, or of nobody.
    pub fn new(app: Arc<App>, scope: Option<Scope>) -> Self {
        let session = Arc::new(Session { app, scope, tx: OnceCell::new(), reveals: Reveals::default() });
        Self { loaders: Loaders::new(&session), session }
    }

    pub(super) fn app(&self) -> &App {
        &self.session.app
    }

    /// # Errors
    /// `UNAUTHENTICATED` when nobody is signed in.
    pub(super) fn scope(&self) -> Result<&Scope> {
        self.session.scope.as_ref().ok_or(Error::Unauthenticated)
    }

    /// # Errors
    /// `UNAUTHENTICATED` when nobody is signed in.
    pub(super) async fn tx(&self) -> Result<&Tx> {
        self.session.tx().await
    }
}

impl Session {
    /// Whatever must be written before the answer may leave.
    pub(super) async fn settle(&self) -> Result<()> {
        match &self.scope {
            Some(scope) => self.reveals.audit(&self.app, scope).await,
            None => Ok(()),
        }
    }

    pub(super) async fn tx(&self) -> Result<&Tx> {
        let scope = self.scope.as_ref().ok_or(Error::Unauthenticated)?;
        self.tx.get_or_try_init(|| self.app.read(scope.clone())).await
    }
}

/// The request a resolver runs in.
pub(super) fn cx<'a>(ctx: &Context<'a>) -> &'a Cx {
    ctx.data_unchecked()
}
