//! Opening dealerships and keeping them.

use async_graphql::{Context, InputObject, Object};

use super::super::change::payload;
use super::super::context::{Cx, cx};
use super::Dealership;
use crate::error::Result;
use crate::service::dealership::{FirstBranch, OpenDealership, UpdateDealership};
use crate::service::staff_member::Invited;

/// A dealership to open. In `LKR` it begins with the charges of Sri Lanka's registrar and with its taxes; in another
/// currency, administrators set them before the first sale.
#[derive(InputObject)]
pub(in crate::graphql) struct OpenDealershipInput {
    /// Fresh for each dealership, 8 to 64 characters: the same request twice opens one.
    idempotency_key: String,
    /// Short name in addresses, unique: 2 to 40 small letters, digits and hyphens. It stays.
    code: String,
    /// Name; 120 characters at most.
    name: String,
    /// IANA zone in which its days begin, e.g. `Asia/Colombo`. It stays.
    time_zone: String,
    /// ISO 4217 code of its amounts, e.g. `LKR`. It stays.
    currency: String,
    /// Taxpayer number, where it is registered for tax.
    tin: Option<String>,
    /// Its first branch.
    branch: FirstBranchInput,
    /// Its first administrator.
    admin: FirstAdminInput,
}

/// The first branch of a dealership.
#[derive(InputObject)]
pub(in crate::graphql) struct FirstBranchInput {
    /// Unit code inside document serials: 2 to 6 capital letters and digits.
    code: String,
    /// What people call it; 80 characters at most.
    name: String,
}

/// The first administrator of a dealership.
#[derive(InputObject)]
pub(in crate::graphql) struct FirstAdminInput {
    /// E-mail address to sign in with. Somebody who has an account keeps it.
    #[graphql(secret)]
    email: String,
    /// What the dealership calls them; 120 characters at most.
    #[graphql(secret)]
    name: String,
}

/// The dealership you act in, as it is to be from now on.
#[derive(InputObject)]
pub(in crate::graphql) struct UpdateDealershipInput {
    /// Name; 120 characters at most.
    name: String,
    /// Below the list price by so many hundredths of a percent, sales staff need nobody's approval; 0 to 10000.
    discount_limit_bp: i32,
    /// The month, 1 to 12, with whose first day its fiscal year begins; stays as it is if left out.
    fiscal_year_month: Option<i32>,
    /// Whether key figures are shown to nobody who signed in without a second factor; stays as it is if left out. Whoever
    /// says so must have given a code within fifteen minutes.
    reports_need_second_factor: Option<bool>,
}

impl From<UpdateDealershipInput> for UpdateDealership {
    fn from(input: UpdateDealershipInput) -> Self {
        let UpdateDealershipInput { name, discount_limit_bp, fiscal_year_month, reports_need_second_factor } = input;
        Self { name, discount_limit_bp, fiscal_year_month, reports_need_second_factor }
    }
}

payload! {
    /// What became of a dealership.
    DealershipPayload {
        /// The dealership; null when it was refused.
        dealership: Dealership
    }
}

impl OpenDealershipInput {
    fn resolve(self, cx: &Cx) -> Result<OpenDealership> {
        let FirstBranchInput { code, name } = self.branch;
        let branch = FirstBranch { code, name };
        let FirstAdminInput { email, name } = self.admin;
        Ok(OpenDealership {
            id: OpenDealership::id(cx.scope()?, &self.idempotency_key)?,
            code: self.code,
            name: self.name,
            time_zone: self.time_zone,
            currency: self.currency,
            tin: self.tin,
            branch,
            admin: Invited { email, name },
        })
    }
}

#[derive(Default)]
pub(in crate::graphql) struct DealershipMutation;

#[Object]
impl DealershipMutation {
    /// Opens a dealership, with its first branch and its first administrator.
    async fn open_dealership(
        &self,
        ctx: &Context<'_>,
        input: OpenDealershipInput,
    ) -> async_graphql::Result<DealershipPayload> {
        let (cx, key) = (cx(ctx), input.idempotency_key.clone());
        Ok(DealershipPayload::of(cx, cx.change(input.resolve(cx), Some(&key)).await?).await?)
    }

    /// Renames the dealership you act in, says how far its staff may go below the list price and when its fiscal year
    /// begins.
    async fn update_dealership(
        &self,
        ctx: &Context<'_>,
        input: UpdateDealershipInput,
    ) -> async_graphql::Result<DealershipPayload> {
        let cx = cx(ctx);
        Ok(DealershipPayload::of(cx, cx.change(Ok(UpdateDealership::from(input)), None).await?).await?)
    }
}
