//! `[[auth.provider]]`: outside identity providers, and what their word is worth here.

use std::collections::HashSet;
use std::net::IpAddr;

use anyhow::{Result, bail, ensure};
use entity::kind::Role;
use reqwest::Url;
use sea_orm::ActiveEnum;
use serde::de::Error;
use serde::{Deserialize, Deserializer};

use crate::permission::is_of_branch;

/// An outside identity provider.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provider {
    /// What it is called here; memberships remember it.
    #[serde(deserialize_with = "slug")]
    pub name: String,
    /// `iss` of its tokens, and where its discovery document lies.
    #[serde(deserialize_with = "issuer")]
    pub issuer: String,
    /// `aud` of the tokens that are for us.
    #[serde(deserialize_with = "filled")]
    pub client_id: String,
    /// How its tokens may be signed.
    #[serde(default = "every_algorithm", deserialize_with = "algorithms")]
    pub algorithms: Vec<Algorithm>,
    /// Accounts with an address of these domains are found, or made, by their address; of others by nothing.
    #[serde(default, deserialize_with = "domains")]
    pub email_domains: Vec<String>,
    /// The claim that holds the e-mail address.
    #[serde(default = "email", deserialize_with = "filled")]
    pub email_claim: String,
    /// The claim that holds the person's name.
    #[serde(default = "name", deserialize_with = "filled")]
    pub name_claim: String,
    /// Values of `amr` or `acr` that tell of a second factor.
    #[serde(default)]
    pub mfa_claims: Vec<String>,
    /// Who has which membership here.
    #[serde(default)]
    pub memberships: Vec<MembershipRule>,
}

/// How a token may be signed: by a key of the provider's own, never by a secret that is shared with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum Algorithm {
    /// RSA (PKCS #1 1.5) with SHA-256.
    #[serde(rename = "RS256")]
    Rs256,
    /// ECDSA on P-256 with SHA-256.
    #[serde(rename = "ES256")]
    Es256,
    /// Ed25519.
    #[serde(rename = "EdDSA")]
    EdDsa,
}

/// Whoever has a claim of a value has a membership.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MembershipRule {
    /// The claim: a text, or a list that holds one.
    #[serde(deserialize_with = "filled")]
    pub claim: String,
    /// Its value, exactly.
    #[serde(deserialize_with = "filled")]
    pub value: String,
    /// Code of the dealership.
    #[serde(deserialize_with = "filled")]
    pub dealership: String,
    /// Code of the branch, for roles that have one.
    pub branch: Option<String>,
    /// What they are there.
    #[serde(deserialize_with = "role")]
    pub role: Role,
}

impl Provider {
    /// Whether an address belongs to a domain of [`Provider::email_domains`].
    pub fn vouches_for(&self, email: &str) -> bool {
        let domain = email.rsplit_once('@').map(|(_, domain)| domain.to_ascii_lowercase());
        domain.is_some_and(|domain| self.email_domains.contains(&domain))
    }
}

/// What one setting alone does not tell.
///
/// # Errors
/// Names the key at fault and the fix.
pub(super) fn check(providers: &[Provider]) -> Result<()> {
    let mut names = HashSet::new();
    for (at, provider) in providers.iter().enumerate() {
        let key = format!("auth.provider.{at}");
        ensure!(
            names.insert(&provider.name),
            "the setting `{key}.name` is not usable: another provider is called {:?} too; give each a name of its own",
            provider.name
        );
        for (at, rule) in provider.memberships.iter().enumerate() {
            let (key, role) = (format!("{key}.memberships.{at}.branch"), rule.role.to_value());
            match (is_of_branch(rule.role), &rule.branch) {
                (true, None) => bail!("the setting `{key}` is missing: {role} is a role at one branch; name it"),
                (false, Some(_)) => {
                    bail!("the setting `{key}` is not usable: {role} is a role over all branches; leave the branch out")
                }
                _ => {}
            }
        }
    }
    Ok(())
}

/// Whether `url` may be asked for what is trusted: over TLS, or on this machine where a test or a proxy is.
pub(crate) fn is_trusted(url: &Url) -> bool {
    match url.scheme() {
        "https" => url.has_host(),
        "http" => url.host_str().is_some_and(is_loopback),
        _ => false,
    }
}

fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

fn every_algorithm() -> Vec<Algorithm> {
    vec![Algorithm::Rs256, Algorithm::Es256, Algorithm::EdDsa]
}

fn email() -> String {
    "email".to_owned()
}

fn name() -> String {
    "name".to_owned()
}

fn filled<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    if text.trim().is_empty() { Err(D::Error::custom("it is empty; fill it in")) } else { Ok(text) }
}

fn slug<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    let is_fit = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    match (1..=40).contains(&text.len()) && text.chars().all(is_fit) {
        true => Ok(text),
        false => Err(D::Error::custom("write it in up to 40 small letters, digits and hyphens, e.g. \"head-office\"")),
    }
}

fn issuer<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    let url = Url::parse(&text).map_err(|_| D::Error::custom("it is no address; write it like https://id.example"))?;
    if !is_trusted(&url) {
        return Err(D::Error::custom("it must begin with https://; http:// is for addresses of this machine only"));
    }
    match url.query().is_none() && url.fragment().is_none() && url.username().is_empty() && url.password().is_none() {
        true => Ok(text),
        false => Err(D::Error::custom("it must be a bare address, without a user, a query or a fragment")),
    }
}

fn algorithms<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Algorithm>, D::Error> {
    let algorithms = Vec::deserialize(deserializer)?;
    match algorithms.is_empty() {
        true => Err(D::Error::custom("it is empty; name one of RS256, ES256, EdDSA, or leave it out")),
        false => Ok(algorithms),
    }
}

fn domains<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let domains = Vec::<String>::deserialize(deserializer)?;
    let is_fit = |domain: &String| {
        let is_letter = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
        domain.contains('.') && !domain.starts_with('.') && domain.chars().all(is_letter)
    };
    match domains.iter().find(|domain| !is_fit(domain)) {
        Some(domain) => Err(D::Error::custom(format!("{domain:?} is no domain; write it like \"colombo-ev.example\""))),
        None => Ok(domains.into_iter().map(|domain| domain.to_ascii_lowercase()).collect()),
    }
}

fn role<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Role, D::Error> {
    let text = String::deserialize(deserializer)?;
    Role::try_from_value(&text).map_err(|_| {
        let known: Vec<_> = Role::values();
        D::Error::custom(format!("there is no role {text:?}; write one of {}", known.join(", ")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = r#"
        name = "head-office"
        issuer = "https://id.example"
        client_id = "forecourt"
        email_domains = ["Colombo-EV.example"]
        memberships = [{ claim = "groups", value = "sales", dealership = "colombo-ev", branch = "BR01", role = "SALES" }]
    "#;

    fn load(text: &str) -> Result<Provider, String> {
        let provider: Provider = toml(text)?;
        check(std::slice::from_ref(&provider)).map_err(|error| error.to_string()).map(|()| provider)
    }

    fn toml(text: &str) -> Result<Provider, String> {
        use figment::providers::{Format, Toml};
        figment::Figment::from(Toml::string(text)).extract().map_err(|error| error.to_string())
    }

    #[test]
    fn what_is_left_out_is_strict() {
        let provider = load(WHOLE).expect("valid");
        assert_eq!(provider.algorithms, every_algorithm());
        assert_eq!((provider.email_claim.as_str(), provider.name_claim.as_str()), ("email", "name"));
        assert!(provider.mfa_claims.is_empty());
    }

    #[test]
    fn a_domain_is_the_whole_of_what_follows_the_last_at() {
        let provider = load(WHOLE).expect("valid");
        for email in ["a@colombo-ev.example", "a@COLOMBO-EV.example"] {
            assert!(provider.vouches_for(email), "{email}");
        }
        for email in ["a@x.colombo-ev.example", "a@colombo-ev.example.org", "colombo-ev.example", "a@b@example", "a@"] {
            assert!(!provider.vouches_for(email), "{email}");
        }
    }

    #[test]
    fn an_unfit_value_is_refused() {
        let unfit = [
            ("\"head-office\"", "\"Head Office\""),
            ("https://id.example", "http://id.example"),
            ("https://id.example", "ftp://127.0.0.1"),
            ("https://id.example", "https://user@id.example"),
            ("https://id.example", "https://id.example?a=b"),
            ("https://id.example", "id.example"),
            ("\"forecourt\"", "\"\""),
            ("\"SALES\"", "\"sales\""),
            ("\"SALES\"", "\"DEALER_ADMIN\""),
            (", branch = \"BR01\"", ""),
            ("[\"Colombo-EV.example\"]", "[\"@colombo-ev.example\"]"),
            ("[\"Colombo-EV.example\"]", "[\"example\"]"),
            ("client_id", "algorithms = [\"HS256\"]\nclient_id"),
            ("client_id", "algorithms = [\"none\"]\nclient_id"),
            ("client_id", "algorithms = []\nclient_id"),
            ("client_id", "secret = \"x\"\nclient_id"),
        ];
        for (from, to) in unfit {
            assert!(load(&WHOLE.replacen(from, to, 1)).is_err(), "{to} is taken");
        }
        for host in ["127.0.0.1:9", "[::1]:9", "localhost:9"] {
            assert!(load(&WHOLE.replacen("https://id.example", &format!("http://{host}"), 1)).is_ok(), "{host}");
        }
    }
}
