//! Key figures: each defined once, counted by the transaction that writes, and reproducible from the documents.
//!
//! Reading order: [`crate::fact`] (what counts, what is open), `cell` (where it is added up), `rollup` (how that is kept), `measure` (what is made
//! of it), `range` (for which days), `question` (by what), `part` (which tables answer it), `sums` (what they add up to, by
//! `group`), `report` (the answer),
//! `drill` (the rows behind it); then what is as of now: `now` (what is open, by age), `kept` (of many dealerships), `flow` (of stock), `pace` (of targets).
//!
//! To add an additive measure: its column in `entity::measures` and a migration, what adds to it in [`crate::fact`], its formula in
//! `measure`; then `forecourt kpi rebuild`.

mod cell;
mod drill;
mod flow;
mod group;
mod kept;
mod measure;
mod now;
mod pace;
mod part;
mod peers;
mod question;
mod range;
mod rebuild;
mod report;
mod rollup;
mod select;
mod sums;

pub use crate::fact::VERSION;
pub use drill::{adds, facts};
pub use flow::{Flow, at_risk, flow};
pub use group::Key;
pub use kept::Kept;
pub use measure::{Definition, Measure, Splits, Unit, quotient};
pub use now::{Ages, Amount, Now, Supply, by_financier, now, open_items};
pub use pace::{Pace, Targets, targets};
pub use peers::{Peers, Standings, peers};
pub use question::{By, Filter, Question};
pub use range::{Compared, Named, Range, Step};
pub use rebuild::{Drift, Place, drift, rebuild};
pub use report::{Report, Row, Standing, report};
pub use rollup::Tally;
pub use sums::MOST_ROWS;
