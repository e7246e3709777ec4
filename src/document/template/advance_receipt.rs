use super::goods;
use super::parts::{self, Amount};
use super::stationery::{Caption, Stationery};
use crate::document::typeset::Format;
use crate::document::{AdvanceReceipt, Document, figures};
use crate::error::Result;

pub(super) fn set(document: &Document, view: &AdvanceReceipt) -> Result<Vec<u8>> {
    let caption = Caption { title: "ADVANCE RECEIPT", number: &view.number, day: view.issued_on };
    let mut on = Stationery::new(document, Format::Upright, &caption)?;
    let sale = &view.sale;
    let currency = sale.currency.as_str();
    parts::parties(&mut on, ("From", None), ("Received from", &sale.buyer));
    parts::facts(
        &mut on,
        &[
            ("Date", Some(figures::day(view.issued_on))),
            ("Expected delivery", view.estimated_delivery_on.map(figures::day)),
            ("Branch", Some(view.branch_name.clone())),
            ("Financed by", sale.financier.as_ref().map(|financier| financier.name.clone())),
            ("Sales executive", sale.salesperson.clone()),
        ],
    );
    let (entries, total) = goods::sold(sale)?;
    let mut amounts = vec![Amount::plain("Total", total)];
    if let Some(leased) = sale.leased_minor.filter(|leased| *leased > 0) {
        amounts.push(Amount::plain("Leased share", -leased));
    }
    amounts.push(Amount::total("Advance", view.advance_minor));
    amounts.push(Amount::plain("Balance due on delivery", sale.balance_minor));
    let tail = parts::totals(&on, &amounts, ("Advance in words", view.advance_minor), currency);
    let table = goods::table(&on, goods::headings("Reserved for you", currency), entries);
    on.table(table, tail);
    goods::payments(&mut on, sale);
    let sentence = "An invoice follows when the balance is paid. This receipt is not a tax invoice.";
    parts::remarks(&mut on, "Additional information", &[sentence.to_owned()]);
    on.signed(&["Customer"])
}
