//! A provider's keys, kept while they are fresh, and for a day more while the provider does not answer.

use std::sync::{Arc, PoisonError, RwLock};

use anyhow::{Context, ensure};
use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, KeyAlgorithm, KeyOperations, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey};
use reqwest::Client;
use serde::Deserialize;
use serde_json::Value;

use super::discovery::{self, Published};
use crate::app::App;
use crate::config;
use crate::error::{Error, Result};
use crate::telemetry::trace;

/// Keys are fresh for as long as the provider says, within these bounds.
const FRESH: (TimeDelta, TimeDelta) = (TimeDelta::minutes(5), TimeDelta::hours(24));

/// How long keys are used that are fresh no more, while the provider does not answer.
const STALE: TimeDelta = TimeDelta::hours(24);

/// How long the provider is left alone after it was asked, whatever key ids are made up meanwhile.
const PAUSE: TimeDelta = TimeDelta::seconds(30);

/// The same, while there are no keys at all.
const PAUSE_WITHOUT_KEYS: TimeDelta = TimeDelta::seconds(5);

/// Most keys of a provider.
const MOST: usize = 100;

/// The keys of one provider.
pub(super) struct Keys {
    client: Client,
    name: String,
    issuer: String,
    algorithms: Vec<Algorithm>,
    state: RwLock<State>,
    /// Held by whoever asks the provider; everybody else waits for the answer.
    asking: Arc<tokio::sync::Mutex<()>>,
}

#[derive(Default)]
struct State {
    set: Option<Set>,
    asked_at: Option<DateTime<Utc>>,
    /// Whether the provider failed when it was asked last: an outage is told once.
    is_out: bool,
}

struct Set {
    keys: Vec<Key>,
    fresh_until: DateTime<Utc>,
}

/// A key and the one algorithm it is for.
#[derive(Clone)]
struct Key {
    id: Option<String>,
    algorithm: Algorithm,
    key: DecodingKey,
}

/// What is known without asking.
enum Answer {
    Key(DecodingKey),
    NoSuchKey,
    NoKeys,
    /// The provider has to be asked.
    Ask,
}

impl Keys {
    pub(super) fn new(client: Client, settings: &config::Provider) -> Self {
        Self {
            client,
            name: settings.name.clone(),
            issuer: settings.issuer.clone(),
            algorithms: settings.algorithms.iter().map(|algorithm| (*algorithm).into()).collect(),
            state: RwLock::default(),
            asking: Arc::default(),
        }
    }

    /// Whether tokens may be signed so.
    pub(super) fn allows(&self, algorithm: Algorithm) -> bool {
        self.algorithms.contains(&algorithm)
    }

    /// The key of an id, or the only one for the algorithm where the token names none.
    ///
    /// # Errors
    /// `PROVIDER_UNAVAILABLE` when there are no keys and the provider does not answer.
    pub(super) async fn find(
        self: &Arc<Self>,
        app: &App,
        id: Option<&str>,
        algorithm: Algorithm,
    ) -> Result<Option<DecodingKey>> {
        let mut answer = self.look(id, algorithm, app.now());
        if matches!(answer, Answer::Ask) {
            let turn = Arc::clone(&self.asking).lock_owned().await;
            let now = app.now();
            answer = self.look(id, algorithm, now);
            if matches!(answer, Answer::Ask) {
                let keys = Arc::clone(self);
                // A task of its own: the answer is everybody's, also when the request that asked for it is gone.
                let asked = trace::spawn(async move {
                    keys.ask(now).await;
                    drop(turn);
                });
                asked.await.map_err(Error::internal)?;
                answer = self.look(id, algorithm, now);
            }
        }
        match answer {
            Answer::Key(key) => Ok(Some(key)),
            Answer::NoSuchKey => Ok(None),
            Answer::NoKeys | Answer::Ask => Err(Error::ProviderUnavailable),
        }
    }

    fn look(&self, id: Option<&str>, algorithm: Algorithm, now: DateTime<Utc>) -> Answer {
        let state = self.state.read().unwrap_or_else(PoisonError::into_inner);
        // A clock that was set back counts as well.
        let may_ask = |pause| state.asked_at.is_none_or(|asked| (now - asked).abs() >= pause);
        let Some(set) = state.set.as_ref().filter(|set| now < set.fresh_until + STALE) else {
            return if may_ask(PAUSE_WITHOUT_KEYS) { Answer::Ask } else { Answer::NoKeys };
        };
        match set.find(id, algorithm) {
            Some(key) if now < set.fresh_until || !may_ask(PAUSE) => Answer::Key(key),
            None if !may_ask(PAUSE) => Answer::NoSuchKey,
            _ => Answer::Ask,
        }
    }

    async fn ask(&self, now: DateTime<Utc>) {
        let asked = discovery::keys(&self.client, &self.issuer).await;
        let set = asked.and_then(|published| self.read(&published, now));
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        state.asked_at = Some(now);
        let was_out = std::mem::replace(&mut state.is_out, set.is_err());
        match set {
            Ok(set) => {
                state.set = Some(set);
                if was_out {
                    tracing::info!(provider = self.name, "the identity provider answers again");
                }
            }
            Err(_) if was_out => {}
            Err(cause) => {
                let cause = format!("{cause:#}");
                tracing::warn!(
                    provider = self.name,
                    cause,
                    "no keys of the identity provider: those known are used on"
                );
            }
        }
    }

    fn read(&self, published: &Published, now: DateTime<Utc>) -> anyhow::Result<Set> {
        #[derive(Deserialize)]
        struct Document {
            keys: Vec<Value>,
        }
        let document: Document = serde_json::from_slice(&published.text).context("its key set is not usable")?;
        ensure!(document.keys.len() <= MOST, "it has more than {MOST} keys");
        let keys = document.keys.into_iter().filter_map(|key| Key::read(&serde_json::from_value(key).ok()?));
        let max_age = TimeDelta::seconds(published.max_age.unwrap_or(0).into());
        Ok(Set {
            keys: keys.filter(|key| self.allows(key.algorithm)).collect(),
            fresh_until: now + max_age.clamp(FRESH.0, FRESH.1),
        })
    }
}

impl Set {
    fn find(&self, id: Option<&str>, algorithm: Algorithm) -> Option<DecodingKey> {
        let mut fit = self.keys.iter().filter(|key| key.algorithm == algorithm);
        match id {
            Some(id) => fit.find(|key| key.id.as_deref() == Some(id)).map(|key| key.key.clone()),
            None => fit.next().filter(|_| fit.next().is_none()).map(|key| key.key.clone()),
        }
    }
}

impl Key {
    /// A published key, if it checks signatures by an algorithm of ours.
    fn read(jwk: &Jwk) -> Option<Self> {
        let is_for_us = jwk.common.public_key_use.as_ref().is_none_or(|own| *own == PublicKeyUse::Signature)
            && jwk.common.key_operations.as_ref().is_none_or(|all| all.contains(&KeyOperations::Verify));
        let algorithm = match &jwk.algorithm {
            AlgorithmParameters::RSA(_) => Algorithm::RS256,
            AlgorithmParameters::EllipticCurve(key) if key.curve == EllipticCurve::P256 => Algorithm::ES256,
            AlgorithmParameters::OctetKeyPair(key) if key.curve == EllipticCurve::Ed25519 => Algorithm::EdDSA,
            _ => return None,
        };
        let says_so = jwk.common.key_algorithm.is_none_or(|own| own == KeyAlgorithm::from(algorithm));
        let key = DecodingKey::from_jwk(jwk).ok().filter(|_| is_for_us && says_so)?;
        Some(Self { id: jwk.common.key_id.clone(), algorithm, key })
    }
}

impl From<config::Algorithm> for Algorithm {
    fn from(algorithm: config::Algorithm) -> Self {
        match algorithm {
            config::Algorithm::Rs256 => Self::RS256,
            config::Algorithm::Es256 => Self::ES256,
            config::Algorithm::EdDsa => Self::EdDSA,
        }
    }
}
