//! Credential → [`Scope`]: passwords, access tokens and what a membership reaches.

mod grant;
mod narrow;
mod password;
mod session;
mod set_password;
mod sign_in;
mod standing;
mod token;
mod visitor;

pub use narrow::{Workplace, narrow};
pub use password::Passwords;
pub use session::{Session, switch_context};
pub use set_password::set_password;
pub use sign_in::{SignIn, sign_in};
pub use standing::Standing;
pub use token::Tokens;
pub use visitor::Visitor;

use entity::{membership, user};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::app::App;
use crate::database::Tx;
use crate::error::{Error, Result};
use crate::scope::{Reach, Scope};
use token::Claims;

/// The scope of whoever holds `token`, rebuilt from what they are: a membership that ended since ends the token too,
/// within five seconds.
///
/// # Errors
/// `UNAUTHENTICATED`, whatever is wrong.
pub async fn authenticate(app: &App, token: &str) -> Result<Scope> {
    let now = app.now();
    let claims = app.tokens().verify(token, now)?;
    let reach = match app.standing().get(claims.sub, claims.grant, now) {
        Some(reach) => reach,
        None => {
            let reach = prove(app, &claims).await?;
            app.standing().keep(claims.sub, claims.grant, &reach, now);
            reach
        }
    };
    Ok(Scope::of_credential(claims.sub, claims.grant.role, reach))
}

async fn prove(app: &App, claims: &Claims) -> Result<Reach> {
    let tx = app.read(Scope::system("authenticate")).await?;
    let person = tx.one(tx.scope().select_shared::<user::Entity>()?.filter(user::Column::Id.eq(claims.sub))).await?;
    let person = person.filter(|person| person.disabled_at.is_none()).ok_or(Error::Unauthenticated)?;
    let memberships = memberships(&tx, person.id).await?;
    grant::prove(&person, &memberships, &claims.grant).ok_or(Error::Unauthenticated)
}

async fn memberships(tx: &Tx, user: Uuid) -> Result<Vec<membership::Model>> {
    let query = tx
        .select::<membership::Entity>()
        .filter(membership::Column::UserId.eq(user))
        .filter(membership::Column::EndedAt.is_null())
        .order_by_asc(membership::Column::Id);
    tx.all(query).await
}
