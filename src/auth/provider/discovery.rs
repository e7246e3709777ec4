//! What a provider publishes of itself: where its keys are, and the keys (OpenID Connect Discovery 1.0, RFC 7517).

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, Url, header};
use serde::Deserialize;

use crate::config;
use crate::telemetry::trace;

/// How long a provider may take over both documents.
const TIME: Duration = Duration::from_secs(5);

/// Most bytes of a document.
const MOST: usize = 1024 * 1024;

/// Most times a provider may send us elsewhere, which is never to another host.
const REDIRECTS: usize = 3;

/// A key set as it was published.
pub(super) struct Published {
    pub(super) text: Vec<u8>,
    /// For how many seconds the provider says that it may be kept.
    pub(super) max_age: Option<u32>,
}

#[derive(Deserialize)]
struct Document {
    issuer: String,
    jwks_uri: String,
}

/// A client that asks no other host than the one it is told to.
pub(super) fn client() -> Result<Client> {
    let same_host = Policy::custom(|attempt| {
        let is_known = attempt.previous().first().is_some_and(|first| first.origin() == attempt.url().origin());
        match is_known && attempt.previous().len() <= REDIRECTS {
            true => attempt.follow(),
            false => attempt.error("a redirect to another host, or too many"),
        }
    });
    Client::builder().redirect(same_host).build().context("cannot make a client of identity providers")
}

/// The keys of `issuer`, as it publishes them now.
///
/// # Errors
/// When it does not answer in time, is somebody else by its own word, or names keys at an address not to be trusted.
pub(super) async fn keys(client: &Client, issuer: &str) -> Result<Published> {
    tokio::time::timeout(TIME, ask(client, issuer)).await.context("it takes too long to answer")?
}

async fn ask(client: &Client, issuer: &str) -> Result<Published> {
    let address = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
    let document = read(get(client, address.parse()?).await?).await?;
    let document: Document = serde_json::from_slice(&document).context("its discovery document is not usable")?;
    ensure!(document.issuer == issuer, "its discovery document is of another issuer");
    let keys: Url = document.jwks_uri.parse().context("its keys lie at no address")?;
    let is_plain = issuer.starts_with("http://");
    ensure!(
        config::is_trusted(&keys) && (is_plain || keys.scheme() == "https"),
        "its keys lie at an address that is not to be trusted"
    );
    let answer = get(client, keys).await?;
    let max_age = answer.headers().get(header::CACHE_CONTROL).and_then(|value| value.to_str().ok()).and_then(max_age);
    Ok(Published { text: read(answer).await?, max_age })
}

async fn get(client: &Client, address: Url) -> Result<Response> {
    let request = client.get(address).header(header::ACCEPT, "application/json");
    Ok(trace::tell(request).send().await?.error_for_status()?)
}

async fn read(mut answer: Response) -> Result<Vec<u8>> {
    let mut text = Vec::new();
    while let Some(part) = answer.chunk().await? {
        ensure!(text.len() + part.len() <= MOST, "its answer is longer than {MOST} bytes");
        text.extend_from_slice(&part);
    }
    Ok(text)
}

/// Seconds of `max-age` in a `Cache-Control` header.
fn max_age(header: &str) -> Option<u32> {
    let mut directives = header.split(',').filter_map(|directive| directive.trim().split_once('='));
    let (_, seconds) = directives.find(|(name, _)| name.eq_ignore_ascii_case("max-age"))?;
    seconds.trim_matches('"').parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn max_age_is_read_wherever_it_stands() {
        for header in ["max-age=600", "public, Max-Age=600", "public,max-age=\"600\", must-revalidate"] {
            assert_eq!(max_age(header), Some(600), "{header}");
        }
        for header in ["no-store", "s-maxage=600", "max-age=-1", "max-age=soon", ""] {
            assert_eq!(max_age(header), None, "{header}");
        }
    }
}
