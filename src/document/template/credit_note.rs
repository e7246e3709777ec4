use super::goods::{self, charges};
use super::parts::{self, Amount, figure};
use super::stationery::{Caption, Stationery};
use crate::document::typeset::{Cell, Entry, Format, Heading};
use crate::document::{CreditNote, Document, figures};
use crate::error::Result;

pub(super) fn set(document: &Document, view: &CreditNote) -> Result<Vec<u8>> {
    let caption = Caption { title: "CREDIT NOTE", number: &view.number, day: view.issued_on };
    let mut on = Stationery::new(document, Format::Upright, &caption)?;
    let sale = &view.sale;
    let currency = sale.currency.as_str();
    parts::parties(&mut on, ("Supplier", view.supplier_tin.as_deref()), ("Credited to", &sale.buyer));
    parts::facts(
        &mut on,
        &[
            ("Date of credit note", Some(figures::day(view.issued_on))),
            ("For invoice", Some(view.bill_number.clone())),
            ("Date of that invoice", Some(figures::day(view.billed_on))),
            ("Branch", Some(view.branch_name.clone())),
            ("Financed by", sale.financier.as_ref().map(|financier| financier.name.clone())),
            ("Vehicle", Some(if view.unit_returned { "Returned into stock" } else { "Not returned" }.to_owned())),
        ],
    );
    let mut entries = vec![Entry::Cells(vec![
        goods::vehicle(&sale.vehicle),
        Cell::new("1"),
        figure(sale.vehicle_price_minor, currency),
    ])];
    let mut amounts = view.tax.map(|tax| goods::taxes(sale, tax)).unwrap_or_default();
    let mut total = sale.vehicle_price_minor;
    if let Some((name, charge)) = charges(sale) {
        entries.push(Entry::Cells(vec![Cell::new(name), Cell::new("1"), figure(charge, currency)]));
        amounts.push(Amount::plain(name, charge));
        total = figures::sum([total, charge])?;
    }
    amounts.push(Amount::total("Total taken back", total));
    if view.amount_minor != total {
        amounts.push(Amount::plain("Financier's share and what else is not credited", view.amount_minor - total));
        amounts.push(Amount::total("Credited to the customer", view.amount_minor));
    }
    let headings = vec![
        Heading::wrapped("Description", 1),
        Heading::figures("Quantity"),
        Heading::figures(format!("Amount ({currency})")),
    ];
    let tail = parts::totals(&on, &amounts, ("Amount credited in words", view.amount_minor), currency);
    let table = goods::table(&on, headings, entries);
    on.table(table, tail);
    parts::remarks(&mut on, "Reason", std::slice::from_ref(&view.reason));
    let signer = format!("For {}", on.letterhead().dealer_name);
    on.signed(&[&signer])
}
