//! Access tokens: EdDSA, `typ at+jwt` (RFC 9068), checked as RFC 8725 asks: one algorithm, one type, one issuer.

use std::sync::{Arc, PoisonError, RwLock};

use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::{Algorithm, Header, Validation};
use quick_cache::sync::Cache;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::grant::Grant;
use super::key_ring::{KeyRing, READ_FOR};
use crate::app::App;
use crate::assurance::{Acr, Assurance};
use crate::config;
use crate::error::{Error, Result};
use crate::scope::Scope;

const TYPE: &str = "at+jwt";

/// Verified tokens remembered at most.
const MOST_VERIFIED: usize = 10_000;

/// Makes and checks access tokens.
pub struct Tokens {
    ring: RwLock<Held>,
    validation: Validation,
    issuer: String,
    audience: String,
    lifetime: TimeDelta,
    /// What was verified a moment ago, by digest: a signature does not become wrong.
    verified: Cache<[u8; 32], Arc<Verified>>,
}

/// The keys, and when they were read.
struct Held {
    ring: Arc<KeyRing>,
    at: DateTime<Utc>,
}

/// What a token says, and which key signed it.
pub(super) struct Verified {
    pub(super) claims: Claims,
    kid: String,
}

/// What a token says.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Claims {
    iss: String,
    aud: String,
    client_id: String,
    jti: Uuid,
    pub(super) sub: Uuid,
    sid: Uuid,
    acr: Acr,
    /// Ways in, as RFC 8176 names them.
    amr: Vec<String>,
    auth_time: i64,
    iat: i64,
    exp: i64,
    #[serde(flatten)]
    pub(super) grant: Grant,
}

impl Claims {
    /// How the holder's device proved whose it is.
    pub(super) fn assurance(&self) -> Result<Assurance> {
        let at = DateTime::from_timestamp(self.auth_time, 0).ok_or(Error::Unauthenticated)?;
        Ok(Assurance { session: self.sid, acr: self.acr, at })
    }
}

impl Tokens {
    pub(crate) fn new(ring: KeyRing, config: &config::Auth, now: DateTime<Utc>) -> Self {
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_issuer(&[&config.issuer]);
        validation.set_audience(&[&config.audience]);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        // Against our own clock, in `verify`.
        validation.validate_exp = false;
        Self {
            ring: RwLock::new(Held { ring: Arc::new(ring), at: now }),
            validation,
            issuer: config.issuer.clone(),
            audience: config.audience.clone(),
            lifetime: TimeDelta::seconds(config.access_token_seconds.into()),
            verified: Cache::new(MOST_VERIFIED),
        }
    }

    /// How long a token holds.
    pub(super) fn lifetime(&self) -> TimeDelta {
        self.lifetime
    }

    /// The keys as they were in the database five seconds ago at most.
    pub(crate) async fn ring(&self, app: &App) -> Result<Arc<KeyRing>> {
        let now = app.now();
        {
            let held = self.ring.read().unwrap_or_else(PoisonError::into_inner);
            // A clock that was set back makes them look young for long: they do not count then either.
            if held.at <= now && now < held.at + READ_FOR {
                return Ok(Arc::clone(&held.ring));
            }
        }
        let tx = app.read(Scope::system("read signing keys")).await?;
        let ring = Arc::new(KeyRing::read(&tx, app.keys(), now).await?);
        *self.ring.write().unwrap_or_else(PoisonError::into_inner) = Held { ring: Arc::clone(&ring), at: now };
        Ok(ring)
    }

    /// A token for `user` acting as `grant` on the device of `assurance`, which came in by `ways`; and when it ends.
    pub(super) fn issue(
        &self,
        ring: &KeyRing,
        user: Uuid,
        grant: Grant,
        (assurance, ways): (&Assurance, &str),
        now: DateTime<Utc>,
    ) -> Result<(String, DateTime<Utc>)> {
        let (key, ends) = (ring.signing(now)?, now + self.lifetime);
        let claims = Claims {
            iss: self.issuer.clone(),
            aud: self.audience.clone(),
            client_id: self.audience.clone(),
            jti: Uuid::now_v7(),
            sub: user,
            sid: assurance.session,
            acr: assurance.acr,
            amr: ways.split(' ').map(str::to_owned).collect(),
            auth_time: assurance.at.timestamp(),
            iat: now.timestamp(),
            exp: ends.timestamp(),
            grant,
        };
        let mut header = Header::new(Algorithm::EdDSA);
        header.typ = Some(TYPE.to_owned());
        header.kid = Some(key.kid.clone());
        let token = jsonwebtoken::encode(&header, &claims, &key.signing).map_err(Error::internal)?;
        Ok((token, ends))
    }

    /// What a token says, if it is ours and holds at `now`.
    ///
    /// # Errors
    /// `UNAUTHENTICATED`, whatever is wrong.
    pub(super) fn verify(&self, ring: &KeyRing, token: &str, now: DateTime<Utc>) -> Result<Arc<Verified>> {
        let digest: [u8; 32] = Sha256::digest(token).into();
        let known = self.verified.get(&digest);
        let is_known = known.is_some();
        let verified = known.map_or_else(|| self.prove(ring, token, now).map(Arc::new), Ok)?;
        // A key may have been taken out of use since.
        if verified.claims.exp <= now.timestamp() || ring.checking(&verified.kid, now).is_none() {
            return Err(Error::Unauthenticated);
        }
        if !is_known {
            self.verified.insert(digest, Arc::clone(&verified));
        }
        Ok(verified)
    }

    fn prove(&self, ring: &KeyRing, token: &str, now: DateTime<Utc>) -> Result<Verified> {
        let header = jsonwebtoken::decode_header(token).map_err(|_| Error::Unauthenticated)?;
        if header.typ.as_deref() != Some(TYPE) {
            return Err(Error::Unauthenticated);
        }
        let key = header.kid.as_deref().and_then(|kid| ring.checking(kid, now)).ok_or(Error::Unauthenticated)?;
        let decoded = jsonwebtoken::decode::<Claims>(token, &key.checking, &self.validation);
        let claims = decoded.map_err(|_| Error::Unauthenticated)?.claims;
        Ok(Verified { claims, kid: key.kid.clone() })
    }
}
