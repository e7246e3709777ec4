//! What is open as of now, by age: stock, receivables, promises.

use std::collections::BTreeMap;

use chrono::{NaiveDate, TimeDelta};
use entity::open_item::{self, Kind};
use entity::{bike_unit, kpi_open};
use sea_orm::sea_query::{Expr, SelectStatement};
use sea_orm::{ActiveEnum, ColumnTrait, QueryFilter, QueryTrait, Select};
use uuid::Uuid;

use super::kept::Kept;
use super::measure::quotient;
use super::question::Filter;
use super::select::{InOrder, add_up, group_by, level, narrowed};
use crate::database::Tx;
use crate::error::Result;

/// What is open in some place.
#[derive(Debug)]
pub struct Now {
    /// From which day ages are counted.
    pub today: NaiveDate,
    /// Where it was looked for.
    pub place: Filter,
    cells: Sums,
}

/// What is open of a kind and a currency since a day.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Slot {
    kind: Kind,
    currency: String,
    since: NaiveDate,
}

/// Amounts by kind and currency, and by day.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Sums(BTreeMap<(Kind, String), BTreeMap<NaiveDate, Amount>>);

/// Things that are open, together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Amount {
    /// How many.
    pub items: i64,
    /// Σ amounts in minor units.
    pub minor: i64,
    /// Those whose amount is an estimate.
    pub estimated: i64,
    /// Units without a colour.
    pub uncoloured: i64,
}

/// Ages in days, both inclusive; below zero lies what is not due yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ages {
    /// The youngest.
    pub from: Option<i64>,
    /// The oldest.
    pub to: Option<i64>,
}

/// Stock of one model and how long it lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Supply {
    /// Whose.
    pub dealership: Uuid,
    /// The model.
    pub model: Uuid,
    /// Units for sale.
    pub available: i64,
    /// Units sold in the last 30 days.
    pub sold: i64,
}

impl Slot {
    pub(super) fn of(row: &kpi_open::Model) -> Self {
        Self { kind: row.kind, currency: row.currency.clone(), since: row.since }
    }
}

impl Sums {
    pub(super) fn add(&mut self, slot: Slot, amount: Amount) {
        let Slot { kind, currency, since } = slot;
        self.0.entry((kind, currency)).or_default().entry(since).or_default().add(amount);
    }
}

impl Amount {
    pub(super) fn of(row: &kpi_open::Model) -> Self {
        let kpi_open::Model { items, amount_minor: minor, estimated, uncoloured, .. } = *row;
        Self { items, minor, estimated, uncoloured }
    }

    pub(super) fn add(&mut self, more: Self) {
        self.items += more.items;
        self.minor += more.minor;
        self.estimated += more.estimated;
        self.uncoloured += more.uncoloured;
    }
}

impl Ages {
    /// All of them.
    pub const ALL: Self = Self { from: None, to: None };

    /// Buckets with these upper ends, the last one open, and one for what is not due yet.
    pub fn buckets(bounds: &[i64]) -> Vec<Self> {
        let mut buckets = vec![Self { from: None, to: Some(-1) }];
        let mut from = 0;
        for bound in bounds {
            buckets.push(Self { from: Some(from), to: Some(*bound) });
            from = bound + 1;
        }
        buckets.push(Self { from: Some(from), to: None });
        buckets
    }

    /// The days, seen from `today`, on which something of that age began.
    fn since(self, today: NaiveDate) -> (Option<NaiveDate>, Option<NaiveDate>) {
        let day = |age: i64| today.checked_sub_signed(TimeDelta::days(age));
        (self.to.and_then(day), self.from.and_then(day))
    }
}

impl Now {
    /// What is open of a kind, currency by currency.
    pub fn currencies(&self, kind: Kind) -> Vec<&str> {
        let own = self.cells.0.iter().filter(|((own, _), cells)| *own == kind && !cells.is_empty());
        own.map(|((_, currency), _)| currency.as_str()).collect()
    }

    /// What is open of a kind, of these ages.
    pub fn amount(&self, kind: Kind, currency: &str, ages: Ages) -> Amount {
        let (from, to) = ages.since(self.today);
        let mut sum = Amount::default();
        let Some(cells) = self.cells.0.get(&(kind, currency.to_owned())) else { return sum };
        let within = |day: &NaiveDate| from.is_none_or(|from| *day >= from) && to.is_none_or(|to| *day <= to);
        for (_, more) in cells.iter().filter(|(day, _)| within(day)) {
            sum.add(*more);
        }
        sum
    }

    /// How many are open of a kind, whatever their currency.
    pub fn items(&self, kind: Kind) -> i64 {
        self.currencies(kind).into_iter().map(|currency| self.amount(kind, currency, Ages::ALL).items).sum()
    }

    /// Their mean age in hundredths of a day, those not due yet left out; none without any.
    pub fn mean_age(&self, kind: Kind, currency: &str) -> Option<i64> {
        let cells = self.cells.0.get(&(kind, currency.to_owned()))?;
        let ages = cells.iter().map(|(day, amount)| ((self.today - *day).num_days(), amount.items));
        let (days, items) = ages.filter(|(age, _)| *age >= 0).fold((0, 0), |(days, items), (age, more)| {
            (days + i128::from(age) * i128::from(more), items + i128::from(more))
        });
        quotient(days * 100, items)
    }
}

/// Adds up what is open, of all kinds at once; of several dealerships from what is kept.
pub async fn now(tx: &Tx, kept: &Kept, place: Filter, today: NaiveDate) -> Result<Now> {
    if place == Filter::default() && tx.scope().dealership().is_err() {
        return Ok(Now { today, place, cells: kept.add_up(tx).await? });
    }
    let mut query = narrowed::<kpi_open::Entity>(tx, &place).filter(kpi_open::Column::Items.ne(0)).into_query();
    level(&mut query, place.branch.is_some() || tx.scope().reach_branch().is_some());
    let mut cells = Sums::default();
    add_up_cells(tx, query, &mut cells).await?;
    Ok(Now { today, place, cells })
}

/// Adds cells up, slot by slot.
pub(super) async fn add_up_cells(tx: &Tx, mut query: SelectStatement, sums: &mut Sums) -> Result<()> {
    query.clear_selects();
    group_by(&mut query, &["kind", "currency", "since"]);
    add_up(&mut query, kpi_open::Model::COLUMNS);
    for row in tx.groups(query).await? {
        let mut row = InOrder::of(&row);
        let slot = Slot { kind: row.next()?, currency: row.next()?, since: row.next()? };
        let [items, minor, estimated, uncoloured] = [row.next()?, row.next()?, row.next()?, row.next()?];
        sums.add(slot, Amount { items, minor, estimated, uncoloured });
    }
    Ok(())
}

/// The very items that an amount was added up from.
pub fn open_items(tx: &Tx, now: &Now, kind: Kind, currency: &str, ages: Ages) -> Select<open_item::Entity> {
    use open_item::Column;
    let (from, to) = ages.since(now.today);
    let mut query = narrowed::<open_item::Entity>(tx, &now.place)
        .filter(Column::Kind.eq(kind))
        .filter(Column::Currency.eq(currency));
    if let Some(from) = from {
        query = query.filter(Column::Since.gte(from));
    }
    if let Some(to) = to {
        query = query.filter(Column::Since.lte(to));
    }
    query
}

/// What each leasing company owes, in the order of their ids: company (none for bills that name none), dealership, currency.
pub async fn by_financier(tx: &Tx, now: &Now) -> Result<Vec<((Uuid, Option<Uuid>, String), Amount)>> {
    use open_item::Column;
    let query = narrowed::<open_item::Entity>(tx, &now.place).filter(Column::Kind.eq(Kind::FinancierReceivable));
    let mut query = query.into_query();
    query.clear_selects();
    group_by(&mut query, &["dealership_id", "finance_company_id", "currency"]);
    add_up(&mut query, &["amount_minor"]);
    query.expr_as(Expr::cust("count(*)"), "items");
    let mut all = Vec::new();
    for row in tx.groups(query).await? {
        let mut row = InOrder::of(&row);
        let key = (row.next()?, row.next()?, row.next()?);
        all.push((key, Amount { minor: row.next()?, items: row.next()?, ..Amount::default() }));
    }
    all.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    Ok(all)
}

/// Units for sale by dealership and model.
pub(super) async fn available(tx: &Tx, place: &Filter) -> Result<BTreeMap<(Uuid, Uuid), i64>> {
    use bike_unit::{Column, Status};
    let query = narrowed::<bike_unit::Entity>(tx, place)
        .filter(Column::Status.eq(Status::Available.to_value()))
        .filter(Column::DeletedAt.is_null());
    let mut query = query.into_query();
    query.clear_selects();
    group_by(&mut query, &["dealership_id", "model_id"]);
    query.expr_as(Expr::cust("count(*)"), "items");
    let rows = tx.groups(query).await?;
    rows.iter().map(InOrder::of).map(|mut row| Ok(((row.next()?, row.next()?), row.next()?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now(cells: &[(&str, i64)]) -> Now {
        let day = |text: &str| text.parse().expect("a day");
        let amount = |items| Amount { items, minor: items * 100, ..Amount::default() };
        let cells = cells.iter().map(|(since, items)| (day(since), amount(*items))).collect();
        let key = (Kind::Stock, "LKR".to_owned());
        Now { today: day("2026-09-15"), place: Filter::default(), cells: Sums(BTreeMap::from([(key, cells)])) }
    }

    #[test]
    fn every_age_lies_in_one_bucket() {
        let now =
            now(&[("2026-09-20", 1), ("2026-09-15", 2), ("2026-08-16", 4), ("2026-08-15", 8), ("2020-01-01", 16)]);
        let buckets = Ages::buckets(&[30, 60]);
        let counts: Vec<_> = buckets.iter().map(|ages| now.amount(Kind::Stock, "LKR", *ages).items).collect();
        assert_eq!(counts, [1, 6, 8, 16]);
        assert_eq!(now.amount(Kind::Stock, "LKR", Ages::ALL), Amount { items: 31, minor: 3_100, ..Amount::default() });
        assert_eq!(now.amount(Kind::Delivery, "LKR", Ages::ALL), Amount::default());
    }

    #[test]
    fn the_mean_age_leaves_out_what_is_not_due() {
        let now = now(&[("2026-09-20", 1), ("2026-09-15", 1), ("2026-09-12", 2)]);
        assert_eq!(now.mean_age(Kind::Stock, "LKR"), Some(200));
        assert_eq!(now.mean_age(Kind::Transfer, ""), None);
    }
}
