//! What `[files]` may say.

use forecourt::config::Config;

use crate::support::s3;

fn fault(settings: &[(&'static str, &str)]) -> String {
    let settings: Vec<_> = settings.iter().map(|(key, value)| (*key, (*value).to_owned())).collect();
    Config::load(None, &settings).expect_err("refused").to_string()
}

#[test]
fn a_setting_that_cannot_be_names_its_key_and_the_fix() {
    insta::assert_snapshot!(fault(&[("files.bucket", "forecourt-files")]), @"the setting `files.access_key` is missing: a bucket is opened with files.access_key and files.secret_key");
    insta::assert_snapshot!(fault(&[("files.bucket", "forecourt-files"), ("files.access_key", "a")]), @"the setting `files.secret_key` is missing: a bucket is opened with files.access_key and files.secret_key");
    insta::assert_snapshot!(fault(&[("files.bucket", "forecourt-files"), ("files.folder", "files")]), @"the settings `files.bucket` and `files.folder` exclude each other: remove one");
    insta::assert_snapshot!(fault(&[("files.bucket", "Forecourt Files")]), @r#"the setting `files.bucket` is not usable: "Forecourt Files" is no bucket; write its name, e.g. "forecourt-files""#);
    insta::assert_snapshot!(fault(&[("files.endpoint", "https://s3.example")]), @"the setting `files.bucket` is missing: `files.endpoint` is set; name the bucket there, or remove it");
    for endpoint in ["s3.example", "http://s3.example", "https://s3.example/bucket", "https://key@s3.example"] {
        insta::allow_duplicates! {
            insta::assert_snapshot!(fault(&[("files.endpoint", endpoint)]), @"the setting `files.endpoint` is not usable: write an address like https://s3.example, without a path; http:// is for addresses of this machine only; see forecourt.example.toml");
        }
    }
}

#[test]
fn a_link_holds_for_some_minutes() {
    let load = |seconds: i64| {
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), format!("[files]\nlink_seconds = {seconds}")).expect("written");
        Config::load(Some(file.path()), &[]).map(|config| config.files.link_seconds.get())
    };
    for (seconds, is_fit) in [(0, false), (-600, false), (299, false), (300, true), (900, true), (901, false)] {
        assert_eq!(load(seconds).is_ok(), is_fit, "{seconds}");
    }
}

#[test]
fn a_secret_is_not_told() {
    let config = s3::config("http://127.0.0.1:9000", s3::SECRET_KEY, "");
    assert!(!format!("{config:?}").contains(s3::SECRET_KEY));
}
