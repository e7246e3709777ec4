//! Forecourt's schema changes, one a file: expand first, contract a release later.
//!
//! SQL is written once for both databases; [`sql`] fills in the few types they name differently.

mod sql;

mod m0001_tenancy;
mod m0002_catalogue;
mod m0003_customer;
mod m0004_bill;
mod m0005_quotation;
mod m0006_history;
mod m0007_sales_desk;
mod m0008_staff;
mod m0009_kpi;
mod m0010_reach;
mod m0011_session;
mod m0012_partner_key;
mod m0013_outside_identity;
mod m0014_throttle;
mod m0015_trusted_document;
mod m0016_job;
mod m0017_mail;
mod m0018_document;
mod m0019_paper;
mod m0020_kpi_revision;

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::*;

/// All changes, oldest first.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_tenancy::Migration),
            Box::new(m0002_catalogue::Migration),
            Box::new(m0003_customer::Migration),
            Box::new(m0004_bill::Migration),
            Box::new(m0005_quotation::Migration),
            Box::new(m0006_history::Migration),
            Box::new(m0007_sales_desk::Migration),
            Box::new(m0008_staff::Migration),
            Box::new(m0009_kpi::Migration),
            Box::new(m0010_reach::Migration),
            Box::new(m0011_session::Migration),
            Box::new(m0012_partner_key::Migration),
            Box::new(m0013_outside_identity::Migration),
            Box::new(m0014_throttle::Migration),
            Box::new(m0015_trusted_document::Migration),
            Box::new(m0016_job::Migration),
            Box::new(m0017_mail::Migration),
            Box::new(m0018_document::Migration),
            Box::new(m0019_paper::Migration),
            Box::new(m0020_kpi_revision::Migration),
        ]
    }
}
