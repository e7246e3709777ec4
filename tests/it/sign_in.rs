//! Signing in, and what a token is worth.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use forecourt::auth::one_time_code;
use serde_json::{Value, json};

use crate::support::{World, seeded};

const SIGN_IN: &str = "mutation($input: SignInInput!) { signIn(input: $input) { accessToken expiresAt role } }";

seeded!(the_right_password_gives_a_token_of_ten_minutes, async |world: World| {
    let clerk = world.persona("clerk");
    let input = json!({"email": clerk.email.to_uppercase(), "password": clerk.password});
    let answer = world.anonymous().ask_with(SIGN_IN, json!({"input": input})).await;
    assert_eq!(answer["signIn"]["role"], "SALES");
    let ends: chrono::DateTime<chrono::Utc> =
        answer["signIn"]["expiresAt"].as_str().expect("a time").parse().expect("RFC 3339");
    assert_eq!((ends - world.home.app.now()).num_seconds(), 600);
    let viewer = world.client("clerk").await.ask("{ viewer { email role dealership { code } branch { code } } }").await;
    let place = json!({"dealership": {"code": "colombo-ev"}, "branch": {"code": "BR01"}});
    assert_eq!(viewer["viewer"]["email"], clerk.email);
    assert_eq!(
        (&viewer["viewer"]["dealership"], &viewer["viewer"]["branch"]),
        (&place["dealership"], &place["branch"])
    );
});

seeded!(an_unknown_address_and_a_wrong_password_answer_alike, async |world: World| {
    let clerk = world.persona("clerk");
    let mut answers = Vec::new();
    for (email, password) in [(clerk.email.as_str(), "not the password"), ("nobody@example.com", clerk.password)] {
        let input = json!({"email": email, "password": password});
        answers.push(world.anonymous().send(SIGN_IN, json!({"input": input})).await);
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0]["errors"][0]["extensions"]["code"], "INVALID_CREDENTIALS");
});

seeded!(a_person_may_act_in_one_of_several_dealerships_and_in_no_other, async |world: World| {
    let hq = world.persona("hq-of-two");
    let enter = async |dealership: &str| {
        // Each code is good once.
        world.home.clock.advance(TimeDelta::seconds(30));
        let code = one_time_code(hq.second_factor.expect("an administrator"), world.home.app.now()).expect("a code");
        let input = json!({"email": hq.email, "password": hq.password, "code": code, "dealership": dealership});
        world.anonymous().send(SIGN_IN, json!({"input": input})).await
    };
    let token = enter("kandy-ride").await["data"]["signIn"]["accessToken"].as_str().expect("a token").to_owned();
    let answer = world.with_token(token).ask("{ dealerships { nodes { code } } viewer { dealership { code } } }").await;
    assert_eq!(answer["dealerships"]["nodes"], json!([{"code": "kandy-ride"}]));
    assert_eq!(answer["viewer"]["dealership"]["code"], "kandy-ride");
    assert_eq!(enter("ruhuna-motors").await["errors"][0]["extensions"]["code"], "INVALID_CREDENTIALS");
    assert_eq!(enter("no-such-dealership").await["errors"][0]["extensions"]["code"], "INVALID_CREDENTIALS");
});

seeded!(whoever_has_several_memberships_switches_between_them, async |world: World| {
    let switch = async |token: String, input: Value| {
        let query = "mutation($input: SwitchContextInput!) { switchContext(input: $input) { accessToken role } }";
        world.with_token(token).send(query, json!({"input": input})).await
    };
    let token = |answer: &Value| answer["data"]["switchContext"]["accessToken"].as_str().expect("a token").to_owned();
    let seen = async |token: String| {
        let answer = world.with_token(token).ask("{ dealerships { nodes { code } } branches { totalCount } }").await;
        (answer["dealerships"]["nodes"].as_array().map(Vec::len), answer["branches"]["totalCount"].as_i64())
    };
    let wide = world.token("hq-of-two").await;
    let kandy = token(&switch(wide.clone(), json!({"dealership": "kandy-ride", "branch": "BR02"})).await);
    assert_eq!(seen(kandy.clone()).await, (Some(1), Some(1)));
    assert_eq!(seen(token(&switch(kandy, json!({})).await)).await, (Some(2), Some(6)));
    for input in [
        json!({"dealership": "ruhuna-motors"}),
        json!({"dealership": "no-such-dealership"}),
        json!({"dealership": "kandy-ride", "branch": "BR99"}),
        json!({"role": "DEALER_ADMIN"}),
    ] {
        assert_eq!(
            switch(wide.clone(), input.clone()).await["errors"][0]["extensions"]["code"],
            "NOT_FOUND",
            "{input}"
        );
    }
    let clerk = world.token("clerk").await;
    assert_eq!(
        switch(clerk.clone(), json!({"role": "BRANCH_MANAGER"})).await["errors"][0]["extensions"]["code"],
        "NOT_FOUND"
    );
    assert_eq!(seen(token(&switch(clerk, json!({})).await)).await, (Some(1), Some(1)));
});

seeded!(a_token_that_was_touched_is_refused, async |world: World| {
    let token = world.token("clerk").await;
    let parts: Vec<_> = token.split('.').collect();
    let reworked = |part: usize, edit: &dyn Fn(&mut Value)| {
        let mut value: Value =
            serde_json::from_slice(&URL_SAFE_NO_PAD.decode(parts[part]).expect("base64")).expect("JSON");
        edit(&mut value);
        let mut parts: Vec<_> = parts.iter().map(|part| (*part).to_owned()).collect();
        parts[part] = URL_SAFE_NO_PAD.encode(value.to_string());
        parts
    };
    let mut tokens = vec![
        String::new(),
        "garbage".to_owned(),
        token[..token.len() - 2].to_owned(),
        format!("{}.{}.", parts[0], parts[1]),
        reworked(1, &|claims| claims["role"] = json!("HQ_ADMIN")).join("."),
        reworked(1, &|claims| claims["exp"] = json!(4_000_000_000_u64)).join("."),
    ];
    for header in [json!({"alg": "none"}), json!({"typ": "JWT"}), json!({"kid": "another"}), json!({"alg": "HS256"})] {
        let edit = |value: &mut Value| {
            for (key, part) in header.as_object().expect("an object") {
                value[key] = part.clone();
            }
        };
        tokens.push(reworked(0, &edit).join("."));
    }
    for token in tokens {
        assert_eq!(world.refusal(&token).await, "UNAUTHENTICATED", "{token}");
    }
});

seeded!(a_token_ends_with_its_time_and_with_its_membership, async |world: World| {
    let token = world.token("clerk").await;
    world.home.clock.advance(TimeDelta::seconds(599));
    assert_eq!(world.with_token(token.clone()).ask("{ viewer { role } }").await["viewer"]["role"], "SALES");
    world.home.clock.advance(TimeDelta::seconds(1));
    assert_eq!(world.refusal(&token).await, "UNAUTHENTICATED");
    let token = world.token("clerk").await;
    assert_eq!(world.with_token(token.clone()).ask("{ viewer { role } }").await["viewer"]["role"], "SALES");
    world.end_memberships("clerk").await;
    world.home.clock.advance(TimeDelta::seconds(5));
    assert_eq!(world.refusal(&token).await, "UNAUTHENTICATED");
});
