//! What is asked for by the clock: each tick once, however many workers there are.

use std::collections::HashMap;

use chrono::{DateTime, TimeZone, Utc};
use croner::Cron;
use entity::dealership;
use sea_orm::QueryOrder;
use uuid::Uuid;

use crate::app::App;
use crate::calendar;
use crate::error::{Error, Result};
use crate::queue::{INSTALLATION, Order, Priority, Sweep, Task, Unique, VerifyFigures, enqueue};
use crate::scope::Scope;

/// The last ticks that were asked for, by dealership and task, so that the database is not asked about them again.
#[derive(Default)]
pub(super) struct Schedule(HashMap<(Uuid, &'static str), DateTime<Utc>>);

impl Schedule {
    /// Asks for what the clock has come to since it was last looked at. After a pause the last tick is made up for, those
    /// before it are not.
    pub(super) async fn look(&mut self, app: &App) -> Result<()> {
        let (now, jobs) = (app.now(), app.jobs());
        let tx = app.read(Scope::system("what the clock asks for")).await?;
        let dealerships = tx.all(tx.select::<dealership::Entity>().order_by_asc(dealership::Column::Id)).await?;
        drop(tx);
        let mut due = Vec::new();
        self.note(&mut due, INSTALLATION, &Sweep {}, last(&jobs.sweep, now.with_timezone(&Utc)), None)?;
        for row in dealerships {
            let zone = calendar::zone(&row.time_zone).map_err(Error::internal)?;
            let tick = last(&jobs.verify_figures, now.with_timezone(&zone));
            self.note(&mut due, row.id, &VerifyFigures {}, tick, Some(row.created_at))?;
        }
        if due.is_empty() {
            return Ok(());
        }
        let tx = app.write(Scope::system("what the clock asks for")).await?;
        let mut ticks = Vec::with_capacity(due.len());
        for (key, tick, order) in due {
            enqueue(&tx, order, now).await?;
            ticks.push((key, tick));
        }
        tx.commit().await?;
        self.0.extend(ticks);
        Ok(())
    }

    fn note<T: Task>(
        &self,
        due: &mut Vec<((Uuid, &'static str), DateTime<Utc>, Order)>,
        dealership: Uuid,
        task: &T,
        tick: Option<DateTime<Utc>>,
        since: Option<DateTime<Utc>>,
    ) -> Result<()> {
        let key = (dealership, T::KIND);
        let is_new = |tick: &DateTime<Utc>| self.0.get(&key).is_none_or(|known| known < tick);
        // What was before a dealership was is not made up for.
        let Some(tick) = tick.filter(is_new).filter(|tick| since.is_none_or(|since| since < *tick)) else {
            return Ok(());
        };
        let unique = Unique::Once(tick.to_rfc3339());
        let order = Order::new(task)?.at(dealership, None).priority(Priority::Bulk).unique(unique);
        due.push((key, tick, order));
        Ok(())
    }
}

/// The last time at or before `now` that a pattern names. A local time that a change of clocks leaves out, or has twice, is
/// the library's to place.
fn last<Z: TimeZone>(cron: &Cron, now: DateTime<Z>) -> Option<DateTime<Utc>> {
    cron.find_previous_occurrence(&now, true).ok().map(|tick| tick.to_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tick_is_a_local_time() {
        let cron: Cron = "30 2 * * *".parse().expect("a pattern");
        let at = |text: &str| text.parse::<DateTime<Utc>>().expect("a time");
        let zone = calendar::zone("Asia/Colombo").expect("a zone");
        let last = |text| last(&cron, at(text).with_timezone(&zone)).expect("a tick");
        assert_eq!(last("2026-11-26T21:00:00Z"), at("2026-11-26T21:00:00Z"));
        assert_eq!(last("2026-11-26T20:59:59Z"), at("2026-11-25T21:00:00Z"));
        assert_eq!(last("2026-11-27T12:00:00Z"), at("2026-11-26T21:00:00Z"));
    }
}
