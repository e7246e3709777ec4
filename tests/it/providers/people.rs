//! Whose account it is, and what the provider's groups give.

use entity::kind::Role;
use entity::user;
use forecourt::scope::Scope;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, QueryFilter};
use serde_json::json;

use super::provider::{Key, Provider};
use super::stage::{Stage, account, rule, settings};
use crate::support::{World, seeded};

seeded!(somebody_with_a_membership_gets_an_account_and_keeps_it, async |world: World| {
    let stage = Stage::of(&world, Key::ed("o")).await;
    assert!(account(&world, "nimal@colombo-ev.example").await.is_none());
    stage.enter(&stage.nimal()).await;
    let made = account(&world, "nimal@colombo-ev.example").await.expect("an account");
    assert_eq!((made.name.as_str(), made.password_hash, made.group_role), ("Nimal Perera", None, None));
    // The subject is what counts from now on, whatever becomes of the address.
    for change in [
        json!({}),
        json!({"email": "nimal.perera@colombo-ev.example"}),
        json!({"email": "nimal@elsewhere.example"}),
        json!({"email": "nimal@colombo-ev.example", "email_verified": false}),
        json!({"email": null, "email_verified": null}),
    ] {
        let viewer = stage.enter(&stage.nimal_but(change)).await.ask("{ viewer { email } }").await;
        assert_eq!(viewer["viewer"]["email"], "Nimal@colombo-ev.example");
    }
    assert_eq!(stage.memberships("nimal@colombo-ev.example").await, ["Sales of a branch by head-office"]);
    assert_eq!(world.events("membership_begun").await, 1);
});

seeded!(an_account_of_the_same_address_is_found, async |world: World| {
    let stage = Stage::of(&world, Key::ed("o")).await;
    let clerk = world.persona("clerk");
    let claims = json!({"sub": "clerk-1", "email": clerk.email.to_uppercase(), "groups": null});
    let viewer = stage.enter(&stage.nimal_but(claims)).await.ask("{ viewer { email role } }").await;
    assert_eq!(viewer["viewer"], json!({"email": clerk.email, "role": "SALES"}));
    assert_eq!(stage.memberships(&clerk.email).await, ["Sales of a branch by people"], "it has what people gave");
    let other = json!({"sub": "clerk-2", "email": clerk.email});
    assert_eq!(
        stage.refusal(&stage.nimal_but(other)).await,
        "INVALID_CREDENTIALS",
        "an address that was given to somebody else does not bring the account along"
    );
});

seeded!(whom_nobody_knows_is_not_let_in, async |world: World| {
    let stage = Stage::of(&world, Key::ed("o")).await;
    let strangers = [
        json!({"groups": null}),
        json!({"groups": []}),
        json!({"groups": ["everybody"]}),
        json!({"groups": "colombo-sales, everybody"}),
        json!({"groups": {"colombo-sales": true}}),
        json!({"groups": ["colombo-sales", 1]}),
        json!({"email": null}),
        json!({"email": ["nimal@colombo-ev.example"]}),
        json!({"email": "colombo-ev.example"}),
        json!({"email": "nimal@elsewhere.example"}),
        json!({"email": "nimal@x.colombo-ev.example"}),
        json!({"email": "nimal@colombo-ev.example.org"}),
        json!({"email": "nimal@elsewhere.example@colombo-ev.example"}),
        json!({"email": "nimal@ⅽolombo-ev.example"}),
        json!({"email_verified": null}),
        json!({"email_verified": false}),
        json!({"email_verified": "true"}),
        json!({"email_verified": 1}),
    ];
    for change in strangers {
        assert_eq!(stage.refusal(&stage.nimal_but(change.clone())).await, "INVALID_CREDENTIALS", "{change}");
    }
    assert!(account(&world, "nimal@colombo-ev.example").await.is_none(), "nothing was made");
});

seeded!(no_domain_is_vouched_for_unless_the_settings_say_so, async |world: World| {
    let stage = Stage::with(&world, Key::ed("o"), |settings| settings.email_domains.clear()).await;
    assert_eq!(stage.refusal(&stage.nimal()).await, "INVALID_CREDENTIALS");
});

seeded!(a_disabled_account_stays_out_and_gets_nothing, async |world: World| {
    let stage = Stage::of(&world, Key::ed("o")).await;
    stage.enter(&stage.nimal_but(json!({"groups": "colombo-sales"}))).await;
    let person = account(&world, "nimal@colombo-ev.example").await.expect("an account");
    let tx = world.home.app.write(Scope::system("test")).await.expect("a transaction");
    let update = tx.scope().update_shared::<user::Entity>().expect("the system's own");
    let disabled = update.filter(user::Column::Id.eq(person.id));
    let now = Expr::value(world.home.app.now());
    tx.update(disabled.col_expr(user::Column::DisabledAt, now)).await.expect("an update");
    tx.commit().await.expect("committed");
    assert_eq!(stage.refusal(&stage.nimal_but(json!({"groups": []}))).await, "INVALID_CREDENTIALS");
    assert_eq!(stage.memberships("nimal@colombo-ev.example").await, ["Sales of a branch by head-office"]);
});

seeded!(memberships_follow_the_groups, async |world: World| {
    let stage = Stage::with(&world, Key::ed("o"), |settings| {
        settings.memberships = vec![
            rule("sales", "colombo-ev", Some("BR01"), Role::Sales),
            rule("also-sales", "colombo-ev", Some("BR01"), Role::Sales),
            rule("chief", "colombo-ev", None, Role::DealerAdmin),
            rule("hq", "colombo-ev", None, Role::HqAnalyst),
            rule("hq", "kandy-ride", None, Role::HqAnalyst),
            rule("lost", "colombo-ev", Some("BR99"), Role::Sales),
            rule("lost", "nowhere", None, Role::Auditor),
        ];
    })
    .await;
    let clerk = world.persona("clerk").email.clone();
    let enter = async |groups: &[&str]| {
        let seen = stage
            .enter(&stage.nimal_but(json!({"email": clerk, "groups": groups})))
            .await
            .ask("{ viewer { role } dealerships { nodes { code } } }")
            .await;
        (seen["viewer"]["role"].clone(), seen["dealerships"]["nodes"].as_array().expect("a list").len())
    };
    let own = "Sales of a branch by people";
    assert_eq!(enter(&["sales", "also-sales", "lost"]).await, (json!("SALES"), 1));
    assert_eq!(stage.memberships(&clerk).await, ["Sales of a branch by head-office", own], "one, whatever gives it");

    assert_eq!(enter(&["also-sales"]).await, (json!("SALES"), 1));
    assert_eq!(world.events("membership_begun").await, 1, "it goes on");

    assert_eq!(enter(&["hq"]).await, (json!("HQ_ANALYST"), 2), "two dealerships");
    let over = "Sales of a branch by head-office ended";
    let analyst = "HqAnalyst of a dealership by head-office";
    assert_eq!(stage.memberships(&clerk).await, [analyst, analyst, over, own]);

    assert_eq!(enter(&["chief"]).await, (json!("SALES"), 1), "the oldest membership is what one signs in to");
    assert_eq!(enter(&[]).await, (json!("SALES"), 1));
    let analyst = format!("{analyst} ended");
    let chief = "DealerAdmin of a dealership by head-office ended";
    assert_eq!(stage.memberships(&clerk).await, [chief, &analyst, &analyst, over, own], "what people gave stays");
    assert_eq!((world.events("membership_begun").await, world.events("membership_ended").await), (4, 4));
});

seeded!(a_second_factor_counts_where_the_settings_know_its_name, async |world: World| {
    let stage = Stage::with(&world, Key::ed("o"), |settings| {
        settings.memberships = vec![rule("chief", "colombo-ev", None, Role::DealerAdmin)];
    })
    .await;
    let now = stage.app.now();
    let enter = async |change: serde_json::Value| {
        let mut claims = stage.nimal_but(change);
        claims["groups"] = json!("chief");
        let client = stage.enter(&claims).await;
        let account = client.ask("{ account { acr authenticatedAt } }").await["account"].take();
        let at: chrono::DateTime<chrono::Utc> =
            account["authenticatedAt"].as_str().expect("a time").parse().expect("RFC 3339");
        let inside = client.send("{ branches { totalCount } }", json!(null)).await["errors"].is_null();
        (account["acr"].as_str().expect("a name").to_owned(), (now - at).num_seconds(), inside)
    };
    let by_two = ("MFA".to_owned(), 0, true);
    assert_eq!(enter(json!({"amr": ["pwd", "mfa"]})).await, by_two);
    assert_eq!(enter(json!({"acr": "mfa"})).await, by_two);
    let earlier = json!({"amr": ["mfa"], "auth_time": now.timestamp() - 5000});
    assert_eq!(enter(earlier).await, ("MFA".to_owned(), 5000, true), "when it was proved, not when it was told");
    let later = json!({"auth_time": now.timestamp() + 5000});
    let by_one = ("PWD".to_owned(), 0, false);
    for change in [json!({}), json!({"amr": ["otp"]}), json!({"amr": [["mfa"]]}), json!({"acr": "mfa "}), later] {
        assert_eq!(enter(change.clone()).await, by_one, "{change}: an administrator has to give a second factor");
    }
});

seeded!(whoever_loses_the_last_membership_stays_out, async |world: World| {
    let stage = Stage::of(&world, Key::ed("o")).await;
    let inside = stage.token(&stage.nimal()).await;
    assert_eq!(stage.refusal(&stage.nimal_but(json!({"groups": []}))).await, "INVALID_CREDENTIALS");
    assert_eq!(stage.memberships("nimal@colombo-ev.example").await, ["Sales of a branch by head-office ended"]);
    world.home.clock.advance(chrono::TimeDelta::seconds(5));
    assert_eq!(world.refusal(&inside).await, "UNAUTHENTICATED", "what was open is over");
});

seeded!(the_last_administrator_by_groups_ends_like_any_other, async |world: World| {
    let stage = Stage::with(&world, Key::ed("o"), |settings| {
        settings.memberships = vec![rule("chief", "colombo-ev", None, Role::DealerAdmin)];
    })
    .await;
    stage.enter(&stage.nimal_but(json!({"groups": ["chief"]}))).await;
    world.end_memberships("dealer").await;
    assert_eq!(stage.refusal(&stage.nimal_but(json!({"groups": []}))).await, "INVALID_CREDENTIALS");
    assert_eq!(
        stage.memberships("nimal@colombo-ev.example").await,
        ["DealerAdmin of a dealership by head-office ended"]
    );
});

seeded!(providers_keep_to_their_own, async |world: World| {
    let (first, second) = (Key::ed("o"), Key::ec("e"));
    let (here, there) = (Provider::start(&[&first]).await, Provider::start(&[&second]).await);
    let providers = vec![settings("here", &here), settings("there", &there)];
    let app = world.home.process_with(|config| config.auth.provider = providers).await;
    let here = Stage { world: &world, provider: here, key: first, app: app.clone() };
    let there = Stage { world: &world, provider: there, key: second, app };
    let signed = async |stage: &Stage<'_>, name: &str, groups: &[&str]| {
        let answer = stage.send_to(name, &stage.key.sign(&stage.nimal_but(json!({"groups": groups})))).await;
        assert!(answer["errors"].is_null(), "{answer}");
    };
    signed(&here, "here", &["colombo-sales"]).await;
    signed(&there, "there", &["colombo-sales"]).await;
    let both = ["Sales of a branch by here", "Sales of a branch by there"];
    assert_eq!(here.memberships("nimal@colombo-ev.example").await, both, "one account, two who vouch");
    signed(&there, "there", &[]).await;
    let one = ["Sales of a branch by here", "Sales of a branch by there ended"];
    assert_eq!(here.memberships("nimal@colombo-ev.example").await, one);
    let crossed = here.send_to("there", &here.key.sign(&here.nimal_but(json!({})))).await;
    assert_eq!(super::stage::code(&crossed), "INVALID_CREDENTIALS");
});
