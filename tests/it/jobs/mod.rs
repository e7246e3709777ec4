//! The queue and its workers: what is asked for is done, once, in its turn, whatever happens to whoever does it.

mod api;
mod child;
mod crash;
mod fair;
mod orders;
mod poison;
mod schedule;
mod stage;
mod storm;
mod watch;

pub(crate) use stage::Working;
