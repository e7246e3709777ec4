//! Forecourt's tables, one a file, and which of them belong to whom. Knows nothing else.
//!
//! To add a table: write its file, its migration, and one row in [`tenant::TABLES`]; the tests say what is missing.

pub mod kind;
pub mod positioned;
pub mod tenant;

pub mod branch;
pub mod branding;
pub mod dealership;
pub mod deployment;
pub mod document;
pub mod membership;
pub mod partner_key;
pub mod partner_key_branch;
pub mod user;

pub mod mail_template;
pub mod outgoing_mail;
pub mod outside_identity;
pub mod recovery_code;
pub mod second_factor;
pub mod seen_token;
pub mod sign_in_link;
pub mod signing_key;
pub mod throttle;
pub mod trusted_document;
pub mod user_session;

pub mod bike_model;
pub mod bike_unit;
pub mod finance_company;
pub mod number_pattern;
pub mod stock_transfer;
pub mod target;
pub mod tariff;
pub mod tax_profile;

pub mod bill;
pub mod counter;
pub mod credit_note;
pub mod customer;
pub mod customer_term;
pub mod enquiry;
pub mod payment;
pub mod quotation;
pub mod quotation_item;
pub mod rmv_case;
pub mod sales_quotation;

pub mod job;
pub mod kpi_breakdown;
pub mod kpi_day;
pub mod kpi_fact;
pub mod kpi_month;
pub mod kpi_open;
pub mod kpi_revision;
pub mod measures;
pub mod open_item;
pub mod peer_measure;

pub mod audit_event;
pub mod idempotency;
pub mod legacy_document;
