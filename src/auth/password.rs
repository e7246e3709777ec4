//! Argon2id, on threads of its own and a few at a time: each hash takes 19 MiB or more and tens of milliseconds.

mod hasher;
mod pool;
mod rule;

use std::sync::Arc;

use secrecy::SecretString;

use crate::config;
use crate::error::Result;
use hasher::Hasher;
pub use pool::Asker;
use pool::Pool;

/// Hashing and checking of passwords.
pub struct Passwords {
    pool: Pool,
    hasher: Arc<Hasher>,
}

/// What a check found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Whether the password is the one hashed.
    pub correct: bool,
    /// Whether it is hashed less well than one would be today.
    pub is_outdated: bool,
}

impl Passwords {
    pub(crate) fn new(config: &config::Passwords) -> anyhow::Result<Self> {
        Ok(Self { pool: Pool::new(config)?, hasher: Arc::new(Hasher::new(config)?) })
    }

    /// The PHC string of a password that somebody chose; `about` is what else is known of the person: name and address.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` when it is too short, too long or easy to guess; `TOO_MANY_ATTEMPTS` when too many wait.
    pub async fn hash(&self, password: SecretString, about: Vec<String>) -> Result<String> {
        let hasher = Arc::clone(&self.hasher);
        let work = move || rule::check(&password, &about).and_then(|()| hasher.hash(&password));
        self.pool.run(Asker::Known, work).await?
    }

    /// The PHC string of a random code, or anew of a password that is there: no rule for new ones binds it.
    ///
    /// # Errors
    /// `TOO_MANY_ATTEMPTS` when too many wait.
    pub async fn hash_code(&self, code: SecretString) -> Result<String> {
        let hasher = Arc::clone(&self.hasher);
        self.pool.run(Asker::Known, move || hasher.hash(&code)).await?
    }

    /// Whether `password` is the one hashed. Where there is no hash it takes as long as with one of today's, so that
    /// nobody learns which addresses have an account; raised parameters are told by the time until people have signed in.
    ///
    /// # Errors
    /// `TOO_MANY_ATTEMPTS` when too many of the kind of `asker` wait.
    pub async fn verify(&self, asker: Asker, password: SecretString, hash: Option<String>) -> Result<Verified> {
        let hasher = Arc::clone(&self.hasher);
        self.pool.run(asker, move || hasher.verify(&password, hash.as_deref())).await?
    }

    /// Whether a random code is the one hashed.
    ///
    /// # Errors
    /// As [`Passwords::verify`].
    pub async fn verify_code(&self, code: SecretString, hash: Option<String>) -> Result<bool> {
        Ok(self.verify(Asker::Known, code, hash).await?.correct)
    }

    /// Hashes computed by this process so far.
    pub fn computed(&self) -> u64 {
        self.hasher.computed()
    }
}
