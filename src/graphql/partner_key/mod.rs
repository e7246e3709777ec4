//! Keys of leasing companies.

mod change;

pub(super) use change::PartnerKeyMutation;

use async_graphql::{Context, Enum, ID, InputObject, Object};
use chrono::{DateTime, Utc};
use entity::partner_key::Column;
use uuid::Uuid;

use super::branch::Branch;
use super::connection::{PageArgs, Rows, connect};
use super::context::cx;
use super::dealership::Dealership;
use super::eager::Eager;
use super::finance_company::FinanceCompany;
use super::global_id::{self, Tag};
use super::node::noun;
use super::staff_member::StaffMember;
use crate::error::Result;
use crate::permission::Permission;
use crate::store::load::Key;
use crate::store::{Order, partner_key};

noun! {
    /// A leasing company's key.
    PartnerKey of partner_key, by partner_key, needs KeepPartnerKeys
}

/// What a leasing company's key may be used for. There is no value for everything.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "entity::partner_key::KeyScope")]
pub(super) enum PartnerKeyScope {
    /// `bill_status:read`: how far a bill that the company finances and its registration are, and what is due.
    BillStatusRead,
}

/// Where a leasing company's key stands.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "partner_key::State")]
pub(super) enum PartnerKeyState {
    /// It opens what it was made for.
    Live,
    /// Another one has taken its place; it still opens what it was made for until it expires.
    Rotated,
    /// Its time is over.
    Expired,
    /// It was taken back.
    Revoked,
}

impl PartnerKey {
    fn key(&self) -> Key {
        Key { dealership: self.0.dealership_id, id: self.0.id }
    }

    async fn staff(&self, ctx: &Context<'_>, id: Option<Uuid>) -> Result<Option<Eager<StaffMember>>> {
        cx(ctx).follow(self.0.dealership_id, id).await
    }
}

/// A key by which a leasing company's programs ask about the bills that it finances, under `/partner/v1`. Its text is shown
/// once, when it is made.
#[Object]
impl PartnerKey {
    /// Global id.
    pub(super) async fn id(&self) -> ID {
        global_id::encode(Tag::PartnerKey, self.key())
    }

    /// What people call it.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The part of its text behind `fck_live_`: no secret, and unlike any other's.
    async fn key_id(&self) -> &str {
        &self.0.key_id
    }

    /// The last four characters of its text.
    async fn last_four(&self) -> &str {
        &self.0.last_four
    }

    /// Whose it is.
    async fn finance_company(&self, ctx: &Context<'_>) -> async_graphql::Result<Eager<FinanceCompany>> {
        Ok(cx(ctx).follow_required(self.0.dealership_id, self.0.finance_company_id).await?)
    }

    /// What it may be used for.
    async fn scopes(&self) -> Vec<PartnerKeyScope> {
        partner_key::scopes(&self.0).into_iter().map(PartnerKeyScope::from).collect()
    }

    /// The branches whose bills it may be used for, as far as you see them; null for all of them.
    async fn branches(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Vec<Eager<Branch>>>> {
        if !self.0.of_branches {
            return Ok(None);
        }
        let cx = cx(ctx);
        let mut branches = Vec::new();
        for limit in cx.loaders().branches_of_partner_key().load(self.key()).await?.iter() {
            branches.extend(cx.follow::<Branch>(limit.dealership_id, Some(limit.branch_id)).await?);
        }
        Ok(Some(branches))
    }

    /// The networks it may be used from, in CIDR notation; empty: from anywhere.
    async fn networks(&self) -> Vec<&str> {
        self.0.networks.split_whitespace().collect()
    }

    /// Where it stands now.
    async fn state(&self, ctx: &Context<'_>) -> PartnerKeyState {
        partner_key::state(&self.0, cx(ctx).app().now()).into()
    }

    /// When it stops, or stopped; a key that was replaced stops earlier than it was made for.
    async fn expires_at(&self) -> DateTime<Utc> {
        self.0.expires_at
    }

    /// Who made it; null for head office.
    async fn created_by(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Eager<StaffMember>>> {
        Ok(self.staff(ctx, self.0.created_by_id).await?)
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it was last used, to the minute; null if never.
    async fn last_used_at(&self) -> Option<DateTime<Utc>> {
        self.0.last_used_at
    }

    /// From which network it was last used: the /24 of an IPv4 address, the /48 of an IPv6 one.
    async fn last_used_network(&self) -> Option<&str> {
        self.0.last_used_network.as_deref()
    }

    /// When it was revoked.
    async fn revoked_at(&self) -> Option<DateTime<Utc>> {
        self.0.revoked_at
    }

    /// Who revoked it; null for head office.
    async fn revoked_by(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Eager<StaffMember>>> {
        Ok(self.staff(ctx, self.0.revoked_by_id).await?)
    }

    /// Why it was revoked.
    async fn revoked_reason(&self) -> Option<&str> {
        self.0.revoked_reason.as_deref()
    }

    /// The key that takes its place.
    async fn successor(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Eager<PartnerKey>>> {
        Ok(cx(ctx).follow(self.0.dealership_id, self.0.successor_id).await?)
    }

    /// The dealership that made it, whose bills it may be used for.
    async fn dealership(&self, ctx: &Context<'_>) -> async_graphql::Result<Eager<Dealership>> {
        Ok(cx(ctx).follow_required(self.0.dealership_id, self.0.dealership_id).await?)
    }
}

/// Which keys; absent parts do not narrow.
#[derive(InputObject, Default)]
pub(super) struct PartnerKeyFilter {
    /// Of this dealership.
    dealership: Option<ID>,
    /// Of this leasing company.
    finance_company: Option<ID>,
    /// Revoked, or not.
    revoked: Option<bool>,
}

impl PartnerKeyFilter {
    fn resolve(self) -> Result<partner_key::Filter> {
        let Self { dealership, finance_company, revoked } = self;
        Ok(partner_key::Filter {
            dealership: global_id::row(Tag::Dealership, dealership.as_ref())?,
            finance_company: global_id::row(Tag::FinanceCompany, finance_company.as_ref())?,
            revoked,
        })
    }
}

#[derive(Default)]
pub(super) struct PartnerKeyQuery;

#[Object]
impl PartnerKeyQuery {
    /// Keys of leasing companies, the newest first: for those who keep them.
    async fn partner_keys(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many rows from the list's beginning, 0 to 100; 20 if left out.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many rows from the list's end.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which ones.")] filter: Option<PartnerKeyFilter>,
    ) -> async_graphql::Result<Rows<PartnerKey>> {
        let cx = cx(ctx);
        cx.scope()?.require(Permission::KeepPartnerKeys)?;
        let query = partner_key::query(&*cx.tx().await?, &filter.unwrap_or_default().resolve()?);
        let order = Order { by: Column::CreatedAt, descending: true };
        connect(cx, PageArgs { first, after, last, before }, query, order).await
    }
}
