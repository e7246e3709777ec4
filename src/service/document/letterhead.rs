//! Whose paper it is.

use uuid::Uuid;

use super::reading::Reading;
use crate::document::Letterhead;
use crate::error::Result;
use crate::store::branding;

/// The look of a branch, or of the dealership; not that of whoever has it printed. Its logo is still to be read: beside it is
/// where that lies.
pub(super) async fn read(reading: &Reading<'_>, branch: Option<Uuid>) -> Result<(Letterhead, Option<String>)> {
    let brand = branding::resolve(reading.tx, reading.dealership.id, branch, None).await?;
    let letterhead = Letterhead {
        dealer_name: brand.dealer_name.unwrap_or_else(|| reading.dealership.name.clone()),
        brand_partner: brand.brand_partner,
        address: brand.address_line1.into_iter().chain(brand.address_line2).collect(),
        phone: brand.phone,
        email: brand.email,
        colour: brand.primary_color,
        logo: None,
        footer_note: Some(brand.footer_note),
    };
    Ok((letterhead, brand.logo_key))
}
