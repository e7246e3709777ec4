//! The demo group, small, with clients that ask as one of its personas.

use std::collections::HashMap;
use std::sync::Arc;

use entity::{audit_event, membership, user};
use forecourt::app::App;
use forecourt::auth::{self, Visitor, Workplace};
use forecourt::config::{self, Config, Introspection};
use forecourt::demo::{self, Persona};
use forecourt::graphql::{self, Allowed, Cx, ForecourtSchema};
use forecourt::scope::{Reach, Scope};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, QueryFilter, QueryTrait};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use tokio::sync::Mutex;

use super::places::{self, Places};
use super::sign_in::sign_in;
use super::{Home, kpi};

/// Everybody who can sign in.
pub(crate) const PERSONAS: [&str; 11] = [
    "hq-all",
    "hq-of-two",
    "hq-analyst",
    "dealer",
    "manager",
    "clerk",
    "inventory",
    "service",
    "auditor",
    "stranger",
    "sibling",
];

/// A home with the demo group in it.
pub(crate) struct World {
    pub(crate) home: Home,
    /// Whose each of its rows is.
    pub(crate) places: &'static Places,
    personas: Vec<Persona>,
    /// What those who signed in go on with.
    refresh: Mutex<HashMap<String, SecretString>>,
    schema: ForecourtSchema,
}

/// Somebody who asks.
pub(crate) struct Client {
    app: Arc<App>,
    schema: ForecourtSchema,
    token: Option<String>,
    /// Absent in homes without the group.
    places: Option<&'static Places>,
}

impl World {
    pub(crate) async fn in_home(home: Home) -> Self {
        let places = Places::of_group(&home).await;
        Self { home, places, personas: demo::personas(), refresh: Mutex::default(), schema: schema() }
    }

    pub(crate) fn persona(&self, name: &str) -> &Persona {
        self.personas.iter().find(|persona| persona.persona == name).expect("a known persona")
    }

    /// A fresh access token of a persona.
    pub(crate) async fn token(&self, name: &str) -> String {
        self.token_of(&self.home.app, name).await
    }

    /// A client signed in as a persona; `anonymous` is signed in as nobody.
    pub(crate) async fn client(&self, name: &str) -> Client {
        match name {
            "anonymous" => self.anonymous(),
            name => self.with_token(self.token(name).await),
        }
    }

    /// A fresh access token of a persona, made by another process.
    pub(crate) async fn token_of(&self, app: &App, name: &str) -> String {
        let mut refresh = self.refresh.lock().await;
        let known = match refresh.get(name) {
            Some(token) => auth::refresh(app, token, &Workplace::default(), None, &Visitor::default()).await.ok(),
            None => None,
        };
        let session = match known {
            Some(session) => session,
            None => {
                let persona = self.persona(name);
                sign_in(app, &persona.email, persona.password, persona.second_factor).await
            }
        };
        refresh.insert(name.to_owned(), session.refresh_token.expect("fresh"));
        session.access_token.expose_secret().to_owned()
    }

    /// Lets a persona sign in anew, as on another device.
    pub(crate) async fn forget(&self, name: &str) {
        self.refresh.lock().await.remove(name);
    }

    pub(crate) fn with_token(&self, token: String) -> Client {
        Client { token: Some(token), ..self.anonymous() }
    }

    /// A persona who asks another process on the same rows.
    pub(crate) async fn through(&self, app: Arc<App>, name: &str) -> Client {
        Client { app, ..self.client(name).await }
    }

    pub(crate) fn anonymous(&self) -> Client {
        let (app, schema) = (Arc::clone(&self.home.app), self.schema.clone());
        Client { app, schema, token: None, places: Some(self.places) }
    }

    /// The code with which a token is refused.
    pub(crate) async fn refusal(&self, token: &str) -> &'static str {
        auth::authenticate(&self.home.app, token).await.expect_err("refused").code()
    }

    /// How often something was done, by the audit trail.
    pub(crate) async fn events(&self, action: &str) -> u64 {
        let tx = self.home.app.read(Scope::system("test")).await.expect("a transaction");
        let events = tx.select::<audit_event::Entity>().filter(audit_event::Column::Action.eq(action));
        tx.count(events.into_query()).await.expect("a count")
    }

    /// Ends all memberships of a persona.
    pub(crate) async fn end_memberships(&self, name: &str) {
        let tx = self.home.app.write(Scope::system("test")).await.expect("a transaction");
        let people = tx.scope().select_shared::<user::Entity>().expect("the system's own");
        let email = user::Column::EmailKey.eq(self.persona(name).email.to_lowercase());
        let person = tx.one(people.filter(email)).await.expect("a query").expect("the persona");
        let update = tx.scope().update::<membership::Entity>().filter(membership::Column::UserId.eq(person.id));
        let ended = update.col_expr(membership::Column::EndedAt, Expr::value(self.home.app.now()));
        assert!(tx.update(ended).await.expect("an update") > 0);
        tx.commit().await.expect("committed");
    }
}

impl Client {
    /// A client signed in to a home without the group.
    pub(crate) async fn sign_in(home: &Home, email: &str, password: &str) -> Self {
        let session = sign_in(&home.app, email, password, None).await;
        Self::with(home, session.access_token.expose_secret().to_owned())
    }

    /// A client of a home without the group, with a token.
    pub(crate) fn with(home: &Home, token: String) -> Self {
        Self { app: Arc::clone(&home.app), schema: schema(), token: Some(token), places: None }
    }

    /// The same person, after enrolling an authenticator app.
    pub(crate) async fn with_second_factor(self) -> Self {
        let enrolment = self.ask("mutation { startSecondFactor { secret } }").await;
        let secret = enrolment["startSecondFactor"]["secret"].as_str().expect("a secret");
        let code = auth::one_time_code(secret, self.app.now()).expect("a code");
        let confirm = "mutation($code: String!) {
            confirmSecondFactor(input: {code: $code}) { session { accessToken acr } recoveryCodes } }";
        let confirmed = self.ask_with(confirm, serde_json::json!({"code": code})).await;
        let session = &confirmed["confirmSecondFactor"]["session"];
        assert_eq!(session["acr"], "MFA");
        Self { token: Some(session["accessToken"].as_str().expect("a token").to_owned()), ..self }
    }

    /// The data of an operation that must succeed.
    pub(crate) async fn ask(&self, query: &str) -> Value {
        self.ask_with(query, Value::Null).await
    }

    /// The data of an operation that must succeed.
    pub(crate) async fn ask_with(&self, query: &str, variables: Value) -> Value {
        let mut answer = self.send(query, variables).await;
        assert!(answer["errors"].is_null(), "{query}\n{}", answer["errors"]);
        answer["data"].take()
    }

    /// The process that it asks.
    pub(crate) fn app(&self) -> &Arc<App> {
        &self.app
    }

    pub(crate) fn schema(&self) -> &ForecourtSchema {
        &self.schema
    }

    pub(crate) fn places(&self) -> Option<&'static Places> {
        self.places
    }

    /// The access token, if it is signed in.
    pub(crate) fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// The same process asked with another token.
    pub(crate) fn with_other_token(self, token: &str) -> Self {
        Self { token: Some(token.to_owned()), ..self }
    }

    /// Whether the access token opens anything.
    pub(crate) async fn holds(&self) -> bool {
        match &self.token {
            Some(token) => auth::authenticate(&self.app, token).await.is_ok(),
            None => false,
        }
    }

    /// How far this client reaches; nobody reaches nothing.
    pub(crate) async fn scope(&self) -> Option<Scope> {
        match &self.token {
            Some(token) => Some(auth::authenticate(&self.app, token).await.expect("the token holds")),
            None => None,
        }
    }

    /// The whole answer to an operation, authenticated anew as each request is.
    ///
    /// # Panics
    /// When the answer holds anything from out of this client's reach.
    pub(crate) async fn send(&self, query: &str, variables: Value) -> Value {
        self.answer(self.scope().await, query, variables).await
    }

    /// [`Client::send`] by whoever was authenticated before.
    ///
    /// # Panics
    /// As [`Client::send`] does.
    pub(crate) async fn answer(&self, scope: Option<Scope>, query: &str, variables: Value) -> Value {
        let reach = scope.as_ref().map(|scope| scope.reach().clone());
        self.answer_within(scope, reach, query, variables).await
    }

    /// [`Client::answer`] to what concerns the person, who may reach further than their token does.
    ///
    /// # Panics
    /// When the answer holds anything from out of `reach`.
    pub(crate) async fn answer_within(
        &self,
        scope: Option<Scope>,
        reach: Option<Reach>,
        query: &str,
        variables: Value,
    ) -> Value {
        let variables = async_graphql::Variables::from_json(variables);
        let request = async_graphql::Request::new(query).variables(variables);
        let cx = Cx::new(Arc::clone(&self.app), scope);
        let response = graphql::execute(&self.schema, request, cx, Allowed::Operations, "test-trace").await;
        let mut answer = serde_json::to_value(response).expect("a response is JSON");
        // What is left of a budget differs from one time to the next.
        answer.as_object_mut().expect("an object").remove("extensions");
        let leaks = places::leaks(self.places, reach.as_ref(), &answer);
        assert!(leaks.is_empty(), "{reach:?} was shown {leaks:?} by\n{query}");
        answer
    }
}

/// The schema with wide limits: tests ask for larger pages, more at once and more in a moment than people do, and their
/// clocks stand still.
fn schema() -> ForecourtSchema {
    let limits = Config::load(None, &[]).expect("the defaults are valid").graphql;
    graphql::schema(&config::Graphql {
        max_fields: 100_000,
        max_aliases: 1_000,
        max_cost: u32::MAX,
        budget: u32::MAX,
        introspection: Introspection::Everybody,
        ..limits
    })
}

/// The code of an answer's first error, `none` where it has none.
pub(crate) fn code(answer: &Value) -> &str {
    answer["errors"][0]["extensions"]["code"].as_str().unwrap_or("none")
}

/// Runs a story in a world of its own; whatever was done in it, the key figures are then what the documents add up to.
pub(crate) async fn run(home: Home, story: impl AsyncFnOnce(World)) {
    let (kept, faults) = (home.keep(), home.faults.clone());
    story(World::in_home(home).await).await;
    faults.clear();
    kpi::have_not_drifted(&kept.app).await;
}

/// Makes two tests of one body, each in a world of its own.
macro_rules! seeded {
    ($name:ident, $story:expr) => {
        $crate::support::both!(
            $name,
            $crate::support::databases::Content::Group,
            async |home: $crate::support::Home| {
                $crate::support::world::run(home, $story).await;
            }
        );
    };
}
pub(crate) use seeded;
