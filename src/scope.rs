//! READ FIRST. Who asks, and what they may touch: **no scope, no data**.
//!
//! A [`Scope`] has private fields and few makers: a verified credential or key, a job of somebody who still holds
//! what it was asked with (`auth` alone may), or a logged [`Scope::system`]. Its [`select`](Scope::select),
//! [`insert`](Scope::insert) and [`update`](Scope::update) are the only doors to a tenant table: a query leaves them
//! already narrowed to the dealership and, where a branch owns the rows, to the branch. `clippy.toml` bans every other door
//! outside this file.
//!
//! To add a table: its entity file, its migration (primary key `(dealership_id, id)`, composite foreign keys, an index
//! with the dealership first for every list), its row in `entity::tenant`. The doors then work, and the tests name
//! what is missing.
#![expect(clippy::disallowed_methods, reason = "this file is the door that the ban protects")]

mod holding;
mod reach;

use entity::kind::Role;
use entity::tenant::{Shared, Tenant, ToPartner};
use entity::{membership, user};
use sea_orm::sea_query::{Asterisk, Condition, Expr, ExprTrait, JoinType, SelectStatement, ValueType};
use sea_orm::{
    ActiveEnum, ActiveModelTrait, ColumnTrait, DbBackend, DeleteMany, EntityTrait, IdenStatic, InsertMany,
    IntoActiveModel, ModelTrait, QueryFilter, QuerySelect, QueryTrait, Select, UpdateMany,
};
use std::sync::Arc;
use uuid::Uuid;

use crate::assurance::{Acr, Assurance};
use crate::error::{Error, Result};
use crate::permission::Permission;
use crate::telemetry::Told;
pub use holding::{Holding, Membership};
pub use reach::Reach;

/// No dealership's id, and no branch's, as both databases write it.
const NOBODY: &str = "'00000000-0000-0000-0000-000000000000'";

/// The row that a column names, where it is read beside another.
const NAMED: &str = "named";

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A signed-in person.
    User(Uuid),
    /// A program of a leasing company's: it sees what that company finances, and has no permission.
    Partner {
        /// The key it showed.
        key: Uuid,
        /// The company, within the dealership that made the key.
        finance_company: Uuid,
    },
    /// The installation itself, for the stated reason.
    System(&'static str),
}

/// Who asks, as what, and how far that reaches.
#[derive(Clone, Debug)]
pub struct Scope {
    actor: Actor,
    role: Option<Role>,
    reach: Reach,
    memberships: Arc<[Membership]>,
    assurance: Option<Assurance>,
}

impl Scope {
    /// The scope of a person whose credential was verified and whose membership was read just now.
    pub(crate) fn of_credential(user: Uuid, role: Role, holding: Holding, assurance: Assurance) -> Self {
        Self { assurance: Some(assurance), ..Self::of_job(user, role, holding) }
    }

    /// The scope of a job, on behalf of a person whose membership was read just now. How that person was signed in was
    /// looked at when the job was asked for.
    pub(crate) fn of_job(user: Uuid, role: Role, holding: Holding) -> Self {
        let Holding { reach, memberships } = holding;
        Self { role: Some(role), memberships, ..Self::of(Actor::User(user), reach) }
    }

    /// The scope of a leasing company's program whose key was verified just now.
    pub(crate) fn of_partner(key: Uuid, finance_company: Uuid, reach: Reach) -> Self {
        Self::of(Actor::Partner { key, finance_company }, reach)
    }

    /// The installation's own scope; the reason goes to the log.
    pub fn system(reason: &'static str) -> Self {
        tracing::debug!(reason, "system scope");
        Self::of(Actor::System(reason), Reach::Everything)
    }

    fn of(actor: Actor, reach: Reach) -> Self {
        Self { actor, role: None, reach, memberships: Arc::default(), assurance: None }
    }

    /// Who asks.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// As what; absent for the installation itself, and for partners.
    pub fn role(&self) -> Option<Role> {
        self.role
    }

    /// The membership by which the person acts at a branch, or in all of a dealership, as it was when the credential was
    /// looked at; absent for those above all dealerships, and for whoever is no person.
    pub fn membership(&self, dealership: Uuid, branch: Option<Uuid>) -> Option<Uuid> {
        let at = |place: Option<Uuid>| {
            let found = self.memberships.iter().find(|own| own.dealership == dealership && own.branch == place);
            found.map(|own| own.id)
        };
        at(branch).or_else(|| at(None))
    }

    /// How the person's device proved whose it is; absent for the installation itself, and for partners.
    pub fn assurance(&self) -> Option<Assurance> {
        self.assurance
    }

    /// How far it reaches.
    pub fn reach(&self) -> &Reach {
        &self.reach
    }

    /// The dealership it is within.
    ///
    /// # Errors
    /// `DEALERSHIP_REQUIRED` when it reaches several.
    pub fn dealership(&self) -> Result<Uuid> {
        match self.reach {
            Reach::Dealership(id) | Reach::Branches { dealership: id, .. } | Reach::Branch { dealership: id, .. } => {
                Ok(id)
            }
            Reach::Everything | Reach::Dealerships(_) => Err(Error::DealershipRequired),
        }
    }

    /// The branch it reaches, if it reaches but one.
    pub fn reach_branch(&self) -> Option<Uuid> {
        match self.reach {
            Reach::Branch { branch, .. } => Some(branch),
            _ => None,
        }
    }

    /// For whom and where, as operators may know it: not who.
    pub fn told(&self) -> Told {
        let role = match (&self.actor, self.role) {
            (Actor::Partner { .. }, _) => Some("PARTNER".to_owned()),
            (Actor::System(_), _) => Some("SYSTEM".to_owned()),
            (Actor::User(_), role) => role.map(|role| role.to_value()),
        };
        Told { role, dealership: self.dealership().ok(), branch: self.reach_branch() }
    }

    /// The same scope, inside one dealership.
    ///
    /// # Errors
    /// `NOT_FOUND` when the dealership is out of reach.
    pub fn within(self, dealership: Uuid) -> Result<Self> {
        let reach = match &self.reach {
            Reach::Everything => Reach::Dealership(dealership),
            Reach::Dealerships(all) if all.contains(&dealership) => Reach::Dealership(dealership),
            Reach::Dealership(own)
            | Reach::Branches { dealership: own, .. }
            | Reach::Branch { dealership: own, .. }
                if *own == dealership =>
            {
                self.reach.clone()
            }
            _ => return Err(Error::NotFound),
        };
        Ok(Self { reach, ..self })
    }

    /// The same scope, inside one branch.
    ///
    /// # Errors
    /// `NOT_FOUND` when the branch is out of reach.
    pub fn at(self, dealership: Uuid, branch: Uuid) -> Result<Self> {
        let within = self.within(dealership)?;
        match &within.reach {
            Reach::Branch { branch: own, .. } if *own != branch => Err(Error::NotFound),
            Reach::Branches { branches, .. } if !branches.contains(&branch) => Err(Error::NotFound),
            _ => Ok(Self { reach: Reach::Branch { dealership, branch }, ..within }),
        }
    }

    /// The same person over all branches of the dealership, for the one kind of change that concerns two of them. It is
    /// the exception to narrowing only: whoever asks for it has checked, in the narrow scope, that the change is theirs.
    pub(crate) fn spanning_branches(&self, reason: &'static str) -> Self {
        tracing::debug!(reason, "scope over all branches");
        let reach = match &self.reach {
            Reach::Branch { dealership, .. } => Reach::Dealership(*dealership),
            wider => wider.clone(),
        };
        Self { reach, ..self.clone() }
    }

    /// Fails with `INSUFFICIENT_USER_AUTHENTICATION` where the role asks for a second factor and there was none.
    pub fn require_assurance(&self) -> Result<()> {
        let acr = if matches!(self.role, Some(Role::HqAdmin | Role::DealerAdmin)) { Acr::Mfa } else { Acr::Pwd };
        match self.assurance {
            Some(assurance) if assurance.acr < acr => Err(Error::InsufficientUserAuthentication { acr, max_age: None }),
            _ => Ok(()),
        }
    }

    /// Fails with `FORBIDDEN` unless the role grants `permission`.
    pub fn require(&self, permission: Permission) -> Result<()> {
        if self.may(permission) { Ok(()) } else { Err(Error::Forbidden) }
    }

    /// Whether the role grants `permission`.
    pub fn may(&self, permission: Permission) -> bool {
        match (&self.actor, self.role) {
            (Actor::System(_), _) => true,
            (Actor::User(_), Some(role)) => permission.granted_to(role),
            (Actor::User(_), None) | (Actor::Partner { .. }, _) => false,
        }
    }

    /// Starts a query on a tenant table, narrowed to what this scope reaches.
    pub fn select<E: Tenant>(&self) -> Select<E> {
        E::rows().filter(self.condition::<E>()).filter(self.several::<E>())
    }

    /// A query with the row that `column` names beside each of its own, behind its columns: absent where there is none, or
    /// out of reach.
    pub fn beside<E: Tenant, A: Tenant>(
        &self,
        query: Select<E>,
        column: E::Column,
        database: DbBackend,
    ) -> SelectStatement {
        let same = |own: A::Column, other: E::Column| Expr::col(own.as_column_ref()).equals(other.as_column_ref());
        let named = Condition::all().add(same(A::dealership(), E::dealership())).add(same(A::id(), column));
        let mut query = query.into_query();
        match database {
            DbBackend::Sqlite => {
                query.expr(Expr::cust(A::columns())).left_join(A::default(), named.add(self.condition::<A>()));
            }
            // One by one, by its key: left to join two tables, PostgreSQL reads all that a small branch has of the second.
            _ => {
                let one = self.select::<A>().filter(named).limit(1).into_query();
                query.column((NAMED, Asterisk)).join_lateral(JoinType::LeftJoin, one, NAMED, Condition::all());
            }
        }
        query
    }

    /// Inserts rows of a tenant table.
    ///
    /// # Errors
    /// `SCOPE_MISMATCH` when a row lies outside this scope.
    pub fn insert<E: Tenant>(&self, rows: Vec<E::Model>) -> Result<InsertMany<E::ActiveModel>> {
        match rows.iter().all(|row| self.contains::<E>(row)) {
            true => Ok(E::insert_many(rows.into_iter().map(IntoActiveModel::into_active_model))),
            false => Err(Error::ScopeMismatch),
        }
    }

    /// Starts an update of a tenant table, narrowed to what this scope reaches.
    pub fn update<E: Tenant>(&self) -> UpdateMany<E> {
        E::update_many().filter(self.condition::<E>())
    }

    /// An update that writes all of a row.
    ///
    /// # Errors
    /// `SCOPE_MISMATCH` when the row lies outside this scope.
    pub fn save<E: Tenant>(&self, row: E::Model) -> Result<UpdateMany<E>> {
        if !self.contains::<E>(&row) {
            return Err(Error::ScopeMismatch);
        }
        let update = self.update::<E>().filter(E::dealership().eq(row.get(E::dealership())));
        Ok(update.filter(E::id().eq(row.get(E::id()))).set(row.into_active_model().reset_all()))
    }

    /// Starts a deletion from a tenant table, narrowed to what this scope reaches. For rows that are derived from others;
    /// whatever a person wrote is kept.
    pub fn delete<E: Tenant>(&self) -> DeleteMany<E> {
        E::delete_many().filter(self.condition::<E>())
    }

    /// The people with a membership in what this scope reaches, and whoever asks; without their password's hash.
    pub fn select_people(&self) -> Select<user::Entity> {
        let members = self.select::<membership::Entity>().select_only().column(membership::Column::UserId).into_query();
        let mut people = Condition::any().add(user::Column::Id.in_subquery(members));
        if let Actor::User(id) = self.actor {
            people = people.add(user::Column::Id.eq(id));
        }
        accounts().filter(people)
    }

    /// Everybody with an account, to find the one of an e-mail address; without their password's hash.
    ///
    /// # Errors
    /// `FORBIDDEN` to everyone but the installation itself.
    pub fn select_accounts(&self) -> Result<Select<user::Entity>> {
        self.require_system().map(|()| accounts())
    }

    /// Starts a query on a table that no dealership owns.
    ///
    /// # Errors
    /// `FORBIDDEN` to everyone but the installation itself.
    pub fn select_shared<E: Shared>(&self) -> Result<Select<E>> {
        self.require_system().map(|()| E::find())
    }

    /// Inserts rows of a table that no dealership owns.
    ///
    /// # Errors
    /// `FORBIDDEN` to everyone but the installation itself.
    pub fn insert_shared<E: Shared>(&self, rows: Vec<E::Model>) -> Result<InsertMany<E::ActiveModel>> {
        self.require_system().map(|()| E::insert_many(rows.into_iter().map(IntoActiveModel::into_active_model)))
    }

    /// Starts an update of a table that no dealership owns.
    ///
    /// # Errors
    /// `FORBIDDEN` to everyone but the installation itself.
    pub fn update_shared<E: Shared>(&self) -> Result<UpdateMany<E>> {
        self.require_system().map(|()| E::update_many())
    }

    /// Starts a deletion from a table that no dealership owns.
    ///
    /// # Errors
    /// `FORBIDDEN` to everyone but the installation itself.
    pub fn delete_shared<E: Shared>(&self) -> Result<DeleteMany<E>> {
        self.require_system().map(|()| E::delete_many())
    }

    fn require_system(&self) -> Result<()> {
        match self.actor {
            Actor::System(_) => Ok(()),
            Actor::User(_) | Actor::Partner { .. } => Err(Error::Forbidden),
        }
    }

    fn condition<E: Tenant>(&self) -> Condition {
        let rows = Condition::all().add_option(self.financed::<E>());
        match &self.reach {
            Reach::Everything => rows,
            Reach::Dealerships(all) => rows.add(E::dealership().is_in(all.iter().copied())),
            Reach::Dealership(dealership) => rows.add(E::dealership().eq(*dealership)),
            Reach::Branches { dealership, branches } => {
                let own = |column: E::Column| column.is_in(branches.iter().copied());
                rows.add(E::dealership().eq(*dealership)).add_option(E::branch().map(own))
            }
            Reach::Branch { dealership, branch } => {
                rows.add(E::dealership().eq(*dealership)).add_option(E::branch().map(|column| column.eq(*branch)))
            }
        }
    }

    /// What a partner's scope narrows beside its reach; nothing, for others.
    fn financed<E: Tenant>(&self) -> Option<Expr> {
        let Actor::Partner { finance_company, .. } = self.actor else { return None };
        match E::to_partner() {
            ToPartner::Of(column) => Some(column.eq(finance_company)),
            ToPartner::Place => None,
            ToPartner::Nothing => Some(Expr::cust("false")),
        }
    }

    /// Says of a statement that it is about several dealerships, or several branches. It is always true; only statements
    /// that say so may follow the indexes that give the order of the rows of several.
    fn several<E: Tenant>(&self) -> Condition {
        let branch = E::branch().filter(|column| !column.def().is_null());
        let (is_of_dealerships, is_of_branches) = match self.reach {
            Reach::Everything | Reach::Dealerships(_) => (true, true),
            Reach::Dealership(_) | Reach::Branches { .. } => (false, true),
            Reach::Branch { .. } => (false, false),
        };
        let apart = |column: E::Column| Expr::col(column.as_column_ref()).ne(Expr::cust(NOBODY));
        Condition::all()
            .add_option(branch.filter(|_| is_of_dealerships).map(|_| apart(E::dealership())))
            .add_option(branch.filter(|_| is_of_branches).map(apart))
    }

    /// Whether a row lies within it.
    pub fn contains<E: Tenant>(&self, row: &E::Model) -> bool {
        let holds = |column, id: Uuid| <Uuid as ValueType>::try_from(row.get(column)).is_ok_and(|own| own == id);
        let is_financed = match (&self.actor, E::to_partner()) {
            (Actor::Partner { finance_company, .. }, ToPartner::Of(column)) => holds(column, *finance_company),
            (Actor::Partner { .. }, ToPartner::Nothing) => false,
            (Actor::Partner { .. }, ToPartner::Place) | (Actor::User(_) | Actor::System(_), _) => true,
        };
        is_financed
            && match &self.reach {
                Reach::Everything => true,
                Reach::Dealerships(all) => all.iter().any(|id| holds(E::dealership(), *id)),
                Reach::Dealership(dealership) => holds(E::dealership(), *dealership),
                Reach::Branches { dealership, branches } => {
                    let own = |column| branches.iter().any(|branch| holds(column, *branch));
                    holds(E::dealership(), *dealership) && E::branch().is_none_or(own)
                }
                Reach::Branch { dealership, branch } => {
                    holds(E::dealership(), *dealership) && E::branch().is_none_or(|column| holds(column, *branch))
                }
            }
    }
}

/// Accounts without what PostgreSQL shows to the installation's own role alone.
fn accounts() -> Select<user::Entity> {
    let query = user::Entity::find().select_only().columns(user::Column::shown());
    query.expr_as(Expr::cust("null"), user::Column::PasswordHash.as_str())
}
