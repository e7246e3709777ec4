//! Which bill completes which advance. The old system kept the link on both sides; either suffices, they must agree.

use std::collections::HashMap;

use super::collection::Collection;
use super::document::Document;
use super::source::Dump;

/// The links between the bills of a dump, found in a pass of their own.
#[derive(Default)]
pub(super) struct Links {
    bills: HashMap<String, Sides>,
    /// Bills by the advance that they name.
    claimants: HashMap<String, Vec<String>>,
    /// Advances by the final bill that they name.
    namers: HashMap<String, Vec<String>>,
}

/// What one bill says.
#[derive(Default)]
struct Sides {
    advance: Option<String>,
    completion: Option<String>,
    is_converted_advance: bool,
    is_advance: bool,
}

/// The other side of a bill's link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Link {
    /// It has none.
    None,
    /// The document with this id.
    To(String),
    /// What the bills say cannot be true.
    Broken(&'static str),
}

impl Links {
    /// Reads the ids and links of all bills.
    pub(super) fn scan(dump: &Dump) -> anyhow::Result<Self> {
        let mut links = Self::default();
        let Some(mut lines) = dump.lines(Collection::Bills)? else { return Ok(links) };
        while let Some(line) = lines.next()? {
            if let Ok(text) = &line.text
                && let Ok(document) = Document::parse(text)
            {
                links.add(&document);
            }
        }
        Ok(links)
    }

    fn add(&mut self, document: &Document<'_>) {
        let Some(id) = document.reference("_id").filter(|id| !self.contains(id)) else { return };
        let is_advance = document.flag("isAdvancePayment").unwrap_or(false);
        let converted = document.text("status").is_some_and(|status| status.eq_ignore_ascii_case("converted"));
        let sides = Sides {
            advance: document.reference("originalAdvanceBillId"),
            completion: document.reference("finalBillId"),
            is_converted_advance: is_advance && converted,
            is_advance,
        };
        if let Some(advance) = &sides.advance {
            self.claimants.entry(advance.clone()).or_default().push(id.clone());
        }
        if let Some(completion) = &sides.completion {
            self.namers.entry(completion.clone()).or_default().push(id.clone());
        }
        self.bills.insert(id, sides);
    }

    /// Whether the dump has this bill.
    pub(super) fn contains(&self, bill: &str) -> bool {
        self.bills.contains_key(bill)
    }

    /// The advance that `bill` completes.
    pub(super) fn advance_of(&self, bill: &str) -> Link {
        let own = self.bills.get(bill).and_then(|sides| sides.advance.as_deref());
        let namers = self.namers.get(bill).map(Vec::as_slice).unwrap_or_default();
        let Some(advance) = own.or_else(|| namers.first().map(String::as_str)) else { return Link::None };
        if namers.iter().any(|namer| namer != advance) {
            return Link::Broken("more than one advance is linked to it");
        }
        if advance == bill || self.bills.get(bill).is_some_and(|sides| sides.is_advance) {
            return Link::Broken("an advance cannot complete an advance");
        }
        match self.bills.get(advance) {
            // Perhaps it was imported earlier.
            None => Link::To(advance.to_owned()),
            Some(other) if !other.is_converted_advance => Link::Broken("what it names is not a converted advance"),
            Some(Sides { completion: Some(completion), .. }) if completion != bill => {
                Link::Broken("the advance names another final bill")
            }
            Some(Sides { completion: None, .. }) if self.claimants_of(advance).len() > 1 => {
                Link::Broken("several bills name the same advance")
            }
            Some(_) => Link::To(advance.to_owned()),
        }
    }

    /// The bill that completes `advance`.
    pub(super) fn completion_of(&self, advance: &str) -> Link {
        let own = self.bills.get(advance).and_then(|sides| sides.completion.as_deref());
        let claimants = self.claimants_of(advance);
        let Some(completion) = own.or_else(|| claimants.first().map(String::as_str)) else { return Link::None };
        match self.advance_of(completion) {
            Link::To(back) if back == advance => Link::To(completion.to_owned()),
            Link::Broken(why) => Link::Broken(why),
            _ => Link::Broken("the final bill names another advance"),
        }
    }

    fn claimants_of(&self, advance: &str) -> &[String] {
        self.claimants.get(advance).map(Vec::as_slice).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Advances are called a…, final bills f…; `from` is the advance a bill names, `to` the final bill.
    fn links(bills: &[(&str, Option<&str>, Option<&str>)]) -> Links {
        let mut links = Links::default();
        for (id, from, to) in bills {
            let mut fields = vec![format!(r#""_id":"{id}""#)];
            fields.extend(from.map(|from| format!(r#""originalAdvanceBillId":{{"$oid":"{from}"}}"#)));
            fields.extend(to.map(|to| format!(r#""finalBillId":{{"$oid":"{to}"}}"#)));
            let status = if id.starts_with('a') { "converted" } else { "completed" };
            fields.push(format!(r#""isAdvancePayment":{},"status":"{status}""#, id.starts_with('a')));
            links.add(&Document::parse(&format!("{{{}}}", fields.join(","))).expect("JSON"));
        }
        links
    }

    fn to(id: &str) -> Link {
        Link::To(id.to_owned())
    }

    #[test]
    fn either_side_suffices() {
        for (from, back) in [(Some("a1"), Some("f1")), (Some("a1"), None), (None, Some("f1"))] {
            let links = links(&[("f1", from, None), ("a1", None, back)]);
            assert_eq!((links.advance_of("f1"), links.completion_of("a1")), (to("a1"), to("f1")));
        }
        let links = links(&[("f1", None, None), ("a1", None, None)]);
        assert_eq!((links.advance_of("f1"), links.completion_of("a1")), (Link::None, Link::None));
    }

    #[test]
    fn contradictions_are_links_to_nothing() {
        let broken = |bills: &[_], bill: &str| matches!(links(bills).advance_of(bill), Link::Broken(_));
        assert!(broken(&[("f1", Some("a1"), None), ("a1", None, Some("f2")), ("f2", None, None)], "f1"));
        assert!(broken(&[("f1", Some("a1"), None), ("a1", None, None), ("a2", None, Some("f1"))], "f1"));
        assert!(broken(&[("f1", Some("a1"), None), ("f2", Some("a1"), None), ("a1", None, None)], "f2"));
        assert!(broken(&[("f1", Some("f2"), None), ("f2", None, None)], "f1"));
        assert!(broken(&[("a1", Some("a1"), None)], "a1"));
        let two = links(&[("f1", Some("a1"), None), ("f2", Some("a1"), None), ("a1", None, Some("f1"))]);
        assert_eq!((two.advance_of("f1"), two.completion_of("a1")), (to("a1"), to("f1")));
        assert!(matches!(two.advance_of("f2"), Link::Broken(_)));
    }

    #[test]
    fn what_is_not_in_the_dump_is_looked_for_later() {
        assert_eq!(links(&[("f1", Some("a9"), None)]).advance_of("f1"), to("a9"));
        assert_eq!(links(&[("a1", None, Some("f9"))]).completion_of("a1"), to("f9"));
    }
}
