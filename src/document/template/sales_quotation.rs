use super::goods;
use super::parts::{self, Amount};
use super::stationery::{Caption, Stationery};
use crate::document::typeset::{Cell, Format};
use crate::document::{Document, SalesQuotation, figures};
use crate::error::Result;

pub(super) fn set(document: &Document, view: &SalesQuotation) -> Result<Vec<u8>> {
    let caption = Caption { title: "QUOTATION", number: &view.number, day: view.quoted_on };
    let mut on = Stationery::new(document, Format::Upright, &caption)?;
    let currency = view.currency.as_str();
    parts::parties(&mut on, ("From", None), ("For", &view.customer));
    parts::facts(
        &mut on,
        &[
            ("Date", Some(figures::day(view.quoted_on))),
            ("Valid until", Some(figures::day(view.valid_until))),
            ("Branch", Some(view.branch_name.clone())),
            ("Mode of payment", Some(view.payment_mode.clone())),
            ("Financed by", view.financier.as_ref().map(|financier| financier.name.clone())),
            ("Sales executive", view.salesperson.clone()),
        ],
    );
    let charge = figures::sum([view.total_minor, view.leased_minor.unwrap_or(0), -view.vehicle_price_minor])?;
    let total = figures::sum([view.vehicle_price_minor, charge])?;
    let line = (charge != 0).then(|| (Cell::new(goods::charge_name(charge, view.rmv_charge_minor)), charge));
    let entries = goods::lines(&view.vehicle, view.vehicle_price_minor, line, currency);
    let mut amounts = vec![Amount::total("Total", total)];
    amounts.extend(goods::leased(view.leased_minor, view.financier.as_ref(), "Payable by you", view.total_minor));
    let tail = parts::totals(&on, &amounts, ("Total in words", total), currency);
    let table = goods::table(&on, goods::headings("Description", currency), entries);
    on.table(table, tail);
    let sentences: Vec<String> = view.remarks.iter().cloned().collect();
    parts::remarks(&mut on, "Remarks", &sentences);
    on.signed(&[])
}
