//! Where hashes are computed: a few at a time, and few wait for their turn.

use std::sync::Arc;
use std::time::Duration;

use anyhow::ensure;
use tokio::sync::Semaphore;

use crate::config;
use crate::error::{Error, Result};
use crate::telemetry::metric;

/// After which it may be tried again when too many wait. A hash takes a fraction of it.
const RETRY_AFTER: Duration = Duration::from_secs(1);

/// Who has a hash computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asker {
    /// From a device that the person signed in from before, or signed in, or by a link that was sent to them.
    Known,
    /// Anybody.
    Stranger,
}

/// Threads for hashes, with a queue for each kind of asker: while both wait every other hash is for somebody known,
/// however many strangers there are.
pub(super) struct Pool {
    slots: Arc<Semaphore>,
    known: Queue,
    strangers: Queue,
}

struct Queue {
    /// Of those who wait and those whose turn it is.
    places: Semaphore,
    turns: Arc<Semaphore>,
}

impl Pool {
    pub(super) fn new(config: &config::Passwords) -> anyhow::Result<Self> {
        let config::Passwords { at_once, waiting, .. } = *config;
        ensure!(
            (1..=1024).contains(&at_once),
            "the setting `auth.passwords.at_once` is {at_once}: set it to 1 or more, at most 1024"
        );
        ensure!(waiting <= 65_536, "the setting `auth.passwords.waiting` is {waiting}: set it to 65536 or less");
        let queue = || Queue { places: Semaphore::new(at_once + waiting), turns: Arc::new(Semaphore::new(at_once)) };
        Ok(Self { slots: Arc::new(Semaphore::new(at_once)), known: queue(), strangers: queue() })
    }

    /// Runs `work` when it is the asker's turn.
    ///
    /// # Errors
    /// `TOO_MANY_ATTEMPTS`, at once, when the asker's queue is full.
    pub(super) async fn run<T>(&self, asker: Asker, work: impl FnOnce() -> T + Send + 'static) -> Result<T>
    where
        T: Send + 'static,
    {
        let queue = match asker {
            Asker::Known => &self.known,
            Asker::Stranger => &self.strangers,
        };
        let full = |_| {
            metric::password_refused();
            Error::TooManyAttempts { retry_after: RETRY_AFTER }
        };
        let _place = queue.places.try_acquire().map_err(full)?;
        let turn = Arc::clone(&queue.turns).acquire_owned().await.map_err(Error::internal)?;
        let slot = Arc::clone(&self.slots).acquire_owned().await.map_err(Error::internal)?;
        // Whoever asked may go away meanwhile: the work goes on, and its turn with it.
        let run = move || {
            let done = work();
            drop((slot, turn));
            done
        };
        tokio::task::spawn_blocking(run).await.map_err(Error::internal)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    fn pool(at_once: usize, waiting: usize) -> anyhow::Result<Pool> {
        Pool::new(&config::Passwords { memory_kib: 19_456, passes: 2, lanes: 1, at_once, waiting })
    }

    #[tokio::test]
    async fn those_who_find_the_queue_full_are_sent_away_at_once() {
        let pool = Arc::new(pool(1, 2).expect("a pool"));
        let (go, gone) = mpsc::channel::<()>();
        let (started, starts) = tokio::sync::oneshot::channel();
        let first = {
            let pool = Arc::clone(&pool);
            tokio::spawn(async move {
                let work = move || {
                    started.send(()).expect("somebody listens");
                    gone.recv().expect("a signal");
                };
                pool.run(Asker::Stranger, work).await
            })
        };
        starts.await.expect("the first one runs");
        let ask = |asker| {
            let pool = Arc::clone(&pool);
            tokio::spawn(async move { pool.run(asker, || ()).await })
        };
        let waiting: Vec<_> = (0..2).map(|_| ask(Asker::Stranger)).collect();
        tokio::task::yield_now().await;
        let refused = ask(Asker::Stranger).await.expect("no panic").expect_err("the queue is full");
        assert_eq!(refused.code(), "TOO_MANY_ATTEMPTS");
        let known = ask(Asker::Known);
        go.send(()).expect("the first one waits");
        for one in waiting.into_iter().chain([first, known]) {
            one.await.expect("no panic").expect("has its turn");
        }
    }

    #[test]
    fn settings_out_of_range_name_themselves() {
        let said = |pool: anyhow::Result<Pool>| pool.err().expect("refused").to_string();
        assert_eq!(said(pool(0, 1)), "the setting `auth.passwords.at_once` is 0: set it to 1 or more, at most 1024");
        assert!(said(pool(1, 70_000)).contains("`auth.passwords.waiting`"));
    }
}
