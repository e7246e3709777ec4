//! What a subscription costs that nothing is told to.
#![expect(clippy::disallowed_methods, reason = "the server is asked what its connections do")]

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use sea_orm::{ConnectionTrait, DbBackend, Statement};
use serde_json::{Value, json};

use crate::support::socket::{In, PROTOCOL, Socket};
use crate::support::{World, catalogue, databases, seeded};

seeded!(idle_subscriptions_hold_no_connection, async |world: World| {
    let app = world.home.process_with(|config| config.database.max_connections = 2).await;
    let client = world.through(Arc::clone(&app), "clerk").await;
    let mut ears = Vec::new();
    for field in ["billChanged { bill { id } }", "stockChanged { unit { id } }", "kpiChanged { branches { now } }"] {
        for _ in 0..17 {
            ears.push(client.listen(&format!("subscription {{ {field} }}")).await);
        }
    }
    assert_eq!(app.listeners(), 51);
    for _ in 0..5 {
        let asked = (0..4).map(|_| client.ask("{ bills(first: 5) { nodes { number } } }"));
        futures_util::future::join_all(asked).await;
    }
    if world.home.url.starts_with("postgres") {
        let database = catalogue::connect(&world.home.url).await;
        let sql = "select count(*) filter (where state like 'idle in transaction%'), count(*) from pg_stat_activity
            where datname = current_database() and application_name = 'forecourt listening' or state like 'idle in transaction%'
            and datname = current_database()";
        let row = database.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await.expect("a query");
        let row = row.expect("a row");
        let count = |at| row.try_get_by_index::<i64>(at).expect("a count");
        assert_eq!((count(0), count(1)), (0, 1), "one connection listens, none is in a transaction");
        database.close().await.expect("a connection closes");
    }
});

/// Sockets of the test below.
const SOCKETS: usize = 1_000;

/// What they may take, in kB.
const MOST: u64 = 100_000;

seeded!(a_thousand_idle_sockets_take_little_memory, async |world: World| {
    let server = Process::start(&world);
    let token = server.token(&world).await;
    // What is loaded once is not the sockets' own.
    let warm = server.listening(&token).await;
    let before = server.memory();
    let mut sockets = Vec::with_capacity(SOCKETS);
    for _ in 0..SOCKETS {
        sockets.push(server.listening(&token).await);
    }
    let idle = server.memory().saturating_sub(before);
    // All of them listen.
    server.change(&token).await;
    for socket in &mut sockets {
        assert!(socket.text().await["payload"]["data"]["stockChanged"]["unit"]["id"].is_string());
    }
    let told = server.memory().saturating_sub(before);
    eprintln!("{SOCKETS} sockets take {idle} kB idle, {told} kB after all were told something");
    assert!(idle < MOST, "{SOCKETS} idle sockets take {idle} kB");
    assert!(told < 2 * MOST, "{SOCKETS} sockets take {told} kB after all were told something");
    drop((warm, sockets));
});

/// The program itself.
struct Process {
    process: Child,
    url: String,
}

impl Process {
    fn start(world: &World) -> Self {
        let many = (SOCKETS + 10).to_string();
        let mut process = Command::new(env!("CARGO_BIN_EXE_forecourt"))
            .args(["serve", "--listen", "127.0.0.1:0"])
            .envs(databases::environment(&world.home.url))
            .env("FORECOURT_SUBSCRIPTIONS_CONNECTIONS_EACH", &many)
            .env("FORECOURT_SUBSCRIPTIONS_OPERATIONS_EACH", &many)
            .current_dir(world.home.folder.path())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut said = BufReader::new(process.stdout.take().expect("its output")).lines();
        let line = said.next().expect("a line").expect("text");
        let url = line.split_whitespace().find(|word| word.starts_with("http://")).expect("an address").to_owned();
        Self { process, url }
    }

    async fn token(&self, world: &World) -> String {
        let inventory = world.persona("inventory");
        let query = "mutation($input: SignInInput!) { answer: signIn(input: $input) { accessToken } }";
        let input = json!({"email": inventory.email, "password": inventory.password});
        let answer = self.ask(None, &json!({"query": query, "variables": {"input": input}})).await;
        answer["data"]["answer"]["accessToken"].as_str().unwrap_or_else(|| panic!("a token: {answer}")).to_owned()
    }

    /// Changes a unit.
    async fn change(&self, token: &str) {
        let query = "{ bikeUnits(first: 1, filter: {status: [AVAILABLE]}) { nodes { id } } }";
        let unit = self.ask(Some(token), &json!({"query": query})).await["data"]["bikeUnits"]["nodes"][0]["id"].take();
        let query = "mutation($unit: ID!) { markUnitDamaged(input: {unit: $unit}) { unit { status } } }";
        let answer = self.ask(Some(token), &json!({"query": query, "variables": {"unit": unit}})).await;
        assert_eq!(answer["data"]["markUnitDamaged"]["unit"]["status"], "DAMAGED", "{answer}");
    }

    async fn ask(&self, token: Option<&str>, body: &Value) -> Value {
        let request = reqwest::Client::new().post(&self.url).json(body);
        let request = token.into_iter().fold(request, |request, token| request.bearer_auth(token));
        request.send().await.expect("an answer").json().await.expect("JSON")
    }

    /// A socket whose subscription is under way.
    async fn listening(&self, token: &str) -> Socket {
        let mut socket = Socket::open(&self.url, &[PROTOCOL]).await.expect("it opens");
        let payload = json!({"authorization": format!("Bearer {token}")});
        socket.say(json!({"type": "connection_init", "payload": payload})).await;
        assert_eq!(socket.next().await, In::Text(json!({"type": "connection_ack"})));
        socket
            .subscribe("1", "subscription { stockChanged { unit { id status chassisNumber model { name } } } }")
            .await;
        socket
    }

    /// What the process takes, in kB.
    fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id())).expect("it runs");
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).expect("a line");
        line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).expect("a number")
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.process.kill().expect("it runs");
        self.process.wait().expect("it is gone");
    }
}
