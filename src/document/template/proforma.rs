use super::goods;
use super::parts::{self, Amount, figure};
use super::stationery::{Caption, Stationery};
use crate::document::typeset::{Cell, Entry, Format, Heading};
use crate::document::{Document, Proforma, figures};
use crate::error::Result;

pub(super) fn set(document: &Document, view: &Proforma) -> Result<Vec<u8>> {
    let caption = Caption { title: "PROFORMA INVOICE", number: &view.number, day: view.issued_on };
    let mut on = Stationery::new(document, Format::Upright, &caption)?;
    let currency = view.currency.as_str();
    parts::parties(&mut on, ("From", None), ("To", &view.financier));
    let customer = &view.customer;
    parts::facts(
        &mut on,
        &[
            ("Date", Some(figures::day(view.issued_on))),
            ("Valid until", view.valid_until.map(figures::day)),
            ("Branch", Some(view.branch_name.clone())),
            ("Sales executive", view.salesperson.clone()),
            ("Customer", Some(customer.name.clone())),
            ("Customer's NIC", customer.nic.clone()),
            ("Customer's phone", customer.phone.clone()),
            ("Customer's address", customer.address.clone()),
        ],
    );
    let mut entries = vec![Entry::Cells(vec![
        goods::vehicle(&view.vehicle),
        Cell::new("1"),
        figure(view.vehicle_price_minor, currency),
    ])];
    if view.rmv_charge_minor > 0 {
        let note = "Paid to the registrar; not financed";
        let charge = Cell::new("RMV registration charge").noted(note);
        entries.push(Entry::Cells(vec![charge, Cell::new("1"), figure(view.rmv_charge_minor, currency)]));
    }
    let headings = vec![
        Heading::wrapped("Description", 1),
        Heading::figures("Quantity"),
        Heading::figures(format!("Amount ({currency})")),
    ];
    let amounts = [
        Amount::plain("Price of the vehicle", view.vehicle_price_minor),
        Amount::plain("Down payment by the customer", -view.down_payment_minor),
        Amount::total("Amount to be leased", view.leased_minor),
    ];
    let tail = parts::totals(&on, &amounts, ("Amount to be leased in words", view.leased_minor), currency);
    let table = goods::table(&on, headings, entries);
    on.table(table, tail);
    let mut sentences: Vec<String> = view.remarks.iter().cloned().collect();
    sentences.push("This proforma is an offer, not a tax invoice.".to_owned());
    parts::remarks(&mut on, "Additional information", &sentences);
    let signer = format!("For {}", on.letterhead().dealer_name);
    on.signed(&[&signer])
}
