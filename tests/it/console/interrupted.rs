//! What happens between a form and the server: sessions that end, answers that are lost, servers that are restarted.

use std::time::{Duration, Instant};

use chromiumoxide::cdp::browser_protocol::fetch::{
    ContinueRequestParams, DisableParams, EnableParams, EventRequestPaused, FailRequestParams, RequestPattern,
    RequestStage,
};
use chromiumoxide::cdp::browser_protocol::network::ErrorReason;
use futures_util::StreamExt;

use super::new_bill::fill;
use super::stage::{Stage, staged};
use super::tab::Tab;

/// Lets the answer to an operation be lost, once it is there. `story` opens a page, for answers are surely held in one that
/// is loaded from now on, and has it ask.
async fn lose_the_answer_to(tab: &Tab, name: &str, story: impl Future<Output = ()>) {
    let page = tab.page();
    let mut paused = page.event_listener::<EventRequestPaused>().await.expect("a listener");
    let pattern = RequestPattern::builder().url_pattern("*/graphql").request_stage(RequestStage::Response).build();
    page.execute(EnableParams::builder().pattern(pattern).build()).await.expect("answers are held");
    let lost = async {
        loop {
            let event = paused.next().await.expect("an answer");
            let id = event.request_id.clone();
            if tab.asked_as(event.network_id.as_ref().expect("of a request").inner()).await == name {
                page.execute(FailRequestParams::new(id, ErrorReason::ConnectionReset)).await.expect("it is lost");
                return;
            }
            page.execute(ContinueRequestParams::new(id)).await.expect("it goes on");
        }
    };
    let both = async { tokio::join!(lost, story) };
    if tokio::time::timeout(Duration::from_secs(60), both).await.is_err() {
        tab.give_up(&format!("{name} is asked")).await;
    }
    page.execute(DisableParams::default()).await.expect("answers are free");
}

/// Waits until the token of a page's last request is refused.
async fn token_ends(stage: &Stage, tab: &Tab) {
    let asked = tab.asked();
    let credential = asked.iter().rev().find_map(|asked| asked.credential.clone()).expect("a token");
    let since = Instant::now();
    let ask = || {
        let request = reqwest::Client::new().post(&stage.server.url).header("authorization", &credential);
        request
            .header("accept", "application/graphql-response+json")
            .json(&serde_json::json!({"query": "{ viewer { name } }"}))
            .send()
    };
    while ask().await.expect("an answer").text().await.expect("text").contains("\"viewer\"") {
        assert!(since.elapsed() < Duration::from_secs(20), "the session does not end");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

staged!(a_session_that_ends_loses_nothing_of_a_form, async |stage: Stage| {
    stage.stock(1).await;
    let before = stage.bills().await;
    let person = stage.person("clerk").await;
    let mut tab = person.sign_in("/at/colombo-ev/BR01/new-bill").await;
    fill(&tab, "Kamala Silva").await;

    stage.operate(&["user", "end-sessions", "--email", &person.persona.email]);
    token_ends(&stage, &tab).await;
    tab.forgive("UNAUTHENTICATED");
    tab.press("Control+Enter").await;
    tab.sees("Sign in again to go on").await;
    let typed = "[...document.querySelectorAll('form.new-bill input')].map((one) => one.value).join('|')";
    let kept: String = tab.evaluate(typed).await;
    assert!(
        ["Kamala Silva", "199012345678", "0771234567", "12 Galle Road"].iter().all(|text| kept.contains(text)),
        "{kept}"
    );
    assert_eq!(stage.bills().await, before);

    person.fill_in(&mut tab).await;
    tab.until("it is the page of a bill", "/\\/bills\\/[\\w-]{44}/.test(location.pathname)").await;
    tab.sees("Kamala Silva").await;
    assert_eq!(stage.bills().await, before + 1);
    tab.done().await;
});

staged!(a_server_that_is_restarted_in_the_middle_makes_one_bill, async |mut stage: Stage| {
    stage.stock(2).await;
    let before = stage.bills().await;
    let person = stage.person("clerk").await;
    let mut tab = person.sign_in("/").await;
    tab.is_at("/at/colombo-ev/BR01").await;
    tab.is_whole().await;
    for lost in ["ERR_CONNECTION_RESET", "ERR_CONNECTION_REFUSED", "ERR_FAILED", "WebSocket connection"] {
        tab.forgive(lost);
    }
    lose_the_answer_to(&tab, "IssueBill", async {
        tab.open("/at/colombo-ev/BR01/new-bill").await;
        fill(&tab, "Sunil Fernando").await;
        tab.press("Control+Enter").await;
    })
    .await;
    stage.restart();
    tab.until("it is the page of a bill", "/\\/bills\\/[\\w-]{44}/.test(location.pathname)").await;
    tab.is_whole().await;
    tab.sees("Sunil Fernando").await;
    assert_eq!(stage.bills().await, before + 1);
    let keys: Vec<_> = tab
        .asked()
        .iter()
        .filter(|asked| asked.name == "IssueBill")
        .map(|asked| asked.variables["input"]["idempotencyKey"].clone())
        .collect();
    assert!(keys.len() > 1 && keys.iter().all(|key| key.is_string() && *key == keys[0]), "{keys:?}");
    tab.done().await;
});

staged!(a_question_that_must_be_answered_stays, async |stage: Stage| {
    let person = stage.person("clerk").await;
    let mut tab = person.sign_in("/at/colombo-ev/BR01/bills").await;
    tab.is_whole().await;
    stage.operate(&["user", "end-sessions", "--email", &person.persona.email]);
    tab.forgive("UNAUTHENTICATED");
    token_ends(&stage, &tab).await;
    tab.click("link", "Customers").await;
    tab.sees("Sign in again to go on").await;
    // Browsers let nobody keep a window open against two of these.
    for _ in 0..3 {
        tab.press("Escape").await;
    }
    person.fill_in(&mut tab).await;
    tab.is_at("/at/colombo-ev/BR01/customers").await;
    tab.finds("tbody tr").await;
    tab.done().await;
});
