//! Changes that change nothing, at any place: rows written as they are.

use entity::tenant::Tenant;
use forecourt::app::App;
use forecourt::database::Tx;
use forecourt::scope::Scope;
use sea_orm::{QueryOrder, QuerySelect};

use super::places::Place;

/// A transaction within a branch.
pub(crate) async fn at(app: &App, place: Place) -> Tx {
    let scope = Scope::system("test").at(place.dealership, place.branch.expect("a branch")).expect("within everything");
    app.write(scope).await.expect("a transaction")
}

/// Writes the first rows of a branch's table, as many as are asked for, in one transaction that is not over.
pub(crate) async fn rows<E: Tenant>(tx: &Tx, skipped: u64, count: u64) {
    let query = tx.select::<E>().order_by_asc(E::id()).offset(skipped).limit(count);
    let rows = tx.all(query).await.expect("rows");
    assert_eq!(rows.len() as u64, count, "the branch has so many");
    for row in rows {
        tx.save::<E>(row).await.expect("written");
    }
}

/// Writes one row of a branch's table, the first after `skipped`.
pub(crate) async fn one<E: Tenant>(app: &App, place: Place, skipped: u64) {
    let tx = at(app, place).await;
    rows::<E>(&tx, skipped, 1).await;
    tx.commit().await.expect("committed");
}
