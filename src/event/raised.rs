//! Events as they come up: what changed twice is told once, and what is too much is told in one word.

use std::collections::VecDeque;

use chrono::NaiveDate;
use entity::tenant::Tenant;
use sea_orm::sea_query::ValueType;
use sea_orm::{IdenStatic, Iterable, ModelTrait};
use uuid::Uuid;

use super::{Event, Figures, What};

/// Rows of one kind and place that are told one by one; of more, only that there are many.
const MOST: usize = 20;

/// Events in the order in which they came up, none of them twice.
#[derive(Debug, Default)]
pub struct Raised(VecDeque<Event>);

impl Raised {
    /// Notes the rows that are about to be written.
    pub fn rows<E: Tenant>(&mut self, rows: &[E::Model]) {
        rows.iter().filter_map(of_row::<E>).for_each(|event| self.add(event));
    }

    /// Notes an event.
    pub fn add(&mut self, event: Event) {
        if self.0.iter_mut().any(|known| known.absorb(&event)) {
            return;
        }
        self.0.push_back(event);
        let Some(many) = many(event.what) else { return };
        let many = Event { what: many, ..event };
        let is_told = |known: &Event| {
            let mut many = many;
            many.absorb(known)
        };
        if self.0.iter().filter(|known| is_told(known)).count() > MOST {
            self.0.retain(|known| !is_told(known));
            self.0.push_back(many);
        }
    }

    /// Takes the first.
    pub fn pop(&mut self) -> Option<Event> {
        self.0.pop_front()
    }

    /// Takes all of them.
    pub fn take(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.0).into()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// What many events of a kind are told as.
fn many(what: What) -> Option<What> {
    match what {
        What::Bill(_) => Some(What::Bills),
        What::Unit(_) | What::Transfer(_) => Some(What::Stock),
        What::Job(_) => Some(What::Jobs),
        What::Bills | What::Stock | What::Jobs | What::Figures(_) => None,
    }
}

/// What a row that was written tells; nothing, for most tables.
fn of_row<E: Tenant>(row: &E::Model) -> Option<Event> {
    let entity = E::default();
    let what = match entity.table_name() {
        "bill" => What::Bill(cell::<E, Uuid>(row, "id")?),
        "payment" | "credit_note" | "rmv_case" => What::Bill(cell::<E, Uuid>(row, "bill_id")?),
        "bike_unit" => What::Unit(cell::<E, Uuid>(row, "id")?),
        "stock_transfer" => What::Transfer(cell::<E, Uuid>(row, "id")?),
        "job" => What::Job(cell::<E, Uuid>(row, "id")?),
        "kpi_day" => {
            let day = cell::<E, NaiveDate>(row, "day")?;
            What::Figures(Figures { days: Some((day, day)), open: false })
        }
        "kpi_open" => What::Figures(Figures { days: None, open: true }),
        _ => return None,
    };
    let dealership = <Uuid as ValueType>::try_from(row.get(E::dealership())).ok()?;
    let branch = E::branch().and_then(|column| <Uuid as ValueType>::try_from(row.get(column)).ok());
    // What adds up a dealership changes with its branches, which are told.
    let is_total = matches!(what, What::Figures(_)) && branch.is_none();
    (!is_total).then_some(Event { dealership, branch, what })
}

fn cell<E: Tenant, T: ValueType>(row: &E::Model, column: &str) -> Option<T> {
    let column = E::Column::iter().find(|known| known.as_str() == column)?;
    T::try_from(row.get(column)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(branch: u128, what: What) -> Event {
        Event { dealership: Uuid::from_u128(1), branch: Some(Uuid::from_u128(branch)), what }
    }

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 9, day).expect("a day")
    }

    #[test]
    fn what_changed_twice_is_told_once() {
        let mut raised = Raised::default();
        for what in [What::Bill(Uuid::from_u128(7)), What::Unit(Uuid::from_u128(7)), What::Bill(Uuid::from_u128(7))] {
            raised.add(of(2, what));
        }
        raised.add(of(3, What::Bill(Uuid::from_u128(7))));
        assert_eq!(raised.take().len(), 3);
        assert!(raised.is_empty());
    }

    #[test]
    fn figures_of_a_branch_are_one_stretch_of_days() {
        let mut raised = Raised::default();
        for (days, open) in [(Some((day(4), day(4))), false), (None, true), (Some((day(2), day(2))), false)] {
            raised.add(of(2, What::Figures(Figures { days, open })));
        }
        let figures = Figures { days: Some((day(2), day(4))), open: true };
        assert_eq!(raised.take(), [of(2, What::Figures(figures))]);
    }

    #[test]
    fn too_many_of_a_place_are_told_in_one_word() {
        let mut raised = Raised::default();
        for id in 0..1_000 {
            raised.add(of(2, What::Bill(Uuid::from_u128(id))));
            raised.add(of(
                2,
                if id % 2 == 0 { What::Unit(Uuid::from_u128(id)) } else { What::Transfer(Uuid::from_u128(id)) },
            ));
        }
        raised.add(of(3, What::Bill(Uuid::from_u128(7))));
        let told = raised.take();
        assert_eq!(told.len(), 3, "{told:?}");
        assert!(
            [of(2, What::Bills), of(2, What::Stock), of(3, What::Bill(Uuid::from_u128(7)))]
                .iter()
                .all(|event| told.contains(event))
        );
    }
}
