//! The languages of those who work with it.

use super::stage::{self, Stage};
use crate::support::databases::{self, Content};

#[tokio::test]
async fn a_language_is_chosen_once_and_fits_a_phone() {
    let home = databases::on_sqlite(Content::Group).await;
    stage::run(home, async |stage: Stage| {
        let person = stage.person("clerk").await;
        let tab = person.sign_in("/at/colombo-ev/BR01/bills").await;
        tab.size(390, 844).await;
        for (language, tag, bills, stock) in [("සිංහල", "si", "බිල්පත්", "තොග"), ("தமிழ்", "ta", "பட்டியல்கள்", "இருப்பு")]
        {
            tab.is_whole().await;
            tab.click_first("header.bar .menu > button").await;
            tab.finds(".menu-list select").await;
            tab.choose_in(".menu-list select", language).await;
            for is_again in [false, true] {
                if is_again {
                    tab.open("/at/colombo-ev/BR01/bills").await;
                }
                tab.is_whole().await;
                tab.until("the page says what it speaks", &format!("document.documentElement.lang === '{tag}'")).await;
                let ways = tab.texts("nav.ways a").await;
                assert!(ways.iter().any(|way| way == bills) && ways.iter().any(|way| way == stock), "{ways:?}");
                assert_eq!(tab.texts("h1").await, [bills]);
                for width in [390, 1440] {
                    tab.size(width, 844).await;
                    let wide: i64 = tab.evaluate("document.documentElement.scrollWidth").await;
                    assert!(wide <= width, "{language}: the page is {wide} px wide on {width}");
                }
                tab.size(390, 844).await;
            }
        }
        tab.done().await;
    })
    .await;
}
