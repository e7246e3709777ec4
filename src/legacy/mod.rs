//! The importer: a dump of the single-dealership system that Forecourt replaces becomes one branch of one dealership.
//!
//! Reading order: [`run`], `load.rs` (one collection), then one file a collection. **Nothing is overwritten** and no
//! document is lost: each one is imported, was there already, or is refused with a reason, and the [`Report`] adds up.
//! A repeated import changes nothing, an interrupted one goes on after the last whole collection.

mod activity;
mod bill;
mod branding;
mod collection;
mod colour;
mod cryptojs;
mod customer;
mod decimal;
mod document;
mod extended_json;
mod finance_company;
mod ground;
mod item;
mod journal;
mod link;
mod load;
mod model;
mod note;
mod number;
mod page;
mod payment;
mod personal;
mod preflight;
mod quotation;
mod reject;
mod report;
mod source;
mod stock;
mod table;
mod terms;
mod unit;
mod user;

#[cfg(test)]
mod tests;

use std::path::PathBuf;

use indicatif::ProgressBar;
use secrecy::SecretString;

use crate::app::App;

use activity::Activities;
use bill::Bills;
use branding::Brandings;
pub use collection::Collection;
use cryptojs::Passphrases;
use finance_company::FinanceCompanies;
use ground::{CURRENCY, Ground};
use link::Links;
use load::Loader;
use model::Models;
pub use note::Repair;
use quotation::Quotations;
use reject::Rejects;
pub use report::{Counts, Omitted, Rejected, Repaired, Report, Totals};
use source::Dump;
use unit::Units;
use user::{Staff, Users};

/// What to import, and where to.
pub struct Import {
    /// The dealership's code; it is made when absent.
    pub dealership: String,
    /// Its name, should it be made; else the one in the dump.
    pub name: Option<String>,
    /// The code of the branch that all rows belong to; it is made when absent.
    pub branch: String,
    /// Where the files of the dump are.
    pub directory: PathBuf,
    /// The old system's encryption keys, the newest first.
    pub keys: Vec<SecretString>,
    /// Where refused documents are written; they hold personal data.
    pub rejects: PathBuf,
}

/// Imports a dump; `progress` counts the bytes of its files.
///
/// # Errors
/// When the directory holds no dump, no key opens its encrypted fields (nothing is written then), or the database
/// refuses a collection (those before it are there, and a repeated import goes on with it).
pub async fn run(app: &App, import: &Import, progress: &ProgressBar) -> anyhow::Result<Report> {
    let dump = Dump::find(&import.directory)?;
    let passphrases = Passphrases::new(import.keys.clone());
    preflight::check_keys(&dump, &passphrases)?;
    let ground = Ground::prepare(app, import, &dump, &passphrases).await?;
    progress.set_length(dump.bytes());
    let mut loader = Loader {
        app,
        ground: &ground,
        dump: &dump,
        progress,
        report: Report::new(CURRENCY, dump.ignored.clone()),
        rejects: Rejects::new(&import.rejects),
    };
    load_all(&mut loader, &ground, &dump).await?;
    ground.note_first_tricycle(app).await?;
    let Loader { mut report, rejects, .. } = loader;
    report.rejects_file = rejects.finish()?;
    report.check()?;
    Ok(report)
}

/// Parents before children.
async fn load_all(loader: &mut Loader<'_>, ground: &Ground<'_>, dump: &Dump) -> anyhow::Result<()> {
    let users = loader.load(Collection::Users, async |tx| Users::open(ground, tx).await).await?;
    let models = loader.load(Collection::BikeModels, async |tx| Models::open(ground, tx).await).await?;
    loader.load(Collection::FinanceCompanies, async |tx| FinanceCompanies::open(ground, tx).await).await?;
    let brandings = async |tx: &_| {
        let staff = Staff::open(&users, tx).await?;
        Brandings::open(ground, staff, tx).await
    };
    loader.load(Collection::Brandings, brandings).await?;
    let links = Links::scan(dump)?;
    let units = async |tx: &_| Units::open(ground, &models, &links, tx).await;
    let units = loader.load(Collection::BikeInventory, units).await?;
    let bills = async |tx: &_| Bills::open(ground, &links, &users, &units, tx).await;
    let bills = loader.load(Collection::Bills, bills).await?;
    let quotations = loader.load(Collection::Quotations, async |tx| Quotations::open(ground, &users, tx).await).await?;
    let activities = async |tx: &_| {
        let staff = Staff::open(&users, tx).await?;
        Ok(Activities { ground, staff, units: &units, bills: &bills, quotations: &quotations, rows: Vec::new() })
    };
    loader.load(Collection::UserActivities, activities).await?;
    Ok(())
}
