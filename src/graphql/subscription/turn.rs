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
    /// Of one job, where it is about jobs; else of one branch.
    only: Option<Key>,
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
        let is_of = |key: Key| match event.what {
            What::Job(id) => id == key.id,
            // The one may be among them.
            What::Jobs => true,
            _ => (event.dealership, event.branch) == (key.dealership, Some(key.id)),
        };
        Subject::of(event.what) == self.subject
            && self.only.is_none_or(is_of)
            && reach.holds(event.dealership, event.branch)
    }

    /// What it is told to begin with, whether it happens or not.
    pub(in super::super) fn first(&self) -> Option<Event> {
        let job = self.only.filter(|_| self.subject == Subject::Jobs)?;
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

    /// What happened since the last turn; nothing, at the first, which says what is listened to: all that the scope reaches,
    /// or what is of `only` one: a job, where it is about jobs, else a branch.
    ///
    /// # Errors
    /// `NOT_FOUND` for one out of reach, as for an unknown one.
    pub(super) async fn heard<'a>(self, ctx: &Context<'a>, only: Option<&ID>) -> Result<&'a [Event]> {
        match ctx.data_unchecked::<Turn>() {
            Turn::Tell(events) => Ok(events),
            Turn::Begin(slot) => {
                let only = match (only, self) {
                    (None, _) => None,
                    (Some(id), Self::Jobs) => Some(reached::<Job>(cx(ctx), Tag::Job, id).await?),
                    (Some(id), _) => Some(reached::<Branch>(cx(ctx), Tag::Branch, id).await?),
                };
                *slot.lock().unwrap_or_else(PoisonError::into_inner) = Some(Watch { subject: self, only });
                Ok(&[])
            }
        }
    }
}

/// The row that an id names, if the scope reaches it.
async fn reached<N: Noun>(cx: &Cx, tag: Tag, id: &ID) -> Result<Key> {
    // The time an answer takes must not tell a malformed id from a foreign one: look up what cannot be there.
    let nothing = Key { dealership: Uuid::nil(), id: Uuid::nil() };
    let key = global_id::expect(tag, id).unwrap_or(nothing);
    cx.load::<N>(key).await?.map(|_| key).ok_or(Error::NotFound)
}
