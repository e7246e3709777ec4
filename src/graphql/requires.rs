//! How well, and how lately, one must have proved who one is: told on the field, asked for by its resolver.

use async_graphql::TypeDirective;

/// You must have proved who you are so well (`acr`) and, in seconds, so lately (`maxAge`); else the answer is
/// `INSUFFICIENT_USER_AUTHENTICATION` with the two (RFC 9470).
#[TypeDirective(location = "FieldDefinition")]
pub(super) fn requires(acr: String, max_age: Option<u32>) {}
