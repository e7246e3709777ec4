//! Connections that stay: how many there may be, of whom, and that they end when the server does.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::Response;
use uuid::Uuid;

use super::drain::Drain;
use super::graphql::prefers_events;
use super::{Server, sse, ws};
use crate::auth::Visitor;
use crate::config;
use crate::scope::Scope;

/// Leads those who want to stay to where they can; everybody else goes on.
pub(super) async fn branch(State(server): State<Server>, request: Request, next: Next) -> Response {
    if is_upgrade(request.headers()) {
        ws::upgrade(server, request).await
    } else if matches!(*request.method(), Method::GET | Method::POST) && prefers_events(request.headers()) {
        sse::stream(server, request).await
    } else {
        next.run(request).await
    }
}

fn is_upgrade(headers: &HeaderMap) -> bool {
    let lines = headers.get_all(header::UPGRADE).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',')).any(|item| item.trim().eq_ignore_ascii_case("websocket"))
}

/// Whose connections and operations are counted together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Who {
    /// A signed-in device.
    Device(Uuid),
    /// Somebody who is not signed in, at an address.
    Address(Option<IpAddr>),
}

impl Who {
    pub(super) fn of(scope: Option<&Scope>, visitor: &Visitor) -> Self {
        match scope.and_then(Scope::assurance) {
            Some(assurance) => Self::Device(assurance.session),
            None => Self::Address(visitor.address),
        }
    }
}

/// All connections that stay.
pub(super) struct Stays {
    limits: config::Subscriptions,
    count: Mutex<Count>,
    drain: Drain,
}

#[derive(Default)]
struct Count {
    all: usize,
    of: HashMap<Who, Held>,
}

#[derive(Default)]
struct Held {
    connections: usize,
    operations: usize,
}

impl Stays {
    pub(super) fn new(limits: &config::Subscriptions, drain: Drain) -> Arc<Self> {
        Arc::new(Self { limits: limits.clone(), count: Mutex::default(), drain })
    }

    pub(super) fn limits(&self) -> &config::Subscriptions {
        &self.limits
    }

    /// Room for one more connection, whoever's; it is free again when this goes.
    pub(super) fn room(self: &Arc<Self>) -> Option<Room> {
        let mut count = self.count.lock().unwrap_or_else(PoisonError::into_inner);
        if count.all >= self.limits.connections || self.drain.is_closing() {
            return None;
        }
        count.all += 1;
        Some(Room(Arc::clone(self)))
    }

    /// One more connection of somebody.
    pub(super) fn connection(self: &Arc<Self>, who: Who) -> Option<Seat> {
        self.seat(who, true, self.limits.connections_each)
    }

    /// One more operation of somebody.
    pub(super) fn operation(self: &Arc<Self>, who: Who) -> Option<Seat> {
        self.seat(who, false, self.limits.operations_each)
    }

    fn seat(self: &Arc<Self>, who: Who, is_connection: bool, most: usize) -> Option<Seat> {
        let mut count = self.count.lock().unwrap_or_else(PoisonError::into_inner);
        let held = count.of.entry(who).or_default();
        let taken = held.of(is_connection);
        if *taken >= most {
            return None;
        }
        *taken += 1;
        Some(Seat { stays: Arc::clone(self), who, is_connection })
    }
}

impl Held {
    fn of(&mut self, is_connection: bool) -> &mut usize {
        if is_connection { &mut self.connections } else { &mut self.operations }
    }
}

/// Room for a connection.
pub(super) struct Room(Arc<Stays>);

impl Room {
    /// Waits until the server stops.
    pub(super) fn stops(&self) -> impl Future<Output = ()> + Send + use<> {
        let drain = self.0.drain.clone();
        async move { drain.closing().await }
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        self.0.count.lock().unwrap_or_else(PoisonError::into_inner).all -= 1;
    }
}

/// A connection or an operation of somebody; it is over when this goes.
pub(super) struct Seat {
    stays: Arc<Stays>,
    who: Who,
    is_connection: bool,
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut count = self.stays.count.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(held) = count.of.get_mut(&self.who) {
            *held.of(self.is_connection) -= 1;
            if (held.connections, held.operations) == (0, 0) {
                count.of.remove(&self.who);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seat_is_free_again_when_it_goes() {
        let limits = config::Config::load(None, &[]).expect("the defaults are valid").subscriptions;
        let limits = config::Subscriptions { connections: 2, connections_each: 1, operations_each: 2, ..limits };
        let drain = Drain::default();
        let stays = Stays::new(&limits, drain.clone());
        let (one, other) = (Who::Device(Uuid::from_u128(1)), Who::Address(None));
        let seat = stays.connection(one);
        assert!(seat.is_some() && stays.connection(one).is_none() && stays.connection(other).is_some());
        let operations = (stays.operation(one), stays.operation(one), stays.operation(one));
        assert!(operations.0.is_some() && operations.1.is_some() && operations.2.is_none());
        drop((seat, operations));
        assert!(stays.connection(one).is_some() && stays.count.lock().expect("no panic").of.is_empty());
        let rooms = (stays.room(), stays.room(), stays.room());
        assert!(rooms.0.is_some() && rooms.1.is_some() && rooms.2.is_none());
        drop(rooms);
        drain.close();
        assert!(stays.room().is_none(), "whoever comes while the server stops goes elsewhere");
    }
}
