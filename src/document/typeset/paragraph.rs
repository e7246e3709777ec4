//! Text broken into lines no wider than they may be, whatever is in it.

use unicode_linebreak::{BreakOpportunity, linebreaks};

use super::face::{Face, Weight};
use super::length::{Length, em};
use super::shape::{self, Run};

/// Text in lines.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Paragraph {
    /// From the top.
    pub(crate) lines: Vec<Line>,
    /// Size of an em.
    pub(crate) size: Length,
}

/// One line.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Line {
    /// From left to right.
    pub(crate) runs: Vec<Run>,
    /// How wide it is, in thousandths of an em.
    units: i64,
}

/// A word and what follows it.
struct Word {
    runs: Vec<Run>,
    units: i64,
    /// Blanks after it.
    blanks: usize,
    /// The line ends after it.
    ends: bool,
}

impl Paragraph {
    /// Sets `text` in lines of at most `width`. A word that is wider by itself is broken between its letters.
    pub(crate) fn new(text: &str, weight: Weight, size: Length, width: Length) -> Self {
        let text = cleaned(text);
        let most = (width * 1000 / size).max(1);
        let mut setter = Setter { most, weight, lines: Vec::new(), line: Line::default(), blanks: 0 };
        for word in words(&text, weight) {
            setter.set(word);
        }
        setter.end();
        Self { lines: setter.lines, size }
    }

    /// How wide the widest line is.
    pub(crate) fn width(&self) -> Length {
        self.lines.iter().map(|line| line.width(self.size)).max().unwrap_or(0)
    }
}

/// From line to line: room for Sinhala's and Tamil's marks above and below.
pub(crate) fn leading(size: Length) -> Length {
    em(1340, size)
}

/// From the top of a line to what it stands on.
pub(crate) fn ascent(size: Length) -> Length {
    em(1020, size)
}

impl Line {
    /// How wide it is.
    pub(crate) fn width(&self, size: Length) -> Length {
        em(self.units, size)
    }
}

struct Setter {
    most: i64,
    weight: Weight,
    lines: Vec<Line>,
    line: Line,
    /// After the last word of the line.
    blanks: usize,
}

impl Setter {
    fn set(&mut self, word: Word) {
        let blank = shape::run(" ", Face::of(super::face::Writing::Latin, self.weight));
        let blanks = i64::try_from(self.blanks).unwrap_or(i64::MAX).saturating_mul(blank.width());
        if !self.line.runs.is_empty() && self.line.units.saturating_add(blanks).saturating_add(word.units) > self.most {
            self.end();
        }
        if word.units > self.most {
            word.runs.iter().for_each(|run| self.break_up(&run.text, run.face));
        } else {
            for _ in 0..std::mem::take(&mut self.blanks) {
                self.push(blank.clone());
            }
            word.runs.into_iter().for_each(|run| self.push(run));
        }
        self.blanks = word.blanks;
        if word.ends {
            self.end();
        }
    }

    /// Breaks a word that is wider than a line, between clusters.
    fn break_up(&mut self, text: &str, face: Face) {
        let mut rest = text;
        loop {
            let run = shape::run(rest, face);
            let room = self.most - self.line.units;
            if run.width() <= room {
                return self.push(run);
            }
            let cuts = cuts(&run);
            // Letters that a cut parts may be wider than they were together: what is set must fit, not what was guessed.
            let guessed = cuts.iter().take_while(|(_, width)| *width <= room).count();
            let fits = cuts[..guessed].iter().rev().map(|(cut, _)| (*cut, shape::run(&rest[..*cut], face)));
            match fits.into_iter().find(|(_, piece)| piece.width() <= room) {
                Some((cut, piece)) => {
                    self.push(piece);
                    rest = &rest[cut..];
                }
                None if self.line.runs.is_empty() => {
                    let Some((cut, _)) = cuts.first() else { return self.push(run) };
                    self.push(shape::run(&rest[..*cut], face));
                    rest = &rest[*cut..];
                }
                None => {}
            }
            self.end();
        }
    }

    fn push(&mut self, run: Run) {
        self.line.units += run.width();
        self.line.runs.push(run);
    }

    fn end(&mut self) {
        self.blanks = 0;
        self.lines.push(std::mem::take(&mut self.line));
    }
}

/// Where a run may be cut, and how wide it is up to there.
fn cuts(run: &Run) -> Vec<(usize, i64)> {
    let mut cuts = Vec::new();
    let mut width = 0;
    for (at, glyph) in run.glyphs.iter().enumerate() {
        if at > 0 && glyph.cluster > run.glyphs[at - 1].cluster {
            cuts.push((glyph.cluster, width));
        }
        width += glyph.advance;
    }
    cuts
}

/// Shaped words, cut where a line may be broken.
fn words(text: &str, weight: Weight) -> Vec<Word> {
    let mut start = 0;
    linebreaks(text)
        .map(|(end, opportunity)| {
            let piece = &text[std::mem::replace(&mut start, end)..end];
            let word = piece.trim_end_matches([' ', '\n']);
            let blanks = piece[word.len()..].chars().filter(|blank| *blank == ' ').count();
            let runs = shape::runs(word, weight);
            let units = runs.iter().map(Run::width).sum();
            let ends = opportunity == BreakOpportunity::Mandatory && end < text.len();
            Word { runs, units, blanks, ends }
        })
        .collect()
}

/// Lines and blanks only, no other controls; no blank lines around.
fn cleaned(text: &str) -> String {
    let text = text.replace(['\u{2028}', '\u{2029}'], "\n");
    let lines = text.trim().lines().map(|line| {
        let line = line.chars().map(|c| if c == '\t' { ' ' } else { c });
        // Controls, and marks that turn the direction of text: nothing on paper.
        line.filter(|c| !c.is_control() && !matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}'))
            .collect::<String>()
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lines(text: &str, width: Length) -> Vec<String> {
        let paragraph = Paragraph::new(text, Weight::Regular, 10_000, width);
        paragraph.lines.iter().map(|line| line.runs.iter().map(|run| run.text.as_str()).collect()).collect()
    }

    #[test]
    fn lines_break_between_words_and_where_asked() {
        assert_eq!(lines("No 5, Galle Road,\nColombo 03", 70_000), ["No 5, Galle", "Road,", "Colombo 03"]);
        assert_eq!(lines("", 70_000), [""]);
        assert_eq!(lines(" a\r\n\r\nb\t c ", 70_000), ["a", "", "b  c"]);
    }

    #[test]
    fn a_word_wider_than_a_line_is_broken() {
        let broken = lines(&"W".repeat(80), 70_000);
        assert!(broken.len() > 8);
        assert_eq!(broken.concat(), "W".repeat(80));
    }

    #[test]
    fn a_cluster_is_never_broken() {
        let broken = lines(&"ක්‍රෝ".repeat(20), 30_000);
        assert!(broken.len() > 3);
        assert!(broken.iter().all(|line| line.starts_with('ක')), "{broken:?}");
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide_and_no_letter_lost(text in "[ A-Za-zක-ෆඅ-ඌා-ෘ்க-வா-ை,\u{200d}-]{0,120}", width in 20_000..200_000_i64) {
            let paragraph = Paragraph::new(&text, Weight::Bold, 10_000, width);
            // One cluster is never broken, however many marks somebody puts on it.
            let is_one = |line: &Line| matches!(&line.runs[..], [run] if cuts(run).is_empty());
            let wide = |line: &Line| {
                line.width(10_000) > width && line.runs.iter().map(|run| run.glyphs.len()).sum::<usize>() > 6 && !is_one(line)
            };
            prop_assert!(!paragraph.lines.iter().any(wide));
            let kept = |text: &str| text.chars().filter(|c| *c != ' ').collect::<String>();
            prop_assert_eq!(kept(&lines(&text, width).concat()), kept(&text));
        }
    }
}
