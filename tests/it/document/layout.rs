//! Where words stand: within the margins, none over another, none lost.

use forecourt::document::{ClaimKind, Content, Document};

use super::{samples, set, tools};

/// Thousandths of a point.
const MARGIN: i64 = 45_000;

/// A word, and where it stands on its page.
struct Word {
    text: String,
    left: i64,
    top: i64,
    right: i64,
    bottom: i64,
}

/// A page's width, height and words.
struct Page(i64, i64, Vec<Word>);

#[test]
fn no_word_leaves_the_margins_or_lies_on_another() {
    if !tools::installed(&["pdftotext"]) {
        return;
    }
    for (name, document) in samples::usual().iter().chain(&samples::extreme()) {
        for (number, Page(width, height, words)) in (1..).zip(pages(&set(document))) {
            let place = format!("{name}, page {number}");
            for word in &words {
                let within = word.left >= MARGIN && word.right <= width - MARGIN;
                assert!(
                    within && word.top >= 20_000 && word.bottom <= height - 20_000,
                    "{place}: `{}` outside",
                    word.text
                );
            }
            for (at, word) in words.iter().enumerate() {
                let over = words[at + 1..].iter().find(|other| word.overlaps(other));
                assert!(over.is_none(), "{place}: `{}` over `{}`", word.text, over.map_or("", |over| &over.text));
            }
        }
    }
}

#[test]
fn nothing_is_lost() {
    if !tools::installed(&["pdftotext"]) {
        return;
    }
    for (name, document) in samples::extreme() {
        let text = tools::text(&set(&document));
        if name == "extreme-claim" {
            let Content::Claim(claim) = &document.content else { panic!("a claim") };
            let said: String =
                claim.items.iter().map(|item| item.description.as_str()).chain(claim.remarks.as_deref()).collect();
            assert_eq!(text.matches("nothing").count(), said.matches("nothing").count());
            assert_eq!(text.matches("90,000,000,000,000.00").count(), 29);
            // Of unbroken words, each letter.
            let letters = said.matches('Q').count();
            assert!(text.matches('Q').count() >= letters, "{letters}");
        }
    }
}

#[test]
fn every_page_has_its_head_and_its_number() {
    if !tools::installed(&["pdftotext"]) {
        return;
    }
    let content = Content::Claim(samples::claim(ClaimKind::Quotation, 200));
    let document = Document { reprint: true, ..samples::on_paper(content) };
    let text = tools::text(&set(&document));
    let pages: Vec<_> = text.trim_end_matches('\u{c}').split('\u{c}').collect();
    for (number, page) in (1..).zip(&pages) {
        for part in ["Description", "Quantity", "Amount (LKR)", "GM-QUO-260720-011", "COPY ONLY"] {
            assert!(page.contains(part), "page {number} has no `{part}`");
        }
        assert!(page.contains(&format!("Page {number} of {}", pages.len())));
    }
    let last = pages.last().expect("a page");
    assert!(last.contains("200 ") && last.contains("Rs. 933,368.50"), "the total is parted from its rows");
    let numbers = text.lines().filter(|line| {
        line.ends_with(".50") || line.ends_with(".00") || line.ends_with(".75") || line.ends_with(".25")
    });
    let numbers: Vec<u32> = numbers.filter_map(|line| line.split_whitespace().next()?.parse().ok()).collect();
    assert_eq!(numbers, (1..=200).collect::<Vec<_>>());
}

#[test]
fn a_tax_invoice_says_what_the_law_asks_for() {
    if !tools::installed(&["pdftotext"]) {
        return;
    }
    let document = samples::on_paper(Content::TaxInvoice(samples::tax_invoice(samples::cash_sale())));
    let text = tools::text(&set(&document));
    let asked = [
        "TAX INVOICE",
        "26JUL_BR03_1",
        "TIN 134567890-7000",
        "Greenline Motors (Pvt) Ltd",
        "No 214, Galle Road",
        "TIN 234567891-7000",
        "W. M. Nimal Perera",
        "No 5/2, Temple Road,",
        "+94 11 234 5678",
        "+94 77 123 4567",
        "07/15/2026 (15 Jul 2026)",
        "07/16/2026 (16 Jul 2026)",
        "Place of supply",
        "Colombo 03",
        "Quantity",
        "Chassis no. LTGVX7C26A0001234",
        "Value excl. VAT (LKR)",
        "VAT 18 %",
        "525,000.00",
        "94,500.00",
        "619,500.00",
        "Rs. 632,500.00",
        "Mode of payment",
        "Cash",
    ];
    let missing: Vec<_> = asked.into_iter().filter(|part| !text.contains(part)).collect();
    assert!(missing.is_empty(), "{missing:?} in\n{text}");
    assert!(tools::prose(&set(&document)).contains("Rupees six hundred and thirty-two thousand five hundred only"));
    assert!(!text.contains("COPY ONLY"));
}

impl Word {
    /// Whether both have ink in the same place: boxes are as high as the font's highest and deepest letters, so the middle
    /// half counts.
    fn overlaps(&self, other: &Self) -> bool {
        let (inset, of_other) = ((self.bottom - self.top) / 4, (other.bottom - other.top) / 4);
        let (top, bottom) =
            ((self.top + inset).max(other.top + of_other), (self.bottom - inset).min(other.bottom - of_other));
        let (left, right) = (self.left.max(other.left), self.right.min(other.right));
        bottom - top > 100 && right - left > 100
    }
}

/// The pages of a file and their words.
fn pages(file: &[u8]) -> Vec<Page> {
    let told = String::from_utf8(tools::ask("pdftotext", &["-bbox"], file, &["-"])).expect("UTF-8");
    let mut pages = Vec::new();
    for line in told.lines().map(str::trim) {
        if line.starts_with("<page ") {
            pages.push(Page(number(line, "width"), number(line, "height"), Vec::new()));
        } else if line.starts_with("<word ") {
            let text = line.split_once('>').and_then(|(_, rest)| rest.split_once('<')).map(|(text, _)| text.to_owned());
            let [left, top, right, bottom] = ["xMin", "yMin", "xMax", "yMax"].map(|name| number(line, name));
            let page = pages.last_mut().expect("a page before its words");
            page.2.push(Word { text: text.expect("a word"), left, top, right, bottom });
        }
    }
    pages
}

/// The value of an attribute, in thousandths.
fn number(line: &str, name: &str) -> i64 {
    let (_, rest) = line.split_once(&format!("{name}=\"")).expect("the attribute");
    let (value, _) = rest.split_once('"').expect("its end");
    let (whole, part) = value.split_once('.').unwrap_or((value, "0"));
    let part: String = part.chars().chain("000".chars()).take(3).collect();
    format!("{whole}{part}").parse().expect("a number")
}

/// Where a word begins that stands on the first page: left, top, right and bottom, in thousandths of a point.
pub(super) fn place(file: &[u8], text: &str) -> (i64, i64, i64, i64) {
    let pages = pages(file);
    let first = text.split_whitespace().next().expect("a word");
    let words = pages.iter().flat_map(|Page(.., words)| words);
    let word = words.into_iter().find(|word| word.text == first).expect("the word is on the page");
    (word.left, word.top, word.right, word.bottom)
}
