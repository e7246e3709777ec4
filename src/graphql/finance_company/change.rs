//! Keeping the companies that a dealership works with.

use async_graphql::{Context, ID, InputObject, Object};

use super::super::change::{named, payload};
use super::super::context::cx;
use super::super::global_id::Tag;
use super::FinanceCompany;
use crate::error::Result;
use crate::service::finance_company::{
    Company, CreateFinanceCompany, RestoreFinanceCompany, RetireFinanceCompany, UpdateFinanceCompany,
};
use crate::store::load::Key;

/// A company to enter.
#[derive(InputObject)]
pub(in crate::graphql) struct CreateFinanceCompanyInput {
    /// Fresh for each company, 8 to 64 characters: the same request twice enters one.
    idempotency_key: String,
    /// Name, unique in the dealership whatever its case; 120 characters at most.
    name: String,
    /// Postal address on one line.
    address: Option<String>,
    /// Phone number of its office, e.g. `011 234 5678`.
    contact: Option<String>,
}

/// A company as it is to be known from now on; what is left out is taken away.
#[derive(InputObject)]
pub(in crate::graphql) struct UpdateFinanceCompanyInput {
    /// Which.
    finance_company: ID,
    /// Name, unique in the dealership whatever its case; 120 characters at most.
    name: String,
    /// Postal address on one line.
    address: Option<String>,
    /// Phone number of its office, e.g. `011 234 5678`.
    contact: Option<String>,
}

/// A company to work with no longer.
#[derive(InputObject)]
pub(in crate::graphql) struct RetireFinanceCompanyInput {
    /// Which.
    finance_company: ID,
}

/// A retired company to work with again.
#[derive(InputObject)]
pub(in crate::graphql) struct RestoreFinanceCompanyInput {
    /// Which.
    finance_company: ID,
}

payload! {
    /// What became of a company.
    FinanceCompanyPayload {
        /// The company; null when it was refused.
        finance_company: FinanceCompany
    }
}

impl CreateFinanceCompanyInput {
    fn resolve(self) -> CreateFinanceCompany {
        let Self { idempotency_key: _, name, address, contact } = self;
        CreateFinanceCompany { company: Company { name, address, contact } }
    }
}

impl UpdateFinanceCompanyInput {
    fn resolve(self) -> Result<UpdateFinanceCompany> {
        let Self { finance_company, name, address, contact } = self;
        let finance_company = the_company(&finance_company)?;
        Ok(UpdateFinanceCompany { finance_company, company: Company { name, address, contact } })
    }
}

fn the_company(id: &ID) -> Result<Key> {
    named(Tag::FinanceCompany, "financeCompany", id)
}

#[derive(Default)]
pub(in crate::graphql) struct FinanceCompanyMutation;

#[Object]
impl FinanceCompanyMutation {
    /// Enters a company.
    async fn create_finance_company(
        &self,
        ctx: &Context<'_>,
        input: CreateFinanceCompanyInput,
    ) -> async_graphql::Result<FinanceCompanyPayload> {
        let (cx, key) = (cx(ctx), input.idempotency_key.clone());
        Ok(FinanceCompanyPayload::of(cx, cx.change(Ok(input.resolve()), Some(&key)).await?).await?)
    }

    /// Corrects a company.
    async fn update_finance_company(
        &self,
        ctx: &Context<'_>,
        input: UpdateFinanceCompanyInput,
    ) -> async_graphql::Result<FinanceCompanyPayload> {
        let cx = cx(ctx);
        Ok(FinanceCompanyPayload::of(cx, cx.change(input.resolve(), None).await?).await?)
    }

    /// Works with a company no longer: what it finances goes on, nothing new begins.
    async fn retire_finance_company(
        &self,
        ctx: &Context<'_>,
        input: RetireFinanceCompanyInput,
    ) -> async_graphql::Result<FinanceCompanyPayload> {
        let cx = cx(ctx);
        let change =
            the_company(&input.finance_company).map(|finance_company| RetireFinanceCompany { finance_company });
        Ok(FinanceCompanyPayload::of(cx, cx.change(change, None).await?).await?)
    }

    /// Works with a retired company again.
    async fn restore_finance_company(
        &self,
        ctx: &Context<'_>,
        input: RestoreFinanceCompanyInput,
    ) -> async_graphql::Result<FinanceCompanyPayload> {
        let cx = cx(ctx);
        let change =
            the_company(&input.finance_company).map(|finance_company| RestoreFinanceCompany { finance_company });
        Ok(FinanceCompanyPayload::of(cx, cx.change(change, None).await?).await?)
    }
}
