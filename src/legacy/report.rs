//! What an import did, for people and for machines: every document read is accounted for.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::ensure;
use serde::{Serialize, Serializer};

use super::collection::Collection;
use super::note::{Notes, Repair};

/// The most repairs, and the most rejects, that are listed one by one; the counts hold all of them.
const MAX_LISTED: usize = 10_000;

/// What an import did.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// Documents by collection and outcome.
    #[serde(serialize_with = "as_map")]
    pub collections: Vec<(Collection, Counts)>,
    /// What was not as it should be, and what was done: the first 10,000.
    pub repairs: Vec<Repaired>,
    /// What was refused: the first 10,000; all of it is in the file of rejects.
    pub rejects: Vec<Rejected>,
    /// Sums of `totalAmount` by outcome, to compare with the old system.
    #[serde(serialize_with = "as_map")]
    pub totals: Vec<(Collection, Totals)>,
    /// Files of the directory that are no known collection.
    pub ignored_files: Vec<String>,
    /// How many repairs and rejects are not listed.
    #[serde(skip_serializing_if = "Omitted::is_none")]
    pub omitted: Omitted,
    /// Where refused documents were written.
    #[serde(skip)]
    pub rejects_file: Option<PathBuf>,
    #[serde(skip)]
    pub(super) repairs_by_kind: BTreeMap<(Collection, Repair), u64>,
}

/// Documents of one collection by outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Counts {
    /// Lines that are not blank.
    pub read: u64,
    /// Made into rows by this import.
    pub imported: u64,
    /// Made into rows by an earlier import, or by an earlier line.
    pub already_there: u64,
    /// Those of the imported that needed a repair.
    pub repaired: u64,
    /// Refused.
    pub rejected: u64,
}

/// Sums by outcome, in hundredths.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Totals {
    /// ISO 4217.
    pub currency: String,
    /// Of every document whose total can be read.
    #[serde(serialize_with = "as_decimal")]
    pub read: i128,
    /// Of those imported now.
    #[serde(serialize_with = "as_decimal")]
    pub imported: i128,
    /// Of those that were there already.
    #[serde(serialize_with = "as_decimal")]
    pub already_there: i128,
    /// Of those refused.
    #[serde(serialize_with = "as_decimal")]
    pub rejected: i128,
}

/// One repair of one document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Repaired {
    /// The collection.
    pub collection: Collection,
    /// Its file.
    pub file: String,
    /// Counted from 1.
    pub line: u64,
    /// The document's `_id`.
    pub id: String,
    /// What was repaired and why.
    #[serde(flatten)]
    pub repair: Repair,
}

/// One refused document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rejected {
    /// The file.
    pub file: String,
    /// Counted from 1.
    pub line: u64,
    /// Why.
    pub why: String,
}

/// How many entries the lists leave out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Omitted {
    /// Of the repairs.
    pub repairs: u64,
    /// Of the rejects.
    pub rejects: u64,
}

/// What became of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Imported,
    AlreadyThere,
    Rejected,
}

impl Report {
    pub(super) fn new(currency: &str, ignored_files: Vec<String>) -> Self {
        let totals = Totals { currency: currency.to_owned(), ..Totals::default() };
        Self {
            collections: Collection::ALL.map(|collection| (collection, Counts::default())).to_vec(),
            repairs: Vec::new(),
            rejects: Vec::new(),
            totals: vec![(Collection::Bills, totals.clone()), (Collection::Quotations, totals)],
            ignored_files,
            omitted: Omitted::default(),
            rejects_file: None,
            repairs_by_kind: BTreeMap::new(),
        }
    }

    /// The counts of one collection.
    pub fn counts(&self, collection: Collection) -> Counts {
        let found = self.collections.iter().find(|(name, _)| *name == collection);
        found.map(|(_, counts)| *counts).unwrap_or_default()
    }

    /// Counts one document that was read.
    pub(super) fn read(&mut self, collection: Collection, total: Option<i64>) {
        self.counts_mut(collection).read += 1;
        if let Some(sums) = self.totals_mut(collection) {
            sums.read += i128::from(total.unwrap_or(0));
        }
    }

    /// Counts what became of it.
    pub(super) fn classify(&mut self, collection: Collection, outcome: Outcome, total: Option<i64>) {
        let counts = self.counts_mut(collection);
        match outcome {
            Outcome::Imported => counts.imported += 1,
            Outcome::AlreadyThere => counts.already_there += 1,
            Outcome::Rejected => counts.rejected += 1,
        }
        if let Some(sums) = self.totals_mut(collection) {
            let sum = match outcome {
                Outcome::Imported => &mut sums.imported,
                Outcome::AlreadyThere => &mut sums.already_there,
                Outcome::Rejected => &mut sums.rejected,
            };
            *sum += i128::from(total.unwrap_or(0));
        }
    }

    /// Lists the repairs of one imported document.
    pub(super) fn repaired(&mut self, notes: Notes) {
        let Notes { origin, repairs } = notes;
        if !repairs.is_empty() {
            self.counts_mut(origin.collection).repaired += 1;
        }
        for repair in repairs {
            *self.repairs_by_kind.entry((origin.collection, repair)).or_default() += 1;
            if self.repairs.len() == MAX_LISTED {
                self.omitted.repairs += 1;
                continue;
            }
            self.repairs.push(Repaired {
                collection: origin.collection,
                file: origin.collection.file(),
                line: origin.line,
                id: origin.id.clone(),
                repair,
            });
        }
    }

    /// Lists one refused document.
    pub(super) fn rejected(&mut self, file: String, line: u64, why: String) {
        match self.rejects.len() < MAX_LISTED {
            true => self.rejects.push(Rejected { file, line, why }),
            false => self.omitted.rejects += 1,
        }
    }

    /// Proves that every document read has one outcome.
    ///
    /// # Errors
    /// A fault of the importer's own, with the figures.
    pub(super) fn check(&self) -> anyhow::Result<()> {
        for (collection, counts) in &self.collections {
            ensure!(
                counts.read == counts.imported + counts.already_there + counts.rejected
                    && counts.repaired <= counts.imported,
                "the counts of {} do not add up: {counts:?}",
                collection.name()
            );
        }
        for (collection, sums) in &self.totals {
            ensure!(
                sums.read == sums.imported + sums.already_there + sums.rejected,
                "the totals of {} do not add up: {sums:?}",
                collection.name()
            );
        }
        Ok(())
    }

    fn counts_mut(&mut self, collection: Collection) -> &mut Counts {
        let found = self.collections.iter_mut().find(|(name, _)| *name == collection);
        &mut found.expect("a report begins with every collection").1
    }

    fn totals_mut(&mut self, collection: Collection) -> Option<&mut Totals> {
        self.totals.iter_mut().find(|(name, _)| *name == collection).map(|(_, sums)| sums)
    }
}

impl Omitted {
    fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

/// A sum of hundredths as decimal text.
pub(super) fn decimal(minor: i128) -> String {
    format!("{}.{:02}", minor / 100, minor % 100)
}

fn as_decimal<S: Serializer>(minor: &i128, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&decimal(*minor))
}

fn as_map<T: Serialize, S: Serializer>(rows: &[(Collection, T)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(rows.iter().map(|(collection, row)| (collection, row)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::legacy::note::Origin;

    fn notes(line: u64) -> Notes {
        let mut notes = Notes::new(Origin { collection: Collection::Bills, line, id: format!("id{line}") });
        notes.repair("owner", "left out", "is nobody of the dump");
        notes
    }

    #[test]
    fn the_lists_are_capped_and_the_counts_are_not() {
        let mut report = Report::new("LKR", Vec::new());
        for line in 0..MAX_LISTED as u64 + 5 {
            report.read(Collection::Bills, Some(150));
            report.classify(Collection::Bills, Outcome::Imported, Some(150));
            report.repaired(notes(line));
        }
        report.check().expect("adds up");
        assert_eq!((report.repairs.len(), report.omitted.repairs), (MAX_LISTED, 5));
        assert_eq!(report.counts(Collection::Bills).repaired, 10_005);
        assert_eq!(report.repairs_by_kind.values().sum::<u64>(), 10_005);
    }

    #[test]
    fn a_document_without_an_outcome_is_a_fault() {
        let mut report = Report::new("LKR", Vec::new());
        report.read(Collection::Users, None);
        assert!(report.check().is_err());
    }

    #[test]
    fn machines_read_names_and_decimal_text() {
        let mut report = Report::new("LKR", vec!["orders.json".into()]);
        report.read(Collection::Bills, Some(51_250_010));
        report.classify(Collection::Bills, Outcome::Imported, Some(51_250_010));
        report.repaired(notes(3));
        report.read(Collection::Quotations, None);
        report.classify(Collection::Quotations, Outcome::Rejected, None);
        report.rejected("quotations.json".into(), 9, "has no usable _id".into());
        let json = serde_json::to_value(&report).expect("JSON");
        insta::assert_snapshot!(json["collections"]["bills"].to_string(), @r#"{"alreadyThere":0,"imported":1,"read":1,"rejected":0,"repaired":1}"#);
        insta::assert_snapshot!(json["totals"]["bills"].to_string(), @r#"{"alreadyThere":"0.00","currency":"LKR","imported":"512500.10","read":"512500.10","rejected":"0.00"}"#);
        insta::assert_snapshot!(json["repairs"].to_string(), @r#"[{"collection":"bills","field":"owner","file":"bills.json","id":"id3","line":3,"what":"left out","why":"is nobody of the dump"}]"#);
        insta::assert_snapshot!(json["rejects"].to_string(), @r#"[{"file":"quotations.json","line":9,"why":"has no usable _id"}]"#);
        assert_eq!(json["ignoredFiles"][0], "orders.json");
        insta::assert_snapshot!(report.table(), @r"
        ┌──────────────────┬──────┬──────────┬───────────────┬──────────┬──────────┐
        │ collection       ┆ read ┆ imported ┆ already there ┆ repaired ┆ rejected │
        ╞══════════════════╪══════╪══════════╪═══════════════╪══════════╪══════════╡
        │ users            ┆    0 ┆        0 ┆             0 ┆        0 ┆        0 │
        │ bike_models      ┆    0 ┆        0 ┆             0 ┆        0 ┆        0 │
        │ financecompanies ┆    0 ┆        0 ┆             0 ┆        0 ┆        0 │
        │ brandings        ┆    0 ┆        0 ┆             0 ┆        0 ┆        0 │
        │ bike_inventory   ┆    0 ┆        0 ┆             0 ┆        0 ┆        0 │
        │ bills            ┆    1 ┆        1 ┆             0 ┆        1 ┆        0 │
        │ quotations       ┆    1 ┆        0 ┆             0 ┆        0 ┆        1 │
        │ useractivities   ┆    0 ┆        0 ┆             0 ┆        0 ┆        0 │
        └──────────────────┴──────┴──────────┴───────────────┴──────────┴──────────┘

        Totals
        ┌───────────────┬─────┬───────────┬───────────┬───────────────┬──────────┐
        │ Σ totalAmount ┆     ┆      read ┆  imported ┆ already there ┆ rejected │
        ╞═══════════════╪═════╪═══════════╪═══════════╪═══════════════╪══════════╡
        │ bills         ┆ LKR ┆ 512500.10 ┆ 512500.10 ┆          0.00 ┆     0.00 │
        │ quotations    ┆ LKR ┆      0.00 ┆      0.00 ┆          0.00 ┆     0.00 │
        └───────────────┴─────┴───────────┴───────────┴───────────────┴──────────┘

        Repairs
        ┌────────────┬───────┬───────────────┬───────────────────────┬───────┐
        │ collection ┆ field ┆ what was done ┆ why                   ┆ times │
        ╞════════════╪═══════╪═══════════════╪═══════════════════════╪═══════╡
        │ bills      ┆ owner ┆ left out      ┆ is nobody of the dump ┆     1 │
        └────────────┴───────┴───────────────┴───────────────────────┴───────┘

        Rejected; the documents themselves are in the file of rejects
        ┌───────────────────┬───────────────────┐
        │ where             ┆ why               │
        ╞═══════════════════╪═══════════════════╡
        │ quotations.json:9 ┆ has no usable _id │
        └───────────────────┴───────────────────┘

        Not looked at: orders.json.
        ");
    }
}
