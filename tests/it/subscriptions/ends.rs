//! A subscription ends when its holder's credential does, and when the server stops.

use chrono::TimeDelta;
use entity::bill;
use serde_json::json;
use tokio::time::Instant;

use crate::support::ear::{Heard, until_nobody_hears};
use crate::support::server::Server;
use crate::support::socket::{In, Socket};
use crate::support::{World, seeded, touch};

const BILLS: &str = "subscription { billChanged { bill { id } } }";

/// What befalls a credential.
#[derive(Clone, Copy, Debug)]
enum Fate {
    MembershipEnds,
    TokenExpires,
    SignsOut,
}

const FATES: [Fate; 3] = [Fate::MembershipEnds, Fate::TokenExpires, Fate::SignsOut];

impl Fate {
    async fn befall(self, world: &World, persona: &str, token: &str) {
        match self {
            Self::MembershipEnds => {
                world.end_memberships(persona).await;
                world.home.clock.advance(TimeDelta::seconds(4));
            }
            Self::TokenExpires => world.home.clock.advance(TimeDelta::seconds(600)),
            Self::SignsOut => drop(world.with_token(token.to_owned()).ask("mutation { signOut }").await),
        }
    }
}

seeded!(an_idle_socket_is_closed_when_its_credential_ends, async |world: World| {
    let server = Server::start(&world).await;
    for (fate, persona) in FATES.into_iter().zip(["manager", "inventory", "sibling"]) {
        world.forget(persona).await;
        let client = world.client(persona).await;
        let mut socket = Socket::of(&world, &server.url, &client).await;
        socket.subscribe("1", "subscription { stockChanged { unit { id } } }").await;
        let begun = Instant::now();
        fate.befall(&world, persona, client.token().expect("a token")).await;
        // No error before it: clients take that for the end of what they subscribed to.
        let closed = socket.next().await;
        let reason = "Forbidden: the session or its token has ended".to_owned();
        assert_eq!(closed, In::Closed(4403, reason), "{fate:?}");
        // Beside the four seconds that a finding may be old.
        assert!(begun.elapsed().as_secs_f64() < 5.0, "{fate:?}: {:?}", begun.elapsed());
        let refused = world.refusal(client.token().expect("a token")).await;
        assert_eq!(refused, "UNAUTHENTICATED");
    }
    until_nobody_hears(&world.home.app).await;
    server.stop().await;
});

seeded!(nothing_is_told_after_a_credential_has_ended, async |world: World| {
    let here = world.places.at("colombo-ev/BR01");
    for fate in FATES {
        let persona = if matches!(fate, Fate::MembershipEnds) { "manager" } else { "clerk" };
        world.forget(persona).await;
        let client = world.client(persona).await;
        let mut ear = client.listen(BILLS).await;
        touch::one::<bill::Entity>(&world.home.app, here, 0).await;
        assert!(matches!(ear.next().await, Heard::Data(_)), "{fate:?}");
        fate.befall(&world, persona, client.token().expect("a token")).await;
        // At once, not at the next look.
        touch::one::<bill::Entity>(&world.home.app, here, 0).await;
        assert_eq!(ear.next().await, Heard::Ended("UNAUTHENTICATED".to_owned()), "{fate:?}");
        assert_eq!(ear.next().await, Heard::Complete);
    }
});

seeded!(a_server_that_stops_says_goodbye_in_a_way_that_lets_clients_come_back, async |world: World| {
    let server = Server::start(&world).await;
    let client = world.client("clerk").await;
    let mut socket = Socket::of(&world, &server.url, &client).await;
    socket.subscribe("1", BILLS).await;
    let mut silent = Socket::open(&server.url, &[crate::support::socket::PROTOCOL]).await.expect("it opens");
    crate::support::ear::until(|| world.home.app.listeners() == 1).await;
    let goodbye = In::Closed(1012, "Service Restart".to_owned());
    let (.., told, untold) = tokio::join!(server.stop(), socket.next(), silent.next());
    assert_eq!((told, untold), (goodbye, In::Closed(1012, "Service Restart".to_owned())));
    until_nobody_hears(&world.home.app).await;
    assert!(client.ask("{ viewer { role } }").await["viewer"]["role"] == json!("SALES"), "the credential still holds");
});
