//! Canaries in sealed texts: `⟦C1⟧` for `colombo-ev/BR01`, at the end and of four characters, so that a mask leaves them.

use std::collections::HashMap;

use entity::{bill, branch, customer, dealership, enquiry, quotation, sales_quotation};
use forecourt::app::App;
use forecourt::crypto::Place;
use forecourt::database::Tx;
use forecourt::identity::{self, Identity};
use forecourt::scope::Scope;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, QueryFilter};
use uuid::Uuid;

/// Sealed columns that take a canary.
pub(crate) const PLANTED: [(&str, &str); 7] = [
    ("bill", "buyer"),
    ("customer", "address"),
    ("customer", "nic"),
    ("customer", "phone"),
    ("enquiry", "contact"),
    ("quotation", "buyer"),
    ("sales_quotation", "buyer"),
];

/// A place in two characters: the first of its dealership's code, the last of its branch's, e.g. of `/BR01`.
pub(crate) fn short(dealership: &str, branch: &str) -> String {
    let letter = dealership.chars().next().map(|first| first.to_ascii_uppercase());
    letter.into_iter().chain([branch.chars().last().unwrap_or('0')]).collect()
}

/// Plants them into a filled database.
pub(crate) async fn plant(app: &App) {
    let tx = app.write(Scope::system("test")).await.expect("a transaction");
    let marks = marks(&tx).await;
    for row in tx.all(tx.select::<customer::Entity>()).await.expect("customers") {
        let mark = &marks[&row.branch_id];
        let sealed = |column, sealed: Option<Vec<u8>>| {
            let place = Place { dealership: row.dealership_id, table: "customer", column, row: row.id };
            sealed.map(|sealed| {
                let open = app.keys().open(place, &sealed).expect("sealed by this installation");
                app.keys().seal(place, &[&open, mark.as_bytes()].concat())
            })
        };
        let update = tx.scope().update::<customer::Entity>().filter(customer::Column::Id.eq(row.id));
        let nic = sealed("nic", row.nic);
        // Found by what is sealed, its canary included.
        let nic_index = nic.as_ref().map(|sealed| {
            let place = Place { dealership: row.dealership_id, table: "customer", column: "nic", row: row.id };
            let nic = String::from_utf8(app.keys().open(place, sealed).expect("sealed just now")).expect("text");
            identity::nic_index(app.keys(), row.dealership_id, &nic)
        });
        let update = update
            .col_expr(customer::Column::Nic, Expr::value(nic))
            .col_expr(customer::Column::NicIndex, Expr::value(nic_index))
            .col_expr(customer::Column::Phone, Expr::value(sealed("phone", row.phone)))
            .col_expr(customer::Column::Address, Expr::value(sealed("address", row.address)));
        assert_eq!(tx.update(update).await.expect("an update"), 1);
    }
    for row in tx.all(tx.select::<bill::Entity>()).await.expect("bills") {
        let place = Place { dealership: row.dealership_id, table: "bill", column: "buyer", row: row.id };
        let buyer = row.buyer.map(|buyer| marked(app, place, &buyer, &marks[&row.branch_id]));
        let update = tx.scope().update::<bill::Entity>().filter(bill::Column::Id.eq(row.id));
        tx.update(update.col_expr(bill::Column::Buyer, Expr::value(buyer))).await.expect("an update");
    }
    for row in tx.all(tx.select::<quotation::Entity>()).await.expect("quotations") {
        let place = Place { dealership: row.dealership_id, table: "quotation", column: "buyer", row: row.id };
        let buyer = row.buyer.map(|buyer| marked(app, place, &buyer, &marks[&row.branch_id]));
        let update = tx.scope().update::<quotation::Entity>().filter(quotation::Column::Id.eq(row.id));
        tx.update(update.col_expr(quotation::Column::Buyer, Expr::value(buyer))).await.expect("an update");
    }
    for row in tx.all(tx.select::<enquiry::Entity>()).await.expect("enquiries") {
        let place = Place { dealership: row.dealership_id, table: "enquiry", column: "contact", row: row.id };
        let contact = row.contact.map(|contact| marked(app, place, &contact, &marks[&row.branch_id]));
        let update = tx.scope().update::<enquiry::Entity>().filter(enquiry::Column::Id.eq(row.id));
        tx.update(update.col_expr(enquiry::Column::Contact, Expr::value(contact))).await.expect("an update");
    }
    for row in tx.all(tx.select::<sales_quotation::Entity>()).await.expect("sales quotations") {
        let place = Place { dealership: row.dealership_id, table: "sales_quotation", column: "buyer", row: row.id };
        let buyer = row.buyer.map(|buyer| marked(app, place, &buyer, &marks[&row.branch_id]));
        let update = tx.scope().update::<sales_quotation::Entity>().filter(sales_quotation::Column::Id.eq(row.id));
        tx.update(update.col_expr(sales_quotation::Column::Buyer, Expr::value(buyer))).await.expect("an update");
    }
    tx.commit().await.expect("committed");
}

/// The canary of each branch.
async fn marks(tx: &Tx) -> HashMap<Uuid, String> {
    let dealerships = tx.all(tx.select::<dealership::Entity>()).await.expect("dealerships");
    let codes: HashMap<_, _> = dealerships.into_iter().map(|dealership| (dealership.id, dealership.code)).collect();
    let branches = tx.all(tx.select::<branch::Entity>()).await.expect("branches").into_iter();
    branches.map(|branch| (branch.id, format!("⟦{}⟧", short(&codes[&branch.dealership_id], &branch.code)))).collect()
}

fn marked(app: &App, place: Place, sealed: &[u8], mark: &str) -> Vec<u8> {
    let identity = Identity::open(app.keys(), place, sealed).expect("sealed by this installation");
    let [nic, phone, address] =
        [identity.nic, identity.phone, identity.address].map(|text| text.map(|text| text + mark));
    Identity { nic, phone, address }.seal(app.keys(), place)
}
