//! What attempts are counted for, and how many are free.

use std::net::IpAddr;

use chrono::TimeDelta;
use uuid::Uuid;

use super::rule::Rule;
use crate::crypto::Digester;
use crate::identity;

/// What an attempt is counted for.
#[derive(Clone, Copy, Debug)]
pub enum Subject<'a> {
    /// The account of an e-mail address, there or not, from any device that is not familiar. 5 attempts are free; then
    /// there are 1 s, 2 s, 4 s … 15 min between them, until none was made for a day.
    Account(&'a str),
    /// The account of an e-mail address from one familiar device, which no stranger can use up: 20 are free, then up to a
    /// minute apart.
    Device {
        /// The e-mail address.
        account: &'a str,
        /// The device's id.
        device: [u8; 16],
    },
    /// A network address: 30 within 15 min are free, then up to 5 min apart. Unknown ones are one.
    Address(Option<IpAddr>),
    /// Everybody from a device that is not familiar: 10 attempts a second, 200 at a time. It bounds what any number of
    /// addresses can cost.
    Strangers,
    /// The password of somebody who is signed in and asked for it once more: as from a familiar device.
    SignedIn(Uuid),
    /// A person's one-time and recovery codes, which are short: 5 are free, then 15 min, 30 min, 1 h apart.
    OneTimeCode(Uuid),
    /// Links for another password, mailed to an e-mail address, there or not: 3 are free, then 15 min, 30 min, 1 h apart.
    Reset(&'a str),
}

impl Subject<'_> {
    pub(super) fn rule(&self) -> Rule {
        const DAY: TimeDelta = TimeDelta::hours(24);
        const QUARTER: TimeDelta = TimeDelta::minutes(15);
        const SECOND: TimeDelta = TimeDelta::seconds(1);
        match self {
            Self::Account(_) => Rule::in_a_row(5, SECOND, QUARTER, DAY),
            Self::Device { .. } | Self::SignedIn(_) => Rule::in_a_row(20, SECOND, TimeDelta::minutes(1), DAY),
            Self::Address(_) => Rule::in_all(30, SECOND, TimeDelta::minutes(5), QUARTER),
            Self::Strangers => Rule::Rate { burst: 200, every: TimeDelta::milliseconds(100) },
            Self::OneTimeCode(_) => Rule::in_a_row(5, QUARTER, TimeDelta::hours(1), DAY),
            Self::Reset(_) => Rule::in_all(3, QUARTER, TimeDelta::hours(1), DAY),
        }
    }

    /// Its row: a keyed digest.
    pub(super) fn id(&self, digester: &Digester) -> Uuid {
        let digest = match self {
            Self::Account(address) => digester.of(&[b"account", identity::email_key(address).as_bytes()]),
            Self::Device { account, device } => {
                digester.of(&[b"device", identity::email_key(account).as_bytes(), device])
            }
            Self::Address(address) => digester.of(&[b"address", &network(*address)]),
            Self::Strangers => digester.of(&[b"strangers"]),
            Self::SignedIn(person) => digester.of(&[b"signed in", person.as_bytes()]),
            Self::Reset(address) => digester.of(&[b"reset", identity::email_key(address).as_bytes()]),
            Self::OneTimeCode(person) => digester.of(&[b"one-time code", person.as_bytes()]),
        };
        Uuid::from_bytes(digest)
    }
}

/// What one subscriber has: an IPv4 address, a /64 of IPv6.
fn network(address: Option<IpAddr>) -> Vec<u8> {
    match address.map(|address| address.to_canonical()) {
        Some(IpAddr::V4(address)) => address.octets().to_vec(),
        Some(IpAddr::V6(address)) => address.octets()[..8].to_vec(),
        None => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::Keys;

    #[test]
    fn whatever_is_one_subscribers_is_counted_together() {
        let digester = Keys::generate().0.digester("throttle");
        let id = |address: &str| Subject::Address(Some(address.parse().expect("an address"))).id(&digester);
        assert_eq!(id("203.0.113.7"), id("::ffff:203.0.113.7"));
        assert_ne!(id("203.0.113.7"), id("203.0.113.8"));
        assert_eq!(id("2001:db8:1:2::1"), id("2001:db8:1:2:ffff::9"));
        assert_ne!(id("2001:db8:1:2::1"), id("2001:db8:1:3::1"));
        let account = |address| Subject::Account(address).id(&digester);
        assert_eq!(account("Owner@Example.com "), account("owner@example.com"));
        let device = Subject::Device { account: "owner@example.com", device: [7; 16] };
        assert_ne!(device.id(&digester), account("owner@example.com"));
    }
}
