//! The figures that are kept: what they miss is found, made anew, and nothing is lost meanwhile.

use std::process::Command;

use entity::{branch, kpi_month};
use forecourt::kpi::{self, Place};
use forecourt::scope::Scope;
use sea_orm::sea_query::Expr;
use serde_json::json;

use super::{days, report};
use crate::support::till::Till;
use crate::support::{World, databases, seeded};

fn run(world: &World, arguments: &[&str]) -> (bool, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_forecourt"))
        .arg("kpi")
        .args(arguments)
        .envs(databases::environment(&world.home.url))
        .current_dir(world.home.folder.path())
        .output()
        .expect("the program runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.success(), text(&output.stdout) + &text(&output.stderr))
}

seeded!(what_has_drifted_is_found_and_put_right, async |world: World| {
    let (sound, said) = run(&world, &["verify"]);
    assert!(sound && said.contains("are what the documents add up to"), "{said}");
    let tx = world.home.app.write(Scope::system("test")).await.expect("a transaction");
    let more = tx.scope().update::<kpi_month::Entity>().col_expr(kpi_month::Column::Sold, Expr::cust("sold + 1"));
    tx.update(more).await.expect("changed");
    tx.commit().await.expect("commits");
    let (sound, said) = run(&world, &["verify"]);
    assert!(!sound && said.contains("cells differ") && said.contains("colombo-ev"), "{said}");
    assert!(said.contains("sold") && !said.contains("revenue_minor"), "{said}");

    // One branch-month, one dealership, then all.
    let (done, said) =
        run(&world, &["rebuild", "--dealership", "colombo-ev", "--branch", "BR01", "--month", "2026-08"]);
    assert!(done, "{said}");
    let (sound, said) =
        run(&world, &["verify", "--dealership", "colombo-ev", "--branch", "BR01", "--month", "2026-08"]);
    assert!(sound, "{said}");
    assert!(!run(&world, &["verify", "--dealership", "colombo-ev"]).0);
    assert!(run(&world, &["rebuild"]).0);
    let (sound, said) = run(&world, &["verify"]);
    assert!(sound, "{said}");
    let (done, said) = run(&world, &["rebuild", "--dealership", "nowhere"]);
    assert!(!done && said.contains("there is no such dealership"), "{said}");
});

seeded!(figures_are_made_anew_while_bills_are_issued, async |world: World| {
    let till = Till::of(&world, "manager").await;
    let bikes = till.bikes("Z9", "KPI", 12).await;
    let sell = async {
        for (n, bike) in bikes.iter().enumerate() {
            till.issued(Till::sale(&format!("key-kpi-{n}"), bike)).await;
        }
    };
    let rebuild = async {
        let tx = world.home.app.read(Scope::system("test")).await.expect("a transaction");
        let branches = tx.all(tx.select::<branch::Entity>()).await.expect("branches");
        drop(tx);
        for (n, branch) in branches.iter().cycle().take(12).enumerate() {
            let scope = Scope::system("test").within(branch.dealership_id).expect("a dealership");
            let tx = world.home.app.write(scope).await.expect("a transaction");
            // Now one branch, now all of its dealership.
            let place = Place { dealership: branch.dealership_id, branch: (n % 2 == 0).then_some(branch.id) };
            kpi::rebuild(&tx, place, None).await.expect("figures");
            tx.commit().await.expect("commits");
        }
    };
    futures_util::join!(sell, rebuild);
    crate::support::kpi::add_up(&world.home.app).await;
});

seeded!(what_happens_is_counted_at_once, async |world: World| {
    let manager = world.client("manager").await;
    let till = Till::of(&world, "manager").await;
    let question = json!({"range": days("2026-09-15", "2026-09-15"),
        "measures": ["UNITS", "VEHICLE_REVENUE", "CASH_COLLECTED", "ADVANCES_TAKEN", "UNITS_RECEIVED", "ADVANCE_CONVERSION"]});
    let figures = async || {
        let answer = report(&manager, question.clone()).await;
        let figures = answer["totals"][0]["figures"].as_array().cloned().unwrap_or_default();
        let value = |n: usize| figures.get(n).map(|figure| figure["value"].clone()).unwrap_or_default();
        let counts: Vec<_> = (0..5).map(|n| value(n).as_i64().unwrap_or(0)).collect();
        (counts, value(5).as_f64().unwrap_or(0.0))
    };
    let (before, _) = figures().await;
    let bikes = till.bikes("Z9", "NOW", 2).await;
    let sold = till.issued(Till::sale("key-now-sale", &bikes[0])).await;
    let advance = till.issued(Till::advance("key-now-advance", &bikes[1])).await;
    let (after, converted) = figures().await;
    assert_eq!(after[0] - before[0], 1, "an advance is no sale yet");
    assert_eq!(after[3] - before[3], 1);
    assert_eq!(after[4] - before[4], 2);
    assert!(after[1] > before[1] && after[2] > before[2], "{before:?} {after:?}");

    till.bill(
        "creditBill",
        json!({"idempotencyKey": "key-now-credit", "bill": sold["id"], "reason": "Taken back", "returned": "FOR_SALE"}),
    )
    .await;
    till.bill("closeAdvance", json!({"idempotencyKey": "key-now-close", "bill": advance["id"], "payments": []})).await;
    let (last, converted_since) = figures().await;
    assert_eq!(last[0], after[0], "one sale taken back, one advance completed");
    assert_eq!(last[3], after[3]);
    assert!(converted_since > converted, "{converted} {converted_since}");
});

seeded!(a_figure_is_drawn_month_by_month, async |world: World| {
    let (drawn, said) =
        run(&world, &["show", "--dealership", "colombo-ev", "--measure", "vehicle-revenue", "--months", "120"]);
    assert!(drawn, "{said}");
    let lines: Vec<_> = said.lines().filter(|line| line.contains("Rs. ") || line.contains('–')).collect();
    assert_eq!(lines.len(), 120, "{said}");
    let longest = lines.iter().map(|line| line.matches('█').count()).max();
    assert!(longest == Some(40) && said.starts_with("Vehicle revenue of colombo-ev, "), "{said}");
    let (drawn, said) = run(&world, &["show", "--measure", "gross-margin"]);
    assert!(drawn && said.contains(" %") && said.contains("3 dealerships"), "{said}");
    let (drawn, said) = run(&world, &["show", "--measure", "profit"]);
    assert!(!drawn && said.contains("gross-profit"), "{said}");
});
