use super::goods;
use super::parts::{self, Amount};
use super::stationery::{Caption, Stationery};
use crate::document::typeset::Format;
use crate::document::{Document, Invoice, figures};
use crate::error::Result;

pub(super) fn set(document: &Document, view: &Invoice) -> Result<Vec<u8>> {
    let caption = Caption { title: "INVOICE", number: &view.number, day: view.issued_on };
    let mut on = Stationery::new(document, Format::Upright, &caption)?;
    let sale = &view.sale;
    let currency = sale.currency.as_str();
    parts::parties(&mut on, ("From", None), ("Bill to", &sale.buyer));
    parts::facts(
        &mut on,
        &[
            ("Date of invoice", Some(figures::day(view.issued_on))),
            ("Delivered on", view.delivered_on.map(figures::day)),
            ("Branch", Some(view.branch_name.clone())),
            ("Mode of payment", Some(view.payment_mode.clone())),
            ("Financed by", sale.financier.as_ref().map(|financier| financier.name.clone())),
            ("Sales executive", sale.salesperson.clone()),
        ],
    );
    let (entries, total) = goods::sold(sale)?;
    let mut amounts = vec![Amount::total("Total", total)];
    amounts.extend(goods::shares(sale));
    let tail = parts::totals(&on, &amounts, ("Total in words", total), currency);
    let table = goods::table(&on, goods::headings("Description", currency), entries);
    on.table(table, tail);
    goods::payments(&mut on, sale);
    parts::remarks(&mut on, "Additional information", &goods::registration(sale));
    on.signed(&["Customer"])
}
