//! Every test that needs more than one module, in one binary.

mod support;

mod banned_doors;
mod bills;
mod homes;
mod http;
mod layers;
mod schema;
mod schema_of_tables;
mod sign_in;
mod statements;
mod tenancy;
