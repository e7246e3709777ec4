//! What a new password must be: long, and not easy to guess. No rules about kinds of characters, and none about age
//! (NIST SP 800-63B-4, section 3.1.1.2).

use secrecy::SecretString;
use zxcvbn::{Score, zxcvbn};

use super::hasher::normal;
use crate::error::{Error, Result};

/// Fewest characters: NIST asks for 15 where the password stands alone.
const FEWEST: usize = 15;

/// Most characters; NIST asks that 64 be allowed at least.
const MOST: usize = 256;

/// Least score by the estimate, which stands for [`FEWEST_GUESSES`].
const LEAST: Score = Score::Three;

/// Fewest guesses of the parts, one by one. The score counts how many parts there are as ten thousand guesses for each: two
/// names of a person and a year would do.
const FEWEST_GUESSES: u64 = 100_000_000;

/// What a guesser knows of everybody here.
const SERVICE: &str = "forecourt";

/// Words of a person that are given to the estimate at most.
const MOST_WORDS: usize = 32;

/// Refuses a password that is too short, too long or easy to guess by somebody who knows what it is `about`.
///
/// # Errors
/// `BAD_USER_INPUT` with a sentence that says what to do.
pub(super) fn check(password: &SecretString, about: &[String]) -> Result<()> {
    let refused = |message: String| Err(Error::bad_input("password", message));
    let password = normal(password);
    match password.chars().count() {
        length if length < FEWEST => return refused(format!("Please choose at least {FEWEST} characters.")),
        length if length > MOST => return refused(format!("Please choose at most {MOST} characters.")),
        _ => {}
    }
    let words = words(about);
    let words: Vec<_> = words.iter().map(String::as_str).collect();
    let estimate = zxcvbn(&password, &words);
    let parts = estimate.sequence().iter().filter_map(|part| part.guesses);
    if estimate.score() >= LEAST && parts.fold(1, u64::saturating_mul) >= FEWEST_GUESSES {
        return Ok(());
    }
    let why = estimate.feedback().and_then(|feedback| feedback.warning()).map(|warning| format!(" {warning}"));
    let why = why.unwrap_or_default();
    refused(format!("This password is easy to guess.{why} Please choose another one, such as four words at random."))
}

/// What a guesser would try first: each text, and each of its words.
fn words(about: &[String]) -> Vec<String> {
    let parts = about.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric()).map(str::to_owned));
    let whole = about.iter().cloned().chain([SERVICE.to_owned()]);
    whole.chain(parts).filter(|word| word.chars().count() > 2).take(MOST_WORDS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(password: &str, about: &[&str]) -> String {
        let about: Vec<_> = about.iter().map(|text| (*text).to_owned()).collect();
        check(&SecretString::from(password), &about).err().map(|error| error.to_string()).unwrap_or_default()
    }

    #[test]
    fn length_is_counted_in_characters() {
        assert_eq!(said("ශ්‍රී ලංකා නිල් අහස", &[]), "");
        // Fourteen that are typed as twenty-eight.
        assert_eq!(said(&"e\u{301}".repeat(14), &[]), "Please choose at least 15 characters.");
    }

    #[test]
    fn what_is_known_of_a_person_is_no_password() {
        let about = ["Chathurika Wickramasinghe", "chathurika.w@ruhuna-motors.example"];
        for password in ["ChathurikaWickramasinghe", "chathurika.w@ruhuna-motors.example", "wickramasinghe2026"] {
            assert!(said(password, &about).contains("easy to guess"), "{password}");
        }
        assert_eq!(said("ChathurikaWickramasinghe", &[]), "", "to those who know the person only");
    }

    #[test]
    fn a_few_words_make_a_password() {
        for password in
            ["umbrella tram violin salt", "the owner's new password", "a page of many pages", "demo-password-2026"]
        {
            assert_eq!(said(password, &["Nimal Perera", "nimal@colombo-ev.example"]), "", "{password}");
        }
        for common in ["password-password", "forecourtForecourt", "password123password"] {
            assert!(said(common, &[]).contains("easy to guess"), "{common}");
        }
    }
}
