//! How long a client may take over the head of a request: hyper's one time-out counts from the end of the last answer, so
//! it is either too short for a client that keeps its connection or too long for one that sends a byte a second.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use hyper::rt::{Sleep, Timer};
use tokio::time::sleep;

/// The timer of one connection. Hyper asks it for nothing but the time-out of heads, whose length it decides by itself.
pub(super) struct Patience {
    /// Until the first byte; a new connection has something to ask and gets no such time.
    idle: Duration,
    /// From the first byte.
    read: Duration,
    heard: Arc<AtomicU64>,
    is_new: AtomicBool,
}

/// Ends when the head of a request is late.
struct Wait {
    end: Pin<Box<tokio::time::Sleep>>,
    read: Duration,
    heard: Arc<AtomicU64>,
    /// How many bytes had come in before the head, until more do.
    before: Option<u64>,
}

impl Patience {
    pub(super) fn new(idle: Duration, read: Duration, heard: Arc<AtomicU64>) -> Self {
        Self { idle, read, heard, is_new: AtomicBool::new(true) }
    }
}

impl Timer for Patience {
    fn sleep(&self, _: Duration) -> Pin<Box<dyn Sleep>> {
        let patience = if self.is_new.swap(false, Ordering::Relaxed) { self.read } else { self.idle };
        Box::pin(Wait {
            end: Box::pin(sleep(patience)),
            read: self.read,
            heard: Arc::clone(&self.heard),
            before: Some(self.heard.load(Ordering::Relaxed)),
        })
    }

    fn sleep_until(&self, end: Instant) -> Pin<Box<dyn Sleep>> {
        self.sleep(end - self.now())
    }
}

impl Sleep for Wait {}

impl Future for Wait {
    type Output = ();

    /// Hyper asks after every byte that does not end the head.
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let has_begun = self.before.is_some_and(|before| self.heard.load(Ordering::Relaxed) != before);
        if has_begun {
            self.before = None;
            let end = self.end.deadline().min(tokio::time::Instant::now() + self.read);
            self.end.as_mut().reset(end);
        }
        self.end.as_mut().poll(cx)
    }
}
