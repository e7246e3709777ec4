//! The commands, one a file.

pub(crate) mod demo;
pub(crate) mod documents;
pub(crate) mod import;
pub(crate) mod key;
pub(crate) mod kpi;
pub(crate) mod migrate;
pub(crate) mod serve;
pub(crate) mod user;
pub(crate) mod work;
