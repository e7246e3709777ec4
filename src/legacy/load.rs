//! How a collection is loaded: each document read, judged, made into rows and entered in the journal.

use anyhow::Context;
use indicatif::ProgressBar;
use uuid::Uuid;

use super::collection::Collection;
use super::document::Document;
use super::ground::Ground;
use super::journal::{Journal, Standing};
use super::note::{Notes, Origin, Rejection};
use super::reject::Rejects;
use super::report::{Outcome, Report};
use super::source::{Dump, Line};
use crate::app::App;
use crate::database::{Limit, Tx};
use crate::error::Result;
use crate::kpi;

/// Documents whose rows are written together.
const BATCH: usize = 200;

/// Makes the rows of one collection's documents.
pub(super) trait Rows {
    /// Makes the rows of a document and keeps them until [`Rows::write`]; the id of the main one.
    ///
    /// Nothing is kept of a document that is refused.
    fn take(&mut self, document: &Document<'_>, notes: &mut Notes) -> Result<Uuid, Rejection>;

    /// Writes the rows kept so far.
    async fn write(&mut self, tx: &Tx) -> Result<()>;

    /// Writes what could not be decided before the file's end; gives back the notes it took over.
    async fn finish(&mut self, tx: &Tx, _journal: &Journal) -> Result<Vec<Notes>> {
        self.write(tx).await.map(|()| Vec::new())
    }
}

/// An import on its way.
pub(super) struct Loader<'a> {
    pub(super) app: &'a App,
    pub(super) ground: &'a Ground<'a>,
    pub(super) dump: &'a Dump,
    pub(super) progress: &'a ProgressBar,
    pub(super) report: Report,
    pub(super) rejects: Rejects,
}

impl Loader<'_> {
    /// Loads one collection in one transaction: all of it is there, or none.
    pub(super) async fn load<R: Rows>(
        &mut self,
        collection: Collection,
        open: impl AsyncFnOnce(&Tx) -> Result<R>,
    ) -> anyhow::Result<Journal> {
        self.load_whole(collection, open).await.with_context(|| {
            let name = collection.name();
            format!("cannot import {name}: nothing of it was written; a repeated import goes on with it")
        })
    }

    async fn load_whole<R: Rows>(
        &mut self,
        collection: Collection,
        open: impl AsyncFnOnce(&Tx) -> Result<R>,
    ) -> anyhow::Result<Journal> {
        self.progress.set_message(collection.name());
        let tx = self.app.write_within(self.ground.scope()?, Limit::None).await?;
        let mut journal = Journal::load(&tx, collection.name()).await?;
        if let Some(mut lines) = self.dump.lines(collection)? {
            let mut rows = open(&tx).await?;
            let mut kept = 0;
            while let Some(line) = lines.next()? {
                kept += usize::from(self.line(collection, &line, &mut rows, &mut journal)?);
                if kept == BATCH {
                    rows.write(&tx).await?;
                    journal.write(&tx).await?;
                    kept = 0;
                }
                self.progress.inc(lines.take_progress());
            }
            let notes = rows.finish(&tx, &journal).await?;
            journal.write(&tx).await?;
            if collection.counts() {
                let place = kpi::Place { dealership: self.ground.dealership, branch: Some(self.ground.branch) };
                kpi::rebuild(&tx, place, None).await?;
            }
            notes.into_iter().for_each(|notes| self.report.repaired(notes));
            self.progress.inc(lines.take_progress());
        }
        tx.commit().await?;
        Ok(journal)
    }

    /// Judges one line; whether it left rows to write.
    fn line<R: Rows>(
        &mut self,
        collection: Collection,
        line: &Line,
        rows: &mut R,
        journal: &mut Journal,
    ) -> anyhow::Result<bool> {
        let text = match &line.text {
            Ok(text) => text,
            Err(broken) => return self.refuse(collection, line.number, broken.why.to_owned(), &broken.raw, None),
        };
        let document = match Document::parse(text) {
            Ok(document) => document,
            Err(error) => return self.refuse(collection, line.number, unreadable(line, text, &error), text, None),
        };
        let total = document.total();
        let Some(id) = document.reference("_id") else {
            return self.refuse(collection, line.number, "has no usable _id".to_owned(), text, total);
        };
        match journal.standing(&id, text) {
            Standing::New => {}
            Standing::AlreadyThere => {
                self.report.read(collection, total);
                self.report.classify(collection, Outcome::AlreadyThere, total);
                return Ok(false);
            }
            Standing::Differs(why) => return self.refuse(collection, line.number, why, text, total),
        }
        let mut notes = Notes::new(Origin { collection, line: line.number, id });
        match rows.take(&document, &mut notes) {
            Ok(row) => {
                self.report.read(collection, total);
                self.report.classify(collection, Outcome::Imported, total);
                journal.add(self.ground, notes.origin.clone(), row, text);
                self.report.repaired(notes);
                Ok(true)
            }
            Err(rejection) => {
                if let Some(row) = rejection.stand_in {
                    journal.stand_in(notes.origin.id, row);
                }
                self.refuse(collection, line.number, rejection.why, text, total)
            }
        }
    }

    fn refuse(
        &mut self,
        collection: Collection,
        line: u64,
        why: String,
        raw: &str,
        total: Option<i64>,
    ) -> anyhow::Result<bool> {
        self.report.read(collection, total);
        self.report.classify(collection, Outcome::Rejected, total);
        self.rejects.write(&collection.file(), line, &why, raw)?;
        self.report.rejected(collection.file(), line, why);
        Ok(false)
    }
}

/// Why a line is no document, in words that quote nothing of it.
fn unreadable(line: &Line, text: &str, error: &serde_json::Error) -> String {
    match text.as_bytes().first() {
        Some(b'[') => "is a list: export one document a line, not one array".to_owned(),
        _ if error.is_eof() && !line.ended => "is cut off: the dump ends in the middle of it".to_owned(),
        _ if error.is_eof() => "is cut off".to_owned(),
        _ => format!("is not a JSON object, from column {}", error.column()),
    }
}
