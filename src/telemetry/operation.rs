//! One GraphQL operation, as operators see it: its span and its figures. Never its variables, never its text.

use std::borrow::Cow;
use std::time::Instant;

use tracing::Span;
use tracing::field::Empty;
use uuid::Uuid;

use super::{SPAN, metric, request};

/// Characters of an operation's name that are told on.
const LONGEST_NAME: usize = 64;

/// What stands for a name that is told to nobody.
pub(super) const OTHER: &str = "other";

/// For whom a request is, and where: what operators may know of it. Ids of people are not among it.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// As what they act: a role, `PARTNER` or `SYSTEM`; nothing for nobody.
    pub role: Option<String>,
    /// The dealership acted in, if it is one.
    pub dealership: Option<Uuid>,
    /// The branch acted in, if it is one.
    pub branch: Option<Uuid>,
}

/// An operation under way. If it goes before it ended, whoever asked has gone away.
pub struct Operation {
    span: Span,
    begun: Instant,
    label: Label,
    has_ended: bool,
}

/// What an operation is called.
#[derive(Clone, Debug, Default)]
pub struct Label {
    pub(super) kind: Option<&'static str>,
    pub(super) name: Option<Cow<'static, str>>,
    is_trusted: bool,
}

impl Operation {
    /// Begins an operation; what it does runs in [`Operation::span`].
    pub fn begin(told: &Told) -> Self {
        request::asked_by(told);
        let id = |id: Option<Uuid>| id.map(tracing::field::display);
        // Of the highest level, as the request's.
        let span = tracing::error_span!(
            target: SPAN,
            "operation",
            otel.name = "GraphQL",
            otel.status_code = Empty,
            graphql.operation.type = Empty,
            graphql.operation.name = Empty,
            graphql.document.hash = Empty,
            graphql.cost = Empty,
            error.type = Empty,
            forecourt.anonymous = told.role.is_none(),
            forecourt.role = told.role.as_deref(),
            forecourt.dealership.id = id(told.dealership),
            forecourt.branch.id = id(told.branch),
        );
        Self { span, begun: Instant::now(), label: Label::default(), has_ended: false }
    }

    /// The span that its work runs in.
    pub fn span(&self) -> Span {
        self.span.clone()
    }

    /// What it is: `query`, `mutation` or `subscription`, and the name its author gave it. Only names of documents that the
    /// operator knows tell figures apart: others may be made up, any number of them.
    pub fn is(&mut self, kind: &'static str, name: Option<&str>, is_trusted: bool) {
        let name = name.map(|name| if is_plausible(name) { Cow::Owned(name.to_owned()) } else { Cow::Borrowed(OTHER) });
        self.labelled(Label { kind: Some(kind), name, is_trusted });
    }

    /// It is called as another was.
    pub fn labelled(&mut self, label: Label) {
        if let Some(kind) = label.kind {
            self.span.record("otel.name", kind).record("graphql.operation.type", kind);
        }
        if let Some(name) = &label.name {
            self.span.record("graphql.operation.name", &**name);
        }
        self.label = label;
    }

    /// What it is called, as far as that is known.
    pub fn label(&self) -> &Label {
        &self.label
    }

    /// The digest of its document, made only where spans are sent.
    pub fn hashed(&self, hash: impl FnOnce() -> String) {
        if super::is_exporting() {
            self.span.record("graphql.document.hash", hash());
        }
    }

    /// What it was found to cost before it was begun.
    pub fn cost(&self, points: u32) {
        self.span.record("graphql.cost", i64::from(points));
        metric::cost(points);
    }

    /// It is over; `code` is of its first error, if it has any.
    pub fn end(mut self, code: Option<&str>) {
        self.has_ended = true;
        if let Some(code) = code {
            self.span.record("otel.status_code", "ERROR").record("error.type", code);
        }
        self.tell(if code.is_some() { "error" } else { "ok" });
    }

    fn tell(&mut self, outcome: &'static str) {
        let Label { kind, name, is_trusted } = std::mem::take(&mut self.label);
        let told = name.as_deref().filter(|_| is_trusted).unwrap_or(OTHER);
        metric::operated(kind.unwrap_or("unknown"), told, outcome, self.begun.elapsed());
        request::operated(Label { kind, name, is_trusted });
    }
}

impl Drop for Operation {
    fn drop(&mut self) {
        if !self.has_ended {
            self.tell("gone");
        }
    }
}

fn is_plausible(name: &str) -> bool {
    (1..=LONGEST_NAME).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}
