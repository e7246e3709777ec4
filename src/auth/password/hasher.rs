//! Argon2id with the parameters of today.

use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::{anyhow, ensure};
use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use secrecy::{ExposeSecret, SecretString};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use crate::config;
use crate::crypto::random;
use crate::error::{Error, Result};

use super::Verified;

/// Least memory and passes: the OWASP Password Storage Cheat Sheet.
const LEAST_MEMORY_KIB: u32 = 19_456;
const LEAST_PASSES: u32 = 2;

/// Computes hashes, and counts them.
pub(super) struct Hasher {
    argon2: Argon2<'static>,
    /// A hash of today's parameters that no password has: checked where there is none.
    nobody: String,
    computed: AtomicU64,
}

impl Hasher {
    pub(super) fn new(config: &config::Passwords) -> anyhow::Result<Self> {
        let config::Passwords { memory_kib, passes, lanes, .. } = *config;
        ensure!(
            memory_kib >= LEAST_MEMORY_KIB,
            "the setting `auth.passwords.memory_kib` is {memory_kib}: set it to {LEAST_MEMORY_KIB} or more"
        );
        ensure!(
            passes >= LEAST_PASSES,
            "the setting `auth.passwords.passes` is {passes}: set it to {LEAST_PASSES} or more"
        );
        ensure!(
            (1..=64).contains(&lanes),
            "the setting `auth.passwords.lanes` is {lanes}: set it to 1 or more, at most 64"
        );
        let params = Params::new(memory_kib, passes, lanes, None)
            .map_err(|error| anyhow!("the settings under `auth.passwords` are not usable: {error}; lower them"))?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        Ok(Self { nobody: nobody(argon2.params())?, argon2, computed: AtomicU64::new(0) })
    }

    pub(super) fn hash(&self, password: &SecretString) -> Result<String> {
        self.count();
        let hash = self.argon2.hash_password(normal(password).as_bytes());
        Ok(hash.map_err(|error| Error::internal(anyhow!("cannot hash a password: {error}")))?.to_string())
    }

    pub(super) fn verify(&self, password: &SecretString, hash: Option<&str>) -> Result<Verified> {
        let text = hash.unwrap_or(&self.nobody);
        let parsed = PasswordHash::new(text).map_err(|error| Error::internal(anyhow!("not a PHC string: {error}")))?;
        self.count();
        let matches = self.argon2.verify_password(normal(password).as_bytes(), &parsed).is_ok();
        let correct = matches && hash.is_some();
        Ok(Verified { correct, is_outdated: correct && self.is_outdated(&parsed) })
    }

    pub(super) fn computed(&self) -> u64 {
        self.computed.load(Ordering::Relaxed)
    }

    fn count(&self) {
        self.computed.fetch_add(1, Ordering::Relaxed);
    }

    fn is_outdated(&self, hash: &PasswordHash) -> bool {
        let today = self.argon2.params();
        let is_lower = |then: &Params| {
            then.m_cost() < today.m_cost() || then.t_cost() < today.t_cost() || then.p_cost() < today.p_cost()
        };
        hash.algorithm.as_str() != Algorithm::Argon2id.as_str()
            || Params::try_from(hash).is_ok_and(|then| is_lower(&then))
    }
}

/// The password in the form that is hashed: NFKC (NIST SP 800-63B-4, section 3.1.1.2), so that it is the same from every
/// keyboard. ASCII is as it is.
pub(super) fn normal(password: &SecretString) -> Zeroizing<String> {
    Zeroizing::new(password.expose_secret().nfkc().collect())
}

/// A hash that was never computed: checking against it takes as long as against any other.
fn nobody(params: &Params) -> anyhow::Result<String> {
    let made = || -> argon2::password_hash::Result<PasswordHash> {
        Ok(PasswordHash {
            algorithm: Algorithm::Argon2id.ident(),
            version: Some(Version::V0x13.into()),
            params: ParamsString::try_from(params)?,
            salt: Some(Salt::new(&random::<16>())?),
            hash: Some(Output::new(&random::<32>())?),
        })
    };
    Ok(made().map_err(|error| anyhow!("cannot make a hash of nobody's: {error}"))?.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hasher(memory_kib: u32, passes: u32, lanes: u32) -> anyhow::Result<Hasher> {
        Hasher::new(&config::Passwords { memory_kib, passes, lanes, at_once: 1, waiting: 1 })
    }

    fn secret(text: &str) -> SecretString {
        SecretString::from(text)
    }

    #[test]
    fn parameters_below_the_floor_name_themselves() {
        let said = |hasher: anyhow::Result<Hasher>| hasher.err().expect("refused").to_string();
        insta::assert_snapshot!(said(hasher(19_455, 2, 1)), @"the setting `auth.passwords.memory_kib` is 19455: set it to 19456 or more");
        insta::assert_snapshot!(said(hasher(65_536, 1, 1)), @"the setting `auth.passwords.passes` is 1: set it to 2 or more");
        insta::assert_snapshot!(said(hasher(19_456, 2, 0)), @"the setting `auth.passwords.lanes` is 0: set it to 1 or more, at most 64");
    }

    #[test]
    fn a_hash_of_lower_parameters_is_right_and_outdated() {
        let (then, now) = (hasher(19_456, 2, 1).expect("a hasher"), hasher(20_480, 2, 1).expect("a hasher"));
        let hash = then.hash(&secret("correct horse battery")).expect("a hash");
        let right = secret("correct horse battery");
        let found = |correct, is_outdated| Verified { correct, is_outdated };
        assert_eq!(now.verify(&right, Some(&hash)).expect("checked"), found(true, true));
        assert_eq!(then.verify(&right, Some(&hash)).expect("checked"), found(true, false));
        assert_eq!(now.verify(&secret("wrong horse battery"), Some(&hash)).expect("checked"), found(false, false));
        assert_eq!(now.verify(&right, None).expect("checked"), found(false, false));
        assert_eq!((then.computed(), now.computed()), (2, 3));
        let higher = now.hash(&right).expect("a hash");
        assert_eq!(then.verify(&right, Some(&higher)).expect("checked"), found(true, false));
    }

    #[test]
    fn nobodys_hash_costs_what_any_other_does() {
        let hasher = hasher(20_480, 3, 1).expect("a hasher");
        let own = hasher.hash(&secret("whatever")).expect("a hash");
        let head = |hash: &str| hash.rsplitn(3, '$').last().expect("a head").to_owned();
        assert_eq!(head(&hasher.nobody), head(&own));
        assert_eq!(hasher.nobody.len(), own.len());
    }

    #[test]
    fn a_password_is_the_same_from_every_keyboard() {
        let hasher = hasher(19_456, 2, 1).expect("a hasher");
        let hash = hasher.hash(&secret("caf\u{e9} \u{fb01}ve ලංකා")).expect("a hash");
        let typed = secret("cafe\u{301} five ලංකා");
        assert!(hasher.verify(&typed, Some(&hash)).expect("checked").correct);
    }
}
