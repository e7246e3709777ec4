//! What the browser lets the page do.

use super::stage::{self, Stage};
use crate::support::databases::{self, Content};

#[tokio::test]
async fn pages_run_nothing_but_what_this_server_gives() {
    let home = databases::on_sqlite(Content::Group).await;
    stage::run(home, async |stage: Stage| {
        for path in ["/", "/at/colombo-ev/BR01/bills", "/sign-in", "/password", "/set-up"] {
            let answer = reqwest::get(format!("{}{path}", stage.origin())).await.expect("an answer");
            let header = |name: &str| answer.headers()[name].to_str().expect("text").to_owned();
            let policy = header("content-security-policy");
            for part in [
                "default-src 'none'",
                "script-src 'self'",
                "style-src 'self'",
                "connect-src 'self'",
                "frame-ancestors 'none'",
                "base-uri 'none'",
                "require-trusted-types-for 'script'",
            ] {
                assert!(policy.split(';').any(|given| given.trim() == part), "{path}: {part} is not in {policy}");
            }
            assert!(!policy.contains("unsafe"), "{policy}");
            assert_eq!(header("x-content-type-options"), "nosniff");
            assert_eq!(header("referrer-policy"), "no-referrer");
            assert_eq!(header("cache-control"), "no-cache");
        }

        // A page that tries is refused: the policy is in force, and its breaches are heard.
        let person = stage.person("clerk").await;
        let tab = person.sign_in("/").await;
        tab.is_whole().await;
        assert_eq!(tab.evaluate::<Vec<String>>("watched.refused").await, Vec::<String>::new());
        let outside = "document.body.append(Object.assign(document.createElement('img'), { src: 'https://elsewhere.example/x.png' })), true";
        tab.evaluate::<bool>(outside).await;
        tab.until("it is refused", "watched.refused.some((one) => one.startsWith('img-src'))").await;
        let markup = "(() => { try { document.body.innerHTML = '<p>'; return false; } catch { return true; } })()";
        assert!(tab.evaluate::<bool>(markup).await, "markup in a text is refused");
        let heard = tab.complaints().await;
        assert!(heard.iter().any(|told| told.starts_with("policy: img-src")), "{heard:?}");
        assert!(heard.iter().any(|told| told.starts_with("policy: require-trusted-types-for")), "{heard:?}");
        tab.done().await;
    })
    .await;
}
