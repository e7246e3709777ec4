//! Argon2id, on threads of its own and a few at a time: each hash takes 19 MiB and tens of milliseconds.

use std::sync::{Arc, OnceLock};

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Semaphore;

use crate::error::{Error, Result};

/// Hashes computed at a time.
const AT_ONCE: usize = 2;

/// Shortest password: NIST SP 800-63B-4 asks for 15 characters where the password stands alone.
pub(crate) const MIN_LENGTH: usize = 15;

/// Hashing and checking of passwords. Parameters: the crate's default, m = 19 MiB, t = 2, p = 1 (OWASP's floor).
pub struct Passwords {
    slots: Arc<Semaphore>,
}

impl Default for Passwords {
    fn default() -> Self {
        Self { slots: Arc::new(Semaphore::new(AT_ONCE)) }
    }
}

impl Passwords {
    /// The PHC string of a password.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` when it is shorter than 15 characters.
    pub async fn hash(&self, password: SecretString) -> Result<String> {
        if password.expose_secret().chars().count() < MIN_LENGTH {
            return Err(Error::bad_input("password", format!("Please choose at least {MIN_LENGTH} characters.")));
        }
        self.run(move || hash(&password)).await?
    }

    /// Whether `password` is the one hashed. Takes as long when there is no hash, so that nobody learns which
    /// addresses have an account.
    pub async fn verify(&self, password: SecretString, hash: Option<String>) -> Result<bool> {
        self.run(move || match hash {
            Some(hash) => verify(&password, &hash),
            None => verify(&password, unknown_user()?).map(|_| false),
        })
        .await?
    }

    /// The PHC string of a random code, which no rule for passwords binds.
    pub(super) async fn hash_code(&self, code: SecretString) -> Result<String> {
        self.run(move || hash(&code)).await?
    }

    /// [`Passwords::verify`] of a random code.
    pub(super) async fn verify_code(&self, code: SecretString, hash: Option<String>) -> Result<bool> {
        self.verify(code, hash).await
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let slot = Arc::clone(&self.slots).acquire_owned().await.map_err(Error::internal)?;
        let run = move || {
            let done = work();
            drop(slot);
            done
        };
        tokio::task::spawn_blocking(run).await.map_err(Error::internal)
    }
}

fn hash(password: &SecretString) -> Result<String> {
    let hash = Argon2::default().hash_password(password.expose_secret().as_bytes());
    Ok(hash.map_err(|error| Error::internal(anyhow::anyhow!("cannot hash a password: {error}")))?.to_string())
}

fn verify(password: &SecretString, hash: &str) -> Result<bool> {
    let hash =
        PasswordHash::new(hash).map_err(|error| Error::internal(anyhow::anyhow!("not a PHC string: {error}")))?;
    Ok(Argon2::default().verify_password(password.expose_secret().as_bytes(), &hash).is_ok())
}

fn unknown_user() -> Result<&'static str> {
    static HASH: OnceLock<String> = OnceLock::new();
    match HASH.get() {
        Some(hash) => Ok(hash),
        None => {
            let fresh = hash(&SecretString::from("nobody has this password"))?;
            Ok(HASH.get_or_init(|| fresh))
        }
    }
}
