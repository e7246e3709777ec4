//! Row ids: UUIDv7, so that they sort by time.

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};

use crate::crypto;

/// A fresh id for something made at `at`.
pub fn fresh(at: DateTime<Utc>) -> Uuid {
    build(at, &crypto::random())
}

/// The id that the same `parts` always give for something made at `at`: imports repeat themselves safely.
pub fn derived(at: DateTime<Utc>, parts: &[&[u8]]) -> Uuid {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part);
    }
    let digest = digest.finalize();
    build(at, digest[..10].try_into().expect("a SHA-256 has 32 bytes"))
}

fn build(at: DateTime<Utc>, random: &[u8; 10]) -> Uuid {
    let millis = at.timestamp_millis().max(0).unsigned_abs();
    Builder::from_unix_timestamp_millis(millis, random).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_version_7_and_sort_by_time() {
        let at = |millis| DateTime::from_timestamp_millis(millis).expect("in range");
        let early = derived(at(1_000), &[b"bills", b"a"]);
        assert_eq!(early, derived(at(1_000), &[b"bills", b"a"]));
        assert_ne!(early, derived(at(1_000), &[b"bill", b"sa"]));
        assert_eq!(early.get_version_num(), 7);
        assert!(early < fresh(at(2_000)));
    }
}
