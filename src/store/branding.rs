//! Branding, resolved field by field: the person's own, the branch's, the dealership's, the system's.

use std::collections::HashMap;

use entity::branding::{Column, Entity, Model};
use sea_orm::{ColumnTrait, Condition, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::database::Tx;
use crate::error::Result;

/// How documents and screens look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branding {
    /// Absent: the dealership's own name.
    pub dealer_name: Option<String>,
    /// Address of a logo that lies elsewhere.
    pub logo_url: Option<String>,
    /// Where an uploaded logo lies ([`Key`](crate::integration::files::Key)).
    pub logo_key: Option<String>,
    /// `#rrggbb`.
    pub primary_color: String,
    /// First line of the address.
    pub address_line1: Option<String>,
    /// Second line of the address.
    pub address_line2: Option<String>,
    /// Phone number.
    pub phone: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// The brand sold.
    pub brand_partner: Option<String>,
    /// Last line of documents.
    pub footer_note: String,
}

/// The system's default.
pub const PRIMARY_COLOR: &str = "#d32f2f";
const FOOTER_NOTE: &str = "Thank you for your business!";

/// What applies in `dealership`, at `branch`, to `user`.
pub async fn resolve(tx: &Tx, dealership: Uuid, branch: Option<Uuid>, user: Option<Uuid>) -> Result<Branding> {
    let of_branch =
        Condition::any().add(Column::BranchId.is_null()).add_option(branch.map(|branch| Column::BranchId.eq(branch)));
    let of_user = Condition::any().add(Column::UserId.is_null()).add_option(user.map(|user| Column::UserId.eq(user)));
    let query = tx
        .select::<Entity>()
        .filter(Column::DealershipId.eq(dealership))
        .filter(of_branch)
        .filter(of_user)
        .order_by_asc(Column::Id);
    let mut rows = tx.all(query).await?;
    rows.sort_by_key(|row| (row.user_id.is_none(), row.branch_id.is_none()));
    let first = |field: fn(&Model) -> &Option<String>| rows.iter().find_map(|row| field(row).clone());
    Ok(Branding {
        dealer_name: first(|row| &row.dealer_name),
        logo_url: first(|row| &row.logo_url),
        logo_key: first(|row| &row.logo_key),
        primary_color: first(|row| &row.primary_color).unwrap_or_else(|| PRIMARY_COLOR.to_owned()),
        address_line1: first(|row| &row.address_line1),
        address_line2: first(|row| &row.address_line2),
        phone: first(|row| &row.phone),
        email: first(|row| &row.email),
        brand_partner: first(|row| &row.brand_partner),
        footer_note: first(|row| &row.footer_note).unwrap_or_else(|| FOOTER_NOTE.to_owned()),
    })
}

/// The colours of those of the dealerships that have one of their own.
pub async fn primary_colors(tx: &Tx, dealerships: impl Iterator<Item = Uuid>) -> Result<HashMap<Uuid, String>> {
    let query = tx
        .select::<Entity>()
        .filter(Column::DealershipId.is_in(dealerships))
        .filter(Column::BranchId.is_null())
        .filter(Column::UserId.is_null());
    let rows = tx.all(query).await?.into_iter();
    Ok(rows.filter_map(|row| Some((row.dealership_id, row.primary_color?))).collect())
}
