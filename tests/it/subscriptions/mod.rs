//! Subscriptions: who hears of what, on which wire, and until when.

mod ends;
mod idle;
mod limits;
mod processes;
mod protocol;
mod sse;
mod told;
