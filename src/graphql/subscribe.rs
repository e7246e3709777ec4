//! Operations that are answered more than once. Between two answers a subscription holds an event receiver and its parsed
//! document, and nothing of the database: each event is an operation of its own, by whoever its holder is then.

use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_graphql::parser::types::{OperationDefinition, OperationType, Selection};
use async_graphql::{Name, Positioned, Request, Response, ServerError, Value, Variables};
use futures_util::{Stream, StreamExt, stream};
use tokio::time::{Instant, sleep_until, timeout};
use tracing::Instrument;

use super::execute::{too_late, within_deadline};
use super::operation::{self, Allowed, Known, Prepared};
use super::subscription::{Turn, Watch};
use super::{Cx, ForecourtSchema, answer_order, nulls, present};
use crate::app::App;
use crate::auth::{Holder, Visitor};
use crate::error::{Error, Result};
use crate::event::{Event, Hearing, Missed, Raised};
use crate::scope::Scope;
use crate::telemetry::metric::{Held, Open};
use crate::telemetry::{self, Label, Later, Operation};

/// How often it is asked whether a silent subscription's holder is still who they were. What `auth` remembers of them is
/// four seconds old at most, so whatever ended is noticed within five.
pub const CHECKED: Duration = Duration::from_millis(900);

/// The shortest time between two answers that gather what happened.
const GATHERED: Duration = Duration::from_secs(1);

/// Events that one answer gathers at most; the rest waits for the next.
const MOST_GATHERED: usize = 100;

/// Whoever asks, for as long as they listen.
#[derive(Clone)]
pub struct Subscriber {
    /// The installation.
    pub app: Arc<App>,
    /// Who it is, asked anew before each answer.
    pub holder: Arc<Holder>,
    /// Where it comes from.
    pub visitor: Visitor,
}

/// What an operation is answered with.
pub enum Told {
    /// A result; others may follow.
    Answer(Response),
    /// Nothing was run, and this says why. The last.
    Refused(Response),
    /// The subscription was cut short, and this says why; whoever subscribes again may go on. The last.
    Ended(Response),
}

/// Runs one operation: a query or a mutation is answered once.
pub fn subscribe(
    schema: &ForecourtSchema,
    request: Request,
    subscriber: Subscriber,
    allowed: Allowed,
) -> impl Stream<Item = Told> + Send + use<> {
    let asked = Asked { schema: schema.clone(), request, subscriber, allowed };
    // Boxed: an idle subscription must not hold the room of the operations that it may run.
    stream::unfold(State::Begins(Box::new(asked)), |state| Box::pin(state.step()))
}

/// An operation as it was asked for.
struct Asked {
    schema: ForecourtSchema,
    request: Request,
    subscriber: Subscriber,
    allowed: Allowed,
}

/// A subscription that may be run.
struct Course {
    schema: ForecourtSchema,
    document: Arc<Known>,
    operation: Option<String>,
    variables: Variables,
    subscriber: Subscriber,
    label: Label,
    trace_id: String,
    /// Where its answers belong in the trace.
    later: Later,
}

enum State {
    Begins(Box<Asked>),
    GoesOn(Box<Listener>),
    Over,
}

/// How an operation begins: with an answer, and it is over, or as a subscription.
type Beginning = ControlFlow<Response, Box<Listener>>;

/// A subscription under way.
struct Listener {
    course: Course,
    watch: Watch,
    hearing: Hearing,
    /// What is to be told.
    pending: Raised,
    /// Its holder as they were when last asked.
    scope: Scope,
    /// When they are asked again.
    check: Instant,
    /// Before which nothing more is told.
    quiet: Instant,
    _open: Open,
}

impl State {
    async fn step(self) -> Option<(Told, Self)> {
        let mut listener = match self {
            Self::Over => return None,
            Self::GoesOn(listener) => listener,
            Self::Begins(asked) => match Box::pin(asked.begin()).await {
                ControlFlow::Continue(listener) => listener,
                ControlFlow::Break(response) if is_refused(&response) => {
                    return Some((Told::Refused(response), Self::Over));
                }
                ControlFlow::Break(response) => return Some((Told::Answer(response), Self::Over)),
            },
        };
        match listener.next().await {
            Ok(answer) => Some((Told::Answer(answer), Self::GoesOn(listener))),
            Err(error) => Some((Told::Ended(listener.course.failure(error)), Self::Over)),
        }
    }
}

/// Whether nothing of an operation was carried out.
fn is_refused(response: &Response) -> bool {
    let is_whole = |error: &ServerError| error.path.is_empty();
    response.data == Value::Null && !response.errors.is_empty() && response.errors.iter().all(is_whole)
}

impl Asked {
    async fn begin(self: Box<Self>) -> Beginning {
        let asked = telemetry::Request::on_stay("/graphql");
        let (trace_id, later) = (asked.trace_id(), asked.later());
        let beginning = asked.run(self.answer(trace_id, later)).await;
        asked.done();
        beginning
    }

    async fn answer(self: Box<Self>, trace_id: String, later: Later) -> Beginning {
        let trace = trace_id.clone();
        let scope = self.subscriber.holder.scope(&self.subscriber.app).await;
        let told = scope.as_ref().ok().and_then(Option::as_ref).map(Scope::told).unwrap_or_default();
        let mut observed = Operation::begin(&told);
        let span = observed.span();
        let mut response = match self.run(scope, trace_id, later, &mut observed).instrument(span).await {
            Ok(ControlFlow::Continue(listener)) => {
                observed.end(None);
                return ControlFlow::Continue(listener);
            }
            Ok(ControlFlow::Break(response)) => response,
            Err(errors) => Response::from_errors(errors),
        };
        observed.end(present(&mut response, &trace));
        ControlFlow::Break(response)
    }

    async fn run(
        self: Box<Self>,
        scope: Result<Option<Scope>>,
        trace_id: String,
        later: Later,
        observed: &mut Operation,
    ) -> Result<Beginning, Vec<ServerError>> {
        let Self { schema, request, subscriber, allowed } = *self;
        let scope = scope.map_err(operation::failure)?;
        let cx = subscriber.cx(scope.clone());
        let prepared = schema.preparation.prepare(&cx, request, allowed, observed).await?;
        let asked = find(&prepared.document, prepared.request.operation_name.as_deref());
        let Some(asked) = asked.filter(|asked| asked.node.ty == OperationType::Subscription) else {
            return Ok(ControlFlow::Break(within_deadline(&schema, prepared, cx).await));
        };
        one_field(asked).map_err(|error| vec![error])?;
        let Prepared { request, document, .. } = prepared;
        let (operation, variables, label) = (request.operation_name, request.variables, observed.label().clone());
        Course { schema, document, operation, variables, subscriber, label, trace_id, later }.begin(scope).await
    }
}

impl Subscriber {
    /// An operation of its own.
    fn cx(&self, scope: Option<Scope>) -> Cx {
        Cx::from_visitor(Arc::clone(&self.app), scope, self.visitor.clone())
    }
}

impl Course {
    async fn begin(self, scope: Option<Scope>) -> Result<Beginning, Vec<ServerError>> {
        let scope = scope.ok_or(Error::Unauthenticated).map_err(operation::failure)?;
        // Before anything is read: what changes from now on is heard.
        let hearing = self.subscriber.app.hear().await.map_err(operation::failure)?;
        let slot = Arc::new(Mutex::new(None));
        if let Some(mut refusal) = self.run(&scope, Turn::Begin(Arc::clone(&slot))).await {
            // Nothing was told yet: it is the whole request that is refused, no field of an answer.
            refusal.errors.iter_mut().for_each(|error| error.path.clear());
            return Err(refusal.errors);
        }
        let watch = slot.lock().unwrap_or_else(PoisonError::into_inner).take();
        let nothing = || operation::failure(Error::internal(anyhow::anyhow!("a subscription to nothing")));
        let watch = watch.ok_or_else(nothing)?;
        let (now, mut pending) = (Instant::now(), Raised::default());
        if let Some(first) = watch.first() {
            pending.add(first);
        }
        let (check, quiet, open) = (now + CHECKED, now, Open::begin(Held::Subscription));
        let listener = Listener { course: self, watch, hearing, pending, scope, check, quiet, _open: open };
        Ok(ControlFlow::Continue(Box::new(listener)))
    }

    /// Who listens, as of now.
    async fn scope(&self) -> Result<Scope> {
        let Subscriber { app, holder, .. } = &self.subscriber;
        holder.scope(app).await?.ok_or(Error::Unauthenticated)
    }

    /// Tells what happened to somebody; no answer where that is nothing to them.
    async fn tell(&self, scope: &Scope, events: Vec<Event>) -> Option<Response> {
        let mut observed = Operation::begin(&scope.told());
        observed.labelled(self.label.clone());
        let told = self.run(scope, Turn::Tell(events)).instrument(observed.span());
        let mut answer = told.await;
        observed.end(answer.as_mut().and_then(|answer| present(answer, &self.trace_id)));
        answer
    }

    /// Runs the operation once, in a view of its own; no answer where there is nothing to tell.
    async fn run(&self, scope: &Scope, turn: Turn) -> Option<Response> {
        let cx = self.subscriber.cx(Some(scope.clone()));
        let session = Arc::clone(&cx.session);
        let mut request = Request::new("").variables(self.variables.clone()).data(cx).data(turn);
        request.operation_name.clone_from(&self.operation);
        request.set_parsed_query(self.document.document.clone());
        let run = async {
            let mut response = self.schema.executing.execute_stream(request).next().await?;
            let (document, operation) = (&self.document.document, self.operation.as_deref());
            nulls::complete(self.schema.preparation.registry(), document, operation, &mut response);
            answer_order::restore(&mut response.data, document, operation);
            answer_order::restore_errors(&mut response.errors);
            match session.settle().await {
                Ok(()) => Some(response),
                Err(error) => Some(Response::from_errors(operation::failure(error))),
            }
        };
        // What is dropped here leaves its transaction, which is rolled back.
        let late = |_| Some(Response::from_errors(vec![too_late(self.schema.deadline)]));
        timeout(self.schema.deadline, run).await.unwrap_or_else(late)
    }

    fn failure(&self, error: Error) -> Response {
        let mut response = Response::from_errors(operation::failure(error));
        present(&mut response, &self.trace_id);
        response
    }
}

impl Listener {
    /// The next answer.
    ///
    /// # Errors
    /// Why there is none any more.
    async fn next(&mut self) -> Result<Response> {
        loop {
            while let Some(event) = self.hearing.next_now().map_err(missed)? {
                self.hear(event);
            }
            if !self.pending.is_empty() && self.quiet <= Instant::now() {
                if !self.is_known().await? {
                    self.quiet = Instant::now() + GATHERED;
                    continue;
                }
                let events = self.take();
                if events.is_empty() {
                    continue;
                }
                let app = Arc::clone(&self.course.subscriber.app);
                let turn = app.telling().acquire().await.map_err(Error::internal)?;
                let answer = self.course.later.run(Box::pin(self.course.tell(&self.scope, events))).await;
                drop(turn);
                if self.watch.gathers() {
                    self.quiet = Instant::now() + GATHERED;
                }
                if let Some(answer) = answer {
                    return Ok(answer);
                }
                continue;
            }
            tokio::select! {
                event = self.hearing.next() => {
                    let event = event.map_err(missed)?;
                    self.hear(event);
                }
                () = sleep_until(self.quiet), if !self.pending.is_empty() => {}
                () = sleep_until(self.check) => drop(self.is_known().await?),
            }
        }
    }

    fn hear(&mut self, event: Event) {
        if self.watch.wants(&event, self.scope.reach()) {
            self.pending.add(event);
        }
    }

    /// What is told next, as far as the holder reaches by now.
    fn take(&mut self) -> Vec<Event> {
        let most = if self.watch.gathers() { MOST_GATHERED } else { 1 };
        let mut events: Vec<_> = std::iter::from_fn(|| self.pending.pop()).take(most).collect();
        events.retain(|event| self.watch.wants(event, self.scope.reach()));
        events
    }

    /// Asks who listens by now, which may not be known for a while: nothing is told meanwhile.
    ///
    /// # Errors
    /// `UNAUTHENTICATED` when they are nobody any more.
    async fn is_known(&mut self) -> Result<bool> {
        self.check = Instant::now() + CHECKED;
        match self.course.scope().await {
            Ok(scope) => self.scope = scope,
            Err(Error::Unauthenticated) => return Err(Error::Unauthenticated),
            Err(error) => {
                tracing::warn!(code = error.code(), "cannot ask who listens");
                return Ok(false);
            }
        }
        Ok(true)
    }
}

fn missed(missed: Missed) -> Error {
    match missed {
        Missed::Lagged => Error::SubscriptionLagged,
        Missed::Lost => Error::SubscriptionLost,
    }
}

/// Makes sure that one thing is listened to, and always (GraphQL, section 5.2.4.1).
fn one_field(operation: &Positioned<OperationDefinition>) -> std::result::Result<(), ServerError> {
    let refused = |message: &str| Err(ServerError::new(message, Some(operation.pos)));
    let [selection] = &operation.node.selection_set.node.items[..] else {
        return refused("A subscription selects one root field.");
    };
    let Selection::Field(field) = &selection.node else {
        return refused("A subscription selects its root field itself, not in a fragment.");
    };
    let is_conditional = |name: &Name| name == "skip" || name == "include";
    match field.node.directives.iter().any(|directive| is_conditional(&directive.node.name.node)) {
        true => refused("The root field of a subscription is neither skipped nor included."),
        false => Ok(()),
    }
}

/// The operation called `name`, or the only one.
fn find<'a>(document: &'a Known, name: Option<&str>) -> Option<&'a Positioned<OperationDefinition>> {
    let mut operations = document.document.operations.iter();
    operations.find(|(own, _)| name.is_none() || own.map(Name::as_str) == name).map(|(_, operation)| operation)
}
