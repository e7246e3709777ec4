//! What is done with an operation before it is carried out.

mod cost;
mod documents;
mod introspection;
mod limits;
mod nulls;
mod variables;

use std::sync::Arc;

use async_graphql::{Request, Response, Variables};
use forecourt::app::App;
use forecourt::auth;
use forecourt::config::{self, Config};
use forecourt::graphql::{self, Allowed, Cx, ForecourtSchema};
use serde_json::{Value, json};

use crate::support::World;

/// The limits that an installation has which says nothing of them.
pub(crate) fn defaults() -> config::Graphql {
    Config::load(None, &[]).expect("the defaults are valid").graphql
}

/// Somebody who asks a server of its own, with limits of its own.
pub(crate) struct Asker {
    app: Arc<App>,
    schema: ForecourtSchema,
    token: Option<String>,
}

impl Asker {
    /// A persona, or `anonymous`, asks a server with these limits.
    pub(crate) async fn of(world: &World, persona: &str, limits: &config::Graphql) -> Self {
        let token = match persona {
            "anonymous" => None,
            persona => Some(world.token(persona).await),
        };
        Self { app: Arc::clone(&world.home.app), schema: graphql::schema(limits), token }
    }

    /// The same server, asked by somebody else.
    pub(crate) async fn as_persona(&self, world: &World, persona: &str) -> Self {
        let (app, schema) = (Arc::clone(&self.app), self.schema.clone());
        Self { app, schema, token: Some(world.token(persona).await) }
    }

    pub(crate) async fn run(&self, request: Request, allowed: Allowed) -> Value {
        let scope = match &self.token {
            Some(token) => Some(auth::authenticate(&self.app, token).await.expect("the token holds")),
            None => None,
        };
        let cx = Cx::new(Arc::clone(&self.app), scope);
        let response: Response = graphql::execute(&self.schema, request, cx, allowed, "test-trace").await;
        serde_json::to_value(response).expect("a response is JSON")
    }

    pub(crate) async fn ask(&self, query: &str) -> Value {
        self.ask_with(query, Value::Null).await
    }

    pub(crate) async fn ask_with(&self, query: &str, variables: Value) -> Value {
        let request = Request::new(query).variables(Variables::from_json(variables));
        self.run(request, Allowed::Operations).await
    }
}

/// The codes of an answer's errors.
pub(crate) fn codes(answer: &Value) -> Vec<&str> {
    let errors = answer["errors"].as_array().into_iter().flatten();
    errors.map(|error| error["extensions"]["code"].as_str().expect("every error has a code")).collect()
}

/// A request that names its document in its extensions.
pub(crate) fn named(query: &str, extensions: &Value) -> Request {
    let request = json!({"query": query, "extensions": extensions});
    serde_json::from_value(request).expect("a request")
}
