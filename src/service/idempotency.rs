//! The same request twice is one change: its key is kept with the answer, in the transaction of the change.
//!
//! What failed left nothing behind and may be asked again under its key. Keys are kept for a week at least.

use entity::idempotency::{Column, Entity, Model};
use sea_orm::{ActiveEnum, ColumnTrait, QueryFilter};
use serde::de::DeserializeOwned;
use serde::{Serialize, Serializer};
use uuid::Uuid;

use super::{Change, Desk};
use crate::crypto::Keys;
use crate::error::{Error, Refusal, RefusalCode, Result};
use crate::id;
use crate::scope::{Actor, Scope};

/// A request with an idempotency key.
pub(super) struct Request {
    /// Of the asker, the operation and the key.
    pub(super) digest: Vec<u8>,
    operation: &'static str,
    user: Uuid,
    fingerprint: Vec<u8>,
}

impl Request {
    /// # Errors
    /// A refusal when the key is unusable.
    pub(super) fn new<C: Change>(keys: &Keys, (asker, scope): (&Scope, &Scope), change: &C, key: &str) -> Result<Self> {
        if !(8..=64).contains(&key.len()) || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
            let message = "Use a fresh key of 8 to 64 letters, digits or signs for each request, e.g. a UUID.";
            return Err(Refusal::new(RefusalCode::Invalid, "idempotencyKey", message).into());
        }
        let Actor::User(user) = *asker.actor() else {
            return Err(Error::internal(anyhow::anyhow!("only people have idempotency keys")));
        };
        let dealership = scope.dealership()?;
        // The branch counts: without one in the input, it decides where the change is made.
        let input = serde_json::to_string(&(asker.reach_branch(), change)).map_err(Error::internal)?;
        let name = format!("{dealership}/{user}/{}/{key}", C::NAME);
        Ok(Self {
            digest: keys.blind_index(dealership, "idempotency key", &name),
            operation: C::NAME,
            user,
            fingerprint: keys.blind_index(dealership, "idempotency input", &input),
        })
    }

    /// The answer given before, if there is one.
    ///
    /// # Errors
    /// `IN_PROGRESS` while another process is at it, `IDEMPOTENCY_KEY_REUSED` when the input was another.
    pub(super) async fn answered<T: DeserializeOwned>(&self, desk: &Desk<'_>) -> Result<Option<T>> {
        let lock = self.digest.first_chunk().map_or(0, |digest| i64::from_be_bytes(*digest));
        let query = desk.tx.select::<Entity>().filter(Column::UserId.eq(self.user));
        let query =
            query.filter(Column::Operation.eq(self.operation)).filter(Column::KeyDigest.eq(self.digest.clone()));
        match desk.tx.one_under_lock(lock, query).await? {
            None => Ok(None),
            Some(row) if row.fingerprint == self.fingerprint => {
                serde_json::from_str(&row.answer).map(Some).map_err(Error::internal)
            }
            Some(_) => Err(Error::IdempotencyKeyReused),
        }
    }

    pub(super) async fn remember(&self, desk: &Desk<'_>, outcome: &impl Serialize) -> Result<()> {
        let row = Model {
            dealership_id: desk.dealership_id()?,
            id: id::fresh(desk.now),
            user_id: self.user,
            operation: self.operation.to_owned(),
            key_digest: self.digest.clone(),
            fingerprint: self.fingerprint.clone(),
            answer: serde_json::to_string(outcome).map_err(Error::internal)?,
            created_at: desk.now,
        };
        desk.insert::<Entity>(vec![row]).await
    }
}

/// Writes a kind or a state into the fingerprint of an input, as the database keeps it.
pub(super) fn as_kept<K, S>(kind: &K, serializer: S) -> Result<S::Ok, S::Error>
where
    K: ActiveEnum<Value = String>,
    S: Serializer,
{
    serializer.serialize_str(&kind.to_value())
}

/// [`as_kept`] of several.
pub(super) fn all_as_kept<K, S>(kinds: &[K], serializer: S) -> Result<S::Ok, S::Error>
where
    K: ActiveEnum<Value = String>,
    S: Serializer,
{
    serializer.collect_seq(kinds.iter().map(ActiveEnum::to_value))
}
