//! `[telemetry]`: where traces and figures go.

use std::net::SocketAddr;

use reqwest::Url;
use serde::de::Error;
use serde::{Deserialize, Deserializer};

/// Where traces and figures go.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Telemetry {
    /// A collector that takes OTLP over HTTP; without one nothing is sent.
    #[serde(default, deserialize_with = "collector")]
    pub otlp_endpoint: Option<Url>,
    /// Of a hundred traces that begin here, how many are sent.
    #[serde(deserialize_with = "percentage")]
    pub sample_ratio: u8,
    /// Where `/metrics` is answered, and nothing else; without one nowhere.
    pub metrics_listen: Option<SocketAddr>,
    /// What this installation is called there.
    pub service_name: String,
    /// What this process is called there; without one it makes up a name at each start.
    pub service_instance: Option<String>,
}

fn collector<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Url>, D::Error> {
    let text = String::deserialize(from)?;
    match text.parse::<Url>() {
        Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => Ok(Some(url)),
        _ => Err(D::Error::custom("it must be an address like http://127.0.0.1:4318")),
    }
}

fn percentage<'de, D: Deserializer<'de>>(from: D) -> Result<u8, D::Error> {
    match i64::deserialize(from)? {
        percent @ 0..=100 => Ok(u8::try_from(percent).unwrap_or(100)),
        other => Err(D::Error::custom(format!("{other} is no percentage; write a whole number from 0 to 100"))),
    }
}
