//! What is being carried out right now, so that the same request is not begun twice at once.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

/// The requests of this process that have begun and not ended, by digest.
#[derive(Default)]
pub struct Running(Mutex<HashSet<Vec<u8>>>);

impl Running {
    /// Begins a request; `None` when it is under way. It ends when the guard goes, however that comes about.
    pub fn begin(&self, digest: Vec<u8>) -> Option<Begun<'_>> {
        let begun = self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(digest.clone());
        begun.then_some(Begun { running: self, digest })
    }
}

/// A request under way.
pub struct Begun<'a> {
    running: &'a Running,
    digest: Vec<u8>,
}

impl Drop for Begun<'_> {
    fn drop(&mut self) {
        self.running.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.digest);
    }
}
