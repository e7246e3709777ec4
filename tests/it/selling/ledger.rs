//! Whatever is done in whatever order: the money of a bill adds up, stock is what its bills say, what was issued stays.

use std::collections::BTreeMap;

use entity::bill::Status;
use entity::{bike_unit, bill, payment, rmv_case};
use forecourt::scope::Scope;
use proptest::collection::vec;
use proptest::prelude::any;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use sea_orm::{ColumnTrait, QueryFilter};
use serde_json::{Value, json};
use uuid::Uuid;

use super::crowd::numbers_have_no_gap;
use crate::support::databases::{self, Content};
use crate::support::till::{Till, minor};
use crate::support::{Home, World};

/// Sequences of operations on each database.
const CASES: u32 = 24;

/// Operations of a sequence.
const LENGTH: usize = 40;

/// Bikes of a sequence: few, so that operations meet.
const BIKES: usize = 3;

#[test]
fn any_sequence_keeps_money_and_stock_right_on_sqlite() {
    any_sequence_keeps_money_and_stock_right(async || Some(databases::on_sqlite(Content::Group).await));
}

#[test]
fn any_sequence_keeps_money_and_stock_right_on_postgres() {
    any_sequence_keeps_money_and_stock_right(async || databases::on_postgres(Content::Group).await);
}

fn any_sequence_keeps_money_and_stock_right(home: impl AsyncFn() -> Option<Home>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let Some(home) = runtime.block_on(home()) else { return };
    let world = runtime.block_on(World::in_home(home));
    let till = runtime.block_on(Till::of(&world, "manager"));
    let config = Config { cases: CASES, failure_persistence: None, max_shrink_iters: 60, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let (mut cases, mut done) = (0, BTreeMap::<&str, usize>::new());
    let operations = vec((0..OPERATIONS.len(), any::<u8>(), any::<u8>()), LENGTH);
    let (shared, counted) = (std::cell::RefCell::new(&mut cases), std::cell::RefCell::new(&mut done));
    let tested = runner.run(&operations, |operations| {
        **shared.borrow_mut() += 1;
        let case = **shared.borrow();
        runtime.block_on(async {
            let mut story = Story::begin(&world, &till, case).await;
            for (kind, one, two) in operations {
                if story.act(OPERATIONS[kind], one.into(), two.into()).await {
                    *counted.borrow_mut().entry(OPERATIONS[kind]).or_default() += 1;
                }
                story.check().await;
            }
        });
        Ok(())
    });
    tested.unwrap_or_else(|error| panic!("{error}"));
    runtime.block_on(numbers_have_no_gap(&world));
    let never: Vec<_> = OPERATIONS.iter().filter(|name| !done.contains_key(*name)).collect();
    assert!(never.is_empty(), "never succeeded: {never:?}; done: {done:?}");
}

const OPERATIONS: [&str; 15] = [
    "sell",
    "lease",
    "advance",
    "closeAdvance",
    "closeAdvanceAnew",
    "cancelBill",
    "swapUnit",
    "creditBill",
    "takePayment",
    "settle",
    "recordDisbursement",
    "reversePayment",
    "refundPayment",
    "reserveUnit",
    "releaseUnit",
];

/// One sequence with bikes of its own.
struct Story<'a> {
    world: &'a World,
    till: &'a Till,
    case: usize,
    step: usize,
    units: Vec<Value>,
    bills: Vec<Value>,
    payments: Vec<Value>,
    issued: BTreeMap<Uuid, Issued>,
    entered: BTreeMap<Uuid, Entered>,
}

/// What never changes on a bill.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Issued {
    number: String,
    at: (chrono::DateTime<chrono::Utc>, chrono::NaiveDate),
    delivered_on: Option<chrono::NaiveDate>,
    amounts: [i64; 3],
    parts: [Option<i64>; 5],
    buyer: (Uuid, String, Option<Vec<u8>>),
}

/// What never changes on a payment.
type Entered = (i64, payment::Method, chrono::DateTime<chrono::Utc>, chrono::NaiveDate, Uuid, Option<Uuid>);

impl<'a> Story<'a> {
    async fn begin(world: &'a World, till: &'a Till, case: usize) -> Self {
        let units = till.bikes("Z9", &format!("STORY{case}"), BIKES).await;
        Self {
            world,
            till,
            case,
            step: 0,
            units,
            bills: Vec::new(),
            payments: Vec::new(),
            issued: BTreeMap::new(),
            entered: BTreeMap::new(),
        }
    }

    /// Tries an operation; whether it was done. It may be refused, and never fails.
    async fn act(&mut self, operation: &str, one: usize, two: usize) -> bool {
        self.step += 1;
        let key = format!("story-{}-{}", self.case, self.step);
        let unit = self.units[two % BIKES].clone();
        let pick = |rows: &[Value]| (!rows.is_empty()).then(|| rows[one % rows.len()].clone());
        let bill = pick(&self.bills).unwrap_or_else(|| json!("QgAA"));
        let amount = [1, 1_250_000, 12_000_000, 41_250_000][two % 4];
        let on_bill = json!({"idempotencyKey": key, "bill": bill});
        let with = |part: Value| {
            let mut input = on_bill.clone();
            input.as_object_mut().expect("an object").extend(part.as_object().expect("an object").clone());
            input
        };
        let anew = || json!({"leasing": {"downPaymentMinor": 5_000_000 + 1_000_000 * two, "financeCompany": self.till.company}});
        let paid = json!([{"method": "CASH", "amountMinor": amount}]);
        let (mutation, input) = match operation {
            "sell" => ("issueBill", with_payments(Till::sale(&key, &unit), paid)),
            "lease" => ("issueBill", self.till.leased(&key, &unit, 12_000_000)),
            "advance" => ("issueBill", with_payments(Till::advance(&key, &unit), paid)),
            "closeAdvance" => (operation, with(json!({"payments": []}))),
            "closeAdvanceAnew" => ("closeAdvance", with(json!({"payments": [], "terms": anew()}))),
            "cancelBill" => (operation, json!({"bill": bill, "reason": "A story"})),
            "swapUnit" => (operation, json!({"bill": bill, "unit": unit})),
            "creditBill" => (operation, with(json!({"reason": "A story", "returned": "FOR_SALE"}))),
            "takePayment" => (operation, with(json!({"method": "CARD", "amountMinor": amount}))),
            "settle" => {
                let due = self.balance(&bill).await;
                ("takePayment", with(json!({"method": "CASH", "amountMinor": due})))
            }
            "recordDisbursement" => (operation, with(json!({"amountMinor": amount}))),
            "reversePayment" => {
                let payment = pick(&self.payments).unwrap_or_else(|| json!("UAAA"));
                (operation, json!({"idempotencyKey": key, "payment": payment, "reason": "A story"}))
            }
            "refundPayment" => {
                let owed = -self.balance(&bill).await;
                (operation, with(json!({"method": "CASH", "amountMinor": owed})))
            }
            unit_only => (unit_only, json!({"unit": unit})),
        };
        let fields = match mutation {
            "takePayment" | "recordDisbursement" | "reversePayment" | "refundPayment" => "row: payment { id }",
            "reserveUnit" | "releaseUnit" => "row: unit { id }",
            _ => "row: bill { id payments { id } }",
        };
        let answer = self.till.client.change(mutation, fields, input).await;
        assert!(answer["error"].is_null(), "{mutation}: {answer}");
        let row = &answer["row"];
        match fields {
            "row: payment { id }" => self.payments.extend(row["id"].as_str().map(|id| json!(id))),
            "row: bill { id payments { id } }" if row.is_object() => {
                if !self.bills.contains(&row["id"]) {
                    self.bills.push(row["id"].clone());
                }
                let new = row["payments"].as_array().expect("payments").iter().map(|payment| payment["id"].clone());
                let new: Vec<_> = new.filter(|id| !self.payments.contains(id)).collect();
                self.payments.extend(new);
            }
            _ => {}
        }
        row.is_object()
    }

    /// What is still due on a bill; nothing where there is none yet.
    async fn balance(&self, bill: &Value) -> i64 {
        match self.bills.contains(bill) {
            true => minor(&self.till.look(&json!({"id": bill})).await, "balance").expect("a balance"),
            false => 0,
        }
    }

    /// Looks at every row of the story, behind the API's back.
    async fn check(&mut self) {
        let tx = self.world.home.app.read(Scope::system("test")).await.expect("a transaction");
        let mark = format!("STORY{}C", self.case);
        let units =
            tx.select::<bike_unit::Entity>().filter(bike_unit::Column::ChassisNumber.starts_with(mark.as_str()));
        let units = tx.all(units).await.expect("units");
        assert_eq!(units.len(), BIKES);
        let ids = || units.iter().map(|unit| unit.id);
        let bills = tx.select::<bill::Entity>().filter(bill::Column::UnitId.is_in(ids()));
        let bills = tx.all(bills).await.expect("bills");
        assert_eq!(bills.len(), self.bills.len());
        let of = || bills.iter().map(|bill| bill.id);
        let payments = tx.select::<payment::Entity>().filter(payment::Column::ReceivedBillId.is_in(of()));
        let payments = tx.all(payments).await.expect("payments");
        let registered = tx.select::<rmv_case::Entity>().filter(rmv_case::Column::BillId.is_in(of()));
        let registered = tx.all(registered).await.expect("registrations");
        assert_eq!(payments.len(), self.payments.len());
        for bill in &bills {
            adds_up(bill, &payments);
            let sold = bill.delivered_on.is_some();
            let cases: Vec<_> = registered.iter().filter(|case| case.bill_id == bill.id).collect();
            assert_eq!(cases.len(), usize::from(sold), "{bill:?}");
            assert!(cases.iter().all(|case| case.finance_company_id == bill.finance_company_id), "{cases:?}");
            assert_eq!(self.issued.entry(bill.id).or_insert_with(|| issued(bill)), &issued(bill));
        }
        for unit in &units {
            is_what_its_bills_say(unit, &bills);
        }
        for row in payments {
            let now = (row.amount_minor, row.method, row.paid_at, row.paid_on, row.received_bill_id, row.reverses_id);
            assert_eq!(self.entered.entry(row.id).or_insert(now), &now);
        }
    }
}

fn with_payments(mut input: Value, payments: Value) -> Value {
    input["payments"] = payments;
    input
}

/// Σ payments + balance = what is due: the total of a bill that stands, nothing of one that does not.
fn adds_up(bill: &bill::Model, payments: &[payment::Model]) {
    let sum = |by_financier: bool| -> i64 {
        let own = payments.iter().filter(|row| row.bill_id == bill.id);
        own.filter(|row| (row.method == payment::Method::Financier) == by_financier).map(|row| row.amount_minor).sum()
    };
    let stands = matches!(bill.status, Status::Pending | Status::Completed);
    assert_eq!(sum(false) + bill.balance_minor, if stands { bill.total_minor } else { 0 }, "{bill:?}");
    let leased = match (bill.status, bill.delivered_on) {
        (Status::Completed, _) => bill.leased_minor,
        (_, Some(_)) => bill.leased_minor.map(|_| 0),
        _ => None,
    };
    match (leased, bill.financier_balance_minor) {
        (Some(leased), Some(balance)) => assert_eq!(sum(true) + balance, leased, "{bill:?}"),
        (leased, balance) => assert_eq!((sum(true), leased, balance), (0, None, None), "{bill:?}"),
    }
}

fn is_what_its_bills_say(unit: &bike_unit::Model, bills: &[bill::Model]) {
    use bike_unit::Status as Unit;
    let live = |bill: &&bill::Model| matches!(bill.status, Status::Pending | Status::Completed);
    let live: Vec<_> = bills.iter().filter(|bill| bill.unit_id == Some(unit.id)).filter(live).collect();
    assert!(live.len() <= 1, "{live:?}");
    match live.first().map(|bill| bill.status) {
        Some(Status::Completed) => assert_eq!((unit.status, unit.sold_on), (Unit::Sold, Some(live[0].bill_date))),
        Some(_) => assert_eq!((unit.status, unit.sold_on), (Unit::Reserved, None)),
        None => {
            assert!(matches!(unit.status, Unit::Available | Unit::Reserved) && unit.sold_on.is_none(), "{unit:?}");
        }
    }
}

fn issued(bill: &bill::Model) -> Issued {
    Issued {
        number: bill.bill_number.clone(),
        at: (bill.billed_at, bill.bill_date),
        delivered_on: bill.delivered_on,
        amounts: [bill.vehicle_price_minor, bill.rmv_charge_minor, bill.total_minor],
        parts: [bill.vat_minor, bill.sscl_minor, bill.leased_minor, bill.down_payment_minor, bill.advance_minor],
        buyer: (bill.customer_id, bill.customer_name.clone(), bill.buyer.clone()),
    }
}
