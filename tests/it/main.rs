//! Every test that needs more than one module, in one binary.
// The merged mutations nest as deep as there are nouns; optimised builds look all the way down.
#![recursion_limit = "256"]

mod support;

mod access;
mod answers;
mod banned_doors;
mod bench;
mod bills;
mod branches;
mod branding;
mod catalogue;
mod changes;
mod command_line;
mod customers;
mod dated_rules;
mod dealerships;
mod enquiries;
mod equivalence;
mod first_lock;
mod homes;
mod hostile_tokens;
mod http;
mod import;
mod kept;
mod kpi;
mod layers;
mod matrix;
mod partner_keys;
mod permissions;
mod plans;
mod quotations;
mod registrations;
mod sales_quotations;
mod schema;
mod schema_of_tables;
mod second_lock;
mod selling;
mod sign_in;
mod staff;
mod statements;
mod stock;
mod targets;
mod tenancy;
mod transactions;
mod transfers;
