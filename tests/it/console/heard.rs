//! What goes on in a page beside what it shows: what it asks, what it is answered, what it complains of.

use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use chromiumoxide::Page;
use chromiumoxide::cdp::browser_protocol::log::{EnableParams as EnableLog, EventEntryAdded, LogEntryLevel};
use chromiumoxide::cdp::browser_protocol::network::{
    EnableParams as EnableNetwork, EventLoadingFailed, EventLoadingFinished, EventRequestWillBeSent,
    EventResponseReceived, EventWebSocketFrameReceived, EventWebSocketFrameSent, GetResponseBodyParams, Request,
    RequestId, ResourceType,
};
use chromiumoxide::cdp::js_protocol::runtime::{
    ConsoleApiCalledType, EnableParams as EnableRuntime, EventConsoleApiCalled, EventExceptionThrown,
};
use forecourt::console;
use futures_util::StreamExt;
use serde_json::Value;

use super::browser::Browser;

/// An operation as it was sent.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    /// Of the request, in the protocol of the browser.
    pub(super) id: String,
    /// Of the operation.
    pub(super) name: String,
    /// The address of the page at that moment, from the host on.
    pub(super) path: String,
    /// Header `x-forecourt-dealership`.
    pub(super) dealership: Option<String>,
    /// Header `x-forecourt-branch`.
    pub(super) branch: Option<String>,
    pub(super) variables: Value,
    /// Of the errors in its answer.
    pub(super) codes: Vec<String>,
    /// What was sent as `authorization`.
    pub(super) credential: Option<String>,
    is_over: bool,
}

impl Asked {
    /// Whether it is neither answered nor given up.
    pub(super) fn is_under_way(&self) -> bool {
        !self.is_over
    }
}

/// Everything heard of a page.
#[derive(Clone, Default)]
pub(super) struct Heard(Arc<Mutex<Notes>>);

#[derive(Default)]
struct Notes {
    asked: Vec<Asked>,
    faults: Vec<String>,
    /// Of the page that is there, or on its way.
    loader: String,
    marks: u32,
    bytes: u64,
    files: u32,
}

impl Heard {
    /// Listens to a page from now on.
    pub(super) async fn listen(browser: &Browser, page: &Page) -> Self {
        let heard = Self::default();
        page.execute(EnableNetwork::default()).await.expect("its network is heard");
        page.execute(EnableLog::default()).await.expect("its log is heard");
        let (mut asked, mut answered, mut finished, mut failed, mut sent, mut told, mut logged, mut thrown, mut said) = (
            page.event_listener::<EventRequestWillBeSent>().await.expect("a listener"),
            page.event_listener::<EventResponseReceived>().await.expect("a listener"),
            page.event_listener::<EventLoadingFinished>().await.expect("a listener"),
            page.event_listener::<EventLoadingFailed>().await.expect("a listener"),
            page.event_listener::<EventWebSocketFrameSent>().await.expect("a listener"),
            page.event_listener::<EventWebSocketFrameReceived>().await.expect("a listener"),
            page.event_listener::<EventEntryAdded>().await.expect("a listener"),
            page.event_listener::<EventExceptionThrown>().await.expect("a listener"),
            page.event_listener::<EventConsoleApiCalled>().await.expect("a listener"),
        );
        page.execute(EnableRuntime::default()).await.expect("its console is heard");
        let (notes, page) = (heard.clone(), page.clone());
        browser.spawn(async move {
            loop {
                // In this order: a mark is taken when all that was heard before it has been.
                tokio::select! {
                    biased;
                    Some(event) = asked.next() => notes.note_request(&event),
                    Some(event) = answered.next() => notes.note_answer(&event),
                    Some(event) = finished.next() => {
                        notes.note_end(&event);
                        if notes.is_operation(&event.request_id) {
                            let (notes, page) = (notes.clone(), page.clone());
                            tokio::spawn(async move { notes.read(&page, &event.request_id).await });
                        }
                    }
                    Some(event) = failed.next() => notes.note_over(event.request_id.inner()),
                    Some(event) = sent.next() => notes.note_frame("sent", &event.response.payload_data),
                    Some(event) = told.next() => notes.note_frame("told", &event.response.payload_data),
                    Some(event) = logged.next() => notes.note_log(&event),
                    Some(event) = thrown.next() => notes.note_exception(&event),
                    Some(event) = said.next() => notes.note_saying(&event),
                    else => break,
                }
            }
        });
        heard
    }

    /// Operations so far, the oldest first.
    pub(super) fn asked(&self) -> Vec<Asked> {
        self.notes().asked.clone()
    }

    /// Complaints so far; they are forgotten.
    pub(super) fn take_faults(&self) -> Vec<String> {
        std::mem::take(&mut self.notes().faults)
    }

    /// Adds a complaint.
    pub(super) fn complain(&self, fault: String) {
        self.notes().faults.push(fault);
    }

    /// How many marks the page has set.
    pub(super) fn marks(&self) -> u32 {
        self.notes().marks
    }

    /// Bytes that came over the network, packed as they were, and of how many requests.
    pub(super) fn weight(&self) -> (u64, u32) {
        let notes = self.notes();
        (notes.bytes, notes.files)
    }

    fn notes(&self) -> MutexGuard<'_, Notes> {
        self.0.lock().expect("no holder panics")
    }

    fn note_request(&self, event: &EventRequestWillBeSent) {
        let request = &event.request;
        if event.r#type == Some(ResourceType::Document) {
            // What the page before it asked is answered to nobody.
            let mut notes = self.notes();
            notes.asked.iter_mut().for_each(|asked| asked.is_over = true);
            notes.loader.clone_from(event.loader_id.inner());
        }
        if !(request.url.ends_with("/graphql") && request.method == "POST") {
            return;
        }
        let header = |name: &str| {
            let headers = request.headers.inner().as_object()?;
            let (_, value) = headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name))?;
            value.as_str().map(str::to_owned)
        };
        let body = body_of(request);
        let mut notes = self.notes();
        // A page that is being left may ask still.
        let is_over = notes.loader != *event.loader_id.inner();
        notes.asked.push(Asked {
            id: event.request_id.inner().clone(),
            name: name_of(&body),
            path: path_of(&event.document_url),
            dealership: header("x-forecourt-dealership"),
            branch: header("x-forecourt-branch"),
            variables: body["variables"].clone(),
            codes: Vec::new(),
            credential: header("authorization"),
            is_over,
        });
    }

    fn note_answer(&self, event: &EventResponseReceived) {
        let response = &event.response;
        // What GraphQL answers is noted by what is wrong in it.
        if response.status >= 400 && !response.url.ends_with("/graphql") {
            self.complain(format!("{} was answered with {}", response.url, response.status));
        }
    }

    fn note_end(&self, event: &EventLoadingFinished) {
        let mut notes = self.notes();
        // Whole bytes, though the protocol's numbers are all floats.
        notes.bytes += event.encoded_data_length as u64;
        notes.files += 1;
    }

    /// Notes what is wrong in the answer to an operation.
    async fn read(&self, page: &Page, id: &RequestId) {
        // A page that is left takes its answers with it.
        let body = page.execute(GetResponseBodyParams::new(id.clone()));
        let body = match tokio::time::timeout(Duration::from_secs(5), body)
            .await
            .map_err(drop)
            .and_then(|body| body.map_err(drop))
        {
            Ok(body) => serde_json::from_str(&body.result.body).unwrap_or(Value::Null),
            Err(_) => Value::Null,
        };
        let code = |error: &Value| error["extensions"]["code"].as_str().unwrap_or("no code").to_owned();
        let codes: Vec<_> = body["errors"].as_array().into_iter().flatten().map(code).collect();
        let mut notes = self.notes();
        let Some(asked) = notes.asked.iter_mut().find(|asked| asked.id == *id.inner()) else { return };
        asked.is_over = true;
        asked.codes.clone_from(&codes);
        let name = asked.name.clone();
        // Whether somebody is signed in is asked so.
        let told = codes.iter().filter(|code| !(name == "RefreshSession" && *code == "UNAUTHENTICATED"));
        let told: Vec<_> = told.map(|code| format!("{name}: {code}")).collect();
        notes.faults.extend(told);
    }

    fn is_operation(&self, id: &RequestId) -> bool {
        self.notes().asked.iter().any(|asked| asked.id == *id.inner())
    }

    fn note_over(&self, id: &str) {
        let mut notes = self.notes();
        notes.asked.iter_mut().filter(|asked| asked.id == id).for_each(|asked| asked.is_over = true);
    }

    fn note_frame(&self, way: &str, payload: &str) {
        let message: Value = serde_json::from_str(payload).unwrap_or_default();
        if message["type"] == "error" {
            self.complain(format!("socket, {way}: {payload}"));
        }
    }

    fn note_log(&self, event: &EventEntryAdded) {
        let entry = &event.entry;
        // Answers are noted by themselves.
        let is_answer = entry.text.starts_with("Failed to load resource: the server responded");
        if entry.level == LogEntryLevel::Error && !is_answer {
            self.complain(format!("log: {} {}", entry.text, entry.url.as_deref().unwrap_or_default()));
        }
    }

    fn note_exception(&self, event: &EventExceptionThrown) {
        let details = &event.exception_details;
        let thrown = details.exception.as_ref().and_then(|thrown| thrown.description.as_deref());
        self.complain(format!("page: {}", thrown.unwrap_or(&details.text)));
    }

    fn note_saying(&self, event: &EventConsoleApiCalled) {
        let words = event.args.iter().map(|word| match (&word.description, &word.value) {
            (Some(text), _) => text.clone(),
            (None, value) => value.as_ref().map(ToString::to_string).unwrap_or_default(),
        });
        let words = words.collect::<Vec<_>>().join(" ");
        match event.r#type {
            ConsoleApiCalledType::Debug if words == "\"mark\"" => self.notes().marks += 1,
            ConsoleApiCalledType::Error | ConsoleApiCalledType::Warning | ConsoleApiCalledType::Assert => {
                self.complain(format!("console: {words}"));
            }
            _ => {}
        }
    }
}

/// What a request asks, as JSON.
fn body_of(request: &Request) -> Value {
    let parts = request.post_data_entries.iter().flatten().filter_map(|entry| entry.bytes.as_ref());
    let bytes: Vec<u8> =
        parts.flat_map(|part| BASE64_STANDARD.decode::<&[u8]>(part.as_ref()).unwrap_or_default()).collect();
    serde_json::from_slice(&bytes).unwrap_or_default()
}

/// Which of the console's documents it is.
fn name_of(body: &Value) -> String {
    let hash = body["extensions"]["persistedQuery"]["sha256Hash"].as_str().unwrap_or_default();
    let hex = |digest: &[u8]| digest.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let documents = console::documents();
    let known = documents.iter().find(|document| hex(&document.digest) == hash);
    known.map_or_else(|| format!("unknown document {hash}"), |document| document.name.clone())
}

/// What stands behind the host.
pub(super) fn path_of(url: &str) -> String {
    let (_, rest) = url.split_once("://").unwrap_or(("", url));
    rest.find('/').map_or("/", |at| &rest[at..]).to_owned()
}
