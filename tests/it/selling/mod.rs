//! Selling: bills, advances, payments, credit notes, through the mutations that clerks use.

mod advances;
mod bad_input;
mod bills;
mod conversion;
mod credits;
mod crowd;
mod kill;
mod ledger;
mod payments;
mod preview;
