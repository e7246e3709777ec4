use super::goods;
use super::parts::{self, Amount, figure};
use super::stationery::{Caption, Stationery};
use crate::document::typeset::{Cell, Entry, Format, Heading};
use crate::document::{Claim, ClaimKind, Document, figures};
use crate::error::Result;
use crate::money;

pub(super) fn set(document: &Document, view: &Claim) -> Result<Vec<u8>> {
    let caption = Caption { title: title(view), number: &view.number, day: view.issued_on };
    let mut on = Stationery::new(document, Format::Upright, &caption)?;
    let currency = view.currency.as_str();
    parts::parties(&mut on, ("From", None), ("Customer", &view.customer));
    parts::facts(
        &mut on,
        &[
            ("Date", Some(figures::day(view.issued_on))),
            ("Registration no.", view.registration_number.clone()),
            ("Date of accident", view.accident_on.map(figures::day)),
            ("Claim no.", view.claim_number.clone()),
            ("Insurance company", view.insurance_company.clone()),
            ("Made from quotation", view.estimate_number.clone()),
            ("Branch", Some(view.branch_name.clone())),
            ("Prepared by", view.prepared_by.clone()),
        ],
    );
    let entries = (1..).zip(&view.items).map(|(number, item): (u32, _)| {
        Entry::Cells(vec![
            Cell::new(number.to_string()),
            Cell::new(&item.description),
            Cell::new(money::thousandths(item.quantity_milli)),
            figure(item.rate_minor, currency),
            figure(item.amount_minor, currency),
        ])
    });
    let headings = vec![
        Heading::figures("No."),
        Heading::wrapped("Description", 1),
        Heading::figures("Quantity"),
        Heading::figures(format!("Rate ({currency})")),
        Heading::figures(format!("Amount ({currency})")),
    ];
    let table = goods::table(&on, headings, entries.collect());
    let amounts = [Amount::total("Total", view.total_minor)];
    let tail = parts::totals(&on, &amounts, ("Total in words", view.total_minor), currency);
    on.table(table, tail);
    let sentences: Vec<String> = view.remarks.iter().cloned().collect();
    parts::remarks(&mut on, "Remarks", &sentences);
    match view.kind {
        ClaimKind::Quotation => on.signed(&[]),
        ClaimKind::Invoice => on.signed(&["Customer"]),
    }
}

fn title(view: &Claim) -> &'static str {
    let claimed = view.claim_number.is_some() || view.insurance_company.is_some();
    match (view.kind, claimed) {
        (ClaimKind::Quotation, true) => "CLAIM QUOTATION",
        (ClaimKind::Quotation, false) => "REPAIR QUOTATION",
        (ClaimKind::Invoice, true) => "CLAIM INVOICE",
        (ClaimKind::Invoice, false) => "REPAIR INVOICE",
    }
}
