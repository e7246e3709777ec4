//! Nothing secret in logs, at any level, nor in what a collector is sent: a server logs and sends all it can while people use
//! every secret there is, and all of it is searched for each of them.

use chrono::{TimeDelta, Utc};
use entity::kind::MailKind;
use forecourt::auth;
use forecourt::post;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use crate::support::collector::Collector;
use crate::support::process::Process;
use crate::support::socket::{PROTOCOL, Socket};
use crate::support::{Home, both};

const PASSWORD: &str = "quince orchard 77 lamp";
const NEXT: &str = "walnut harbour 31 brush";
const EMAIL: &str = "first.person@example.com";

/// A server that logs everything, and what it was told and has told that nobody else may know.
struct Server {
    process: Process,
    url: String,
    client: reqwest::Client,
    secrets: Vec<String>,
    /// The trace of what it answered last.
    trace: String,
}

both!(nothing_secret_is_logged_at_any_level, async |home: Home| {
    let log = home.folder.path().join("server.log");
    for format in ["text", "json"] {
        let collector = Collector::start().await;
        let mut server = Server::start(&home, &log, format, &collector);
        match format {
            "text" => begin(&mut server).await,
            _ => go_on(&mut server, &home).await,
        }
        collector.trace(&server.trace).await;
        let secrets = server.stop();
        let logged = std::fs::read_to_string(&log).expect("a log");
        assert!(logged.contains("DEBUG") && logged.contains("forecourt"), "everything is logged: {logged:.400}");
        let sent = std::mem::take(&mut collector.taken().bytes);
        assert!(secrets.len() >= 10, "{}", secrets.len());
        for (n, secret) in secrets.iter().enumerate() {
            assert!(secret.len() >= 6, "secret {n} is found by chance");
            assert!(!logged.contains(secret), "secret {n} of {} is in the {format} log", secrets.len());
            let is_sent = sent.windows(secret.len()).any(|bytes| bytes == secret.as_bytes());
            assert!(!is_sent, "secret {n} of {} is sent to a collector", secrets.len());
        }
    }
});

/// The first administrator sets up, enrols an app, opens a dealership and invites.
async fn begin(server: &mut Server) {
    let token = server.line();
    let token = server.secret(token.rsplit(' ').next().expect("a token"));
    let set_up = json!({"token": token, "email": EMAIL, "name": "Firstname Lastname", "password": PASSWORD});
    server.secrets.extend([PASSWORD, EMAIL, "Firstname Lastname"].map(str::to_owned));
    server.ask(None, "mutation($input: SetUpInput!) { setUp(input: $input) }", set_up).await;
    let wrong = server.secret("a wrong password of somebody");
    server.sign_in(&wrong, None).await;
    let session = server.sign_in(PASSWORD, None).await;
    let token = server.told(&session["accessToken"]);
    server.told(&session["refreshToken"]);

    let enrolment =
        server.ask(Some(&token), "mutation { answer: startSecondFactor { secret uri } }", Value::Null).await;
    let secret = server.told(&enrolment["secret"]);
    let code = server.secret(&auth::one_time_code(&secret, Utc::now()).expect("a code"));
    let confirm = "mutation($input: ConfirmSecondFactorInput!) { answer: confirmSecondFactor(input: $input) {
        session { accessToken } recoveryCodes } }";
    let confirmed = server.ask(Some(&token), confirm, json!({"code": code})).await;
    let token = server.told(&confirmed["session"]["accessToken"]);
    let codes: Vec<_> = confirmed["recoveryCodes"].as_array().expect("codes").clone();
    codes.iter().for_each(|code| drop(server.told(code)));
    let session = server.sign_in(PASSWORD, codes[0].as_str()).await;
    let refresh = server.told(&session["refreshToken"]);
    let query =
        "mutation($input: RefreshSessionInput!) { answer: refreshSession(input: $input) { accessToken refreshToken } }";
    let next = server.ask(None, query, json!({"refreshToken": refresh})).await;
    server.told(&next["refreshToken"]);
    server.ask(Some("nonsense.of.somebody"), "{ viewer { name } }", Value::Null).await;

    let open = json!({"idempotencyKey": "key-open-1", "code": "colombo-ev", "name": "Colombo EV", "currency": "LKR", "timeZone": "Asia/Colombo",
        "branch": {"code": "BR01", "name": "Colombo"}, "admin": {"email": "dealer.person@example.com", "name": "Dealer Person"}});
    server.secrets.extend(["dealer.person@example.com", "Dealer Person"].map(str::to_owned));
    let query = "mutation($input: OpenDealershipInput!) { answer: openDealership(input: $input) { dealership { id } userErrors { message } } }";
    let opened = server.ask(Some(&token), query, open).await;
    assert!(opened["dealership"]["id"].is_string(), "{opened}");
    let forgot = json!({"email": EMAIL});
    server
        .ask(None, "mutation($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) }", forgot)
        .await;
}

/// The dealer chooses a password through the invitation, changes it, and enters a customer.
async fn go_on(server: &mut Server, home: &Home) {
    let letters = post::unsent(&home.app).await.expect("letters");
    let page =
        letters.iter().find(|letter| letter.kind == MailKind::Invitation).and_then(|letter| letter.link.as_ref());
    let page = page.expect("an invitation").expose_secret().to_owned();
    let token = server.secret(page.split_once("#token=").expect("a secret").1);
    let chosen = json!({"token": token, "password": server.secret(PASSWORD)});
    server
        .ask(None, "mutation($input: ChoosePasswordInput!) { choosePassword(input: $input) { deviceToken } }", chosen)
        .await;
    let input = json!({"email": "dealer.person@example.com", "password": PASSWORD, "keep": "COOKIE"});
    let query = "mutation($input: SignInInput!) { answer: signIn(input: $input) { accessToken } }";
    let token = server.ask(None, query, input).await;
    let token = server.told(&token["accessToken"]);
    let enrolment =
        server.ask(Some(&token), "mutation { answer: startSecondFactor { secret uri } }", Value::Null).await;
    let secret = server.told(&enrolment["secret"]);
    let code = server.secret(&auth::one_time_code(&secret, Utc::now()).expect("a code"));
    let confirm = "mutation($input: ConfirmSecondFactorInput!) { answer: confirmSecondFactor(input: $input) { session { accessToken } } }";
    let confirmed = server.ask(Some(&token), confirm, json!({"code": code})).await;
    let token = server.told(&confirmed["session"]["accessToken"]);
    let customer = json!({"idempotencyKey": "key-customer", "name": "Sunethra Customer", "nic": "199012345678", "phone": "0771234567",
        "address": "12 Temple Lane, Galle"});
    server.secrets.extend(["Sunethra Customer", "199012345678", "0771234567", "Temple Lane"].map(str::to_owned));
    let query = "mutation($input: CreateCustomerInput!) { answer: createCustomer(input: $input) { customer { name nic } userErrors { message } } }";
    server.ask(Some(&token), query, customer).await;
    let by_nic = r#"{ answer: customersByNic(nic: "199012345678") { id } }"#;
    server.ask(Some(&token), by_nic, Value::Null).await;
    let mut socket = Socket::open(&server.url, &[PROTOCOL]).await.expect("it opens");
    let payload = json!({"authorization": format!("Bearer {token}")});
    socket.say(json!({"type": "connection_init", "payload": payload})).await;
    assert_eq!(socket.text().await["type"], "connection_ack");
    socket.subscribe("1", by_nic).await;
    assert_eq!(socket.text().await["type"], "next");
    let company = json!({"idempotencyKey": "key-company", "name": "Lanka Leasing"});
    let query = "mutation($input: CreateFinanceCompanyInput!) { answer: createFinanceCompany(input: $input) { financeCompany { id } } }";
    let company = server.ask(Some(&token), query, company).await["financeCompany"]["id"].take();
    let key = json!({"idempotencyKey": "key-of-key", "financeCompany": company, "name": "Portal", "scopes": ["BILL_STATUS_READ"],
        "expiresAt": Utc::now() + TimeDelta::days(30)});
    let query = "mutation($input: CreatePartnerKeyInput!) { answer: createPartnerKey(input: $input) { secret } }";
    let key = server.ask(Some(&token), query, key).await;
    let key = server.told(&key["secret"]);
    let asked = server.client.get(server.url.replace("/graphql", "/partner/v1/key")).bearer_auth(&key).send().await;
    assert!(asked.expect("an answer").status().is_success());
    let change = json!({"present": PASSWORD, "new": server.secret(NEXT)});
    server.ask(Some(&token), "mutation($input: ChangePasswordInput!) { changePassword(input: $input) }", change).await;
    server.secrets.extend(["dealer.person@example.com", "first.person@example.com"].map(str::to_owned));
}

impl Server {
    fn start(home: &Home, log: &std::path::Path, format: &str, collector: &Collector) -> Self {
        let log = std::fs::File::create(log).expect("a file");
        let process = Process::with(home, |command| {
            command.envs([("FORECOURT_LOG_FILTER", "trace"), ("FORECOURT_LOG_FORMAT", format)]);
            command.envs(collector.settings()).stderr(log);
        });
        let (url, client) = (process.url.clone(), reqwest::Client::new());
        Self { url, process, client, secrets: Vec::new(), trace: String::new() }
    }

    /// The next line it says to whoever started it.
    fn line(&mut self) -> String {
        self.process.line()
    }

    /// Remembers a secret.
    fn secret(&mut self, secret: &str) -> String {
        self.secrets.push(secret.to_owned());
        secret.to_owned()
    }

    /// Remembers a secret that was told.
    fn told(&mut self, secret: &Value) -> String {
        self.secret(secret.as_str().expect("it is told"))
    }

    async fn sign_in(&mut self, password: &str, code: Option<&str>) -> Value {
        let query = "mutation($input: SignInInput!) { answer: signIn(input: $input) { accessToken refreshToken } }";
        self.ask(None, query, json!({"email": EMAIL, "password": password, "code": code})).await
    }

    async fn ask(&mut self, token: Option<&str>, query: &str, input: Value) -> Value {
        let request = self.client.post(&self.url).json(&json!({"query": query, "variables": {"input": input}}));
        let request = token.into_iter().fold(request, |request, token| request.bearer_auth(token));
        let answer = request.send().await.expect("an answer");
        self.trace = answer.headers()["traceparent"].to_str().expect("text")[3..35].to_owned();
        let answer: Value = answer.json().await.expect("JSON");
        answer["data"]["answer"].clone()
    }

    fn stop(mut self) -> Vec<String> {
        std::mem::take(&mut self.secrets)
    }
}
