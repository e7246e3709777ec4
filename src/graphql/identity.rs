//! Personal data as clients see it: masked unless the role may read it.

use async_graphql::SimpleObject;

use super::context::Cx;
use crate::error::Result;
use crate::identity::{Identity, masked};
use crate::permission::Permission;

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
    pub(super) fn new(cx: &Cx, name: String, identity: Identity) -> Result<Self> {
        Ok(Self {
            name,
            nic: cx.reveal(identity.nic)?,
            phone: cx.reveal(identity.phone)?,
            address: cx.reveal(identity.address)?,
        })
    }
}

impl Cx {
    /// A personal value, in clear for roles that may read it.
    pub(super) fn reveal(&self, value: Option<String>) -> Result<Option<String>> {
        let in_clear = self.scope()?.may(Permission::ReadIdentity);
        Ok(value.map(|value| if in_clear { value } else { masked(&value) }))
    }
}
