//! The form in which text is searched: case, width and joiners do not matter, any word of a name finds it.

use unicode_normalization::UnicodeNormalization;

/// Most words of one search that are looked at.
const MAX_WORDS: usize = 5;

/// The search form of a text: compatibility-composed (NFKC), lower case, joiners dropped, single spaces.
///
/// Sinhala and Tamil writers set the zero-width joiner or leave it out for the same word.
pub fn search_key(text: &str) -> String {
    let folded: String = text
        .nfkc()
        .flat_map(char::to_lowercase)
        .filter(|c| !matches!(c, '\u{200b}'..='\u{200d}' | '\u{feff}'))
        .collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The distinct words of a name in search form.
pub fn words(text: &str) -> Vec<String> {
    let key = search_key(text);
    let mut words: Vec<_> = key
        .split(|c: char| c.is_whitespace() || matches!(c, '.' | ',' | ';' | '(' | ')' | '"'))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// The words of a search, at most five: each must be the beginning of something.
pub fn search_words(text: &str) -> Vec<String> {
    let mut words = words(text);
    words.truncate(MAX_WORDS);
    words
}

/// The half-open range `[from, to)` that holds every key beginning with `prefix`.
pub fn prefix_range(prefix: &str) -> (String, String) {
    (prefix.to_owned(), format!("{prefix}{}", char::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_search_form_forgets_case_width_and_joiners() {
        assert_eq!(search_key("  Nimal   PERERA "), "nimal perera");
        assert_eq!(search_key("ＢＩＬＬ-１"), "bill-1");
        assert_eq!(search_key("ශ්\u{200d}රියානි"), search_key("ශ්රියානි"));
    }

    #[test]
    fn a_name_is_found_by_any_word() {
        assert_eq!(words("W. M. Nimal Perera, Perera"), ["m", "nimal", "perera", "w"]);
        assert_eq!(words("சிவகுமார் நடராஜா").len(), 2);
    }

    #[test]
    fn a_prefix_range_holds_its_prefix() {
        let (from, to) = prefix_range("per");
        assert!(from.as_str() <= "perera" && "perera" < to.as_str() && "pes" > to.as_str());
    }
}
