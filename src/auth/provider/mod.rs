//! Outside identity providers (OpenID Connect): id token → who it is → account and memberships → session.
//!
//! Read in this order: [`discovery`] finds a provider's keys, [`jwks`] keeps them, [`id_token`] checks what was signed with
//! them, [`account`] finds whom it is about, [`memberships`] lets them have what the settings say.

mod account;
mod discovery;
mod id_token;
mod jwks;
mod memberships;
mod sign_in;

pub use sign_in::{SignInWithProvider, sign_in_with_provider};

use std::sync::Arc;

use chrono::{DateTime, Utc};
use entity::seen_token;

use crate::config::{self, MembershipRule};
use jwks::Keys;

/// The providers of the settings, with what is known of their keys.
#[derive(Default)]
pub struct Providers(Vec<Provider>);

/// An outside identity provider.
pub struct Provider {
    settings: config::Provider,
    keys: Arc<Keys>,
}

/// Somebody a provider vouches for.
pub(super) struct Known {
    /// What the provider is called here.
    provider: String,
    issuer: String,
    /// Who it is, to the provider.
    subject: String,
    /// An address that the provider has verified.
    email: Option<String>,
    name: Option<String>,
    has_second_factor: bool,
    authenticated_at: DateTime<Utc>,
    /// The rules that this person fits.
    grants: Vec<MembershipRule>,
    /// The token, for it to be good once.
    token: seen_token::Model,
}

impl Known {
    /// The ways this person came in by, as sessions name them.
    fn ways(&self) -> &'static str {
        if self.has_second_factor { "idp mfa" } else { "idp" }
    }
}

impl Providers {
    /// # Errors
    /// When this machine's certificates cannot be read.
    pub(crate) fn new(settings: &[config::Provider]) -> anyhow::Result<Self> {
        if settings.is_empty() {
            return Ok(Self::default());
        }
        let client = discovery::client()?;
        let provider = |settings: &config::Provider| Provider {
            keys: Arc::new(Keys::new(client.clone(), settings)),
            settings: settings.clone(),
        };
        Ok(Self(settings.iter().map(provider).collect()))
    }

    /// All of them, in the order of the settings.
    pub fn iter(&self) -> impl Iterator<Item = &Provider> {
        self.0.iter()
    }

    fn named(&self, name: &str) -> Option<&Provider> {
        self.0.iter().find(|provider| provider.settings.name == name)
    }
}

impl Provider {
    /// What it is called here.
    pub fn name(&self) -> &str {
        &self.settings.name
    }

    /// Who issues its tokens.
    pub fn issuer(&self) -> &str {
        &self.settings.issuer
    }

    /// What we are called there.
    pub fn client_id(&self) -> &str {
        &self.settings.client_id
    }
}
