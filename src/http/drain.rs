//! How this process comes to an end: it says that it is not ready, then takes no more, then ends what is under way.

use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tokio_util::task::task_tracker::TaskTrackerToken;

/// How far the end has come. Clones are the same.
#[derive(Clone, Default)]
pub(crate) struct Drain {
    leaving: CancellationToken,
    closing: CancellationToken,
    cut_off: CancellationToken,
    open: TaskTracker,
}

impl Drain {
    /// Whether this process is about to end, and balancers should ask another one.
    pub(crate) fn is_leaving(&self) -> bool {
        self.leaving.is_cancelled()
    }

    /// Whether what is open is to be ended, and nothing that stays may begin.
    pub(crate) fn is_closing(&self) -> bool {
        self.closing.is_cancelled()
    }

    /// Waits until what is open is to be ended: a request is answered, a socket is told where to go on.
    pub(crate) async fn closing(&self) {
        self.closing.cancelled().await;
    }

    /// Keeps the process from ending, for `http.drain_seconds` at most. Each connection holds one, upgraded ones too.
    pub(crate) fn hold(&self) -> TaskTrackerToken {
        self.open.token()
    }

    /// Says that this process is about to end.
    pub(super) fn leave(&self) {
        self.leaving.cancel();
    }

    /// Asks everything to end.
    pub(super) fn close(&self) {
        self.closing.cancel();
        self.open.close();
    }

    /// Waits until nothing is open.
    pub(super) async fn ended(&self) {
        self.open.wait().await;
    }

    /// Ends what did not end by itself.
    pub(super) fn cut_off(&self) {
        self.cut_off.cancel();
    }

    /// Waits until it is too late to go on.
    pub(super) async fn too_late(&self) {
        self.cut_off.cancelled().await;
    }
}
