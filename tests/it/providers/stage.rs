//! A world with an identity provider beside it, and somebody there who would like to come in.

use std::sync::Arc;

use entity::{membership, user};
use forecourt::app::App;
use forecourt::config::{self, MembershipRule};
use forecourt::scope::Scope;
use sea_orm::{ColumnTrait, QueryFilter};
use serde_json::{Value, json};

use super::provider::{Key, Provider};
use crate::support::{Client, World};

const SIGN_IN: &str =
    "mutation($input: SignInWithProviderInput!) { signInWithProvider(input: $input) { accessToken role } }";

pub(super) const CLIENT_ID: &str = "forecourt-at-head-office";
pub(super) const NONCE: &str = "n-0S6_WzA2Mj";

pub(super) struct Stage<'a> {
    pub(super) world: &'a World,
    pub(super) provider: Provider,
    pub(super) key: Key,
    pub(super) app: Arc<App>,
}

impl<'a> Stage<'a> {
    /// A provider with one key, whose sales people are known at BR01 of colombo-ev.
    pub(super) async fn of(world: &'a World, key: Key) -> Self {
        Self::with(world, key, |_| {}).await
    }

    pub(super) async fn with(world: &'a World, key: Key, change: impl FnOnce(&mut config::Provider)) -> Self {
        let provider = Provider::start(&[&key]).await;
        let mut settings = settings("head-office", &provider);
        change(&mut settings);
        let app = world.home.process_with(|config| config.auth.provider = vec![settings]).await;
        Self { world, provider, key, app }
    }

    /// What the provider says of Nimal, who sells at BR01.
    pub(super) fn nimal(&self) -> Value {
        let now = self.app.now().timestamp();
        json!({
            "iss": self.provider.issuer, "aud": CLIENT_ID, "sub": "nimal-7", "nonce": NONCE,
            "iat": now, "exp": now + 300,
            "email": "Nimal@colombo-ev.example", "email_verified": true, "name": "Nimal Perera",
            "groups": ["everybody", "colombo-sales"],
        })
    }

    /// The same, but for some claims; those of null are left out.
    pub(super) fn nimal_but(&self, change: Value) -> Value {
        let mut claims = self.nimal();
        let map = claims.as_object_mut().expect("an object");
        map.extend(change.as_object().expect("an object").clone());
        map.retain(|_, claim| !claim.is_null());
        // Two tokens of one second differ, as a provider's do.
        map.insert("jti".to_owned(), json!(uuid::Uuid::now_v7()));
        claims
    }

    pub(super) async fn client(&self) -> Client {
        self.world.through(Arc::clone(&self.app), "anonymous").await
    }

    /// The whole answer to a sign-in with a token.
    pub(super) async fn send(&self, token: &str) -> Value {
        self.send_to("head-office", token).await
    }

    pub(super) async fn send_to(&self, provider: &str, token: &str) -> Value {
        let input = json!({"provider": provider, "idToken": token, "nonce": NONCE});
        self.client().await.send(SIGN_IN, json!({"input": input})).await
    }

    /// The access token of whom the provider says this.
    pub(super) async fn token(&self, claims: &Value) -> String {
        let answer = self.send(&self.key.sign(claims)).await;
        let token = answer["data"]["signInWithProvider"]["accessToken"].as_str();
        token.unwrap_or_else(|| panic!("{answer}")).to_owned()
    }

    /// The session of whom the provider says this.
    pub(super) async fn enter(&self, claims: &Value) -> Client {
        self.world.with_token(self.token(claims).await)
    }

    /// The code that refuses whom the provider says this of.
    pub(super) async fn refusal(&self, claims: &Value) -> String {
        code(&self.send(&self.key.sign(claims)).await)
    }

    /// The memberships of an address, each `role [branch] provider`; of those that ended, with an end.
    pub(super) async fn memberships(&self, email: &str) -> Vec<String> {
        let person = account(self.world, email).await.expect("an account");
        let tx = self.app.read(Scope::system("test")).await.expect("a transaction");
        let own = tx.select::<membership::Entity>().filter(membership::Column::UserId.eq(person.id));
        let rows = tx.all(own).await.expect("rows");
        let told = rows.into_iter().map(|row| {
            let of = if row.branch_id.is_some() { "branch" } else { "dealership" };
            let end = if row.ended_at.is_some() { " ended" } else { "" };
            format!("{:?} of a {of} by {}{end}", row.role, row.provider.as_deref().unwrap_or("people"))
        });
        let mut told: Vec<_> = told.collect();
        told.sort();
        told
    }
}

/// The code of a refusal.
pub(super) fn code(answer: &Value) -> String {
    let code = answer["errors"][0]["extensions"]["code"].as_str();
    code.unwrap_or_else(|| panic!("not refused: {answer}")).to_owned()
}

pub(super) fn settings(name: &str, provider: &Provider) -> config::Provider {
    config::Provider {
        name: name.to_owned(),
        issuer: provider.issuer.clone(),
        client_id: CLIENT_ID.to_owned(),
        algorithms: vec![config::Algorithm::Rs256, config::Algorithm::Es256, config::Algorithm::EdDsa],
        email_domains: vec!["colombo-ev.example".to_owned()],
        email_claim: "email".to_owned(),
        name_claim: "name".to_owned(),
        mfa_claims: vec!["mfa".to_owned()],
        memberships: vec![rule("colombo-sales", "colombo-ev", Some("BR01"), entity::kind::Role::Sales)],
    }
}

pub(super) fn rule(group: &str, dealership: &str, branch: Option<&str>, role: entity::kind::Role) -> MembershipRule {
    MembershipRule {
        claim: "groups".to_owned(),
        value: group.to_owned(),
        dealership: dealership.to_owned(),
        branch: branch.map(str::to_owned),
        role,
    }
}

pub(super) async fn account(world: &World, email: &str) -> Option<user::Model> {
    let tx = world.home.app.read(Scope::system("test")).await.expect("a transaction");
    let people = tx.scope().select_shared::<user::Entity>().expect("the system's own");
    let own = user::Column::EmailKey.eq(email.to_lowercase());
    tx.one(people.filter(own)).await.expect("a query")
}
