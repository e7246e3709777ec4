//! One box that finds things: by the words of a name, by numbers, by what people are known by.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use entity::{bike_unit as unit_row, bill as bill_row, customer as customer_row, quotation as quotation_row};
use entity::{sales_quotation as offer_row, tenant::Tenant};
use sea_orm::{ColumnTrait, QueryFilter, Select};
use tokio::sync::OnceCell;
use uuid::Uuid;

use super::bike_unit::BikeUnit;
use super::bill::Bill;
use super::context::{Cx, cx};
use super::customer::{Customer, told};
use super::eager::Eager;
use super::global_id::{self, Tag};
use super::node::Noun;
use super::quotation::Quotation;
use super::sales_quotation::SalesQuotation;
use crate::error::{Error, Result};
use crate::identity;
use crate::permission::Permission;
use crate::store::{self, Order, Page, bike_unit, bill, customer, quotation, sales_quotation};

/// Rows of a group where nothing is said.
const DEFAULT_SIZE: i32 = 8;

/// Rows of a group at most.
const MAX_SIZE: i32 = 20;

/// Below so many characters a text begins too much to be looked for.
const FEWEST: usize = 2;

/// Most characters of a text.
const LONGEST: usize = 200;

/// What a text finds, by what it is. Each group is empty for roles that may not see the noun.
pub(super) struct SearchResults {
    text: String,
    size: u64,
    dealership: Option<Uuid>,
    /// Whoever has the text as their NIC or phone number.
    known: OnceCell<Vec<customer_row::Model>>,
}

impl SearchResults {
    fn new(text: &str, first: Option<i32>, dealership: Option<Uuid>) -> Result<Self> {
        let (text, size) = (text.trim(), first.unwrap_or(DEFAULT_SIZE));
        if text.chars().count() > LONGEST {
            return Err(Error::bad_input("text", format!("Please search for {LONGEST} characters at most.")));
        }
        if !(0..=MAX_SIZE).contains(&size) {
            return Err(Error::bad_input("first", format!("A group has 0 to {MAX_SIZE} rows.")));
        }
        let size = size.unsigned_abs().into();
        Ok(Self { text: text.to_owned(), size, dealership, known: OnceCell::new() })
    }

    /// What is searched for, if it is enough.
    fn search(&self) -> Option<String> {
        (self.text.chars().count() >= FEWEST && self.size > 0).then(|| self.text.clone())
    }

    /// The customers who have the text as their NIC or phone number, in the one dealership that is looked in; nobody, for
    /// roles that may not find people so.
    async fn known(&self, cx: &Cx) -> Result<&[customer_row::Model]> {
        let scope = cx.scope()?;
        let may = scope.may(Permission::ReadCustomers) && scope.may(Permission::ReadIdentity);
        let Some(dealership) = self.dealership.or(scope.dealership().ok()).filter(|_| may) else { return Ok(&[]) };
        let known = self.known.get_or_try_init(async || {
            let (tx, keys) = (cx.tx().await?, cx.app().keys());
            if identity::e164(&self.text).is_some() {
                return customer::by_phone(&tx, keys, &self.text, Some(dealership)).await;
            }
            match identity::is_usual_nic(&self.text) {
                true => customer::by_nic(&tx, keys, &self.text, Some(dealership)).await,
                false => Ok(Vec::new()),
            }
        });
        known.await.map(Vec::as_slice)
    }

    /// The first rows of `query`, if the role may see the noun.
    async fn group<N: Noun>(
        &self,
        cx: &Cx,
        query: Select<N::Entity>,
        by: <N::Entity as sea_orm::EntityTrait>::Column,
        descending: bool,
    ) -> Result<Vec<Eager<N>>> {
        let page = Page { size: self.size, backward: false, after: None, before: None };
        let (tx, scope) = (cx.tx().await?, cx.scope()?);
        let slice = Box::pin(store::list(&tx, cx.app().keys(), query, Order { by, descending }, &page)).await?;
        let rows = slice.rows.into_iter().map(|(_, row)| row).filter(|row| N::is_shown(row, scope));
        Ok(rows.map(|row| Eager(N::from(Arc::new(row)))).collect())
    }

    /// The documents that a text finds: those of the customers who have it as NIC or phone number, if it is one, else those
    /// with its words. `column` holds the customer.
    async fn documents<N: Noun>(
        &self,
        cx: &Cx,
        query: impl FnOnce(Option<String>) -> Select<N::Entity>,
        column: <N::Entity as sea_orm::EntityTrait>::Column,
        day: <N::Entity as sea_orm::EntityTrait>::Column,
    ) -> Result<Vec<Eager<N>>> {
        let Some(search) = self.search().filter(|_| cx.permit::<N>().is_ok()) else { return Ok(Vec::new()) };
        let known = self.known(cx).await?;
        let Some(first) = known.first() else { return self.group(cx, query(Some(search)), day, true).await };
        let theirs = query(None)
            .filter(N::Entity::dealership().eq(first.dealership_id))
            .filter(column.is_in(known.iter().map(|row| row.id)));
        self.group(cx, theirs, day, true).await
    }
}

/// What a text finds, by what it is; each group is empty for roles that may not see the noun.
#[Object]
impl SearchResults {
    /// Bills: each word begins the number, the chassis, the motor number or a word of the customer's name; or those of whom
    /// the NIC or phone number finds. The newest first.
    async fn bills(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<Eager<Bill>>> {
        let (cx, dealership) = (cx(ctx), self.dealership);
        let tx = cx.tx().await?;
        let query = |search| bill::query(&tx, &bill::Filter { dealership, search, ..bill::Filter::default() });
        let (column, day) = (bill_row::Column::CustomerId, bill_row::Column::BillDate);
        Ok(self.documents(cx, query, column, day).await?)
    }

    /// Units, sold ones too: each word begins the chassis or the motor number. Those received last first.
    async fn units(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<Eager<BikeUnit>>> {
        let (cx, dealership) = (cx(ctx), self.dealership);
        let Some(search) = self.search().filter(|_| cx.permit::<BikeUnit>().is_ok()) else { return Ok(Vec::new()) };
        let filter = bike_unit::Filter { dealership, search: Some(search), ..bike_unit::Filter::default() };
        let query = bike_unit::query(&*cx.tx().await?, &filter);
        Ok(self.group(cx, query, unit_row::Column::ReceivedOn, true).await?)
    }

    /// Customers: whoever has this NIC, in either form, or this phone number, however written, for roles that may find
    /// people so; else those of whose names each word begins a word, by name. While you act in several dealerships, name the
    /// one in which to look for a NIC or a phone number.
    async fn customers(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<Eager<Customer>>> {
        let (cx, dealership) = (cx(ctx), self.dealership);
        let Some(search) = self.search().filter(|_| cx.permit::<Customer>().is_ok()) else { return Ok(Vec::new()) };
        let known = self.known(cx).await?;
        if !known.is_empty() {
            let most = usize::try_from(self.size).unwrap_or(usize::MAX);
            let field = if identity::e164(&self.text).is_some() { "phone" } else { "nic" };
            return Ok(told(cx, known.iter().take(most).cloned(), field)?);
        }
        let filter = customer::Filter { dealership, branch: None, search: Some(search) };
        let query = customer::query(&*cx.tx().await?, &filter);
        Ok(self.group(cx, query, customer_row::Column::NameKey, false).await?)
    }

    /// Repair and claim quotations and their invoices, found as bills are, by their number.
    async fn quotations(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<Eager<Quotation>>> {
        let (cx, dealership) = (cx(ctx), self.dealership);
        let tx = cx.tx().await?;
        let query =
            |search| quotation::query(&tx, &quotation::Filter { dealership, search, ..quotation::Filter::default() });
        let (column, day) = (quotation_row::Column::CustomerId, quotation_row::Column::QuotedOn);
        Ok(self.documents(cx, query, column, day).await?)
    }

    /// Offers of bikes, found as bills are, by their number.
    async fn sales_quotations(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<Eager<SalesQuotation>>> {
        let (cx, dealership) = (cx(ctx), self.dealership);
        let tx = cx.tx().await?;
        let query = |search| {
            let filter = sales_quotation::Filter { dealership, search, ..sales_quotation::Filter::default() };
            sales_quotation::query(&tx, &filter)
        };
        let (column, day) = (offer_row::Column::CustomerId, offer_row::Column::QuotedOn);
        Ok(self.documents(cx, query, column, day).await?)
    }
}

#[derive(Default)]
pub(super) struct SearchQuery;

#[Object]
impl SearchQuery {
    /// Finds anything you may see, by numbers, names and what people are known by. Texts of one character find nothing.
    async fn search(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is looked for, 200 characters at most.", secret)] text: String,
        #[graphql(desc = "At most so many of each group, 0 to 20; 8 if left out.")] first: Option<i32>,
        #[graphql(desc = "Only in this dealership.")] dealership: Option<ID>,
    ) -> async_graphql::Result<SearchResults> {
        cx(ctx).scope()?;
        let dealership = global_id::row(Tag::Dealership, dealership.as_ref())?;
        Ok(SearchResults::new(&text, first, dealership)?)
    }
}
