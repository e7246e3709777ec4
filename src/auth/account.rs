//! Accounts as the operator sees and keeps them.

use std::collections::HashMap;

use entity::kind::{Role, SessionEnd};
use entity::{dealership, membership, second_factor, user, user_session};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveEnum, ColumnTrait, QueryFilter, QueryOrder, QuerySelect};
use secrecy::SecretString;
use uuid::Uuid;

use super::{devices, letter, person};
use crate::app::App;
use crate::database::Tx;
use crate::error::{Error, Result};
use crate::scope::Scope;
use crate::{identity, text};

/// Accounts shown at most.
const MOST_SHOWN: u64 = 1_000;

/// An account, as the operator sees it.
pub struct Account {
    /// E-mail address.
    pub email: String,
    /// Name.
    pub name: String,
    /// Whether it has a password.
    pub has_password: bool,
    /// Whether it has a second factor.
    pub has_second_factor: bool,
    /// Devices that are signed in.
    pub devices: usize,
    /// Roles and where, in words.
    pub memberships: Vec<String>,
    /// Whether it is kept from signing in.
    pub is_disabled: bool,
}

/// The accounts whose e-mail address begins with `prefix`, by address.
pub async fn accounts(app: &App, prefix: &str) -> Result<Vec<Account>> {
    let tx = app.read(Scope::system("list accounts")).await?;
    let (from, to) = text::prefix_range(&identity::email_key(prefix));
    let query = tx.scope().select_shared::<user::Entity>()?.filter(user::Column::EmailKey.gte(from));
    let query = query.filter(user::Column::EmailKey.lt(to));
    let people = tx.all(query.order_by_asc(user::Column::EmailKey).limit(MOST_SHOWN)).await?;
    let ids: Vec<_> = people.iter().map(|person| person.id).collect();
    let (devices, factors, memberships) =
        (live(app, &tx, &ids).await?, factors(&tx, &ids).await?, roles(&tx, &ids).await?);
    let account = |person: user::Model| Account {
        has_password: person.password_hash.is_some(),
        has_second_factor: factors.contains(&person.id),
        devices: devices.iter().filter(|id| **id == person.id).count(),
        memberships: {
            let everywhere = person.group_role.map(|role| format!("{} everywhere", role.to_value()));
            everywhere.into_iter().chain(memberships.get(&person.id).into_iter().flatten().cloned()).collect()
        },
        is_disabled: person.disabled_at.is_some(),
        email: person.email,
        name: person.name,
    };
    Ok(people.into_iter().map(account).collect())
}

/// Makes an administrator over every dealership of the account with this e-mail address, which is made if there is none.
/// Gives the page where a first password is chosen, if there is none yet.
///
/// # Errors
/// `BAD_USER_INPUT` when it is no address.
pub async fn make_administrator(app: &App, email: &str, name: &str) -> Result<Option<SecretString>> {
    person::check_email(email)?;
    let tx = app.write(Scope::system("make an administrator")).await?;
    let person = match person::by_email(&tx, email).await? {
        Some(person) => {
            let update = tx.scope().update_shared::<user::Entity>()?.filter(user::Column::Id.eq(person.id));
            tx.update(update.col_expr(user::Column::GroupRole, Expr::value(Role::HqAdmin.to_value()))).await?;
            person
        }
        None => {
            let account = administrator(app, email, name);
            tx.insert_shared::<user::Entity>(vec![account.clone()]).await?;
            account
        }
    };
    let page = match person.password_hash {
        Some(_) => None,
        None => Some(letter::invite(app, &tx, person.id).await?),
    };
    tx.commit().await?;
    Ok(page)
}

/// Signs the person with this e-mail address out everywhere; tells on how many devices.
///
/// # Errors
/// `NOT_FOUND`.
pub async fn end_sessions_of(app: &App, email: &str) -> Result<u64> {
    let tx = app.write(Scope::system("end sessions")).await?;
    let person = person::by_email(&tx, email).await?.ok_or(Error::NotFound)?;
    let ended = devices::end_all_in(&tx, person.id, None, SessionEnd::EndedByAdministrator, app.now()).await?;
    tx.commit().await?;
    Ok(ended)
}

/// Keeps the person with this e-mail address from signing in, and signs them out.
///
/// # Errors
/// `NOT_FOUND`.
pub async fn disable(app: &App, email: &str) -> Result<()> {
    let now = app.now();
    let tx = app.write(Scope::system("disable an account")).await?;
    let person = person::by_email(&tx, email).await?.ok_or(Error::NotFound)?;
    let update = tx.scope().update_shared::<user::Entity>()?.filter(user::Column::Id.eq(person.id));
    tx.update(update.col_expr(user::Column::DisabledAt, Expr::value(now))).await?;
    devices::end_all_in(&tx, person.id, None, SessionEnd::EndedByAdministrator, now).await?;
    tx.commit().await
}

/// Lets the person with this e-mail address sign in again.
///
/// # Errors
/// `NOT_FOUND`.
pub async fn enable(app: &App, email: &str) -> Result<()> {
    let tx = app.write(Scope::system("enable an account")).await?;
    let person = person::by_email(&tx, email).await?.ok_or(Error::NotFound)?;
    let update = tx.scope().update_shared::<user::Entity>()?.filter(user::Column::Id.eq(person.id));
    tx.update(update.col_expr(user::Column::DisabledAt, Expr::cust("null"))).await?;
    tx.commit().await
}

/// An account of an administrator over everything that cannot sign in until it has a password.
pub(super) fn administrator(app: &App, email: &str, name: &str) -> user::Model {
    let account = person::fresh(email.to_owned(), name.to_owned(), app.now());
    user::Model { group_role: Some(Role::HqAdmin), ..account }
}

/// Whose each device is that is signed in.
async fn live(app: &App, tx: &Tx, people: &[Uuid]) -> Result<Vec<Uuid>> {
    use user_session::Column;
    let query =
        tx.scope().select_shared::<user_session::Entity>()?.filter(Column::UserId.is_in(people.iter().copied()));
    let query = query.filter(Column::EndedAt.is_null()).filter(Column::EndsAt.gt(app.now()));
    Ok(tx.all(query).await?.into_iter().map(|row| row.user_id).collect())
}

async fn factors(tx: &Tx, people: &[Uuid]) -> Result<Vec<Uuid>> {
    use second_factor::Column;
    let query =
        tx.scope().select_shared::<second_factor::Entity>()?.filter(Column::UserId.is_in(people.iter().copied()));
    let query = query.filter(Column::ConfirmedAt.is_not_null()).filter(Column::EndedAt.is_null());
    Ok(tx.all(query).await?.into_iter().map(|row| row.user_id).collect())
}

/// What each person is where, e.g. `SALES in colombo-ev`.
async fn roles(tx: &Tx, people: &[Uuid]) -> Result<HashMap<Uuid, Vec<String>>> {
    use membership::Column;
    let query = tx.select::<membership::Entity>().filter(Column::UserId.is_in(people.iter().copied()));
    let rows = tx.all(query.filter(Column::EndedAt.is_null()).order_by_asc(Column::Id)).await?;
    let ids = rows.iter().map(|row| row.dealership_id);
    let places = tx.select::<dealership::Entity>().filter(dealership::Column::Id.is_in(ids));
    let codes: HashMap<_, _> = tx.all(places).await?.into_iter().map(|row| (row.id, row.code)).collect();
    let mut roles: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        let code = codes.get(&row.dealership_id).map_or("", String::as_str);
        roles.entry(row.user_id).or_default().push(format!("{} in {code}", row.role.to_value()));
    }
    Ok(roles)
}
