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

/// What is seen by whoever is not signed in.
const OUTSIDE: [&str; 3] = ["/", "/password#token=none", "/set-up"];

/// Ways of somebody who sells: a view behind the place, then what is pressed on it: a button, or the first row's name.
const SELLING: [&str; 18] = [
    "dashboard",
    "new-bill",
    "bills",
    "bills > 1",
    "bills?status=PENDING > 1 > Take payment",
    "find?q=a",
    "customers",
    "customers > 1",
    "registrations",
    "enquiries?status=ALL",
    "enquiries?status=ALL > 1",
    "offers",
    "offers > 1",
    "quotations > 1",
    "stock",
    "stock > 1",
    "transfers?status=ALL",
    "account",
];

/// Ways of somebody who runs a dealership.
const RUNNING: [&str; 22] = [
    "dashboard",
    "performance",
    "figure?measure=UNITS",
    "new-bill",
    "quotations/new",
    "receive > Take into stock",
    "stock?status=AVAILABLE > 1 > Offer to another branch",
    "administration/dealership",
    "administration/branches",
    "administration/staff",
    "administration/staff > Invite somebody",
    "administration/catalogue",
    "administration/look",
    "administration/tariffs",
    "administration/tariffs > Set a charge",
    "administration/numbers",
    "administration/finance",
    "administration/keys",
    "administration/keys > Make a key",
    "administration/letters",
    "administration/jobs",
    "nothing-of-this-name",
];

/// Ways of head office.
const LOOKING: [&str; 8] = [
    "dashboard",
    "performance",
    "bills",
    "new-bill",
    "administration/dealership",
    "administration/dealership > Open a dealership",
    "administration/comparison",
    "/at/colombo-ev/all/administration/comparison",
];

/// What axe finds wrong with a page as it is.
async fn faults(tab: &Tab) -> Vec<String> {
    let run = format!(
        "axe.run(document, {{ {RULES}, resultTypes: ['violations'] }}).then(({{ violations }}) => violations.map((one) =>
            `${{one.id}}: ${{one.help}}\\n${{one.nodes.slice(0, 3).map((node) => `    ${{node.html.slice(0, 200)}}`).join('\\n')}}`))"
    );
    tab.evaluate(&run).await
}

const RULES: &str = "runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], \
    rules: { 'target-size': { enabled: true } }";

/// Looks at the page as it is, in every size and both themes.
async fn look(tab: &Tab, name: &str, found: &mut Vec<String>) {
    for (width, height) in SIZES {
        tab.size(width, height).await;
        for scheme in ["light", "dark"] {
            tab.prefer(scheme).await;
            found.extend(faults(tab).await.into_iter().map(|fault| format!("{name}, {scheme}, {width} px: {fault}")));
            if let Some(folder) = std::env::var_os(SCREENS) {
                let folder = PathBuf::from(folder);
                std::fs::create_dir_all(&folder).expect("a folder");
                let file = format!("{}-{width}-{scheme}.png", name.replace(['/', '?', '#', '=', ' ', '>'], "-"));
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

/// A server on what people would see, where there is a browser.
async fn stage() -> Option<Stage> {
    let plan = if std::env::var_os(SCREENS).is_some() { Plan::full } else { Plan::small };
    Some(Stage::of(databases::on_sqlite_today(plan).await, Browser::shared()?).await)
}

/// Has the page able to judge itself, from the next that is loaded on.
async fn equip(tab: &Tab) {
    tab.page().execute(AddScriptToEvaluateOnNewDocumentParams::new(AXE)).await.expect("a script of our own");
}

/// Goes the ways of somebody and looks at the end of each.
async fn judge(persona: &str, place: &str, ways: &[&str]) {
    let Some(stage) = stage().await else { return };
    let person = stage.person(persona).await;
    let mut found = Vec::new();
    let tab = person.sign_in(&format!("/at/{place}/account")).await;
    equip(&tab).await;
    for way in ways {
        let mut steps = way.split(" > ");
        let view = steps.next().expect("a view");
        let address = if view.starts_with('/') { view.to_owned() } else { format!("/at/{place}/{view}") };
        tab.open(&address).await;
        tab.is_whole().await;
        for step in steps {
            match step {
                "1" => {
                    tab.click_first("main tbody a").await;
                    let row =
                        format!("location.pathname.startsWith('{}/')", address.split('?').next().expect("a path"));
                    tab.until("it is the page of a row", &row).await;
                }
                button => tab.click("button", button).await,
            }
            tab.is_whole().await;
        }
        look(&tab, &format!("{persona}-{way}"), &mut found).await;
    }
    tab.open(&format!("/at/{place}/account")).await;
    tab.is_whole().await;
    tab.press("Alt+K").await;
    tab.finds("[role=option]").await;
    look(&tab, &format!("{persona}-switcher"), &mut found).await;
    tab.done().await;
    assert!(found.is_empty(), "{} faults\n{}", found.len(), found.join("\n"));
}

#[tokio::test]
async fn whoever_is_not_signed_in_can_use_every_view() {
    let Some(stage) = stage().await else { return };
    let mut found = Vec::new();
    let nobody = stage.person("clerk").await;
    let tab = nobody.tab().await;
    equip(&tab).await;
    for address in OUTSIDE {
        tab.open(address).await;
        tab.finds("form").await;
        look(&tab, address, &mut found).await;
    }
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
