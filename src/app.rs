//! The running installation: its database, keys and clock, behind scopes.

use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, bail};
use chrono::{DateTime, SubsecRound, Utc};
use entity::deployment;
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Semaphore;

use crate::auth::{self, KeyRing, Lasting, Passwords, Providers, Standing, Throttle, Tokens};
use crate::config::{self, Config};
use crate::crypto::Keys;
use crate::database::{Database, Level, Limit, Probes, Tx};
use crate::error::Result;
use crate::event::{Hearing, Hub};
use crate::integration::files::Files;
use crate::integration::mail::Mailer;
use crate::kpi;
use crate::running::Running;
use crate::scope::Scope;
use crate::store::kept::Kept;
use crate::telemetry::metric::Pool;

/// What an installation does when its schema is behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schema {
    /// Bring it up to date.
    Migrate,
    /// Bring an embedded database up to date; refuse to run on another.
    Require,
}

/// The running installation.
pub struct App {
    database: Database,
    clock: Clock,
    keys: Keys,
    passwords: Passwords,
    throttle: Throttle,
    tokens: Tokens,
    lasting: Lasting,
    providers: Providers,
    standing: Standing,
    running: Running,
    kept: Kept,
    figures: kpi::Kept,
    fewest_peers: usize,
    limits: config::Graphql,
    issuer: String,
    public_url: String,
    subscriptions: config::Subscriptions,
    jobs: config::Jobs,
    files: Files,
    mail: Option<Mailer>,
    telling: Semaphore,
}

/// What the time is; tests set their own.
pub type Clock = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

impl App {
    /// Connects to the database and unlocks its keys.
    ///
    /// # Errors
    /// When nobody answers, the schema is behind, or the master key is missing or another one's.
    pub async fn open(config: &Config, schema: Schema) -> anyhow::Result<Self> {
        Self::open_with(config, schema, Arc::new(Utc::now), Probes::default()).await
    }

    /// [`App::open`] with a clock and probes of the caller's.
    pub async fn open_with(config: &Config, schema: Schema, clock: Clock, probes: Probes) -> anyhow::Result<Self> {
        let passwords = Passwords::new(&config.auth.passwords)?;
        let hub = Hub::new(config.subscriptions.events);
        let database = Database::connect(&config.database, hub, probes)
            .await
            .with_context(|| format!("cannot open the database {}", without_password(&config.database.url)))?;
        if let Some(behind) = database.behind().await.context("cannot read the schema's version")? {
            match schema == Schema::Migrate || database.is_embedded() {
                true => database.migrate().await.context("cannot bring the schema up to date")?,
                false => bail!("{behind}: run `forecourt migrate` first"),
            }
        }
        let now = clock().trunc_subsecs(3);
        let (keys, ring) = unlock(config, &database, now).await?;
        let tokens = Tokens::new(ring, &config.auth, now);
        let throttle = Throttle::new(&keys);
        let public_url = config.http.public_url.trim_end_matches('/').to_owned();
        let beside = beside(&config.database.url, "files");
        let files = Files::new(&config.files, beside, &keys, &public_url, Arc::clone(&clock))?;
        Ok(Self {
            database,
            clock,
            keys,
            passwords,
            throttle,
            tokens,
            lasting: Lasting::new(&config.auth),
            providers: Providers::new(&config.auth.provider)?,
            standing: Standing::default(),
            running: Running::default(),
            kept: Kept::default(),
            figures: kpi::Kept::default(),
            fewest_peers: config.kpi.fewest_peers.max(3),
            limits: config.graphql.clone(),
            issuer: config.auth.issuer.clone(),
            public_url,
            subscriptions: config.subscriptions.clone(),
            jobs: config.jobs.clone(),
            files,
            mail: Mailer::new(&config.mail)?,
            telling: Semaphore::new(usize::try_from(config.database.max_connections / 2)?.max(1)),
        })
    }

    /// Makes sure that the database binds this login before strangers are served.
    ///
    /// # Errors
    /// When it owns the tables or bypasses row-level security, and the settings do not allow that.
    pub async fn require_bound_login(&self, config: &config::Database) -> anyhow::Result<()> {
        let privileged = "this database login owns the tables or bypasses row-level security";
        match self.database.is_above_the_second_lock().await? {
            true if config.allow_privileged_login => tracing::warn!("{privileged}"),
            true => bail!("{privileged}: log in as forecourt_app, or set database.allow_privileged_login"),
            false => {}
        }
        Ok(())
    }

    /// The time, to the millisecond: what both databases keep.
    pub fn now(&self) -> DateTime<Utc> {
        (self.clock)().trunc_subsecs(3)
    }

    /// Keys for sealed fields.
    pub fn keys(&self) -> &Keys {
        &self.keys
    }

    /// Hashing and checking of passwords.
    pub fn passwords(&self) -> &Passwords {
        &self.passwords
    }

    /// Who may try again, and when.
    pub fn throttle(&self) -> &Throttle {
        &self.throttle
    }

    /// Access tokens.
    pub fn tokens(&self) -> &Tokens {
        &self.tokens
    }

    /// How long devices stay signed in.
    pub fn lasting(&self) -> Lasting {
        self.lasting
    }

    /// Outside identity providers.
    pub fn providers(&self) -> &Providers {
        &self.providers
    }

    /// What people were found to reach a moment ago.
    pub fn standing(&self) -> &Standing {
        &self.standing
    }

    /// What is being carried out right now.
    pub fn running(&self) -> &Running {
        &self.running
    }

    /// Rows that rarely change.
    pub fn kept(&self) -> &Kept {
        &self.kept
    }

    /// What is open in each dealership.
    pub fn figures(&self) -> &kpi::Kept {
        &self.figures
    }

    /// Fewer branches than this are not compared with each other.
    pub fn fewest_peers(&self) -> usize {
        self.fewest_peers
    }

    /// What operations may ask for.
    pub fn limits(&self) -> &config::Graphql {
        &self.limits
    }

    /// The installation's name, in tokens and in authenticator apps.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// Where people reach it, without a slash at the end.
    pub fn public_url(&self) -> &str {
        &self.public_url
    }

    /// Documents, exports and logos.
    pub fn files(&self) -> &Files {
        &self.files
    }

    /// Whoever hands letters over; nobody where no server is set.
    pub fn mail(&self) -> Option<&Mailer> {
        self.mail.as_ref()
    }

    /// How much those who listen may ask for.
    pub fn subscriptions(&self) -> &config::Subscriptions {
        &self.subscriptions
    }

    /// How work is done that nobody waits for.
    pub fn jobs(&self) -> &config::Jobs {
        &self.jobs
    }

    /// Taken by whoever reads what a subscription is told: half of the connections are left to those who ask, however
    /// many listen.
    pub fn telling(&self) -> &Semaphore {
        &self.telling
    }

    /// Hears of what is committed from now on, by any process.
    ///
    /// # Errors
    /// `SUBSCRIPTION_LOST` while the database cannot be listened to.
    pub async fn hear(&self) -> Result<Hearing> {
        self.database.hear().await
    }

    /// How many hear at present.
    pub fn listeners(&self) -> usize {
        self.database.listeners()
    }

    /// Opens a transaction that only reads; its statements are stopped after `database.statement_seconds`.
    pub async fn read(&self, scope: Scope) -> Result<Tx> {
        self.database.read(scope).await
    }

    /// [`App::read`] for somebody who waits no longer than so, or for work that lasts.
    pub async fn read_within(&self, scope: Scope, limit: Limit) -> Result<Tx> {
        self.database.read_within(scope, limit).await
    }

    /// Opens a transaction that may write; its statements are stopped after `database.statement_seconds`.
    pub async fn write(&self, scope: Scope) -> Result<Tx> {
        self.database.write(scope).await
    }

    /// [`App::write`] for somebody who waits no longer than so, or for work that lasts.
    pub async fn write_within(&self, scope: Scope, limit: Limit) -> Result<Tx> {
        self.database.write_within(scope, limit).await
    }

    /// Whether the database is fit for this release.
    pub async fn level(&self) -> Result<Level> {
        self.database.level().await
    }

    /// Connections to the database, as they are now.
    pub fn pools(&self) -> Vec<Pool> {
        self.database.pools()
    }

    /// Closes every connection.
    pub async fn close(self) -> Result<()> {
        self.database.close().await
    }
}

/// Finds the master key and proves that it is the one this database was filled with; makes one for an empty database.
async fn unlock(config: &Config, database: &Database, now: DateTime<Utc>) -> anyhow::Result<(Keys, KeyRing)> {
    let tx = database.write(Scope::system("check the master key")).await?;
    let known = tx.one(tx.scope().select_shared::<deployment::Entity>()?).await?;
    let keys = match &config.keys.master_key {
        Some(text) => {
            Keys::parse(text).context("keys.master_key is not usable; make one with `forecourt key generate`")?
        }
        None => key_file(config, known.is_none())?,
    };
    match known {
        Some(known) if known.key_check == keys.check() => {}
        Some(_) => {
            bail!("the master key is not the one this database was filled with: set keys.master_key or keys.file")
        }
        None => {
            let row = deployment::Model { id: 1, key_check: keys.check().to_vec(), created_at: now };
            tx.insert_shared::<deployment::Entity>(vec![row]).await?;
        }
    }
    auth::make_first_key(&tx, &keys, now).await?;
    let ring = KeyRing::read(&tx, &keys, now).await?;
    tx.commit().await?;
    Ok((keys, ring))
}

fn key_file(config: &Config, may_make: bool) -> anyhow::Result<Keys> {
    let path = config.keys.file.clone().unwrap_or_else(|| beside(&config.database.url, "key"));
    match std::fs::read_to_string(&path) {
        Ok(text) => Keys::parse(&SecretString::from(text)).with_context(|| format!("{} is not usable", path.display())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && may_make => {
            let (keys, text) = Keys::generate();
            let mut file = std::fs::OpenOptions::new()
                .write(true)
                .create_new(true)
                .mode(0o600)
                .open(&path)
                .with_context(|| format!("cannot make the key file {}", path.display()))?;
            writeln!(file, "{}", text.expose_secret())?;
            tracing::warn!(file = %path.display(), "made a master key: keep a copy apart from the database's backups");
            Ok(keys)
        }
        Err(error) => Err(error).with_context(|| {
            format!("cannot read the master key from {}: set keys.master_key or keys.file", path.display())
        }),
    }
}

/// What an installation keeps beside its database if nothing else is said: `DATABASE.key` beside SQLite's file, else
/// `forecourt.key` where it runs.
fn beside(url: &str, what: &str) -> PathBuf {
    let database = url.strip_prefix("sqlite:").map(|rest| rest.trim_start_matches("//"));
    let database = database.map_or("forecourt", |path| path.split('?').next().unwrap_or_default());
    PathBuf::from(format!("{database}.{what}"))
}

/// A database address fit for a message.
fn without_password(url: &str) -> String {
    match (url.split_once("://"), url.rsplit_once('@')) {
        (Some((kind, _)), Some((_, host))) => format!("{kind}://…@{host}"),
        _ => url.to_owned(),
    }
}
