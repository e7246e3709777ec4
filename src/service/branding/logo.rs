//! Logos that are uploaded, for screens and paper.
//!
//! The file is kept first, the row that names it written after: a crash between the two leaves a file that nobody names, never
//! a row without its file. A logo that another takes the place of stays as well; its links hold for a day or two yet.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::Datelike;
use entity::branding::Model;
use serde::Serialize;

use super::{Place, blank, of, place, write};
use crate::app::App;
use crate::document::Logo;
use crate::error::{Error, Refusal, RefusalCode, Result};
use crate::integration::files::{Class, Kind, Shelf};
use crate::permission::Permission;
use crate::scope::Scope;
use crate::service::{Change, Desk, perform};
use crate::store::load::Key;

/// Most bytes of a logo's file: written in base64, it fits the body of a request.
const MAX_BYTES: usize = 150 * 1024;

/// Gives the dealership or a branch a logo, or takes it away.
pub struct SetLogo {
    /// At a branch; the dealership's own without one.
    pub branch: Option<Key>,
    /// A PNG or JPEG in base64; the logo is taken away without one.
    pub image: Option<String>,
}

/// The same, once the file is kept.
#[derive(Serialize)]
struct Named {
    branch: Option<Key>,
    logo_key: Option<String>,
}

/// Gives the dealership or a branch a logo, or takes it away.
///
/// # Errors
/// As those of a change; refused when the image is none, or too large.
pub async fn set_logo(app: &App, scope: &Scope, wanted: SetLogo) -> Result<Place> {
    scope.require(Named::PERMISSION)?;
    let logo_key = match wanted.image {
        Some(image) => Some(keep(app, scope, image).await?),
        None => None,
    };
    perform(app, scope, &Named { branch: wanted.branch, logo_key }, None).await
}

impl Change for Named {
    type Outcome = Place;
    const NAME: &'static str = "setLogo";
    const PERMISSION: Permission = Permission::Administer;

    async fn apply(&self, desk: &Desk<'_>) -> Result<Place> {
        // As whoever sets the rest of a look.
        desk.lock_dealership().await?;
        let (place, whose) = place(desk, self.branch).await?;
        let old = desk.tx.one(of(desk, place)).await?;
        if old.as_ref().and_then(|old| old.logo_key.as_ref()) != self.logo_key.as_ref() {
            let action = if self.logo_key.is_some() { "logo_set" } else { "logo_removed" };
            let is_known = old.is_some();
            let row = Model { logo_key: self.logo_key.clone(), ..old.unwrap_or_else(|| blank(desk, place)) };
            write(desk, is_known, row, (action, whose)).await?;
        }
        Ok(place)
    }
}

/// Keeps a logo's file, and tells where.
async fn keep(app: &App, scope: &Scope, image: String) -> Result<String> {
    let dealership = scope.dealership()?;
    let read = tokio::task::spawn_blocking(move || read(&image)).await;
    let (kind, bytes) = read.map_err(Error::internal)??;
    let key = Shelf::new(dealership, Class::Logo, app.now().year(), kind)?.of_content(&bytes);
    app.files().put(scope, &key, bytes).await?;
    Ok(key.to_string())
}

/// The bytes of an image that can be printed, and what they are.
fn read(image: &str) -> Result<(Kind, Vec<u8>)> {
    let refused = |code, message: &'static str| Error::from(Refusal::new(code, "image", message));
    let too_large = "Please choose a file of at most 150 kB.";
    if image.len() > MAX_BYTES.div_ceil(3) * 4 {
        return Err(refused(RefusalCode::OutOfRange, too_large));
    }
    let Ok(bytes) = STANDARD.decode(image) else {
        return Err(refused(RefusalCode::Invalid, "Send the file in base64."));
    };
    if bytes.len() > MAX_BYTES {
        return Err(refused(RefusalCode::OutOfRange, too_large));
    }
    match (Logo::read(&bytes), bytes.first()) {
        (Ok(_), Some(0x89)) => Ok((Kind::Png, bytes)),
        (Ok(_), _) => Ok((Kind::Jpeg, bytes)),
        (Err(_), _) => {
            Err(refused(RefusalCode::Invalid, "Please choose a whole PNG or JPEG of at most 2000 pixels a side."))
        }
    }
}
