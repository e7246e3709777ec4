//! A server that is killed while bills are issued: nothing is half written, no number is lost, nothing told is forgotten.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::time::Duration;

use futures_util::future::join_all;
use serde_json::{Value, json};

use super::crowd::{ISSUE, Tally, numbers_have_no_gap};
use crate::support::process::Process;
use crate::support::till::Till;
use crate::support::{Home, World, seeded};

const WRITERS: usize = 16;
const SALES: usize = 240;

/// After how many bills told the server is killed, each time.
const KILLED_AFTER: [usize; 3] = [25, 60, 90];

seeded!(a_server_killed_in_a_burst_loses_and_halves_nothing, async |world: World| {
    let till = Till::of(&world, "clerk").await;
    let units = till.bikes("Z9", "ZKILL", SALES).await;
    let sales: Vec<_> = units.iter().enumerate().map(|(n, unit)| sale(n, unit)).collect();
    let before = Tally::of(&world).await;
    // The number of each bill that somebody was told of.
    let told = RefCell::new(BTreeMap::<usize, String>::new());
    for after in KILLED_AFTER {
        let server = Server::start(&world.home);
        let token = server.sign_in(&world).await;
        let enough = told.borrow().len() + after;
        let writers = join_all((0..WRITERS).map(|writer| write(&server, &token, &sales, writer, &told)));
        let killer = async {
            while told.borrow().len() < enough {
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
            server.kill();
        };
        tokio::join!(writers, killer);
        assert!(told.borrow().len() < SALES, "the server was killed when all was done");
        let there = settled(&world).await;
        let sold = usize::try_from(there.sold_since(&before)).expect("a count");
        assert_eq!(there, before.clone().and(sold));
        assert!(sold >= told.borrow().len(), "{sold} bills, {} told", told.borrow().len());
        numbers_have_no_gap(&world).await;
    }
    let server = Server::start(&world.home);
    let token = server.sign_in(&world).await;
    let known = told.borrow().clone();
    join_all((0..WRITERS).map(|writer| write(&server, &token, &sales, writer, &told))).await;
    for (n, number) in &known {
        let again = server.ask(Some(&token), ISSUE, sales[*n].clone()).await.expect("an answer");
        assert_eq!(again["data"]["issueBill"]["bill"]["number"], json!(number), "{again}");
    }
    server.kill();
    assert_eq!(told.borrow().len(), SALES);
    assert_eq!(settled(&world).await, before.and(SALES));
    numbers_have_no_gap(&world).await;
});

fn sale(n: usize, unit: &Value) -> Value {
    let mut sale = Till::sale(&format!("burst-sale-{n}"), unit);
    sale["payments"] = json!([{"method": "CASH", "amountMinor": 1_000_000}]);
    json!({"input": sale})
}

/// Issues every `WRITERS`th bill that nobody was told of, until the server is gone.
async fn write(server: &Server, token: &str, sales: &[Value], from: usize, told: &RefCell<BTreeMap<usize, String>>) {
    for (n, sale) in sales.iter().enumerate().skip(from).step_by(WRITERS) {
        if told.borrow().contains_key(&n) {
            continue;
        }
        let Some(answer) = server.ask(Some(token), ISSUE, sale.clone()).await else { return };
        let number = answer["data"]["issueBill"]["bill"]["number"].as_str();
        told.borrow_mut().insert(n, number.unwrap_or_else(|| panic!("{answer}")).to_owned());
    }
}

/// What is there once the database has ended what the dead server had sent.
async fn settled(world: &World) -> Tally {
    let mut seen = Tally::of(world).await;
    loop {
        tokio::time::sleep(Duration::from_millis(300)).await;
        let now = Tally::of(world).await;
        if now == seen {
            return now;
        }
        seen = now;
    }
}

/// A server and somebody who asks it.
struct Server {
    process: RefCell<Process>,
    url: String,
    client: reqwest::Client,
}

impl Server {
    fn start(home: &Home) -> Self {
        let process = Process::start(home);
        Self { url: process.url.clone(), process: RefCell::new(process), client: reqwest::Client::new() }
    }

    async fn sign_in(&self, world: &World) -> String {
        let persona = world.persona("clerk");
        let query = "mutation($input: SignInInput!) { signIn(input: $input) { accessToken } }";
        let input = json!({"input": {"email": persona.email, "password": persona.password}});
        let answer = self.ask(None, query, input).await.expect("an answer");
        answer["data"]["signIn"]["accessToken"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned()
    }

    /// The answer, unless the server is gone.
    async fn ask(&self, token: Option<&str>, query: &str, variables: Value) -> Option<Value> {
        let request = self.client.post(&self.url).json(&json!({"query": query, "variables": variables}));
        let request = token.into_iter().fold(request, |request, token| request.bearer_auth(token));
        request.send().await.ok()?.json().await.ok()
    }

    fn kill(&self) {
        self.process.borrow_mut().kill();
    }
}
