//! The queue of work that is done later: a table of ours, so that a job is there if and only if the change that asks for it
//! was committed.
//!
//! Whoever asks for work writes an [`Order`] in their own transaction ([`enqueue`]): what is to be done is a [`Task`] of ids
//! and settings, and the scope is the transaction's, or narrower. Workers take jobs in turns of the dealerships ([`take()`]),
//! show that they live ([`beat()`]), and write down what came of them ([`settle()`]). Each time a job is begun it gets a fresh
//! lease, and everything about it is written on condition of the lease: who lost it changes nothing any more.
//!
//! No decision depends on clocks of several machines, or on one that is set right meanwhile: a job for now has no time at
//! all, and whoever watches a lease counts by the own stopwatch. Only retries and schedules look at the time.

mod backoff;
mod beat;
mod order;
mod settle;
mod take;
mod task;

pub use beat::{Lease, Step, Watched, beat, others, report, rescue};
pub use order::{INSTALLATION, Made, Order, Priority, Unique, cancel, enqueue, enqueue_all, replay};
pub use settle::{Ending, finish, settle};
pub use take::{due, promote, take};
pub use task::{ArchiveBills, RebuildFigures, Rehearse, SendMail, Sweep, Task, VerifyFigures};

use entity::job::{Entity, Model};

use crate::database::Tx;

/// Half a condition: what is ready, as the index says it. A bound value would keep PostgreSQL from the index.
const READY: &str = "state = 'READY'";

/// The same of what is being worked on.
const RUNNING: &str = "state = 'RUNNING'";

/// Tells whoever waits for these jobs what became of them. Nobody waits for what the installation does by itself.
fn tell<'a>(tx: &Tx, jobs: impl Iterator<Item = &'a Model>) {
    let jobs: Vec<_> = jobs.filter(|job| job.user_id.is_some()).cloned().collect();
    tx.raise::<Entity>(&jobs);
}
