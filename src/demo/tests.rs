use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use entity::bill::Status;
use entity::kind::{SaleType, VehicleClass};
use entity::stock_transfer::Side;
use entity::{
    bike_unit, bill, branch, counter, credit_note, customer, customer_term, dealership, enquiry, membership, payment,
    quotation, quotation_item, rmv_case, sales_quotation, stock_transfer, tenant, user,
};
use indicatif::ProgressBar;
use secrecy::SecretString;
use uuid::Uuid;

use super::{Persona, Plan, seed};
use crate::app::{App, Schema};
use crate::auth::{SignIn, Visitor, Workplace, one_time_code, sign_in};
use crate::config::Config;
use crate::crypto::Place;
use crate::identity::Identity;
use crate::scope::Scope;
use crate::{calendar, identity, text};

/// A filled installation in a folder that goes when it is dropped.
struct Group {
    app: App,
    personas: Vec<Persona>,
    _folder: tempfile::TempDir,
}

impl Group {
    async fn of(plan: &Plan) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = format!("sqlite://{}", folder.path().join("demo.db").display());
        let config = Config::load(None, &[("database.url", url)]).expect("valid settings");
        let app = App::open(&config, Schema::Migrate).await.expect("an empty installation");
        let personas = seed(&app, plan, &ProgressBar::hidden()).await.expect("a filled one");
        Self { app, personas, _folder: folder }
    }

    async fn rows<E: tenant::Tenant>(&self) -> Vec<E::Model> {
        let tx = self.app.read(Scope::system("test")).await.expect("a transaction");
        tx.all(tx.select::<E>()).await.expect("rows")
    }

    async fn users(&self) -> Vec<user::Model> {
        let tx = self.app.read(Scope::system("test")).await.expect("a transaction");
        tx.all(tx.scope().select_shared::<user::Entity>().expect("the system may")).await.expect("rows")
    }
}

fn until() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 8, 14).expect("a day")
}

fn small() -> Plan {
    Plan::small(until())
}

fn is_live(bill: &bill::Model) -> bool {
    matches!(bill.status, Status::Pending | Status::Completed)
}

#[tokio::test]
async fn the_same_plan_gives_the_same_group() {
    let (one, two) = (Group::of(&small()).await, Group::of(&small()).await);
    let bills =
        |rows: Vec<bill::Model>| rows.into_iter().map(|row| bill::Model { buyer: None, ..row }).collect::<Vec<_>>();
    assert_eq!(bills(one.rows::<bill::Entity>().await), bills(two.rows::<bill::Entity>().await));
    let customers = |rows: Vec<customer::Model>| {
        let open = |row: customer::Model| (row.id, row.branch_id, row.name, row.created_at);
        rows.into_iter().map(open).collect::<Vec<_>>()
    };
    assert_eq!(customers(one.rows::<customer::Entity>().await), customers(two.rows::<customer::Entity>().await));
    let users = |rows: Vec<user::Model>| rows.into_iter().map(|row| (row.id, row.email, row.name)).collect::<Vec<_>>();
    assert_eq!(users(one.users().await), users(two.users().await));
    assert_eq!(one.rows::<bike_unit::Entity>().await, two.rows::<bike_unit::Entity>().await);
    assert_eq!(one.rows::<payment::Entity>().await, two.rows::<payment::Entity>().await);
    assert_eq!(one.rows::<quotation_item::Entity>().await, two.rows::<quotation_item::Entity>().await);
    assert_eq!(one.rows::<counter::Entity>().await, two.rows::<counter::Entity>().await);
    assert_eq!(one.rows::<membership::Entity>().await, two.rows::<membership::Entity>().await);
}

#[tokio::test]
async fn what_is_paid_and_what_is_open_make_the_total() {
    let group = Group::of(&small()).await;
    let mut paid: HashMap<Uuid, i64> = HashMap::new();
    for payment in group.rows::<payment::Entity>().await {
        assert_ne!(payment.amount_minor, 0);
        // A financier pays the leased share, not the total.
        if payment.method != payment::Method::Financier {
            *paid.entry(payment.bill_id).or_default() += payment.amount_minor;
        }
    }
    for bill in group.rows::<bill::Entity>().await {
        let paid = paid.get(&bill.id).copied().unwrap_or_default();
        match is_live(&bill) {
            true => assert_eq!(paid + bill.balance_minor, bill.total_minor, "{}", bill.bill_number),
            false => assert_eq!((paid, bill.balance_minor), (0, 0), "{}", bill.bill_number),
        }
        assert!(bill.balance_minor >= 0);
        match bill.sale_type {
            SaleType::Cash => assert_eq!(bill.total_minor, bill.vehicle_price_minor + bill.rmv_charge_minor),
            SaleType::Leasing => {
                assert_eq!(Some(bill.total_minor), bill.down_payment_minor);
                assert_eq!(bill.leased_minor, Some(bill.vehicle_price_minor - bill.total_minor));
                assert!(bill.finance_company_id.is_some() && bill.proforma_number.is_some());
            }
        }
    }
}

#[tokio::test]
async fn numbers_have_no_gaps() {
    let group = Group::of(&small()).await;
    let mut bills = group.rows::<bill::Entity>().await;
    bills.sort_by_key(|row| row.billed_at);
    let mut quotations = group.rows::<quotation::Entity>().await;
    quotations.sort_by_key(|row| row.quoted_at);
    let mut offers = group.rows::<sales_quotation::Entity>().await;
    offers.sort_by_key(|row| (row.quoted_at, row.id));
    let numbered = |dealership, branch, day: NaiveDate, number: &str| {
        let (series, n) = number.rsplit_once('_').expect("a serial");
        assert!(number.len() <= 21 && series.starts_with(&day.format("%y%b").to_string().to_uppercase()), "{number}");
        ((dealership, branch, series.to_owned()), n.parse::<i64>().expect("a number"))
    };
    let bills = bills.iter().map(|row| numbered(row.dealership_id, row.branch_id, row.bill_date, &row.bill_number));
    let quotations =
        quotations.iter().map(|row| numbered(row.dealership_id, row.branch_id, row.quoted_on, &row.quotation_number));
    let offers =
        offers.iter().map(|row| numbered(row.dealership_id, row.branch_id, row.quoted_on, &row.quotation_number));
    let mut notes = group.rows::<credit_note::Entity>().await;
    notes.sort_by_key(|row| row.credited_at);
    let notes = notes.iter().map(|row| numbered(row.dealership_id, row.branch_id, row.credited_on, &row.credit_number));
    let mut next: BTreeMap<_, i64> = BTreeMap::new();
    for (series, n) in bills.chain(quotations).chain(offers).chain(notes) {
        let next = next.entry(series).or_insert(1);
        assert_eq!(n, *next);
        *next += 1;
    }
    let codes: HashMap<_, _> = group.rows::<branch::Entity>().await.into_iter().map(|row| (row.id, row.code)).collect();
    let counters = group.rows::<counter::Entity>().await.into_iter().map(|row| {
        let mark = match row.document.as_str() {
            "BILL" => "",
            "QUOTATION" => "_Q",
            "INVOICE" => "_I",
            "SALES_QUOTATION" => "_S",
            "CREDIT_NOTE" => "_C",
            other => panic!("no such series: {other}"),
        };
        let series = format!("{}_{}{mark}", row.period, codes[&row.branch_id]);
        ((row.dealership_id, row.branch_id, series), row.next_value)
    });
    assert_eq!(counters.collect::<BTreeMap<_, _>>(), next);
}

#[tokio::test]
async fn a_unit_agrees_with_its_bills() {
    let group = Group::of(&small()).await;
    let bills = group.rows::<bill::Entity>().await;
    let mut live: HashMap<Uuid, &bill::Model> = HashMap::new();
    for bill in bills.iter().filter(|bill| is_live(bill)) {
        let unit = bill.unit_id.expect("every bill has its unit");
        assert!(live.insert(unit, bill).is_none(), "two live bills for one unit");
    }
    let zone = calendar::zone("Asia/Colombo").expect("known");
    let mut statuses = BTreeSet::new();
    for unit in group.rows::<bike_unit::Entity>().await {
        statuses.insert(format!("{:?}", unit.status));
        let bill = live.get(&unit.id);
        match unit.status {
            bike_unit::Status::Sold => {
                let bill = bill.expect("somebody bought it");
                assert_eq!((bill.status, Some(bill.bill_date)), (Status::Completed, unit.sold_on));
            }
            bike_unit::Status::Reserved => assert_eq!(bill.map(|bill| bill.status), Some(Status::Pending)),
            bike_unit::Status::Available | bike_unit::Status::Damaged | bike_unit::Status::InTransit => {
                assert!(bill.is_none());
            }
        }
        assert_eq!(unit.received_on, calendar::local_day(unit.received_at, zone));
        assert!(unit.sold_on.is_none_or(|day| day >= unit.received_on) && unit.received_on <= until());
        assert_eq!(unit.chassis_key, text::search_key(&unit.chassis_number));
    }
    assert_eq!(statuses.len(), 5, "{statuses:?}");
}

#[tokio::test]
async fn a_transfer_has_two_sides_and_agrees_with_its_unit() {
    let group = Group::of(&small()).await;
    let units: HashMap<_, _> = group.rows::<bike_unit::Entity>().await.into_iter().map(|row| (row.id, row)).collect();
    let rows = group.rows::<stock_transfer::Entity>().await;
    let (sending, receiving): (Vec<_>, Vec<_>) = rows.iter().partition(|row| row.side == Side::Sending);
    assert_eq!(sending.len(), receiving.len());
    for side in &sending {
        let other = receiving.iter().find(|row| row.transfer_id == side.transfer_id).expect("the other side");
        assert_eq!((side.branch_id, side.other_branch_id), (other.other_branch_id, other.branch_id));
        let unit = &units[&side.unit_id];
        let in_transit = side.status == stock_transfer::Status::InTransit;
        assert_eq!(unit.status == bike_unit::Status::InTransit, in_transit);
        let moved = side.status == stock_transfer::Status::Received;
        assert_eq!(unit.branch_id, if moved { other.branch_id } else { side.branch_id });
    }
    let in_transit = units.values().filter(|unit| unit.status == bike_unit::Status::InTransit).count();
    assert_eq!(in_transit, 9, "one from each branch");
}

#[tokio::test]
async fn every_registrable_sale_has_a_registration_and_some_are_late() {
    let group = Group::of(&small()).await;
    let cases = group.rows::<rmv_case::Entity>().await;
    let registered: BTreeSet<_> = cases.iter().map(|case| case.bill_id).collect();
    for bill in group.rows::<bill::Entity>().await {
        let sold = bill.vehicle_class == VehicleClass::EMotorcycle
            && matches!(bill.status, Status::Completed | Status::Credited);
        assert_eq!(registered.contains(&bill.id), sold, "{}", bill.bill_number);
    }
    assert!(cases.iter().any(|case| case.due_on < until() && case.number_issued_on.is_none()));
    assert!(cases.iter().all(|case| case.registration_number.is_some() == case.number_issued_on.is_some()));
}

#[tokio::test]
async fn advances_and_the_bills_that_complete_them_are_linked() {
    let group = Group::of(&small()).await;
    let bills = group.rows::<bill::Entity>().await;
    let by_id: HashMap<_, _> = bills.iter().map(|bill| (bill.id, bill)).collect();
    let finals: Vec<_> = bills.iter().filter(|bill| bill.advance_bill_id.is_some()).collect();
    for last in &finals {
        let advance = by_id[&last.advance_bill_id.expect("filtered")];
        assert_eq!((advance.status, last.status), (Status::Converted, Status::Completed));
        assert_eq!((advance.customer_id, advance.unit_id), (last.customer_id, last.unit_id));
        assert!(advance.is_advance && !last.is_advance && advance.billed_at < last.billed_at);
    }
    assert_eq!(finals.len(), bills.iter().filter(|bill| bill.status == Status::Converted).count());
    let payments = group.rows::<payment::Entity>().await;
    let carried = payments.iter().filter(|payment| payment.bill_id != payment.received_bill_id);
    for payment in carried.clone() {
        assert_eq!(by_id[&payment.bill_id].advance_bill_id, Some(payment.received_bill_id));
    }
    assert_eq!(carried.count(), finals.len());
}

#[tokio::test]
async fn a_small_group_has_an_example_of_everything() {
    for until in ["2025-12-31", "2026-03-01", "2026-06-30", "2026-08-14"] {
        has_an_example_of_everything(until.parse().expect("a day")).await;
    }
}

async fn has_an_example_of_everything(until: NaiveDate) {
    let group = Group::of(&Plan::small(until)).await;
    let dealerships = group.rows::<dealership::Entity>().await;
    let branches = group.rows::<branch::Entity>().await;
    assert_eq!((dealerships.len(), branches.len()), (3, 9));
    let bills = group.rows::<bill::Entity>().await;
    let colombo = dealerships.iter().find(|row| row.code == "colombo-ev").expect("there").id;
    let of_branch = |code: &str| {
        let branch = branches.iter().find(|row| row.dealership_id == colombo && row.code == code).expect("there").id;
        bills.iter().filter(move |bill| bill.branch_id == branch)
    };
    for status in [Status::Pending, Status::Completed, Status::Cancelled, Status::Converted, Status::Credited] {
        assert!(of_branch("BR01").any(|bill| bill.status == status), "the clerk has no {status:?} bill");
    }
    for code in ["BR01", "BR02"] {
        let late = |bill: &bill::Model| bill.status == Status::Pending && bill.estimated_delivery_on < Some(until);
        assert!(of_branch(code).any(late), "no overdue advance in {code}");
    }
    let of_colombo = || bills.iter().filter(|bill| bill.dealership_id == colombo);
    for class in [VehicleClass::EMotorcycle, VehicleClass::EMotorbicycle, VehicleClass::ETricycle] {
        assert!(of_colombo().any(|bill| bill.vehicle_class == class), "no {class:?} was sold");
    }
    assert_eq!(of_colombo().filter(|bill| bill.first_tricycle_sale).count(), 1);
    assert!(of_colombo().any(|bill| bill.status == Status::Completed && bill.balance_minor > 0));
    assert!(bills.iter().any(|bill| bill.billed_at.date_naive() != bill.bill_date), "nobody bought after midnight");
    assert!(bills.iter().any(|bill| !bill.customer_name.is_ascii()));
    let quotations = group.rows::<quotation::Entity>().await;
    let statuses: BTreeSet<_> = quotations.iter().map(|row| format!("{:?}", row.status)).collect();
    assert_eq!(statuses.len(), 5, "{statuses:?}");
    let units = group.rows::<bike_unit::Entity>().await;
    assert!(
        units.iter().any(|unit| unit.landed_cost_minor.is_none()) && units.iter().any(|unit| unit.colour.is_none())
    );
}

#[tokio::test]
async fn quotations_add_up_and_are_invoiced_once() {
    let group = Group::of(&small()).await;
    let mut sums: HashMap<Uuid, i64> = HashMap::new();
    for item in group.rows::<quotation_item::Entity>().await {
        assert_eq!(item.amount_minor * 1_000, item.rate_minor * item.quantity_milli);
        *sums.entry(item.quotation_id).or_default() += item.amount_minor;
    }
    let quotations = group.rows::<quotation::Entity>().await;
    let invoiced: BTreeSet<_> = quotations.iter().filter_map(|row| row.converted_from_id).collect();
    for row in &quotations {
        assert_eq!(sums.get(&row.id), Some(&row.total_minor));
        assert_eq!(row.status == quotation::Status::Converted, invoiced.contains(&row.id));
        assert_eq!(row.kind == quotation::Kind::Invoice, row.converted_from_id.is_some());
    }
}

#[tokio::test]
async fn an_offer_agrees_with_its_enquiry_and_its_bill() {
    let group = Group::of(&small()).await;
    let bills: HashMap<_, _> = group.rows::<bill::Entity>().await.into_iter().map(|row| (row.id, row)).collect();
    let enquiries: HashMap<_, _> = group.rows::<enquiry::Entity>().await.into_iter().map(|row| (row.id, row)).collect();
    let offers = group.rows::<sales_quotation::Entity>().await;
    for offer in &offers {
        let asked = &enquiries[&offer.enquiry_id.expect("every offer answers an enquiry")];
        assert!(asked.asked_at <= offer.quoted_at && asked.branch_id == offer.branch_id);
        let bill = offer.bill_id.map(|id| &bills[&id]);
        assert_eq!(bill.is_some(), offer.status == sales_quotation::Status::Converted);
        assert_eq!(asked.status == enquiry::Status::Won, bill.is_some());
        assert!(bill.is_none_or(|bill| (bill.customer_id, bill.total_minor) == (offer.customer_id, offer.total_minor)));
        assert_eq!(
            offer.total_minor,
            offer.down_payment_minor.unwrap_or(offer.vehicle_price_minor + offer.rmv_charge_minor)
        );
    }
    let statuses: BTreeSet<_> = offers.iter().map(|row| format!("{:?}", row.status)).collect();
    let asked: BTreeSet<_> = enquiries.values().map(|row| format!("{:?}", row.status)).collect();
    assert_eq!((statuses.len(), asked.len()), (5, 4), "{statuses:?} {asked:?}");
}

#[tokio::test]
async fn customers_are_found_by_what_is_sealed() {
    let group = Group::of(&small()).await;
    let keys = group.app.keys();
    let terms = group.rows::<customer_term::Entity>().await;
    let customers = group.rows::<customer::Entity>().await;
    for row in &customers {
        let open = |column, cell: &Option<Vec<u8>>| {
            let place = Place { dealership: row.dealership_id, table: "customer", column, row: row.id };
            cell.as_ref().map(|cell| String::from_utf8(keys.open(place, cell).expect("opens")).expect("text"))
        };
        let (nic, phone) = (open("nic", &row.nic), open("phone", &row.phone));
        assert_eq!(nic.map(|nic| identity::nic_index(keys, row.dealership_id, &nic)), row.nic_index);
        assert_eq!(phone.as_deref().and_then(identity::e164), phone);
        assert_eq!(phone.map(|phone| identity::phone_index(keys, row.dealership_id, &phone)), row.phone_index);
        open("address", &row.address);
        let own: BTreeSet<_> = terms.iter().filter(|term| term.customer_id == row.id).map(|term| &term.term).collect();
        assert_eq!(own, text::words(&row.name).iter().collect());
    }
    for bill in group.rows::<bill::Entity>().await {
        let place = Place { dealership: bill.dealership_id, table: "bill", column: "buyer", row: bill.id };
        let buyer = Identity::open(keys, place, &bill.buyer.expect("sealed")).expect("opens");
        assert!(!bill.is_advance || buyer.phone.is_some(), "an advance needs a phone number");
    }
}

#[tokio::test]
async fn every_persona_can_sign_in() {
    let group = Group::of(&small()).await;
    let names: Vec<_> = group.personas.iter().map(|persona| persona.persona).collect();
    insta::assert_snapshot!(
        names.join(" "),
        @"hq-all hq-of-two hq-analyst dealer manager clerk inventory service auditor stranger sibling"
    );
    for persona in &group.personas {
        let input = SignIn {
            email: persona.email.clone(),
            password: SecretString::from(persona.password),
            code: persona.second_factor.map(|secret| one_time_code(secret, group.app.now()).expect("a code").into()),
            workplace: Workplace { dealership: persona.dealership.clone(), branch: persona.branch.clone() },
            visitor: Visitor::default(),
        };
        sign_in(&group.app, input).await.unwrap_or_else(|error| panic!("{}: {error}", persona.persona));
    }
    let others = group.users().await.into_iter().filter(|user| user.password_hash.is_none()).count();
    assert!((27..40).contains(&others), "{others} people beside the personas");
}

#[tokio::test]
#[ignore = "takes as long as `forecourt demo` does to start"]
async fn the_full_group_is_as_large_as_promised() {
    let group = Group::of(&Plan::full(until())).await;
    let bills = group.rows::<bill::Entity>().await;
    assert!((5_000..6_000).contains(&bills.len()), "{} bills", bills.len());
    let completed = bills.iter().filter(|bill| bill.status == Status::Completed);
    let leased = completed.clone().filter(|bill| bill.sale_type == SaleType::Leasing).count();
    assert!((45..55).contains(&(leased * 100 / completed.count())));
    let pending = bills.iter().filter(|bill| bill.status == Status::Pending).count();
    assert!((20..80).contains(&pending), "{pending} open advances");
}
