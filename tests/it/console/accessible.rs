//! Every view can be used by everybody: axe-core finds no fault with it, in light and dark, on a desk and on a phone, where
//! nothing makes the page scroll sideways. With `FORECOURT_TEST_SCREENS=DIR` a picture of each is kept.

use std::path::PathBuf;

use chromiumoxide::cdp::browser_protocol::page::AddScriptToEvaluateOnNewDocumentParams;
use forecourt::demo::Plan;

use super::browser::Browser;
use super::stage::Stage;
use super::tab::Tab;
use crate::support::databases;

/// Where pictures go.
const SCREENS: &str = "FORECOURT_TEST_SCREENS";

/// Widths of a desk and of a phone, with their heights.
const SIZES: [(i64, i64); 2] = [(1440, 900), (390, 844)];

const AXE: &str = include_str!("axe/axe.min.js");

/// Views of somebody who sells, behind the place.
const SELLING: [&str; 12] = [
    "dashboard",
    "new-bill",
    "bills",
    "find?q=a",
    "customers",
    "registrations",
    "enquiries",
    "offers",
    "quotations",
    "stock",
    "transfers",
    "account",
];

/// Views of somebody who runs a dealership.
const RUNNING: [&str; 17] = [
    "dashboard",
    "performance",
    "figure?measure=UNITS",
    "new-bill",
    "receive",
    "administration/dealership",
    "administration/branches",
    "administration/staff",
    "administration/catalogue",
    "administration/look",
    "administration/tariffs",
    "administration/numbers",
    "administration/finance",
    "administration/keys",
    "administration/letters",
    "administration/jobs",
    "nothing-of-this-name",
];

/// Views of head office.
const LOOKING: [&str; 6] =
    ["dashboard", "performance", "bills", "new-bill", "administration/dealership", "administration/comparison"];

/// What axe finds wrong with a page as it is; `of` picks its rules.
async fn faults(tab: &Tab, of: &str) -> Vec<String> {
    let run = format!(
        "axe.run(document, {{ {of}, resultTypes: ['violations'] }}).then(({{ violations }}) => violations.map((one) =>
            `${{one.id}}: ${{one.help}}\\n${{one.nodes.slice(0, 3).map((node) => `    ${{node.html.slice(0, 200)}}`).join('\\n')}}`))"
    );
    tab.evaluate(&run).await
}

const RULES: &str = "runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], \
    rules: { 'target-size': { enabled: true } }";
/// The theme changes colours and nothing else.
const COLOURS: &str = "runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] }";

/// Looks at the page as it is, in every size and both themes.
async fn look(tab: &Tab, name: &str, found: &mut Vec<String>) {
    for (width, height) in SIZES {
        tab.size(width, height).await;
        for (scheme, rules) in [("light", RULES), ("dark", COLOURS)] {
            tab.prefer(scheme).await;
            found.extend(
                faults(tab, rules).await.into_iter().map(|fault| format!("{name}, {scheme}, {width} px: {fault}")),
            );
            if let Some(folder) = std::env::var_os(SCREENS) {
                let folder = PathBuf::from(folder);
                std::fs::create_dir_all(&folder).expect("a folder");
                let file = format!("{}-{width}-{scheme}.png", name.replace(['/', '?', '='], "-"));
                tab.photograph(&folder.join(file)).await;
            }
        }
        // Charts follow in their own time.
        let fits = format!("document.documentElement.scrollWidth <= {width}");
        let wide: i64 = tab
            .evaluate(&format!(
                "new Promise((tell) => {{ let left = 20; const look = () => ({fits} || !left--)
                    ? tell(document.documentElement.scrollWidth) : requestAnimationFrame(look); look(); }})"
            ))
            .await;
        if wide > width {
            found.push(format!("{name}, {width} px: the page is {wide} px wide"));
        }
    }
    tab.prefer("light").await;
    tab.size(SIZES[0].0, SIZES[0].1).await;
}

/// Goes through views of somebody and looks at each.
async fn judge(persona: &str, place: &str, views: &[&str]) {
    let Some(browser) = Browser::shared() else { return };
    let plan = if std::env::var_os(SCREENS).is_some() { Plan::full } else { Plan::small };
    let stage = Stage::of(databases::on_sqlite_today(plan).await, browser).await;
    let person = stage.person(persona).await;
    let mut found = Vec::new();

    let tab = person.tab().await;
    tab.page().execute(AddScriptToEvaluateOnNewDocumentParams::new(AXE)).await.expect("a script of our own");
    tab.open("/").await;
    tab.finds("input[name=password]").await;
    look(&tab, &format!("{persona}-sign-in"), &mut found).await;
    tab.done().await;

    let tab = person.sign_in(&format!("/at/{place}/account")).await;
    tab.page().execute(AddScriptToEvaluateOnNewDocumentParams::new(AXE)).await.expect("a script of our own");
    for view in views {
        tab.open(&format!("/at/{place}/{view}")).await;
        tab.is_whole().await;
        look(&tab, &format!("{persona}-{view}"), &mut found).await;
        if *view == "bills" && !place.starts_with("all") {
            tab.click_first("tbody a").await;
            tab.until("it is the page of a bill", "/\\/bills\\/[\\w-]+$/.test(location.pathname)").await;
            tab.is_whole().await;
            look(&tab, &format!("{persona}-bill"), &mut found).await;
        }
    }
    tab.press("Alt+K").await;
    tab.finds("[role=option]").await;
    look(&tab, &format!("{persona}-switcher"), &mut found).await;
    tab.done().await;
    assert!(found.is_empty(), "{} faults\n{}", found.len(), found.join("\n"));
}

#[tokio::test]
async fn whoever_sells_can_use_every_view() {
    judge("clerk", "colombo-ev/BR01", &SELLING).await;
}

#[tokio::test]
async fn whoever_runs_a_dealership_can_use_every_view() {
    judge("dealer", "colombo-ev/all", &RUNNING).await;
}

#[tokio::test]
async fn head_office_can_use_every_view() {
    judge("hq-all", "all/all", &LOOKING).await;
}
