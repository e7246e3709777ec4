//! What `[mail]` may say.

use forecourt::config::Config;
use forecourt::integration::mail::Mailer;

fn load(settings: &str) -> Result<Config, String> {
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), format!("[mail]\n{settings}")).expect("written");
    let told = |error: anyhow::Error| {
        error.to_string().split_once("(from").map_or(error.to_string(), |(told, _)| told.to_owned())
    };
    Config::load(Some(file.path()), &[]).map_err(told)
}

fn fault(settings: &str) -> String {
    load(&format!("server = \"smtp.example\"\n{settings}")).expect_err("refused")
}

#[test]
fn a_setting_that_cannot_be_names_its_key_and_the_fix() {
    insta::assert_snapshot!(fault(""), @"the setting `mail.from` is missing: letters come from an address");
    insta::assert_snapshot!(fault("from = \"Office <a@b.example>\""), @"the setting `mail.from` is not usable: write an address like office@colombo-ev.example");
    insta::assert_snapshot!(fault("from = \"a@b.example\"\nreply_to = \"nobody\""), @"the setting `mail.reply_to` is not usable: write an address like office@colombo-ev.example");
    insta::assert_snapshot!(fault("from = \"a@b.example\"\nuser = \"forecourt\""), @"the setting `mail.password` is missing: `mail.user` signs in with it");
    insta::assert_snapshot!(fault("from = \"a@b.example\"\ntls = \"none\""), @r#"the setting `mail.tls` is not usable: letters hold links that open accounts, so "none" is for a server on this machine; write "starttls" or "implicit""#);
    insta::assert_snapshot!(load("server = \"smtp.example/path\"\nfrom = \"a@b.example\"").expect_err("refused"), @r#"the setting `mail.server` is not usable: "smtp.example/path" is no host; write its name, e.g. "smtp.example""#);
    assert!(fault("from = \"a@b.example\"\ntls = \"maybe\"").starts_with("the setting `mail.tls`"));
    assert!(fault("from = \"a@b.example\"\nport = 0").starts_with("the setting `mail.port`"));
}

#[test]
fn what_is_said_of_a_server_is_enough_to_use_it() {
    assert!(Mailer::new(&load("").expect("valid").mail).expect("no server").is_none());
    for (settings, port) in [
        ("server = \"smtp.example\"\nfrom = \"a@b.example\"", 587),
        ("server = \"smtp.example\"\nfrom = \"a@b.example\"\ntls = \"implicit\"", 465),
        ("server = \"localhost\"\nfrom = \"a@b.example\"\ntls = \"none\"", 25),
        ("server = \"smtp.example\"\nfrom = \"a@b.example\"\nport = 2525", 2525),
    ] {
        let config = load(settings).expect("valid");
        assert_eq!(config.mail.server().expect("valid").expect("a server").port, port);
        assert!(Mailer::new(&config.mail).expect("valid").is_some());
    }
    let config = load("server = \"smtp.example\"\nfrom = \"a@b.example\"\nuser = \"u\"\npassword = \"a secret\"");
    assert!(!format!("{:?}", config.expect("valid")).contains("a secret"));
    let missing = load("server = \"smtp.example\"\nfrom = \"a@b.example\"\nca_file = \"/nowhere.pem\"").expect("valid");
    let missing = Mailer::new(&missing.mail).err().expect("no such file");
    assert!(missing.to_string().starts_with("the setting `mail.ca_file` is not usable"), "{missing}");
}
