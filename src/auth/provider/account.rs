//! Whose account it is that a provider vouches for: the one that is linked, else the one of the same address, else a new one
//! for somebody whom the settings give a membership.

use entity::{outside_identity, seen_token, user};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, QueryFilter};

use super::{Known, Provider, memberships};
use crate::app::App;
use crate::auth::person;
use crate::database::Tx;
use crate::error::{Error, Result};
use crate::scope::Scope;

/// How often it is tried when others get in the way: somebody who signs in twice at once.
const TRIES: u32 = 5;

/// The account of somebody a provider vouches for; the token is spent then.
///
/// # Errors
/// `INVALID_CREDENTIALS` when the token is spent already, nobody is known by it and nobody may come by it, or the account is
/// disabled.
pub(super) async fn admit(app: &App, provider: &Provider, known: &Known) -> Result<user::Model> {
    for _ in 1..TRIES {
        match attempt(app, provider, known).await {
            Err(Error::Conflict) => {}
            done => return done,
        }
    }
    attempt(app, provider, known).await
}

async fn attempt(app: &App, provider: &Provider, known: &Known) -> Result<user::Model> {
    let tx = app.write(Scope::system("sign in with an outside identity provider")).await?;
    match find(app, &tx, provider, known).await {
        Ok(Ok(person)) => tx.commit().await.map(|()| person),
        Ok(Err(reason)) => {
            tracing::info!(provider = known.provider, reason, "somebody with a good id token is not let in");
            tx.rollback().await.and(Err(Error::NotVouchedFor))
        }
        Err(error) => tx.rollback().await.and(Err(error)),
    }
}

/// The account, or why there is none.
async fn find(app: &App, tx: &Tx, provider: &Provider, known: &Known) -> Result<Result<user::Model, &'static str>> {
    if !spend(app, tx, &known.token).await? {
        return Ok(Err("the token was used before"));
    }
    let person = match linked(app, tx, known).await? {
        Some(person) => Ok(person),
        None => link(app, tx, provider, known).await?,
    };
    Ok(person.and_then(|person| match person.disabled_at {
        None => Ok(person),
        Some(_) => Err("the account is disabled"),
    }))
}

/// Takes note of a token; false when it was used before. Whoever uses it at the same time meets the other's row.
async fn spend(app: &App, tx: &Tx, token: &seen_token::Model) -> Result<bool> {
    use seen_token::{Column, Entity};
    let equal = tx.scope().select_shared::<Entity>()?.filter(Column::Digest.eq(token.digest.clone()));
    if tx.one(equal).await?.is_some() {
        return Ok(false);
    }
    tx.delete(tx.scope().delete_shared::<Entity>()?.filter(Column::ExpiresAt.lt(app.now()))).await?;
    tx.insert_shared::<Entity>(vec![token.clone()]).await?;
    Ok(true)
}

async fn linked(app: &App, tx: &Tx, known: &Known) -> Result<Option<user::Model>> {
    use outside_identity::{Column, Entity};
    let own = Column::Issuer.eq(known.issuer.as_str()).and(Column::Subject.eq(known.subject.as_str()));
    let Some(identity) = tx.one(tx.scope().select_shared::<Entity>()?.filter(own.clone())).await? else {
        return Ok(None);
    };
    let seen = tx.scope().update_shared::<Entity>()?.filter(own);
    tx.update(seen.col_expr(Column::LastSeenAt, Expr::value(app.now()))).await?;
    tx.one(tx.scope().select_shared::<user::Entity>()?.filter(user::Column::Id.eq(identity.user_id))).await
}

async fn link(app: &App, tx: &Tx, provider: &Provider, known: &Known) -> Result<Result<user::Model, &'static str>> {
    use outside_identity::{Column, Entity};
    let Some(email) = known.email.as_deref().filter(|email| provider.settings.vouches_for(email)) else {
        return Ok(Err("it has no verified address of a domain that the provider may vouch for"));
    };
    let person = match person::by_email(tx, email).await? {
        Some(person) => {
            let other = Column::UserId.eq(person.id).and(Column::Issuer.eq(known.issuer.as_str()));
            match tx.one(tx.scope().select_shared::<Entity>()?.filter(other)).await? {
                None => person,
                // Linked since we looked.
                Some(own) if own.subject == known.subject => return Err(Error::Conflict),
                Some(_) => return Ok(Err("the account of this address is linked to somebody else at the provider")),
            }
        }
        None if memberships::posts(tx, known).await?.is_empty() => {
            return Ok(Err("it has no account, and the settings give it no membership"));
        }
        None => make(app, tx, known, email).await?,
    };
    let row = outside_identity::Model {
        issuer: known.issuer.clone(),
        subject: known.subject.clone(),
        user_id: person.id,
        linked_at: app.now(),
        last_seen_at: app.now(),
    };
    tx.insert_shared::<Entity>(vec![row]).await?;
    Ok(Ok(person))
}

/// An account without a password.
async fn make(app: &App, tx: &Tx, known: &Known, email: &str) -> Result<user::Model> {
    let name = known.name.clone().unwrap_or_else(|| email.to_owned());
    let account = person::fresh(email.to_owned(), name, app.now());
    tx.insert_shared::<user::Entity>(vec![account.clone()]).await?;
    Ok(account)
}
