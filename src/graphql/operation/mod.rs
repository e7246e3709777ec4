//! What is done with an operation before it is carried out: its document is found, measured and validated, its variables are
//! checked, and its cost is told and paid. Nothing of it has touched a row then.

mod budget;
mod cost;
mod document;
mod refusal;
mod scan;
mod shape;
mod trusted;
mod validator;
mod variables;

pub(super) use budget::Charge;
pub(super) use document::{Known, failure};
pub(super) use refusal::Refusal;
pub(super) use validator::StopHere;

use std::sync::Arc;

use async_graphql::parser::types::OperationType;
use async_graphql::registry::Registry;
use async_graphql::{Request, ServerError};

use super::{Cx, Executable};
use crate::config::{self, Introspection};
use crate::telemetry::Operation;
use budget::{Budgets, Payer};
use document::{Documents, Found, refused};
use validator::Validator;

/// What operations are measured by.
pub(super) struct Preparation {
    registry: Registry,
    validator: Validator,
    documents: Documents,
    budgets: Budgets,
    limits: config::Graphql,
}

/// What a request may ask for, by the way it came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Allowed {
    /// Queries: whatever changes something must not run by a link.
    Queries,
    /// Queries and subscriptions, by a link as well.
    Readings,
    /// Queries and mutations.
    Operations,
    /// Subscriptions too.
    Everything,
}

/// An operation that may be carried out.
pub(super) struct Prepared {
    pub(super) request: Request,
    pub(super) document: Arc<Known>,
    pub(super) charge: Charge,
}

/// A document that is fit to run.
pub struct Examined {
    /// SHA-256 of its text, in small hexadecimal digits.
    pub hash: String,
    /// Names and costs of its operations, by the sizes that its variables have without being given.
    pub operations: Vec<(String, u32)>,
}

impl Preparation {
    /// `validating` is a build of the schema that stops behind validation; `registry` describes the same schema.
    pub(super) fn new(validating: Executable, registry: Registry, limits: &config::Graphql) -> Self {
        Self {
            registry,
            validator: Validator::new(validating),
            documents: Documents::new(limits),
            budgets: Budgets::new(limits),
            limits: limits.clone(),
        }
    }

    /// # Errors
    /// Why it is not carried out; whoever asks is charged nothing then.
    pub(super) async fn prepare(
        &self,
        cx: &Cx,
        mut request: Request,
        allowed: Allowed,
        observed: &mut Operation,
    ) -> Result<Prepared, Vec<ServerError>> {
        let Found { known, digest, is_trusted } = self.documents.find(cx.app(), &self.validator, &mut request).await?;
        observed.hashed(|| document::hex(&digest));
        let (name, operation) = known.operation(request.operation_name.as_deref()).map_err(refused)?;
        observed.is(word(operation.ty), name, is_trusted);
        allowed.must_allow(operation.ty).map_err(refused)?;
        if known.introspects {
            self.permit_introspection(cx)?;
        }
        variables::check(&self.registry, operation, &request.variables).map_err(refused)?;
        let cost = known.cost(|| cost::cost(&self.registry, &known.document, operation, &request.variables));
        observed.cost(cost);
        if cost > self.limits.max_cost {
            return Err(refused(Refusal::too_costly(cost, self.limits.max_cost)));
        }
        let payer = Payer::of(cx.holder().ok(), cx.visitor().address);
        let charge = self.budgets.charge(payer, cost, cx.app().now()).map_err(refused)?;
        request.set_parsed_query(known.document.clone());
        Ok(Prepared { request, charge, document: known })
    }

    /// The types that operations are made of.
    pub(super) fn registry(&self) -> &Registry {
        &self.registry
    }

    /// What a document is, if it is fit to run.
    pub(super) async fn examine(&self, text: &str) -> Result<Examined, Vec<ServerError>> {
        let request = Request::new("");
        let known = self.documents.examine(&self.validator, text, &request).await?;
        let operations = known.document.operations.iter().map(|(name, operation)| {
            let cost = cost::cost(&self.registry, &known.document, &operation.node, &request.variables);
            (name.map(ToString::to_string).unwrap_or_default(), cost.points)
        });
        Ok(Examined { hash: document::hash(text), operations: operations.collect() })
    }

    fn permit_introspection(&self, cx: &Cx) -> Result<(), Vec<ServerError>> {
        let refusal = match self.limits.introspection {
            Introspection::Everybody => return Ok(()),
            Introspection::SignedIn => match cx.holder() {
                Ok(_) => return Ok(()),
                Err(_) => "Sign in to ask what the schema is.",
            },
            Introspection::Nobody => "This server does not tell what its schema is.",
        };
        Err(refused(Refusal::new("INTROSPECTION_REFUSED", refusal)))
    }
}

/// A kind of operation, as its author writes it.
fn word(kind: OperationType) -> &'static str {
    match kind {
        OperationType::Query => "query",
        OperationType::Mutation => "mutation",
        OperationType::Subscription => "subscription",
    }
}

impl Allowed {
    fn must_allow(self, kind: OperationType) -> Result<(), Refusal> {
        let refuse = |message| Err(Refusal::new("METHOD_NOT_ALLOWED", message));
        match (kind, self) {
            (OperationType::Query, _) | (OperationType::Mutation, Self::Operations | Self::Everything) => Ok(()),
            (OperationType::Subscription, Self::Readings | Self::Everything) => Ok(()),
            (OperationType::Mutation, Self::Queries | Self::Readings) => {
                refuse("GET runs queries only: send mutations by POST.")
            }
            (OperationType::Subscription, _) => {
                refuse("Ask for subscriptions over a WebSocket or as text/event-stream.")
            }
        }
    }
}
