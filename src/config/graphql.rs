//! What operations may ask for.

use serde::Deserialize;

/// What operations may ask for.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Graphql {
    /// Which documents are run.
    pub documents: DocumentPolicy,
    /// Who may ask what the schema is.
    pub introspection: Introspection,
    /// Fields within fields.
    pub max_depth: usize,
    /// Fields, fragments counted as often as they are spread.
    pub max_fields: usize,
    /// Fields under other names, counted likewise.
    pub max_aliases: usize,
    /// Directives, counted likewise.
    pub max_directives: usize,
    /// Points of one operation.
    pub max_cost: u32,
    /// Points a credential may spend at once.
    pub budget: u32,
    /// Points it gets back each second.
    pub budget_per_second: u32,
    /// How long an operation may take.
    pub deadline_seconds: u32,
}

/// Which documents are run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DocumentPolicy {
    /// Any; clients may send the hash of one they sent before.
    Any,
    /// Those that the operator has added.
    Trusted,
}

/// Who may ask what the schema is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Introspection {
    /// Also who is not signed in; messages suggest names.
    Everybody,
    /// Whoever is signed in.
    SignedIn,
    /// No one.
    Nobody,
}
