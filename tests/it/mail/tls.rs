//! Letters hold links that open accounts: they go where they should, over TLS.

use super::*;
use crate::support::seeded;

const SIGN_IN: &str = "user = \"forecourt\"\npassword = \"a secret of two\"";

async fn attempt(world: &World, server: &Server, tls: &str, more: &str) -> String {
    let app = process(world, server.settings(tls, more)).await;
    // Each its own: what is over is over.
    let id = invitation(world, "clerk").await;
    word(&post::send(&app, id).await)
}

seeded!(a_letter_goes_over_tls_to_whoever_proves_who_they_are, async |world: World| {
    for tls in ["starttls", "implicit"] {
        let Some(server) = Server::start(tls, &[]) else { return };
        assert_eq!(attempt(&world, &server, tls, "").await, "sent", "{tls}");
        assert_eq!(server.only().value("tls"), true, "{tls}");
        // Signed by somebody whom this machine does not know.
        let mut mail = server.settings(tls, "");
        mail.ca_file = None;
        let app = process(&world, mail).await;
        let sent = post::send(&app, invitation(&world, "clerk").await).await;
        assert!(word(&sent).starts_with("later: no "), "{tls}: {}", word(&sent));
        // Whose certificate is for another name.
        let mut mail = server.settings(tls, "");
        mail.server = Some("127.0.0.2".to_owned());
        let app = process(&world, mail).await;
        let sent = post::send(&app, invitation(&world, "clerk").await).await;
        assert!(word(&sent).starts_with("later: no "), "{tls}: {}", word(&sent));
        assert_eq!(server.taken().len(), 1, "{tls}");
    }
});

seeded!(nothing_is_given_to_a_server_without_tls, async |world: World| {
    let Some(server) = Server::start("none", &[]) else { return };
    assert_eq!(attempt(&world, &server, "starttls", SIGN_IN).await, "later: no TLS");
    let refused = attempt(&world, &server, "implicit", SIGN_IN).await;
    assert!(refused.starts_with("later: no "), "{refused}");
    assert_eq!((server.asked(), server.taken().len()), (0, 0), "nobody was named to it");
});

seeded!(whoever_has_to_signs_in, async |world: World| {
    let Some(server) = Server::start("starttls", &["forecourt", "a secret of two"]) else { return };
    assert_eq!(attempt(&world, &server, "starttls", SIGN_IN).await, "sent");
    assert_eq!(server.only().part("user"), "forecourt");
    let wrong = SIGN_IN.replace("a secret", "another secret");
    assert_eq!(
        attempt(&world, &server, "starttls", &wrong).await,
        "later: 535 5.7.8",
        "the letter is as good as before"
    );
    let nobody = attempt(&world, &server, "starttls", "").await;
    assert!(nobody.starts_with("later: 530"), "{nobody}");
    assert_eq!(server.taken().len(), 1);
});
