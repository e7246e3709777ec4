//! Why a root field is asked: to say what it wants to hear of, or to tell what happened.

use std::sync::{Arc, Mutex, PoisonError};

use async_graphql::{Context, ID};
use futures_util::stream;
use uuid::Uuid;

use super::super::branch::Branch;
use super::super::context::{Cx, cx};
use super::super::global_id::{self, Tag};
use super::super::job::Job;
use super::super::node::Noun;
use crate::error::{Error, Result};
use crate::event::{Event, What};
use crate::scope::Reach;
use crate::store::load::Key;

/// Why a root field is asked.
pub(in super::super) enum Turn {
    /// What does it want to hear of?
    Begin(Arc<Mutex<Option<Watch>>>),
    /// This happened.
    Tell(Vec<Event>),
}

/// What a subscription wants to hear of.
pub(in super::super) struct Watch {
    subject: Subject,
    branch: Option<Key>,
    job: Option<Key>,
}

/// What is listened to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Subject {
    Bills,
    Stock,
    Figures,
    Jobs,
}

/// What a root field tells at one time: one thing, or nothing.
pub(super) type Told<T> = stream::Iter<std::option::IntoIter<T>>;

pub(super) fn told<T>(what: Option<T>) -> Told<T> {
    stream::iter(what)
}

impl Watch {
    /// Whether it wants to hear of this, for somebody who reaches so far. A test of what is known at hand; whether the row
    /// may be seen, the database says.
    pub(in super::super) fn wants(&self, event: &Event, reach: &Reach) -> bool {
        let is_there = |key: Key| (event.dealership, event.branch) == (key.dealership, Some(key.id));
        Subject::of(event.what) == self.subject
            && self.branch.is_none_or(is_there)
            && self.job.is_none_or(|job| matches!(event.what, What::Jobs) || event.what == What::Job(job.id))
            && reach.holds(event.dealership, event.branch)
    }

    /// What it is told to begin with, whether it happens or not.
    pub(in super::super) fn first(&self) -> Option<Event> {
        let job = self.job?;
        Some(Event { dealership: job.dealership, branch: None, what: What::Job(job.id) })
    }

    /// Whether it is told what comes together in one word, and not more often than every second.
    pub(in super::super) fn gathers(&self) -> bool {
        self.subject == Subject::Figures
    }
}

impl Subject {
    fn of(what: What) -> Self {
        match what {
            What::Bill(_) | What::Bills => Self::Bills,
            What::Unit(_) | What::Transfer(_) | What::Stock => Self::Stock,
            What::Figures(_) => Self::Figures,
            What::Job(_) | What::Jobs => Self::Jobs,
        }
    }

    /// What happened since the last turn; nothing, at the first, which says what is listened to: of all that the scope
    /// reaches, or of one branch.
    ///
    /// # Errors
    /// `NOT_FOUND` for a branch out of reach, as for an unknown one.
    pub(super) async fn heard<'a>(self, ctx: &Context<'a>, branch: Option<&ID>) -> Result<&'a [Event]> {
        match ctx.data_unchecked::<Turn>() {
            Turn::Tell(events) => Ok(events),
            Turn::Begin(slot) => {
                let branch = match branch {
                    Some(id) => Some(reached::<Branch>(cx(ctx), Tag::Branch, id).await?),
                    None => None,
                };
                Ok(begin(slot, Watch { subject: self, branch, job: None }))
            }
        }
    }
}

/// [`Subject::heard`], of jobs: of all that the scope reaches, or of one.
///
/// # Errors
/// `NOT_FOUND` for a job out of reach, as for an unknown one.
pub(super) async fn heard_of_jobs<'a>(ctx: &Context<'a>, job: Option<&ID>) -> Result<&'a [Event]> {
    match ctx.data_unchecked::<Turn>() {
        Turn::Tell(events) => Ok(events),
        Turn::Begin(slot) => {
            let job = match job {
                Some(id) => Some(reached::<Job>(cx(ctx), Tag::Job, id).await?),
                None => None,
            };
            Ok(begin(slot, Watch { subject: Subject::Jobs, branch: None, job }))
        }
    }
}

fn begin(slot: &Mutex<Option<Watch>>, watch: Watch) -> &'static [Event] {
    *slot.lock().unwrap_or_else(PoisonError::into_inner) = Some(watch);
    &[]
}

/// The row that an id names, if the scope reaches it.
async fn reached<N: Noun>(cx: &Cx, tag: Tag, id: &ID) -> Result<Key> {
    // The time an answer takes must not tell a malformed id from a foreign one: look up what cannot be there.
    let nothing = Key { dealership: Uuid::nil(), id: Uuid::nil() };
    let key = global_id::expect(tag, id).unwrap_or(nothing);
    cx.load::<N>(key).await?.map(|_| key).ok_or(Error::NotFound)
}
