//! A document counts as the same, whether the database looks at it through its views or a change at the row it writes.

use chrono::{NaiveDate, TimeDelta};
use entity::tenant::Tenant;
use entity::{bike_unit, bill, kpi_fact, open_item, payment, quotation, rmv_case, sales_quotation, stock_transfer};
use forecourt::database::Tx;
use forecourt::fact;
use forecourt::scope::Scope;
use forecourt::store::load::Key;
use sea_orm::sea_query::Value;
use sea_orm::{ColumnTrait, Condition, ModelTrait, QueryFilter};
use uuid::Uuid;

use crate::support::{World, seeded};
const DECIDED: &[&str] = &["DRAFT", "SENT", "ACCEPTED", "REJECTED", "CONVERTED"];
const METHODS: &[&str] = &["CASH", "CARD", "TRANSFER", "CHEQUE", "FINANCIER", "UNKNOWN"];
const STEPS: &[&str] = &["OPENED", "SUBMITTED", "PLATE_RECEIVED", "CLOSED"];
const WAYS: &[&str] = &["REQUESTED", "IN_TRANSIT", "RECEIVED", "CANCELLED"];

/// Columns of a table that decide what its rows count as, to be filled by chance.
#[derive(Default)]
struct Chances {
    /// Each is one of these.
    texts: &'static [(&'static str, &'static [&'static str])],
    /// Each is there or not.
    days: &'static [&'static str],
    /// Each is below zero, zero, above it, or not there where the column allows that.
    numbers: &'static [&'static str],
    truths: &'static [&'static str],
    /// Each is as it is, or not there.
    kept: &'static [&'static str],
}

/// Numbers that an id decides: the same on every machine.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

fn column<E: Tenant>(name: &str) -> E::Column {
    name.parse().unwrap_or_else(|_| panic!("there is no column {name}"))
}

fn id<E: Tenant>(row: &E::Model) -> Uuid {
    Key::of::<E>(row, E::id()).expect("a row has an id").id
}

fn shake<E: Tenant>(row: &mut E::Model, chances: &Chances) {
    let mut dice = Dice(id::<E>(row).as_u64_pair().1);
    let start = NaiveDate::from_ymd_opt(2026, 8, 20).expect("a day");
    for (name, texts) in chances.texts {
        let text = texts[dice.throw(texts.len() as u64) as usize];
        row.set(column::<E>(name), Value::String(Some(text.to_owned())));
    }
    for name in chances.days {
        let day = start + TimeDelta::days(dice.throw(40) as i64);
        row.set(column::<E>(name), Value::ChronoDate((dice.throw(4) > 0).then_some(day)));
    }
    for name in chances.numbers {
        let is_required = !column::<E>(name).def().is_null();
        let number = dice.throw(3) as i64 * 700 - 700;
        row.set(column::<E>(name), Value::BigInt((is_required || dice.throw(4) > 0).then_some(number)));
    }
    for name in chances.truths {
        row.set(column::<E>(name), Value::Bool(Some(dice.throw(2) > 0)));
    }
    for name in chances.kept {
        if dice.throw(3) == 0 {
            row.set(column::<E>(name), row.get(column::<E>(name)).as_null());
        }
    }
}

/// How many facts and open items the rows of a table are, having compared each.
async fn compare<E: Tenant<Model: Clone>>(tx: &Tx, rows: Condition, chances: Chances) -> [usize; 2] {
    let mut known = [0, 0];
    for mut row in tx.all(tx.select::<E>().filter(rows)).await.expect("rows") {
        let known_as = row.clone();
        shake::<E>(&mut row, &chances);
        tx.save::<E>(row.clone()).await.expect("it is saved");
        let id = id::<E>(&row);
        let facts = tx.select::<kpi_fact::Entity>().filter(kpi_fact::Column::Id.eq(id));
        let mut facts = tx.all(facts).await.expect("facts");
        let items = tx.select::<open_item::Entity>().filter(open_item::Column::Id.eq(id));
        let mut items = tx.all(items).await.expect("open items");
        facts.sort_by_key(|fact| format!("{:?}", fact.kind));
        items.sort_by_key(|item| item.kind);
        let mut own_facts = fact::facts::<E>(&row).expect("facts");
        let mut own_items = fact::items::<E>(&row).expect("open items");
        own_facts.sort_by_key(|fact| format!("{:?}", fact.kind));
        own_items.sort_by_key(|item| item.kind);
        assert_eq!((own_facts, own_items), (facts.clone(), items.clone()), "{}", E::default().table_name());
        known = [known[0] + facts.len(), known[1] + items.len()];
        // One at a time: a unit has one live bill.
        tx.save::<E>(known_as).await.expect("it is as before");
    }
    known
}

seeded!(a_row_counts_as_its_views_say, async |world: World| {
    let tx = world.home.app.write(Scope::system("test")).await.expect("a transaction");
    // Others have a unit that was sold again.
    let live = Condition::any().add(bill::Column::Status.is_in([bill::Status::Pending, bill::Status::Completed]));
    let live = live.add(bill::Column::UnitId.is_null());
    let bills = Chances {
        texts: &[
            ("status", &["PENDING", "COMPLETED", "CONVERTED", "CANCELLED", "CREDITED"]),
            ("sale_type", &["CASH", "LEASING"]),
        ],
        days: &["unit_received_on", "converted_on", "estimated_delivery_on"],
        numbers: &[
            "vehicle_price_minor",
            "landed_cost_minor",
            "leased_minor",
            "balance_minor",
            "financier_balance_minor",
        ],
        truths: &["is_advance", "above_ltv_cap"],
        kept: &["unit_id", "chassis_number", "model_id", "salesperson_id", "finance_company_id"],
    };
    let quotations = Chances {
        texts: &[("kind", &["QUOTATION", "INVOICE"]), ("status", DECIDED)],
        numbers: &["total_minor"],
        ..Chances::default()
    };
    let offers = Chances { texts: &[("status", DECIDED)], numbers: &["total_minor"], ..Chances::default() };
    let payments = Chances { texts: &[("method", METHODS)], numbers: &["amount_minor"], ..Chances::default() };
    let units = Chances {
        texts: &[("status", &["AVAILABLE", "RESERVED", "SOLD", "DAMAGED", "IN_TRANSIT"])],
        numbers: &["landed_cost_minor", "list_price_minor"],
        kept: &["colour", "deleted_at"],
        ..Chances::default()
    };
    let cases = Chances { texts: &[("status", STEPS)], ..Chances::default() };
    let transfers = Chances { texts: &[("status", WAYS)], days: &["sent_on"], ..Chances::default() };
    let known = [
        compare::<bill::Entity>(&tx, live, bills).await,
        compare::<quotation::Entity>(&tx, Condition::all(), quotations).await,
        compare::<sales_quotation::Entity>(&tx, Condition::all(), offers).await,
        compare::<payment::Entity>(&tx, Condition::all(), payments).await,
        compare::<bike_unit::Entity>(&tx, Condition::all(), units).await,
        compare::<rmv_case::Entity>(&tx, Condition::all(), cases).await,
        compare::<stock_transfer::Entity>(&tx, Condition::all(), transfers).await,
    ];
    let [facts, items] = known.into_iter().fold([0, 0], |sum, more| [sum[0] + more[0], sum[1] + more[1]]);
    assert!(facts > 100 && items > 100, "only {known:?} were compared");
    tx.rollback().await.expect("it is taken back");
});
