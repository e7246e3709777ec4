//! Recovery codes: ten, each good once, for whoever lost the authenticator app. Eighty random bits, hashed like passwords,
//! and before them the code's number, so that one hash is compared for each try, not ten.

use chrono::{DateTime, Utc};
use entity::recovery_code::{Column, Entity, Model};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, QueryFilter, QueryTrait};
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::app::App;
use crate::crypto;
use crate::database::Tx;
use crate::error::{Error, Result};
use crate::id;
use crate::scope::Scope;

const CODES: i16 = 10;

/// Base32 of Crockford: no letter that looks like a digit.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Letters of a code after its number: 80 bits.
const LENGTH: usize = 16;

/// Codes that were just made.
pub(super) struct Fresh {
    /// To be shown once.
    pub(super) codes: Vec<SecretString>,
    hashes: Vec<String>,
}

/// Makes codes; no connection is held meanwhile.
pub(super) async fn make(app: &App) -> Result<Fresh> {
    let mut fresh = Fresh { codes: Vec::new(), hashes: Vec::new() };
    for position in 0..CODES {
        let letters: String = crypto::random::<LENGTH>().iter().map(|byte| letter(byte & 31)).collect();
        let letters = Zeroizing::new(letters);
        let parts: Vec<_> = (0..LENGTH).step_by(4).map(|at| &letters[at..at + 4]).collect();
        fresh.codes.push(format!("{position}-{}", parts.join("-")).into());
        fresh.hashes.push(app.passwords().hash_code(letters.as_str().into()).await?);
    }
    Ok(fresh)
}

/// Puts fresh codes in the place of all earlier ones.
pub(super) async fn replace(tx: &Tx, factor: Uuid, fresh: &Fresh, now: DateTime<Utc>) -> Result<()> {
    let earlier = tx.scope().update_shared::<Entity>()?.filter(Column::SecondFactorId.eq(factor));
    let ended = earlier.filter(Column::EndedAt.is_null()).col_expr(Column::EndedAt, Expr::value(now));
    tx.update(ended).await?;
    let row = |(position, code_hash): (i16, &String)| Model {
        id: id::fresh(now),
        second_factor_id: factor,
        position,
        code_hash: code_hash.clone(),
        used_at: None,
        ended_at: None,
        created_at: now,
    };
    tx.insert_shared::<Entity>((0..CODES).zip(&fresh.hashes).map(row).collect()).await
}

/// How many codes are left.
pub(super) async fn left(tx: &Tx, factor: Uuid) -> Result<u64> {
    tx.count(usable(tx, factor)?.into_query()).await
}

/// Whether a text looks like a recovery code rather than one of an app.
pub(super) fn is_one(code: &SecretString) -> bool {
    parse(code).is_some()
}

/// Uses a code up.
///
/// # Errors
/// `INVALID_CODE` when it is wrong, or was used.
pub(super) async fn spend(app: &App, factor: Uuid, code: &SecretString) -> Result<()> {
    let (position, letters) = parse(code).ok_or(Error::InvalidCode)?;
    let row = {
        let tx = app.read(Scope::system("check a recovery code")).await?;
        tx.one(usable(&tx, factor)?.filter(Column::Position.eq(position))).await?
    };
    // As long for a code that was used.
    let hash = row.as_ref().map(|row| row.code_hash.clone());
    let correct = app.passwords().verify_code(letters, hash).await?;
    let row = row.filter(|_| correct).ok_or(Error::InvalidCode)?;
    let tx = app.write(Scope::system("use a recovery code")).await?;
    let used = tx.scope().update_shared::<Entity>()?.filter(Column::Id.eq(row.id)).filter(Column::UsedAt.is_null());
    match tx.update(used.col_expr(Column::UsedAt, Expr::value(app.now()))).await? {
        1 => tx.commit().await,
        _ => Err(Error::InvalidCode),
    }
}

fn usable(tx: &Tx, factor: Uuid) -> Result<sea_orm::Select<Entity>> {
    let codes = tx.scope().select_shared::<Entity>()?.filter(Column::SecondFactorId.eq(factor));
    Ok(codes.filter(Column::UsedAt.is_null()).filter(Column::EndedAt.is_null()))
}

/// The number and the letters of a code, however it was typed.
fn parse(code: &SecretString) -> Option<(i16, SecretString)> {
    let text = code.expose_secret();
    let letters = text.chars().filter(|c| !matches!(c, '-' | ' ')).map(|c| match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        c => c,
    });
    let letters = Zeroizing::new(letters.collect::<String>());
    let (position, rest) = letters.split_at_checked(1)?;
    let fits = rest.len() == LENGTH && rest.bytes().all(|letter| LETTERS.contains(&letter));
    Some((position.parse().ok().filter(|_| fits)?, rest.into()))
}

fn letter(index: u8) -> char {
    char::from(LETTERS[usize::from(index)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        for typed in ["3-ABCD-EFGH-JKMN-0123", "3abcdefghjkmno1z3".replace('z', "2").as_str(), "3 ABCD EFGH JKMN OI23"]
        {
            let (position, letters) = parse(&typed.into()).expect("a code");
            assert_eq!((position, letters.expose_secret()), (3, "ABCDEFGHJKMN0123"), "{typed}");
        }
        for other in ["123456", "", "3-ABCD-EFGH-JKMN-012", "3-ABCD-EFGH-JKMN-012U", "X-ABCD-EFGH-JKMN-0123", "ආ"] {
            assert!(parse(&other.into()).is_none(), "{other}");
        }
    }
}
