//! The bills of a month in one file, however many they are: one document at a time is in memory.

use std::io::Write;
use std::time::Duration;

use chrono::Datelike;
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, ZipWriter};

use super::Work;
use super::run::{Failure, Outcome, Run};
use crate::error::{Error, Result};
use crate::integration::files::{Class, Draft, Key, Kind, Shelf};
use crate::permission::Permission;
use crate::queue::ArchiveBills;
use crate::service::document::{Archived, MonthOfBills};

/// Bills that are looked for at a time.
const PAGE: u64 = 20;

/// Longest file of a document.
const MOST: u64 = 64 << 20;

/// A zip while it is written.
struct Archive(ZipWriter<StreamWriter<Draft>>);

impl Work for ArchiveBills {
    const PATIENCE: Duration = Duration::from_secs(4 * 60 * 60);

    async fn work(self, run: Run) -> Result<Outcome, Failure> {
        let (app, scope) = (run.app(), run.scope());
        scope.require(Permission::ReadIdentity)?;
        let shelf = Shelf::new(scope.dealership()?, Class::Export, self.month.year(), Kind::Zip)?;
        let mut bills = MonthOfBills::of(self.month);
        let steps = i64::try_from(bills.count(&run.read().await?).await?).ok();
        let mut archive = Archive::begin(app.files().draft()?);
        let mut step = 0;
        loop {
            let page = bills.next(app, scope, PAGE).await?;
            if page.is_empty() {
                break;
            }
            for document in page {
                let file: Key = document.file.parse()?;
                let bytes = app.files().get(scope, &file, MOST).await?.bytes().await?;
                archive = archive.with(name(&document.number, document.subject_id), bytes).await?;
                step += 1;
                run.tell(step, steps);
            }
        }
        let draft = archive.end().await?;
        let bytes = draft.length();
        let file = app.files().keep(scope, &shelf, draft).await?;
        let tx = run.write().await?;
        Archived { month: self.month, file, bytes, job: run.job() }.write(app, &tx).await?;
        Ok(run.finish(tx, Some(format!("{step} bills of {} are in one file.", self.month.format("%Y-%m")))).await?)
    }
}

impl Archive {
    fn begin(draft: Draft) -> Self {
        Self(ZipWriter::new_stream(draft))
    }

    /// The archive with one more file, as it is: documents are packed already.
    async fn with(mut self, name: String, bytes: Vec<u8>) -> Result<Self> {
        let add = move || -> anyhow::Result<Self> {
            let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
            self.0.start_file(name, options)?;
            self.0.write_all(&bytes)?;
            Ok(self)
        };
        tokio::task::spawn_blocking(add).await.map_err(Error::internal)?.map_err(Error::internal)
    }

    async fn end(self) -> Result<Draft> {
        let end = move || -> anyhow::Result<Draft> { Ok(self.0.finish()?.into_inner()) };
        tokio::task::spawn_blocking(end).await.map_err(Error::internal)?.map_err(Error::internal)
    }
}

/// A name that any system takes, of no other document: numbers are a dealership's own, and what had to be changed says whose
/// it is.
fn name(number: &str, subject: uuid::Uuid) -> String {
    let is_fit = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    match number.chars().all(is_fit) {
        true => format!("{number}.pdf"),
        false => {
            let fit: String = number.chars().map(|c| if is_fit(c) { c } else { '_' }).collect();
            format!("{fit}-{subject}.pdf")
        }
    }
}
