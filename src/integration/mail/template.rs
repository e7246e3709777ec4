//! What letters say. A template is a subject and paragraphs, apart by empty lines, with `{{ name }}` where something is put
//! in; there is one in the program for each kind, and a dealership may have its own. The text of a letter is what comes of it;
//! its HTML is made of the text: a paragraph that is the link becomes a button.

use std::borrow::Cow;
use std::collections::BTreeMap;

use entity::kind::MailKind;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, context};
use serde::Serialize;

use crate::error::{Error, Result};

/// Most characters of a subject, and of a body.
const SUBJECT_LENGTH: usize = 150;
const BODY_LENGTH: usize = 5_000;

/// Around the paragraphs of every letter.
const LAYOUT: &str = include_str!("templates/layout.html");

/// A template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// One line.
    pub subject: Cow<'static, str>,
    /// Paragraphs.
    pub body: Cow<'static, str>,
}

/// How a letter looks, and who it is of.
#[derive(Clone, Debug, Serialize)]
pub struct Look {
    /// Who writes.
    pub dealer: String,
    /// `#rrggbb`.
    pub colour: String,
    /// Lines of the address.
    pub address: Vec<String>,
    /// The last line.
    pub footer: String,
}

/// A letter's words, ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// One line.
    pub subject: String,
    /// For those who read text.
    pub text: String,
    /// For those who read HTML.
    pub html: String,
}

/// What is wrong with a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfit {
    /// `subject` or `body`.
    pub field: &'static str,
    /// A sentence for whoever wrote it.
    pub message: String,
}

#[derive(Serialize)]
struct Paragraph<'a> {
    lines: Vec<&'a str>,
    is_link: bool,
}

impl Template {
    /// The program's own.
    pub fn of(kind: MailKind) -> Self {
        let text = match kind {
            MailKind::Invitation => include_str!("templates/invitation.txt"),
            MailKind::Reset => include_str!("templates/reset.txt"),
            MailKind::PasswordChanged => include_str!("templates/password_changed.txt"),
            MailKind::SecondFactorChanged => include_str!("templates/second_factor_changed.txt"),
            MailKind::Bill => include_str!("templates/bill.txt"),
        };
        let (subject, body) = text.split_once("\n\n").unwrap_or((text, ""));
        Self { subject: subject.into(), body: body.trim_end().into() }
    }
}

/// What may be put into letters of a kind.
pub fn variables(kind: MailKind) -> &'static [&'static str] {
    match kind {
        MailKind::Invitation | MailKind::Reset => &["name", "dealer", "link", "until"],
        MailKind::PasswordChanged | MailKind::SecondFactorChanged => &["name", "dealer", "time"],
        MailKind::Bill => &["name", "dealer", "link", "until", "number", "date", "total"],
    }
}

/// What such a thing is, in words for whoever writes a template.
pub fn meaning(variable: &str) -> &'static str {
    match variable {
        "name" => "Whom the letter is to.",
        "dealer" => "The dealership's name.",
        "link" => "The page that the letter is for; on a line of its own it becomes a button.",
        "until" => "Until when that page opens.",
        "time" => "When it happened.",
        "number" => "The bill's number.",
        "date" => "The bill's day.",
        "total" => "What the bill comes to.",
        _ => "",
    }
}

/// Whether letters of a kind say something without it: the others are for the page they lead to.
pub fn is_necessary(kind: MailKind, variable: &str) -> bool {
    variable == "link" && variables(kind).contains(&"link")
}

/// What is wrong with a template that somebody wrote for letters of a kind, part by part.
pub fn faults(kind: MailKind, template: &Template) -> Vec<Unfit> {
    let parts = [("subject", &template.subject, SUBJECT_LENGTH), ("body", &template.body, BODY_LENGTH)];
    let parts = parts.into_iter();
    parts
        .filter_map(|(field, text, most)| fault(kind, field, text, most).map(|message| Unfit { field, message }))
        .collect()
}

fn fault(kind: MailKind, field: &str, text: &str, most: usize) -> Option<String> {
    if text.trim().is_empty() {
        return Some("Write something.".to_owned());
    }
    if text.chars().count() > most {
        return Some(format!("Please use {most} characters at most."));
    }
    let is_unfit = |c: char| c.is_control() && (field == "subject" || !matches!(c, '\n' | '\t'));
    if text.chars().any(is_unfit) {
        return Some("There is a character in it that cannot be written.".to_owned());
    }
    let known = variables(kind);
    if let Some(wrong) = put_in(text).find(|name| !known.contains(&name.unwrap_or("{"))) {
        let known: Vec<_> = known.iter().map(|name| format!("{{{{ {name} }}}}")).collect();
        let wrong = wrong.map_or_else(|| "a bracket that is not closed".to_owned(), |name| format!("{name:?}"));
        return Some(format!("There is {wrong}: what can be put in is {}.", known.join(", ")));
    }
    let has = |necessary: &str| put_in(text).flatten().any(|name| name == necessary);
    let missing = known.iter().find(|name| field == "body" && is_necessary(kind, name) && !has(name))?;
    Some(format!("Put {{{{ {missing} }}}} on a line of its own: the letter is for it."))
}

/// What a text says is put into it, name by name; nothing where it says something else with brackets. Templates of
/// dealerships have no more than names: programs in them could take any time.
fn put_in(text: &str) -> impl Iterator<Item = Option<&str>> {
    let others = ["{%", "{#", "%}", "#}"].into_iter().any(|other| text.contains(other)).then_some(None);
    let names = text.split("{{").skip(1).map(|rest| rest.split_once("}}").map(|(name, _)| name.trim()));
    others.into_iter().chain(names)
}

/// Makes a letter's words of a template, what is put into it, and the look of whoever writes.
///
/// # Errors
/// Internal, when the template does not fit what is put in.
pub fn render(kind: MailKind, template: &Template, put_in: &BTreeMap<&str, String>, look: &Look) -> Result<Words> {
    let mut environment = Environment::empty();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|name| match name {
        "layout.html" => AutoEscape::Html,
        _ => AutoEscape::None,
    });
    // Nothing that is put in begins another paragraph, or another header.
    let values: BTreeMap<_, _> = put_in.iter().map(|(name, value)| (*name, line(value))).collect();
    let write = |text: &str| environment.render_named_str("letter.txt", text, &values).map_err(Error::internal);
    let subject = line(&write(&template.subject)?);
    let body = write(&template.body)?;
    let link = values.get("link").map_or("", String::as_str);
    let paragraphs = body.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty());
    let paragraphs: Vec<_> = paragraphs
        .map(|text| Paragraph { lines: text.lines().collect(), is_link: !link.is_empty() && text == link })
        .collect();
    let look = Look {
        dealer: line(&look.dealer),
        colour: if is_colour(&look.colour) { look.colour.clone() } else { "#444444".to_owned() },
        address: look.address.iter().map(|text| line(text)).collect(),
        footer: line(&look.footer),
    };
    let layout = context! { subject, link, paragraphs, button => button(kind), look };
    let html = environment.render_named_str("layout.html", LAYOUT, layout).map_err(Error::internal)?;
    let end = [&[look.dealer][..], &look.address, &[look.footer]].concat();
    let end: Vec<_> = end.into_iter().filter(|line| !line.is_empty()).collect();
    let text = format!("{}\n\n-- \n{}\n", body.trim(), end.join("\n"));
    Ok(Words { subject, text, html })
}

fn button(kind: MailKind) -> &'static str {
    match kind {
        MailKind::Invitation | MailKind::Reset => "Choose a password",
        MailKind::Bill => "Open the bill",
        MailKind::PasswordChanged | MailKind::SecondFactorChanged => "Open",
    }
}

fn line(text: &str) -> String {
    let words = text.split(|c: char| c.is_control() || c.is_whitespace());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn is_colour(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|hex| hex.len() == 6 && hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use sea_orm::Iterable;

    use super::*;

    fn values(kind: MailKind) -> BTreeMap<&'static str, String> {
        let value = |name: &&'static str| match *name {
            "link" => "https://forecourt.example/password#token=abc".to_owned(),
            name => format!("<b>{name}</b>\r\nBcc: everybody@example.com"),
        };
        variables(kind).iter().map(|name| (*name, value(name))).collect()
    }

    fn look() -> Look {
        Look {
            dealer: "Colombo <EV>".to_owned(),
            colour: "#0055aa".to_owned(),
            address: vec!["1 Galle Road".to_owned(), "Colombo 3".to_owned()],
            footer: "Thank you & goodbye".to_owned(),
        }
    }

    #[test]
    fn every_kind_has_a_template_that_fits_it() {
        for kind in MailKind::iter() {
            assert_eq!(faults(kind, &Template::of(kind)), [], "{kind:?}");
            assert!(variables(kind).iter().all(|name| !meaning(name).is_empty()), "{kind:?}");
            let words = render(kind, &Template::of(kind), &values(kind), &look()).expect("it fits");
            assert!(!words.subject.contains(['\r', '\n']), "{kind:?}: {}", words.subject);
            assert!(!words.text.contains("{{") && !words.html.contains("{{"), "{kind:?}");
            assert!(!words.html.contains("<b>") && words.html.contains("&lt;b&gt;"), "{kind:?}: HTML is escaped");
            assert!(words.text.contains("<b>name</b>"), "{kind:?}: text is not");
            assert!(!words.text.contains("\nBcc"), "{kind:?}: nothing begins a line of its own");
            let buttons = words.html.matches("href=\"https:&#x2f;&#x2f;forecourt.example").count();
            assert_eq!(buttons, usize::from(variables(kind).contains(&"link")), "{kind:?}: {}", words.html);
        }
    }

    #[test]
    fn a_letter_ends_with_who_wrote_it() {
        let words = render(MailKind::Reset, &Template::of(MailKind::Reset), &values(MailKind::Reset), &look());
        let words = words.expect("it fits");
        assert!(words.text.ends_with("\n\n-- \nColombo <EV>\n1 Galle Road\nColombo 3\nThank you & goodbye\n"));
        assert!(words.html.contains("Colombo &lt;EV&gt;") && words.html.contains("#0055aa"));
        let sly = Look { colour: "red;background:url(//x)".to_owned(), ..look() };
        let words = render(MailKind::Reset, &Template::of(MailKind::Reset), &values(MailKind::Reset), &sly);
        assert!(!words.expect("it fits").html.contains("url("));
    }

    #[test]
    fn a_template_has_names_in_it_and_no_programs() {
        let told = |subject: &'static str, body: &'static str| {
            let template = Template { subject: subject.into(), body: body.into() };
            let mut faults = faults(MailKind::Bill, &template).into_iter();
            faults.next().map(|unfit| (unfit.field, unfit.message)).unwrap_or_default()
        };
        assert_eq!(told("Your bill {{ number }}", "{{name}}, here it is:\n\n{{ link }}").0, "");
        let known = "what can be put in is {{ name }}, {{ dealer }}, {{ link }}, {{ until }}, {{ number }}, {{ date }}, {{ total }}.";
        assert_eq!(told("{{ nic }}", "{{ link }}"), ("subject", format!("There is \"nic\": {known}")));
        assert_eq!(told("A bill", "{{ link").1, format!("There is a bracket that is not closed: {known}"));
        for program in [
            "{% for i in range(1000000) %}x{% endfor %}{{ link }}",
            "{{ link }}{# nothing #}",
            "{{ link * 1000000 }}",
            "{{ link }}{{ name|upper }}",
            "{{ link }}{{ self }}",
        ] {
            assert_eq!(told("A bill", program).0, "body", "{program}");
        }
        assert_eq!(told("A bill", "No link.").0, "body");
        assert_eq!(told("", "{{ link }}").0, "subject");
        let both = Template { subject: "{{ nic }}".into(), body: "No link.".into() };
        let both: Vec<_> = faults(MailKind::Bill, &both).into_iter().map(|unfit| unfit.field).collect();
        assert_eq!(both, ["subject", "body"]);
        assert_eq!(told("A bill\r\nBcc: everybody@example.com", "{{ link }}").0, "subject");
    }
}
