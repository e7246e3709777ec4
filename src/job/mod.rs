//! Work that is done later, one task a file, and the worker that does it. What there is to do is in [`queue`](crate::queue),
//! where everybody who asks for it finds it.
//!
//! A job may run more than once: its worker can be gone at any time. So whatever it does to the database it does in one
//! transaction with its own end ([`Run::finish`]), and whatever it does outside is done under a name that makes a second time
//! harmless.
//!
//! To add a task: its settings in `queue/task.rs`, `impl Work` for it in a file here, its line in [`Kinds::all`].

mod archive_bills;
mod kinds;
mod rebuild_figures;
mod rehearse;
mod run;
mod schedule;
mod send_mail;
mod sweep;
mod verify_figures;
mod worker;

pub use kinds::{Kinds, Work};
pub use run::{Failure, Outcome, Run};
pub use worker::Worker;
