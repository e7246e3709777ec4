//! Credential → [`Scope`]: passwords, access tokens, what a membership reaches, and keys of leasing companies.

mod account;
mod credential;
mod devices;
mod familiar_device;
mod first_start;
mod grant;
mod holder;
mod job;
mod key_ring;
mod letter;
mod link;
mod narrow;
mod partner_key;
mod password;
mod password_check;
mod person;
mod place;
mod provider;
mod recovery;
mod refresh;
mod second_factor;
mod session;
mod sign_in;
mod standing;
mod throttle;
mod token;
mod totp;
mod visitor;

pub use account::{Account, accounts, disable, enable, end_sessions_of, make_administrator};
pub use credential::{change_password, choose_password, request_password_reset, reset_password, set_password};
pub(crate) use devices::end_all_in as end_sessions_in;
pub use devices::{end_other_sessions, end_session, sessions, sign_out};
pub use first_start::{SetUp, set_up, setup_token};
pub use holder::Holder;
pub use job::job_scope;
pub(crate) use key_ring::{KeyRing, PUBLISHED_SECONDS, make_first as make_first_key};
pub use key_ring::{KeyState, rotate_signing_key, signing_keys};
pub use letter::invite;
pub use narrow::{Workplace, narrow};
pub use partner_key::{KeyText, Partner, authenticate_partner};
pub use password::{Asker, Passwords, Verified};
pub(crate) use person::fresh as fresh_account;
pub use place::{Place, Places, places};
pub use provider::{Provider, Providers, SignInWithProvider, sign_in_with_provider};
pub(crate) use second_factor::grant as grant_second_factor;
pub use second_factor::{
    Confirmed, FRESH, Factor, confirm_second_factor, remove_second_factor, renew_recovery_codes, reset_second_factor,
    second_factor, start_second_factor,
};
pub use session::{Lasting, Session, refresh, switch_context};
pub use sign_in::{Confirmation, SignIn, confirm_identity, sign_in};
pub use standing::Standing;
pub use throttle::{Subject, Throttle, Ticket};
pub use token::Tokens;
pub use totp::{Enrolment, code as one_time_code};
pub use visitor::Visitor;

use chrono::{DateTime, Utc};
use entity::membership;
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, Select};
use uuid::Uuid;

use crate::app::App;
use crate::database::Tx;
use crate::error::{Error, Result};
use crate::scope::{Holding, Scope};
use standing::Asked;

/// The scope of whoever holds `token`, rebuilt from what they are: a membership or a session that ended since ends the
/// token too, within five seconds.
///
/// # Errors
/// `UNAUTHENTICATED`, whatever is wrong.
pub async fn authenticate(app: &App, token: &str) -> Result<Scope> {
    let now = app.now();
    let ring = app.tokens().ring(app).await?;
    let verified = app.tokens().verify(&ring, token, now)?;
    let claims = &verified.claims;
    let assurance = claims.assurance()?;
    let asked = Asked { person: claims.sub, grant: claims.grant, session: assurance.session };
    let holding = match app.standing().get(asked, now) {
        Some(holding) => holding,
        None => {
            let holding = prove(app, asked, now).await?;
            app.standing().keep(asked, &holding, now);
            holding
        }
    };
    Ok(Scope::of_credential(claims.sub, claims.grant.role, holding, assurance))
}

async fn prove(app: &App, asked: Asked, now: DateTime<Utc>) -> Result<Holding> {
    let tx = app.read(Scope::system("authenticate")).await?;
    let person = session::on_session(&tx, asked.person, asked.session, now)?;
    let (person, memberships) = tx.both(person, memberships_of(&tx, asked.person)).await?;
    let person = person::enabled(person.into_iter().next()).ok_or(Error::Unauthenticated)?;
    grant::prove(&person, &memberships, &asked.grant).ok_or(Error::Unauthenticated)
}

async fn memberships(tx: &Tx, user: Uuid) -> Result<Vec<membership::Model>> {
    tx.all(memberships_of(tx, user)).await
}

fn memberships_of(tx: &Tx, user: Uuid) -> Select<membership::Entity> {
    tx.select::<membership::Entity>()
        .filter(membership::Column::UserId.eq(user))
        .filter(membership::Column::EndedAt.is_null())
        .order_by_asc(membership::Column::Id)
}
