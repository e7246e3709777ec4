//! Branding.

mod change;

pub(super) use change::BrandingMutation;

use async_graphql::{Context, ID, Object};

use super::context::{Cx, cx};
use super::global_id::{self, Tag};
use crate::error::{Error, Result};
use crate::scope::Actor;
use crate::store::branding;
use uuid::Uuid;

/// How documents and screens look.
pub(super) struct Branding(branding::Branding);

/// How documents and screens look, each field from the nearest that sets it: yourself, the branch, the dealership, the
/// system.
#[Object]
impl Branding {
    /// Name on documents; null: the dealership's own.
    async fn dealer_name(&self) -> Option<&str> {
        self.0.dealer_name.as_deref()
    }

    /// Path of the uploaded logo in this API's own origin (`/files/…`): fetched without a sign-in, the same all day, good for
    /// one to two days.
    async fn logo(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<String>> {
        let Some(key) = &self.0.logo_key else { return Ok(None) };
        let cx = cx(ctx);
        Ok(Some(cx.app().files().picture(cx.scope()?, &key.parse()?)?))
    }

    /// Address of a logo that lies elsewhere; what is printed has the uploaded one.
    async fn logo_url(&self) -> Option<&str> {
        self.0.logo_url.as_deref()
    }

    /// Colour of the frame, `#rrggbb`.
    async fn primary_color(&self) -> &str {
        &self.0.primary_color
    }

    /// First line of the address.
    async fn address_line1(&self) -> Option<&str> {
        self.0.address_line1.as_deref()
    }

    /// Second line of the address.
    async fn address_line2(&self) -> Option<&str> {
        self.0.address_line2.as_deref()
    }

    /// Phone number, on documents.
    async fn phone(&self) -> Option<&str> {
        self.0.phone.as_deref()
    }

    /// E-mail address, on documents.
    async fn email(&self) -> Option<&str> {
        self.0.email.as_deref()
    }

    /// The brand sold.
    async fn brand_partner(&self) -> Option<&str> {
        self.0.brand_partner.as_deref()
    }

    /// Last line of documents.
    async fn footer_note(&self) -> &str {
        &self.0.footer_note
    }
}

#[derive(Default)]
pub(super) struct BrandingQuery;

#[Object]
impl BrandingQuery {
    /// How documents and screens look where you act, or at the dealership or branch you name.
    async fn branding(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Absent: the one you act in.")] dealership: Option<ID>,
        #[graphql(desc = "Absent: the one you act in.")] branch: Option<ID>,
    ) -> async_graphql::Result<Branding> {
        let cx = cx(ctx);
        let (dealership, branch) = place(cx, dealership, branch).await?;
        let Actor::User(user) = cx.scope()?.actor() else { return Err(Error::Unauthenticated.into()) };
        Ok(Branding(branding::resolve(&*cx.tx().await?, dealership, branch, Some(*user)).await?))
    }
}

/// The dealership and branch that the arguments name, else those acted in; both within reach.
async fn place(cx: &Cx, dealership: Option<ID>, branch: Option<ID>) -> Result<(Uuid, Option<Uuid>)> {
    let named = branch.map(|id| global_id::expect(Tag::Branch, &id)).transpose()?;
    let dealership = dealership.map(|id| global_id::expect(Tag::Dealership, &id)).transpose()?.map(|key| key.id);
    let scope = cx.scope()?;
    let (own, own_branch) = (scope.dealership().ok(), scope.reach_branch());
    if let (Some(dealership), Some(branch)) = (dealership, named)
        && dealership != branch.dealership
    {
        return Err(Error::ScopeMismatch);
    }
    let dealership = dealership.or(named.map(|key| key.dealership)).or(own);
    let dealership = dealership.ok_or(Error::DealershipRequired)?;
    cx.follow_required::<super::dealership::Dealership>(dealership, dealership).await?;
    if let Some(branch) = named {
        cx.follow_required::<super::branch::Branch>(branch.dealership, branch.id).await?;
    }
    Ok((dealership, named.map(|key| key.id).or(own_branch)))
}
