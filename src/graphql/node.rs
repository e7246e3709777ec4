//! Objects with a global id.

use std::sync::Arc;

use async_graphql::{Context, ID, Interface, Object, ObjectType};
use entity::positioned::Pair;
use entity::tenant::Tenant;
use sea_orm::{EntityTrait, Select};
use uuid::Uuid;

use super::bike_model::BikeModel;
use super::bike_unit::BikeUnit;
use super::bill::Bill;
use super::branch::Branch;
use super::context::{Cx, cx};
use super::credit_note::CreditNote;
use super::customer::Customer;
use super::dealership::Dealership;
use super::document::Document;
use super::eager::Eager;
use super::enquiry::Enquiry;
use super::finance_company::FinanceCompany;
use super::global_id::{self, Tag};
use super::job::Job;
use super::loader::{Loaders, Many, One};
use super::number_pattern::NumberPattern;
use super::partner_key::PartnerKey;
use super::payment::Payment;
use super::quotation::Quotation;
use super::registration::RmvCase;
use super::sales_quotation::SalesQuotation;
use super::staff_member::StaffMember;
use super::stock_transfer::StockTransfer;
use super::target::Target;
use super::tariff::Tariff;
use super::tax_profile::TaxProfile;
use crate::error::{Error, Result};
use crate::permission::Permission;
use crate::scope::Scope;
use crate::store::load::Key;

/// A type of the API that shows the rows of one table.
pub(super) trait Noun: From<Arc<<Self::Entity as EntityTrait>::Model>> + ObjectType {
    type Entity: Tenant;
    /// What a role needs to see any of it.
    const PERMISSION: Option<Permission>;
    fn loader(loaders: &Loaders) -> &One<Self::Entity>;

    /// Whether a scope that reaches the row may be shown it; where not, it is not there.
    fn is_shown(_row: &<Self::Entity as EntityTrait>::Model, _scope: &Scope) -> bool {
        true
    }
}

/// A row of a noun's table.
pub(super) type ModelOf<N> = <<N as Noun>::Entity as EntityTrait>::Model;

/// A column of a noun's table.
pub(super) type ColumnOf<N> = <<N as Noun>::Entity as EntityTrait>::Column;

impl Cx {
    /// The row with this key, if the scope reaches it.
    ///
    /// # Errors
    /// `FORBIDDEN` when the role may not see the noun.
    pub(super) async fn load<N: Noun>(&self, key: Key) -> Result<Option<N>> {
        self.permit::<N>()?;
        let row = match self.kept::<N::Entity>(key) {
            Some(row) => Some(row),
            None => N::loader(&self.loaders()).load(key).await?,
        };
        let scope = self.scope()?;
        Ok(row.filter(|row| N::is_shown(row, scope)).map(N::from))
    }

    /// The row that another row refers to; a reference that is absent, or out of reach, gives none.
    pub(super) async fn follow<N: Noun>(&self, dealership: Uuid, id: Option<Uuid>) -> Result<Option<Eager<N>>> {
        match id {
            Some(id) => Ok(self.load(Key { dealership, id }).await?.map(Eager)),
            None => Ok(None),
        }
    }

    /// The row that another row cannot be without.
    ///
    /// # Errors
    /// `NOT_FOUND` when it is out of reach.
    pub(super) async fn follow_required<N: Noun>(&self, dealership: Uuid, id: Uuid) -> Result<Eager<N>> {
        self.load(Key { dealership, id }).await?.map(Eager).ok_or(Error::NotFound)
    }

    /// The rows that belong to a row.
    pub(super) async fn children<N: Noun>(&self, loader: &Many<N::Entity>, key: Key) -> Result<Vec<Eager<N>>> {
        self.permit::<N>()?;
        let (rows, scope) = (loader.load(key).await?, self.scope()?);
        let shown = rows.iter().filter(|row| N::is_shown(row, scope));
        Ok(shown.map(|row| Eager(N::from(Arc::new(row.clone())))).collect())
    }

    /// Whether rows of `A` are read with those that name them: by whoever may see them, within one dealership. Over several,
    /// PostgreSQL goes other ways to a row than by its key.
    pub(super) fn reads_beside<A: Noun>(&self) -> bool {
        self.permit::<A>().is_ok() && self.scope().is_ok_and(|scope| scope.dealership().is_ok())
    }

    /// The rows of a query, each with the one that `column` names: whoever follows that need not ask again.
    pub(super) async fn all_with<N: Noun, A: Noun>(
        &self,
        query: Select<N::Entity>,
        column: ColumnOf<N>,
    ) -> Result<Vec<ModelOf<N>>> {
        let found = self.tx().await?.all_with::<N::Entity, A::Entity>(query, column).await?;
        found.into_iter().map(|row| self.know::<N, A>(row, column)).collect()
    }

    /// The row alone; what `column` names is known from now on.
    pub(super) fn know<N: Noun, A: Noun>(
        &self,
        (row, named): Pair<N::Entity, A::Entity>,
        column: ColumnOf<N>,
    ) -> Result<ModelOf<N>> {
        if let Some(key) = Key::named::<N::Entity>(&row, column)? {
            A::loader(&self.loaders()).know(key, Ok(named.map(Arc::new)));
        }
        Ok(row)
    }

    pub(super) fn permit<N: Noun>(&self) -> Result<()> {
        let scope = self.scope()?;
        N::PERMISSION.map_or(Ok(()), |permission| scope.require(permission))
    }
}

/// An object with a global id.
#[derive(Interface)]
#[graphql(field(name = "id", ty = "ID", desc = "Opaque, unique over all types and dealerships."))]
pub(super) enum Node {
    Dealership(Dealership),
    Branch(Branch),
    StaffMember(StaffMember),
    BikeModel(BikeModel),
    BikeUnit(BikeUnit),
    FinanceCompany(FinanceCompany),
    PartnerKey(PartnerKey),
    Customer(Customer),
    Bill(Bill),
    Payment(Payment),
    CreditNote(CreditNote),
    Quotation(Quotation),
    StockTransfer(StockTransfer),
    RmvCase(RmvCase),
    Enquiry(Enquiry),
    SalesQuotation(SalesQuotation),
    Tariff(Tariff),
    TaxProfile(TaxProfile),
    NumberPattern(NumberPattern),
    Target(Target),
    Job(Job),
    Document(Document),
}

#[derive(Default)]
pub(super) struct NodeQuery;

#[Object]
impl NodeQuery {
    /// The object with this id. An unknown id, a foreign one and a malformed one answer alike: `NOT_FOUND`.
    async fn node(&self, ctx: &Context<'_>, id: ID) -> async_graphql::Result<Option<Node>> {
        let cx = cx(ctx);
        cx.scope()?;
        let Ok((tag, key)) = global_id::decode(&id) else {
            // The time an answer takes must not tell a malformed id from a foreign one: look up what cannot be there.
            let nothing = Key { dealership: Uuid::nil(), id: Uuid::nil() };
            cx.load::<Branch>(nothing).await?;
            return Err(Error::NotFound.into());
        };
        let node = match tag {
            Tag::Dealership => cx.load(key).await?.map(Node::Dealership),
            Tag::Branch => cx.load(key).await?.map(Node::Branch),
            Tag::StaffMember => cx.load(key).await?.map(Node::StaffMember),
            Tag::BikeModel => cx.load(key).await?.map(Node::BikeModel),
            Tag::BikeUnit => cx.load(key).await?.map(Node::BikeUnit),
            Tag::FinanceCompany => cx.load(key).await?.map(Node::FinanceCompany),
            Tag::PartnerKey => cx.load(key).await?.map(Node::PartnerKey),
            Tag::Customer => cx.load(key).await?.map(Node::Customer),
            Tag::Bill => cx.load(key).await?.map(Node::Bill),
            Tag::Payment => cx.load(key).await?.map(Node::Payment),
            Tag::CreditNote => cx.load(key).await?.map(Node::CreditNote),
            Tag::Quotation => cx.load(key).await?.map(Node::Quotation),
            Tag::StockTransfer => cx.load(key).await?.map(Node::StockTransfer),
            Tag::RmvCase => cx.load(key).await?.map(Node::RmvCase),
            Tag::Enquiry => cx.load(key).await?.map(Node::Enquiry),
            Tag::SalesQuotation => cx.load(key).await?.map(Node::SalesQuotation),
            Tag::Tariff => cx.load(key).await?.map(Node::Tariff),
            Tag::TaxProfile => cx.load(key).await?.map(Node::TaxProfile),
            Tag::NumberPattern => cx.load(key).await?.map(Node::NumberPattern),
            Tag::Target => cx.load(key).await?.map(Node::Target),
            Tag::Job => cx.load(key).await?.map(Node::Job),
            Tag::Document => cx.load(key).await?.map(Node::Document),
        };
        Ok(Some(node.ok_or(Error::NotFound)?))
    }
}

/// Makes a type of the API from the rows of one table.
macro_rules! noun {
    ($(#[$doc:meta])* $name:ident of $module:ident, by $loader:ident $(, needs $permission:ident)?) => {
        $(#[$doc])*
        #[derive(Clone)]
        pub(super) struct $name(pub(super) std::sync::Arc<entity::$module::Model>);

        impl From<std::sync::Arc<entity::$module::Model>> for $name {
            fn from(row: std::sync::Arc<entity::$module::Model>) -> Self {
                Self(row)
            }
        }

        impl super::node::Noun for $name {
            type Entity = entity::$module::Entity;
            const PERMISSION: Option<crate::permission::Permission> =
                super::node::noun!(@permission $($permission)?);
            fn loader(loaders: &super::loader::Loaders) -> &super::loader::One<Self::Entity> {
                loaders.$loader()
            }
        }
    };
    (@permission $permission:ident) => { Some(crate::permission::Permission::$permission) };
    (@permission) => { None };
}
pub(super) use noun;
