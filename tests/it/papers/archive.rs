//! The bills of a month in one file.

use std::collections::BTreeSet;
use std::io::Write;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use forecourt::app::App;
use forecourt::job::{Kinds, Worker};
use serde_json::{Value, json};

use super::{file, made};
use crate::support::ear::BOUND;
use crate::support::{Client, World, seeded};

pub(super) const JOB: &str = "job { id state }";

/// The job once it is over, done by a worker of ours.
pub(super) async fn done(app: &Arc<App>, client: &Client, job: &Value) -> Value {
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let worker = Worker::new(Arc::clone(app), Kinds::all());
    let runs = tokio::spawn(worker.run(async move {
        let _ = stopped.await;
    }));
    let query = "query($id: ID!) { node(id: $id) { ... on Job { state result error { code message }
        document { id kind number isCopy size checkUrl bill { id } link { url expiresAt } } } } }";
    let begun = Instant::now();
    let over = loop {
        let job = client.ask_with(query, json!({"id": job["id"]})).await["node"].take();
        if !["WAITING", "READY", "RUNNING"].contains(&job["state"].as_str().expect("a state")) {
            break job;
        }
        assert!(begun.elapsed() < 6 * BOUND, "{job}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    };
    let _ = stop.send(());
    runs.await.expect("no panic");
    over
}

/// The names in a zip, as Python reads them; each file is whole.
pub(super) fn names(zip: &[u8]) -> Vec<String> {
    let mut place = tempfile::NamedTempFile::new().expect("a file");
    place.write_all(zip).expect("a file of our own");
    let read = "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None
for name in z.namelist():
    assert z.read(name)[:5] == b'%PDF-' or len(z.read(name)) > 1000000, name
    print(name)";
    let said = Command::new("python3").args(["-c", read]).arg(place.path()).output().expect("Python");
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    String::from_utf8(said.stdout).expect("UTF-8").lines().map(str::to_owned).collect()
}

seeded!(each_bill_of_a_month_is_in_the_archive_once, async |world: World| {
    let manager = world.client("manager").await;
    let bills =
        "{ bills(first: 100, filter: {date: {from: \"2026-08-01\", to: \"2026-08-31\"}}) { nodes { id number } } }";
    let bills = manager.ask(bills).await["bills"]["nodes"].take();
    let bills = bills.as_array().expect("bills");
    assert!(bills.len() > 2, "the group sells");
    let known = made(&manager, json!({"bill": bills[0]["id"]})).await;
    let job = manager.done("archiveBills", JOB, json!({"month": "2026-08-20"})).await["job"].take();
    let again = manager.done("archiveBills", JOB, json!({"month": "2026-08-01"})).await["job"].take();
    assert_eq!(job["id"], again["id"], "it is asked for already");
    let over = done(&world.home.app, &manager, &job).await;
    assert_eq!(over["state"], "DONE", "{over}");
    assert_eq!(over["result"], format!("{} bills of 2026-08 are in one file.", bills.len()));
    let document = &over["document"];
    assert_eq!(
        (&document["kind"], &document["isCopy"], &document["checkUrl"]),
        (&json!("ARCHIVE"), &json!(false), &Value::Null)
    );
    let zip = file(&world, document).await;
    assert_eq!(document["size"], zip.len());
    let names = names(&zip);
    let numbers: BTreeSet<_> =
        bills.iter().map(|bill| format!("{}.pdf", bill["number"].as_str().expect("a number"))).collect();
    assert_eq!(names.len(), bills.len());
    assert_eq!(names.into_iter().collect::<BTreeSet<_>>(), numbers);
    assert_eq!(
        world.events("document_made").await,
        1 + bills.len() as u64,
        "the one that was there was not made again"
    );
    assert_eq!(known["isCopy"], false);
    let sibling = world.client("sibling").await;
    let hidden = sibling.send("query($id: ID!) { node(id: $id) { id } }", json!({"id": document["id"]})).await;
    assert_eq!(hidden["errors"][0]["extensions"]["code"], "NOT_FOUND");
});

seeded!(an_archive_is_asked_for_by_those_who_see_all_that_is_in_it, async |world: World| {
    for (persona, code) in
        [("clerk", "FORBIDDEN"), ("auditor", "FORBIDDEN"), ("service", "FORBIDDEN"), ("hq-all", "DEALERSHIP_REQUIRED")]
    {
        let answer = world.client(persona).await.change("archiveBills", JOB, json!({"month": "2026-08-01"})).await;
        assert_eq!(answer["error"], code, "{persona}");
    }
    let dealer = world.client("dealer").await;
    let answer = dealer.change("archiveBills", JOB, json!({"month": "2027-01-01"})).await;
    assert_eq!(answer["userErrors"][0]["code"], "OUT_OF_RANGE");
});
