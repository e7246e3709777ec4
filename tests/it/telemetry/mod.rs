//! What operators see of a process, from outside: spans at a collector, figures at `/metrics`, lines in the log. And that
//! nobody's data is in any of it.

mod child;
mod figures;
mod lines;
mod outage;
mod spans;
