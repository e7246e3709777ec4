use super::goods;
use super::parts::{self, Amount};
use super::stationery::{Caption, Stationery};
use crate::document::typeset::{Cell, Format};
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
    let charge = (view.rmv_charge_minor > 0).then(|| {
        let charge = Cell::new("RMV registration charge").noted("Paid to the registrar; not financed");
        (charge, view.rmv_charge_minor)
    });
    let entries = goods::lines(&view.vehicle, view.vehicle_price_minor, charge, currency);
    let amounts = [
        Amount::plain("Price of the vehicle", view.vehicle_price_minor),
        Amount::plain("Down payment by the customer", -view.down_payment_minor),
        Amount::total("Amount to be leased", view.leased_minor),
    ];
    let tail = parts::totals(&on, &amounts, ("Amount to be leased in words", view.leased_minor), currency);
    let table = goods::table(&on, goods::headings("Description", currency), entries);
    on.table(table, tail);
    let mut sentences: Vec<String> = view.remarks.iter().cloned().collect();
    sentences.push("This proforma is an offer, not a tax invoice.".to_owned());
    parts::remarks(&mut on, "Additional information", &sentences);
    on.signed(&[])
}
