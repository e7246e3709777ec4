//! Documents of every kind, as they are every day.

mod extreme;
mod reports;

use chrono::NaiveDate;
use forecourt::document::{
    AdvanceReceipt, ClaimKind, Content, CreditNote, Document, Invoice, Letterhead, Logo, Party, Payment, Proforma,
    Sale, SalesQuotation, Tax, TaxInvoice, Vehicle,
};

pub(super) use extreme::extreme;
pub(super) use reports::{claim, financier_report, stock_report};

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

pub(super) fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day")
}
