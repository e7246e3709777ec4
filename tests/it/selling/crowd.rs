//! Many who sell at once: a bike is sold once, numbers have no gap, a bill is there in whole or not at all.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::TimeDelta;
use entity::{audit_event, bike_unit, bill, counter, customer, payment, rmv_case};
use forecourt::database::Tx;
use forecourt::scope::Scope;
use futures_util::future::join_all;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryTrait, Select};
use serde_json::{Value, json};

use crate::support::till::Till;
use crate::support::{World, seeded};

const WRITERS: usize = 32;

/// Bills in all.
const BILLS: usize = 3_200;

/// One statement in so many must fail for one sale in three to fail: a sale of `n` statements gets through with
/// `(1 - 1/every)^n = 2/3`, hence `every = n / ln 1.5`, which is 5/2 `n`.
async fn fault_every(world: &World) -> u64 {
    let till = Till::of(world, "dealer").await;
    let (branch, scope) = (&till.branches[0], till.client.scope().await);
    let mut sent = 0;
    // What the first sale reads, the second finds in memory, as all that follow do.
    for (n, unit) in till.bikes_at(branch, "Z9", "COUNT", 2).await.iter().enumerate() {
        let asked = Arc::new(AtomicU64::new(0));
        let counts = Arc::clone(&asked);
        world.home.faults.set(move || {
            counts.fetch_add(1, Ordering::Relaxed);
            false
        });
        assert!(is_done(&till.client.answer(scope.clone(), ISSUE, sale("COUNT", n, branch, unit)).await));
        sent = asked.load(Ordering::Relaxed);
    }
    world.home.faults.clear();
    sent * 5 / 2
}

pub(super) const ISSUE: &str = "mutation($input: IssueBillInput!) {
    issueBill(input: $input) { bill { id number } userErrors { code field message } } }";

seeded!(thirty_two_who_sell_one_bike_make_one_bill, async |world: World| {
    let till = Till::of(&world, "clerk").await;
    let unit = till.bike("ZCHASSIS").await;
    let before = Tally::of(&world).await;
    let answers = join_all((0..WRITERS).map(async |n| {
        let mut sale = Till::sale(&format!("one-chassis-{n}"), &unit);
        sale["payments"] = json!([{"method": "CASH", "amountMinor": 1_000_000}]);
        till.client.ask_with(ISSUE, json!({"input": sale})).await["issueBill"].take()
    }))
    .await;
    let issued = answers.iter().filter(|answer| answer["bill"].is_object()).count();
    let taken = |answer: &&Value| answer["userErrors"][0]["code"] == "UNIT_NOT_AVAILABLE";
    assert_eq!((issued, answers.iter().filter(taken).count()), (1, WRITERS - 1), "{answers:?}");
    assert_eq!(Tally::of(&world).await, before.and(1));
    numbers_have_no_gap(&world).await;
});

seeded!(three_branches_sell_at_once_without_gap_or_double, async |world: World| {
    assert_eq!(rush(&world, || false).await, 0);
});

seeded!(what_fails_at_any_statement_leaves_neither_gap_nor_half_a_bill, async |world: World| {
    // Knuth's MMIX generator.
    let (mut random, every) = (2_026_u64, fault_every(&world).await);
    let failed = rush(&world, move || {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (random >> 33).is_multiple_of(every)
    });
    let failed = failed.await;
    let share = failed * 100 / (failed + BILLS);
    assert!((27..=42).contains(&share), "{share} % of the requests failed");
});

/// Sells bikes in three branches over two months while `judge` breaks statements, each request repeated until it is done;
/// gives how often one failed.
async fn rush(world: &World, judge: impl FnMut() -> bool + Clone + Send + 'static) -> usize {
    let before = Tally::of(world).await;
    let mut failed = 0;
    for month in ["SEP", "OCT"] {
        let till = Till::of(world, "dealer").await;
        let mut sales = Vec::new();
        for (n, branch) in till.branches.iter().enumerate() {
            let units = till.bikes_at(branch, "Z9", &format!("{month}{n}"), (BILLS / 2).div_ceil(3)).await;
            sales.extend(units.into_iter().map(|unit| (branch, unit)));
        }
        sales.truncate(BILLS / 2);
        let sales: Vec<_> = sales.iter().enumerate().map(|(n, (branch, unit))| sale(month, n, branch, unit)).collect();
        let scope = till.client.scope().await;
        world.home.faults.set(judge.clone());
        let writer = async |from: usize| {
            let mut failed = 0;
            for input in sales.iter().skip(from).step_by(WRITERS) {
                while !is_done(&till.client.answer(scope.clone(), ISSUE, input.clone()).await) {
                    failed += 1;
                }
            }
            failed
        };
        failed += join_all((0..WRITERS).map(writer)).await.into_iter().sum::<usize>();
        world.home.faults.clear();
        world.home.clock.advance(TimeDelta::days(30));
    }
    assert_eq!(Tally::of(world).await, before.and(BILLS));
    numbers_have_no_gap(world).await;
    failed
}

fn sale(month: &str, n: usize, branch: &Value, unit: &Value) -> Value {
    let mut sale = Till::sale(&format!("{month}-sale-{n}"), unit);
    sale["branch"] = branch.clone();
    sale["payments"] = json!([{"method": "CASH", "amountMinor": 1_000_000}]);
    json!({"input": sale})
}

/// Whether a bill was issued; it may fail by the test's faults only.
fn is_done(answer: &Value) -> bool {
    match answer["errors"][0]["extensions"]["code"].as_str() {
        None => assert_eq!(answer["data"]["issueBill"]["userErrors"], json!([])),
        Some(code) => assert_eq!(code, "INTERNAL"),
    }
    answer["errors"].is_null()
}

/// How many rows there are of what a sale makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tally {
    bills: u64,
    sold: u64,
    customers: u64,
    payments: u64,
    registrations: u64,
    events: u64,
}

impl Tally {
    pub(super) async fn of(world: &World) -> Self {
        let tx = world.home.app.read(Scope::system("test")).await.expect("a transaction");
        let sold = tx.select::<bike_unit::Entity>().filter(bike_unit::Column::Status.eq(bike_unit::Status::Sold));
        let made = ["bill_issued", "customer_created", "payment_taken", "registration_opened"];
        let events = tx.select::<audit_event::Entity>().filter(audit_event::Column::Action.is_in(made));
        Self {
            bills: count(&tx, tx.select::<bill::Entity>()).await,
            sold: count(&tx, sold).await,
            customers: count(&tx, tx.select::<customer::Entity>()).await,
            payments: count(&tx, tx.select::<payment::Entity>()).await,
            registrations: count(&tx, tx.select::<rmv_case::Entity>()).await,
            events: count(&tx, events).await,
        }
    }

    pub(super) fn sold_since(&self, before: &Self) -> u64 {
        self.sold - before.sold
    }

    /// After so many sales more.
    pub(super) fn and(self, sales: usize) -> Self {
        let sales = sales as u64;
        Self {
            bills: self.bills + sales,
            sold: self.sold + sales,
            customers: self.customers + sales,
            payments: self.payments + sales,
            registrations: self.registrations + sales,
            events: self.events + 4 * sales,
        }
    }
}

async fn count<E: EntityTrait>(tx: &Tx, query: Select<E>) -> u64 {
    tx.count(query.into_query()).await.expect("a count")
}

/// The bills of each branch are numbered from one in each month, and the next number is the one behind the last.
pub(super) async fn numbers_have_no_gap(world: &World) {
    let tx = world.home.app.read(Scope::system("test")).await.expect("a transaction");
    let bills = tx.all(tx.select::<bill::Entity>()).await.expect("bills");
    let counters = tx.select::<counter::Entity>().filter(counter::Column::Document.eq("BILL"));
    let counters = tx.all(counters).await.expect("counters").into_iter();
    let next: BTreeMap<_, _> = counters.map(|row| ((row.branch_id, row.period), row.next_value)).collect();
    let mut taken = BTreeMap::<_, Vec<i64>>::new();
    for bill in bills {
        let month = bill.bill_date.format("%y%b").to_string().to_uppercase();
        let (series, n) = bill.bill_number.rsplit_once('_').expect("a serial");
        assert!(series.starts_with(&month), "{} on {}", bill.bill_number, bill.bill_date);
        taken.entry((bill.branch_id, month)).or_default().push(n.parse().expect("a number"));
    }
    for (series, mut numbers) in taken {
        numbers.sort_unstable();
        let last = *next.get(&series).expect("a counter");
        assert_eq!(numbers, (1..last).collect::<Vec<_>>(), "{series:?}");
    }
}
