//! The old system's field encryption, read only: what `CryptoJS.AES.encrypt(text, passphrase)` writes.
//!
//! Base64 of `Salted__`, 8 bytes of salt and AES-256-CBC with PKCS#7 padding; key and IV come from OpenSSL's
//! `EVP_BytesToKey` with MD5 and one round. Nothing proves that an opened text is the right one, so a text is believed
//! only when it is UTF-8 of printable characters.

use aes::Aes256;
use aes::cipher::block_padding::Pkcs7;
use aes::cipher::{BlockModeDecrypt, KeyIvInit};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use md5::{Digest, Md5};
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

/// Base64 of `Salted_`, with which every encrypted field begins.
const MARK: &str = "U2FsdGVkX1";
const HEAD: &[u8] = b"Salted__";
const SALT: usize = 8;
const KEY: usize = 32;
const IV: usize = 16;

/// The old system's keys, the newest first.
pub(super) struct Passphrases(Vec<SecretString>);

/// What a field turned out to hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Field {
    /// It was never encrypted.
    Plain(String),
    /// The newest key opens it.
    Opened(String),
    /// An older key opens it.
    OpenedByOlder(String),
    /// No key opens it.
    Closed,
}

impl Passphrases {
    pub(super) fn new(newest_first: Vec<SecretString>) -> Self {
        Self(newest_first)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Reads a field that should be encrypted.
    pub(super) fn read(&self, text: &str) -> Field {
        if !is_encrypted(text) {
            return Field::Plain(text.to_owned());
        }
        let opened = self.0.iter().enumerate().find_map(|(age, key)| open(text, key).map(|plain| (age, plain)));
        match opened {
            Some((0, plain)) => Field::Opened(plain),
            Some((_, plain)) => Field::OpenedByOlder(plain),
            None => Field::Closed,
        }
    }
}

/// Whether a text looks like the output of the old encryption.
pub(super) fn is_encrypted(text: &str) -> bool {
    text.trim_start().starts_with(MARK)
}

fn open(text: &str, passphrase: &SecretString) -> Option<String> {
    let bytes = STANDARD.decode(text.trim()).ok()?;
    let (salt, sealed) = bytes.strip_prefix(HEAD)?.split_at_checked(SALT)?;
    let derived = key_and_iv(passphrase.expose_secret().as_bytes(), salt);
    let (key, iv) = derived.split_at(KEY);
    let cipher = cbc::Decryptor::<Aes256>::new_from_slices(key, iv).ok()?;
    let plain = String::from_utf8(cipher.decrypt_padded_vec::<Pkcs7>(sealed).ok()?).ok()?;
    // A postal address may have been typed on several lines.
    let printable = plain.chars().all(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t'));
    printable.then_some(plain)
}

/// OpenSSL's `EVP_BytesToKey` with MD5 and one round.
fn key_and_iv(passphrase: &[u8], salt: &[u8]) -> Zeroizing<Vec<u8>> {
    let mut derived = Zeroizing::new(Vec::with_capacity(KEY + IV));
    while derived.len() < KEY + IV {
        let last = derived.len().saturating_sub(IV);
        let digest = Md5::new().chain_update(&derived[last..]).chain_update(passphrase).chain_update(salt).finalize();
        derived.extend_from_slice(&digest);
    }
    derived
}

#[cfg(test)]
mod tests {
    use super::*;

    // printf 'Salted__\1\2\3\4\5\6\7\10' and the output of
    // printf TEXT | openssl enc -aes-256-cbc -md md5 -S 0102030405060708 -pass pass:PASSPHRASE, both through base64.
    const NEWEST: &str = "legacy-demo-encryption-key-0123456789abcdef";
    const NIC: &str = "U2FsdGVkX18BAgMEBQYHCPl4BEEX1zW2McF/p+9/vxk=";
    const ADDRESS: &str = "U2FsdGVkX18BAgMEBQYHCKsNpkuyEaJVaEHcFql19+eOF1yIMS1n6gM8gRMdJPwTqxc2AUbfgiMsidPStIvL0g==";
    const SINHALA: &str = "U2FsdGVkX18BAgMEBQYHCOlk8LEQjIPFLCzzV0TwbC4=";
    /// `831937395X` under the passphrase `older`, with a random salt of openssl's own.
    const OLDER: &str = "U2FsdGVkX1/jCTpqe04ghT12gBT0xOS4D3EIu7rJBwU=";
    /// `a\u{1}b` under the passphrase `older`.
    const CONTROL: &str = "U2FsdGVkX19VmOK/j2wFHP9vIOIOZa+FdpRBpVhVxRM=";

    fn read(keys: &[&str], text: &str) -> Field {
        Passphrases::new(keys.iter().map(|key| SecretString::from(*key)).collect()).read(text)
    }

    #[test]
    fn fields_of_openssl_open() {
        assert_eq!(read(&[NEWEST], NIC), Field::Opened("831937395X".into()));
        assert_eq!(read(&[NEWEST], ADDRESS), Field::Opened("No 12, Temple Road, Embilipitiya".into()));
        assert_eq!(read(&[NEWEST], SINHALA), Field::Opened("නිමල්".into()));
    }

    #[test]
    fn older_keys_are_tried_after_the_newest() {
        assert_eq!(read(&[NEWEST, "older"], OLDER), Field::OpenedByOlder("831937395X".into()));
        assert_eq!(read(&[NEWEST, "older"], NIC), Field::Opened("831937395X".into()));
    }

    #[test]
    fn what_does_not_open_stays_closed() {
        assert_eq!(read(&["wrong"], NIC), Field::Closed);
        assert_eq!(read(&[], NIC), Field::Closed);
        assert_eq!(read(&["older"], CONTROL), Field::Closed);
        for broken in [&NIC[..20], &NIC[..40], MARK, "U2FsdGVkX18BAgMEBQYHCA==", "U2FsdGVkX1?????"] {
            assert_eq!(read(&[NEWEST], broken), Field::Closed, "{broken}");
        }
    }

    #[test]
    fn a_field_never_encrypted_is_plain() {
        assert_eq!(read(&[NEWEST], "831937395X"), Field::Plain("831937395X".into()));
    }
}
