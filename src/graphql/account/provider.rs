//! Outside identity providers: which there are, and signing in with the word of one.

use async_graphql::{Context, InputObject, Object};
use secrecy::SecretString;

use super::super::context::cx;
use super::session::{Keep, SessionPayload};
use crate::auth::{self, Provider, SignInWithProvider, Workplace};

/// What you bring back from an outside identity provider.
#[derive(InputObject)]
pub(in crate::graphql) struct SignInWithProviderInput {
    /// Name of the provider, one of `identityProviders`.
    provider: String,
    /// The id token that the provider gave you.
    #[graphql(secret)]
    id_token: String,
    /// The nonce that you sent to the provider for this sign-in.
    #[graphql(secret)]
    nonce: String,
    /// Code of the dealership to act in, if you serve several.
    dealership: Option<String>,
    /// Code of the branch to act in; only together with `dealership`.
    branch: Option<String>,
    /// Where the refresh token is to be.
    #[graphql(default)]
    keep: Keep,
}

/// An outside identity provider.
pub(in crate::graphql) struct IdentityProvider {
    name: String,
    issuer: String,
    client_id: String,
}

impl From<&Provider> for IdentityProvider {
    fn from(provider: &Provider) -> Self {
        let (name, issuer, client_id) = (provider.name(), provider.issuer(), provider.client_id());
        Self { name: name.to_owned(), issuer: issuer.to_owned(), client_id: client_id.to_owned() }
    }
}

/// An outside identity provider that you may sign in with.
#[Object]
impl IdentityProvider {
    /// What it is called here, for `signInWithProvider`.
    async fn name(&self) -> &str {
        &self.name
    }

    /// Its address, below which its discovery document lies.
    async fn issuer(&self) -> &str {
        &self.issuer
    }

    /// What this installation is called there.
    async fn client_id(&self) -> &str {
        &self.client_id
    }
}

#[derive(Default)]
pub(in crate::graphql) struct IdentityProviderQuery;

#[Object]
impl IdentityProviderQuery {
    /// Outside identity providers that you may sign in with; told to everybody.
    async fn identity_providers(&self, ctx: &Context<'_>) -> Vec<IdentityProvider> {
        cx(ctx).app().providers().iter().map(IdentityProvider::from).collect()
    }
}

#[derive(Default)]
pub(in crate::graphql) struct ProviderMutation;

#[Object]
impl ProviderMutation {
    /// Signs in with the id token of an outside identity provider, each of which is good once. A token that does not hold,
    /// and one about nobody who may come, answer `INVALID_CREDENTIALS`; a provider that does not answer,
    /// `PROVIDER_UNAVAILABLE`.
    async fn sign_in_with_provider(
        &self,
        ctx: &Context<'_>,
        input: SignInWithProviderInput,
    ) -> async_graphql::Result<SessionPayload> {
        let cx = cx(ctx);
        let SignInWithProviderInput { provider, id_token, nonce, dealership, branch, keep } = input;
        let input = SignInWithProvider {
            provider,
            id_token: SecretString::from(id_token),
            nonce: SecretString::from(nonce),
            workplace: Workplace { dealership, branch },
            visitor: cx.visitor().clone(),
        };
        let session = auth::sign_in_with_provider(cx.app(), input);
        Ok(SessionPayload::of(ctx, Box::pin(session).await?, keep))
    }
}
