//! The admin console: its files, and the documents by which it asks. They are in the binary; a build for development reads
//! them from `console/`, so that what is changed there is seen at the next look.

use std::borrow::Cow;
use std::sync::LazyLock;

use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

use crate::crypto::hex;

#[derive(RustEmbed)]
#[folder = "console/"]
#[exclude = "*.d.ts"]
#[exclude = "*.md"]
#[exclude = "operations/*"]
#[exclude = "tsconfig.json"]
struct Files;

#[derive(RustEmbed)]
#[folder = "console/operations/"]
#[include = "*.graphql"]
struct Operations;

/// A document by which the console asks; trusted wherever this release runs.
#[derive(Clone, Debug)]
pub struct Document {
    /// The name of its one operation.
    pub name: String,
    /// SHA-256 of its text.
    pub digest: [u8; 32],
    /// The document.
    pub text: String,
}

/// The console's documents.
static DOCUMENTS: LazyLock<Vec<Document>> = LazyLock::new(read_documents);

/// The page of a release.
static PAGE: LazyLock<String> = LazyLock::new(make_page);

/// Names everything the console is made of: another release has another one.
static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut digest = Sha256::new();
    for name in Files::iter() {
        digest.update(name.as_bytes());
        digest.update(Files::get(&name).map_or_else(Vec::new, |file| file.data.into_owned()));
    }
    documents().iter().for_each(|document| digest.update(document.digest));
    hex(&digest.finalize()).chars().take(16).collect()
});

/// The part of addresses that changes whenever a file does.
pub fn version() -> &'static str {
    &VERSION
}

/// The page, which is the same at every address of the console.
pub fn page() -> Cow<'static, str> {
    match cfg!(debug_assertions) {
        true => Cow::Owned(make_page()),
        false => Cow::Borrowed(&PAGE),
    }
}

fn make_page() -> String {
    let page = Files::get("index.html").map(|file| file.data).unwrap_or_default();
    // All at once: a browser would find one after the other, each by reading the one before.
    let link = |name: &String| format!("    <link rel=\"modulepreload\" href=\"/console/%VERSION%/{name}\" />\n");
    let links: String = begun_with("main.js").iter().map(link).collect();
    String::from_utf8_lossy(&page).replace("    <!-- modules -->\n", &links).replace("%VERSION%", version())
}

/// A module and all that it imports before it runs.
fn begun_with(first: &str) -> Vec<String> {
    let mut modules = vec![first.to_owned()];
    let mut read = 0;
    while let Some(module) = modules.get(read) {
        for name in imported_by(module) {
            if !modules.contains(&name) {
                modules.push(name);
            }
        }
        read += 1;
    }
    modules
}

/// What a module names in its import statements; what it loads later is not among it.
fn imported_by(module: &str) -> Vec<String> {
    let Some((_, text)) = file(module) else { return Vec::new() };
    let named = |line: &str| {
        let (_, path) = line.trim_end().strip_suffix("';")?.rsplit_once("from '")?;
        beside(module, path)
    };
    String::from_utf8_lossy(&text).lines().filter_map(named).collect()
}

/// The file that a path like `../core/view.js` means in another.
fn beside(file: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = file.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// A file of the console, with its media type.
pub fn file(name: &str) -> Option<(&'static str, Cow<'static, [u8]>)> {
    let media_type = match name.rsplit_once('.')?.1 {
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "txt" => "text/plain; charset=utf-8",
        _ => return None,
    };
    if name == "operations.js" {
        return Some((media_type, Cow::Owned(manifest().into_bytes())));
    }
    Some((media_type, Files::get(name)?.data))
}

/// The documents by which the console asks.
pub fn documents() -> Cow<'static, [Document]> {
    match cfg!(debug_assertions) {
        true => Cow::Owned(read_documents()),
        false => Cow::Borrowed(&DOCUMENTS),
    }
}

/// The digests of the documents by their names, as a module: the console sends no text.
fn manifest() -> String {
    let line = |document: &Document| format!("  {}: '{}',\n", document.name, hex(&document.digest));
    format!("export default {{\n{}}};\n", documents().iter().map(line).collect::<String>())
}

fn read_documents() -> Vec<Document> {
    let document = |file: Cow<'static, str>| {
        let text = String::from_utf8(Operations::get(&file)?.data.into_owned()).ok()?;
        let name = file.strip_suffix(".graphql")?.to_owned();
        Some(Document { name, digest: Sha256::digest(&text).into(), text })
    };
    Operations::iter().filter_map(document).collect()
}
