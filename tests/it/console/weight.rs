//! How much comes before something is seen, how long that takes, and that nothing moves meanwhile.

use std::time::Instant;

use super::stage::{self, Stage};
use super::tab::Tab;
use crate::support::databases::{self, Content};

/// Bytes until the first view stands, packed.
const MOST_BYTES: u64 = 300_000;

/// Milliseconds from the first byte asked for to a view that is whole, on a build without optimisation and a busy machine.
const MOST_MILLISECONDS: u32 = 8_000;

/// Milliseconds from an answer to its figures on screen, likewise.
const MOST_TO_DRAW: u32 = 500;

/// Fails where something moved, in thousandths of the window.
async fn nothing_moved(tab: &Tab, view: &str) {
    let moved: u32 = tab.evaluate("Math.round(watched.moved * 1000)").await;
    let movers: Vec<String> = tab.evaluate("watched.movers").await;
    assert_eq!(moved, 0, "{view} moves while it is drawn: {movers:#?}");
}

#[tokio::test]
async fn the_first_view_is_light_and_stands_still() {
    let home = databases::on_sqlite(Content::Group).await;
    stage::run(home, async |stage: Stage| {
        let person = stage.person("dealer").await;
        person.sign_in("/").await.done().await;

        // Another browser would have nothing kept; this page is the first that is weighed.
        let tab = person.tab().await;
        tab.page()
            .execute(chromiumoxide::cdp::browser_protocol::network::SetCacheDisabledParams::new(true))
            .await
            .expect("nothing is kept");
        let since = Instant::now();
        tab.open("/at/colombo-ev/all").await;
        tab.is_whole().await;
        let (bytes, files) = tab.weight();
        let whole: u32 = tab.evaluate("Math.round(watched.whole)").await;
        eprintln!(
            "the first view: {bytes} bytes in {files} files, whole after {whole} ms; {:?} in all",
            since.elapsed()
        );
        assert!(bytes > 10_000 && bytes <= MOST_BYTES, "{bytes} bytes");
        assert!(whole < MOST_MILLISECONDS, "{whole} ms");
        nothing_moved(&tab, "the dashboard of a dealership").await;
        tab.done().await;
    })
    .await;
}

#[tokio::test]
async fn the_dashboard_of_head_office_is_one_request() {
    let home = databases::on_sqlite(Content::Group).await;
    stage::run(home, async |stage: Stage| {
        let person = stage.person("hq-all").await;
        person.sign_in("/").await.done().await;
        let tab = person.tab().await;
        tab.open("/at/all/all/dashboard").await;
        tab.is_whole().await;
        let asked: Vec<_> = tab.asked().into_iter().map(|asked| asked.name).collect();
        let own: Vec<_> = asked.iter().filter(|name| !["Viewer", "RefreshSession"].contains(&name.as_str())).collect();
        assert_eq!(own.len(), 1, "{asked:?}");
        let answered = "performance.getEntriesByType('resource').filter((one) => one.name.endsWith('/graphql')).at(-1).responseEnd";
        let to_draw: u32 = tab.evaluate(&format!("Math.max(0, Math.round(watched.whole - {answered}))")).await;
        eprintln!("the dashboard of head office: drawn {to_draw} ms after its answer");
        assert!(to_draw < MOST_TO_DRAW, "{to_draw} ms");
        nothing_moved(&tab, "the dashboard of head office").await;
        tab.done().await;
    })
    .await;
}
