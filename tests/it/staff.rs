//! Staff, as principals and head office keep them: invited, given other roles and branches, let go.

use chrono::TimeDelta;
use entity::user;
use forecourt::scope::Scope;
use futures_util::future::join;
use sea_orm::{ColumnTrait, QueryFilter};
use serde_json::{Value, json};

use crate::support::desk::{refusals, unfit_lines};
use crate::support::{Client, PERSONAS, World, seeded};

const SHOWN: &str = "staffMember { id name email role endedAt branch { code } dealership { code } }";

async fn branch(client: &Client, code: &str) -> Value {
    let rows = client.ask("{ branches(first: 100) { nodes { id code } } }").await["branches"]["nodes"].take();
    let rows = rows.as_array().expect("nodes").clone();
    rows.into_iter().find(|row| row["code"] == *code).expect("a branch")["id"].take()
}

/// Somebody new; `role` with its branch where it needs one.
fn nimal(key: &str, role: &str, branch: Option<&Value>) -> Value {
    json!({"idempotencyKey": key, "email": "Nimal@Example.com ", "name": " Nimal Perera", "role": role, "branch": branch})
}

/// The membership that a persona acts as, as `client` sees it.
async fn member(client: &Client, email: &str) -> Value {
    let query = "{ staff(first: 100, filter: {ended: false}) { nodes { id email role } } }";
    let rows = client.ask(query).await["staff"]["nodes"].take();
    let rows = rows.as_array().expect("nodes").clone();
    rows.into_iter().find(|row| row["email"] == *email).expect("a member")["id"].take()
}

/// A persona in another of their places.
async fn within(world: &World, persona: &str, dealership: &str, branch: Option<&str>) -> Client {
    let place = branch.map_or_else(String::new, |branch| format!(", branch: {branch:?}"));
    let switch =
        format!("mutation {{ switchContext(input: {{dealership: {dealership:?}{place}}}) {{ accessToken }} }}");
    let token = world.client(persona).await.ask(&switch).await["switchContext"]["accessToken"].take();
    world.with_token(token.as_str().expect("a token").to_owned())
}

async fn end(client: &Client, member: &Value) -> Vec<String> {
    refusals(&client.change("endMembership", SHOWN, json!({"staffMember": member})).await)
}

async fn account(world: &World, email_key: &str) -> Vec<user::Model> {
    let tx = world.home.app.read(Scope::system("test")).await.expect("a transaction");
    let people = tx.scope().select_shared::<user::Entity>().expect("the system's own");
    tx.all(people.filter(user::Column::EmailKey.eq(email_key))).await.expect("rows")
}

seeded!(somebody_is_invited_promoted_and_let_go, async |world: World| {
    let dealer = world.client("dealer").await;
    let (first, second) = (branch(&dealer, "BR01").await, branch(&dealer, "BR02").await);
    let invited = dealer.done("inviteStaff", SHOWN, nimal("key-nimal-1", "SALES", Some(&first))).await;
    let shown = &invited["staffMember"];
    assert_eq!((&shown["name"], &shown["email"]), (&json!("Nimal Perera"), &json!("nimal@example.com")));
    assert_eq!((&shown["role"], &shown["branch"]["code"]), (&json!("SALES"), &json!("BR01")));
    let again = dealer.done("inviteStaff", SHOWN, nimal("key-nimal-1", "SALES", Some(&first))).await;
    assert_eq!(again, invited, "the same request twice invites once");
    let taken = dealer.change("inviteStaff", SHOWN, nimal("key-nimal-2", "SALES", Some(&first))).await;
    assert_eq!(refusals(&taken), ["TAKEN input.email"]);
    let made = account(&world, "nimal@example.com").await;
    assert_eq!((made.len(), &made[0].password_hash), (1, &None), "one account, that cannot sign in yet");

    let id = &shown["id"];
    let promotion =
        json!({"idempotencyKey": "key-promote-1", "staffMember": id, "role": "BRANCH_MANAGER", "branch": second});
    let promoted = dealer.done("changeMembership", SHOWN, promotion.clone()).await;
    assert_eq!(
        dealer.done("changeMembership", SHOWN, promotion).await,
        promoted,
        "the same request twice is one change"
    );
    let manager = &promoted["staffMember"];
    assert_ne!(&manager["id"], id, "one membership ended, another began");
    assert_eq!((&manager["role"], &manager["branch"]["code"]), (&json!("BRANCH_MANAGER"), &json!("BR02")));
    assert_eq!(manager["name"], "Nimal Perera");
    let once_more = json!({"idempotencyKey": "key-promote-2", "staffMember": id, "role": "AUDITOR"});
    let refused = dealer.change("changeMembership", SHOWN, once_more).await;
    assert_eq!(refusals(&refused), ["INVALID_TRANSITION input.staffMember"], "it has ended");
    let same = json!({"idempotencyKey": "key-promote-3", "staffMember": manager["id"], "role": "BRANCH_MANAGER", "branch": second});
    assert_eq!(refusals(&dealer.change("changeMembership", SHOWN, same).await), ["TAKEN input.role"]);

    assert_eq!(end(&dealer, &manager["id"]).await, [""; 0]);
    assert_eq!(end(&dealer, &manager["id"]).await, ["INVALID_TRANSITION input.staffMember"]);
    let trail = world.trail("staff_invited").await;
    assert_eq!((trail.len(), trail[0].summary.as_str(), trail[0].branch_id.is_some()), (1, "SALES BR01", true));
    let [asker] = &account(&world, "dealer@colombo-ev.example").await[..] else { panic!("one dealer") };
    assert_eq!(trail[0].user_id, Some(asker.id), "the trail names who asked, not the installation");
    assert_eq!(world.trail("membership_changed").await[0].summary, "BRANCH_MANAGER BR02");
    assert_eq!(world.events("membership_ended").await, 2);
    for action in ["staff_invited", "membership_changed", "membership_ended"] {
        for event in world.trail(action).await {
            assert!(!format!("{event:?}").to_lowercase().contains("nimal"), "{event:?}");
        }
    }
});

seeded!(an_account_is_shared_and_nothing_of_it_is_told, async |world: World| {
    let dealer = world.client("dealer").await;
    let [before] = &account(&world, "stranger@ruhuna-motors.example").await[..] else { panic!("one account") };
    let there = branch(&dealer, "BR01").await;
    let invite = |key: &str, email: &str| {
        let mut input = nimal(key, "SALES", Some(&there));
        input["email"] = json!(email);
        input
    };
    // In another case than the account was made with.
    let known = dealer.done("inviteStaff", SHOWN, invite("key-known-1", "STRANGER@ruhuna-motors.EXAMPLE")).await;
    let unknown = dealer.done("inviteStaff", SHOWN, invite("key-known-2", "NOBODY@ruhuna-motors.EXAMPLE")).await;
    let without = |mut answer: Value| {
        answer["staffMember"]["id"].take();
        let email = answer["staffMember"]["email"].take();
        (answer, email)
    };
    let ((known, email), (unknown, _)) = (without(known), without(unknown));
    assert_eq!(known, unknown, "an account that was there answers like one that was made");
    assert_eq!(email, "stranger@ruhuna-motors.example");
    assert_eq!(
        account(&world, "stranger@ruhuna-motors.example").await,
        std::slice::from_ref(before),
        "the account is as it was"
    );
    // The person has both memberships, each under the name that place has for them.
    let stranger = within(&world, "stranger", "colombo-ev", None).await;
    let own = stranger.ask("{ viewer { memberships { name role email } } }").await;
    assert_eq!(own["viewer"]["memberships"], json!([{"name": "Nimal Perera", "role": "SALES", "email": null}]));
});

seeded!(an_ended_membership_stops_working_within_five_seconds, async |world: World| {
    let dealer = world.client("dealer").await;
    let token = world.token("clerk").await;
    let clerk = world.with_token(token.clone());
    clerk.ask("{ bills(first: 1) { totalCount } }").await;
    let id = member(&dealer, "clerk@colombo-ev.example").await;
    assert_eq!(end(&dealer, &id).await, [""; 0]);
    world.home.clock.advance(TimeDelta::seconds(5));
    assert_eq!(world.refusal(&token).await, "UNAUTHENTICATED");
    // Who they were stays on what they sold, and in the list of those who left.
    let left = dealer.ask("{ staff(filter: {ended: true}) { nodes { id email endedAt } } }").await;
    assert_eq!(left["staff"]["nodes"][0]["id"], id);
    assert_eq!(left["staff"]["nodes"][0]["endedAt"], "2026-09-15T06:00:00+00:00");
});

seeded!(nobody_gives_a_role_above_the_own, async |world: World| {
    let dealer = world.client("dealer").await;
    let head_office = within(&world, "hq-of-two", "colombo-ev", None).await;
    let there = branch(&dealer, "BR01").await;
    for (role, place, by_dealer, by_hq) in [
        ("HQ_ADMIN", None, "INVALID input.role", "INVALID input.role"),
        ("HQ_ANALYST", None, "INVALID input.role", "INVALID input.role"),
        ("DEALER_ADMIN", None, "INVALID input.role", "done"),
        ("AUDITOR", None, "done", "TAKEN input.email"),
        ("AUDITOR", Some(&there), "INVALID input.branch", "INVALID input.branch"),
        ("BRANCH_MANAGER", None, "BRANCH_REQUIRED input.branch", "BRANCH_REQUIRED input.branch"),
        ("BRANCH_MANAGER", Some(&there), "done", "TAKEN input.email"),
        ("INVENTORY", Some(&there), "done", "TAKEN input.email"),
        ("SERVICE", Some(&there), "done", "TAKEN input.email"),
    ] {
        for (who, client, expected) in [("dealer", &dealer, by_dealer), ("hq", &head_office, by_hq)] {
            let key = format!("key-{who}-{role}-{}", place.is_some());
            let refused = refusals(&client.change("inviteStaff", SHOWN, nimal(&key, role, place)).await);
            let outcome = refused.first().map_or("done", String::as_str);
            assert_eq!(outcome, expected, "{who}: {role}");
        }
    }
});

seeded!(a_dealership_keeps_an_administrator, async |world: World| {
    let (dealer, head_office) = (world.client("dealer").await, within(&world, "hq-of-two", "colombo-ev", None).await);
    let own = member(&dealer, "dealer@colombo-ev.example").await;
    let hq = member(&dealer, "hq-of-two@serendib-ev.example").await;
    let refused = ["INVALID_TRANSITION input.staffMember"];
    assert_eq!(end(&dealer, &own).await, refused, "one's own");
    assert_eq!(end(&head_office, &own).await, refused, "the last");
    assert_eq!(end(&dealer, &hq).await, refused, "head office's");
    let lowered = json!({"idempotencyKey": "key-lower-1", "staffMember": own, "role": "AUDITOR"});
    for client in [&dealer, &head_office] {
        assert_eq!(refusals(&client.change("changeMembership", SHOWN, lowered.clone()).await), refused);
    }
    assert_eq!(world.events("membership_ended").await, 0);

    // With a second one, each may let the other go, but not both at once.
    let invite = json!({"idempotencyKey": "key-second", "email": "clerk@colombo-ev.example", "name": "Second", "role": "DEALER_ADMIN"});
    let second = head_office.done("inviteStaff", SHOWN, invite).await["staffMember"]["id"].take();
    let clerk = {
        let switch =
            r#"mutation { switchContext(input: {dealership: "colombo-ev", role: DEALER_ADMIN}) { accessToken } }"#;
        let clerk = world.client("clerk").await.with_second_factor().await;
        let token = clerk.ask(switch).await["switchContext"]["accessToken"].take();
        world.with_token(token.as_str().expect("a token").to_owned())
    };
    // A moment ago both were in.
    dealer.ask("{ viewer { role } }").await;
    clerk.ask("{ viewer { role } }").await;
    let (one, other) = join(end(&dealer, &second), end(&clerk, &own)).await;
    assert_eq!(usize::from(one.is_empty()) + usize::from(other.is_empty()), 1, "{one:?} {other:?}");
    assert_eq!([one, other].concat(), refused);
});

seeded!(bad_input_about_staff_is_told_field_by_field, async |world: World| {
    let dealer = world.client("dealer").await;
    let there = branch(&dealer, "BR01").await;
    let foreign = branch(&world.client("stranger").await, "BR01").await;
    let mut bad = vec![
        ("email", json!(""), "REQUIRED input.email"),
        ("name", json!(" "), "REQUIRED input.name"),
        ("branch", foreign, "NOT_FOUND input.branch"),
        ("branch", json!("QgAA"), "NOT_FOUND input.branch"),
        ("idempotencyKey", json!("short"), "INVALID input.idempotencyKey"),
    ];
    for email in
        ["nimal", "nimal@", "@example.com", "nimal@example", "a b@example.com", "a@b@example.com", "ä@example.com"]
    {
        bad.push(("email", json!(email), "INVALID input.email"));
    }
    for (field, text) in
        ["email", "name"].into_iter().flat_map(|field| unfit_lines().into_iter().map(move |text| (field, text)))
    {
        let expected = match (field, text.1) {
            ("email", "INVALID") => "INVALID input.email",
            ("email", _) => "OUT_OF_RANGE input.email",
            (_, "INVALID") => "INVALID input.name",
            _ => "OUT_OF_RANGE input.name",
        };
        bad.push((field, json!(text.0), expected));
    }
    for (field, value, refusal) in bad {
        let mut input = nimal("key-bad-input", "SALES", Some(&there));
        input[field] = value.clone();
        let refused = refusals(&dealer.change("inviteStaff", SHOWN, input).await);
        assert_eq!(refused, [refusal], "{field}: {:.40}", value.to_string());
    }
    assert_eq!(account(&world, "nimal@example.com").await, []);
});

seeded!(staff_are_kept_by_those_who_manage_them, async |world: World| {
    let dealer = world.client("dealer").await;
    let (there, id) = (branch(&dealer, "BR01").await, member(&dealer, "clerk@colombo-ev.example").await);
    for persona in PERSONAS.into_iter().filter(|persona| *persona != "dealer") {
        let client = world.client(persona).await;
        let expected = match persona {
            "hq-all" | "hq-of-two" => "DEALERSHIP_REQUIRED",
            "stranger" => "NOT_FOUND input.staffMember",
            _ => "FORBIDDEN",
        };
        let input = json!({"idempotencyKey": "key-change-1", "staffMember": id, "role": "AUDITOR"});
        assert_eq!(refusals(&client.change("changeMembership", SHOWN, input).await), [expected], "{persona}");
        assert_eq!(end(&client, &id).await, [expected], "{persona}");
        let foreign = if persona == "stranger" { "NOT_FOUND input.branch" } else { expected };
        let invite = client.change("inviteStaff", SHOWN, nimal("key-invite-1", "SALES", Some(&there))).await;
        assert_eq!(refusals(&invite), [foreign], "{persona}");
    }
    let stranger = world.client("stranger").await;
    assert_eq!(end(&stranger, &json!("QgAA")).await, ["NOT_FOUND input.staffMember"], "a malformed id answers alike");
});

seeded!(staff_are_listed_for_those_who_manage_them, async |world: World| {
    let dealer = world.client("dealer").await;
    let there = branch(&dealer, "BR02").await;
    let filter = json!({"filter": {"branch": there, "role": ["SALES"]}});
    let query = "query($filter: StaffFilter) { staff(first: 100, filter: $filter) { totalCount nodes { role email branch { code } } } }";
    let rows = dealer.ask_with(query, filter).await;
    let rows = rows["staff"]["nodes"].as_array().expect("nodes");
    assert!(rows.len() >= 3, "the sibling and two others");
    assert!(
        rows.iter().all(|row| row["role"] == "SALES" && row["branch"]["code"] == "BR02" && row["email"].is_string())
    );
    // Whoever acts in one branch sees and keeps that one's.
    let narrow = within(&world, "dealer", "colombo-ev", Some("BR02")).await;
    let whole = narrow.ask("{ staff(first: 100) { nodes { branch { code } } } }").await;
    assert!(whole["staff"]["nodes"].as_array().expect("nodes").iter().all(|row| row["branch"]["code"] == "BR02"));
    let clerk = member(&dealer, "clerk@colombo-ev.example").await;
    assert_eq!(end(&narrow, &clerk).await, ["NOT_FOUND input.staffMember"], "of another branch");
    let auditor = nimal("key-narrow", "AUDITOR", None);
    assert_eq!(refusals(&narrow.change("inviteStaff", SHOWN, auditor).await), ["INVALID input.role"]);
    let here = narrow.done("inviteStaff", SHOWN, nimal("key-narrow", "SALES", None)).await;
    assert_eq!(here["staffMember"]["branch"]["code"], "BR02", "the branch acted in goes without saying");
    // Addresses are shown to nobody else.
    let seen = world.client("manager").await.ask("{ viewer { memberships { email name } } }").await;
    assert_eq!(seen["viewer"]["memberships"][0]["email"], Value::Null);
});
