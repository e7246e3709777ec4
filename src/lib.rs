//! Forecourt: one GraphQL API for every dealership and branch. Modules in reading order; start with [`scope`].
// The merged mutations nest as deep as there are nouns; optimised builds look all the way down.
#![recursion_limit = "256"]

pub mod app;
pub mod auth;
pub mod config;
pub mod console;
pub mod crypto;
pub mod database;
pub mod document;
pub mod error;
pub mod event;
pub mod fact;
pub mod graphql;
pub mod http;
pub mod integration;
pub mod job;
pub mod kpi;
pub mod permission;
pub mod post;
pub mod queue;
pub mod scope;
pub mod second_lock;
pub mod service;
pub mod store;

pub mod assurance;
pub mod calendar;
pub mod id;
pub mod identity;
pub mod money;
pub mod running;
pub mod telemetry;
pub mod text;

pub mod demo;
pub mod legacy;
