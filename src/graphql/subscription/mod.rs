//! What clients hear of, one noun a file. A subscription holds nothing between its events: each of them is an operation of
//! its own, run by [`subscribe`](super::subscribe()) with the scope that its holder has by then. So a root field is asked
//! again and again, each time for a [`Turn`].
//!
//! To add a noun: its [`What`](crate::event::What), its `Subject`, its file here, its name in [`SubscriptionRoot`] and in
//! `src/permission.rs`.

mod bill;
mod job;
mod kpi;
mod stock;
mod turn;

pub(super) use turn::{Turn, Watch};

use async_graphql::MergedSubscription;

/// Everything that can be listened to. What is told lies within the scope of whoever listens at that time; a subscription
/// ends when that person's session does.
#[derive(MergedSubscription, Default)]
#[graphql(name = "Subscription")]
pub struct SubscriptionRoot(
    bill::BillSubscription,
    stock::StockSubscription,
    kpi::KpiSubscription,
    job::JobSubscription,
);
