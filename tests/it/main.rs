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
mod credentials;
mod customers;
mod dated_rules;
mod deadlines;
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
mod operations;
mod partner_keys;
mod permissions;
mod plans;
mod providers;
mod quotations;
mod registrations;
mod sales_quotations;
mod schema;
mod schema_of_tables;
mod second_factor;
mod second_lock;
mod secrets;
mod selling;
mod sessions;
mod sign_in;
mod signing_keys;
mod staff;
mod statements;
mod stock;
mod subscriptions;
mod targets;
mod tenancy;
mod throttling;
mod transactions;
mod transfers;
