//! Somebody becomes a member of staff, known by an e-mail address.

use entity::kind::Role;
use entity::membership::Entity;
use entity::user::{self, Column};
use sea_orm::{ColumnTrait, QueryFilter};
use serde::Serialize;
use uuid::Uuid;

use super::{Given, Post, event, key};
use crate::auth;
use crate::error::Result;
use crate::identity;
use crate::permission::Permission;
use crate::scope::Scope;
use crate::service::{Change, Check, Desk};
use crate::store::load::Key;

/// Most characters of a person's name.
const NAME_LENGTH: usize = 120;

/// Somebody with an e-mail address, as a dealership knows them.
#[derive(Clone, Debug, Serialize)]
pub struct Invited {
    /// E-mail address, by which the account is found or made.
    pub email: String,
    /// What the dealership calls them.
    pub name: String,
}

/// Makes somebody a member of staff, and mails them a link by which whoever has no password yet chooses one.
#[derive(Debug, Serialize)]
pub struct InviteStaff {
    /// Who.
    pub person: Invited,
    /// As what.
    pub post: Post,
}

impl Change for InviteStaff {
    type Outcome = Key;
    const NAME: &'static str = "inviteStaff";
    const PERMISSION: Permission = Permission::ManageStaff;

    fn scope(&self, asker: &Scope) -> Result<Scope> {
        Scope::system("staff have accounts, which no dealership owns").within(asker.dealership()?)
    }

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        let mut check = Check::default();
        let person = self.person.checked(&mut check);
        check.done()?;
        desk.lock_dealership().await?;
        let given = self.post.checked(desk).await?;
        let user = person.account(desk).await?;
        given.must_be_new(desk, user, "email").await?;
        let row = given.membership(desk, user, Some(person.name))?;
        let (key, event) = (key(&row), event("staff_invited", &row, given.in_words()));
        desk.insert::<Entity>(vec![row]).await?;
        auth::invite(desk.app, &desk.tx, user).await?;
        desk.audit(event)?;
        Ok(key)
    }
}

impl Invited {
    /// Makes this person the first administrator of a dealership that is being opened.
    pub(in crate::service) async fn appoint(self, desk: &Desk<'_>) -> Result<()> {
        let given = Given { role: Role::DealerAdmin, branch: None };
        let user = self.account(desk).await?;
        let row = given.membership(desk, user, Some(self.name))?;
        let event = event("staff_invited", &row, given.in_words());
        desk.insert::<Entity>(vec![row]).await?;
        auth::invite(desk.app, &desk.tx, user).await?;
        desk.audit(event)
    }

    /// Composed and trimmed.
    pub(in crate::service) fn checked(&self, check: &mut Check) -> Self {
        Self { email: check.email("email", &self.email), name: check.line("name", &self.name, NAME_LENGTH) }
    }

    /// The account of this address: the one there is, of which nobody is told anything, or a new one that cannot sign in
    /// until it has a password.
    async fn account(&self, desk: &Desk<'_>) -> Result<Uuid> {
        let email_key = identity::email_key(&self.email);
        let known = desk.tx.scope().select_accounts()?.filter(Column::EmailKey.eq(email_key.as_str()));
        if let Some(account) = desk.tx.one(known).await? {
            return Ok(account.id);
        }
        let account = auth::fresh_account(self.email.clone(), self.name.clone(), desk.now);
        let id = account.id;
        desk.tx.insert_shared::<user::Entity>(vec![account]).await?;
        Ok(id)
    }
}
