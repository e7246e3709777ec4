//! The keys that sign access tokens, as the database has them: one signs, others are known ahead or still trusted.

use chrono::{DateTime, TimeDelta, Utc};
use entity::signing_key::{Column, Entity, Model};
use jsonwebtoken::jwk::{Jwk, JwkSet, PublicKeyUse, ThumbprintHash};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, QueryFilter, QueryOrder};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::app::App;
use crate::crypto::{self, Keys, Place};
use crate::database::Tx;
use crate::error::{Error, Result};
use crate::id;
use crate::scope::Scope;

/// PKCS #8 of an Ed25519 seed (RFC 8410, section 7): this head, then the seed.
const PKCS8_HEAD: [u8; 16] = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];

/// For how long others may keep the published keys before they ask again.
pub(crate) const PUBLISHED_SECONDS: u32 = 300;

/// For how long a process goes on with the keys it read.
pub(super) const READ_FOR: TimeDelta = TimeDelta::seconds(5);

/// Keys that are trusted, or will be.
pub(crate) struct KeyRing(Vec<Key>);

/// One of them.
pub(super) struct Key {
    pub(super) kid: String,
    pub(super) signing: EncodingKey,
    pub(super) checking: DecodingKey,
    public: Jwk,
    signs_from: DateTime<Utc>,
    ends_at: Option<DateTime<Utc>>,
}

/// What an operator is told of a key.
pub struct KeyState {
    /// As tokens name it.
    pub kid: String,
    /// From when it signs.
    pub signs_from: DateTime<Utc>,
    /// From when it is trusted no longer.
    pub ends_at: Option<DateTime<Utc>>,
    /// Whether it signs now.
    pub signs: bool,
}

impl KeyRing {
    /// The keys that the database has and that have not ended.
    pub(crate) async fn read(tx: &Tx, keys: &Keys, now: DateTime<Utc>) -> Result<Self> {
        let lasting = Condition::any().add(Column::EndsAt.is_null()).add(Column::EndsAt.gt(now));
        let query = tx.scope().select_shared::<Entity>()?.filter(lasting).order_by_asc(Column::SignsFrom);
        let rows = tx.all(query.order_by_asc(Column::Id)).await?;
        rows.iter().map(|row| Key::open(row, keys)).collect::<Result<_>>().map(Self)
    }

    /// The key that signs: the last whose time has come.
    ///
    /// # Errors
    /// Internal, when there is none.
    pub(super) fn signing(&self, now: DateTime<Utc>) -> Result<&Key> {
        let begun = self.0.iter().rfind(|key| key.signs_from <= now && key.lasts(now));
        begun.ok_or_else(|| Error::internal(anyhow::anyhow!("no key signs: make one with `forecourt key rotate`")))
    }

    /// The key called `kid`, if it is trusted.
    pub(super) fn checking(&self, kid: &str, now: DateTime<Utc>) -> Option<&Key> {
        self.0.iter().find(|key| key.kid == kid && key.lasts(now))
    }

    /// The public keys by which others may check tokens.
    pub(crate) fn published(&self) -> JwkSet {
        JwkSet { keys: self.0.iter().map(|key| key.public.clone()).collect() }
    }

    /// What an operator is told.
    pub(super) fn states(&self, now: DateTime<Utc>) -> Vec<KeyState> {
        let signs = self.signing(now).map(|key| key.kid.as_str()).ok();
        let state = |key: &Key| KeyState {
            kid: key.kid.clone(),
            signs_from: key.signs_from,
            ends_at: key.ends_at,
            signs: signs == Some(&key.kid),
        };
        self.0.iter().map(state).collect()
    }
}

impl Key {
    fn open(row: &Model, keys: &Keys) -> Result<Self> {
        let seed = Zeroizing::new(keys.open(place(row.id), &row.seed)?);
        Self::of(&seed, row.signs_from, row.ends_at).map_err(Error::internal)
    }

    fn of(seed: &[u8], signs_from: DateTime<Utc>, ends_at: Option<DateTime<Utc>>) -> anyhow::Result<Self> {
        let der = Zeroizing::new([&PKCS8_HEAD[..], seed].concat());
        let signing = EncodingKey::from_ed_der(&der);
        let mut public = Jwk::from_encoding_key(&signing, Algorithm::EdDSA)?;
        let kid = public.thumbprint(ThumbprintHash::SHA256)?;
        public.common.key_id = Some(kid.clone());
        public.common.public_key_use = Some(PublicKeyUse::Signature);
        Ok(Self { kid, checking: DecodingKey::from_jwk(&public)?, signing, public, signs_from, ends_at })
    }

    fn lasts(&self, now: DateTime<Utc>) -> bool {
        self.ends_at.is_none_or(|ends| now < ends)
    }
}

/// Makes the first key of an installation that has none.
pub(crate) async fn make_first(tx: &Tx, keys: &Keys, now: DateTime<Utc>) -> Result<()> {
    match tx.one(tx.scope().select_shared::<Entity>()?).await? {
        Some(_) => Ok(()),
        None => add(tx, keys, now, now).await,
    }
}

/// What an operator is told of the keys.
pub async fn signing_keys(app: &App) -> Result<Vec<KeyState>> {
    let tx = app.read(Scope::system("list signing keys")).await?;
    Ok(KeyRing::read(&tx, app.keys(), app.now()).await?.states(app.now()))
}

/// Makes a new key. It is published at once and signs as soon as everybody who keeps published keys has asked again; the
/// old ones are trusted until the last token they signed has ended. `at_once`, for a key that leaked: the new one signs
/// now, and whatever the old ones signed is worth nothing; devices refresh and go on.
pub async fn rotate_signing_key(app: &App, at_once: bool) -> Result<Vec<KeyState>> {
    let now = app.now();
    let published = READ_FOR + TimeDelta::seconds(PUBLISHED_SECONDS.into());
    let signs_from = if at_once { now } else { now + published };
    let ends_at = if at_once { now } else { signs_from + READ_FOR + app.tokens().lifetime() };
    let tx = app.write(Scope::system("rotate the signing key")).await?;
    let later = Condition::any().add(Column::EndsAt.is_null()).add(Column::EndsAt.gt(ends_at));
    let ending = tx.scope().update_shared::<Entity>()?.filter(later).col_expr(Column::EndsAt, Expr::value(ends_at));
    tx.update(ending).await?;
    add(&tx, app.keys(), signs_from, now).await?;
    let ring = KeyRing::read(&tx, app.keys(), now).await?;
    tx.commit().await?;
    Ok(ring.states(now))
}

async fn add(tx: &Tx, keys: &Keys, signs_from: DateTime<Utc>, created_at: DateTime<Utc>) -> Result<()> {
    let (id, seed) = (id::fresh(created_at), Zeroizing::new(crypto::random::<32>()));
    let seed = keys.seal(place(id), &*seed);
    tx.insert_shared::<Entity>(vec![Model { id, seed, signs_from, ends_at: None, created_at }]).await
}

fn place(row: Uuid) -> Place {
    Place { dealership: Uuid::nil(), table: "signing_key", column: "seed", row }
}
