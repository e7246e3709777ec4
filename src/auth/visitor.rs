//! What a request tells of the device it comes from.

use std::net::IpAddr;

use secrecy::SecretString;

/// The device a request comes from, as far as it tells.
#[derive(Clone, Debug, Default)]
pub struct Visitor {
    /// Where it comes from; absent where nobody can know.
    pub address: Option<IpAddr>,
    /// What the client says it is.
    pub agent: Option<String>,
    /// Proof that this person signed in from here before, if it has one.
    pub device: Option<SecretString>,
    /// The refresh token of its cookie, if it has one.
    pub refresh: Option<SecretString>,
}

impl Visitor {
    /// The cookie that holds the refresh token.
    pub const REFRESH_COOKIE: &str = "forecourt_refresh";

    /// The cookie that holds the proof of a familiar device.
    pub const DEVICE_COOKIE: &str = "forecourt_device";

    /// The network it comes from, as coarse as is enough to recognise one's own: `/24` of IPv4, `/48` of IPv6.
    pub fn network(&self) -> Option<String> {
        self.address.map(network)
    }
}

/// The `/24` of an IPv4 address, the `/48` of an IPv6 one.
pub(crate) fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => {
            let [a, b, c, _] = address.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        IpAddr::V6(address) => {
            let [a, b, c, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}::/48")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_told_as_its_network() {
        for (address, expected) in [
            ("203.0.113.77", "203.0.113.0/24"),
            ("::ffff:203.0.113.77", "203.0.113.0/24"),
            ("2001:db8:7:9::1", "2001:db8:7::/48"),
        ] {
            assert_eq!(network(address.parse().expect("an address")), expected);
        }
    }
}
