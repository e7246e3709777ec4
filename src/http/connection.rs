//! A client's socket: it counts as open until it is gone, and is closed so that the client reads what it was told.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::{Sleep, sleep};
use tokio_util::task::task_tracker::TaskTrackerToken;

/// How long is read on after the last word, unheard.
const LINGER: Duration = Duration::from_secs(1);

/// A client's socket.
pub(super) struct Connection {
    stream: TcpStream,
    /// Bytes that came in.
    heard: Arc<AtomicU64>,
    linger: Option<Pin<Box<Sleep>>>,
    _permit: OwnedSemaphorePermit,
    _open: TaskTrackerToken,
}

impl Connection {
    pub(super) fn new(stream: TcpStream, permit: OwnedSemaphorePermit, open: TaskTrackerToken) -> Self {
        Self { stream, heard: Arc::default(), linger: None, _permit: permit, _open: open }
    }

    /// How many bytes have come in, kept up to date.
    pub(super) fn heard(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.heard)
    }
}

impl AsyncRead for Connection {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = into.filled().len();
        ready!(Pin::new(&mut self.stream).poll_read(cx, into))?;
        let more = into.filled().len() - before;
        self.heard.fetch_add(u64::try_from(more).unwrap_or(u64::MAX), Ordering::Relaxed);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Connection {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(cx, bytes)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    /// Whoever is refused in the middle of a long body still sends it: a socket closed at once would answer with a reset,
    /// which takes the refusal back before it is read.
    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = &mut *self;
        if this.linger.is_none() {
            ready!(Pin::new(&mut this.stream).poll_shutdown(cx))?;
        }
        let linger = this.linger.get_or_insert_with(|| Box::pin(sleep(LINGER)));
        let mut unheard = [0; 8 * 1024];
        loop {
            let mut into = ReadBuf::new(&mut unheard);
            match (Pin::new(&mut this.stream).poll_read(cx, &mut into), linger.as_mut().poll(cx)) {
                (_, Poll::Ready(())) | (Poll::Ready(Err(_)), _) => return Poll::Ready(Ok(())),
                (Poll::Ready(Ok(())), _) if into.filled().is_empty() => return Poll::Ready(Ok(())),
                (Poll::Ready(Ok(())), Poll::Pending) => {}
                (Poll::Pending, Poll::Pending) => return Poll::Pending,
            }
        }
    }
}
