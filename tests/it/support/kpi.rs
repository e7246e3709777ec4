//! Whether the key figures that are kept are what the documents add up to.

use entity::{audit_event, dealership};
use forecourt::app::App;
use forecourt::kpi;
use forecourt::scope::Scope;
use sea_orm::{ColumnTrait, QueryFilter, QueryTrait};

/// What is entered without anything having been changed that counts.
const IDLE: [&str; 3] = ["OPENED", "identity_revealed", "signed_in"];

/// Compares all figures with their documents, if anything has happened to these.
pub(crate) async fn have_not_drifted(app: &App) {
    let tx = app.read(Scope::system("test")).await.expect("a transaction");
    let events = tx.select::<audit_event::Entity>().filter(audit_event::Column::Action.is_not_in(IDLE));
    if tx.count(events.into_query()).await.expect("a count") > 0 {
        add_up(app).await;
    }
}

/// Compares all figures with their documents.
pub(crate) async fn add_up(app: &App) {
    let tx = app.read(Scope::system("test")).await.expect("a transaction");
    let mut drift = Vec::new();
    for dealership in tx.all(tx.select::<dealership::Entity>()).await.expect("dealerships") {
        let place = kpi::Place { dealership: dealership.id, branch: None };
        drift.extend(kpi::drift(&tx, place, None).await.expect("figures"));
    }
    assert!(drift.is_empty(), "{} cells differ: {:#?}", drift.len(), &drift[..drift.len().min(3)]);
}
