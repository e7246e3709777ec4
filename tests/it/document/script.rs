//! Sinhala and Tamil: what a reader copies, and what a reader sees, beside what Pango draws of the same font.

use std::process::Command;

use forecourt::document::{ClaimItem, ClaimKind, Content, Document};

use super::pictures::Picture;
use super::{layout, samples, set, tools};

const FONTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/document/fonts");

/// Which font has the letters, as its file is called.
#[derive(Clone, Copy, Debug)]
enum Script {
    Sinhala,
    Tamil,
}

/// Names, without blanks.
const NAMES: [(Script, &str); 14] = [
    (Script::Sinhala, "කොළඹ"),
    (Script::Sinhala, "ශ්‍රී"),
    (Script::Sinhala, "ක්‍රිෂ්ණ"),
    (Script::Sinhala, "රත්නායක"),
    (Script::Sinhala, "ජයවර්‍ධනපුර"),
    (Script::Sinhala, "ප්‍රියන්ත"),
    (Script::Sinhala, "කෝට්ටේ"),
    (Script::Sinhala, "චන්ද්‍රිකා"),
    (Script::Tamil, "த\u{200c}மிழ்"),
    (Script::Tamil, "ஸ்ரீ"),
    (Script::Tamil, "கொழும்பு"),
    (Script::Tamil, "யாழ்ப்பாணம்"),
    (Script::Tamil, "திருகோணமலை"),
    (Script::Tamil, "ஸ்ரீகாந்தன்"),
];

/// The one that is the same without shaping: its joiner keeps letters apart that would not join.
const PLAIN: &str = "த\u{200c}மிழ்";

/// Size of a table's text, in twentieths of a point, and dots an inch at which that is as many dots.
const SIZE: i64 = 188;
const DOTS: i64 = 1440;

/// Of the ink of the reference, in hundredths: the most that ours may differ, as Pango puts each letter on a whole dot.
const MOST: i64 = 12;

#[test]
fn names_are_drawn_as_pango_draws_them() {
    if !tools::installed(&["pdftotext", "pdftoppm", "pango-view", "hb-view"]) {
        return;
    }
    for (script, name) in NAMES {
        let reference = reference(script, name);
        let difference = drawn(name).difference(&reference);
        // The same letters without shaping: the bound must tell them apart, or it tells nothing.
        let wrong = unshaped(script, name).difference(&reference);
        eprintln!("{name}: differs by {difference} %, unshaped by {wrong} %");
        assert!(difference <= MOST, "{name} differs by {difference} %");
        assert!(wrong > 3 * MOST / 2 || name == PLAIN, "{name} unshaped differs by {wrong} % only");
    }
}

#[test]
fn names_are_copied_as_they_were_written() {
    if !tools::installed(&["pdftotext"]) {
        return;
    }
    let names: Vec<_> = NAMES.iter().map(|(_, name)| *name).collect();
    let text = tools::text(&set(&listing(&names)));
    let missing: Vec<_> = names.into_iter().filter(|name| !text.contains(name)).collect();
    assert!(missing.is_empty(), "{missing:?} in\n{text}");
    for (_, document) in samples::usual() {
        let text = tools::text(&set(&document));
        assert!(!text.contains('\u{fffd}'), "{text}");
    }
}

/// A document that lists texts.
fn listing(texts: &[&str]) -> Document {
    let mut claim = samples::claim(ClaimKind::Quotation, 0);
    claim.items = texts
        .iter()
        .map(|text| ClaimItem {
            description: (*text).to_owned(),
            quantity_milli: 1000,
            rate_minor: 100,
            amount_minor: 100,
        })
        .collect();
    samples::on_paper(Content::Claim(claim))
}

/// A name as a document shows it.
fn drawn(name: &str) -> Picture {
    let file = set(&listing(&[name]));
    let place = layout::place(&file, name);
    // A little around it: marks may stand out of what the font says of itself.
    let dots = |length: i64| length * DOTS / 72_000;
    let [left, top] = [place.0 - 1500, place.1 - 1500].map(dots);
    let [width, height] = [place.2 - place.0 + 3000, place.3 - place.1 + 2200].map(dots);
    let numbers = [DOTS, left, top, width, height].map(|number| number.to_string());
    let [dots, left, top, width, height] = numbers.each_ref().map(String::as_str);
    let arguments = ["-gray", "-f", "1", "-l", "1", "-r", dots, "-x", left, "-y", top, "-W", width, "-H", height];
    Picture::of_pgm(&tools::ask("pdftoppm", &arguments, &file, &[]))
}

/// A name as Pango has HarfBuzz shape it, drawn by the same program as ours.
fn reference(script: Script, name: &str) -> Picture {
    let settings =
        format!("<fontconfig><dir>{FONTS}</dir><cachedir>{}</cachedir></fontconfig>", std::env::temp_dir().display());
    let place = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(&place, settings).expect("a file of our own");
    let drawing = tempfile::Builder::new().suffix(".pdf").tempfile().expect("a file");
    let font = format!("--font=Noto Sans {script:?} {SIZE}px");
    let output = Command::new("pango-view")
        .args(["--no-display", "--dpi=72", "--margin=40", &font, &format!("--text={name}"), "--output"])
        .arg(drawing.path())
        .env("FONTCONFIG_FILE", place.path())
        .output()
        .expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let file = std::fs::read(drawing.path()).expect("the drawing");
    Picture::of_pgm(&tools::ask("pdftoppm", &["-gray", "-r", "72"], &file, &[]))
}

/// A name of which each character is drawn by itself.
fn unshaped(script: Script, name: &str) -> Picture {
    let (font, size) = (format!("{FONTS}/NotoSans{script:?}-Regular.ttf"), format!("--font-size={SIZE}"));
    let arguments = ["--shapers=fallback", "--output-format=pdf", "--margin=40", &size, &font, name];
    let file = tools::run("hb-view", &arguments);
    Picture::of_pgm(&tools::ask("pdftoppm", &["-gray", "-r", "72"], &file, &[]))
}
