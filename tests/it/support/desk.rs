//! Changes as clients ask for them, what is refused, and what the audit trail says.

use std::sync::LazyLock;

use entity::audit_event;
use forecourt::scope::Scope;
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};

use super::grammar::Grammar;
use super::{Client, World};

impl Client {
    /// The payload of a mutation that takes one input, with `fields` and what was refused; `{"error": code}` if it failed.
    pub(crate) async fn change(&self, mutation: &str, fields: &str, input: Value) -> Value {
        static GRAMMAR: LazyLock<Grammar> = LazyLock::new(Grammar::read);
        let field = GRAMMAR.fields("Mutation").into_iter().find(|field| field.name == mutation);
        let kind = field.expect("a mutation").arguments.swap_remove(0).kind;
        let query = format!(
            "mutation($input: {kind}!) {{ answer: {mutation}(input: $input) {{ {fields} userErrors {{ code field message allowed }} }} }}"
        );
        let mut answer = self.send(&query, json!({"input": input})).await;
        match answer["errors"][0]["extensions"]["code"].as_str() {
            Some(code) => json!({"error": code}),
            None => answer["data"]["answer"].take(),
        }
    }

    /// [`Client::change`] that must be done.
    pub(crate) async fn done(&self, mutation: &str, fields: &str, input: Value) -> Value {
        let answer = self.change(mutation, fields, input).await;
        assert_eq!(answer["userErrors"], json!([]), "{mutation}: {answer}");
        answer
    }
}

/// What was refused, e.g. `INVALID input.person.phone`; the code of the error, if it failed.
pub(crate) fn refusals(answer: &Value) -> Vec<String> {
    if let Some(code) = answer["error"].as_str() {
        return vec![code.to_owned()];
    }
    let refusal = |error: &Value| {
        let path: Vec<_> = error["field"].as_array().expect("a path").iter().filter_map(Value::as_str).collect();
        assert!(error["message"].as_str().is_some_and(|message| message.ends_with('.')), "a sentence: {error}");
        format!("{} {}", error["code"].as_str().expect("a code"), path.join("."))
    };
    answer["userErrors"].as_array().expect("refusals").iter().map(refusal).collect()
}

/// The dealer's own role, narrowed to one branch.
pub(crate) async fn at(world: &World, branch: &str) -> Client {
    let switch = format!(
        r#"mutation {{ switchContext(input: {{dealership: "colombo-ev", branch: "{branch}"}}) {{ accessToken }} }}"#
    );
    let token = world.client("dealer").await.ask(&switch).await["switchContext"]["accessToken"].take();
    world.with_token(token.as_str().expect("a token").to_owned())
}

/// Texts that no line of an input may hold.
pub(crate) fn unfit_lines() -> Vec<(String, &'static str)> {
    vec![
        ("x".repeat(1_000_000), "OUT_OF_RANGE"),
        ("Nimal\0Perera".to_owned(), "INVALID"),
        ("Nimal\nPerera".to_owned(), "INVALID"),
        ("\u{202e}arereP".to_owned(), "INVALID"),
        ("Nimal\u{200f}".to_owned(), "INVALID"),
    ]
}

impl World {
    /// The audit events of an action, the oldest first.
    pub(crate) async fn trail(&self, action: &str) -> Vec<audit_event::Model> {
        let tx = self.home.app.read(Scope::system("test")).await.expect("a transaction");
        let query = tx.select::<audit_event::Entity>().filter(audit_event::Column::Action.eq(action));
        tx.all(query.order_by_asc(audit_event::Column::Id)).await.expect("rows")
    }
}
