//! Documents: a view in, the bytes of a PDF out. Pure: no database, no clock, nothing of the running installation, so that
//! the same view and the same template version give the same bytes for ever.
//!
//! A view holds what is printed, ready to print. To add a kind: its view, its variant of [`Content`], its layout.

mod figures;
mod logo;
mod template;
mod typeset;
mod view;
mod words;

pub use logo::Logo;
pub use view::*;

use crate::error::{Error, Result};

/// The layout that new documents are set in. One is kept with each document that was issued, so that a reprint matches;
/// a change of what [`render`] gives for a view that exists is a new version, beside the old ones.
pub const TEMPLATE_VERSION: u16 = 1;

/// Sets `document` in the layout of `template_version`. Fails where the version is none of ours.
pub fn render(document: &Document, template_version: u16) -> Result<Vec<u8>> {
    if template_version != TEMPLATE_VERSION {
        return Err(Error::internal(anyhow::anyhow!("there is no template version {template_version}")));
    }
    template::set(document)
}
