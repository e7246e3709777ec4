//! Setting how documents and screens look.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};

use super::super::change::{Changed, UserError, named_if, told};
use super::super::context::{Cx, cx};
use super::super::global_id::Tag;
use super::Branding;
use crate::error::Result;
use crate::permission::Permission;
use crate::service::branding::{self as looks, Place, SetLogo, UpdateBranding};
use crate::store::branding;

/// How it is to look from now on: the dealership's own look, a branch's or a person's. Whatever is null or left out falls
/// back to the next wider look.
#[derive(InputObject)]
pub(in crate::graphql) struct UpdateBrandingInput {
    /// At this branch.
    branch: Option<ID>,
    /// For this person; not together with a branch.
    staff_member: Option<ID>,
    /// Name on documents; 120 characters at most.
    dealer_name: Option<String>,
    /// Address of a logo that lies elsewhere, `https://` and a named host; 500 characters at most. `setLogo` uploads one.
    logo_url: Option<String>,
    /// Colour of the frame, `#rrggbb`.
    primary_color: Option<String>,
    /// First line of the address; 120 characters at most.
    address_line1: Option<String>,
    /// Second line of the address; 120 characters at most.
    address_line2: Option<String>,
    /// Phone number, a landline too, e.g. `011 234 5678`; kept as `+94112345678`.
    phone: Option<String>,
    /// E-mail address.
    email: Option<String>,
    /// The brand sold; 120 characters at most.
    brand_partner: Option<String>,
    /// Last line of documents; 300 characters at most.
    footer_note: Option<String>,
}

/// The logo from now on, of the dealership or of a branch.
#[derive(InputObject)]
pub(in crate::graphql) struct SetLogoInput {
    /// At this branch; left out: the dealership's own.
    branch: Option<ID>,
    /// The file in base64: a PNG or JPEG of 150 kB and 2000 pixels a side at most. Null or left out takes the logo away.
    #[graphql(secret)]
    image: Option<String>,
}

/// What became of a look.
#[derive(SimpleObject)]
pub(in crate::graphql) struct BrandingPayload {
    /// How it looks there now; null when it was refused.
    branding: Option<Branding>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<UserError>,
}

impl UpdateBrandingInput {
    fn resolve(self) -> Result<UpdateBranding> {
        Ok(UpdateBranding {
            branch: named_if(Tag::Branch, "branch", self.branch.as_ref())?,
            staff_member: named_if(Tag::StaffMember, "staffMember", self.staff_member.as_ref())?,
            dealer_name: self.dealer_name,
            logo_url: self.logo_url,
            primary_color: self.primary_color,
            address_line1: self.address_line1,
            address_line2: self.address_line2,
            phone: self.phone,
            email: self.email,
            brand_partner: self.brand_partner,
            footer_note: self.footer_note,
        })
    }
}

impl SetLogoInput {
    fn resolve(self) -> Result<SetLogo> {
        Ok(SetLogo { branch: named_if(Tag::Branch, "branch", self.branch.as_ref())?, image: self.image })
    }
}

impl BrandingPayload {
    async fn of(cx: &Cx, changed: Changed<Place>) -> Result<Self> {
        match changed {
            Ok(place) => {
                let look = branding::resolve(&*cx.tx().await?, place.dealership, place.branch, place.user).await?;
                Ok(Self { branding: Some(Branding(look)), user_errors: Vec::new() })
            }
            Err(user_errors) => Ok(Self { branding: None, user_errors }),
        }
    }
}

#[derive(Default)]
pub(in crate::graphql) struct BrandingMutation;

#[Object]
impl BrandingMutation {
    /// Sets how documents and screens look in the dealership, at a branch or for a person.
    async fn update_branding(
        &self,
        ctx: &Context<'_>,
        input: UpdateBrandingInput,
    ) -> async_graphql::Result<BrandingPayload> {
        let cx = cx(ctx);
        Ok(BrandingPayload::of(cx, cx.change(input.resolve(), None).await?).await?)
    }

    /// Uploads the logo of the dealership or of a branch, for screens and documents, or takes it away. What was printed before
    /// stays as it is.
    async fn set_logo(&self, ctx: &Context<'_>, input: SetLogoInput) -> async_graphql::Result<BrandingPayload> {
        let cx = cx(ctx);
        cx.scope()?.require(Permission::Administer)?;
        let set = async { looks::set_logo(cx.app(), cx.scope()?, input.resolve()?).await };
        let set = Box::pin(set).await;
        cx.renew();
        Ok(BrandingPayload::of(cx, told(set)?).await?)
    }
}
