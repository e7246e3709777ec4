//! Personal data as clients see it: masked unless the role may read it.

use async_graphql::{Lookahead, SimpleObject};

use super::context::Cx;
use crate::crypto::Place;
use crate::error::Result;
use crate::identity::Identity;

/// What was written on a document about the buyer. Values are masked (`••••••••2941`) for roles that may not read them.
#[derive(SimpleObject)]
pub(super) struct Buyer {
    /// Name.
    name: String,
    /// National identity card number.
    nic: Option<String>,
    /// Phone number, E.164 where it could be read so.
    phone: Option<String>,
    /// Postal address.
    address: Option<String>,
}

impl Buyer {
    /// The buyer of the document at `place`, of which `wanted` names the fields that were asked for.
    pub(super) fn open(
        cx: &Cx,
        place: Place,
        name: String,
        sealed: Option<&Vec<u8>>,
        wanted: Lookahead<'_>,
    ) -> Result<Self> {
        let open = |sealed: &Vec<u8>| Identity::open(cx.app().keys(), place, sealed);
        // What nobody asked for is not opened, not revealed, and leaves no trace.
        let is_wanted = ["nic", "phone", "address"].iter().any(|field| wanted.field(field).exists());
        let identity = sealed.filter(|_| is_wanted).map(open).transpose()?.unwrap_or_default();
        let show = |field, value: Option<String>| match wanted.field(field).exists() {
            true => cx.reveal(place, field, value),
            false => Ok(None),
        };
        Ok(Self {
            name,
            nic: show("nic", identity.nic)?,
            phone: show("phone", identity.phone)?,
            address: show("address", identity.address)?,
        })
    }
}
