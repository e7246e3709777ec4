//! Where people may act and what their role may do there, as the console asks before it offers anything.

use forecourt::permission::Permission;
use forecourt::scope::{Reach, Scope};
use sea_orm::{ActiveEnum, Iterable};
use serde_json::{Value, json};

use crate::support::desk::refusals;
use crate::support::{Client, PERSONAS, World, seeded};

const PLACES: &str = "query($search: String, $first: Int) { account { places(search: $search, first: $first) { hasMore
    nodes { dealershipCode dealershipName branchCode branchName role primaryColor isCurrent } } } }";

/// Every place at which a persona may act, e.g. `colombo-ev/BR01 SALES`, of those that a search finds.
async fn places(client: &Client, search: &str) -> Vec<String> {
    shown(&client.ask_with(PLACES, json!({"search": search})).await)
}

fn shown(answer: &Value) -> Vec<String> {
    let place = |node: &Value| {
        let part = |name: &str| node[name].as_str().unwrap_or("*").to_owned();
        let current = if node["isCurrent"] == true { " now" } else { "" };
        format!("{}/{} {}{current}", part("dealershipCode"), part("branchCode"), part("role"))
    };
    answer["account"]["places"]["nodes"].as_array().expect("places").iter().map(place).collect()
}

/// The person acting somewhere else.
async fn switched(world: &World, client: &Client, input: Value) -> Client {
    let switch = "mutation($input: SwitchContextInput!) { switchContext(input: $input) { accessToken } }";
    let token = client.ask_with(switch, json!({"input": input})).await["switchContext"]["accessToken"].take();
    world.with_token(token.as_str().expect("a token").to_owned())
}

seeded!(everybody_is_told_the_places_where_they_may_act, async |world: World| {
    let whole = |code: &str, role: &str| ["*", "BR01", "BR02", "BR03"].map(|branch| format!("{code}/{branch} {role}"));
    let now = |place: &str| vec![format!("{place} now")];
    let first_of = |mut places: Vec<String>| {
        places[0] += " now";
        places
    };
    let of_two = |role: &str| {
        [&now(&format!("*/* {role}"))[..], &whole("colombo-ev", role), &whole("kandy-ride", role)].concat()
    };
    for (persona, expected) in [
        ("clerk", now("colombo-ev/BR01 SALES")),
        ("sibling", now("colombo-ev/BR02 SALES")),
        ("manager", now("colombo-ev/BR01 BRANCH_MANAGER")),
        ("inventory", now("colombo-ev/BR01 INVENTORY")),
        ("service", now("colombo-ev/BR01 SERVICE")),
        ("dealer", first_of(whole("colombo-ev", "DEALER_ADMIN").to_vec())),
        ("auditor", first_of(whole("colombo-ev", "AUDITOR").to_vec())),
        ("stranger", first_of(whole("ruhuna-motors", "DEALER_ADMIN").to_vec())),
        ("hq-of-two", of_two("HQ_ADMIN")),
        ("hq-analyst", of_two("HQ_ANALYST")),
        ("hq-all", [of_two("HQ_ADMIN"), whole("ruhuna-motors", "HQ_ADMIN").to_vec()].concat()),
    ] {
        assert_eq!(places(&world.client(persona).await, "").await, expected, "{persona}");
    }
    let refused = world.anonymous().send(PLACES, Value::Null).await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
});

seeded!(each_place_is_one_that_a_session_can_be_moved_to, async |world: World| {
    for persona in PERSONAS {
        let client = world.client(persona).await;
        let told = client.ask_with(PLACES, Value::Null).await;
        for node in told["account"]["places"]["nodes"].as_array().expect("places") {
            let input =
                json!({"dealership": node["dealershipCode"], "branch": node["branchCode"], "role": node["role"]});
            let there = switched(&world, &client, input).await;
            let scope = there.scope().await.expect("a scope");
            let role = scope.role().expect("a person").to_value();
            assert_eq!(node["role"], role, "{persona}");
            let several = matches!(scope.reach(), Reach::Everything | Reach::Dealerships(_));
            assert_eq!(several, node["dealershipCode"].is_null(), "{persona}: {node}");
            assert_eq!(scope.reach_branch().is_some(), node["branchCode"].is_string(), "{persona}: {node}");
        }
    }
});

seeded!(what_a_token_is_narrowed_to_does_not_hide_the_other_places, async |world: World| {
    for persona in ["hq-of-two", "hq-all"] {
        let wide = world.client(persona).await;
        let all = places(&wide, "").await;
        let narrow = switched(&world, &wide, json!({"dealership": "colombo-ev", "branch": "BR02"})).await;
        let reach = wide.scope().await.expect("a scope").reach().clone();
        let answer = narrow.answer_within(narrow.scope().await, Some(reach), PLACES, json!({})).await;
        let there = |place: &String| place.replace(" now", "");
        let told = shown(&answer["data"]);
        assert_eq!(told.iter().map(there).collect::<Vec<_>>(), all.iter().map(there).collect::<Vec<_>>());
        assert!(told.iter().filter(|place| place.ends_with(" now")).eq(["colombo-ev/BR02 HQ_ADMIN now"]), "{told:?}");
    }
});

seeded!(places_are_found_by_words_of_codes_and_names, async |world: World| {
    let hq = world.client("hq-all").await;
    let all = places(&hq, "").await;
    for (search, expected) in [
        ("kandy-ride br02", vec!["kandy-ride/BR02 HQ_ADMIN"]),
        ("BR02 KANDY", vec!["kandy-ride/BR02 HQ_ADMIN"]),
        ("andy", vec![]),
        ("%", vec![]),
        ("_", vec![]),
        ("!", vec![]),
        ("' or true --", vec![]),
        ("nowhere", vec![]),
    ] {
        assert_eq!(places(&hq, search).await, expected, "{search}");
    }
    let of_kandy: Vec<_> = all.iter().filter(|place| place.starts_with("kandy-ride")).cloned().collect();
    assert_eq!(places(&hq, "kandy").await, of_kandy);
    // What others have is not found either.
    for (persona, search) in [("clerk", "kandy"), ("clerk", "br02"), ("stranger", "colombo"), ("hq-of-two", "ruhuna")] {
        assert!(places(&world.client(persona).await, search).await.is_empty(), "{persona} {search}");
    }

    for first in [0, 1, 3] {
        let answer = hq.ask_with(PLACES, json!({"first": first})).await;
        assert_eq!(shown(&answer), all[..first], "{first}");
        assert_eq!(answer["account"]["places"]["hasMore"], true);
    }
    assert_eq!(hq.ask_with(PLACES, json!({"first": 100})).await["account"]["places"]["hasMore"], false);
    for first in [-1, 101] {
        let refused = hq.send(PLACES, json!({"first": first})).await;
        assert_eq!(refused["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{first}");
    }
});

seeded!(somebody_of_several_places_and_roles_is_told_each, async |world: World| {
    let hq = world.client("hq-of-two").await;
    let kandy = switched(&world, &hq, json!({"dealership": "kandy-ride"})).await;
    let branches = kandy.ask("{ branches { nodes { id code } } }").await["branches"]["nodes"].take();
    let branches = branches.as_array().expect("branches").clone();
    let second = branches.into_iter().find(|branch| branch["code"] == "BR02").expect("a branch")["id"].take();
    let invite = json!({"idempotencyKey": "key-acting-1", "email": world.persona("clerk").email, "name": "Nimal Perera",
        "role": "BRANCH_MANAGER", "branch": second});
    kandy.done("inviteStaff", "staffMember { id }", invite).await;
    let clerk = world.client("clerk").await;
    let own = clerk.scope().await.expect("a scope");
    let theirs = [own.dealership().expect("one"), kandy.scope().await.expect("a scope").dealership().expect("one")];
    let asked = async || {
        let reach = Some(Reach::Dealerships(theirs.to_vec()));
        shown(&clerk.answer_within(Some(own.clone()), reach, PLACES, json!({})).await["data"])
    };
    assert_eq!(asked().await, ["colombo-ev/BR01 SALES now", "kandy-ride/BR02 BRANCH_MANAGER"]);

    let closed = kandy.change("closeBranch", "branch { code }", json!({"branch": second})).await;
    if refusals(&closed).is_empty() {
        assert!(
            !places(&kandy, "kandy").await.iter().any(|place| place.contains("BR02")),
            "nobody turns to a closed one"
        );
        assert_eq!(asked().await.len(), 2, "whoever is of a closed branch still reads what it left");
    }
    world.end_memberships("clerk").await;
    let refused = clerk.answer_within(Some(own.clone()), None, PLACES, json!({})).await;
    assert_eq!(shown(&refused["data"]), [""; 0], "what ended is no place, even while a token lasts");
});

seeded!(without_the_second_factor_there_is_no_place_to_act_at, async |world: World| {
    let dealer = world.client("dealer").await;
    assert!(!places(&dealer, "").await.is_empty());
    dealer.ask("mutation { removeSecondFactor }").await;
    let persona = world.persona("dealer");
    let sign_in = "mutation($input: SignInInput!) { signIn(input: $input) { accessToken } }";
    let input = json!({"input": {"email": persona.email, "password": persona.password}});
    let token = world.anonymous().ask_with(sign_in, input).await["signIn"]["accessToken"].take();
    let weak = world.with_token(token.as_str().expect("a token").to_owned());
    assert_eq!(places(&weak, "").await, [""; 0]);
    assert_eq!(places(&weak, "colombo").await, [""; 0]);
});

seeded!(a_place_has_the_colour_of_its_dealership, async |world: World| {
    let colours = async |client: &Client| {
        let answer = client.ask_with(PLACES, json!({})).await;
        let nodes = answer["account"]["places"]["nodes"].as_array().expect("places").clone();
        nodes.into_iter().map(|mut node| node["primaryColor"].take()).collect::<Vec<_>>()
    };
    let dealer = world.client("dealer").await;
    dealer.done("updateBranding", "branding { primaryColor }", json!({"primaryColor": "#00AA00"})).await;
    assert!(colours(&dealer).await.iter().all(|colour| colour == "#00aa00"));
    dealer.done("updateBranding", "branding { primaryColor }", json!({"primaryColor": null})).await;
    assert!(colours(&dealer).await.iter().all(|colour| colour == "#d32f2f"), "the system's");
    let hq = colours(&world.client("hq-all").await).await;
    assert_eq!(hq[0], "#d32f2f", "over all of them");
});

seeded!(everybody_is_told_what_their_role_may_do, async |world: World| {
    for persona in PERSONAS {
        let client = world.client(persona).await;
        let told = client.ask("{ viewer { permissions } }").await["viewer"]["permissions"].take();
        let scope: Scope = client.scope().await.expect("a scope");
        let may = Permission::ALL.into_iter().filter(|permission| scope.may(*permission));
        let may: Vec<_> = may.map(|permission| screaming(&format!("{permission:?}"))).collect();
        assert_eq!(told, json!(may), "{persona}");
    }
});

seeded!(whoever_invites_staff_reads_what_each_role_may_do, async |world: World| {
    let query = "{ rolePermissions { role permissions { name words } } }";
    for persona in PERSONAS {
        let client = world.client(persona).await;
        let answer = client.send(query, Value::Null).await;
        if !client.scope().await.expect("a scope").may(Permission::ManageStaff) {
            assert_eq!(answer["errors"][0]["extensions"]["code"], "FORBIDDEN", "{persona}");
            continue;
        }
        let told = answer["data"]["rolePermissions"].as_array().expect("roles").clone();
        assert_eq!(told.len(), entity::kind::Role::iter().count());
        for (role, told) in entity::kind::Role::iter().zip(told) {
            let granted = Permission::ALL.into_iter().filter(|permission| permission.granted_to(role));
            let line = |permission: Permission| json!({"name": screaming(&format!("{permission:?}")), "words": permission.what()});
            let granted: Vec<_> = granted.map(line).collect();
            assert_eq!(told, json!({"role": role.to_value(), "permissions": granted}));
        }
    }
});

/// `ReadBills` as `READ_BILLS`.
fn screaming(name: &str) -> String {
    let parts = name.char_indices().flat_map(|(at, c)| {
        let gap = (at > 0 && c.is_uppercase()).then_some('_');
        gap.into_iter().chain([c.to_ascii_uppercase()])
    });
    parts.collect()
}
