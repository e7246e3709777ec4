//! Documents as nobody hopes to see them.

use forecourt::document::{
    AdvanceReceipt, Claim, ClaimKind, Content, CreditNote, Document, Invoice, Letterhead, Party, Payment, Proforma,
    Sale, SalesQuotation, TaxInvoice, Vehicle,
};

use super::{
    advance_receipt, cash_sale, claim, credit_note, day, financier_report, invoice, logo, on_paper, proforma,
    sales_quotation, stock_report, tax_invoice,
};

/// What must come out whole all the same.
pub(crate) fn extreme() -> Vec<(&'static str, Document)> {
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
                content: Content::Claim(Claim { items: Vec::new(), ..super::claim(ClaimKind::Quotation, 0) }),
            },
        ),
        ("empty-stock-report", on_paper(Content::StockReport(stock_report(0)))),
    ]
}

/// Eighty characters without a blank.
const UNBROKEN: &str = "WMWMWMWMWMABCDEFGHIJKLMNOPQRSTUVWXYZ01234567890123456789WMWMWMWMWMWMWMWMWMWMWMWM";

fn mixed() -> String {
    "ශ්‍රී ලංකා රත්නායක යාපනය யாழ்ப்பாணம் ஸ்ரீ Nallur Kandaswamy 42/7".to_owned()
}

fn long(part: &str, characters: usize) -> String {
    part.chars().cycle().take(characters).collect::<String>().trim().to_owned()
}
