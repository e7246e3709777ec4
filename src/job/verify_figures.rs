//! Key figures compared with their documents.

use super::Work;
use super::run::{Failure, Outcome, Run};
use crate::kpi::{self, Place};
use crate::queue::VerifyFigures;

impl Work for VerifyFigures {
    async fn work(self, run: Run) -> Result<Outcome, Failure> {
        let place = Place { dealership: run.scope().dealership()?, branch: run.scope().reach_branch() };
        let tx = run.read().await?;
        let drift = kpi::drift(&tx, place, None).await?;
        match drift.len() {
            0 => Ok(Outcome::Done { result: Some("Every key figure is what its documents add up to.".to_owned()) }),
            cells => {
                tracing::error!(dealership = %place.dealership, cells, "key figures differ from their documents");
                let message = format!("{cells} cells of key figures differ from their documents: have them made anew.");
                Err(Failure::for_good("FIGURES_DIFFER", message))
            }
        }
    }
}
