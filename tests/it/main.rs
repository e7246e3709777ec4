//! Every test that needs more than one module, in one binary.

mod support;

mod banned_doors;
mod bills;
mod sign_in;
mod statements;
mod tenancy;
