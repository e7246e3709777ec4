//! The words of a dealership's letters.

use serde_json::{Value, json};

use crate::support::desk::refusals;
use crate::support::{Client, World, seeded};

const FIELDS: &str = "mailTemplate { kind subject body isOwn preview { subject body } }";

const PREVIEW: &str = r#"{ previewMailTemplate(input: {kind: BILL, template: {subject: "Bill", body: "{{ link }}"}}) {
    preview { subject } } }"#;

async fn templates(client: &Client) -> Vec<Value> {
    let told = client.ask("{ mailTemplates { kind subject body isOwn preview { subject body } } }").await;
    told["mailTemplates"].as_array().expect("templates").clone()
}

fn own(subject: &str, body: &str) -> Value {
    json!({"subject": subject, "body": body})
}

fn bill(template: &Value) -> Value {
    json!({"kind": "BILL", "template": template})
}

seeded!(a_dealership_writes_letters_in_its_own_words, async |world: World| {
    let (dealer, stranger) = (world.client("dealer").await, world.client("stranger").await);
    let before = templates(&dealer).await;
    let kinds: Vec<_> = before.iter().map(|template| (&template["kind"], &template["isOwn"])).collect();
    assert_eq!(kinds, [(&json!("INVITATION"), &json!(false)), (&json!("BILL"), &json!(false))]);

    let words = own("  Bill {{ number }} ", "Ayubowan {{name}},\r\n\r\n{{ link }}\r\n\r\n{{ total }}, {{ date }}.");
    let set = dealer.done("setMailTemplate", FIELDS, bill(&words)).await["mailTemplate"].take();
    assert_eq!((&set["isOwn"], &set["subject"]), (&json!(true), &json!("Bill {{ number }}")));
    assert_eq!(set["body"], "Ayubowan {{name}},\n\n{{ link }}\n\n{{ total }}, {{ date }}.");
    let preview = &set["preview"];
    assert_eq!(preview["subject"], "Bill 26SEP_BR01_1");
    let body = preview["body"].as_str().expect("a letter");
    assert!(body.starts_with("Ayubowan Nimal Perera,\n\nhttp") && !body.contains("{{"), "{body}");
    assert!(body.contains("\n\nRs. 645,000.00, 15 September 2026.\n\n-- \nColombo Volt House"), "{body}");
    let now = templates(&dealer).await;
    assert_eq!((&now[0], &now[1]), (&before[0], &set), "letters of the other kind are as before");
    assert_eq!(templates(&stranger).await[1]["isOwn"], false, "nor are those of another dealership");

    // In the same moment: the last one holds.
    for n in 0..4 {
        let words = own(&format!("Bill number {n}"), "{{ link }}");
        dealer.done("setMailTemplate", FIELDS, bill(&words)).await;
        assert_eq!(templates(&dealer).await[1]["subject"], format!("Bill number {n}"));
    }
    let back = dealer.done("setMailTemplate", FIELDS, json!({"kind": "BILL", "template": null})).await;
    assert_eq!(back["mailTemplate"], before[1]);
    let trail: Vec<_> = world.trail("mail_template_set").await.into_iter().map(|event| event.summary).collect();
    assert_eq!(trail.len(), 6);
    assert!(trail.contains(&"BILL: the system's".to_owned()), "{trail:?}");
});

seeded!(placeholders_are_told_with_what_they_are, async |world: World| {
    let told = world.client("dealer").await;
    let told = told.ask("{ mailTemplates { placeholders { name description isNecessary } } }").await;
    let names = |at: usize| -> Vec<String> {
        let all = told["mailTemplates"][at]["placeholders"].as_array().expect("some").iter();
        all.map(|one| {
            assert!(one["description"].as_str().is_some_and(|text| text.ends_with('.')), "{one}");
            format!("{}{}", one["name"].as_str().expect("a name"), if one["isNecessary"] == true { "!" } else { "" })
        })
        .collect()
    };
    assert_eq!(names(0), ["name", "dealer", "link!", "until"]);
    assert_eq!(names(1), ["name", "dealer", "link!", "until", "number", "date", "total"]);
});

seeded!(words_that_do_not_fit_are_told_part_by_part, async |world: World| {
    let dealer = world.client("dealer").await;
    for (words, refused) in [
        (own("{{ nic }}", "{{ link }}"), vec!["subject"]),
        (own("Your bill", "No link."), vec!["body"]),
        (own("", "{% if name %}{{ link }}{% endif %}"), vec!["subject", "body"]),
        (own(&"x".repeat(151), &"x".repeat(5_001)), vec!["subject", "body"]),
        (own("two\nlines", "{{ link }}"), vec!["subject"]),
        (own("Your bill", "{{ link }} {{ name | upper }}"), vec!["body"]),
    ] {
        let told = dealer.change("setMailTemplate", FIELDS, bill(&words)).await;
        let refused: Vec<_> = refused.into_iter().map(|part| format!("INVALID input.template.{part}")).collect();
        assert_eq!(refusals(&told), refused, "{words}");
    }
    let unknown = json!({"kind": "INVITATION", "template": own("Welcome", "{{ link }} {{ total }}")});
    let unknown = dealer.change("setMailTemplate", FIELDS, unknown).await;
    let message = unknown["userErrors"][0]["message"].as_str().expect("a sentence");
    assert!(message.contains("\"total\"") && message.contains("{{ until }}"), "{message}");
    assert_eq!(world.events("mail_template_set").await, 0);
});

seeded!(words_are_looked_at_before_they_are_set, async |world: World| {
    let dealer = world.client("dealer").await;
    let query = "query($input: PreviewMailTemplateInput!) { previewMailTemplate(input: $input) {
        preview { subject body } userErrors { code field message } } }";
    let preview =
        async |words: Value| dealer.ask_with(query, json!({"input": bill(&words)})).await["previewMailTemplate"].take();
    let words = own("Bill {{ number }} ", "Ayubowan {{name}},\r\n\r\n{{ link }}");
    let seen = preview(words.clone()).await;
    assert_eq!(seen["userErrors"], json!([]));
    assert_eq!(templates(&dealer).await[1]["isOwn"], false, "nothing is set");
    let set = dealer.done("setMailTemplate", FIELDS, bill(&words)).await;
    assert_eq!(seen["preview"], set["mailTemplate"]["preview"], "what is seen is what is sent");
    // Letters of the other words, while those that hold are others.
    assert_eq!(preview(own("{{ total }}", "{{ link }}")).await["preview"]["subject"], "Rs. 645,000.00");
    let unfit = preview(own("{{ nic }}", "No link.")).await;
    assert_eq!(
        (&unfit["preview"], refusals(&unfit)),
        (&Value::Null, vec!["INVALID input.template.subject".to_owned(), "INVALID input.template.body".to_owned()])
    );
});

seeded!(words_are_for_those_who_administer_a_dealership, async |world: World| {
    for persona in ["manager", "clerk", "inventory", "service", "auditor", "sibling", "hq-analyst"] {
        let client = world.client(persona).await;
        let refused = client.change("setMailTemplate", FIELDS, json!({"kind": "BILL"})).await;
        assert_eq!(refusals(&refused), ["FORBIDDEN"], "{persona}");
        for query in ["{ mailTemplates { subject } }", PREVIEW] {
            let refused = client.send(query, Value::Null).await;
            assert_eq!(refused["errors"][0]["extensions"]["code"], "FORBIDDEN", "{persona}: {query}");
        }
    }
    let several = world.client("hq-of-two").await;
    let refused = several.change("setMailTemplate", FIELDS, json!({"kind": "BILL"})).await;
    assert_eq!(refusals(&refused), ["DEALERSHIP_REQUIRED"]);
});
