//! Documents of many rows.

use chrono::NaiveDateTime;
use forecourt::document::{
    Claim, ClaimItem, ClaimKind, FinancedSale, FinancierReport, FinancierSales, StockReport, StockUnit,
};

use super::{cash_sale, day};

pub(crate) fn claim(kind: ClaimKind, lines: usize) -> Claim {
    const PARTS: [&str; 6] = [
        "Front fork assembly",
        "Headlamp unit, LED, with bracket and wiring",
        "Labour: straighten frame",
        "Side panel, left, graphite",
        "Paint and materials",
        "Battery case, upper half, with seal and twelve stainless screws",
    ];
    let items: Vec<_> = (0..lines)
        .map(|at| {
            let (quantity_milli, rate_minor) =
                ([1000, 2000, 1500][at % 3], 125_000 + 37_550 * i64::try_from(at % 11).expect("few"));
            ClaimItem {
                description: PARTS[at % PARTS.len()].into(),
                quantity_milli,
                rate_minor,
                amount_minor: rate_minor * quantity_milli / 1000,
            }
        })
        .collect();
    Claim {
        kind,
        number: match kind {
            ClaimKind::Quotation => "GM-QUO-260720-011",
            ClaimKind::Invoice => "GM-INV-260725-004",
        }
        .into(),
        issued_on: day(2026, 7, 20),
        branch_name: "Colombo workshop".into(),
        customer: cash_sale().buyer,
        registration_number: Some("WP BKR-4821".into()),
        accident_on: Some(day(2026, 7, 12)),
        claim_number: Some("CLM/2026/07/88121".into()),
        insurance_company: Some("Ceylon General Insurance PLC".into()),
        estimate_number: (kind == ClaimKind::Invoice).then(|| "GM-QUO-260720-011".into()),
        prepared_by: Some("Suresh Kumar".into()),
        currency: "LKR".into(),
        total_minor: items.iter().map(|item| item.amount_minor).sum(),
        items,
        remarks: Some("Hidden damage that shows when the frame is opened is quoted for separately.".into()),
    }
}

pub(crate) fn stock_report(units: usize) -> StockReport {
    let unit = |at: usize| {
        let age = i64::try_from(at * 3 % 140).expect("few");
        StockUnit {
            branch_name: ["Colombo", "Kandy", "යාපනය"][at * 3 / units.max(1)].into(),
            model_name: ["TAILG Volta X7", "TAILG Eagle", "Yadea G5 long range"][at % 3].into(),
            colour: (at % 4 != 3).then(|| ["Graphite", "White", "Red"][at % 3].into()),
            chassis_number: format!("LTGVX7C26A00{:05}", 1200 + at),
            motor_number: format!("M72V3KW-{}", 998_000 + at),
            status: ["Available", "Reserved", "Available", "In transit"][at % 4].into(),
            received_on: day(2026, 7, 31) - chrono::TimeDelta::days(age),
            age_days: age,
            value_minor: 41_000_000 + 125_000 * i64::try_from(at % 9).expect("few"),
            at_list_price: at.is_multiple_of(10),
        }
    };
    StockReport {
        drawn_up_at: moment(),
        reach: "All branches".into(),
        prepared_for: Some("Ishara Fernando".into()),
        currency: "LKR".into(),
        units: (0..units).map(unit).collect(),
    }
}

pub(crate) fn financier_report(sales: usize) -> FinancierReport {
    let sale = |at: usize| FinancedSale {
        bill_number: format!("26JUL_BR0{}_{}", 1 + at % 3, 1 + at),
        billed_on: day(2026, 7, 1 + u32::try_from(at % 30).expect("few")),
        branch_name: ["Colombo", "Kandy", "Jaffna"][at % 3].into(),
        customer_name: ["W. M. Nimal Perera", "ක්‍රිෂ්ණ රත්නායක", "ஸ்ரீகாந்தன் குமாரசாமி"][at % 3].into(),
        model_name: "TAILG Volta X7".into(),
        chassis_number: Some(format!("LTGVX7C26A00{:05}", 1200 + at)),
        vehicle_price_minor: 61_950_000,
        down_payment_minor: 15_000_000,
        leased_minor: 46_950_000,
        disbursed_minor: if at.is_multiple_of(4) { 0 } else { 46_950_000 },
    };
    let financiers = ["Lanka Leasing & Finance PLC", "People's Cooperative Credit"];
    FinancierReport {
        from: day(2026, 7, 1),
        to: day(2026, 7, 31),
        drawn_up_at: moment(),
        reach: "All branches".into(),
        prepared_for: Some("Ishara Fernando".into()),
        currency: "LKR".into(),
        financiers: (0..2)
            .map(|at| FinancierSales {
                name: financiers[at].into(),
                sales: (0..sales).filter(|sale| sale % 2 == at).map(sale).collect(),
            })
            .collect(),
    }
}

fn moment() -> NaiveDateTime {
    day(2026, 7, 31).and_hms_opt(18, 5, 0).expect("a time")
}
