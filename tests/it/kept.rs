//! Rows kept in the process: never older than those in the database, whoever changed them, and nobody's but the reader's.

use serde_json::{Value, json};

use crate::support::{Client, World, seeded};

const BILLS: &str =
    "{ bills(first: 20) { nodes { model { id name leasable listPrice { amountMinor } } branch { id name code }
    salesperson { name } } } }";

const RENAME_MODEL: &str = "mutation($input: UpdateBikeModelInput!) { updateBikeModel(input: $input) { model { name }
    userErrors { message } } }";

const RENAME_BRANCH: &str = "mutation($input: UpdateBranchInput!) { updateBranch(input: $input) { branch { name }
    userErrors { message } } }";

/// Another name for a model, everything else as it is.
fn renamed(model: &Value) -> Value {
    json!({"input": {"model": model["id"], "name": "Another name", "leasable": model["leasable"],
        "listPriceMinor": model["listPrice"]["amountMinor"]}})
}

async fn bills(client: &Client) -> Vec<Value> {
    client.ask(BILLS).await["bills"]["nodes"].as_array().expect("bills").clone()
}

seeded!(what_rarely_changes_is_read_once, async |world: World| {
    let dealer = world.client("dealer").await;
    let first = bills(&dealer).await;
    world.home.statements.take();
    assert_eq!(bills(&dealer).await, first);
    let sent = world.home.statements.take();
    for table in ["bike_model", "branch", "finance_company"] {
        let from = format!("FROM \"{table}\"");
        assert!(!sent.iter().any(|statement| statement.sql.contains(&from)), "{table} was read again");
    }
});

seeded!(a_change_by_another_process_is_seen_at_once, async |world: World| {
    let here = world.client("dealer").await;
    let there = world.through(world.home.another_process().await, "dealer").await;
    let before = bills(&here).await;
    assert_eq!(before, bills(&there).await);

    let (model, branch) = (&before[0]["model"], &before[0]["branch"]);
    let done = there.ask_with(RENAME_MODEL, renamed(model)).await;
    assert_eq!(done["updateBikeModel"]["userErrors"], json!([]));
    let input = json!({"branch": branch["id"], "code": branch["code"], "name": "Another place"});
    let done = there.ask_with(RENAME_BRANCH, json!({"input": input})).await;
    assert_eq!(done["updateBranch"]["userErrors"], json!([]));

    for client in [&here, &there] {
        let after = bills(client).await;
        assert_eq!(after[0]["model"]["name"], "Another name");
        assert_eq!(after[0]["branch"]["name"], "Another place");
    }
});

seeded!(a_change_that_was_taken_back_is_not_kept, async |world: World| {
    let dealer = world.client("dealer").await;
    let before = bills(&dealer).await;
    let mut left = 6;
    world.home.faults.set(move || {
        left -= 1;
        left <= 0
    });
    let refused = dealer.send(RENAME_MODEL, renamed(&before[0]["model"])).await;
    assert!(!refused["errors"].is_null(), "{refused}");
    world.home.faults.clear();
    assert_eq!(bills(&dealer).await, before);
});

seeded!(a_sibling_branch_is_not_shown_what_another_reader_kept, async |world: World| {
    let (dealer, clerk) = (world.client("dealer").await, world.client("clerk").await);
    let all = dealer.ask("{ branches(first: 100) { nodes { id } } }").await;
    bills(&dealer).await;
    let own = clerk.ask("{ branches { nodes { id } } }").await;
    for branch in all["branches"]["nodes"].as_array().expect("branches") {
        let found = clerk.send(
            "query($id: ID!) { bills(first: 1) { nodes { number } } node(id: $id) { id } }",
            json!({"id": branch["id"]}),
        );
        let found = found.await;
        let is_own = own["branches"]["nodes"].as_array().expect("branches").iter().any(|own| own["id"] == branch["id"]);
        assert_eq!(found["data"]["node"]["id"] == branch["id"], is_own, "{found}");
    }
});
