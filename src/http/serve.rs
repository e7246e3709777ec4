//! Accepts connections and answers what comes over them: so many at a time, each within its time, until told to stop.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};
use tower_service::Service;

use super::connection::Connection;
use super::drain::Drain;
use super::patience::Patience;
use crate::app::App;
use crate::config;

/// What a request line and its headers may take together: twice what other servers allow, for queries asked with GET.
const MAX_HEAD: usize = 64 * 1024;

/// How long to wait for file descriptors to come free.
const BREATH: Duration = Duration::from_millis(200);

/// Serves until `stop`, which says how long balancers get to notice; then answers what is under way.
///
/// HTTP/1.1 alone: what stands before it speaks it too, and over HTTP/2 a client that is slow on purpose is told from one
/// that is idle by no time-out there is.
pub async fn serve(
    app: Arc<App>,
    config: &config::Http,
    listener: TcpListener,
    stop: impl Future<Output = Duration> + Send,
) -> io::Result<()> {
    let (drain, limits) = (Drain::default(), Limits::of(config));
    let router = super::router(app, config, drain.clone());
    let stopping = async {
        let notice = stop.await;
        drain.leave();
        sleep(notice).await;
    };
    tokio::select! {
        () = stopping => {}
        () = accept(&listener, &router, &limits, &drain) => {}
    }
    // Whoever knocks from now on is told at once, and goes to another process.
    drop(listener);
    drain.close();
    if timeout(seconds(config.drain_seconds), drain.ended()).await.is_err() {
        tracing::warn!("some connections did not end within http.drain_seconds and are cut off");
        drain.cut_off();
    }
    Ok(())
}

/// What a client may take.
struct Limits {
    connections: Arc<Semaphore>,
    idle: Duration,
    read: Duration,
}

impl Limits {
    fn of(config: &config::Http) -> Self {
        let connections = usize::try_from(config.max_connections.get()).unwrap_or(Semaphore::MAX_PERMITS);
        Self {
            connections: Arc::new(Semaphore::new(connections.min(Semaphore::MAX_PERMITS))),
            idle: seconds(config.idle_seconds.get()),
            read: seconds(config.read_seconds.get()),
        }
    }
}

fn seconds(seconds: u32) -> Duration {
    Duration::from_secs(seconds.into())
}

async fn accept(listener: &TcpListener, router: &Router, limits: &Limits, drain: &Drain) {
    // Nobody closes the semaphore.
    while let Ok(permit) = Arc::clone(&limits.connections).acquire_owned().await {
        let (stream, peer) = knock(listener).await;
        tracing::trace!("a connection is accepted");
        let connection = Connection::new(stream, permit, drain.hold());
        let patience = Patience::new(limits.idle, limits.read, connection.heard());
        let mut http = http1::Builder::new();
        http.timer(patience).header_read_timeout(limits.idle).max_header_size(MAX_HEAD);
        tokio::spawn(converse(http, connection, peer, router.clone(), drain.clone()));
    }
}

async fn knock(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                // Answers are written whole: waiting for more to send with them only delays them.
                if let Err(error) = stream.set_nodelay(true) {
                    tracing::debug!(%error, "cannot send without delay");
                }
                return (stream, peer);
            }
            Err(error) if is_clients(&error) => {}
            Err(error) => {
                tracing::error!(%error, "cannot accept connections");
                sleep(BREATH).await;
            }
        }
    }
}

/// Whether it was the client who went away again.
fn is_clients(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

async fn converse(http: http1::Builder, connection: Connection, peer: SocketAddr, router: Router, drain: Drain) {
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        answer(router.clone(), request)
    });
    let mut conversation = pin!(http.serve_connection(TokioIo::new(connection), service).with_upgrades());
    let ended = tokio::select! {
        ended = conversation.as_mut() => ended,
        () = drain.closing() => {
            conversation.as_mut().graceful_shutdown();
            tokio::select! {
                ended = conversation => ended,
                () = drain.too_late() => Ok(()),
            }
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended");
    }
}

async fn answer(mut router: Router, request: Request<Incoming>) -> Result<Response<Body>, Infallible> {
    router.call(request).await
}
