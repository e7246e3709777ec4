//! What tests stand on: an installation of one's own on either database.

pub(crate) mod bulk;
pub(crate) mod canary;
pub(crate) mod catalogue;
pub(crate) mod collector;
pub(crate) mod databases;
pub(crate) mod desk;
pub(crate) mod ear;
pub(crate) mod grammar;
pub(crate) mod kpi;
pub(crate) mod logo;
pub(crate) mod partner;
pub(crate) mod places;
pub(crate) mod plan;
pub(crate) mod postgres;
pub(crate) mod process;
pub(crate) mod s3;
pub(crate) mod samples;
pub(crate) mod sealed;
pub(crate) mod server;
pub(crate) mod sign_in;
pub(crate) mod socket;
pub(crate) mod source;
pub(crate) mod till;
pub(crate) mod touch;
pub(crate) mod world;

pub(crate) use databases::{Home, both};
pub(crate) use world::{Client, PERSONAS, World, seeded};
