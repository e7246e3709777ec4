//! Files: documents, exports and logos, in a folder or in a bucket (S3, R2). What was put stays as it is: the same bytes may
//! be put again, others never under the same key. Whoever asks needs a scope that reaches the dealership the key begins
//! with; rows, which hold keys, tell the rest.
//!
//! Browsers fetch files by links that are good for some minutes. **A link is a secret**: it belongs in no log, no trace and
//! no audit trail. Buckets answer theirs themselves; those to a folder are answered by `http::files`, and so are those to
//! logos, wherever they lie: pages show them again and again, and know no other origin than ours.

mod draft;
mod key;
mod link;
mod shown;
mod store;

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::anyhow;
use axum::body::Bytes;
use chrono::{DateTime, Days, NaiveTime, Utc};
use futures_util::stream::BoxStream;
use futures_util::{Stream, StreamExt, TryStreamExt};
use object_store::{GetResult, ObjectStore, ObjectStoreExt, PutMode, PutMultipartOptions, PutOptions};
use secrecy::SecretString;
use sha2::{Digest, Sha256};

use crate::config;
use crate::crypto::Keys;
use crate::error::{Error, Result};
use crate::scope::{Actor, Scope};
use draft::Written;
use link::Links;
use store::{Store, path};

pub use draft::Draft;
pub use key::{Class, Key, Kind, Shelf};
pub use link::Query;
pub use shown::{Disposition, Shown};

/// Bytes of a part of a long file; the memory that keeping one takes. S3 takes no less than 5 MiB, R2 wants all parts alike.
const PART: u64 = 8 << 20;

/// The longest that a link may hold, whatever is asked for: S3 and R2 take no more.
const LONGEST: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// What the time is.
type Clock = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// The files of the installation.
pub struct Files {
    store: Store,
    links: Links,
    /// Where people reach this installation, without a slash at the end.
    public_url: String,
    link_lifetime: Duration,
    now: Clock,
}

/// What came of putting a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Put {
    /// It is there now.
    Made,
    /// It was there already, the same.
    WasThere,
}

/// What a link of ours is to.
pub struct Followed {
    /// Which file.
    pub key: Key,
    /// How it is shown.
    pub shown: Shown,
    /// The file.
    pub stored: Stored,
    /// For how long whoever fetched it may keep it; absent: not at all.
    pub fresh: Option<Duration>,
}

/// A file as it lies there.
pub struct Stored {
    /// How many bytes it has.
    pub length: u64,
    bytes: BoxStream<'static, Result<Bytes>>,
}

impl Files {
    /// The files that the settings name; in a folder `beside` the database, if they name none.
    ///
    /// # Errors
    /// When the settings are not usable. Nothing is asked of the store yet.
    pub fn new(
        config: &config::Files,
        beside: PathBuf,
        keys: &Keys,
        public_url: &str,
        now: Clock,
    ) -> anyhow::Result<Self> {
        Ok(Self {
            store: Store::new(config, beside)?,
            links: Links::new(keys),
            public_url: public_url.to_owned(),
            link_lifetime: Duration::from_secs(config.link_seconds.get().into()),
            now,
        })
    }

    /// Keeps `bytes` under `key`.
    ///
    /// # Errors
    /// `NOT_FOUND` when the key is out of the scope's reach; internal when others lie there already, or the store fails.
    pub async fn put(&self, scope: &Scope, key: &Key, bytes: impl Into<Bytes>) -> Result<Put> {
        reach(scope, key.dealership())?;
        let bytes = bytes.into();
        let hash: [u8; 32] = Sha256::digest(&bytes).into();
        if key.hash().is_some_and(|own| own != hash) {
            return Err(Error::internal(anyhow!("the key {key} was made of other bytes")));
        }
        let length = bytes.len() as u64;
        let objects = self.store.objects().await?;
        let mode = PutMode::Create;
        let options = PutOptions { mode, attributes: self.store.attributes(key), ..PutOptions::default() };
        match objects.put_opts(&path(key)?, bytes.into(), options).await {
            Ok(_) => Ok(Put::Made),
            Err(object_store::Error::AlreadyExists { .. }) => {
                is_there(&*objects, key, length, hash).await?.then_some(Put::WasThere).ok_or_else(|| taken(key))
            }
            Err(error) => Err(Error::internal(error)),
        }
    }

    /// Begins a file of any length.
    pub fn draft(&self) -> Result<Draft> {
        Draft::new().map_err(Error::internal)
    }

    /// Keeps what was written, in as much memory whatever its length, under the key of its content.
    ///
    /// # Errors
    /// As those of [`Files::put`].
    pub async fn keep(&self, scope: &Scope, shelf: &Shelf, draft: Draft) -> Result<Key> {
        reach(scope, shelf.dealership())?;
        let mut written = draft.written().map_err(Error::internal)?;
        let key = shelf.of_hash(written.hash);
        if written.length <= PART {
            let (bytes, _) = part(written).await?;
            return self.put(scope, &key, bytes).await.map(|_| key);
        }
        let objects = self.store.objects().await?;
        match objects.head(&path(&key)?).await {
            Ok(found) if found.size == written.length => return Ok(key),
            Ok(_) => return Err(taken(&key)),
            Err(object_store::Error::NotFound { .. }) => {}
            Err(error) => return Err(Error::internal(error)),
        }
        // Stores have no put-if-absent for what comes in parts. They need none: whoever else is at it, under the key of
        // its content a file is replaced by the same one.
        let options = PutMultipartOptions { attributes: self.store.attributes(&key), ..PutMultipartOptions::default() };
        let mut upload = objects.put_multipart_opts(&path(&key)?, options).await.map_err(Error::internal)?;
        let sent = async {
            loop {
                let (bytes, rest) = part(written).await?;
                written = rest;
                if bytes.is_empty() {
                    return upload.complete().await.map(drop).map_err(Error::internal);
                }
                upload.put_part(bytes.into()).await.map_err(Error::internal)?;
            }
        };
        let sent = sent.await;
        if sent.is_err() {
            // Whatever is left of it, the store forgets by itself.
            let _ = upload.abort().await;
        }
        sent.map(|()| key)
    }

    /// Keeps what `bytes` gives, as [`Files::keep`] does.
    ///
    /// # Errors
    /// As those of [`Files::put`], and those of the stream: nothing is kept then.
    pub async fn put_stream(
        &self,
        scope: &Scope,
        shelf: &Shelf,
        bytes: impl Stream<Item = Result<Bytes>> + Send,
    ) -> Result<Key> {
        reach(scope, shelf.dealership())?;
        let written = bytes.try_fold(self.draft()?, |mut draft, bytes| async move {
            on_disk(move || draft.write_all(&bytes).map(|()| draft)).await
        });
        self.keep(scope, shelf, written.await?).await
    }

    /// The file under `key`, if it has `most` bytes or fewer.
    ///
    /// # Errors
    /// `NOT_FOUND` when there is none, or the key is out of the scope's reach; internal when it is longer.
    pub async fn get(&self, scope: &Scope, key: &Key, most: u64) -> Result<Stored> {
        reach(scope, key.dealership())?;
        let stored = self.stored(key).await?;
        match stored.length <= most {
            true => Ok(stored),
            false => Err(Error::internal(anyhow!("{key} has {} bytes; {most} were expected", stored.length))),
        }
    }

    /// A link to the file under `key`. Whoever has it may fetch the file for `lifetime`, of seven days at most.
    ///
    /// # Errors
    /// `NOT_FOUND` when the key is out of the scope's reach. Whether something lies there is not looked at.
    pub async fn sign(&self, scope: &Scope, key: &Key, shown: &Shown, lifetime: Duration) -> Result<SecretString> {
        reach(scope, key.dealership())?;
        let lifetime = lifetime.clamp(Duration::from_secs(1), LONGEST);
        // What is fetched from a bucket is not seen here: that it could be, is.
        tracing::info!(%key, seconds = lifetime.as_secs(), "made a link to a file");
        match self.store.sign(key, shown, lifetime).await? {
            Some(link) => Ok(link),
            None => {
                let end = (self.now)() + lifetime;
                Ok(SecretString::from(format!("{}{}", self.public_url, self.links.make(key, shown, end))))
            }
        }
    }

    /// How long links hold that a person is given to open at once.
    pub fn link_lifetime(&self) -> Duration {
        self.link_lifetime
    }

    /// Path and query at which pages of this installation show a logo. It holds for one to two days and is the same all day
    /// (UTC), so that browsers fetch it once.
    ///
    /// # Errors
    /// `NOT_FOUND` when the key is no logo's, or out of the scope's reach. Whether something lies there is not looked at.
    pub fn picture(&self, scope: &Scope, key: &Key) -> Result<String> {
        reach(scope, key.dealership())?;
        if key.class() != Class::Logo {
            return Err(Error::NotFound);
        }
        let today = (self.now)().date_naive();
        let end = today.checked_add_days(Days::new(2)).unwrap_or(today).and_time(NaiveTime::MIN).and_utc();
        Ok(self.links.make(key, &Shown::new(Disposition::Inline, "logo", key.kind()), end))
    }

    /// What a link of ours is to.
    ///
    /// # Errors
    /// `NOT_FOUND` for all that is no link that holds, or is one to nothing; they are not told apart.
    pub async fn follow(&self, path: &str, query: &Query) -> Result<Followed> {
        let now = (self.now)();
        let (key, shown, end) = self.links.read(path, query, now)?;
        let is_logo = key.class() == Class::Logo;
        match self.store {
            // A bucket answers the links to its files itself.
            Store::Bucket(_) if !is_logo => return Err(Error::NotFound),
            Store::Bucket(_) | Store::Folder { .. } => {}
        }
        let stored = self.stored(&key).await?;
        let fresh = is_logo.then(|| (end - now).to_std().unwrap_or_default());
        Ok(Followed { key, shown, stored, fresh })
    }

    /// Removes the file under `key`, if there is one; for the installation itself, when the time for which it must be kept is
    /// over.
    ///
    /// # Errors
    /// `FORBIDDEN` to people and partners; `NOT_FOUND` when the key is out of the scope's reach.
    pub async fn delete(&self, scope: &Scope, key: &Key) -> Result<()> {
        let Actor::System(_) = scope.actor() else { return Err(Error::Forbidden) };
        reach(scope, key.dealership())?;
        match self.store.objects().await?.delete(&path(key)?).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(Error::internal(error)),
        }
    }

    async fn stored(&self, key: &Key) -> Result<Stored> {
        match self.store.objects().await?.get(&path(key)?).await {
            Ok(found) => Ok(Stored::of(found)),
            Err(object_store::Error::NotFound { .. }) => Err(Error::NotFound),
            Err(error) => Err(Error::internal(error)),
        }
    }
}

impl Stored {
    fn of(found: GetResult) -> Self {
        Self { length: found.meta.size, bytes: found.into_stream().map_err(Error::internal).boxed() }
    }

    /// Its bytes, as they come.
    pub fn into_stream(self) -> BoxStream<'static, Result<Bytes>> {
        self.bytes
    }

    /// Its bytes, all at once.
    ///
    /// # Errors
    /// Internal, when the store fails.
    pub async fn bytes(self) -> Result<Vec<u8>> {
        let whole = Vec::with_capacity(usize::try_from(self.length).map_err(Error::internal)?);
        let append = |mut whole: Vec<u8>, bytes: Bytes| async move {
            whole.extend_from_slice(&bytes);
            Ok(whole)
        };
        self.bytes.try_fold(whole, append).await
    }
}

/// Whether a scope reaches a dealership's files. The programs of leasing companies have none.
fn reach(scope: &Scope, dealership: uuid::Uuid) -> Result<()> {
    match scope.actor() {
        Actor::User(_) | Actor::System(_) if scope.reach().holds(dealership, None) => Ok(()),
        Actor::User(_) | Actor::System(_) | Actor::Partner { .. } => Err(Error::NotFound),
    }
}

/// Whether what lies under `key` is the bytes with this length and SHA-256.
async fn is_there(objects: &dyn ObjectStore, key: &Key, length: u64, hash: [u8; 32]) -> Result<bool> {
    let found = objects.get(&path(key)?).await.map_err(Error::internal)?;
    if found.meta.size != length {
        return Ok(false);
    }
    let feed = |hash: Sha256, bytes: Bytes| async move { Ok(hash.chain_update(&bytes)) };
    let found = found.into_stream().try_fold(Sha256::new(), feed).await.map_err(Error::internal)?;
    Ok(<[u8; 32]>::from(found.finalize()) == hash)
}

fn taken(key: &Key) -> Error {
    Error::internal(anyhow!("other bytes lie under the key {key} already"))
}

async fn part(mut written: Written) -> Result<(Vec<u8>, Written)> {
    on_disk(move || written.part(PART).map(|part| (part, written))).await
}

/// Waits for the disk where nobody else waits.
async fn on_disk<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)?.map_err(Error::internal)
}
