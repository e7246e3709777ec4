//! Id tokens, checked as OpenID Connect Core (section 3.1.3.7) and RFC 8725 ask: one key, one algorithm, one issuer, one
//! audience, young, and an answer to the nonce of this very sign-in.

use chrono::{DateTime, TimeDelta, Utc};
use entity::seen_token;
use jsonwebtoken::{Header, Validation};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::{Known, Provider};
use crate::app::App;
use crate::config::MembershipRule;
use crate::error::{Error, Result};
use crate::identity;

/// Most bytes of a token.
const MOST: usize = 16 * 1024;

/// Most characters of a subject (OpenID Connect Core, section 2).
const SUBJECT_LENGTH: usize = 255;

/// Most characters of a person's name.
const NAME_LENGTH: usize = 120;

/// By how much the provider's clock may be off.
const LEEWAY: TimeDelta = TimeDelta::seconds(60);

/// How long a token may be on its way, however long it says it holds.
const OLDEST: TimeDelta = TimeDelta::minutes(10);

/// Whom a token is about, if the provider made it, for us, for this sign-in, and just now.
///
/// # Errors
/// `INVALID_CREDENTIALS`, whatever is wrong, with the reason in the log; `PROVIDER_UNAVAILABLE` when its keys cannot be had.
pub(super) async fn verify(
    app: &App,
    provider: &Provider,
    token: &SecretString,
    nonce: &SecretString,
) -> Result<Known> {
    let token = token.expose_secret();
    let refused = |reason| refusal(provider, reason);
    let header = header(provider, token).map_err(refused)?;
    let key = provider.keys.find(app, header.kid.as_deref(), header.alg).await?;
    let key = key.ok_or_else(|| refused("no key of the provider's fits it"))?;
    let mut validation = Validation::new(header.alg);
    // By our own clock and rules, below.
    validation.validate_exp = false;
    validation.validate_aud = false;
    validation.required_spec_claims.clear();
    let decoded = jsonwebtoken::decode::<Map<String, Value>>(token, &key, &validation);
    let claims = Claims(decoded.map_err(|_| refused("its signature is wrong"))?.claims);
    let times = claims.times(app.now()).map_err(refused)?;
    claims.are_for(provider, nonce.expose_secret()).map_err(refused)?;
    claims.known(provider, times, token).map_err(refused)
}

/// Why a token is refused; holds nothing of the token.
type Reason = &'static str;

fn refusal(provider: &Provider, reason: Reason) -> Error {
    tracing::info!(provider = provider.settings.name, reason, "an id token is refused");
    Error::NotVouchedFor
}

/// What is not signed for yet, and decides by which key it is checked. Addresses of keys, and keys, that come along are
/// not looked at.
fn header(provider: &Provider, token: &str) -> Result<Header, Reason> {
    if token.len() > MOST {
        return Err("it is too long");
    }
    let header = jsonwebtoken::decode_header(token).map_err(|_| "it is no token")?;
    let is_jwt = header.typ.as_ref().is_none_or(|kind| kind.eq_ignore_ascii_case("JWT"));
    match () {
        () if !provider.keys.allows(header.alg) => Err("its algorithm is not allowed"),
        () if !is_jwt => Err("it is a token of another kind"),
        () if header.crit.is_some() || header.zip.is_some() || header.enc.is_some() => {
            Err("it asks for what we do not know")
        }
        () => Ok(header),
    }
}

struct Claims(Map<String, Value>);

struct Times {
    issued_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
}

impl Claims {
    fn times(&self, now: DateTime<Utc>) -> Result<Times, Reason> {
        let issued_at = self.time("iat").ok_or("it does not say when it was made")?;
        let expires_at = self.time("exp").ok_or("it does not say when it ends")?;
        if now - LEEWAY >= expires_at {
            return Err("it has expired");
        }
        if now + LEEWAY < issued_at {
            return Err("it is from the future");
        }
        if now - OLDEST > issued_at {
            return Err("it is too old");
        }
        match (self.0.get("nbf"), self.time("nbf")) {
            (None, _) => {}
            (Some(_), Some(from)) if from <= now + LEEWAY => {}
            _ => return Err("it does not hold yet"),
        }
        Ok(Times { issued_at, expires_at })
    }

    fn are_for(&self, provider: &Provider, nonce: &str) -> Result<(), Reason> {
        let client = provider.settings.client_id.as_str();
        if self.text("iss") != Some(&provider.settings.issuer) {
            return Err("it is of another issuer");
        }
        let audience = self.texts("aud").ok_or("it is for nobody")?;
        if !audience.contains(&client) {
            return Err("it is for somebody else");
        }
        match self.0.get("azp") {
            None if audience.len() == 1 => {}
            Some(party) if party == client => {}
            _ => return Err("it was given to somebody else"),
        }
        // Digests, so that the time taken tells nothing.
        let answers = self.text("nonce").is_some_and(|own| Sha256::digest(own) == Sha256::digest(nonce));
        if answers && !nonce.is_empty() { Ok(()) } else { Err("it is for another sign-in") }
    }

    fn known(&self, provider: &Provider, times: Times, token: &str) -> Result<Known, Reason> {
        let settings = &provider.settings;
        let subject = self.text("sub").filter(|sub| (1..=SUBJECT_LENGTH).contains(&sub.chars().count()));
        let is_verified = self.0.get("email_verified") == Some(&Value::Bool(true));
        let email = self.text(&settings.email_claim).filter(|email| is_verified && identity::is_email(email));
        let name = self.text(&settings.name_claim).map(str::trim).filter(|name| is_name(name));
        let factors = ["amr", "acr"].iter().filter_map(|claim| self.texts(claim)).flatten();
        Ok(Known {
            provider: settings.name.clone(),
            issuer: settings.issuer.clone(),
            subject: subject.ok_or("it is about nobody")?.to_owned(),
            email: email.map(str::to_owned),
            name: name.map(str::to_owned),
            has_second_factor: factors.into_iter().any(|own| settings.mfa_claims.iter().any(|known| known == own)),
            authenticated_at: self.time("auth_time").map_or(times.issued_at, |time| time.min(times.issued_at)),
            grants: settings.memberships.iter().filter(|rule| self.fit(rule)).cloned().collect(),
            token: seen_token::Model {
                digest: digest(token),
                expires_at: times.expires_at.min(times.issued_at + OLDEST) + LEEWAY,
            },
        })
    }

    fn fit(&self, rule: &MembershipRule) -> bool {
        self.texts(&rule.claim).is_some_and(|values| values.contains(&rule.value.as_str()))
    }

    fn text(&self, claim: &str) -> Option<&str> {
        self.0.get(claim)?.as_str()
    }

    /// A text, or all of a list of texts.
    fn texts(&self, claim: &str) -> Option<Vec<&str>> {
        match self.0.get(claim)? {
            Value::String(text) => Some(vec![text]),
            Value::Array(all) => all.iter().map(Value::as_str).collect(),
            _ => None,
        }
    }

    fn time(&self, claim: &str) -> Option<DateTime<Utc>> {
        DateTime::from_timestamp_secs(self.0.get(claim)?.as_i64()?)
    }
}

fn is_name(name: &str) -> bool {
    (1..=NAME_LENGTH).contains(&name.chars().count()) && !name.chars().any(char::is_control)
}

/// The digest of what was signed. Not of the signature: an ECDSA one can be turned into another that holds as well.
fn digest(token: &str) -> Vec<u8> {
    let signed = token.rsplit_once('.').map_or(token, |(signed, _)| signed);
    Sha256::digest(signed).to_vec()
}
