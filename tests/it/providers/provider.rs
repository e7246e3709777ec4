//! An identity provider that the test runs itself: real keys, a real socket, and moods.

use std::sync::{Arc, LazyLock, Mutex};

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use forecourt::crypto;
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// PKCS #8 of an Ed25519 seed, before the seed.
const ED_HEAD: [u8; 16] = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];

/// Bytes of PKCS #8 before the RSA key of 2,048 bits in it.
const RSA_HEAD: usize = 26;

/// Making one takes a while.
static RSA: LazyLock<[Vec<u8>; 2]> = LazyLock::new(|| [rsa(), rsa()]);

fn rsa() -> Vec<u8> {
    let pair = KeyPair::generate(KeySize::Rsa2048).expect("a key");
    let der: Pkcs8V1Der<'_> = pair.as_der().expect("a key has a form");
    der.as_ref()[RSA_HEAD..].to_vec()
}

/// A key of a provider.
#[derive(Clone)]
pub(super) struct Key {
    pub(super) id: &'static str,
    pub(super) algorithm: Algorithm,
    pub(super) signing: EncodingKey,
    /// As it is published.
    pub(super) published: Value,
}

impl Key {
    pub(super) fn rsa(id: &'static str) -> Self {
        Self::of(id, Algorithm::RS256, EncodingKey::from_rsa_der(&RSA[0]))
    }

    pub(super) fn another_rsa(id: &'static str) -> Self {
        Self::of(id, Algorithm::RS256, EncodingKey::from_rsa_der(&RSA[1]))
    }

    pub(super) fn ec(id: &'static str) -> Self {
        let pair = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new());
        Self::of(id, Algorithm::ES256, EncodingKey::from_ec_der(pair.expect("a key").as_ref()))
    }

    pub(super) fn ed(id: &'static str) -> Self {
        let seed: [u8; 32] = crypto::random();
        Self::of(id, Algorithm::EdDSA, EncodingKey::from_ed_der(&[&ED_HEAD[..], &seed].concat()))
    }

    fn of(id: &'static str, algorithm: Algorithm, signing: EncodingKey) -> Self {
        let published = Jwk::from_encoding_key(&signing, algorithm).expect("a public key");
        let key = Self { id, algorithm, signing, published: serde_json::to_value(published).expect("JSON") };
        key.saying(json!({"kid": id, "use": "sig"}))
    }

    /// The same, published with other words.
    pub(super) fn saying(mut self, words: Value) -> Self {
        let published = self.published.as_object_mut().expect("an object");
        published.extend(words.as_object().expect("an object").clone());
        published.retain(|_, word| !word.is_null());
        self
    }

    pub(super) fn header(&self) -> Header {
        Header { kid: Some(self.id.to_owned()), ..Header::new(self.algorithm) }
    }

    pub(super) fn sign(&self, claims: &Value) -> String {
        self.sign_as(&self.header(), claims)
    }

    pub(super) fn sign_as(&self, header: &Header, claims: &Value) -> String {
        jsonwebtoken::encode(header, claims, &self.signing).expect("signs")
    }
}

/// How it answers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mood {
    Well,
    /// With a fault of its own.
    Broken,
    /// Never.
    Silent,
    /// From another host.
    Elsewhere,
    /// At great length.
    Endless,
}

/// What it does and says.
pub(super) struct Manner {
    pub(super) mood: Mood,
    pub(super) keys: Vec<Value>,
    pub(super) max_age: u32,
    /// The discovery document, over what it is otherwise.
    pub(super) words: Value,
    /// Requests for its keys.
    pub(super) asked: usize,
    /// The `traceparent` of each request.
    pub(super) traces: Vec<String>,
}

impl Manner {
    fn note(&mut self, headers: &HeaderMap) {
        let trace = headers.get("traceparent").and_then(|value| value.to_str().ok());
        self.traces.extend(trace.map(str::to_owned));
    }
}

/// An identity provider on a port of its own, for as long as the test runs.
#[derive(Clone)]
pub(super) struct Provider {
    pub(super) issuer: String,
    manner: Arc<Mutex<Manner>>,
}

impl Provider {
    pub(super) async fn start(keys: &[&Key]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let issuer = format!("http://{}", listener.local_addr().expect("an address"));
        let keys = keys.iter().map(|key| key.published.clone()).collect();
        let manner = Manner { mood: Mood::Well, keys, max_age: 600, words: json!({}), asked: 0, traces: Vec::new() };
        let provider = Self { issuer, manner: Arc::new(Mutex::new(manner)) };
        let routes = Router::new()
            .route("/.well-known/openid-configuration", get(discovery))
            .route("/keys", get(keys_of))
            .with_state(provider.clone());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        provider
    }

    /// Has it behave otherwise from now on.
    pub(super) fn set(&self, change: impl FnOnce(&mut Manner)) {
        change(&mut self.manner.lock().expect("no holder panics"));
    }

    pub(super) fn asked(&self) -> usize {
        self.manner.lock().expect("no holder panics").asked
    }

    async fn answer(&self, well: impl FnOnce(&mut Manner) -> Response) -> Response {
        let mood = self.manner.lock().expect("no holder panics").mood;
        match mood {
            Mood::Well => well(&mut self.manner.lock().expect("no holder panics")),
            Mood::Broken => StatusCode::SERVICE_UNAVAILABLE.into_response(),
            Mood::Silent => std::future::pending().await,
            // The same machine under another name is another host.
            Mood::Elsewhere => Redirect::temporary(&self.issuer.replace("127.0.0.1", "localhost")).into_response(),
            Mood::Endless => " ".repeat(1024 * 1024 + 1).into_response(),
        }
    }
}

async fn discovery(State(provider): State<Provider>, headers: HeaderMap) -> Response {
    let issuer = provider.issuer.clone();
    let well = |manner: &mut Manner| {
        manner.note(&headers);
        let mut document = json!({"issuer": issuer, "jwks_uri": format!("{issuer}/keys")});
        document.as_object_mut().expect("an object").extend(manner.words.as_object().expect("an object").clone());
        document.to_string().into_response()
    };
    provider.answer(well).await
}

async fn keys_of(State(provider): State<Provider>, headers: HeaderMap) -> Response {
    let well = |manner: &mut Manner| {
        manner.note(&headers);
        manner.asked += 1;
        let headers = [(header::CACHE_CONTROL, format!("public, max-age={}", manner.max_age))];
        (headers, json!({"keys": manner.keys}).to_string()).into_response()
    };
    provider.answer(well).await
}
