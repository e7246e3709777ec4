//! Jobs as they go on.

use async_graphql::{Context, ID, SimpleObject, Subscription};

use super::super::context::cx;
use super::super::global_id::{self, Tag};
use super::super::job::Job;
use super::turn::{Subject, Told, told};
use crate::event::What;
use crate::store::load::Key;

/// A job was asked for, is further than it was, or is over.
#[derive(SimpleObject)]
struct JobChange {
    /// The job as it is now. Null when so many changed at once that they are not told one by one: read anew what you show.
    job: Option<Job>,
}

#[derive(Default)]
pub(in super::super) struct JobSubscription;

#[Subscription]
impl JobSubscription {
    /// Jobs of your scope as they are asked for, go on, and end.
    async fn job_progress(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "One job only. It is told as it is at first, so nothing is missed between asking for it and this."
        )]
        job: Option<ID>,
    ) -> async_graphql::Result<Told<JobChange>> {
        let cx = cx(ctx);
        cx.permit::<Job>()?;
        let change = match Subject::Jobs.heard(ctx, job.as_ref()).await?.first() {
            None => None,
            Some(event) => match (event.what, job) {
                (What::Job(id), _) => cx.load(Key { dealership: event.dealership, id }).await?.map(Some),
                // Many changed, and this may be one of them.
                (_, Some(id)) => cx.load(global_id::expect(Tag::Job, &id)?).await?.map(Some),
                (_, None) => Some(None),
            },
        };
        let change = change.map(|job| JobChange { job });
        Ok(told(change))
    }
}
