//! Access tokens: EdDSA, `typ at+jwt` (RFC 9068), checked as RFC 8725 asks: one algorithm, one type, one issuer.

use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::jwk::{Jwk, JwkSet, PublicKeyUse, ThumbprintHash};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use quick_cache::sync::Cache;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::grant::Grant;
use crate::config;
use crate::crypto::Keys;
use crate::error::{Error, Result};

const TYPE: &str = "at+jwt";

/// Verified tokens remembered at most.
const MOST_VERIFIED: usize = 10_000;

/// PKCS #8 of an Ed25519 seed (RFC 8410, section 7): this head, then the seed.
const PKCS8_HEAD: [u8; 16] = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];

/// Makes and checks access tokens.
pub struct Tokens {
    header: Header,
    signing: EncodingKey,
    checking: DecodingKey,
    published: JwkSet,
    validation: Validation,
    issuer: String,
    audience: String,
    lifetime: TimeDelta,
    /// What was verified a moment ago, by digest: a signature does not become wrong.
    verified: Cache<[u8; 32], Claims>,
}

/// What a token says.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Claims {
    iss: String,
    aud: String,
    pub(crate) sub: Uuid,
    iat: i64,
    exp: i64,
    #[serde(flatten)]
    pub(crate) grant: Grant,
}

impl Tokens {
    pub(crate) fn new(keys: &Keys, config: &config::Auth) -> anyhow::Result<Self> {
        let signing = EncodingKey::from_ed_der(&[&PKCS8_HEAD[..], &keys.token_seed()].concat());
        let mut public = Jwk::from_encoding_key(&signing, Algorithm::EdDSA)?;
        let mut header = Header::new(Algorithm::EdDSA);
        header.typ = Some(TYPE.to_owned());
        header.kid = Some(public.thumbprint(ThumbprintHash::SHA256)?);
        public.common.key_id.clone_from(&header.kid);
        public.common.public_key_use = Some(PublicKeyUse::Signature);
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_issuer(&[&config.issuer]);
        validation.set_audience(&[&config.audience]);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        // Against our own clock, in `verify`.
        validation.validate_exp = false;
        Ok(Self {
            header,
            checking: DecodingKey::from_jwk(&public)?,
            published: JwkSet { keys: vec![public] },
            signing,
            validation,
            issuer: config.issuer.clone(),
            audience: config.audience.clone(),
            lifetime: TimeDelta::seconds(config.access_token_seconds.into()),
            verified: Cache::new(MOST_VERIFIED),
        })
    }

    /// The public keys by which others may check tokens.
    pub(crate) fn published(&self) -> &JwkSet {
        &self.published
    }

    /// A token for `user` acting as `grant`, and when it ends.
    pub(crate) fn issue(&self, user: Uuid, grant: Grant, now: DateTime<Utc>) -> Result<(String, DateTime<Utc>)> {
        let ends = now + self.lifetime;
        let claims = Claims {
            iss: self.issuer.clone(),
            aud: self.audience.clone(),
            sub: user,
            iat: now.timestamp(),
            exp: ends.timestamp(),
            grant,
        };
        let token = jsonwebtoken::encode(&self.header, &claims, &self.signing).map_err(Error::internal)?;
        Ok((token, ends))
    }

    /// What a token says, if it is ours and holds at `now`.
    ///
    /// # Errors
    /// `UNAUTHENTICATED`, whatever is wrong.
    pub(crate) fn verify(&self, token: &str, now: DateTime<Utc>) -> Result<Claims> {
        let digest: [u8; 32] = Sha256::digest(token).into();
        let known = self.verified.get(&digest);
        let is_known = known.is_some();
        let claims = known.map_or_else(|| self.prove(token), Ok)?;
        if claims.exp <= now.timestamp() {
            return Err(Error::Unauthenticated);
        }
        if !is_known {
            self.verified.insert(digest, claims.clone());
        }
        Ok(claims)
    }

    fn prove(&self, token: &str) -> Result<Claims> {
        let header = jsonwebtoken::decode_header(token).map_err(|_| Error::Unauthenticated)?;
        if header.typ.as_deref() != Some(TYPE) || header.kid != self.header.kid {
            return Err(Error::Unauthenticated);
        }
        let decoded = jsonwebtoken::decode::<Claims>(token, &self.checking, &self.validation);
        Ok(decoded.map_err(|_| Error::Unauthenticated)?.claims)
    }
}
