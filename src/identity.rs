//! Personal data: NIC, phone and address; how they are normalised for matching, sealed for storage and masked for show.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::crypto::{Keys, Place};
use crate::error::{Error, Result};

/// What identifies a person beside the name. Absent is not empty: an empty text is never kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// National identity card number as written.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub nic: Option<String>,
    /// E.164 where it could be read so, else as written.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub phone: Option<String>,
    /// Postal address on one line.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub address: Option<String>,
}

impl Identity {
    /// Seals all of it into one cell.
    pub fn seal(&self, keys: &Keys, place: Place) -> Vec<u8> {
        let json = serde_json::to_vec(self).expect("three texts are JSON");
        keys.seal(place, &json)
    }

    /// Opens what [`Identity::seal`] made.
    pub fn open(keys: &Keys, place: Place, sealed: &[u8]) -> Result<Self> {
        serde_json::from_slice(&keys.open(place, sealed)?).map_err(Error::internal)
    }
}

/// The blind index of a NIC: both forms of one person's number give the same.
pub fn nic_index(keys: &Keys, dealership: Uuid, nic: &str) -> Vec<u8> {
    keys.blind_index(dealership, "nic", &nic_key(nic))
}

/// The blind index of a phone number.
pub fn phone_index(keys: &Keys, dealership: Uuid, phone: &str) -> Vec<u8> {
    keys.blind_index(dealership, "phone", &e164(phone).unwrap_or_else(|| phone.trim().to_owned()))
}

/// An e-mail address in the form in which accounts are found: in any case, without blanks around it.
pub fn email_key(email: &str) -> String {
    email.trim().to_lowercase()
}

/// Whether mail could be sent there: an address as HTML's `input type=email` takes it, at a domain of two parts or more.
/// ASCII only: addresses that look alike would be two people.
pub fn is_email(text: &str) -> bool {
    let is_local = |c: char| c.is_ascii_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-".contains(c);
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    text.split_once('@').is_some_and(|(local, domain)| {
        (1..=64).contains(&local.len())
            && local.chars().all(is_local)
            && domain.contains('.')
            && domain.split('.').all(is_label)
    })
}

/// A NIC in its twelve-digit form: nine digits with V or X become `19` + first five + `0` + last four. What is neither
/// form stays as written, in upper case: an odd NIC is matched as it is, never refused.
pub fn nic_key(nic: &str) -> String {
    let nic: String = nic.chars().filter(|c| !c.is_whitespace() && *c != '-').flat_map(char::to_uppercase).collect();
    match nic.strip_suffix(['V', 'X']) {
        Some(digits) if digits.len() == 9 && is_digits(digits) => format!("19{}0{}", &digits[..5], &digits[5..]),
        _ => nic,
    }
}

/// Whether a NIC has one of its two forms and names a day of a year (women: plus 500). Sources disagree about the check
/// digit, so it is not looked at.
pub fn is_usual_nic(nic: &str) -> bool {
    let key = nic_key(nic);
    let days = (key.len() == 12 && is_digits(&key)).then(|| key[4..7].parse::<u16>());
    matches!(days, Some(Ok(1..=366 | 501..=866)))
}

/// A Sri Lankan phone number in E.164: `07XXXXXXXX`, `947…`, `+947…`, landlines too, with blanks and hyphens.
/// `None` when it cannot be one.
pub fn e164(phone: &str) -> Option<String> {
    let compact: String = phone.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '(' | ')' | '.')).collect();
    let national = match compact.strip_prefix('+') {
        Some(international) if !international.starts_with("94") => {
            let plausible = (8..=15).contains(&international.len()) && is_digits(international);
            return plausible.then_some(compact);
        }
        Some(international) => international.strip_prefix("94"),
        None => compact.strip_prefix("0094").or_else(|| match compact.len() {
            10 => compact.strip_prefix('0'),
            11 => compact.strip_prefix("94"),
            9 => Some(compact.as_str()),
            _ => None,
        }),
    }?;
    (national.len() == 9 && is_digits(national) && !national.starts_with('0')).then(|| format!("+94{national}"))
}

/// A value as shown to roles that may not read it: its last four characters, where enough is hidden before them.
pub fn masked(value: &str) -> String {
    const SHOWN: usize = 4;
    let length = value.chars().count();
    let hidden = if length >= 2 * SHOWN { length - SHOWN } else { length };
    "•".repeat(hidden.min(8)) + &value.chars().skip(hidden).collect::<String>()
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_of_a_nic_match() {
        assert_eq!(nic_key("831937395X"), "198319307395");
        assert_eq!(nic_key("83 193 7395-x"), "198319307395");
        assert_eq!(nic_key("198831682941"), "198831682941");
        assert_eq!(nic_key("passport n123"), "PASSPORTN123");
    }

    #[test]
    fn an_odd_nic_is_noticed() {
        assert!(["831937395X", "198831682941", "837937395v"].into_iter().all(is_usual_nic));
        assert!(!["", "831937395", "passport n123", "839997395V", "199900012345"].into_iter().any(is_usual_nic));
    }

    #[test]
    fn phones_become_e164() {
        for written in ["0712473382", "94712473382", "+94 71 247 3382", "071-247 3382", "712473382", "0094712473382"] {
            assert_eq!(e164(written).as_deref(), Some("+94712473382"), "{written}");
        }
        assert_eq!(e164("0470000101").as_deref(), Some("+94470000101"));
        for impossible in ["", "12345", "07124733821", "phone", "+94012345678"] {
            assert_eq!(e164(impossible), None, "{impossible}");
        }
    }

    #[test]
    fn an_address_is_one_that_mail_could_reach() {
        assert_eq!(email_key(" Nimal.P@Volt.example "), "nimal.p@volt.example");
        assert!(["a@b.lk", "first.last+tag@mail.volt-house.example"].into_iter().all(is_email));
        let unusable = [
            "", "a", "@b.lk", "a@", "a@b", "a@b@c.lk", "a b@c.lk", "a@-b.lk", "a@b..lk", "a@b.lk.", "<a@b.lk>",
            "á@b.lk",
        ];
        assert!(!unusable.into_iter().any(is_email));
    }

    #[test]
    fn a_mask_shows_the_last_four() {
        assert_eq!(masked("198831682941"), "••••••••2941");
        assert_eq!(masked("123"), "•••");
    }
}
