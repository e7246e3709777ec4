use super::goods;
use super::parts::{self, Amount, figure};
use super::stationery::{Caption, Stationery};
use crate::document::typeset::{Cell, Entry, Format, Heading, PT, Picture, Style, Table};
use crate::document::{Document, FinancedSale, FinancierReport, figures};
use crate::error::Result;

/// Amounts of a sale, or of several.
struct Sums {
    price: i64,
    down: i64,
    leased: i64,
    disbursed: i64,
}

pub(super) fn set(document: &Document, view: &FinancierReport) -> Result<Vec<u8>> {
    let caption = Caption { title: "FINANCIER SALES REPORT", number: "", day: view.drawn_up_at.date() };
    let mut on = Stationery::new(document, Format::Wide, &caption)?;
    let currency = view.currency.as_str();
    let mut gap = Picture::new();
    gap.gap(9 * PT);
    on.block(gap);
    let all: Vec<&FinancedSale> = view.financiers.iter().flat_map(|financier| &financier.sales).collect();
    parts::facts(
        &mut on,
        &[
            ("Period", Some(format!("{} to {}", figures::day(view.from), figures::day(view.to)))),
            ("Branches", Some(view.reach.clone())),
            ("Sales", Some(all.len().to_string())),
            ("Prepared for", view.prepared_for.clone()),
            ("Drawn up", Some(figures::moment(view.drawn_up_at))),
        ],
    );
    let mut entries = Vec::new();
    for financier in &view.financiers {
        entries.push(Entry::Group(financier.name.clone()));
        entries.extend(financier.sales.iter().map(|sale| entry(sale, currency)));
        let mut cells = vec![Cell::new("Sum"), Cell::default(), Cell::default(), Cell::default()];
        cells.extend(Sums::of(&financier.sales)?.cells(currency));
        entries.push(Entry::Sums(cells));
    }
    let headings = vec![
        Heading::text("Bill"),
        Heading::text("Date"),
        Heading::wrapped("Customer, branch", 1),
        Heading::wrapped("Model, chassis no.", 1),
        Heading::figures(format!("Price ({currency})")),
        Heading::figures("Down payment"),
        Heading::figures("Leased"),
        Heading::figures("Disbursed"),
        Heading::figures("Outstanding"),
    ];
    let table = Table { style: Style::new(82), ..goods::table(&on, headings, entries) };
    let sums = Sums::of(all)?;
    let amounts = [
        Amount::plain("Leased", sums.leased),
        Amount::plain("Disbursed", -sums.disbursed),
        Amount::total("Outstanding", sums.outstanding()),
    ];
    let tail = parts::totals(&on, &amounts, ("Outstanding in words", sums.outstanding()), currency);
    on.table(table, tail);
    on.unsigned()
}

fn entry(sale: &FinancedSale, currency: &str) -> Entry {
    let mut cells = vec![
        Cell::new(&sale.bill_number),
        Cell::new(figures::day(sale.billed_on)),
        Cell::new(&sale.customer_name).noted(&sale.branch_name),
        Cell::new(&sale.model_name).noted(sale.chassis_number.as_deref().unwrap_or_default()),
    ];
    cells.extend(Sums::from(sale).cells(currency));
    Entry::Cells(cells)
}

impl Sums {
    fn of<'a>(sales: impl IntoIterator<Item = &'a FinancedSale> + Clone) -> Result<Self> {
        let sum = |amount: fn(&FinancedSale) -> i64| figures::sum(sales.clone().into_iter().map(amount));
        Ok(Self {
            price: sum(|sale| sale.vehicle_price_minor)?,
            down: sum(|sale| sale.down_payment_minor)?,
            leased: sum(|sale| sale.leased_minor)?,
            disbursed: sum(|sale| sale.disbursed_minor)?,
        })
    }

    fn outstanding(&self) -> i64 {
        self.leased.saturating_sub(self.disbursed)
    }

    fn cells(&self, currency: &str) -> [Cell; 5] {
        [self.price, self.down, self.leased, self.disbursed, self.outstanding()].map(|minor| figure(minor, currency))
    }
}

impl From<&FinancedSale> for Sums {
    fn from(sale: &FinancedSale) -> Self {
        Self {
            price: sale.vehicle_price_minor,
            down: sale.down_payment_minor,
            leased: sale.leased_minor,
            disbursed: sale.disbursed_minor,
        }
    }
}
