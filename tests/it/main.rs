//! Every test that needs more than one module, in one binary.

mod support;

mod banned_doors;
mod homes;
mod layers;
mod schema_of_tables;
