//! From whoever tells to whoever hears, within the process. What waits to be heard is bounded: whoever is too slow is told
//! so, and reads anew.

use tokio::sync::{broadcast, watch};

use super::Event;

/// Where events pass through. It is open while all of them do.
pub struct Hub {
    channel: watch::Sender<Option<broadcast::Sender<Event>>>,
    kept: usize,
}

/// All events from one time on.
pub struct Hearing(broadcast::Receiver<Event>);

/// Why events were not heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missed {
    /// More came than are kept for those who are slow.
    Lagged,
    /// There was a time when nobody listened for them.
    Lost,
}

impl Default for Hub {
    fn default() -> Self {
        Self::new(1_024)
    }
}

impl Hub {
    /// One that keeps so many events for those who are slow; closed.
    pub fn new(kept: usize) -> Self {
        Self { channel: watch::Sender::new(None), kept: kept.max(1) }
    }

    /// From now on all events pass through here.
    pub(crate) fn open(&self) {
        self.channel.send_replace(Some(broadcast::Sender::new(self.kept)));
    }

    /// From now on events may be missed: everybody who hears is told, and nobody can begin to.
    pub(crate) fn close(&self) {
        self.channel.send_replace(None);
    }

    /// Hands events on.
    pub(crate) fn tell(&self, events: impl IntoIterator<Item = Event>) {
        if let Some(channel) = &*self.channel.borrow() {
            for event in events {
                // Nobody may be there to hear it.
                let _ = channel.send(event);
            }
        }
    }

    /// How many hear.
    pub(crate) fn listeners(&self) -> usize {
        self.channel.borrow().as_ref().map_or(0, broadcast::Sender::receiver_count)
    }

    /// Hears what is told from now on, once the hub is open.
    pub(crate) async fn hear(&self) -> Hearing {
        let mut state = self.channel.subscribe();
        loop {
            if let Some(channel) = &*state.borrow_and_update() {
                return Hearing(channel.subscribe());
            }
            if state.changed().await.is_err() {
                // The hub is gone, and nobody will ever tell anything.
                std::future::pending::<()>().await;
            }
        }
    }
}

impl Hearing {
    /// The next event.
    ///
    /// # Errors
    /// When one may have been missed; there is none after that.
    pub async fn next(&mut self) -> Result<Event, Missed> {
        self.0.recv().await.map_err(|error| match error {
            broadcast::error::RecvError::Lagged(_) => Missed::Lagged,
            broadcast::error::RecvError::Closed => Missed::Lost,
        })
    }

    /// The next event, if it is there already.
    ///
    /// # Errors
    /// As [`Hearing::next`].
    pub fn next_now(&mut self) -> Result<Option<Event>, Missed> {
        match self.0.try_recv() {
            Ok(event) => Ok(Some(event)),
            Err(broadcast::error::TryRecvError::Empty) => Ok(None),
            Err(broadcast::error::TryRecvError::Lagged(_)) => Err(Missed::Lagged),
            Err(broadcast::error::TryRecvError::Closed) => Err(Missed::Lost),
        }
    }
}
