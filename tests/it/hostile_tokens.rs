//! Tokens that nobody was given: forged, confused, cut, put together. All are refused alike.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE, URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::support::server::Server;
use crate::support::{World, seeded};

/// PKCS #8 of an Ed25519 seed, before the seed.
const PKCS8_HEAD: [u8; 16] = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];

seeded!(a_token_nobody_was_given_is_refused_like_any_other, async |world: World| {
    let server = Server::start(&world).await;
    let keys: Value = server.get("/.well-known/jwks.json").send().await.json();
    let genuine = world.token("clerk").await;
    let tokens =
        [cut(&genuine), reworded(&genuine), signed_by_others(&genuine, &keys), confused(&world).await].concat();
    assert!(tokens.len() >= 40, "{}", tokens.len());

    let ask = async |token: &str| {
        server.post().bearer_auth(token).json(&json!({"query": "{ viewer { name } }"})).send().await
    };
    let nonsense = ask("nonsense").await;
    assert_eq!(nonsense.status, StatusCode::UNAUTHORIZED);
    for (name, token) in tokens {
        assert_eq!(world.refusal(&token).await, "UNAUTHENTICATED", "{name}");
        let answer = ask(&token).await;
        assert_eq!((answer.status, &answer.text), (nonsense.status, &nonsense.text), "{name}");
    }
    assert_eq!(ask(&genuine).await.status, StatusCode::OK, "after all that");
    server.stop().await;
});

seeded!(the_published_key_checks_what_we_sign_and_is_not_the_secret_one, async |world: World| {
    let server = Server::start(&world).await;
    let answer = server.get("/.well-known/jwks.json").send().await;
    let keys: jsonwebtoken::jwk::JwkSet = serde_json::from_str(&answer.text).expect("a key set");
    assert!(!answer.text.contains("\"d\""), "{}", answer.text);
    let token = world.token("clerk").await;
    let kid = jsonwebtoken::decode_header(&token).expect("a header").kid.expect("a key id");
    let key = jsonwebtoken::DecodingKey::from_jwk(keys.find(&kid).expect("our key")).expect("a key");
    let mut validation = jsonwebtoken::Validation::new(Algorithm::EdDSA);
    validation.validate_aud = false;
    validation.validate_exp = false;
    jsonwebtoken::decode::<Value>(&token, &key, &validation).expect("checks");
    server.stop().await;
});

type Tokens = Vec<(String, String)>;

fn named(tokens: impl IntoIterator<Item = (&'static str, String)>) -> Tokens {
    tokens.into_iter().map(|(name, token)| (name.to_owned(), token)).collect()
}

fn parts(token: &str) -> [String; 3] {
    let parts: Vec<_> = token.split('.').map(str::to_owned).collect();
    parts.try_into().expect("three parts")
}

fn json_of(part: &str) -> Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).expect("base64")).expect("JSON")
}

fn text_of(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

/// Pieces of a genuine one.
fn cut(genuine: &str) -> Tokens {
    let [header, claims, signature] = parts(genuine);
    let bytes = URL_SAFE_NO_PAD.decode(&signature).expect("base64");
    let mut flipped = bytes.clone();
    flipped[0] ^= 1;
    let doubled = [&bytes[..], &bytes].concat();
    named([
        ("dots", "..".to_owned()),
        ("more dots", "....".to_owned()),
        ("only a header", header.clone()),
        ("no signature", format!("{header}.{claims}")),
        ("an empty signature", format!("{header}.{claims}.")),
        ("a fourth part", format!("{genuine}.{signature}")),
        ("a signature less a letter", genuine[..genuine.len() - 1].to_owned()),
        ("a signature less ten", genuine[..genuine.len() - 10].to_owned()),
        ("a letter more", format!("{genuine}A")),
        ("a bit turned", format!("{header}.{claims}.{}", URL_SAFE_NO_PAD.encode(flipped))),
        ("a signature twice", format!("{header}.{claims}.{}", URL_SAFE_NO_PAD.encode(doubled))),
        ("a signature of zeros", format!("{header}.{claims}.{}", URL_SAFE_NO_PAD.encode([0; 64]))),
        ("padded", format!("{header}.{claims}.{}", URL_SAFE.encode(&bytes))),
        ("another alphabet", format!("{header}.{claims}.{}+", STANDARD.encode(&bytes[..60]))),
        ("parts exchanged", format!("{claims}.{header}.{signature}")),
        ("a long one", format!("{header}.{}.{signature}", "A".repeat(7_000))),
    ])
}

/// A genuine one with other words and the old signature.
fn reworded(genuine: &str) -> Tokens {
    let [header, claims, signature] = parts(genuine);
    let headers = [
        json!({"alg": "none"}),
        json!({"alg": "None"}),
        json!({"alg": null}),
        json!({"alg": 1}),
        json!({"alg": "HS256"}),
        json!({"alg": "RS256"}),
        json!({"alg": "ES256"}),
        json!({"kid": "another"}),
        json!({"kid": "../../../../dev/null"}),
        json!({"kid": null}),
        json!({"typ": "JWT"}),
        json!({"typ": null}),
        json!({"crit": ["b64"], "b64": false}),
        json!({"jku": "https://attacker.example/keys"}),
        json!({"x5u": "https://attacker.example/chain"}),
        json!({"zip": "DEF"}),
    ];
    let bodies = [
        json!({"role": "HQ_ADMIN"}),
        json!({"exp": 4_000_000_000_u64}),
        json!({"exp": null}),
        json!({"sub": "00000000-0000-0000-0000-000000000000"}),
        json!({"bid": null}),
        json!({"did": null, "bid": null}),
        json!({"iss": "attacker"}),
        json!({"aud": ["a", "b"]}),
    ];
    let with = |part: &str, change: &Value| {
        let mut value = json_of(part);
        value.as_object_mut().expect("an object").extend(change.as_object().expect("an object").clone());
        text_of(&value)
    };
    let of_headers = headers.iter().flat_map(|change| {
        let header = with(&header, change);
        [
            (format!("header {change}"), format!("{header}.{claims}.{signature}")),
            (format!("header {change}, unsigned"), format!("{header}.{claims}.")),
        ]
    });
    let of_bodies = bodies
        .iter()
        .map(|change| (format!("claims {change}"), format!("{header}.{}.{signature}", with(&claims, change))));
    of_headers.chain(of_bodies).collect()
}

/// The words of a genuine one, signed by somebody else, or with what is public.
fn signed_by_others(genuine: &str, keys: &Value) -> Tokens {
    let [header, claims, _] = parts(genuine);
    let claims = json_of(&claims);
    let own: Header = serde_json::from_value(json_of(&header)).expect("a header");
    let attacker = EncodingKey::from_ed_der(&[&PKCS8_HEAD[..], &[7; 32]].concat());
    let sign = |header: Header, key: &EncodingKey| encode(&header, &claims, key).expect("signs");
    let mut tokens = named([("another key", sign(own.clone(), &attacker))]);
    let mut carried = own.clone();
    carried.jwk = Some(jsonwebtoken::jwk::Jwk::from_encoding_key(&attacker, Algorithm::EdDSA).expect("a key"));
    tokens.extend(named([("a key that comes along", sign(carried, &attacker))]));
    let public = &keys["keys"][0];
    let x = public["x"].as_str().expect("a public key");
    let secrets = [
        URL_SAFE_NO_PAD.decode(x).expect("base64"),
        x.as_bytes().to_vec(),
        public.to_string().into_bytes(),
        own.kid.clone().expect("a key id").into_bytes(),
        b"secret".to_vec(),
        b"".to_vec(),
    ];
    for algorithm in [Algorithm::HS256, Algorithm::HS384, Algorithm::HS512] {
        for (n, secret) in secrets.iter().enumerate() {
            let header = Header { alg: algorithm, ..own.clone() };
            tokens
                .push((format!("{algorithm:?} by public words {n}"), sign(header, &EncodingKey::from_secret(secret))));
        }
    }
    tokens
}

/// Genuine ones of another time, or for somebody else.
async fn confused(world: &World) -> Tokens {
    let issuer = world.home.process_with(|config| config.auth.issuer = "https://another.example".to_owned()).await;
    let audience = world.home.process_with(|config| config.auth.audience = "another".to_owned()).await;
    let brief = world.home.process_with(|config| config.auth.access_token_seconds = 60).await;
    let tokens = named([
        ("of another issuer", world.token_of(&issuer, "clerk").await),
        ("for another audience", world.token_of(&audience, "clerk").await),
        ("of a minute ago", world.token_of(&brief, "clerk").await),
    ]);
    world.home.clock.advance(chrono::TimeDelta::seconds(60));
    tokens
}
