//! A look at a document's text before it is parsed: the parser recurses as deep as brackets nest.

use super::refusal::Refusal;

/// Brackets within brackets. The parser itself stops at as many selections.
const DEEPEST: usize = 64;

/// Words, numbers, texts and signs of one document, for each field that an operation may have.
const A_FIELD: usize = 4;

/// # Errors
/// `LIMIT_EXCEEDED`.
pub(super) fn scan(text: &str, max_fields: usize) -> Result<(), Refusal> {
    let most = max_fields.saturating_mul(A_FIELD);
    let mut rest = text.as_bytes();
    let (mut depth, mut tokens) = (0_usize, 0_usize);
    while let Some(&byte) = rest.first() {
        let length = match byte {
            b'#' => rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len()),
            b' ' | b'\t' | b'\n' | b'\r' | b',' => 1,
            _ => {
                tokens += 1;
                token(rest)
            }
        };
        match byte {
            b'{' | b'[' | b'(' => depth += 1,
            b'}' | b']' | b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return Err(Refusal::too_much("brackets within brackets", DEEPEST));
        }
        if tokens > most {
            return Err(Refusal::too_much("words and signs", most));
        }
        rest = rest.get(length..).unwrap_or_default();
    }
    Ok(())
}

/// The length of the token that `text` begins with.
fn token(text: &[u8]) -> usize {
    let is_of_word =
        |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'+' | b'-') || *byte > 127;
    match text {
        [b'"', b'"', b'"', rest @ ..] => 3 + block(rest),
        [b'"', rest @ ..] => 1 + line(rest),
        [first, ..] if is_of_word(first) => text.iter().position(|byte| !is_of_word(byte)).unwrap_or(text.len()),
        _ => 1,
    }
}

/// The length of what is left of a block text, its end included.
fn block(text: &[u8]) -> usize {
    let mut at = 0;
    while at < text.len() {
        match &text[at..] {
            [b'\\', b'"', b'"', b'"', ..] => at += 4,
            [b'"', b'"', b'"', ..] => return at + 3,
            _ => at += 1,
        }
    }
    at
}

/// The length of what is left of a text on one line, its end included.
fn line(text: &[u8]) -> usize {
    let mut at = 0;
    while at < text.len() {
        match text[at] {
            b'\\' => at += 2,
            b'"' | b'\n' | b'\r' => return at + 1,
            _ => at += 1,
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIELDS: usize = 2_500;
    const MOST: usize = FIELDS * A_FIELD;

    fn scan(text: &str) -> Result<(), Refusal> {
        super::scan(text, FIELDS)
    }

    #[test]
    fn brackets_nest_so_deep_and_no_deeper() {
        for (open, close) in [("{a", "}"), ("[", "]"), ("{a(b:[", "])}")] {
            let nested = |times: usize| format!("{}{}", open.repeat(times), close.repeat(times));
            assert!(scan(&nested(DEEPEST / 3)).is_ok(), "{open}");
            assert!(scan(&nested(DEEPEST + 1)).is_err(), "{open}");
            assert!(scan(&nested(DEEPEST / 3).repeat(20)).is_ok(), "one after another: {open}");
        }
    }

    #[test]
    fn brackets_in_texts_and_comments_are_none() {
        let many = "[".repeat(1_000);
        for text in [
            format!("{{ a(b: \"{many}\") }}"),
            format!("{{ a(b: \"\\\"{many}\") }}"),
            format!("{{ a(b: \"\"\"{many} \\\"\"\" {many}\"\"\") }}"),
            format!("{{ # {many}\n a }}"),
        ] {
            assert!(scan(&text).is_ok(), "{text}");
        }
        assert!(scan(&format!("{{ a(b: \"\") {many} }}")).is_err());
        assert!(scan(&format!("{{ # comment\r{many} }}")).is_err());
    }

    #[test]
    fn words_are_counted_and_an_open_end_is_no_trap() {
        assert!(scan(&"a ".repeat(MOST)).is_ok());
        assert!(scan(&"a ".repeat(MOST + 1)).is_err());
        for text in ["\"", "\"\"\"", "\"\"\"\\", "\"\\", "#", "", "é", "\"\u{0}"] {
            assert!(scan(text).is_ok(), "{text:?}");
        }
    }
}
