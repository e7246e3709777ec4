//! In a folder of this machine.

use std::os::unix::fs::PermissionsExt;

use forecourt::integration::files::{Disposition, Shown};
use uuid::Uuid;

use super::*;
use crate::support::seeded;

#[tokio::test]
async fn a_folder_keeps_what_it_was_given() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let files = in_folder(folder.path());
    assert!(!folder.path().join("files").exists(), "made when it is needed");
    keeps_what_it_was_given(&files).await;
    let mode = std::fs::metadata(folder.path().join("files")).expect("a folder").permissions().mode();
    assert_eq!(mode & 0o777, 0o700, "nobody else reads it");
}

#[tokio::test]
async fn a_folder_keeps_what_is_long() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    keeps_what_is_long(&in_folder(folder.path())).await;
}

#[tokio::test]
async fn a_key_never_leads_out_of_the_folder() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("secret"), "a secret").expect("a file");
    for path in ["../secret", "files/../../secret", "%2e%2e/secret", "/etc/passwd", "..", ""] {
        assert_eq!(path.parse::<Key>().expect_err("no key").code(), "NOT_FOUND", "{path}");
    }
}

seeded!(people_reach_the_files_of_their_dealership, async |world: World| {
    let ours = dealership_of(&world, "clerk").await;
    let key = shelf(ours).of_content(PDF);
    let files = world.home.app.files();
    files.put(&within(ours), &key, PDF).await.expect("kept");
    let shown = Shown::new(Disposition::Inline, "bill", Kind::Pdf);
    for (persona, may) in [
        ("clerk", true),
        ("sibling", true),
        ("dealer", true),
        ("hq-all", true),
        ("hq-of-two", true),
        ("stranger", false),
    ] {
        let scope = world.client(persona).await.scope().await.expect("a scope");
        assert_eq!(bytes(files, &scope, &key).await.is_ok(), may, "{persona}");
        assert_eq!(files.put(&scope, &key, PDF).await.is_ok(), may, "{persona}");
        let link = files.sign(&scope, &key, &shown, files.link_lifetime()).await;
        assert_eq!(link.is_ok(), may, "{persona}");
        assert_eq!(files.delete(&scope, &key).await.expect_err("for the installation").code(), "FORBIDDEN");
    }
    let scope = Scope::system("test").within(Uuid::from_u128(5)).expect("any is in reach");
    assert!(files.sign(&scope, &key, &shown, files.link_lifetime()).await.is_err());
});
