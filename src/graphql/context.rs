//! What a resolver gets: the scope of whoever asks, one transaction for the whole operation, and its loaders. A change is a
//! transaction of its own; what is read after it is read anew.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use async_graphql::Context;
use entity::dealership;
use entity::tenant::{self, Tenant};
use tokio::sync::OnceCell;

use super::loader::Loaders;
use super::reveal::Reveals;
use crate::app::App;
use crate::assurance::Acr;
use crate::auth::{self, Visitor};
use crate::database::{Limit, Tx};
use crate::error::{Error, Result};
use crate::permission::Permission;
use crate::scope::Scope;
use crate::service::{self, Change};
use crate::store;
use crate::store::load::Key;
use crate::telemetry::Told;

/// One request.
pub struct Cx {
    pub(super) session: Arc<Session>,
    view: Mutex<Arc<View>>,
}

/// The scope of one request.
pub(super) struct Session {
    app: Arc<App>,
    scope: Option<Scope>,
    visitor: Visitor,
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
    /// Since when its operation is under way.
    since: Instant,
    tx: OnceCell<Arc<Tx>>,
    /// The dealership acted in, if it is one, as it is in the transaction.
    home: OnceCell<Option<Arc<dealership::Model>>>,
}

impl Cx {
    /// A request of `scope`, or of nobody, from a device that tells nothing of itself.
    pub fn new(app: Arc<App>, scope: Option<Scope>) -> Self {
        Self::from_visitor(app, scope, Visitor::default())
    }

    /// A request of `scope`, or of nobody.
    pub fn from_visitor(app: Arc<App>, scope: Option<Scope>, visitor: Visitor) -> Self {
        let session = Arc::new(Session { app, scope, visitor, reveals: Reveals::default() });
        Self { view: Mutex::new(View::new(&session)), session }
    }

    pub(super) fn app(&self) -> &App {
        &self.session.app
    }

    /// The same, for what goes on after the answer.
    pub(super) fn shared_app(&self) -> &Arc<App> {
        &self.session.app
    }

    /// The device the request comes from.
    pub(super) fn visitor(&self) -> &Visitor {
        &self.session.visitor
    }

    /// # Errors
    /// `UNAUTHENTICATED` when nobody is signed in; `INSUFFICIENT_USER_AUTHENTICATION` for a role that asks for a second
    /// factor where there was none.
    pub(super) fn scope(&self) -> Result<&Scope> {
        self.session.scope()
    }

    /// Whoever is signed in, for what concerns their own account alone.
    ///
    /// # Errors
    /// `UNAUTHENTICATED` when nobody is signed in.
    pub(super) fn holder(&self) -> Result<&Scope> {
        self.session.scope.as_ref().ok_or(Error::Unauthenticated)
    }

    /// Makes sure that whoever asks gave a second factor within fifteen minutes.
    ///
    /// # Errors
    /// `INSUFFICIENT_USER_AUTHENTICATION`.
    pub(super) fn step_up(&self) -> Result<()> {
        let assurance = self.scope()?.assurance().ok_or(Error::Unauthenticated)?;
        assurance.must_be(Acr::Mfa, Some(auth::FRESH), self.app().now())
    }

    /// # Errors
    /// `UNAUTHENTICATED` when nobody is signed in.
    pub(super) async fn tx(&self) -> Result<Arc<Tx>> {
        let snapshot = Arc::clone(&self.view().snapshot);
        snapshot.tx().await
    }

    /// The dealership acted in, if it is one.
    pub(super) async fn home(&self) -> Result<Option<Arc<dealership::Model>>> {
        let snapshot = Arc::clone(&self.view().snapshot);
        snapshot.home().await
    }

    /// A row that rarely changes, if the process keeps it as it is in this snapshot.
    pub(super) fn kept<E: Tenant>(&self, key: Key) -> Option<Arc<E::Model>> {
        self.view().snapshot.kept::<E>(key)
    }

    pub(super) fn loaders(&self) -> Arc<Loaders> {
        Arc::clone(&self.view().loaders)
    }

    /// Makes sure that whoever asks may see key figures, with a second factor where a dealership in reach asks for one.
    ///
    /// # Errors
    /// `FORBIDDEN`, `INSUFFICIENT_USER_AUTHENTICATION`.
    pub(super) async fn require_reports(&self) -> Result<()> {
        let scope = self.scope()?;
        scope.require(Permission::ReadKpis)?;
        if scope.assurance().is_none_or(|assurance| assurance.acr == Acr::Mfa) {
            return Ok(());
        }
        let is_asked_for = match self.home().await? {
            Some(home) => home.reports_need_second_factor,
            None => store::dealership::any_guards_reports(&*self.tx().await?).await?,
        };
        match is_asked_for {
            true => Err(Error::InsufficientUserAuthentication { acr: Acr::Mfa, max_age: None }),
            false => Ok(()),
        }
    }

    /// Makes a change; what is read from now on is read after it.
    pub(super) async fn perform<C: Change>(&self, change: &C, key: Option<&str>) -> Result<C::Outcome> {
        let outcome = service::perform(&self.session.app, self.scope()?, change, key).await;
        self.renew();
        outcome
    }

    /// What is read from now on is read anew.
    pub(super) fn renew(&self) {
        *self.view.lock().unwrap_or_else(PoisonError::into_inner) = View::new(&self.session);
    }

    fn view(&self) -> Arc<View> {
        Arc::clone(&self.view.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Session {
    fn scope(&self) -> Result<&Scope> {
        let scope = self.scope.as_ref().ok_or(Error::Unauthenticated)?;
        scope.require_assurance().map(|()| scope)
    }

    /// For whom the request is, as operators may know it.
    pub(super) fn told(&self) -> Told {
        self.scope.as_ref().map(Scope::told).unwrap_or_default()
    }

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
        let snapshot = Arc::new(Snapshot {
            session: Arc::clone(session),
            since: Instant::now(),
            tx: OnceCell::new(),
            home: OnceCell::new(),
        });
        Arc::new(Self { loaders: Arc::new(Loaders::new(&snapshot)), snapshot })
    }
}

impl Snapshot {
    pub(super) async fn tx(&self) -> Result<Arc<Tx>> {
        match self.tx.get() {
            Some(tx) => Ok(Arc::clone(tx)),
            // Boxed: resolvers nest deep, and each would hold the room for this.
            None => Box::pin(self.tx.get_or_try_init(|| self.begin())).await.cloned(),
        }
    }

    async fn begin(&self) -> Result<Arc<Tx>> {
        let app = &self.session.app;
        let left = Duration::from_secs(app.limits().deadline_seconds.into()).saturating_sub(self.since.elapsed());
        Ok(Arc::new(app.read_within(self.session.scope()?.clone(), Limit::Of(left)).await?))
    }

    async fn home(&self) -> Result<Option<Arc<dealership::Model>>> {
        Box::pin(self.home.get_or_try_init(async || {
            let tx = self.tx().await?;
            match tx.scope().dealership() {
                Ok(id) => Ok(store::dealership::named(&tx, Some(id)).await?.pop().map(Arc::new)),
                Err(_) => Ok(None),
            }
        }))
        .await
        .cloned()
    }

    fn kept<E: Tenant>(&self, key: Key) -> Option<Arc<E::Model>> {
        let (tx, revision) = self.revision::<E>().filter(|(tx, _)| is_home(tx, key))?;
        self.session.app.kept().get::<E>(tx.scope(), key, revision)
    }

    /// Keeps rows that were read here, if they rarely change.
    pub(super) fn keep<E: Tenant>(&self, read: &HashMap<Key, Result<Option<Arc<E::Model>>>>) {
        let Some((tx, revision)) = self.revision::<E>() else { return };
        for (key, row) in read {
            if let Ok(Some(row)) = row
                && is_home(tx, *key)
            {
                self.session.app.kept().keep::<E>(*key, revision, row);
            }
        }
    }

    /// The revision of the dealership acted in, for rows that rarely change.
    fn revision<E: Tenant>(&self) -> Option<(&Tx, i64)> {
        let tx = self.tx.get().filter(|_| tenant::is_steady::<E>())?;
        Some((tx, tx.revision()?))
    }
}

/// Whether a row is of the dealership acted in.
fn is_home(tx: &Tx, key: Key) -> bool {
    tx.scope().dealership().is_ok_and(|dealership| dealership == key.dealership)
}

/// The request a resolver runs in.
pub(super) fn cx<'a>(ctx: &Context<'a>) -> &'a Cx {
    ctx.data_unchecked()
}
