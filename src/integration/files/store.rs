//! The two stores: a folder of this machine, and a bucket.

use std::os::unix::fs::DirBuilderExt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::signer::{Method, SignedUrlOptions, Signer};
use object_store::{Attribute, Attributes, ClientOptions, ObjectStore, RetryConfig};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::OnceCell;

use super::key::Key;
use super::shown::Shown;
use crate::config::{self, Bucket};
use crate::error::{Error, Result};

/// How long a bucket may take to answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// How often a request to it is tried again, and how long in all; whoever waits may be a person.
const RETRIES: usize = 3;
const RETRIED_FOR: Duration = Duration::from_secs(15);

/// Where files are.
pub(super) enum Store {
    /// In a folder, which is made when the first file is kept.
    Folder { folder: PathBuf, objects: OnceCell<Arc<LocalFileSystem>> },
    /// In a bucket.
    Bucket(Arc<AmazonS3>),
}

impl Store {
    /// The store that the settings name; beside the database, if they name none.
    pub(super) fn new(config: &config::Files, beside: PathBuf) -> anyhow::Result<Self> {
        match config.bucket()? {
            Some(bucket) => Ok(Self::Bucket(Arc::new(open(&bucket).context("cannot use the bucket of [files]")?))),
            None => {
                let folder = config.folder.clone().unwrap_or(beside);
                Ok(Self::Folder { folder, objects: OnceCell::new() })
            }
        }
    }

    pub(super) async fn objects(&self) -> Result<Arc<dyn ObjectStore>> {
        match self {
            Self::Bucket(bucket) => Ok(Arc::clone(bucket) as Arc<dyn ObjectStore>),
            Self::Folder { folder, objects } => {
                let objects = objects.get_or_try_init(async || {
                    // Nobody else on this machine has a right to what lies there.
                    let made = std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder);
                    made.with_context(|| format!("cannot make the folder {}", folder.display()))?;
                    let objects = LocalFileSystem::new_with_prefix(folder)?;
                    anyhow::Ok(Arc::new(objects.with_fsync(true)))
                });
                Ok(Arc::clone(objects.await.map_err(Error::internal)?) as Arc<dyn ObjectStore>)
            }
        }
    }

    /// What is told to a store about a file beside its bytes; a folder keeps bytes only.
    pub(super) fn attributes(&self, key: &Key) -> Attributes {
        match self {
            Self::Bucket(_) => Attributes::from_iter([(Attribute::ContentType, key.kind().media_type())]),
            Self::Folder { .. } => Attributes::new(),
        }
    }

    /// A link that the bucket itself answers; none to a folder.
    pub(super) async fn sign(&self, key: &Key, shown: &Shown, lifetime: Duration) -> Result<Option<SecretString>> {
        let Self::Bucket(bucket) = self else { return Ok(None) };
        let options = SignedUrlOptions::new().with_query([
            ("response-content-disposition", shown.header().as_str()),
            ("response-content-type", key.kind().media_type()),
            ("response-cache-control", "no-store"),
        ]);
        let link = bucket.signed_url_opts(Method::GET, &path(key)?, lifetime, &options).await;
        link.map(|link| Some(SecretString::from(String::from(link)))).map_err(Error::internal)
    }
}

/// A key as the stores spell it: the same.
pub(super) fn path(key: &Key) -> Result<Path> {
    Path::parse(key.to_string()).map_err(Error::internal)
}

fn open(bucket: &Bucket<'_>) -> anyhow::Result<AmazonS3> {
    let retry = RetryConfig { max_retries: RETRIES, retry_timeout: RETRIED_FOR, ..RetryConfig::default() };
    let builder = AmazonS3Builder::new()
        .with_bucket_name(bucket.name)
        .with_region(bucket.region)
        .with_access_key_id(bucket.access_key)
        .with_secret_access_key(bucket.secret_key.expose_secret())
        .with_virtual_hosted_style_request(!bucket.path_style)
        // Bodies are as long as they are; only silence is a fault.
        .with_client_options(ClientOptions::new().with_timeout_disabled().with_read_timeout(PATIENCE))
        // One by one: not every S3 has the other way.
        .with_disable_bulk_delete(true)
        .with_retry(retry);
    let builder = match bucket.endpoint {
        Some(endpoint) => {
            let mut endpoint = endpoint.clone();
            if !bucket.path_style {
                let host = endpoint.host_str().context("an address has a host")?;
                let host = format!("{}.{host}", bucket.name);
                endpoint.set_host(Some(&host)).with_context(|| format!("{host} is no host: set files.path_style"))?;
            }
            // The settings take http:// for this machine only.
            builder.with_allow_http(endpoint.scheme() == "http").with_endpoint(endpoint.as_str().trim_end_matches('/'))
        }
        None => builder,
    };
    Ok(builder.build()?)
}
