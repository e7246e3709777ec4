//! The text of a partner's key: `fck_live_<key id>_<random><checksum>`, in letters and digits, so that a double click takes
//! all of it, scanners for lost secrets know it, and a mistyped one is told from a wrong one without a look at the database.

use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::crypto;

/// What every key begins with.
const PREFIX: &str = "fck_live_";

/// In the order of their values.
const SIGNS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// Signs of the key's id.
const KEY_ID: usize = 12;

/// Signs of what is secret: 190 bits. A hash of it needs no salt and no stretching.
const RANDOM: usize = 32;

/// Signs of the checksum: as many as 32 bits need.
const CHECKSUM: usize = 6;

/// Where the random signs begin, behind the second underscore.
const SECRET: usize = PREFIX.len() + KEY_ID + 1;

/// A key as its holder has it; of the right form and with the right checksum.
pub struct KeyText(SecretString);

impl KeyText {
    /// A fresh one.
    pub fn generate() -> Self {
        let body = format!("{PREFIX}{}_{}", signs(KEY_ID), signs(RANDOM));
        Self(SecretString::from(format!("{body}{}", checksum(&body))))
    }

    /// The key that a text is; none where prefix, length, signs or checksum are wrong.
    pub fn parse(text: &str) -> Option<Self> {
        let rest = text.strip_prefix(PREFIX).filter(|_| text.is_ascii())?;
        let (key_id, secret) = rest.split_once('_')?;
        let is_made_of_signs = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let is_formed = key_id.len() == KEY_ID
            && secret.len() == RANDOM + CHECKSUM
            && is_made_of_signs(key_id)
            && is_made_of_signs(secret);
        let (body, sum) = is_formed.then(|| text.split_at(SECRET + RANDOM))?;
        (checksum(body) == sum).then(|| Self(SecretString::from(text)))
    }

    /// The part by which it is found.
    pub fn key_id(&self) -> &str {
        &self.text()[PREFIX.len()..PREFIX.len() + KEY_ID]
    }

    /// By which people tell it from others.
    pub fn last_four(&self) -> &str {
        let text = self.text();
        &text[text.len() - 4..]
    }

    /// What is kept of it.
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.text()).into()
    }

    /// Whether `hash` is what is kept of it, compared in constant time.
    pub fn is_kept_as(&self, hash: &[u8]) -> bool {
        self.hash()[..].ct_eq(hash).into()
    }

    /// The whole text, to be shown once.
    pub fn into_secret(self) -> SecretString {
        self.0
    }

    fn text(&self) -> &str {
        self.0.expose_secret()
    }
}

/// CRC-32 (ISO-HDLC, as zlib and PNG have it) of all that precedes it.
fn checksum(body: &str) -> String {
    let mut rest = crc32fast::hash(body.as_bytes());
    let mut signs = [SIGNS[0]; CHECKSUM];
    for sign in signs.iter_mut().rev() {
        *sign = SIGNS[rest as usize % SIGNS.len()];
        rest /= 62;
    }
    signs.map(char::from).iter().collect()
}

/// Random signs, each as likely as any other.
fn signs(count: usize) -> String {
    let mut signs = String::with_capacity(count);
    while signs.len() < count {
        let fair = crypto::random::<64>().into_iter().filter(|byte| usize::from(*byte) < 4 * SIGNS.len());
        let fair = fair.map(|byte| char::from(SIGNS[usize::from(byte) % SIGNS.len()]));
        signs.extend(fair.take(count - signs.len()));
    }
    signs
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Of the page on keys, where it is worked out step by step.
    const EXAMPLE: &str = include_str!("../../../docs/partner-keys.md");

    fn fresh() -> String {
        KeyText::generate().into_secret().expose_secret().to_owned()
    }

    #[test]
    fn a_key_is_what_it_was_made_of() {
        let text = fresh();
        let key = KeyText::parse(&text).expect("a key");
        assert_eq!((text.len(), &text[..9]), (60, PREFIX));
        assert_eq!((key.key_id(), key.last_four()), (&text[9..21], &text[56..]));
        assert!(key.is_kept_as(&key.hash()));
        assert!(!key.is_kept_as(&KeyText::generate().hash()) && !key.is_kept_as(&key.hash()[..31]));
        assert_ne!(text, fresh());
    }

    #[test]
    fn what_has_another_form_is_no_key() {
        let text = fresh();
        let other_prefix = text.replacen("live", "test", 1);
        let longer = format!("{text}0");
        let unfit = format!("{}ප{}", &text[..30], &text[33..]);
        for other in ["", PREFIX, &text[..59], &text[1..], &longer, &other_prefix, &unfit, &text.to_uppercase()] {
            assert!(KeyText::parse(other).is_none(), "{other}");
        }
    }

    #[test]
    fn the_example_of_the_page_holds() {
        let line = |head: &str| {
            let found = EXAMPLE.lines().find_map(|line| line.strip_prefix(head));
            found.unwrap_or_else(|| panic!("docs/partner-keys.md has no line {head}")).trim()
        };
        let (body, crc, sum) = (line("body:"), line("CRC-32:"), line("base62:"));
        assert_eq!(crc32fast::hash(body.as_bytes()).to_string(), crc);
        assert_eq!(checksum(body), sum);
        assert!(KeyText::parse(line("key:")).is_some_and(|key| key.text() == format!("{body}{sum}")));
    }

    #[test]
    fn no_swap_across_the_checksums_border_gives_another_key() {
        // Within the body, or within the checksum, a swap is a burst that CRC-32 always hears. Across the border the last
        // sign of the body becomes the checksum's first: both change together, so this is looked at pair by pair. The
        // checksum rises by `step`, and is the old one with the bits of `flips` turned: is there any number so?
        let table = |of: u8| crc32fast::hash(&[of]) ^ crc32fast::hash(&[0]);
        let value =
            |sign: u8| SIGNS.iter().position(|own| *own == sign).map(i64::try_from).expect("a sign").expect("few");
        for (last, first) in SIGNS.iter().flat_map(|last| b"01234".map(|first| (*last, first))) {
            let (flips, step) = (i64::from(table(last ^ first)), (value(last) - value(first)) * 62_i64.pow(5));
            let raised = flips + step;
            let is_possible = raised % 2 == 0 && raised >= 0 && (raised / 2) & !flips == 0;
            assert!(last == first || !is_possible, "{} and {} may be swapped", char::from(last), char::from(first));
        }
    }

    proptest! {
        #[test]
        fn a_wrong_sign_is_refused(at in 0..60_usize, sign in any::<char>()) {
            let text = fresh();
            let typed: String = text.chars().enumerate().map(|(n, old)| if n == at { sign } else { old }).collect();
            prop_assert_eq!(KeyText::parse(&typed).is_some(), typed == text);
        }

        #[test]
        fn neighbours_swapped_are_refused(at in 0..59_usize) {
            let text = fresh();
            let mut typed = text.clone().into_bytes();
            typed.swap(at, at + 1);
            let typed = String::from_utf8(typed).expect("signs");
            prop_assert_eq!(KeyText::parse(&typed).is_some(), typed == text);
        }
    }
}
