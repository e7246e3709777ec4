//! Keys as people press them.

use chromiumoxide::cdp::browser_protocol::input::{DispatchKeyEventParams, DispatchKeyEventType};

/// A key: its name, where it is, its old number, and what it writes.
type Key = (&'static str, &'static str, i64, Option<&'static str>);

/// Those that write no letter.
const NAMED: [Key; 10] = [
    ("Enter", "Enter", 13, Some("\r")),
    ("Tab", "Tab", 9, None),
    ("Escape", "Escape", 27, None),
    ("ArrowDown", "ArrowDown", 40, None),
    ("ArrowUp", "ArrowUp", 38, None),
    ("ArrowLeft", "ArrowLeft", 37, None),
    ("ArrowRight", "ArrowRight", 39, None),
    ("Space", "Space", 32, Some(" ")),
    ("Backspace", "Backspace", 8, None),
    ("Home", "Home", 36, None),
];

/// The events of keys pressed together, e.g. `Alt+K` or `Enter`.
///
/// # Panics
/// When there is no such key.
pub(super) fn pressed(keys: &str) -> [DispatchKeyEventParams; 2] {
    let mut parts: Vec<_> = keys.split('+').collect();
    let name = parts.pop().expect("a key");
    let held = parts.iter().map(|held| match *held {
        "Alt" => 1,
        "Control" => 2,
        "Shift" => 8,
        other => panic!("no key {other} is held"),
    });
    let held: i64 = held.sum();
    match NAMED.iter().find(|(known, ..)| *known == name) {
        Some((_, code, number, text)) => {
            let name = if name == "Space" { " " } else { name };
            events(name, code, *number, text.filter(|_| held & 3 == 0), held)
        }
        None => {
            let letter = name.chars().next().filter(char::is_ascii_alphanumeric).expect("a letter or a digit");
            let code = if letter.is_ascii_digit() { format!("Digit{letter}") } else { format!("Key{letter}") };
            events(&name.to_lowercase(), &code, i64::from(u32::from(letter)), None, held)
        }
    }
}

/// The events of a sign that is typed.
pub(super) fn typed(sign: char) -> [DispatchKeyEventParams; 2] {
    let text = sign.to_string();
    let number = if sign.is_ascii_alphanumeric() { u32::from(sign.to_ascii_uppercase()) } else { 0 };
    let code = match sign {
        'a'..='z' | 'A'..='Z' => format!("Key{}", sign.to_ascii_uppercase()),
        '0'..='9' => format!("Digit{sign}"),
        _ => String::new(),
    };
    events(&text, &code, i64::from(number), Some(&text), 0)
}

fn events(key: &str, code: &str, number: i64, text: Option<&str>, held: i64) -> [DispatchKeyEventParams; 2] {
    let event = |kind| {
        let event = DispatchKeyEventParams::builder().r#type(kind).key(key).code(code).modifiers(held);
        event.windows_virtual_key_code(number)
    };
    let down = match text {
        Some(text) => event(DispatchKeyEventType::KeyDown).text(text).unmodified_text(text),
        None => event(DispatchKeyEventType::RawKeyDown),
    };
    [down, event(DispatchKeyEventType::KeyUp)].map(|event| event.build().expect("a whole event"))
}
