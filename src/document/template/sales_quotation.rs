use super::goods;
use super::parts::{self, Amount, figure};
use super::stationery::{Caption, Stationery};
use crate::document::typeset::{Cell, Entry, Format, Heading};
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
    let leased = view.leased_minor.unwrap_or(0);
    let charges = figures::sum([view.total_minor, leased, -view.vehicle_price_minor])?;
    let mut entries = vec![Entry::Cells(vec![
        goods::vehicle(&view.vehicle),
        Cell::new("1"),
        figure(view.vehicle_price_minor, currency),
    ])];
    if charges != 0 {
        let name = if charges == view.rmv_charge_minor { "RMV registration charge" } else { "Other charges" };
        entries.push(Entry::Cells(vec![Cell::new(name), Cell::new("1"), figure(charges, currency)]));
    }
    let total = figures::sum([view.vehicle_price_minor, charges])?;
    let mut amounts = vec![Amount::total("Total", total)];
    if leased > 0 {
        let by = view.financier.as_ref().map_or("the financier", |financier| financier.name.as_str());
        amounts.push(Amount::plain(format!("Leased share, payable by {by}"), -leased));
        amounts.push(Amount::total("Payable by you", view.total_minor));
    }
    let headings = vec![
        Heading::wrapped("Description", 1),
        Heading::figures("Quantity"),
        Heading::figures(format!("Amount ({currency})")),
    ];
    let tail = parts::totals(&on, &amounts, ("Total in words", total), currency);
    let table = goods::table(&on, headings, entries);
    on.table(table, tail);
    let sentences: Vec<String> = view.remarks.iter().cloned().collect();
    parts::remarks(&mut on, "Remarks", &sentences);
    let signer = format!("For {}", on.letterhead().dealer_name);
    on.signed(&[&signer])
}
