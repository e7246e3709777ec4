//! What a browser is told to do with a file (RFC 6266): show it or save it, and under which name.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::key::Kind;
use crate::error::{Error, Result};

/// Characters of a name at most.
const LONGEST: usize = 120;

/// What the value of a parameter does not hold (RFC 8187): all but `attr-char`.
const VALUE: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'!')
    .remove(b'#')
    .remove(b'$')
    .remove(b'&')
    .remove(b'+')
    .remove(b'-')
    .remove(b'.')
    .remove(b'^')
    .remove(b'_')
    .remove(b'`')
    .remove(b'|')
    .remove(b'~');

/// What a browser does with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disposition {
    /// It is shown, if it is of a kind that can hold no program.
    Inline,
    /// It is saved.
    Attachment,
}

/// How a file is shown to whoever opens a link to it.
#[derive(Clone, PartialEq, Eq)]
pub struct Shown {
    disposition: Disposition,
    name: String,
}

impl Disposition {
    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Inline => "inline",
            Self::Attachment => "attachment",
        }
    }

    pub(super) fn read(text: &str) -> Result<Self> {
        [Self::Inline, Self::Attachment].into_iter().find(|own| own.text() == text).ok_or(Error::NotFound)
    }
}

impl Shown {
    /// A file of `kind` under `name`, made fit to be one: without what folders are named with, and with the kind's ending.
    pub fn new(disposition: Disposition, name: &str, kind: Kind) -> Self {
        let disposition = if kind.is_shown() { disposition } else { Disposition::Attachment };
        let ending = format!(".{}", kind.extension());
        let stem = name.strip_suffix(&ending).unwrap_or(name);
        let is_fit = |c: &char| !c.is_control() && !r#"/\:*?"<>|"#.contains(*c) && !turns(*c);
        let stem: String = stem.chars().filter(is_fit).take(LONGEST).collect();
        let stem = stem.trim_matches(|c: char| c == '.' || c.is_whitespace());
        let stem = if stem.is_empty() { "file" } else { stem };
        Self { disposition, name: format!("{stem}{ending}") }
    }

    /// What a browser does with it.
    pub fn disposition(&self) -> Disposition {
        self.disposition
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The `Content-Disposition`: the name twice, for those that read RFC 8187 and for those that do not.
    pub fn header(&self) -> String {
        let plain = |c: char| if c.is_ascii_graphic() || c == ' ' { c } else { '_' };
        let plain: String = self.name.chars().map(plain).filter(|c| !matches!(c, '%' | '\\' | '"')).collect();
        let encoded = utf8_percent_encode(&self.name, VALUE);
        format!("{}; filename=\"{plain}\"; filename*=UTF-8''{encoded}", self.disposition.text())
    }
}

/// Whether a character turns the direction of what follows: `exe.pdf` could be read backwards.
fn turns(c: char) -> bool {
    matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_told_twice() {
        let shown = Shown::new(Disposition::Inline, "Bill 26NOV_BR03_1 – කොළඹ", Kind::Pdf);
        insta::assert_snapshot!(shown.header(), @r#"inline; filename="Bill 26NOV_BR03_1 _ ____.pdf"; filename*=UTF-8''Bill%2026NOV_BR03_1%20%E2%80%93%20%E0%B6%9A%E0%B7%9C%E0%B7%85%E0%B6%B9.pdf"#);
    }

    #[test]
    fn a_name_holds_nothing_that_could_be_taken_for_something_else() {
        let name = |name: &str| Shown::new(Disposition::Attachment, name, Kind::Csv).name().to_owned();
        for (given, kept) in [
            ("../../etc/passwd", "etcpasswd.csv"),
            ("a\r\nSet-Cookie: b\"c", "aSet-Cookie bc.csv"),
            ("fdp\u{202e}csv.exe", "fdpcsv.exe.csv"),
            ("stock.csv", "stock.csv"),
            (" .. ", "file.csv"),
            ("", "file.csv"),
        ] {
            assert_eq!(name(given), kept);
        }
        assert_eq!(name(&"x".repeat(1_000)).len(), LONGEST + ".csv".len());
    }

    #[test]
    fn what_could_hold_a_program_is_saved() {
        for (kind, disposition) in [(Kind::Pdf, Disposition::Inline), (Kind::Csv, Disposition::Attachment)] {
            assert_eq!(Shown::new(Disposition::Inline, "a", kind).disposition(), disposition);
        }
    }
}
