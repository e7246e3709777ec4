use super::goods::{self, charges};
use super::parts::{self, Amount};
use super::stationery::{Caption, Stationery};
use crate::document::typeset::Format;
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
    let (entries, total) = goods::sold(sale)?;
    let mut amounts = view.tax.map(|tax| goods::taxes(sale, tax)).unwrap_or_default();
    amounts.extend(charges(sale).map(|(name, charge)| Amount::plain(name, charge)));
    amounts.push(Amount::total("Total taken back", total));
    if view.amount_minor != total {
        amounts.push(Amount::plain("Financier's share and what else is not credited", view.amount_minor - total));
        amounts.push(Amount::total("Credited to the customer", view.amount_minor));
    }
    let tail = parts::totals(&on, &amounts, ("Amount credited in words", view.amount_minor), currency);
    let table = goods::table(&on, goods::headings("Description", currency), entries);
    on.table(table, tail);
    parts::remarks(&mut on, "Reason", std::slice::from_ref(&view.reason));
    on.signed(&[])
}
