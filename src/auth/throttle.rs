//! Who may try again, and when: every attempt at something that must not be guessed is counted before it is made.
//!
//! [`Throttle::admit`] charges an attempt to all that it is counted for, or to none and refuses it; what was charged stays
//! so unless [`Throttle::succeeded`] hears that the attempt was right. Counts are rows, locked while they are charged:
//! there may be any number of processes, and of a thousand attempts at a time no more get through than are free.

mod refusals;
mod rule;
mod subject;

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use entity::throttle;
use sea_orm::sea_query::{Expr, LockBehavior, LockType, OnConflict};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use tokio::sync::Semaphore;
use uuid::Uuid;

use crate::app::App;
use crate::crypto::{Digester, Keys};
use crate::database::Tx;
use crate::error::{Error, Result};
use crate::scope::Scope;
use refusals::Refusals;
use rule::Rule;
pub use subject::Subject;

/// Attempts of strangers that are looked up at a time: a flood of them leaves connections to everybody else.
const STRANGERS_AT_ONCE: usize = 4;

/// Forgotten rows that go with each attempt. It adds three at most, so that the table shrinks again.
const SWEPT: u64 = 6;

/// Counts attempts.
pub struct Throttle {
    digester: Digester,
    refusals: Refusals,
    strangers: Semaphore,
}

/// What an admitted attempt was charged to.
#[must_use = "an attempt that was right gives back what it was charged"]
pub struct Ticket(Vec<Charge>);

struct Charge {
    id: Uuid,
    rule: Rule,
    /// From when on the next attempt is let through, as this one left it.
    open_at: DateTime<Utc>,
    is_of_strangers: bool,
}

impl Throttle {
    pub(crate) fn new(keys: &Keys) -> Self {
        Self {
            digester: keys.digester("throttle"),
            refusals: Refusals::default(),
            strangers: Semaphore::new(STRANGERS_AT_ONCE),
        }
    }

    /// Charges an attempt to all `subjects`.
    ///
    /// # Errors
    /// `TOO_MANY_ATTEMPTS` when one of them has to wait; none is charged then.
    pub async fn admit(&self, app: &App, subjects: &[Subject<'_>]) -> Result<Ticket> {
        let mut charges: Vec<_> = subjects.iter().map(|subject| self.charge(subject, app.now())).collect();
        // Everybody locks rows in the same order.
        charges.sort_by_key(|charge| charge.id);
        self.recall(&charges, app.now())?;
        let _turn = match charges.iter().any(|charge| charge.is_of_strangers) {
            true => Some(self.strangers.acquire().await.map_err(Error::internal)?),
            false => None,
        };
        let now = app.now();
        // Those ahead in the queue may have learned that there is nothing to be had.
        self.recall(&charges, now)?;
        let tx = app.write(Scope::system("admit an attempt")).await?;
        match self.book(&tx, &mut charges, now).await? {
            Some(refused) => tx.rollback().await.and(Err(refused)),
            None => {
                sweep(&tx, now).await?;
                tx.commit().await?;
                Ok(Ticket(charges))
            }
        }
    }

    /// Gives back what an attempt was charged that turned out right; what counts wrong ones in a row begins anew.
    pub async fn succeeded(&self, app: &App, Ticket(charges): Ticket) -> Result<()> {
        let now = app.now();
        let tx = app.write(Scope::system("an attempt was right")).await?;
        let ids = throttle::Column::Id.is_in(charges.iter().map(|charge| charge.id));
        let query = tx.scope().select_shared::<throttle::Entity>()?.filter(ids);
        let mut rows = tx.all(query.order_by_asc(throttle::Column::Id).lock_exclusive()).await?;
        for row in &mut rows {
            if let Some(charge) = charges.iter().find(|charge| charge.id == row.id) {
                charge.rule.give_back(row, charge.open_at, now);
            }
        }
        if !rows.is_empty() {
            tx.upsert_shared::<throttle::Entity>(rows, overwriting()).await?;
        }
        tx.commit().await?;
        charges.iter().for_each(|charge| self.refusals.forget(charge.id));
        Ok(())
    }

    fn charge(&self, subject: &Subject<'_>, now: DateTime<Utc>) -> Charge {
        let id = subject.id(&self.digester);
        Charge { id, rule: subject.rule(), open_at: now, is_of_strangers: matches!(subject, Subject::Strangers) }
    }

    /// Refuses what was refused a moment ago, without asking the database.
    fn recall(&self, charges: &[Charge], now: DateTime<Utc>) -> Result<()> {
        let opens = charges.iter().filter_map(|charge| self.refusals.get(charge.id, now)).max();
        opens.map_or(Ok(()), |open_at| Err(refusal(open_at - now)))
    }

    /// Charges all rows; says why not, if one has to wait.
    async fn book(&self, tx: &Tx, charges: &mut [Charge], now: DateTime<Utc>) -> Result<Option<Error>> {
        let fresh = charges.iter().map(|charge| rule::forgotten(charge.id, now)).collect();
        let mut rows = tx.upsert_shared::<throttle::Entity>(fresh, locking()).await?;
        let waits: Vec<_> = rows.iter().filter_map(|row| Some((row.id, rule::wait(row, now)?))).collect();
        waits.iter().for_each(|(id, wait)| self.refusals.keep(*id, now, *wait));
        if let Some(longest) = waits.into_iter().map(|(_, wait)| wait).max() {
            return Ok(Some(refusal(longest)));
        }
        for charge in charges {
            let row = rows.iter_mut().find(|row| row.id == charge.id);
            let row = row.ok_or_else(|| Error::internal(anyhow::anyhow!("an upsert gives its rows")))?;
            charge.rule.charge(row, now);
            charge.open_at = row.open_at;
        }
        tx.upsert_shared::<throttle::Entity>(rows, overwriting()).await?;
        Ok(None)
    }
}

/// Writes nothing over a row that is there, but keeps others from it.
fn locking() -> OnConflict {
    let same = Expr::col((throttle::Entity, throttle::Column::Attempts));
    OnConflict::column(throttle::Column::Id).value(throttle::Column::Attempts, same).to_owned()
}

fn overwriting() -> OnConflict {
    use throttle::Column::{Attempts, ForgottenAt, OpenAt};
    OnConflict::column(throttle::Column::Id).update_columns([Attempts, OpenAt, ForgottenAt]).to_owned()
}

/// Deletes a few rows that count no more, and passes over those in somebody's hands.
async fn sweep(tx: &Tx, now: DateTime<Utc>) -> Result<()> {
    let forgotten = tx.scope().select_shared::<throttle::Entity>()?;
    let forgotten = forgotten
        .select_only()
        .column(throttle::Column::Id)
        .filter(throttle::Column::ForgottenAt.lte(now))
        .order_by_asc(throttle::Column::ForgottenAt)
        .limit(SWEPT)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    let delete = tx.scope().delete_shared::<throttle::Entity>()?;
    tx.delete(delete.filter(throttle::Column::Id.in_subquery(forgotten.into_query()))).await.map(drop)
}

/// In whole seconds, the last one begun.
fn refusal(wait: TimeDelta) -> Error {
    let seconds = (wait + TimeDelta::milliseconds(999)).num_seconds();
    Error::TooManyAttempts { retry_after: Duration::from_secs(seconds.max(1).unsigned_abs()) }
}
