//! What is not needed any more is forgotten.

use chrono::TimeDelta;
use entity::job::{Column, Entity};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};

use super::Work;
use super::run::{Failure, Outcome, Run};
use crate::post;
use crate::queue::Sweep;

/// Rows that go in one transaction.
const MOST: u64 = 1_000;

impl Work for Sweep {
    async fn work(self, run: Run) -> Result<Outcome, Failure> {
        let letters = post::ask_again(run.app()).await?;
        let until = run.app().now() - TimeDelta::days(i64::from(run.app().jobs().keep_days.get()));
        let mut gone = 0;
        loop {
            let tx = run.write().await?;
            let over =
                tx.select::<Entity>().filter(Column::EndedAt.lt(until)).order_by_asc(Column::EndedAt).limit(MOST);
            let over = tx.all(over).await?;
            if over.is_empty() {
                return Ok(Outcome::Done {
                    result: Some(format!("{gone} jobs are forgotten, {letters} letters asked for again.")),
                });
            }
            let delete = tx
                .scope()
                .delete::<Entity>()
                .filter(Column::EndedAt.lt(until))
                .filter(Column::DealershipId.is_in(over.iter().map(|job| job.dealership_id)))
                .filter(Column::Id.is_in(over.iter().map(|job| job.id)));
            gone += tx.delete(delete).await?;
            tx.commit().await?;
            run.tell(i64::try_from(gone).unwrap_or(i64::MAX), None);
        }
    }
}
