//! `[http]`: how the gateway is reached, and how much it lets strangers take.

use std::net::SocketAddr;
use std::num::{NonZeroU32, NonZeroUsize};

use ipnet::IpNet;
use serde::de::Error;
use serde::{Deserialize, Deserializer};

/// How the gateway is reached.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Http {
    /// Address and port.
    pub listen: SocketAddr,
    /// Domain whose subdomains are dealerships.
    pub base_domain: Option<String>,
    /// Where people reach it: what links in mail begin with.
    pub public_url: String,
    /// Networks of proxies that are believed about whom they speak for.
    pub trusted_proxies: Vec<IpNet>,
    /// Origins of other servers' pages that may ask, as browsers write them.
    #[serde(deserialize_with = "origins")]
    pub allowed_origins: Vec<String>,
    /// The longest body of a request.
    pub max_body_bytes: NonZeroUsize,
    /// How long the head of a request may take from its first byte, and its body from then on.
    pub read_seconds: NonZeroU32,
    /// How long a connection may stay open with nothing asked.
    pub idle_seconds: NonZeroU32,
    /// Connections at a time.
    pub max_connections: NonZeroU32,
    /// How long balancers get to notice that this process is about to end.
    pub drain_notice_seconds: u32,
    /// How long what is under way then gets to end.
    pub drain_seconds: u32,
}

fn origins<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    let origins = Vec::<String>::deserialize(from)?;
    match origins.iter().find_map(|origin| fault(origin)) {
        Some(fault) => Err(D::Error::custom(fault)),
        None => Ok(origins),
    }
}

/// What is wrong with an origin: a scheme and a host as a browser writes them, with a port where it is not the scheme's.
fn fault(origin: &str) -> Option<String> {
    if origin.contains('*') {
        let why = "every page anybody visits could act for them, as browsers send cookies along";
        return Some(format!("{origin:?} would let too many ask: {why}; name each origin"));
    }
    let authority = origin.split_once("://").filter(|(scheme, _)| !scheme.is_empty()).map(|(_, authority)| authority);
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-._~:[]+".contains(c);
    let is_default = |scheme: &str, port: &str| origin.starts_with(scheme) && origin.ends_with(port);
    let is_fit = authority.is_some_and(|authority| !authority.is_empty() && authority.chars().all(is_plain))
        && !is_default("https://", ":443")
        && !is_default("http://", ":80");
    (!is_fit).then(|| format!("{origin:?} is no origin as browsers write it; write it like \"https://office.example\", in small letters, with no path and no port that goes without saying"))
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn an_origin_is_what_a_browser_writes() {
        for origin in ["https://office.example", "http://localhost:5173", "http://[::1]:8080", "capacitor://localhost"]
        {
            assert_eq!(fault(origin), None);
        }
        for no in [
            "*",
            "https://*.example",
            "null",
            "office.example",
            "https://",
            "://office",
            "https://office.example/",
            "https://Office.example",
            "https://a.example:443",
            "http://a.example:80",
            "https://a@b.example",
        ] {
            assert!(fault(no).is_some(), "{no}");
        }
    }
}
