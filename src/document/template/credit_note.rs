use super::goods;
use super::parts::{self, Amount, figure};
use super::stationery::{Caption, Stationery};
use crate::document::typeset::{Cell, Entry, Format, Heading};
use crate::document::{CreditNote, Document, figures};
use crate::error::Result;

pub(super) fn set(document: &Document, view: &CreditNote) -> Result<Vec<u8>> {
    let caption = Caption { title: "CREDIT NOTE", number: &view.number, day: view.issued_on };
    let mut on = Stationery::new(document, Format::Upright, &caption)?;
    let dealer = parts::dealer(on.letterhead(), view.supplier_tin.as_deref());
    let currency = view.currency.as_str();
    parts::parties(&mut on, ("Supplier", &dealer), ("Credited to", &view.buyer));
    parts::facts(
        &mut on,
        &[
            ("Date of credit note", Some(figures::day(view.issued_on))),
            ("For invoice", Some(view.bill_number.clone())),
            ("Date of that invoice", Some(figures::day(view.billed_on))),
            ("Branch", Some(view.branch_name.clone())),
            ("Vehicle", Some(if view.unit_returned { "Returned into stock" } else { "Not returned" }.to_owned())),
        ],
    );
    let mut amounts = Vec::new();
    if let Some(tax) = view.tax {
        amounts.push(Amount::plain("Value excluding VAT", view.amount_minor - tax.vat_minor));
        if tax.sscl_minor != 0 {
            amounts.push(Amount::within(format!("of which SSCL {}", figures::rate(tax.sscl_bp)), tax.sscl_minor));
        }
        amounts.push(Amount::plain(format!("VAT {}", figures::rate(tax.vat_bp)), tax.vat_minor));
    }
    amounts.push(Amount::total("Total credited", view.amount_minor));
    let headings = vec![
        Heading::wrapped("Description", 1),
        Heading::figures("Quantity"),
        Heading::figures(format!("Amount ({currency})")),
    ];
    let entry = Entry::Cells(vec![goods::vehicle(&view.vehicle), Cell::new("1"), figure(view.amount_minor, currency)]);
    let tail = parts::totals(&on, &amounts, ("Total in words", view.amount_minor), currency);
    let table = goods::table(&on, headings, vec![entry]);
    on.paper().table(&table, tail);
    parts::remarks(&mut on, "Reason", std::slice::from_ref(&view.reason));
    let signer = format!("For {}", on.letterhead().dealer_name);
    on.signed(&[&signer])
}
