//! One Chromium for all tests of this process, in which everybody has a context of their own.
//!
//! As with the tests' PostgreSQL, nothing relies on a destructor: a shell starts it and waits for its own standard input,
//! a pipe from the test process, to end.

use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use chromiumoxide::Browser as Driver;
use chromiumoxide::cdp::browser_protocol::browser::BrowserContextId;
use chromiumoxide::cdp::browser_protocol::target::{
    CreateBrowserContextParams, CreateTargetParams, DisposeBrowserContextParams,
};
use futures_util::StreamExt;
use tokio::runtime::Runtime;

use super::installed;

/// `$1` is the browser, `$2` its folder, the rest its settings.
const WATCHER: &str = r#"
    trap '' HUP INT TERM
    browser=$1 folder=$2; shift 2
    "$browser" "--user-data-dir=$folder" "$@" > "$folder/log" 2>&1 &
    read closed
    kill $!
    wait $!
    rm -rf "$folder"
"#;

/// It shows pages of ours alone, so it needs no sandbox, which neither root nor most containers give it.
const SETTINGS: [&str; 17] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
    "--lang=en-GB",
    "--no-first-run",
    "--remote-debugging-port=0",
];

/// How long a slow machine may take to start it.
const PATIENCE: Duration = Duration::from_secs(60);

/// A browser that runs.
pub(super) struct Browser {
    driver: Driver,
    /// Drives it, whichever test waits.
    runtime: Runtime,
    /// Its standard input is held open and never written: the browser lives as long as that does.
    _watcher: Child,
}

impl Browser {
    /// The one of this process; nothing on a machine without one.
    ///
    /// # Panics
    /// When it does not start.
    pub(super) fn shared() -> Option<&'static Self> {
        static BROWSER: OnceLock<Browser> = OnceLock::new();
        let program = installed::program()?;
        // On a thread without a runtime: the tests' own must not be blocked by another.
        let start = || std::thread::spawn(|| Self::start(program)).join().expect("the browser starts");
        Some(BROWSER.get_or_init(start))
    }

    fn start(program: &Path) -> Self {
        let folder = tempfile::Builder::new().prefix("forecourt-chromium-").tempdir().expect("a folder").keep();
        let watcher = Command::new("sh")
            .args(["-c", WATCHER, "watcher"])
            .args([program, &folder])
            .args(SETTINGS)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .expect("a shell");
        let address = address(&folder);
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
        let runtime = runtime.expect("a runtime");
        let (driver, mut handler) = runtime.block_on(Driver::connect(address)).expect("the browser answers");
        runtime.spawn(async move { while handler.next().await.is_some() {} });
        Self { driver, runtime, _watcher: watcher }
    }

    /// A context: its pages share cookies with each other and nobody else.
    pub(super) async fn context(&self) -> BrowserContextId {
        self.driver.create_browser_context(CreateBrowserContextParams::default()).await.expect("a context")
    }

    /// Forgets a context, later.
    pub(super) fn forget(&'static self, context: BrowserContextId) {
        self.runtime.spawn(async move { self.driver.execute(DisposeBrowserContextParams::new(context)).await });
    }

    /// An empty page in a window of its own.
    pub(super) async fn page(&self, context: &BrowserContextId) -> chromiumoxide::Page {
        let blank = CreateTargetParams::builder().url("about:blank").browser_context_id(context.clone());
        let blank = blank.new_window(true).build().expect("an address");
        self.driver.new_page(blank).await.expect("a page")
    }

    /// Lets something go on beside the tests.
    pub(super) fn spawn(&self, work: impl Future<Output = ()> + Send + 'static) {
        self.runtime.spawn(work);
    }
}

/// Where it is told what to do: it writes that into its folder.
fn address(folder: &Path) -> String {
    let started = Instant::now();
    while started.elapsed() < PATIENCE {
        let written = std::fs::read_to_string(folder.join("DevToolsActivePort")).unwrap_or_default();
        match written.split_once('\n') {
            Some((port, path)) if !path.is_empty() => return format!("ws://127.0.0.1:{port}{path}"),
            _ => std::thread::sleep(Duration::from_millis(10)),
        }
    }
    let log = std::fs::read_to_string(folder.join("log")).unwrap_or_default();
    panic!("the browser is not ready after {PATIENCE:?}:\n{log}")
}
