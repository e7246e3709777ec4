//! What a resolver gets: the scope of whoever asks, one transaction for the whole operation, and its loaders. A change is a
//! transaction of its own; what is read after it is read anew.

use std::sync::{Arc, Mutex, PoisonError};

use async_graphql::Context;
use tokio::sync::OnceCell;

use super::loader::Loaders;
use super::reveal::Reveals;
use crate::app::App;
use crate::database::Tx;
use crate::error::{Error, Result};
use crate::scope::Scope;
use crate::service::{self, Change};

/// One request.
pub struct Cx {
    pub(super) session: Arc<Session>,
    view: Mutex<Arc<View>>,
}

/// The scope of one request.
pub(super) struct Session {
    app: Arc<App>,
    scope: Option<Scope>,
    pub(super) reveals: Reveals,
}

/// What a request sees at one time.
struct View {
    snapshot: Arc<Snapshot>,
    loaders: Arc<Loaders>,
}

/// A transaction, opened by the first resolver that reads.
pub(super) struct Snapshot {
    session: Arc<Session>,
    tx: OnceCell<Arc<Tx>>,
}

impl Cx {
    /// A request of `scope`, or of nobody.
    pub fn new(app: Arc<App>, scope: Option<Scope>) -> Self {
        let session = Arc::new(Session { app, scope, reveals: Reveals::default() });
        Self { view: Mutex::new(View::new(&session)), session }
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
    pub(super) async fn tx(&self) -> Result<Arc<Tx>> {
        let snapshot = Arc::clone(&self.view().snapshot);
        snapshot.tx().await
    }

    pub(super) fn loaders(&self) -> Arc<Loaders> {
        Arc::clone(&self.view().loaders)
    }

    /// Makes a change; what is read from now on is read after it.
    pub(super) async fn perform<C: Change>(&self, change: &C, key: Option<&str>) -> Result<C::Outcome> {
        let outcome = service::perform(&self.session.app, self.scope()?, change, key).await;
        *self.view.lock().unwrap_or_else(PoisonError::into_inner) = View::new(&self.session);
        outcome
    }

    fn view(&self) -> Arc<View> {
        Arc::clone(&self.view.lock().unwrap_or_else(PoisonError::into_inner))
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
}

impl View {
    fn new(session: &Arc<Session>) -> Arc<Self> {
        let snapshot = Arc::new(Snapshot { session: Arc::clone(session), tx: OnceCell::new() });
        Arc::new(Self { loaders: Arc::new(Loaders::new(&snapshot)), snapshot })
    }
}

impl Snapshot {
    pub(super) async fn tx(&self) -> Result<Arc<Tx>> {
        let scope = self.session.scope.as_ref().ok_or(Error::Unauthenticated)?;
        let open = async || Ok(Arc::new(self.session.app.read(scope.clone()).await?));
        self.tx.get_or_try_init(open).await.cloned()
    }
}

/// The request a resolver runs in.
pub(super) fn cx<'a>(ctx: &Context<'a>) -> &'a Cx {
    ctx.data_unchecked()
}
