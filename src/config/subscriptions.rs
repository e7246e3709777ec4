//! `[subscriptions]`: how much those who listen may ask for.

use std::num::NonZeroU32;

use serde::Deserialize;

/// How much those who listen may ask for.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subscriptions {
    /// WebSockets and event streams of this process at a time.
    pub connections: usize,
    /// Those of one signed-in device, or of one network address where nobody is signed in.
    pub connections_each: usize,
    /// Operations under way of one signed-in device, or address.
    pub operations_each: usize,
    /// How long a WebSocket may stay open before it says who it is.
    pub init_seconds: NonZeroU32,
    /// How often a WebSocket is asked whether it is alive; it has as long to answer.
    pub ping_seconds: NonZeroU32,
    /// How often an event stream shows that it is alive.
    pub keep_alive_seconds: NonZeroU32,
    /// How long a client may take to read a message.
    pub send_seconds: NonZeroU32,
    /// Events kept for those who are slow.
    pub events: usize,
}
