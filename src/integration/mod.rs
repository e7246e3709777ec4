//! Outside parties, each behind an interface of its own.

pub mod files;
pub mod mail;
