//! What makes a key hold, or not.

use chrono::TimeDelta;
use entity::partner_key;
use forecourt::auth;
use forecourt::permission::Permission;
use forecourt::scope::{Actor, Reach, Scope};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, QueryFilter};
use serde_json::json;

use super::refused;
use crate::support::partner::COMPANY;
use crate::support::{World, seeded};

const REFUSED: Option<&str> = Some("UNAUTHENTICATED");

seeded!(a_mistyped_key_is_refused_without_a_statement, async |world: World| {
    let (text, _) = world.key("typos", json!({})).await;
    world.home.statements.take();
    let signs = text.chars().collect::<Vec<_>>();
    for at in 0..signs.len() {
        let mut typed = signs.clone();
        typed[at] = if typed[at] == 'x' { 'y' } else { 'x' };
        assert_eq!(refused(&world, &typed.iter().collect::<String>(), None).await, REFUSED, "at {at}");
        let mut typed = signs.clone();
        typed.swap(at, (at + 1) % signs.len());
        if typed != signs {
            assert_eq!(refused(&world, &typed.iter().collect::<String>(), None).await, REFUSED, "swapped at {at}");
        }
    }
    assert_eq!(world.home.statements.take().len(), 0);
    assert_eq!(refused(&world, &text, None).await, None);
    assert!(!world.home.statements.take().is_empty(), "statements are heard");
});

seeded!(a_key_that_nobody_made_is_refused, async |world: World| {
    use auth::KeyText;
    use secrecy::ExposeSecret;

    let (text, made) = world.key("real", json!({})).await;
    let other = KeyText::generate().into_secret().expose_secret().to_owned();
    assert_eq!(refused(&world, &other, None).await, REFUSED);
    // The id of a real key, another secret, and the right checksum.
    let tx = world.home.app.write(Scope::system("test")).await.expect("a transaction");
    let update = tx.scope().update::<partner_key::Entity>();
    let update = update.filter(partner_key::Column::KeyId.eq(made["keyId"].as_str()));
    let stranger = KeyText::parse(&other).expect("a key").hash().to_vec();
    tx.update(update.col_expr(partner_key::Column::KeyHash, Expr::value(stranger))).await.expect("an update");
    tx.commit().await.expect("committed");
    assert_eq!(refused(&world, &text, None).await, REFUSED);
});

seeded!(a_key_holds_until_it_expires, async |world: World| {
    let (text, _) = world.key("ends", json!({"expiresAt": "2026-09-15T07:00:00Z"})).await;
    assert_eq!(refused(&world, &text, None).await, None);
    world.home.clock.advance(TimeDelta::hours(1) - TimeDelta::milliseconds(1));
    assert_eq!(refused(&world, &text, None).await, None);
    world.home.clock.advance(TimeDelta::milliseconds(1));
    assert_eq!(refused(&world, &text, None).await, REFUSED);
});

seeded!(a_key_holds_from_its_networks_alone, async |world: World| {
    let networks = json!({"networks": ["203.0.113.64/26", "198.51.100.7", "2001:db8:7::/48", "203.0.113.65/26"]});
    let (text, made) = world.key("networks", networks).await;
    assert_eq!(made["networks"], json!(["198.51.100.7/32", "2001:db8:7::/48", "203.0.113.64/26"]));
    for within in ["203.0.113.64", "203.0.113.127", "::ffff:203.0.113.100", "198.51.100.7", "2001:db8:7:ffff::1"] {
        assert_eq!(refused(&world, &text, Some(within)).await, None, "{within}");
    }
    for outside in ["203.0.113.63", "203.0.113.128", "198.51.100.8", "2001:db8:8::1", "::1", "127.0.0.1"] {
        assert_eq!(refused(&world, &text, Some(outside)).await, REFUSED, "{outside}");
    }
    assert_eq!(refused(&world, &text, None).await, REFUSED, "an address that nobody knows");
    let (anywhere, _) = world.key("anywhere", json!({})).await;
    assert_eq!(refused(&world, &anywhere, None).await, None);
});

seeded!(a_key_opens_nothing_while_its_company_is_retired, async |world: World| {
    let (text, _) = world.key("retired", json!({})).await;
    let dealer = world.client("dealer").await;
    let company = json!({"financeCompany": world.company(&dealer, COMPANY).await});
    dealer.done("retireFinanceCompany", "financeCompany { id }", company.clone()).await;
    assert_eq!(refused(&world, &text, None).await, REFUSED);
    dealer.done("restoreFinanceCompany", "financeCompany { id }", company).await;
    assert_eq!(refused(&world, &text, None).await, None);
});

seeded!(a_partner_may_nothing_and_writes_nothing, async |world: World| {
    let whole = world.partner(&[]).await;
    let of_one = world.partner(&["BR01"]).await;
    let of_two = world.partner(&["BR01", "BR02"]).await;
    assert!(matches!(whole.reach(), Reach::Dealership(_)));
    assert!(matches!(of_one.reach(), Reach::Branch { .. }));
    assert!(matches!(of_two.reach(), Reach::Branches { branches, .. } if branches.len() == 2));
    for scope in [whole, of_one, of_two] {
        assert!(matches!(scope.actor(), Actor::Partner { .. }));
        assert!(Permission::ALL.iter().all(|permission| !scope.may(*permission)));
        let refused = world.home.app.write(scope).await.err().map(|error| error.code());
        assert_eq!(refused, Some("FORBIDDEN"));
    }
});
