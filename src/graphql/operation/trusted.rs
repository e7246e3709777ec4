//! The documents that the operator trusts, as they were in the database a moment ago, and those of the console.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, PoisonError, RwLock};

use chrono::{DateTime, TimeDelta, Utc};

use super::document::{Digest, hex, parse_digest};
use super::refusal::Refusal;
use crate::app::App;
use crate::console;
use crate::error::Result;
use crate::scope::Scope;
use crate::store::trusted_document;

/// How long a reading holds: what was added or removed counts everywhere within five seconds.
const HOLDS: TimeDelta = TimeDelta::seconds(4);

#[derive(Default)]
pub(super) struct Trusted(RwLock<Option<(DateTime<Utc>, Arc<Set>)>>);

pub(super) struct Set {
    digests: HashSet<Digest>,
    /// The latest of each name.
    names: HashMap<String, Digest>,
}

impl Set {
    /// # Errors
    /// `UNTRUSTED_DOCUMENT`.
    pub(super) fn must_have(&self, digest: &Digest) -> Result<(), Refusal> {
        match self.digests.contains(digest) {
            true => Ok(()),
            false => Err(untrusted()),
        }
    }
}

impl Trusted {
    pub(super) async fn set(&self, app: &App) -> Result<Arc<Set>> {
        let now = app.now();
        let held = self.0.read().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((at, set)) = held
            && at <= now
            && now < at + HOLDS
        {
            return Ok(set);
        }
        let listed = trusted_document::list(&app.read(Scope::system("trusted documents")).await?).await?;
        let added = || listed.iter().filter_map(|row| Some((row.name.clone(), parse_digest(&row.hash)?)));
        // The console asks by digests: names are the operator's to give.
        let own = console::documents();
        let digests = added().map(|(_, digest)| digest).chain(own.iter().map(|document| document.digest)).collect();
        let set = Arc::new(Set { digests, names: added().collect() });
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Some((now, Arc::clone(&set)));
        Ok(set)
    }

    /// Whether a document was among them when they were read last.
    pub(super) fn is_known(&self, digest: &Digest) -> bool {
        let held = self.0.read().unwrap_or_else(PoisonError::into_inner);
        held.as_ref().is_some_and(|(_, set)| set.digests.contains(digest))
    }

    /// The document that is called `name`.
    ///
    /// # Errors
    /// `UNTRUSTED_DOCUMENT`.
    pub(super) async fn named(&self, app: &App, name: &str) -> Result<Digest, Refusal> {
        let set = self.set(app).await.ok();
        set.and_then(|set| set.names.get(name).copied()).ok_or_else(untrusted)
    }

    /// The text of a trusted document.
    pub(super) async fn text(&self, app: &App, digest: &Digest) -> Result<Option<String>> {
        if !self.set(app).await?.digests.contains(digest) {
            return Ok(None);
        }
        if let Some(own) = console::documents().iter().find(|document| document.digest == *digest) {
            return Ok(Some(own.text.clone()));
        }
        let tx = app.read(Scope::system("a trusted document")).await?;
        Ok(trusted_document::find(&tx, &hex(digest)).await?.map(|row| row.text))
    }
}

fn untrusted() -> Refusal {
    Refusal::new("UNTRUSTED_DOCUMENT", "This server runs only documents that its operator has added.")
}
