//! Sign-in with outside identity providers, against one that the test runs itself.

mod hostile;
mod keys;
mod people;
mod provider;
mod stage;

use serde_json::json;

use crate::support::{World, seeded};
use provider::Key;
use stage::{CLIENT_ID, Stage, code};

seeded!(each_algorithm_signs_in, async |world: World| {
    for key in [Key::rsa("r"), Key::ec("e"), Key::ed("o")] {
        let stage = Stage::of(&world, key).await;
        let subject = format!("nimal-{:?}", stage.key.algorithm);
        let email = format!("{subject}@colombo-ev.example");
        let nimal = stage.enter(&stage.nimal_but(json!({"sub": subject, "email": email}))).await;
        let seen = nimal.ask("{ viewer { name role dealership { code } branch { code } } }").await;
        assert_eq!(
            seen["viewer"],
            json!({"name": "Nimal Perera", "role": "SALES", "dealership": {"code": "colombo-ev"}, "branch": {"code": "BR01"}}),
        );
    }
});

seeded!(who_may_be_asked_is_told_to_everybody, async |world: World| {
    let stage = Stage::of(&world, Key::ed("o")).await;
    let told = stage.client().await.ask("{ identityProviders { name issuer clientId } }").await;
    let expected = json!([{"name": "head-office", "issuer": stage.provider.issuer, "clientId": CLIENT_ID}]);
    assert_eq!(told["identityProviders"], expected);
    assert_eq!(stage.provider.asked(), 0, "nobody has asked it anything");
    let none = world.anonymous().ask("{ identityProviders { name } }").await;
    assert_eq!(none["identityProviders"], json!([]));
});

seeded!(a_provider_that_is_not_in_the_settings_is_no_provider, async |world: World| {
    let stage = Stage::of(&world, Key::ed("o")).await;
    let answer = stage.send_to("another", &stage.key.sign(&stage.nimal())).await;
    assert_eq!(code(&answer), "BAD_USER_INPUT");
    assert_eq!(answer["errors"][0]["extensions"]["field"], "provider");
});

seeded!(a_place_may_be_asked_for_and_must_be_ones_own, async |world: World| {
    let stage = Stage::of(&world, Key::ed("o")).await;
    let sign_in = async |place: serde_json::Value| {
        let token = stage.key.sign(&stage.nimal_but(json!({})));
        let mut input = json!({"provider": "head-office", "idToken": token, "nonce": stage::NONCE});
        input.as_object_mut().expect("an object").extend(place.as_object().expect("an object").clone());
        let query = "mutation($input: SignInWithProviderInput!) { signInWithProvider(input: $input) { role } }";
        stage.client().await.send(query, json!({"input": input})).await
    };
    let here = sign_in(json!({"dealership": "colombo-ev", "branch": "BR01"})).await;
    assert_eq!(here["data"]["signInWithProvider"]["role"], "SALES");
    for elsewhere in [
        json!({"dealership": "colombo-ev", "branch": "BR02"}),
        json!({"dealership": "kandy-ride"}),
        json!({"dealership": "no-such-place"}),
    ] {
        assert_eq!(code(&sign_in(elsewhere.clone()).await), "INVALID_CREDENTIALS", "{elsewhere}");
    }
    assert_eq!(code(&sign_in(json!({"branch": "BR01"})).await), "BAD_USER_INPUT");
});
