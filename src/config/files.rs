//! `[files]`: where documents, exports and logos are kept.

use std::num::NonZeroU32;
use std::path::PathBuf;

use anyhow::{Context, ensure};
use reqwest::Url;
use secrecy::SecretString;
use serde::de::Error;
use serde::{Deserialize, Deserializer};

use super::is_trusted;

/// Seconds for which a link may be set to hold: long enough to be followed, too short to be passed on.
const LINK_SECONDS: std::ops::RangeInclusive<u32> = 300..=900;

/// Where documents, exports and logos are kept: in a bucket if one is named, else in a folder.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Files {
    /// A folder of this machine; without one it lies beside the database.
    pub folder: Option<PathBuf>,
    /// The bucket's name.
    pub bucket: Option<String>,
    /// Where S3 is answered, if not by Amazon.
    #[serde(default, deserialize_with = "endpoint")]
    pub endpoint: Option<Url>,
    /// The bucket's region.
    pub region: String,
    /// The name of the key that may read and write there.
    pub access_key: Option<String>,
    /// The key itself.
    pub secret_key: Option<SecretString>,
    /// Whether the bucket is the first part of the path rather than of the host name.
    pub path_style: bool,
    /// How long a link to a file holds.
    #[serde(deserialize_with = "link_seconds")]
    pub link_seconds: NonZeroU32,
}

/// A bucket with what opens it.
pub struct Bucket<'a> {
    /// Its name.
    pub name: &'a str,
    /// Where S3 is answered, if not by Amazon.
    pub endpoint: Option<&'a Url>,
    /// Its region.
    pub region: &'a str,
    /// The name of the key.
    pub access_key: &'a str,
    /// The key itself.
    pub secret_key: &'a SecretString,
    /// Whether its name is the first part of the path rather than of the host name.
    pub path_style: bool,
}

impl Files {
    /// The bucket, if files are kept in one.
    ///
    /// # Errors
    /// Names the setting that is missing or too much.
    pub fn bucket(&self) -> anyhow::Result<Option<Bucket<'_>>> {
        let Some(name) = self.bucket.as_deref() else {
            ensure!(
                self.endpoint.is_none(),
                "the setting `files.bucket` is missing: `files.endpoint` is set; name the bucket there, or remove it"
            );
            return Ok(None);
        };
        ensure!(self.folder.is_none(), "the settings `files.bucket` and `files.folder` exclude each other: remove one");
        let is_fit = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '.';
        ensure!(
            (3..=63).contains(&name.len()) && name.chars().all(is_fit),
            "the setting `files.bucket` is not usable: {name:?} is no bucket; write its name, e.g. \"forecourt-files\""
        );
        let missing = "is missing: a bucket is opened with files.access_key and files.secret_key";
        Ok(Some(Bucket {
            name,
            endpoint: self.endpoint.as_ref(),
            region: &self.region,
            access_key: self
                .access_key
                .as_deref()
                .with_context(|| format!("the setting `files.access_key` {missing}"))?,
            secret_key: self
                .secret_key
                .as_ref()
                .with_context(|| format!("the setting `files.secret_key` {missing}"))?,
            path_style: self.path_style,
        }))
    }
}

fn endpoint<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Url>, D::Error> {
    let text = String::deserialize(from)?;
    match text.parse::<Url>() {
        Ok(url) if is_trusted(&url) && url.path() == "/" && url.query().is_none() && url.username().is_empty() => {
            Ok(Some(url))
        }
        _ => Err(D::Error::custom(
            "write an address like https://s3.example, without a path; http:// is for addresses of this machine only",
        )),
    }
}

fn link_seconds<'de, D: Deserializer<'de>>(from: D) -> Result<NonZeroU32, D::Error> {
    let seconds = i64::deserialize(from)?;
    let fit = u32::try_from(seconds).ok().filter(|seconds| LINK_SECONDS.contains(seconds));
    let fault = || format!("{seconds} is out of range; write {} to {}", LINK_SECONDS.start(), LINK_SECONDS.end());
    fit.and_then(NonZeroU32::new).ok_or_else(|| D::Error::custom(fault()))
}
