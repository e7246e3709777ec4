//! Dumps as they come: other forms, damaged lines, references to nothing, numbers taken twice.

use entity::kind::VehicleClass;
use entity::{bike_model, bike_unit, bill, finance_company, quotation, quotation_item};
use serde_json::json;
use std::os::unix::fs::PermissionsExt;

use super::*;

/// The NIC `831937395X` under the passphrase `older`.
const OLDER_NIC: &str = "U2FsdGVkX1/jCTpqe04ghT12gBT0xOS4D3EIu7rJBwU=";

#[tokio::test]
async fn canonical_documents_are_the_same_documents() {
    fn canonical(value: &mut Value) {
        match value {
            Value::Number(number) if number.to_string().contains("100") => {
                *value = json!({"$numberDouble": format!("{number}.0")});
            }
            Value::Number(number) => *value = json!({"$numberLong": number.to_string()}),
            Value::Object(fields) if fields.contains_key("$date") => {
                let at: chrono::DateTime<chrono::Utc> = text(value, "$date").parse().expect("a date");
                *value = json!({"$date": {"$numberLong": at.timestamp_millis().to_string()}});
            }
            Value::Object(fields) => fields.values_mut().for_each(canonical),
            Value::Array(items) => items.iter_mut().for_each(canonical),
            _ => {}
        }
    }
    let (relaxed, other) = (Case::new().await, Case::new().await);
    for collection in Collection::ALL {
        let documents = other.lines(collection).into_iter().map(|line| {
            let mut document: Value = serde_json::from_str(&line).expect("JSON");
            canonical(&mut document);
            document.to_string()
        });
        other.put(collection, &documents.collect::<Vec<_>>());
    }
    let (relaxed_report, other_report) = (relaxed.run().await, other.run().await);
    assert_eq!(relaxed_report.table(), other_report.table());
    let money = |bills: Vec<bill::Model>| {
        let facts =
            bills.into_iter().map(|bill| (bill.bill_number, bill.total_minor, bill.billed_at, bill.balance_minor));
        facts.collect::<Vec<_>>()
    };
    assert_eq!(money(relaxed.rows::<bill::Entity>().await), money(other.rows::<bill::Entity>().await));
}

#[tokio::test]
async fn encrypted_fields_are_taken_as_they_come() {
    let case = Case::new().await;
    let numbers: Vec<_> = {
        let lines = case.lines(Collection::Bills);
        let bills = lines.iter().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
        bills.map(|bill| text(&bill, "billNumber").to_owned()).take(5).collect()
    };
    for (number, (field, value)) in numbers.iter().zip([
        ("customerNIC", "831937395X"),
        ("customerNIC", OLDER_NIC),
        ("customerAddress", "U2FsdGVkX1+broken"),
        ("customerPhone", "12"),
        ("customerNIC", "N/A"),
    ]) {
        case.edit(Collection::Bills, |bill| text(bill, "billNumber") == number, |bill| bill[field] = value.into());
    }
    let report = case.try_run(&[KEY, "older"]).await.expect("imports");
    insta::assert_snapshot!(repairs(&report).join("\n"), @r"
    bills.json:1 customerNIC: taken as it is, was not encrypted
    bills.json:4 customerPhone: taken as it is, was not encrypted
    bills.json:4 customerPhone: kept as written, cannot be a phone number
    bills.json:3 customerAddress: left out; the journal keeps it, no key opens it
    bills.json:2 customerNIC: opened with an older key, the newest key does not open it
    ");
    let bills = case.rows::<bill::Entity>().await;
    let of = |place: usize| bills.iter().find(|row| row.bill_number == numbers[place]).expect("imported").customer_id;
    assert_eq!(of(0), of(1), "one NIC under two keys is one customer");
    assert_eq!(counts(&report, Collection::Bills)[4], 0);
    let listed = serde_json::to_string(&report).expect("JSON") + &report.table();
    assert!(!listed.contains("831937395"), "a report names nobody");
}

#[tokio::test]
async fn a_wrong_key_is_found_before_anything_is_written() {
    let case = Case::new().await;
    let before = case.everything().await;
    let wrong = case.try_run(&["wrong"]).await.expect_err("refused").to_string();
    let none = case.try_run(&[]).await.expect_err("refused").to_string();
    insta::assert_snapshot!(format!("{wrong}\n{none}"), @r"
    none of the 510 encrypted fields looked at opens: the key is probably not the one the old system encrypted with. Nothing was written
    the dump has encrypted fields and no key was given: name the variable that holds the old system's encryption key. Nothing was written
    ");
    assert_eq!(case.everything().await, before);
}

#[tokio::test]
async fn damaged_lines_are_refused_and_kept_apart() {
    let case = Case::new().await;
    let path = case.path(Collection::Bills);
    let mut content = b"\xef\xbb\xbf".to_vec();
    content.extend(case.lines(Collection::Bills).join("\r\n\r\n").into_bytes());
    content.extend(b"\r\n{\"_id\":1,\"customerName\":\"\xff\"}\nnot JSON\n[{}]\n{\"billNumber\":\"B-1\"}\n");
    content.extend(br#"{"_id":{"$oid":"aaaaaaaaaaaaaaaaaaaaaaaa"},"totalAmount":1000,"customerNa"#);
    std::fs::write(&path, content).expect("writable");
    std::fs::write(case.path(Collection::Bills).with_file_name("orders.json"), "{}").expect("writable");
    let report = case.run().await;
    assert_eq!(counts(&report, Collection::Bills), [155, 150, 0, 0, 5]);
    insta::assert_snapshot!(rejects(&report).join("\n"), @r"
    bills.json:300 is not UTF-8
    bills.json:301 is not a JSON object, from column 2
    bills.json:302 is a list: export one document a line, not one array
    bills.json:303 has no usable _id
    bills.json:304 is cut off: the dump ends in the middle of it
    ");
    assert_eq!(report.ignored_files, ["orders.json"]);
    let file = report.rejects_file.expect("something was refused");
    assert_eq!(file.metadata().expect("there").permissions().mode() & 0o777, 0o600);
    let entries = std::fs::read_to_string(file).expect("UTF-8");
    assert_eq!(entries.lines().count(), 5);
    let last: Value = serde_json::from_str(entries.lines().last().expect("five")).expect("JSON");
    assert!(text(&last, "raw").ends_with("customerNa"));
}

#[tokio::test]
async fn a_dump_that_is_none_is_named() {
    let case = Case::new().await;
    for collection in Collection::ALL {
        std::fs::remove_file(case.path(collection)).expect("removable");
    }
    assert!(case.try_run(&[KEY]).await.expect_err("refused").to_string().contains("holds none of the files"));
}

/// Lets documents refer to nothing; the numbers of six bills that were changed.
fn break_references(case: &Case) -> Vec<String> {
    let nothing = || json!({"$oid": "ffffffffffffffffffffffff"});
    let in_stock = |bill: &Value| text(bill, "status") == "completed" && bill.get("inventoryItemId").is_some();
    let named = |number: String| move |bill: &Value| text(bill, "billNumber") == number;
    let numbers: Vec<_> = {
        let lines = case.lines(Collection::Bills);
        let bills = lines.iter().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
        bills.filter(in_stock).map(|bill| text(&bill, "billNumber").to_owned()).take(6).collect()
    };
    case.edit(Collection::Bills, named(numbers[0].clone()), |bill| bill["owner"] = nothing());
    case.edit(Collection::Bills, named(numbers[1].clone()), |bill| bill["inventoryItemId"] = nothing());
    case.edit(Collection::Bills, named(numbers[2].clone()), |bill| {
        bill.as_object_mut().expect("an object").remove("inventoryItemId");
    });
    case.edit(Collection::Bills, named(numbers[3].clone()), |bill| bill["bikeModel"] = "TMR-NONE".into());
    case.edit(Collection::Bills, named(numbers[4].clone()), |bill| {
        bill["inventoryItemId"] = nothing();
        bill["chassisNumber"] = "-".into();
    });
    case.edit(Collection::Bills, named(numbers[5].clone()), |bill| {
        bill.as_object_mut().expect("an object").remove("vehicleType");
        bill["isTricycle"] = true.into();
    });
    let proforma = |bill: &Value| bill.get("proforma").is_some();
    case.edit(Collection::Bills, proforma, |bill| bill["proforma"]["financeCompanyName"] = "New Leasing".into());
    case.edit(
        Collection::BikeInventory,
        |_| true,
        |unit| {
            unit["bikeModelId"] = nothing();
            unit["billId"] = nothing();
            unit["notes"] = "Second key missing. Colour: Red".into();
        },
    );
    case.edit(
        Collection::Brandings,
        |branding| branding["userId"].is_object(),
        |branding| branding["userId"] = nothing(),
    );
    case.edit(Collection::UserActivities, |_| true, |activity| activity["userId"] = nothing());
    numbers
}

#[tokio::test]
async fn references_to_nothing_are_repaired() {
    let case = Case::new().await;
    let numbers = break_references(&case);
    let report = case.run().await;
    insta::assert_snapshot!(repairs(&report).join("\n"), @r"
    bike_inventory.json:1 bikeModelId: given to Unknown model, refers to a model that is not there
    bike_inventory.json:1 billId: left out, refers to a bill that is not there
    bills.json:1 owner: left out, refers to a user who is not there
    bills.json:4 inventoryItemId: linked by chassis, is missing
    bills.json:11 vehicleType: concluded from isTricycle and isEbicycle, is missing
    bills.json:3 inventoryItemId: linked by chassis, refers to a unit that is not there
    bills.json:7 bikeModel: kept as written, without a model, no model has this name
    bills.json:9 inventoryItemId: left out, refers to a unit that is not there
    bills.json:15 proforma.financeCompanyName: company made from the proforma, no company has this name
    useractivities.json:1 userId: left out, refers to a user who is not there
    ");
    // Of nobody, it would be the dealership's, which has its own.
    let twin = "brandings.json:2 there is a branding of the same person, or of the dealership, already";
    assert_eq!(rejects(&report), [twin]);

    let bills = case.rows::<bill::Entity>().await;
    let of = |place: usize| bills.iter().find(|bill| bill.bill_number == numbers[place]).expect("imported");
    assert_eq!(of(0).salesperson_id, None);
    assert!(of(1).unit_id.is_some() && of(2).unit_id.is_some());
    assert_eq!((of(3).model_id, of(3).model_name.as_str()), (None, "TMR-NONE"));
    assert_eq!((of(4).unit_id, &of(4).chassis_number, &of(4).chassis_key), (None, &None, &None));
    assert_eq!(of(5).vehicle_class, VehicleClass::ETricycle);
    let companies = case.rows::<finance_company::Entity>().await;
    assert!(companies.iter().any(|company| company.name == "New Leasing" && company.contact.is_some()));
    let unknown = case.rows::<bike_model::Entity>().await.into_iter().find(|model| model.name == "Unknown model");
    let units = case.rows::<bike_unit::Entity>().await;
    let unit = units.iter().find(|unit| Some(unit.model_id) == unknown.as_ref().map(|model| model.id));
    let unit = unit.expect("the edited unit");
    assert_eq!((unit.colour.as_deref(), unit.notes.as_deref()), (Some("Red"), Some("Second key missing.")));
}

#[tokio::test]
async fn numbers_are_unique_as_written() {
    let case = Case::new().await;
    let copy = |collection: Collection, change: &dyn Fn(&mut Value)| {
        let mut lines = case.lines(collection);
        let mut document: Value = serde_json::from_str(&lines[0]).expect("JSON");
        document["_id"] = json!({"$oid": format!("{:024x}", lines.len())});
        change(&mut document);
        lines.push(document.to_string());
        case.put(collection, &lines);
    };
    let lower = |document: &mut Value, field: &str| document[field] = text(document, field).to_lowercase().into();
    copy(Collection::Bills, &|bill| bill["status"] = "cancelled".into());
    copy(Collection::Bills, &|bill| {
        lower(bill, "billNumber");
        lower(bill, "bill_number");
    });
    copy(Collection::BikeInventory, &|_| {});
    copy(Collection::BikeInventory, &|unit| unit["isDeleted"] = true.into());
    copy(Collection::BikeInventory, &|unit| {
        lower(unit, "chassisNumber");
        lower(unit, "motorNumber");
    });
    copy(Collection::Brandings, &|_| {});
    copy(Collection::BikeModels, &|model| lower(model, "name"));
    copy(Collection::FinanceCompanies, &|_| {});
    copy(Collection::Quotations, &|quotation| lower(quotation, "quotationNumber"));
    copy(Collection::Quotations, &|_| {});
    copy(Collection::Users, &|_| {});
    let report = case.run().await;
    insta::assert_snapshot!(repairs(&report).join("\n"), @r"
    users.json:10 email: a second membership of one account, another document has the same address
    bike_inventory.json:132 chassisNumber: both are kept, differs from another one in case or blanks only
    bike_inventory.json:132 motorNumber: both are kept, differs from another one in case or blanks only
    bills.json:152 inventoryItemId: left out, another live bill has the unit
    bills.json:152 billNumber: both are kept, differs from another one in case or blanks only
    quotations.json:31 quotationNumber: both are kept, differs from another one in case or blanks only
    ");
    insta::assert_snapshot!(rejects(&report).join("\n"), @r"
    bike_models.json:10 there is a model called tmr-xgw already; what refers to this one refers to that
    financecompanies.json:7 there is a finance company called Ruhuna Leasing & Finance PLC already
    brandings.json:3 there is a branding of the same person, or of the dealership, already
    bike_inventory.json:130 chassisNumber TMRN7C708530 is already that of document 68f55d74b578909c4a7591f2
    bills.json:151 billNumber BILL-250329-396 is already that of document 67d6df91f21201e4eaa3556c
    quotations.json:32 quotationNumber GM-QUO-20260318-100 is already that of document 67611e5a9cd7ee9eabb98b5d
    ");
    let deleted = case.rows::<bike_unit::Entity>().await.into_iter().filter(|unit| unit.deleted_at.is_some());
    assert_eq!(deleted.map(|unit| unit.deleted_reason).collect::<Vec<_>>(), [Some("Deleted in the old system".into())]);
    // One unit has one live bill at most, whatever the dump says.
    let live = |bill: &bill::Model| matches!(bill.status, bill::Status::Pending | bill::Status::Completed);
    let mut claims: Vec<_> =
        case.rows::<bill::Entity>().await.into_iter().filter(live).filter_map(|bill| bill.unit_id).collect();
    let all = claims.len();
    claims.sort_unstable();
    claims.dedup();
    assert_eq!(claims.len(), all);
}

#[tokio::test]
async fn amounts_are_exact_rounded_or_refused() {
    let case = Case::new().await;
    let cash = |place: usize| {
        let lines = case.lines(Collection::Bills);
        let bills = lines.iter().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
        let mut cash = bills.filter(|bill| text(bill, "status") == "completed" && text(bill, "billType") == "cash");
        text(&cash.nth(place).expect("there are many"), "billNumber").to_owned()
    };
    let numbers: Vec<_> = (0..5).map(cash).collect();
    for (number, total) in numbers.iter().zip([
        json!(512_500.1),
        json!({"$numberDecimal": "100.005"}),
        json!({"$numberDouble": "NaN"}),
        json!(-1),
        json!(1e30),
    ]) {
        case.edit(Collection::Bills, |bill| text(bill, "billNumber") == number, |bill| bill["totalAmount"] = total);
    }
    let unknown = |field: &'static str| move |bill: &mut Value| bill[field] = "other".into();
    case.edit(Collection::Bills, |bill| text(bill, "status") == "pending", unknown("status"));
    case.edit(Collection::Bills, |bill| text(bill, "status") == "pending", unknown("billType"));
    case.edit(Collection::BikeInventory, |unit| text(unit, "status") == "damaged", unknown("status"));
    case.edit(
        Collection::Quotations,
        |quotation| text(quotation, "type") == "quotation",
        |quotation| {
            quotation["items"][0]["quantity"] = json!(1.5);
            quotation["totalAmount"] = json!(7.25);
        },
    );
    let report = case.run().await;
    insta::assert_snapshot!(repairs(&report).join("\n"), @r"
    bills.json:3 totalAmount: rounded half to even, has more decimals than are kept
    bills.json:3 balanceAmount: replaced by total less payments, the advance exceeds the total: the customer has a credit
    bills.json:6 finalBillId: left out, refers to no bill imported with it
    bills.json:8 finalBillId: left out, refers to no bill imported with it
    quotations.json:1 totalAmount: kept, is not the sum of the items
    ");
    insta::assert_snapshot!(rejects(&report).join("\n"), @r"
    bike_inventory.json:119 has an unknown status
    bills.json:5 has an unknown status
    bills.json:7 totalAmount is not a number
    bills.json:9 totalAmount is below zero
    bills.json:10 has an unknown billType
    bills.json:11 totalAmount is too large
    ");
    let bills = case.rows::<bill::Entity>().await;
    let total = |number: &String| bills.iter().find(|bill| bill.bill_number == *number).map(|bill| bill.total_minor);
    assert_eq!(numbers.iter().map(total).collect::<Vec<_>>(), [Some(51_250_010), Some(10_000), None, None, None]);
    let quoted = case.rows::<quotation::Entity>().await.into_iter().find(|row| row.total_minor == 725);
    let quoted = quoted.expect("the total is kept");
    let items = case.rows::<quotation_item::Entity>().await;
    assert!(items.iter().any(|item| item.quotation_id == quoted.id && item.quantity_milli == 1_500));
}
