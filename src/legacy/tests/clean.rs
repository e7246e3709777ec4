//! The dump as it is: everything comes over, nothing needs a repair.

use entity::bill::Status;
use entity::kind::{Role, VehicleClass};
use entity::{audit_event, legacy_document, quotation, quotation_item, user};
use entity::{bike_unit, bill, branch, branding, customer, customer_term, dealership, membership, payment, tariff};
use sea_orm::{ColumnTrait, QueryFilter};
use std::collections::HashMap;
use uuid::Uuid;

use super::*;
use crate::crypto::Place;
use crate::identity::Identity;

#[tokio::test]
async fn the_whole_dump_comes_over() {
    let case = Case::new().await;
    let report = case.run().await;
    assert_eq!(repairs(&report), [""; 0]);
    assert_eq!(rejects(&report), [""; 0]);
    insta::assert_snapshot!(report.table(), @r"
    ┌──────────────────┬──────┬──────────┬───────────────┬──────────┬──────────┐
    │ collection       ┆ read ┆ imported ┆ already there ┆ repaired ┆ rejected │
    ╞══════════════════╪══════╪══════════╪═══════════════╪══════════╪══════════╡
    │ users            ┆    9 ┆        9 ┆             0 ┆        0 ┆        0 │
    │ bike_models      ┆    9 ┆        9 ┆             0 ┆        0 ┆        0 │
    │ financecompanies ┆    6 ┆        6 ┆             0 ┆        0 ┆        0 │
    │ brandings        ┆    2 ┆        2 ┆             0 ┆        0 ┆        0 │
    │ bike_inventory   ┆  129 ┆      129 ┆             0 ┆        0 ┆        0 │
    │ bills            ┆  150 ┆      150 ┆             0 ┆        0 ┆        0 │
    │ quotations       ┆   30 ┆       30 ┆             0 ┆        0 ┆        0 │
    │ useractivities   ┆   60 ┆       60 ┆             0 ┆        0 ┆        0 │
    └──────────────────┴──────┴──────────┴───────────────┴──────────┴──────────┘

    Totals
    ┌───────────────┬─────┬─────────────┬─────────────┬───────────────┬──────────┐
    │ Σ totalAmount ┆     ┆        read ┆    imported ┆ already there ┆ rejected │
    ╞═══════════════╪═════╪═════════════╪═════════════╪═══════════════╪══════════╡
    │ bills         ┆ LKR ┆ 35712500.00 ┆ 35712500.00 ┆          0.00 ┆     0.00 │
    │ quotations    ┆ LKR ┆  1847750.00 ┆  1847750.00 ┆          0.00 ┆     0.00 │
    └───────────────┴─────┴─────────────┴─────────────┴───────────────┴──────────┘
    ");
    assert!(!case.folder.path().join("rejects.jsonl").exists(), "nothing was refused");

    let dealership = case.rows::<dealership::Entity>().await.remove(0);
    assert_eq!(
        (
            dealership.code.as_str(),
            dealership.name.as_str(),
            dealership.currency.as_str(),
            dealership.time_zone.as_str()
        ),
        ("tmr-main", "TMR Trading Lanka (Pvt) Ltd", "LKR", "Asia/Colombo")
    );
    assert_eq!(case.rows::<branch::Entity>().await[0].code, "BR01");
    assert_eq!(case.rows::<tariff::Entity>().await.len(), 4);
    assert_eq!(case.rows::<branding::Entity>().await.iter().filter(|row| row.user_id.is_some()).count(), 1);
    assert_eq!(case.rows::<legacy_document::Entity>().await.len(), 9 + 9 + 6 + 2 + 129 + 150 + 30 + 60);
}

#[tokio::test]
async fn people_choose_new_passwords() {
    let case = Case::new().await;
    case.run().await;
    let memberships = case.rows::<membership::Entity>().await;
    let admins = memberships.iter().filter(|row| row.role == Role::DealerAdmin && row.branch_id.is_none()).count();
    let sellers = memberships.iter().filter(|row| row.role == Role::Sales && row.branch_id.is_some()).count();
    assert_eq!((admins, sellers), (1, 8));
    let tx = case.app.read(Scope::system("test")).await.expect("a transaction");
    let people = tx.scope().select_shared::<user::Entity>().expect("a system scope");
    let person = people.filter(user::Column::EmailKey.eq("staff0@tmr.example"));
    let person = tx.one(person).await.expect("readable").expect("imported");
    assert_eq!((person.password_hash, person.disabled_at), (None, None));
    let place = Place { dealership: Uuid::nil(), table: "user_account", column: "personal", row: person.id };
    let identity = Identity::open(case.app.keys(), place, &person.personal.expect("sealed")).expect("opens");
    assert!(identity.phone.is_some_and(|phone| phone.starts_with("+94")));
    assert!(identity.nic.is_some() && identity.address.is_some());
}

#[tokio::test]
async fn units_have_their_colour_and_local_days() {
    let case = Case::new().await;
    case.run().await;
    let units = case.rows::<bike_unit::Entity>().await;
    let of = |status| units.iter().filter(|unit| unit.status == status).count();
    use bike_unit::Status::{Available, Damaged, Reserved, Sold};
    assert_eq!([of(Sold), of(Available), of(Reserved), of(Damaged)], [84, 32, 11, 2]);
    assert!(units.iter().all(|unit| unit.notes.is_none()), "notes held colours only");
    assert!(units.iter().any(|unit| unit.colour.as_deref() == Some("Pearl White")));
    assert!(units.iter().all(|unit| unit.status != Sold || unit.sold_on.is_some()));
}

#[tokio::test]
async fn bills_keep_their_money_and_days() {
    let case = Case::new().await;
    case.run().await;
    let bills = case.rows::<bill::Entity>().await;
    assert_eq!(bills.iter().map(|bill| bill.total_minor).sum::<i64>(), 3_571_250_000);
    assert_eq!(bills.iter().map(|bill| bill.balance_minor).sum::<i64>(), 330_500_000, "pending advances only");
    assert!(bills.iter().all(|bill| bill.status == Status::Pending || bill.balance_minor == 0));
    let next_day = bills.iter().filter(|bill| bill.bill_date > bill.billed_at.date_naive()).count();
    assert_eq!(next_day, 41, "made after midnight in Colombo");
    assert_eq!(bills.iter().filter(|bill| bill.unit_id.is_none()).count(), 13);
    assert!(bills.iter().all(|bill| bill.unit_id.is_some() == bill.chassis_number.is_some()));
    assert!(bills.iter().all(|bill| bill.model_id.is_some() && bill.salesperson_id.is_some() && bill.buyer.is_some()));
    assert!(bills.iter().all(|bill| bill.finance_company_id.is_some() == bill.proforma_number.is_some()));
    let first = bills.iter().filter(|bill| bill.first_tricycle_sale).collect::<Vec<_>>();
    assert_eq!(first.len(), 1);
    let dealership = case.rows::<dealership::Entity>().await.remove(0);
    assert_eq!(dealership.tricycle_sold_on, Some(first[0].bill_date), "the next one is not the first");
    assert!(bills.iter().any(|bill| bill.vehicle_class == VehicleClass::EMotorbicycle));
    for bill in bills.iter().filter(|bill| bill.leased_minor.is_some()) {
        assert_eq!(bill.leased_minor, bill.down_payment_minor.map(|down| bill.vehicle_price_minor - down));
    }
}

#[tokio::test]
async fn payments_follow_from_bills() {
    let case = Case::new().await;
    case.run().await;
    let bills: HashMap<_, _> = case.rows::<bill::Entity>().await.into_iter().map(|bill| (bill.id, bill)).collect();
    let payments = case.rows::<payment::Entity>().await;
    assert_eq!(payments.iter().map(|payment| payment.amount_minor).sum::<i64>(), 2_114_450_000);
    for completion in bills.values().filter(|bill| bill.advance_bill_id.is_some()) {
        let of: Vec<_> = payments.iter().filter(|payment| payment.bill_id == completion.id).collect();
        assert_eq!(of.iter().map(|payment| payment.amount_minor).sum::<i64>(), completion.total_minor);
        let carried = of.iter().find(|payment| payment.received_bill_id != completion.id).expect("the advance");
        let advance = &bills[&carried.received_bill_id];
        assert_eq!(Some(advance.id), completion.advance_bill_id);
        assert_eq!((carried.paid_at, carried.paid_on), (advance.billed_at, advance.bill_date));
        assert_eq!((advance.status, Some(carried.amount_minor)), (Status::Converted, advance.advance_minor));
    }
    assert_eq!(bills.values().filter(|bill| bill.advance_bill_id.is_some()).count(), 32);
    assert!(payments.iter().all(|payment| bills[&payment.received_bill_id].status != Status::Cancelled));
}

#[tokio::test]
async fn customers_are_found_by_nic_and_by_any_word() {
    let case = Case::new().await;
    case.run().await;
    let customers = case.rows::<customer::Entity>().await;
    let mut indexes: Vec<_> = customers.iter().map(|customer| customer.nic_index.clone()).collect();
    indexes.sort();
    indexes.dedup();
    assert_eq!(indexes.len(), customers.len(), "one customer a NIC");
    assert!(customers.len() <= 180 - 32, "an advance and its final bill share their customer");
    let terms = case.rows::<customer_term::Entity>().await;
    let tamil = customers.iter().find(|customer| customer.name == "சிவகுமார் நடராஜா").expect("in the fixture");
    let mut words: Vec<_> =
        terms.iter().filter(|term| term.customer_id == tamil.id).map(|term| term.term.as_str()).collect();
    words.sort_unstable();
    assert_eq!(words, ["சிவகுமார்", "நடராஜா"]);
    let place = |column| Place { dealership: tamil.dealership_id, table: "customer", column, row: tamil.id };
    let nic = case.app.keys().open(place("nic"), tamil.nic.as_ref().expect("sealed")).expect("opens");
    let nic = String::from_utf8(nic).expect("text");
    let index = crate::identity::nic_index(case.app.keys(), tamil.dealership_id, &nic);
    assert_eq!(tamil.nic_index.as_ref(), Some(&index));
}

#[tokio::test]
async fn quotations_and_activities_point_to_their_own() {
    let case = Case::new().await;
    case.run().await;
    let quotations = case.rows::<quotation::Entity>().await;
    let invoices: Vec<_> = quotations.iter().filter(|row| row.kind == quotation::Kind::Invoice).collect();
    assert_eq!((quotations.len(), invoices.len()), (30, 7));
    for invoice in invoices {
        let from = quotations.iter().find(|row| Some(row.id) == invoice.converted_from_id).expect("linked");
        assert_eq!(from.quotation_number.replace("QUO", "INV"), invoice.quotation_number);
        assert_eq!((from.status, from.total_minor), (quotation::Status::Converted, invoice.total_minor));
    }
    let items = case.rows::<quotation_item::Entity>().await;
    assert_eq!(items.iter().map(|item| item.amount_minor).sum::<i64>(), 184_775_000);
    assert!(items.iter().all(|item| item.quantity_milli * item.rate_minor == item.amount_minor * 1_000));

    let bills: Vec<_> = case.rows::<bill::Entity>().await.into_iter().map(|bill| bill.id).collect();
    let events = case.rows::<audit_event::Entity>().await;
    assert_eq!(events.len(), 60);
    for event in events {
        assert_eq!((event.action.as_str(), event.target_type.as_deref()), ("bill_create", Some("BILL")));
        assert!(event.user_id.is_some() && event.target_id.is_some_and(|id| bills.contains(&id)));
        let place = Place { dealership: event.dealership_id, table: "audit_event", column: "origin", row: event.id };
        let origin = case.app.keys().open(place, &event.origin.expect("sealed")).expect("opens");
        let origin: Value = serde_json::from_slice(&origin).expect("JSON");
        assert!(text(&origin, "ipAddress").starts_with("192.0.2.") && text(&origin, "userAgent") == "Mozilla/5.0");
    }
}

#[tokio::test]
async fn the_journal_keeps_each_document_whole() {
    let case = Case::new().await;
    case.run().await;
    let line = case.lines(Collection::Bills).remove(0);
    let document: Value = serde_json::from_str(&line).expect("JSON");
    let id = oid(&document, "_id");
    let journal = case.rows::<legacy_document::Entity>().await;
    let entry = journal.iter().find(|entry| entry.legacy_id == id).expect("in the journal");
    let place = Place { dealership: entry.dealership_id, table: "legacy_document", column: "document", row: entry.id };
    assert_eq!(case.app.keys().open(place, &entry.document).expect("opens"), line.as_bytes());
    assert!(case.rows::<bill::Entity>().await.iter().any(|bill| bill.id == entry.id));
}
