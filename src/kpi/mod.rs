//! Key figures: each defined once, counted by the transaction that writes, and reproducible from the documents.
//!
//! Reading order: [`crate::fact`] (what counts, what is open), `cell` (where it is added up), `rollup` (how that is kept), `measure` (what is made
//! of it), `range` (for which days), `question` (by what), `report` (the answer),
//! `drill` (the rows behind it).
//!
//! To add an additive measure: its column in `entity::measures` and a migration, what adds to it in [`crate::fact`], its formula in
//! `measure`; then `forecourt kpi rebuild`.

mod cell;
mod drill;
mod measure;
mod question;
mod range;
mod rebuild;
mod report;
mod rollup;

pub use crate::fact::{VERSION, is_counted};
pub use drill::{adds, facts};
pub use measure::{Definition, Measure, Splits, Unit, quotient};
pub use question::{By, Filter, Question};
pub use range::{Compared, Named, Range, Step};
pub use rebuild::{Drift, Place, drift, rebuild};
pub use report::{Key, MOST_ROWS, Report, Row, Standing, report};
pub use rollup::Tally;
