//! Documents of every kind: as they are every day, and as nobody hopes to see them.

use chrono::{NaiveDate, NaiveDateTime};
use forecourt::document::{
    AdvanceReceipt, Claim, ClaimItem, ClaimKind, Content, CreditNote, Document, FinancedSale, FinancierReport,
    FinancierSales, Invoice, Letterhead, Logo, Party, Payment, Proforma, Sale, SalesQuotation, StockReport, StockUnit,
    Tax, TaxInvoice, Vehicle,
};

/// Everything that is printed every day, by name.
pub(super) fn usual() -> Vec<(&'static str, Document)> {
    vec![
        ("tax-invoice", on_paper(Content::TaxInvoice(tax_invoice(cash_sale())))),
        ("tax-invoice-leasing", on_paper(Content::TaxInvoice(tax_invoice(leasing_sale())))),
        ("invoice", on_paper(Content::Invoice(invoice(cash_sale())))),
        ("invoice-copy", Document { reprint: true, ..on_paper(Content::Invoice(invoice(sinhala_sale()))) }),
        ("advance-receipt", on_paper(Content::AdvanceReceipt(advance_receipt()))),
        ("credit-note", on_paper(Content::CreditNote(credit_note()))),
        ("proforma", on_paper(Content::Proforma(proforma()))),
        ("sales-quotation", on_paper(Content::SalesQuotation(sales_quotation()))),
        ("claim-quotation", on_paper(Content::Claim(claim(ClaimKind::Quotation, 12)))),
        ("claim-invoice", on_paper(Content::Claim(claim(ClaimKind::Invoice, 45)))),
        (
            "claim-quotation-200",
            Document { reprint: true, ..on_paper(Content::Claim(claim(ClaimKind::Quotation, 200))) },
        ),
        ("stock-report", on_paper(Content::StockReport(stock_report(64)))),
        ("financier-report", on_paper(Content::FinancierReport(financier_report(40)))),
        (
            "bare-paper",
            Document { letterhead: bare(), check_url: None, ..on_paper(Content::Invoice(invoice(tamil_sale()))) },
        ),
    ]
}

/// What must come out whole all the same.
pub(super) fn extreme() -> Vec<(&'static str, Document)> {
    let letterhead = Letterhead {
        dealer_name: long(&mixed(), 300),
        brand_partner: Some(long("Authorised dealer of everything ", 200)),
        address: vec![UNBROKEN.into(), long("No 1234/56, Sri Jayawardenepura Mawatha, ", 250), mixed()],
        phone: Some("+94 11 234 5678, ".repeat(6)),
        email: Some(format!("{UNBROKEN}@example.lk")),
        footer_note: Some(long("Goods once sold are not taken back. ", 600)),
        colour: "#ffee00".into(),
        logo: Some(logo(2000, 90)),
    };
    let party = Party {
        name: format!("{UNBROKEN} {}", long(&mixed(), 200)),
        address: Some(long("ශ්‍රී ජයවර්ධනපුර කෝට්ටේ, யாழ்ப்பாணம் வீதி, No 5,\n", 700)),
        phone: Some("+94 77 123 4567".into()),
        nic: Some("199012345678".into()),
        tin: Some("123456789-7000".into()),
    };
    let vehicle = Vehicle {
        model_name: format!("{} {UNBROKEN}", long(&mixed(), 120)),
        class_name: "Electric motorcycle".into(),
        colour: Some(long("Pearl white and ", 90)),
        model_year: Some(2026),
        chassis_number: Some(UNBROKEN.into()),
        motor_number: Some(UNBROKEN.into()),
    };
    let most = 9_000_000_000_000_000;
    let sale = Sale {
        buyer: party.clone(),
        vehicle: vehicle.clone(),
        financier: Some(party.clone()),
        salesperson: Some(long(&mixed(), 200)),
        currency: "LKR".into(),
        vehicle_price_minor: most,
        rmv_charge_minor: 1_300_000,
        down_payment_minor: Some(most / 3),
        leased_minor: Some(most / 3 * 2),
        total_minor: most / 3,
        payments: (0..30)
            .map(|number| Payment {
                paid_on: day(2026, 1, 1 + number),
                method: long("Cheque of the bank of ", 90),
                reference: Some(UNBROKEN.into()),
                amount_minor: if number % 5 == 4 { -most / 97 } else { most / 97 },
            })
            .collect(),
        balance_minor: most / 10,
    };
    let on = |content| Document {
        letterhead: letterhead.clone(),
        reprint: true,
        check_url: Some(format!("https://example.lk/check/{UNBROKEN}{UNBROKEN}")),
        content,
    };
    let number = "26JAN_BR03_1234567890_1234567890_123456".to_owned();
    let mut claim = claim(ClaimKind::Invoice, 200);
    for (at, item) in claim.items.iter_mut().enumerate() {
        match at % 7 {
            0 => item.description = UNBROKEN.into(),
            1 => item.description = mixed(),
            2 => item.amount_minor = most,
            3 => item.description = long("Remove, straighten, fill, prime and paint the ", 900),
            _ => {}
        }
    }
    claim.items[20].description = long("A description longer than any page, of which nothing may be lost. ", 9000);
    claim.customer = party.clone();
    claim.insurance_company = Some(party.name.clone());
    claim.claim_number = Some(UNBROKEN.into());
    claim.remarks = Some(long("A remark longer than any page, of which nothing may be lost. ", 9000));
    let mut stock = stock_report(90);
    for unit in stock.units.iter_mut().step_by(3) {
        unit.model_name.clone_from(&vehicle.model_name);
        unit.chassis_number = UNBROKEN.into();
        unit.motor_number = UNBROKEN.into();
        unit.colour = Some(mixed());
        unit.value_minor = most;
    }
    for unit in &mut stock.units[30..60] {
        unit.branch_name = long(&mixed(), 300);
    }
    let mut financed = financier_report(30);
    financed.financiers[0].name.clone_from(&party.name);
    for sale in financed.financiers.iter_mut().flat_map(|financier| &mut financier.sales).step_by(2) {
        sale.customer_name.clone_from(&party.name);
        sale.chassis_number = Some(UNBROKEN.into());
        sale.bill_number.clone_from(&number);
        (sale.vehicle_price_minor, sale.leased_minor) = (most, most);
    }
    let date = day(2026, 1, 15);
    vec![
        (
            "extreme-tax-invoice",
            on(Content::TaxInvoice(TaxInvoice {
                number: number.clone(),
                place_of_supply: UNBROKEN.into(),
                supplier_tin: "123456789-7000".into(),
                ..tax_invoice(sale.clone())
            })),
        ),
        (
            "extreme-invoice",
            on(Content::Invoice(Invoice { number: number.clone(), branch_name: mixed(), ..invoice(sale.clone()) })),
        ),
        (
            "extreme-advance-receipt",
            on(Content::AdvanceReceipt(AdvanceReceipt { sale: sale.clone(), ..advance_receipt() })),
        ),
        (
            "extreme-credit-note",
            on(Content::CreditNote(CreditNote {
                sale: sale.clone(),
                reason: long(&mixed(), 4000),
                amount_minor: sale.total_minor,
                ..credit_note()
            })),
        ),
        (
            "extreme-proforma",
            on(Content::Proforma(Proforma {
                financier: party.clone(),
                customer: party.clone(),
                vehicle: vehicle.clone(),
                vehicle_price_minor: most,
                issued_on: date,
                ..proforma()
            })),
        ),
        (
            "extreme-sales-quotation",
            on(Content::SalesQuotation(SalesQuotation {
                customer: party,
                vehicle,
                remarks: Some(long("Please note ", 12_000)),
                ..sales_quotation()
            })),
        ),
        ("extreme-claim", on(Content::Claim(claim))),
        ("extreme-stock-report", on(Content::StockReport(stock))),
        ("extreme-financier-report", on(Content::FinancierReport(financed))),
        (
            "extreme-names",
            Document {
                letterhead: Letterhead {
                    dealer_name: long(&mixed(), 3000),
                    footer_note: Some(long("漢字 😀 \u{2028}nothing ", 9000)),
                    ..letterhead.clone()
                },
                ..on_paper(Content::Invoice(invoice(cash_sale())))
            },
        ),
        (
            "empty",
            Document {
                letterhead: Letterhead::default(),
                reprint: false,
                check_url: None,
                content: Content::Claim(Claim { items: Vec::new(), ..self::claim(ClaimKind::Quotation, 0) }),
            },
        ),
        ("empty-stock-report", on_paper(Content::StockReport(stock_report(0)))),
    ]
}

/// Eighty characters without a blank.
pub(super) const UNBROKEN: &str = "WMWMWMWMWMABCDEFGHIJKLMNOPQRSTUVWXYZ01234567890123456789WMWMWMWMWMWMWMWMWMWMWMWM";

fn mixed() -> String {
    "ශ්‍රී ලංකා රත්නායක යාපනය யாழ்ப்பாணம் ஸ்ரீ Nallur Kandaswamy 42/7".to_owned()
}

fn long(part: &str, characters: usize) -> String {
    part.chars().cycle().take(characters).collect::<String>().trim().to_owned()
}

pub(super) fn on_paper(content: Content) -> Document {
    let letterhead = Letterhead {
        dealer_name: "Greenline Motors (Pvt) Ltd".into(),
        brand_partner: Some("Authorised dealer of TAILG electric motorcycles".into()),
        address: vec!["No 214, Galle Road".into(), "Colombo 03".into()],
        phone: Some("+94 11 234 5678".into()),
        email: Some("sales@greenline.example".into()),
        colour: "#1f6f54".into(),
        logo: Some(logo(480, 160)),
        footer_note: Some(
            "Greenline Motors (Pvt) Ltd · Company no. PV 12345 · Goods once sold are not taken back.".into(),
        ),
    };
    let check_url = Some("https://app.example.lk/check/7Q4M-2K9D-PL3X".into());
    Document { letterhead, reprint: false, check_url, content }
}

fn bare() -> Letterhead {
    Letterhead { dealer_name: "Nallur Electric Bikes".into(), colour: "#d32f2f".into(), ..Letterhead::default() }
}

/// A ring and a bar.
pub(super) fn logo(width: u32, height: u32) -> Logo {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(png::ColorType::Rgba);
    let (middle, radius) = (i64::from(height) / 2, i64::from(height) / 2 - 2);
    let pixels = (0..i64::from(height)).flat_map(|y| (0..i64::from(width)).map(move |x| (x, y)));
    let pixels = pixels.flat_map(|(x, y)| {
        let far = (x - middle).pow(2) + (y - middle).pow(2);
        let ring = far < radius.pow(2) && far > (radius * 6 / 10).pow(2);
        let bar = x > i64::from(height) + 6 && (y - middle).abs() < radius / 3;
        [0x1f, 0x6f, 0x54, if ring || bar { 255 } else { 0 }]
    });
    let pixels: Vec<u8> = pixels.collect();
    encoder.write_header().and_then(|mut writer| writer.write_image_data(&pixels)).expect("a picture");
    Logo::read(&file).expect("a logo")
}

pub(super) fn tax_invoice(sale: Sale) -> TaxInvoice {
    TaxInvoice {
        number: "26JUL_BR03_1".into(),
        issued_on: day(2026, 7, 15),
        supplied_on: day(2026, 7, 16),
        place_of_supply: "Colombo 03".into(),
        supplier_tin: "134567890-7000".into(),
        payment_mode: if sale.leased_minor.is_some() { "Leasing" } else { "Cash" }.into(),
        tax: Tax {
            vat_minor: sale.vehicle_price_minor / 118 * 18,
            vat_bp: 1800,
            sscl_minor: sale.vehicle_price_minor / 118 * 100 / 1025 * 25,
            sscl_bp: 250,
        },
        sale,
    }
}

pub(super) fn invoice(sale: Sale) -> Invoice {
    Invoice {
        number: "BILL-260715-004".into(),
        issued_on: day(2026, 7, 15),
        delivered_on: Some(day(2026, 7, 16)),
        branch_name: "Colombo".into(),
        payment_mode: "Cash".into(),
        sale,
    }
}

pub(super) fn cash_sale() -> Sale {
    Sale {
        buyer: Party {
            name: "W. M. Nimal Perera".into(),
            address: Some("No 5/2, Temple Road,\nNugegoda".into()),
            phone: Some("+94 77 123 4567".into()),
            nic: Some("198512345678".into()),
            tin: Some("234567891-7000".into()),
        },
        vehicle: bike(),
        financier: None,
        salesperson: Some("Ishara Fernando".into()),
        currency: "LKR".into(),
        vehicle_price_minor: 61_950_000,
        rmv_charge_minor: 1_300_000,
        down_payment_minor: None,
        leased_minor: None,
        total_minor: 63_250_000,
        payments: vec![
            Payment { paid_on: day(2026, 7, 10), method: "Cash".into(), reference: None, amount_minor: 10_000_000 },
            Payment {
                paid_on: day(2026, 7, 15),
                method: "Bank transfer".into(),
                reference: Some("CEFT 8841220".into()),
                amount_minor: 53_250_000,
            },
        ],
        balance_minor: 0,
    }
}

fn leasing_sale() -> Sale {
    Sale {
        financier: Some(Party { name: "Lanka Leasing & Finance PLC".into(), ..Party::default() }),
        rmv_charge_minor: 1_350_000,
        down_payment_minor: Some(15_000_000),
        leased_minor: Some(46_950_000),
        total_minor: 15_000_000,
        payments: vec![Payment {
            paid_on: day(2026, 7, 15),
            method: "Card".into(),
            reference: Some("Slip 1207".into()),
            amount_minor: 15_000_000,
        }],
        ..cash_sale()
    }
}

fn sinhala_sale() -> Sale {
    let buyer = Party {
        name: "ක්‍රිෂ්ණ රත්නායක".into(),
        address: Some("අංක 12, ශ්‍රී ලංකා මාවත,\nකොළඹ 07".into()),
        phone: Some("+94 71 765 4321".into()),
        nic: Some("901234567V".into()),
        tin: None,
    };
    Sale { buyer, ..cash_sale() }
}

fn tamil_sale() -> Sale {
    let buyer = Party {
        name: "ஸ்ரீகாந்தன் குமாரசாமி".into(),
        address: Some("இல. 45, நல்லூர் வீதி,\nயாழ்ப்பாணம்".into()),
        phone: Some("+94 21 222 3344".into()),
        ..Party::default()
    };
    Sale { buyer, payments: Vec::new(), balance_minor: 63_250_000, ..cash_sale() }
}

fn bike() -> Vehicle {
    Vehicle {
        model_name: "TAILG Volta X7".into(),
        class_name: "Electric motorcycle".into(),
        colour: Some("Graphite".into()),
        model_year: Some(2026),
        chassis_number: Some("LTGVX7C26A0001234".into()),
        motor_number: Some("M72V3KW-998812".into()),
    }
}

fn advance_receipt() -> AdvanceReceipt {
    AdvanceReceipt {
        number: "BILL-260715-005".into(),
        issued_on: day(2026, 7, 15),
        branch_name: "Colombo".into(),
        advance_minor: 10_000_050,
        estimated_delivery_on: Some(day(2026, 8, 1)),
        sale: Sale {
            payments: vec![Payment {
                paid_on: day(2026, 7, 15),
                method: "Cash".into(),
                reference: None,
                amount_minor: 10_000_050,
            }],
            balance_minor: 53_249_950,
            ..cash_sale()
        },
    }
}

fn credit_note() -> CreditNote {
    let sale = cash_sale();
    CreditNote {
        number: "GM-CN-260801-001".into(),
        issued_on: day(2026, 8, 1),
        branch_name: "Colombo".into(),
        bill_number: "26JUL_BR03_1".into(),
        billed_on: day(2026, 7, 15),
        supplier_tin: Some("134567890-7000".into()),
        tax: Some(tax_invoice(sale.clone()).tax),
        reason: "The buyer's leasing was refused after the bill was issued.".into(),
        amount_minor: sale.total_minor,
        sale,
        unit_returned: true,
    }
}

fn proforma() -> Proforma {
    let sale = leasing_sale();
    Proforma {
        number: "GM-PRO-260710-002".into(),
        issued_on: day(2026, 7, 10),
        valid_until: Some(day(2026, 7, 24)),
        branch_name: "Colombo".into(),
        financier: Party {
            name: "Lanka Leasing & Finance PLC".into(),
            address: Some("No 100, Union Place,\nColombo 02".into()),
            phone: Some("+94 11 555 0000".into()),
            ..Party::default()
        },
        customer: Party { name: "ක්‍රිෂ්ණ රත්නායක".into(), ..sale.buyer },
        vehicle: sale.vehicle,
        salesperson: sale.salesperson,
        currency: "LKR".into(),
        vehicle_price_minor: 61_950_000,
        rmv_charge_minor: 1_350_000,
        down_payment_minor: 15_000_000,
        leased_minor: 46_950_000,
        remarks: Some("Please draw the cheque in favour of Greenline Motors (Pvt) Ltd.".into()),
    }
}

fn sales_quotation() -> SalesQuotation {
    let sale = cash_sale();
    SalesQuotation {
        number: "GM-SQ-260701-009".into(),
        quoted_on: day(2026, 7, 1),
        valid_until: day(2026, 7, 15),
        branch_name: "Colombo".into(),
        customer: sale.buyer,
        vehicle: Vehicle { chassis_number: None, motor_number: None, ..sale.vehicle },
        financier: None,
        salesperson: sale.salesperson,
        payment_mode: "Cash".into(),
        currency: "LKR".into(),
        vehicle_price_minor: sale.vehicle_price_minor,
        rmv_charge_minor: sale.rmv_charge_minor,
        down_payment_minor: None,
        leased_minor: None,
        total_minor: sale.total_minor,
        remarks: Some("Free first service after 1,000 km. Battery guarantee of three years or 30,000 km.".into()),
    }
}

pub(super) fn claim(kind: ClaimKind, lines: usize) -> Claim {
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

pub(super) fn stock_report(units: usize) -> StockReport {
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

pub(super) fn financier_report(sales: usize) -> FinancierReport {
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

pub(super) fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day")
}
