//! How documents and screens look: the dealership's own way, a branch's, a person's.

mod logo;

pub use logo::{SetLogo, set_logo};

use entity::branding::{Column, Entity, Model};
use entity::{branch, membership};
use sea_orm::{ColumnTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::check::OFFICE_PHONE;
use super::{Change, Check, Desk, Event};
use crate::error::{Refusal, RefusalCode, Result};
use crate::permission::Permission;
use crate::store::load::Key;

/// Most characters of a name, a line of an address, the brand sold.
const LINE_LENGTH: usize = 120;

/// Most characters of the last line of documents.
const FOOTER_LENGTH: usize = 300;

/// Most characters of a logo's address.
const URL_LENGTH: usize = 500;

/// Sets how it looks somewhere; what is absent falls back to the next wider look.
#[derive(Debug, Serialize)]
pub struct UpdateBranding {
    /// At a branch; the dealership's own look without one.
    pub branch: Option<Key>,
    /// For a person, by a membership.
    pub staff_member: Option<Key>,
    /// Name on documents.
    pub dealer_name: Option<String>,
    /// `https` address of the logo.
    pub logo_url: Option<String>,
    /// `#rrggbb`.
    pub primary_color: Option<String>,
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
    pub footer_note: Option<String>,
}

/// Whose look it is.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Place {
    /// The dealership.
    pub dealership: Uuid,
    /// Its branch, for a branch's look.
    pub branch: Option<Uuid>,
    /// The person, for a person's look.
    pub user: Option<Uuid>,
}

impl Change for UpdateBranding {
    type Outcome = Place;
    const NAME: &'static str = "updateBranding";
    const PERMISSION: Permission = Permission::Administer;

    async fn apply(&self, desk: &Desk<'_>) -> Result<Place> {
        // A look without a branch and a person has no row of its own to lock before it is there.
        desk.lock_dealership().await?;
        let (place, whose) = self.place(desk).await?;
        let old = desk.tx.one(of(desk, place)).await?;
        let row = self.checked(old.clone().unwrap_or_else(|| blank(desk, place)))?;
        write(desk, old.is_some(), row, ("branding_updated", whose)).await?;
        Ok(place)
    }
}

impl UpdateBranding {
    /// Whose look is set, and the same in words.
    async fn place(&self, desk: &Desk<'_>) -> Result<(Place, String)> {
        match (self.branch, self.staff_member) {
            (branch, None) => place(desk, branch).await,
            (None, Some(member)) => {
                let member = desk.find::<membership::Entity>("staffMember", member).await?;
                let place = Place { dealership: member.dealership_id, branch: None, user: Some(member.user_id) };
                Ok((place, "of a member of staff".to_owned()))
            }
            (Some(_), Some(_)) => {
                let message = "Name a branch or a member of staff, not both.";
                Err(Refusal::new(RefusalCode::Invalid, "staffMember", message).into())
            }
        }
    }

    /// The row with checked input in it.
    fn checked(&self, row: Model) -> Result<Model> {
        let mut check = Check::default();
        let mut line = |field, text: &Option<String>, max| check.optional_line(field, text.as_deref(), max);
        let row = Model {
            dealer_name: line("dealerName", &self.dealer_name, LINE_LENGTH),
            logo_url: line("logoUrl", &self.logo_url, URL_LENGTH),
            primary_color: line("primaryColor", &self.primary_color, 7).map(|colour| colour.to_ascii_lowercase()),
            address_line1: line("addressLine1", &self.address_line1, LINE_LENGTH),
            address_line2: line("addressLine2", &self.address_line2, LINE_LENGTH),
            brand_partner: line("brandPartner", &self.brand_partner, LINE_LENGTH),
            footer_note: line("footerNote", &self.footer_note, FOOTER_LENGTH),
            phone: check.phone("phone", self.phone.as_deref(), OFFICE_PHONE),
            email: check.optional_email("email", self.email.as_deref()),
            ..row
        };
        if row.primary_color.as_deref().is_some_and(|colour| !is_colour(colour)) {
            check.refuse(RefusalCode::Invalid, "primaryColor", "Write a colour like #d32f2f.");
        }
        if row.logo_url.as_deref().is_some_and(|url| !is_public_https(url)) {
            let message = "Write the logo's address like https://example.com/logo.png.";
            check.refuse(RefusalCode::Invalid, "logoUrl", message);
        }
        check.done()?;
        Ok(row)
    }
}

/// The dealership as a place, or a branch of it, and the same in words.
async fn place(desk: &Desk<'_>, branch: Option<Key>) -> Result<(Place, String)> {
    let whole = Place { dealership: desk.dealership_id()?, branch: None, user: None };
    let Some(branch) = branch else { return Ok((whole, "of the dealership".to_owned())) };
    let branch = desk.find::<branch::Entity>("branch", branch).await?;
    Ok((Place { branch: Some(branch.id), ..whole }, format!("of {}", branch.code)))
}

/// A look that leaves everything to the next wider one.
fn blank(desk: &Desk<'_>, place: Place) -> Model {
    Model {
        dealership_id: place.dealership,
        id: desk.fresh_id(),
        branch_id: place.branch,
        user_id: place.user,
        dealer_name: None,
        logo_url: None,
        primary_color: None,
        address_line1: None,
        address_line2: None,
        brand_partner: None,
        footer_note: None,
        logo_key: None,
        phone: None,
        email: None,
        created_at: desk.now,
        updated_at: desk.now,
    }
}

/// Writes a look, and into the trail what was done and whose look it is.
async fn write(desk: &Desk<'_>, is_known: bool, row: Model, told: (&'static str, String)) -> Result<()> {
    let (action, summary) = told;
    let event = Event { action, table: "branding", row: row.id, branch: row.branch_id, summary };
    let row = Model { updated_at: desk.now, ..row };
    match is_known {
        true => desk.save::<Entity>(row).await?,
        false => desk.insert::<Entity>(vec![row]).await?,
    }
    desk.audit(event)
}

fn of(desk: &Desk<'_>, place: Place) -> sea_orm::Select<Entity> {
    let owner = |column: Column, id: Option<Uuid>| id.map_or_else(|| column.is_null(), |id| column.eq(id));
    desk.tx
        .select::<Entity>()
        .filter(Column::DealershipId.eq(place.dealership))
        .filter(owner(Column::BranchId, place.branch))
        .filter(owner(Column::UserId, place.user))
}

fn is_colour(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|hex| hex.len() == 6 && hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Whether a text is an `https` address of a named host, without a sign-in or a port: documents fetch it.
fn is_public_https(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("https://") else { return false };
    let (host, _) = rest.split_once(['/', '?', '#']).unwrap_or((rest, ""));
    let label = |label: &str| !label.is_empty() && label.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'-');
    let named = host.rsplit_once('.').is_some_and(|(_, top)| top.bytes().all(|c| c.is_ascii_alphabetic()));
    named && host.split('.').all(label) && rest.bytes().all(|c| c.is_ascii_graphic() && !br#""<>\^`{|}"#.contains(&c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_logo_lies_at_a_named_host_behind_https() {
        for fit in ["https://example.com", "https://cdn.example.co/a/logo.png?v=2", "https://xn--x-1.example/a%20b.svg"]
        {
            assert!(is_public_https(fit), "{fit}");
        }
        for unfit in [
            "http://example.com/a.png",
            "javascript:alert(1)",
            "https://",
            "https://localhost/a.png",
            "https://127.0.0.1/a.png",
            "https://[::1]/a.png",
            "https://me:secret@example.com/a.png",
            "https://example.com:8443/a.png",
            "https://example..com/a.png",
            "https://example.com/a b.png",
            "https://example.com/\"><script>",
            "https://ශ්‍රී.example/a.png",
        ] {
            assert!(!is_public_https(unfit), "{unfit}");
        }
    }
}
