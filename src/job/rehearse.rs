//! Nothing done, so that it can be seen how fast.

use super::Work;
use super::run::{Failure, Outcome, Run};
use crate::queue::Rehearse;

impl Work for Rehearse {
    async fn work(self, _: Run) -> Result<Outcome, Failure> {
        Ok(Outcome::Done { result: None })
    }
}
