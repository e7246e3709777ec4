//! Tax invoices: VAT Act s. 20(2), Gazette 2463/05 of 17 November 2025 as revised by 2481/22 of 27 March 2026.
//! Whatever either asks for is there: title, both parties with TIN at the top, serial, days, place, values without and with
//! tax, total in words, mode of payment.

use super::goods::{self, charges};
use super::parts::{self, Amount, figure};
use super::stationery::{Caption, Stationery};
use crate::document::typeset::{Cell, Entry, Format, Heading};
use crate::document::{Document, TaxInvoice, figures};
use crate::error::Result;

pub(super) fn set(document: &Document, view: &TaxInvoice) -> Result<Vec<u8>> {
    let caption = Caption { title: "TAX INVOICE", number: &view.number, day: view.issued_on };
    let mut on = Stationery::new(document, Format::Upright, &caption)?;
    let (sale, tax) = (&view.sale, view.tax);
    let currency = sale.currency.as_str();
    parts::parties(&mut on, ("Supplier", Some(&view.supplier_tin)), ("Purchaser", &sale.buyer));
    parts::facts(
        &mut on,
        &[
            ("Date of invoice", Some(figures::gazette_day(view.issued_on))),
            ("Date of supply", Some(figures::gazette_day(view.supplied_on))),
            ("Place of supply", Some(view.place_of_supply.clone())),
            ("Mode of payment", Some(view.payment_mode.clone())),
            ("Financed by", sale.financier.as_ref().map(|financier| financier.name.clone())),
            ("Sales executive", sale.salesperson.clone()),
        ],
    );
    let value = sale.vehicle_price_minor - tax.vat_minor;
    let mut entries = vec![Entry::Cells(vec![
        goods::vehicle(&sale.vehicle),
        Cell::new("1"),
        figure(value, currency),
        figure(tax.vat_minor, currency),
        figure(sale.vehicle_price_minor, currency),
    ])];
    let mut amounts = goods::taxes(sale, tax);
    let mut total = sale.vehicle_price_minor;
    if let Some((name, charge)) = charges(sale) {
        entries.push(Entry::Cells(vec![
            Cell::new(name).noted("Collected on behalf of the registrar; no VAT"),
            Cell::new("1"),
            figure(charge, currency),
            Cell::new("–"),
            figure(charge, currency),
        ]));
        amounts.push(Amount::plain(format!("{name} (no VAT)"), charge));
        total = figures::sum([total, charge])?;
    }
    amounts.push(Amount::total("Total including VAT", total));
    amounts.extend(goods::shares(sale));
    let headings = vec![
        Heading::wrapped("Description", 1),
        Heading::figures("Quantity"),
        Heading::figures(format!("Value excl. VAT ({currency})")),
        Heading::figures(format!("VAT {} ({currency})", figures::rate(tax.vat_bp))),
        Heading::figures(format!("Total ({currency})")),
    ];
    let tail = parts::totals(&on, &amounts, ("Total in words", total), currency);
    let table = goods::table(&on, headings, entries);
    on.table(table, tail);
    goods::payments(&mut on, sale);
    parts::remarks(&mut on, "Additional information", &goods::registration(sale));
    on.signed(&["Purchaser"])
}
