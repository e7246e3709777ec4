//! A password set by the operator.

use entity::user;
use sea_orm::QueryFilter;
use sea_orm::sea_query::Expr;
use secrecy::SecretString;

use super::sign_in::email_is;
use crate::app::App;
use crate::error::{Error, Result};
use crate::scope::Scope;

/// Sets the password of the person with this e-mail address.
///
/// # Errors
/// `NOT_FOUND`; `BAD_USER_INPUT` when the password is too short.
pub async fn set_password(app: &App, email: &str, password: SecretString) -> Result<()> {
    let hash = app.passwords().hash(password).await?;
    let tx = app.write(Scope::system("set a password")).await?;
    let update = tx.scope().update_shared::<user::Entity>()?.filter(email_is(email));
    match tx.update(update.col_expr(user::Column::PasswordHash, Expr::value(hash))).await? {
        0 => Err(Error::NotFound),
        _ => tx.commit().await,
    }
}
