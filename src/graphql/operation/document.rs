//! Documents that are fit to run, parsed and validated once and kept by the digest of their text: clients send the same few
//! over and over, or their digest alone.

use std::sync::{Arc, OnceLock};

use async_graphql::parser::parse_query;
use async_graphql::parser::types::{ExecutableDocument, OperationDefinition};
use async_graphql::{Request, ServerError};
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use sha2::{Digest as _, Sha256};

use super::cost::Cost;
use super::refusal::Refusal;
use super::trusted::Trusted;
use super::validator::Validator;
use super::{scan, shape};
use crate::app::App;
use crate::config::{self, DocumentPolicy};
use crate::crypto;
use crate::error::Error;

/// Bytes of text kept at most; parsed, they take some twenty times as many.
const MOST: u64 = 512 * 1024;

/// A longer document is looked at anew each time.
const LONGEST: usize = 32 * 1024;

/// SHA-256 of a document's text.
pub(super) type Digest = [u8; 32];

/// A document that is fit to run.
pub(in crate::graphql) struct Known {
    pub(in crate::graphql) document: ExecutableDocument,
    /// Whether the schema is asked for.
    pub(super) introspects: bool,
    /// Bytes of its text.
    length: usize,
    /// What its only operation costs, where no variable decides that.
    cost: OnceLock<u32>,
}

/// A document that was found, and what it was found by.
pub(super) struct Found {
    pub(super) known: Arc<Known>,
    pub(super) digest: Digest,
    /// Whether the operator has added it.
    pub(super) is_trusted: bool,
}

pub(super) struct Documents {
    known: Cache<Digest, Arc<Known>, Length>,
    trusted: Trusted,
    limits: config::Graphql,
}

#[derive(Clone)]
struct Length;

impl Weighter<Digest, Arc<Known>> for Length {
    fn weight(&self, _: &Digest, known: &Arc<Known>) -> u64 {
        known.length.max(1) as u64
    }
}

/// How a request names its document.
struct Named {
    digest: Digest,
    /// Absent where the digest alone was sent.
    text: Option<String>,
}

impl Known {
    /// The operation called `name`, or the only one; with what it is called.
    pub(super) fn operation(&self, name: Option<&str>) -> Result<(Option<&str>, &OperationDefinition), Refusal> {
        let mut operations = self.document.operations.iter();
        let found = match name {
            Some(name) => operations.find(|(own, _)| own.is_some_and(|own| own.as_str() == name)),
            None if operations.len() == 1 => operations.next(),
            None => return Err(Refusal::new("OPERATION_UNKNOWN", "This document has several operations: name one.")),
        };
        let unknown = || Refusal::new("OPERATION_UNKNOWN", "This document has no operation of that name.");
        found.map(|(own, operation)| (own.map(|own| own.as_str()), &operation.node)).ok_or_else(unknown)
    }

    /// What one of its operations costs: reckoned once where it can only be this one, and always costs the same.
    pub(super) fn cost(&self, reckon: impl FnOnce() -> Cost) -> u32 {
        self.cost.get().copied().unwrap_or_else(|| {
            let Cost { points, is_fixed } = reckon();
            if is_fixed && self.document.operations.iter().nth(1).is_none() {
                self.cost.get_or_init(|| points);
            }
            points
        })
    }
}

impl Documents {
    pub(super) fn new(limits: &config::Graphql) -> Self {
        Self { known: Cache::with_weighter(512, MOST, Length), trusted: Trusted::default(), limits: limits.clone() }
    }

    /// The document that a request sends or names, if it may be run and is fit to.
    pub(super) async fn find(
        &self,
        app: &App,
        validator: &Validator,
        request: &mut Request,
    ) -> Result<Found, Vec<ServerError>> {
        let Named { digest, text } = self.name(app, request).await.map_err(refused)?;
        if self.limits.documents == DocumentPolicy::Trusted {
            let trusted = self.trusted.set(app).await.map_err(failure)?;
            trusted.must_have(&digest).map_err(refused)?;
        }
        let is_trusted = self.trusted.is_known(&digest);
        if let Some(known) = self.known.get(&digest) {
            return Ok(Found { known, digest, is_trusted });
        }
        let text = match text {
            Some(text) => text,
            None => self.trusted.text(app, &digest).await.map_err(failure)?.ok_or_else(|| refused(unknown_digest()))?,
        };
        let known = Arc::new(self.examine(validator, &text, request).await?);
        if known.length <= LONGEST {
            self.known.insert(digest, Arc::clone(&known));
        }
        Ok(Found { known, digest, is_trusted: self.trusted.is_known(&digest) })
    }

    /// Which document is meant: by its text, its digest (`extensions.persistedQuery`) or a trusted name or digest
    /// (`documentId`).
    async fn name(&self, app: &App, request: &mut Request) -> Result<Named, Refusal> {
        let text = std::mem::take(&mut request.query);
        let text = Some(text).filter(|text| !text.is_empty());
        let digest = match named_digest(request)? {
            Some(Reference::Digest(digest)) => Some(digest),
            Some(Reference::Name(name)) => Some(self.trusted.named(app, &name).await?),
            None => None,
        };
        match (text, digest) {
            (None, None) => Err(Refusal::new("BAD_REQUEST", "Send a document as `query`, or the digest of one.")),
            (None, Some(digest)) => Ok(Named { digest, text: None }),
            (Some(text), digest) => {
                let own = digest_of(&text);
                match digest.is_none_or(|digest| digest == own) {
                    true => Ok(Named { digest: own, text: Some(text) }),
                    false => Err(Refusal::new("BAD_REQUEST", "The digest is not that of the document beside it.")),
                }
            }
        }
    }

    /// A document, if it is fit to run.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub(super) async fn examine(
        &self,
        validator: &Validator,
        text: &str,
        request: &Request,
    ) -> Result<Known, Vec<ServerError>> {
        scan::scan(text, self.limits.max_fields).map_err(refused)?;
        let document = parse_query(text).map_err(|error| {
            let mut told = ServerError::from(error);
            told.source = Refusal::new("GRAPHQL_PARSE_FAILED", "").into_error().source;
            vec![told]
        })?;
        let shape = shape::measure(&document).map_err(refused)?;
        shape.within(&self.limits).map_err(refused)?;
        validator.validate(&document, request).await?;
        Ok(Known { document, introspects: shape.introspects(), length: text.len(), cost: OnceLock::new() })
    }
}

enum Reference {
    Digest(Digest),
    Name(String),
}

/// What a request names its document by, beside or instead of the text.
fn named_digest(request: &Request) -> Result<Option<Reference>, Refusal> {
    let bad = || Refusal::new("BAD_REQUEST", "A digest is written in 64 hexadecimal digits.");
    if let Some(async_graphql::Value::Object(persisted)) = request.extensions.get("persistedQuery") {
        return match persisted.get("sha256Hash") {
            Some(async_graphql::Value::String(hex)) => {
                parse_digest(hex).map(Reference::Digest).map(Some).ok_or_else(bad)
            }
            _ => Err(bad()),
        };
    }
    match request.extensions.get("documentId") {
        Some(async_graphql::Value::String(id)) => {
            let hex = id.strip_prefix("sha256:").unwrap_or(id);
            Ok(Some(parse_digest(hex).map_or_else(|| Reference::Name(id.clone()), Reference::Digest)))
        }
        Some(_) => Err(Refusal::new("BAD_REQUEST", "`documentId` is a text.")),
        None => Ok(None),
    }
}

/// A digest as clients write it.
pub(super) fn parse_digest(hex: &str) -> Option<Digest> {
    let mut digest = Digest::default();
    let is_fit = hex.len() == 64 && hex.bytes().all(|byte| byte.is_ascii_hexdigit());
    for (at, byte) in digest.iter_mut().enumerate().filter(|_| is_fit) {
        *byte = u8::from_str_radix(hex.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    is_fit.then_some(digest)
}

fn digest_of(text: &str) -> Digest {
    Sha256::digest(text).into()
}

/// The digest of a text, as it is written down.
pub(super) fn hash(text: &str) -> String {
    hex(&digest_of(text))
}

/// A digest as it is written down.
pub(super) fn hex(digest: &Digest) -> String {
    crypto::hex(digest)
}

fn unknown_digest() -> Refusal {
    // As Apollo's clients know it: they send the document then.
    Refusal::new("PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound")
}

pub(super) fn refused(refusal: Refusal) -> Vec<ServerError> {
    vec![refusal.into_error()]
}

/// A fault of ours, or what the database answers, as an error of the whole request.
pub(in crate::graphql) fn failure(error: Error) -> Vec<ServerError> {
    vec![async_graphql::Error::new_with_source(error).into_server_error(Default::default())]
}
