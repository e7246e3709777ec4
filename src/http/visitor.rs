//! What a request tells of the device it comes from.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, header};
use cookie::Cookie;
use ipnet::IpNet;
use secrecy::SecretString;

use super::Server;
use crate::auth::Visitor;

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Characters kept of what a client says it is.
const AGENT_LENGTH: usize = 200;

/// The device a request comes from.
pub(super) struct Device(pub(super) Visitor);

impl FromRequestParts<Server> for Device {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, server: &Server) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        let agent = parts.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
        Ok(Self(Visitor {
            address: peer.map(|peer| client(peer, &parts.headers, &server.trusted_proxies)),
            agent: agent.map(|agent| agent.chars().take(AGENT_LENGTH).collect()),
            device: cookie(&parts.headers, Visitor::DEVICE_COOKIE),
            refresh: cookie(&parts.headers, Visitor::REFRESH_COOKIE),
        }))
    }
}

/// Whoever asked the first proxy that is trusted: each hop is believed about the one before it only if it is a trusted
/// proxy itself, for everything further left may be made up.
fn client(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let is_trusted = |address: &IpAddr| trusted.iter().any(|network| network.contains(address));
    let lines = headers.get_all(FORWARDED_FOR).iter().filter_map(|value| value.to_str().ok());
    let hops: Vec<_> = lines.flat_map(|line| line.split(',')).map(|hop| hop.trim().parse::<IpAddr>()).collect();
    let mut client = peer.to_canonical();
    for hop in hops.into_iter().rev() {
        match hop {
            Ok(hop) if is_trusted(&client) => client = hop.to_canonical(),
            _ => break,
        }
    }
    client
}

fn cookie(headers: &HeaderMap, name: &str) -> Option<SecretString> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let cookies = lines.flat_map(Cookie::split_parse).filter_map(Result::ok);
    cookies.into_iter().find(|cookie| cookie.name() == name).map(|cookie| SecretString::from(cookie.value()))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn client_of(peer: &str, forwarded: &[&'static str]) -> String {
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append(FORWARDED_FOR, HeaderValue::from_static(line));
        }
        let trusted = ["10.0.0.0/8".parse().expect("a network"), "::1/128".parse().expect("a network")];
        client(peer.parse().expect("an address"), &headers, &trusted).to_string()
    }

    #[test]
    fn a_proxy_is_believed_about_the_hop_before_it_if_it_is_ours() {
        assert_eq!(client_of("203.0.113.5", &["198.51.100.1"]), "203.0.113.5", "a stranger says anything");
        assert_eq!(client_of("10.0.0.1", &["198.51.100.1"]), "198.51.100.1");
        assert_eq!(client_of("::1", &["198.51.100.1, 10.0.0.2"]), "198.51.100.1");
        assert_eq!(client_of("10.0.0.1", &["192.0.2.9, 198.51.100.1"]), "198.51.100.1", "what it was told is made up");
        assert_eq!(client_of("10.0.0.1", &["192.0.2.9", "10.0.0.7"]), "192.0.2.9", "over two lines");
        assert_eq!(client_of("10.0.0.1", &["nonsense"]), "10.0.0.1");
        assert_eq!(client_of("10.0.0.1", &[]), "10.0.0.1");
    }
}
