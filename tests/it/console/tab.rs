//! A page of the console as somebody has it before them. Every verb waits for what it needs, so long and no longer.

use std::path::Path;
use std::time::{Duration, Instant};

use chromiumoxide::Page;
use chromiumoxide::cdp::browser_protocol::accessibility::QueryAxTreeParams;
use chromiumoxide::cdp::browser_protocol::dom::ResolveNodeParams;
use chromiumoxide::cdp::browser_protocol::emulation::{
    MediaFeature, SetDeviceMetricsOverrideParams, SetEmulatedMediaParams, SetFocusEmulationEnabledParams,
};
use chromiumoxide::cdp::browser_protocol::input::{
    DispatchKeyEventParams, DispatchMouseEventParams, DispatchMouseEventType, MouseButton,
};
use chromiumoxide::cdp::browser_protocol::page::{
    AddScriptToEvaluateOnNewDocumentParams, CaptureScreenshotFormat, CaptureScreenshotParams, NavigateParams,
};
use chromiumoxide::cdp::js_protocol::runtime::{CallArgument, CallFunctionOnParams, EvaluateParams, RemoteObjectId};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::browser::Browser;
use super::heard::{Asked, Heard, path_of};
use super::keys;

/// How long a slow machine may take to show what is waited for.
const PATIENCE: Duration = Duration::from_secs(20);

/// Notes what cannot be seen afterwards: what moved, what the policy refused, when the page was whole.
const WATCH: &str = r"
    window.watched = { moved: 0, movers: [], refused: [], whole: 0 };
    new PerformanceObserver((list) => list.getEntries().forEach((one) => {
      if (one.hadRecentInput) return;
      watched.moved += one.value;
      watched.movers.push(...one.sources.map(({ node, previousRect: from, currentRect: to }) =>
        `${node?.nodeName}.${node?.className ?? node?.textContent} from ${from.x},${from.y} ${from.width}x${from.height} to ${to.x},${to.y} ${to.width}x${to.height}`));
    }))
      .observe({ type: 'layout-shift', buffered: true });
    addEventListener('securitypolicyviolation', (event) => watched.refused.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));
    window.isWhole = () => Boolean(document.querySelector('h1')) && !document.querySelector('.skeleton, [aria-busy=true]');
    new MutationObserver(() => { watched.whole = isWhole() ? watched.whole || performance.now() : 0; })
      .observe(document, { childList: true, subtree: true, attributes: true });
";

/// A page.
pub(super) struct Tab {
    page: Page,
    heard: Heard,
    /// Where the console is, e.g. `http://127.0.0.1:4000`.
    origin: String,
    forgiven: Vec<String>,
    is_done: bool,
}

#[derive(Deserialize)]
struct Spot {
    x: f64,
    y: f64,
}

impl Tab {
    pub(super) async fn of(browser: &Browser, page: Page, origin: &str) -> Self {
        let heard = Heard::listen(browser, &page).await;
        page.execute(AddScriptToEvaluateOnNewDocumentParams::new(WATCH)).await.expect("a script of our own");
        // Several pages are in front of somebody at once.
        page.execute(SetFocusEmulationEnabledParams::new(true)).await.expect("it has the focus");
        let tab = Self { page, heard, origin: origin.to_owned(), forgiven: Vec::new(), is_done: false };
        tab.size(1440, 900).await;
        tab
    }

    /// Loads an address of the console, e.g. `/at/all/all/bills`.
    pub(super) async fn open(&self, path: &str) {
        let params = NavigateParams::new(format!("{}{path}", self.origin));
        let loaded = self.page.execute(params).await.expect("it goes there");
        assert_eq!(loaded.result.error_text, None, "{path}");
        self.until("the page is loaded", "document.readyState === 'complete' && 'watched' in window").await;
    }

    /// Goes to an address as the button "back" does: nothing is loaded.
    pub(super) async fn go(&self, path: &str) {
        let path = Value::from(path);
        let go = format!("history.pushState(null, '', {path}); dispatchEvent(new PopStateEvent('popstate')); true");
        self.evaluate::<bool>(&go).await;
    }

    /// What an expression of JavaScript is, or what it promises.
    pub(super) async fn evaluate<T: DeserializeOwned>(&self, expression: &str) -> T {
        match self.try_evaluate(expression).await {
            Ok(value) => serde_json::from_value(value).unwrap_or_else(|error| panic!("{expression}: {error}")),
            Err(fault) => panic!("{expression}: {fault}"),
        }
    }

    async fn try_evaluate(&self, expression: &str) -> Result<Value, String> {
        let params = EvaluateParams::builder().expression(expression).await_promise(true).return_by_value(true);
        let params = params.build().expect("an expression");
        let answer = self.page.execute(params).await.map_err(|error| error.to_string())?.result;
        match answer.exception_details {
            Some(details) => Err(format!("{details:?}")),
            None => Ok(answer.result.value.unwrap_or_default()),
        }
    }

    /// Waits until an expression is true.
    ///
    /// # Panics
    /// When it never is; tells what is on screen instead.
    pub(super) async fn until(&self, what: &str, condition: &str) {
        let since = Instant::now();
        let expression = format!("Boolean({condition})");
        while since.elapsed() < PATIENCE {
            // On the way from one page to another there is nobody to ask.
            if self.try_evaluate(&expression).await == Ok(Value::Bool(true)) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(15)).await;
        }
        self.give_up(what).await;
    }

    /// Fails, and tells what is on screen.
    pub(super) async fn give_up(&self, what: &str) -> ! {
        let shown = self.try_evaluate("`${location.href}\n${(document.querySelector('dialog[open]') ?? document.querySelector('main') ?? document.body).innerText.slice(0, 2500)}`").await;
        let shown = shown.map_or_else(|fault| fault, |shown| shown.as_str().unwrap_or_default().to_owned());
        let asked = self.heard.asked();
        let told = |one: &Asked| match one.is_under_way() {
            true => format!("{} …", one.name),
            false => format!("{} {:?}", one.name, one.codes),
        };
        let asked: Vec<_> = asked.iter().rev().take(12).map(told).collect();
        let faults = self.heard.take_faults();
        panic!("{what}: not within {PATIENCE:?}\n{shown}\nasked last: {asked:?}\nheard: {faults:#?}");
    }

    /// Waits until a text is on screen.
    pub(super) async fn sees(&self, text: &str) {
        let condition = format!("document.body.innerText.includes({})", Value::from(text));
        self.until(&format!("{text:?} is on screen"), &condition).await;
    }

    /// Waits until there is an element.
    pub(super) async fn finds(&self, selector: &str) {
        let condition = format!("document.querySelector({})", Value::from(selector));
        self.until(&format!("there is {selector}"), &condition).await;
    }

    /// Waits until a row of the view's tables has all of these texts.
    pub(super) async fn has_row(&self, texts: &[&str]) {
        let all = Value::from(texts);
        let row = format!(
            "[...document.querySelectorAll('main tbody tr')].some((row) => {all}.every((text) => row.innerText.includes(text)))"
        );
        self.until(&format!("there is a row of {texts:?}"), &row).await;
    }

    /// Waits until the page says that what it shows is in this state.
    pub(super) async fn is_marked(&self, state: &str) {
        let state = Value::from(state);
        self.until(
            &format!("it is {state}"),
            &format!("document.querySelector('.page-head .mark')?.innerText === {state}"),
        )
        .await;
    }

    /// Waits until the address is this one.
    pub(super) async fn is_at(&self, path: &str) {
        let condition = format!("location.pathname === {}", Value::from(path));
        self.until(&format!("the address is {path}"), &condition).await;
    }

    /// Waits until the cursor is in an element.
    pub(super) async fn is_in(&self, selector: &str) {
        let condition = format!("document.activeElement?.matches({})", Value::from(selector));
        self.until(&format!("the cursor is in {selector}"), &condition).await;
    }

    /// Waits until the view is drawn with what it asked for, and nothing more is on its way.
    pub(super) async fn is_whole(&self) {
        self.until("the page is whole", "isWhole()").await;
        let since = Instant::now();
        while self.heard.asked().iter().any(Asked::is_under_way) {
            if since.elapsed() > PATIENCE {
                self.give_up("everything is answered").await;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        self.until("the page is whole", "isWhole()").await;
    }

    /// Clicks on what has this role and this name for those who hear the page.
    pub(super) async fn click(&self, role: &str, name: &str) {
        let since = Instant::now();
        while since.elapsed() < PATIENCE {
            if let Some(object) = self.named(role, name).await
                && self.click_on(object).await
            {
                return;
            }
            tokio::time::sleep(Duration::from_millis(15)).await;
        }
        self.give_up(&format!("there is a {role} {name:?}")).await;
    }

    /// Clicks on the first element that fits.
    pub(super) async fn click_first(&self, selector: &str) {
        let since = Instant::now();
        while since.elapsed() < PATIENCE {
            let object = self.first(selector).await;
            if self.click_on(object).await {
                return;
            }
            tokio::time::sleep(Duration::from_millis(15)).await;
        }
        self.give_up(&format!("{selector} can be clicked")).await;
    }

    /// Types into the field of this name, instead of what is in it.
    pub(super) async fn fill(&self, name: &str, text: &str) {
        self.click("textbox", name).await;
        self.press("Control+A").await;
        self.evaluate::<bool>("document.activeElement.select?.(), true").await;
        self.write(text).await;
    }

    /// Chooses what is called so in the list of this name.
    pub(super) async fn choose(&self, name: &str, option: &str) {
        let since = Instant::now();
        while since.elapsed() < PATIENCE {
            if let Some(object) = self.named("combobox", name).await
                && self.choose_of(object, option).await
            {
                return;
            }
            tokio::time::sleep(Duration::from_millis(15)).await;
        }
        self.give_up(&format!("{option:?} can be chosen as {name:?}")).await;
    }

    /// Chooses what is called so in the first list that fits.
    pub(super) async fn choose_in(&self, selector: &str, option: &str) {
        let object = self.first(selector).await;
        assert!(self.choose_of(object, option).await, "{option:?} is not in {selector}");
    }

    /// Pastes a text where the cursor is. The clipboard of the machine is left alone: all tests share it.
    pub(super) async fn paste(&self, text: &str) {
        let text = Value::from(text);
        let paste = format!(
            "(() => {{ const clipboardData = new DataTransfer(); clipboardData.setData('text/plain', {text});
                document.activeElement.dispatchEvent(new ClipboardEvent('paste', {{ clipboardData, bubbles: true, cancelable: true }}));
                return true; }})()"
        );
        self.evaluate::<bool>(&paste).await;
    }

    /// Signs out by the menu of one's account.
    pub(super) async fn sign_out(&self) {
        self.click_first("header.bar .menu > button").await;
        self.click("button", "Sign out").await;
        self.finds("input[name=password]").await;
    }

    /// Types a text, key by key.
    pub(super) async fn write(&self, text: &str) {
        for sign in text.chars() {
            self.send(keys::typed(sign)).await;
        }
    }

    /// Presses keys together, e.g. `Alt+K`.
    pub(super) async fn press(&self, keys: &str) {
        self.send(keys::pressed(keys)).await;
    }

    /// Everything that is written on screen.
    pub(super) async fn text(&self) -> String {
        self.evaluate("document.body.innerText").await
    }

    /// The texts of all elements that fit.
    pub(super) async fn texts(&self, selector: &str) -> Vec<String> {
        let selector = Value::from(selector);
        self.evaluate(&format!("[...document.querySelectorAll({selector})].map((one) => one.innerText.trim())")).await
    }

    /// The address, from the host on.
    pub(super) async fn path(&self) -> String {
        path_of(&self.evaluate::<String>("location.href").await)
    }

    /// Gives the page a size.
    pub(super) async fn size(&self, width: i64, height: i64) {
        let size = SetDeviceMetricsOverrideParams::new(width, height, 1.0, false);
        self.page.execute(size).await.expect("a size");
    }

    /// Has the device prefer dark or light.
    pub(super) async fn prefer(&self, scheme: &str) {
        let feature = MediaFeature::new("prefers-color-scheme", scheme);
        let media = SetEmulatedMediaParams::builder().feature(feature).build();
        self.page.execute(media).await.expect("a theme");
        self.until("it is painted so", &format!("matchMedia('(prefers-color-scheme: {scheme})').matches")).await;
    }

    /// Keeps a picture of what is on screen.
    pub(super) async fn photograph(&self, file: &Path) {
        let params = CaptureScreenshotParams::builder().format(CaptureScreenshotFormat::Png).build();
        let picture = self.page.execute(params).await.expect("a picture").result.data;
        let bytes = base64::Engine::decode(&base64::prelude::BASE64_STANDARD, &picture).expect("base64");
        std::fs::write(file, bytes).expect("a file");
    }

    /// Operations so far, the oldest first.
    pub(super) fn asked(&self) -> Vec<Asked> {
        self.heard.asked()
    }

    /// The name of the operation that a request is of, once it is heard.
    pub(super) async fn asked_as(&self, request: &str) -> String {
        let since = Instant::now();
        while since.elapsed() < PATIENCE {
            if let Some(asked) = self.heard.asked().into_iter().find(|asked| asked.id == request) {
                return asked.name;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        self.give_up("a request is heard").await
    }

    /// Bytes that came, packed as they were, and of how many requests.
    pub(super) fn weight(&self) -> (u64, u32) {
        self.heard.weight()
    }

    /// What the driver has no verb for.
    pub(super) fn page(&self) -> &Page {
        &self.page
    }

    /// Complaints with this in them are part of the test.
    pub(super) fn forgive(&mut self, part: &str) {
        self.forgiven.push(part.to_owned());
    }

    /// What it complained of so far; that is forgotten.
    pub(super) async fn complaints(&self) -> Vec<String> {
        for refused in self.evaluate::<Vec<String>>("(window.watched?.refused ?? []).splice(0)").await {
            self.heard.complain(format!("policy: {refused}"));
        }
        let marks = self.heard.marks();
        self.evaluate::<bool>("console.debug('mark'), true").await;
        let since = Instant::now();
        while self.heard.marks() == marks || self.heard.asked().iter().any(Asked::is_under_way) {
            assert!(since.elapsed() < PATIENCE, "the page is not heard, or not everything is answered");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        self.heard.take_faults()
    }

    /// Closes the page.
    ///
    /// # Panics
    /// When it ever complained of something that is not forgiven.
    pub(super) async fn done(mut self) {
        self.is_done = true;
        let faults = self.complaints().await;
        let faults: Vec<_> =
            faults.iter().filter(|fault| !self.forgiven.iter().any(|part| fault.contains(part))).collect();
        assert!(faults.is_empty(), "at {}: {faults:#?}", self.path().await);
        drop(self.page.clone().close().await);
    }

    async fn first(&self, selector: &str) -> RemoteObjectId {
        self.finds(selector).await;
        let expression = format!("document.querySelector({})", Value::from(selector));
        let params = EvaluateParams::builder().expression(expression).build().expect("an expression");
        self.page.execute(params).await.expect("an element").result.result.object_id.expect("an element")
    }

    /// Whether it could be chosen: browsers open a list in a window of their own, which cannot be driven.
    async fn choose_of(&self, list: RemoteObjectId, option: &str) -> bool {
        let choose = "function (option) {
            const found = [...this.options].find((one) => one.text.includes(option));
            if (!found || this.disabled || found.disabled) return false;
            this.focus();
            this.value = found.value;
            for (const kind of ['input', 'change']) this.dispatchEvent(new Event(kind, { bubbles: true }));
            return true;
        }";
        let call = CallFunctionOnParams::builder().function_declaration(choose).object_id(list);
        let call = call.argument(CallArgument::builder().value(option).build()).return_by_value(true);
        let answer = self.page.execute(call.build().expect("a function")).await.ok();
        answer.and_then(|answer| answer.result.result.value) == Some(Value::Bool(true))
    }

    async fn named(&self, role: &str, name: &str) -> Option<RemoteObjectId> {
        // Where something is to be settled first, nothing else can be reached.
        let root = "[...document.querySelectorAll('dialog[open]')].at(-1) ?? document";
        let root = EvaluateParams::builder().expression(root).build().expect("an expression");
        let root = self.page.execute(root).await.ok()?.result.result.object_id?;
        let query = QueryAxTreeParams::builder().object_id(root).role(role).accessible_name(name).build();
        let nodes = self.page.execute(query).await.ok()?.result.nodes;
        let node = nodes.into_iter().find(|node| !node.ignored)?.backend_dom_node_id?;
        let element = ResolveNodeParams::builder().backend_node_id(node).build();
        self.page.execute(element).await.ok()?.result.object.object_id
    }

    /// Whether it could be clicked: it is there, it stays where it is, and nothing lies over it. What was just chosen may
    /// move it.
    async fn click_on(&self, object: RemoteObjectId) -> bool {
        let middle = "async function () {
            this.scrollIntoView({ block: 'center', behavior: 'instant' });
            const middle = ({ x, y, width, height }) => ({ x: x + width / 2, y: y + height / 2 });
            const before = middle(this.getBoundingClientRect());
            await new Promise((done) => setTimeout(done, 20));
            const spot = middle(this.getBoundingClientRect());
            if (spot.x !== before.x || spot.y !== before.y) return null;
            const top = document.elementFromPoint(spot.x, spot.y);
            return top && (this.contains(top) || top.contains(this)) ? spot : null;
        }";
        let call = CallFunctionOnParams::builder().function_declaration(middle).object_id(object);
        let call = call.return_by_value(true).await_promise(true).build().expect("a function");
        let Ok(answer) = self.page.execute(call).await else { return false };
        let value = answer.result.result.value.unwrap_or_default();
        let Ok(Spot { x, y }) = serde_json::from_value(value) else { return false };
        for kind in [
            DispatchMouseEventType::MouseMoved,
            DispatchMouseEventType::MousePressed,
            DispatchMouseEventType::MouseReleased,
        ] {
            let click = DispatchMouseEventParams::builder().r#type(kind).x(x).y(y).button(MouseButton::Left);
            let click = click.click_count(1).build().expect("a whole event");
            self.page.execute(click).await.expect("a click");
        }
        true
    }

    async fn send(&self, events: [DispatchKeyEventParams; 2]) {
        for event in events {
            self.page.execute(event).await.expect("a key");
        }
    }
}

impl Drop for Tab {
    fn drop(&mut self) {
        assert!(self.is_done || std::thread::panicking(), "end tests with `tab.done().await`: it tells of complaints");
    }
}
