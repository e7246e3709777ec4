//! Key figures made anew.

use super::Work;
use super::run::{Failure, Outcome, Run};
use crate::kpi::{self, Place};
use crate::permission::Permission;
use crate::queue::RebuildFigures;

impl Work for RebuildFigures {
    async fn work(self, run: Run) -> Result<Outcome, Failure> {
        run.scope().require(Permission::KeepJobs)?;
        let place = Place { dealership: run.scope().dealership()?, branch: run.scope().reach_branch() };
        let mut tx = run.write().await?;
        // What adds up the dealership is made of all of its branches.
        tx.reach_the_dealership("key figures made anew").await?;
        kpi::rebuild(&tx, place, self.month).await?;
        Ok(run.finish(tx, None).await?)
    }
}
