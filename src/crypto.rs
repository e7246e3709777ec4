//! Field encryption, blind indexes and the keys they need, all derived from one master key.
//!
//! A sealed field is `version ‖ key id ‖ nonce ‖ ciphertext ‖ tag` (AES-256-GCM-SIV), bound to its place (dealership,
//! table, column, row), so that a cell cannot be moved. A blind index is a keyed digest of a normalised value:
//! equality only. Each dealership has keys of its own (HKDF-SHA-256).

use aes_gcm_siv::aead::{Aead, KeyInit, Payload};
use aes_gcm_siv::{Aes256GcmSiv, Nonce};
use anyhow::{Context, anyhow, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use secrecy::{ExposeSecret, SecretBox, SecretString};
use sha2::Sha256;
use uuid::Uuid;

use crate::error::{Error, Result};

const VERSION: u8 = 1;
const HEAD: usize = 1 + KEY_ID;
const KEY_ID: usize = 4;
const NONCE: usize = 12;

/// Bytes of a cursor's seal.
pub(crate) const CURSOR_SEAL: usize = 12;

/// Bytes of a digest.
pub(crate) const DIGEST: usize = 16;

/// Where a sealed field lives; sealing binds to it, opening elsewhere fails.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// The nil id for tables that no dealership owns.
    pub dealership: Uuid,
    /// Table name.
    pub table: &'static str,
    /// Column name.
    pub column: &'static str,
    /// The row's id.
    pub row: Uuid,
}

/// The installation's keys.
pub struct Keys {
    master: SecretBox<[u8; 32]>,
    key_id: [u8; KEY_ID],
    cursors: CursorSeal,
}

impl Keys {
    /// Reads a master key: 32 bytes in base64.
    pub fn parse(text: &SecretString) -> anyhow::Result<Self> {
        let bytes = STANDARD.decode(text.expose_secret().trim()).context("it is not base64")?;
        let bytes: [u8; 32] = bytes.try_into().map_err(|_| anyhow!("it is not 32 bytes long"))?;
        Ok(Self::from_bytes(bytes))
    }

    /// A fresh master key with its base64 text.
    pub fn generate() -> (Self, SecretString) {
        let bytes: [u8; 32] = random();
        (Self::from_bytes(bytes), SecretString::from(STANDARD.encode(bytes)))
    }

    fn from_bytes(bytes: [u8; 32]) -> Self {
        let master = SecretBox::new(Box::new(bytes));
        let mut keys = Self { master, key_id: [0; KEY_ID], cursors: CursorSeal::keyed(&[]) };
        keys.key_id = keys.derive("key id", Uuid::nil());
        keys.cursors = CursorSeal::keyed(&keys.derive::<32>("cursor", Uuid::nil()));
        keys
    }

    /// Encrypts `plaintext` for `place`.
    pub fn seal(&self, place: Place, plaintext: &[u8]) -> Vec<u8> {
        let nonce: [u8; NONCE] = random();
        let payload = Payload { msg: plaintext, aad: &place.bytes() };
        let sealed = self.cipher(place.dealership).encrypt(&Nonce::from(nonce), payload);
        let sealed = sealed.expect("a field is shorter than the cipher's limit of 64 GiB");
        [&[VERSION][..], &self.key_id, &nonce, &sealed].concat()
    }

    /// Decrypts what [`Keys::seal`] made for the same place.
    ///
    /// # Errors
    /// Internal, when the bytes were made with another key, for another place, or were altered.
    pub fn open(&self, place: Place, sealed: &[u8]) -> Result<Vec<u8>> {
        self.try_open(place, sealed)
            .with_context(|| format!("cannot open {}.{} of row {}", place.table, place.column, place.row))
            .map_err(Error::internal)
    }

    fn try_open(&self, place: Place, sealed: &[u8]) -> anyhow::Result<Vec<u8>> {
        ensure!(sealed.len() > HEAD + NONCE && sealed[0] == VERSION, "not a sealed field");
        ensure!(sealed[1..HEAD] == self.key_id, "sealed with another master key");
        let nonce: [u8; NONCE] = sealed[HEAD..HEAD + NONCE].try_into()?;
        let payload = Payload { msg: &sealed[HEAD + NONCE..], aad: &place.bytes() };
        let opened = self.cipher(place.dealership).decrypt(&Nonce::from(nonce), payload);
        opened.map_err(|_| anyhow!("altered, or moved from another place"))
    }

    /// The keyed digest by which equal values of `field` are found within one dealership.
    pub fn blind_index(&self, dealership: Uuid, field: &str, normalised: &str) -> Vec<u8> {
        let key: [u8; 32] = self.derive(&format!("blind index/{field}"), dealership);
        let mut mac = Hmac::<Sha256>::new_from_slice(&key).expect("HMAC takes a key of any length");
        mac.update(normalised.as_bytes());
        mac.finalize().into_bytes()[..16].to_vec()
    }

    /// The seal of cursors; see [`CursorSeal::over`].
    pub(crate) fn cursor_seal(&self) -> &CursorSeal {
        &self.cursors
    }

    /// Digests of one purpose: they tell nothing of what they are of, and nobody else can make them.
    pub(crate) fn digester(&self, purpose: &str) -> Digester {
        let key: [u8; 32] = self.derive(&format!("digest/{purpose}"), Uuid::nil());
        Digester(Hmac::new_from_slice(&key).expect("HMAC takes a key of any length"))
    }

    /// What this master key is called where one is to be told from another; tells nothing of it.
    pub(crate) fn name(&self) -> String {
        hex(&self.key_id)
    }

    /// A digest by which a database tells whether this is the key it was filled with.
    pub fn check(&self) -> [u8; 32] {
        self.derive("key check", Uuid::nil())
    }

    fn cipher(&self, dealership: Uuid) -> Aes256GcmSiv {
        let key: [u8; 32] = self.derive("field", dealership);
        Aes256GcmSiv::new(&key.into())
    }

    fn derive<const N: usize>(&self, purpose: &str, dealership: Uuid) -> [u8; N] {
        let mut key = [0; N];
        Hkdf::<Sha256>::new(Some(b"forecourt"), self.master.expose_secret())
            .expand_multi_info(&[purpose.as_bytes(), b"/", dealership.as_bytes()], &mut key)
            .expect("HKDF gives up to 8,160 bytes");
        key
    }
}

/// Makes digests of one purpose.
pub(crate) struct Digester(Hmac<Sha256>);

impl Digester {
    /// The digest of `parts`, in this order.
    pub(crate) fn of(&self, parts: &[&[u8]]) -> [u8; DIGEST] {
        let digest = self.fed(parts).finalize().into_bytes();
        digest[..DIGEST].try_into().expect("a SHA-256 has 32 bytes")
    }

    /// Whether `digest` is [`Digester::of`]'s, compared in constant time.
    pub(crate) fn holds(&self, digest: &[u8; DIGEST], parts: &[&[u8]]) -> bool {
        self.fed(parts).verify_truncated_left(digest).is_ok()
    }

    fn fed(&self, parts: &[&[u8]]) -> Hmac<Sha256> {
        // With their lengths: what is moved from one part to the next gives another digest.
        parts
            .iter()
            .fold(self.0.clone(), |mac, part| mac.chain_update((part.len() as u64).to_be_bytes()).chain_update(part))
    }
}

/// Seals places in one list.
#[derive(Clone)]
pub(crate) struct CursorSeal(Hmac<Sha256>);

impl CursorSeal {
    fn keyed(key: &[u8]) -> Self {
        Self(Hmac::new_from_slice(key).expect("HMAC takes a key of any length"))
    }

    /// The seal of the cursors of one list: fed with the list once, however many rows a page has.
    pub(crate) fn over(&self, list: &str) -> Self {
        Self(self.0.clone().chain_update((list.len() as u64).to_be_bytes()).chain_update(list))
    }

    pub(crate) fn of(&self, place: &[u8]) -> [u8; CURSOR_SEAL] {
        let seal = self.0.clone().chain_update(place).finalize().into_bytes();
        seal[..CURSOR_SEAL].try_into().expect("a SHA-256 has 32 bytes")
    }

    /// Whether `seal` is [`CursorSeal::of`]'s, compared in constant time.
    pub(crate) fn holds(&self, seal: &[u8], place: &[u8]) -> bool {
        self.0.clone().chain_update(place).verify_truncated_left(seal).is_ok()
    }
}

impl Place {
    fn bytes(&self) -> Vec<u8> {
        let names = format!("{}/{}", self.table, self.column);
        [self.dealership.as_bytes(), self.row.as_bytes(), names.as_bytes()].concat()
    }
}

/// Digests and names of keys as they are written down: two small hexadecimal digits a byte.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Bytes from the operating system's generator.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(row: u128) -> Place {
        Place { dealership: Uuid::from_u128(1), table: "customer", column: "nic", row: Uuid::from_u128(row) }
    }

    #[test]
    fn a_sealed_field_opens_in_its_place_only() {
        let (keys, _) = Keys::generate();
        let sealed = keys.seal(place(7), b"831937395X");
        assert_eq!(keys.open(place(7), &sealed).expect("opens"), b"831937395X");
        assert!(keys.open(place(8), &sealed).is_err());
        assert!(Keys::generate().0.open(place(7), &sealed).is_err());
        for at in 0..sealed.len() {
            let mut altered = sealed.clone();
            altered[at] ^= 1;
            assert!(keys.open(place(7), &altered).is_err(), "byte {at} may be altered");
        }
    }

    #[test]
    fn a_digest_is_of_its_purpose_and_its_parts() {
        let (keys, _) = Keys::generate();
        let digest = keys.digester("throttle").of(&[b"ab", b"c"]);
        assert!(keys.digester("throttle").holds(&digest, &[b"ab", b"c"]));
        assert!(!keys.digester("throttle").holds(&digest, &[b"a", b"bc"]));
        assert!(!keys.digester("device").holds(&digest, &[b"ab", b"c"]));
        assert!(!Keys::generate().0.digester("throttle").holds(&digest, &[b"ab", b"c"]));
    }

    #[test]
    fn a_blind_index_is_the_dealerships_own() {
        let (keys, _) = Keys::generate();
        let of = |dealership, value| keys.blind_index(Uuid::from_u128(dealership), "nic", value);
        assert_eq!(of(1, "198831682941"), of(1, "198831682941"));
        assert_ne!(of(1, "198831682941"), of(2, "198831682941"));
        assert_ne!(of(1, "198831682941"), of(1, "198831682942"));
    }
}
