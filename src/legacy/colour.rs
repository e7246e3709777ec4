//! The colour of a bike, which the old system kept among its notes: `Color: Pearl White`.

/// Where a colour ends and other notes go on.
const ENDS: [char; 5] = ['\n', ';', ',', '|', '.'];

/// Takes the colour out of `notes`; both are absent when empty.
pub(super) fn lifted(notes: &str) -> (Option<String>, Option<String>) {
    let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let Some((start, value)) = find_label(notes) else { return (None, some(notes)) };
    let tail = &notes[value..];
    let end = tail.find(ENDS).into_iter().chain(tail.find(" - ")).min().unwrap_or(tail.len());
    let before = notes[..start].trim();
    let after = tail[end..].trim_start_matches(|c: char| ENDS.contains(&c) || c == '-' || c.is_whitespace()).trim();
    let rest = match after.is_empty() {
        true => before.trim_end_matches([',', ';', '|', '-', ' ']).to_owned(),
        false => format!("{before} {after}"),
    };
    (some(&tail[..end]), some(&rest))
}

/// Where the label begins and where its value does.
fn find_label(notes: &str) -> Option<(usize, usize)> {
    // Keeps the length, so that places in one are places in the other.
    let lower = notes.to_ascii_lowercase();
    lower.match_indices("colo").find_map(|(start, _)| {
        let inside_word = notes[..start].chars().next_back().is_some_and(char::is_alphanumeric);
        let rest = &lower[start + "colo".len()..];
        let rest = rest.strip_prefix('u').unwrap_or(rest).strip_prefix('r')?.trim_start().strip_prefix(':')?;
        (!inside_word).then_some((start, notes.len() - rest.len()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_colour_leaves_the_notes() {
        for (notes, colour, rest) in [
            ("", None, None),
            ("Color: Pearl White", Some("Pearl White"), None),
            ("colour : grey", Some("grey"), None),
            ("Color:Red; scratched tank", Some("Red"), Some("scratched tank")),
            ("Second key missing. Colour: Blue", Some("Blue"), Some("Second key missing.")),
            ("Demo bike, Color: Black, no mirror", Some("Black"), Some("Demo bike, no mirror")),
            ("Color: Red - scratch on the left", Some("Red"), Some("scratch on the left")),
            ("Color: \nno mirror", None, Some("no mirror")),
            ("Discolor: no", None, Some("Discolor: no")),
            ("සුදු Color: Red", Some("Red"), Some("සුදු")),
        ] {
            let (found, left) = lifted(notes);
            assert_eq!((found.as_deref(), left.as_deref()), (colour, rest), "{notes}");
        }
    }
}
