//! Id tokens that no provider gave, gave to others, or gave for something else. All are refused alike.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use futures_util::future::join_all;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};

use super::provider::{Key, Mood, Provider};
use super::stage::{CLIENT_ID, Stage, code};
use crate::support::{World, seeded};

seeded!(a_token_that_does_not_hold_is_refused_like_any_other, async |world: World| {
    let stage = Stage::with(&world, Key::rsa("r"), |settings| {
        settings.algorithms.retain(|algorithm| *algorithm != forecourt::config::Algorithm::EdDsa);
    })
    .await;
    let enc = Key::another_rsa("enc").saying(json!({"use": "enc"}));
    let forbidden = Key::ed("ed");
    stage.provider.set(|manner| manner.keys.extend([enc.published.clone(), forbidden.published.clone()]));
    let trap = Provider::start(&[&Key::another_rsa("trap")]).await;

    let mut tokens = reworded(&stage);
    tokens.extend(misheaded(&stage, &trap));
    tokens.extend(cut(&stage));
    tokens.push(("an encryption key".into(), enc.sign(&stage.nimal())));
    tokens.push(("an algorithm that is not allowed".into(), forbidden.sign(&stage.nimal())));
    assert!(tokens.len() >= 60, "{}", tokens.len());

    let nonsense = stage.send("nonsense").await;
    assert_eq!(code(&nonsense), "INVALID_CREDENTIALS");
    for (name, token) in tokens {
        assert_eq!(stage.send(&token).await, nonsense, "{name}");
    }
    assert_eq!((stage.provider.asked(), trap.asked()), (1, 0), "nobody is asked where a token says");
    assert!(super::stage::account(&world, "nimal@colombo-ev.example").await.is_none(), "nothing was made");

    let genuine = stage.key.sign(&stage.nimal());
    assert!(stage.send(&genuine).await["errors"].is_null(), "after all that");
    assert_eq!(stage.send(&genuine).await, nonsense, "once");
    assert!(stage.send(&stage.key.sign(&stage.nimal_but(json!({})))).await["errors"].is_null(), "another one");
});

/// Claims that are wrong, under a right signature.
fn reworded(stage: &Stage<'_>) -> Vec<(String, String)> {
    let now = stage.app.now().timestamp();
    let wrong = [
        json!({"iss": "https://id.example"}),
        json!({"iss": format!("{}/", stage.provider.issuer)}),
        json!({"iss": [stage.provider.issuer]}),
        json!({"iss": null}),
        json!({"aud": "another"}),
        json!({"aud": null}),
        json!({"aud": []}),
        json!({"aud": [CLIENT_ID, 7]}),
        json!({"aud": {"0": CLIENT_ID}}),
        json!({"aud": format!("{CLIENT_ID} ")}),
        json!({"aud": [CLIENT_ID, "another"]}),
        json!({"aud": [CLIENT_ID, "another"], "azp": "another"}),
        json!({"azp": "another"}),
        json!({"azp": [CLIENT_ID]}),
        json!({"exp": now - 60}),
        json!({"exp": null}),
        json!({"exp": "never"}),
        json!({"exp": format!("{}", now + 300)}),
        json!({"exp": i64::MAX, "iat": i64::MIN}),
        json!({"exp": u64::MAX}),
        json!({"iat": now - 601}),
        json!({"iat": now + 61}),
        json!({"iat": null}),
        json!({"nbf": now + 61}),
        json!({"nbf": "now"}),
        json!({"nonce": "another"}),
        json!({"nonce": ""}),
        json!({"nonce": null}),
        json!({"nonce": [super::stage::NONCE]}),
        json!({"sub": null}),
        json!({"sub": ""}),
        json!({"sub": 7}),
        json!({"sub": "s".repeat(256)}),
        json!({"email_verified": false}),
        json!({"email": "nimal@elsewhere.example"}),
        json!({"padding": "x".repeat(16 * 1024)}),
    ];
    wrong.into_iter().map(|change| (format!("{change:.80}"), stage.key.sign(&stage.nimal_but(change)))).collect()
}

/// Puts an attacker's address or key into a header.
type Lure = fn(&mut Header, &str, &Key);

/// Headers that are wrong, or signatures by others.
fn misheaded(stage: &Stage<'_>, trap: &Provider) -> Vec<(String, String)> {
    let (own, claims) = (stage.key.header(), stage.nimal());
    let attacker = Key::another_rsa("r");
    let public = &stage.key.published;
    let with = |change: fn(&mut Header)| {
        let mut header = own.clone();
        change(&mut header);
        stage.key.sign_as(&header, &claims)
    };
    let mut tokens = vec![
        ("another one's key", attacker.sign(&claims)),
        ("an unknown key", with(|header| header.kid = Some("unknown".to_owned()))),
        ("a path for a key", with(|header| header.kid = Some("../../../../dev/null".to_owned()))),
        ("a query for a key", with(|header| header.kid = Some("' or 1=1 --".to_owned()))),
        ("no letters for a key", with(|header| header.kid = Some(String::new()))),
        ("an access token", with(|header| header.typ = Some("at+jwt".to_owned()))),
        ("a token of logging out", with(|header| header.typ = Some("logout+jwt".to_owned()))),
        ("no kind at all", with(|header| header.typ = Some(String::new()))),
        ("something critical", with(|header| header.crit = Some(vec!["b64".to_owned()]))),
    ];
    let lures: [(&str, Lure); 3] = [
        ("keys at an address", |header, url, _| header.jku = Some(format!("{url}/keys"))),
        ("a chain at an address", |header, url, _| header.x5u = Some(format!("{url}/keys"))),
        ("a key that comes along", |header, _, key| {
            header.jwk = serde_json::from_value(key.published.clone()).expect("a key");
        }),
    ];
    for (name, lure) in lures {
        for kid in ["r", "trap"] {
            let mut header = Header { kid: Some(kid.to_owned()), ..own.clone() };
            lure(&mut header, &trap.issuer, &attacker);
            tokens.push((name, attacker.sign_as(&header, &claims)));
        }
    }
    let modulus = URL_SAFE_NO_PAD.decode(public["n"].as_str().expect("a modulus")).expect("base64");
    let secrets = [modulus, public.to_string().into_bytes(), public["n"].to_string().into_bytes(), Vec::new()];
    for algorithm in [Algorithm::HS256, Algorithm::HS512] {
        for secret in &secrets {
            let header = Header { alg: algorithm, ..own.clone() };
            let signed = jsonwebtoken::encode(&header, &claims, &EncodingKey::from_secret(secret));
            tokens.push(("a secret that everybody knows", signed.expect("signs")));
        }
    }
    tokens.into_iter().map(|(name, token)| (name.to_owned(), token)).collect()
}

/// A genuine one, cut and put together.
fn cut(stage: &Stage<'_>) -> Vec<(String, String)> {
    let genuine = stage.key.sign(&stage.nimal());
    let [header, claims, signature] = parts(&genuine);
    let text = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let tampered = text(&stage.nimal_but(json!({"sub": "somebody-else"})));
    let none = |name: &str| text(&json!({"alg": name, "kid": "r", "typ": "JWT"}));
    let other = text(&json!({"alg": "ES256", "kid": "r", "typ": "JWT"}));
    let pss = text(&json!({"alg": "PS256", "kid": "r", "typ": "JWT"}));
    let tokens = [
        ("nothing", String::new()),
        ("dots", "..".to_owned()),
        ("no signature", format!("{header}.{claims}")),
        ("an empty signature", format!("{header}.{claims}.")),
        ("a signature less ten", genuine[..genuine.len() - 10].to_owned()),
        ("a fourth part", format!("{genuine}.{signature}")),
        ("a blank before it", format!(" {genuine}")),
        ("other words", format!("{header}.{tampered}.{signature}")),
        ("no words", format!("{header}..{signature}")),
        ("no algorithm", format!("{}.{claims}.", none("none"))),
        ("no algorithm, in capitals", format!("{}.{claims}.", none("NONE"))),
        ("no algorithm, signed", format!("{}.{claims}.{signature}", none("none"))),
        ("another algorithm", format!("{other}.{claims}.{signature}")),
        ("another padding", format!("{pss}.{claims}.{signature}")),
        ("five parts", format!("{header}.{claims}.{signature}.{claims}.{signature}")),
    ];
    tokens.into_iter().map(|(name, token)| (name.to_owned(), token)).collect()
}

fn parts(token: &str) -> [String; 3] {
    let parts: Vec<_> = token.split('.').map(str::to_owned).collect();
    parts.try_into().expect("three parts")
}

seeded!(what_a_token_says_of_keys_is_ignored_where_it_holds, async |world: World| {
    let stage = Stage::of(&world, Key::ec("e")).await;
    let trap = Provider::start(&[]).await;
    let mut header = stage.key.header();
    header.jku = Some(format!("{}/keys", trap.issuer));
    header.x5u = Some(format!("{}/keys", trap.issuer));
    let token = stage.key.sign_as(&header, &stage.nimal());
    assert!(stage.send(&token).await["errors"].is_null());
    assert_eq!(trap.asked(), 0);
    for (typ, kid) in [(None, None), (Some("jwt"), Some("e"))] {
        let header =
            Header { typ: typ.map(str::to_owned), kid: kid.map(str::to_owned), ..Header::new(Algorithm::ES256) };
        let token = stage.key.sign_as(&header, &stage.nimal_but(json!({"aud": [CLIENT_ID, "b"], "azp": CLIENT_ID})));
        assert!(stage.send(&token).await["errors"].is_null(), "the provider's only key of the kind");
    }
});

seeded!(a_clock_may_be_off_by_a_minute, async |world: World| {
    let stage = Stage::of(&world, Key::ed("o")).await;
    let now = stage.app.now().timestamp();
    for change in [
        json!({"exp": now - 59}),
        json!({"iat": now + 60, "nbf": now + 60}),
        json!({"iat": now - 600, "exp": now + 86_400}),
    ] {
        stage.enter(&stage.nimal_but(change)).await;
    }
});

seeded!(a_token_is_good_once_wherever_and_however_it_is_shown, async |world: World| {
    let stage = Stage::of(&world, Key::ec("e")).await;
    let [header, claims, signature] = parts(&stage.key.sign(&stage.nimal()));
    let token = format!("{header}.{claims}.{signature}");
    let answers = join_all((0..8).map(|_| stage.send(&token))).await;
    let entered = answers.iter().filter(|answer| answer["errors"].is_null()).count();
    let refused = answers.iter().filter(|answer| !answer["errors"].is_null());
    assert_eq!((entered, refused.map(code).all(|code| code == "INVALID_CREDENTIALS")), (1, true), "{answers:?}");

    // An ECDSA signature (r, s) holds as (r, n - s) too.
    let twin = format!(
        "{header}.{claims}.{}",
        URL_SAFE_NO_PAD.encode(twin(&URL_SAFE_NO_PAD.decode(signature).expect("base64")))
    );
    assert_ne!(twin, token);
    assert_eq!(code(&stage.send(&twin).await), "INVALID_CREDENTIALS");
    let fresh = parts(&stage.key.sign(&stage.nimal_but(json!({}))));
    let turned = self::twin(&URL_SAFE_NO_PAD.decode(&fresh[2]).expect("base64"));
    let turned = format!("{}.{}.{}", fresh[0], fresh[1], URL_SAFE_NO_PAD.encode(turned));
    assert!(stage.send(&turned).await["errors"].is_null(), "the twin of a fresh one holds");

    let other = super::stage::settings("head-office", &stage.provider);
    let process = world.home.process_with(|config| config.auth.provider = vec![other]).await;
    let elsewhere = Stage { world: &world, provider: stage.provider.clone(), key: stage.key.clone(), app: process };
    assert_eq!(code(&elsewhere.send(&token).await), "INVALID_CREDENTIALS", "another process knows it too");
});

seeded!(spent_tokens_are_forgotten_when_their_age_refuses_them, async |world: World| {
    let stage = Stage::of(&world, Key::ed("o")).await;
    for _ in 0..3 {
        stage.enter(&stage.nimal_but(json!({}))).await;
    }
    assert_eq!(spent(&world).await, 3);
    world.home.clock.advance(chrono::TimeDelta::minutes(12));
    stage.enter(&stage.nimal_but(json!({}))).await;
    assert_eq!(spent(&world).await, 1);
});

async fn spent(world: &World) -> usize {
    let tx = world.home.app.read(forecourt::scope::Scope::system("test")).await.expect("a transaction");
    let all = tx.scope().select_shared::<entity::seen_token::Entity>().expect("the system's own");
    tx.all(all).await.expect("rows").len()
}

seeded!(made_up_tokens_reach_no_provider, async |world: World| {
    let stage = Stage::of(&world, Key::ed("o")).await;
    stage.provider.set(|manner| manner.mood = Mood::Silent);
    let stage = Arc::new(stage);
    for token in ["nonsense".to_owned(), "a.b.c".to_owned(), "x".repeat(17 * 1024)] {
        assert_eq!(code(&stage.send(&token).await), "INVALID_CREDENTIALS", "without waiting for it");
    }
});

/// The other signature that holds: `(r, n - s)`.
fn twin(signature: &[u8]) -> Vec<u8> {
    const ORDER: [u8; 32] = [
        0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xbc, 0xe6, 0xfa, 0xad,
        0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
    ];
    let (r, s) = signature.split_at(32);
    let mut twin = r.to_vec();
    twin.resize(64, 0);
    let mut borrow = false;
    for at in (0..32).rev() {
        let (rest, first) = ORDER[at].overflowing_sub(s[at]);
        let (rest, second) = rest.overflowing_sub(borrow.into());
        twin[32 + at] = rest;
        borrow = first || second;
    }
    twin
}
