//! `[jobs]`: how work is done that nobody waits for.

use std::num::{NonZeroU32, NonZeroUsize};
use std::str::FromStr;

use croner::Cron;
use serde::de::Error;
use serde::{Deserialize, Deserializer};

/// How work is done that nobody waits for.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Jobs {
    /// Jobs of one worker at a time.
    pub at_once: NonZeroUsize,
    /// How often it is looked for jobs that nobody told of.
    pub poll_seconds: NonZeroU32,
    /// After how much silence a worker is taken for gone.
    pub lease_seconds: NonZeroU32,
    /// How long a worker that stops waits for what it works on.
    pub drain_seconds: u32,
    /// How long jobs are remembered that are over.
    pub keep_days: NonZeroU32,
    /// When key figures are compared with their documents, in the dealership's zone.
    #[serde(deserialize_with = "cron")]
    pub verify_figures: Cron,
    /// When what is not needed any more is forgotten, in UTC.
    #[serde(deserialize_with = "cron")]
    pub sweep: Cron,
}

fn cron<'de, D: Deserializer<'de>>(from: D) -> Result<Cron, D::Error> {
    let text = String::deserialize(from)?;
    Cron::from_str(&text).map_err(|_| {
        D::Error::custom(format!(
            "`{text}` is no cron pattern; write minute, hour, day, month and day of week, e.g. 30 2 * * *"
        ))
    })
}
