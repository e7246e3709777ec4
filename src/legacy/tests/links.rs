//! Advances and the bills that complete them, where the dump is not of one mind.

use entity::{bill, payment};
use serde_json::json;

use super::*;

/// The first advance of the fixture and the bill that completes it, as (id, number).
fn pair(case: &Case) -> [(String, String); 2] {
    let lines = case.lines(Collection::Bills);
    let bills: Vec<Value> = lines.iter().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let advance = bills.iter().find(|bill| text(bill, "status") == "converted").expect("in the fixture");
    let completion = bills.iter().find(|bill| oid(bill, "_id") == oid(advance, "finalBillId")).expect("consistent");
    [advance, completion].map(|bill| (oid(bill, "_id"), text(bill, "billNumber").to_owned()))
}

fn with_id(id: &str) -> impl Fn(&Value) -> bool {
    move |bill| oid(bill, "_id") == id
}

fn forget(field: &'static str) -> impl Fn(&mut Value) {
    move |bill| drop(bill.as_object_mut().expect("an object").remove(field))
}

async fn find(case: &Case, number: &str) -> (bill::Model, Vec<i64>) {
    let bill = case.rows::<bill::Entity>().await.into_iter().find(|bill| bill.bill_number == number);
    let bill = bill.expect("imported");
    let payments = case.rows::<payment::Entity>().await.into_iter().filter(|payment| payment.bill_id == bill.id);
    let mut amounts: Vec<_> = payments.map(|payment| payment.amount_minor).collect();
    amounts.sort_unstable();
    (bill, amounts)
}

#[tokio::test]
async fn one_side_of_a_link_suffices() {
    for (side, field) in [(0, "finalBillId"), (1, "originalAdvanceBillId")] {
        let case = Case::new().await;
        let pair = pair(&case);
        case.edit(Collection::Bills, with_id(&pair[side].0), forget(field));
        let report = case.run().await;
        assert_eq!(repairs(&report), [""; 0]);
        let ((advance, _), (completion, amounts)) = (find(&case, &pair[0].1).await, find(&case, &pair[1].1).await);
        assert_eq!(completion.advance_bill_id, Some(advance.id));
        assert_eq!((amounts.len(), completion.balance_minor), (2, 0));
    }
}

#[tokio::test]
async fn an_advance_that_is_refused_leaves_a_whole_payment() {
    let case = Case::new().await;
    let [advance, completion] = pair(&case);
    case.edit(Collection::Bills, with_id(&advance.0), |bill| bill["billType"] = "barter".into());
    let report = case.run().await;
    assert_eq!(repairs(&report).len(), 1, "{:?}", repairs(&report));
    assert!(repairs(&report)[0].contains("originalAdvanceBillId: left out, refers to a bill that is not there"));
    let (row, amounts) = find(&case, &completion.1).await;
    assert_eq!((row.advance_bill_id, amounts, row.balance_minor), (None, vec![row.total_minor], 0));
}

#[tokio::test]
async fn a_completion_that_comes_later_takes_the_advance_over() {
    let case = Case::new().await;
    let [advance, completion] = pair(&case);
    let lines = case.lines(Collection::Bills);
    let without: Vec<_> = lines
        .iter()
        .filter(|line| oid(&serde_json::from_str(line).expect("JSON"), "_id") != completion.0)
        .cloned()
        .collect();
    case.put(Collection::Bills, &without);
    let report = case.run().await;
    assert!(repairs(&report).iter().any(|repair| repair.contains("finalBillId: left out, refers to no bill")));
    let (advance_row, amounts) = find(&case, &advance.1).await;
    assert_eq!(amounts, [advance_row.advance_minor.expect("an advance")]);

    case.put(Collection::Bills, &lines);
    let report = case.run().await;
    assert_eq!(counts(&report, Collection::Bills), [150, 1, 149, 0, 0]);
    let (row, amounts) = find(&case, &completion.1).await;
    assert_eq!(row.advance_bill_id, Some(advance_row.id));
    assert_eq!((amounts.len(), amounts.iter().sum::<i64>(), row.balance_minor), (2, row.total_minor, 0));
    assert_eq!(find(&case, &advance.1).await.1, [0_i64; 0]);
}

#[tokio::test]
async fn contradictions_break_the_link() {
    let case = Case::new().await;
    let [advance, completion] = pair(&case);
    let nothing = json!({"$oid": "ffffffffffffffffffffffff"});
    case.edit(Collection::Bills, with_id(&advance.0), |bill| bill["finalBillId"] = nothing);
    let report = case.run().await;
    insta::assert_snapshot!(repairs(&report).join("\n"), @r"
    bills.json:3 originalAdvanceBillId: left out, the advance names another final bill
    bills.json:2 finalBillId: left out, refers to no bill imported with it
    ");
    assert_eq!(find(&case, &completion.1).await.0.advance_bill_id, None);
    let (row, amounts) = find(&case, &advance.1).await;
    assert_eq!(amounts, [row.advance_minor.expect("an advance")]);
}

#[tokio::test]
async fn a_balance_that_disagrees_is_replaced() {
    let case = Case::new().await;
    let line =
        case.edit(Collection::Bills, |bill| text(bill, "status") == "pending", |bill| bill["balanceAmount"] = 1.into());
    let report = case.run().await;
    let why = "replaced by total less payments, disagrees with them";
    assert_eq!(repairs(&report), [format!("bills.json:{line} balanceAmount: {why}")]);
}

#[tokio::test]
async fn an_advance_above_the_total_is_a_credit() {
    let case = Case::new().await;
    let [advance, completion] = pair(&case);
    case.edit(Collection::Bills, with_id(&completion.0), |bill| bill["totalAmount"] = 9_000.into());
    let report = case.run().await;
    assert_eq!(repairs(&report).len(), 1, "{:?}", repairs(&report));
    assert!(repairs(&report)[0].ends_with("the advance exceeds the total: the customer has a credit"));
    let paid = find(&case, &advance.1).await.0.advance_minor.expect("an advance");
    let (row, amounts) = find(&case, &completion.1).await;
    assert_eq!((amounts, row.balance_minor), (vec![paid], 900_000 - paid));
}
