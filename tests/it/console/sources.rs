//! The console's sources hold together: documents, texts and libraries. No browser is needed.

use std::collections::BTreeSet;
use std::path::Path;

use forecourt::config::Config;
use forecourt::{console, graphql};
use sha2::{Digest, Sha256};

/// What asks for a document by its name.
const ASKING: [&str; 9] =
    ["ask(", "change(", "post(", "send(", "useQuery(", "usePages(", "useLive(", "useAct(", "operations."];

#[tokio::test]
async fn every_document_fits_the_schema_and_is_cheap() {
    let limits = Config::load(None, &[]).expect("the defaults are valid").graphql;
    let schema = graphql::schema(&limits);
    let mut faults = Vec::new();
    for document in console::documents().iter() {
        match schema.examine(&document.text).await {
            Ok(examined) => match &examined.operations[..] {
                [(name, cost)] => {
                    if *name != document.name {
                        faults.push(format!("{}.graphql holds {name}: call the file so", document.name));
                    }
                    // Of two alternatives one is asked for; what is really asked is charged in the other tests.
                    let are_alternatives = document.text.matches("@include(if: $is").count() > 1;
                    if *cost > limits.max_cost && !are_alternatives {
                        faults.push(format!("{name} costs {cost} points of {}: ask for less", limits.max_cost));
                    }
                }
                several => faults.push(format!("{}.graphql holds {several:?}: one operation a file", document.name)),
            },
            Err(errors) => faults.extend(errors.iter().map(|error| format!("{}.graphql:{error}", document.name))),
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn documents_and_who_asks_them_are_of_one_mind() {
    let known: BTreeSet<String> = console::documents().iter().map(|document| document.name.clone()).collect();
    assert!(known.len() > 50, "{known:?}");
    let modules = modules();
    let mut faults = Vec::new();
    for (path, code) in &modules {
        for call in ASKING {
            let asked = quoted_after(code, call).into_iter().filter(|name| name.starts_with(char::is_uppercase));
            faults.extend(
                asked
                    .filter(|name| !known.contains(name))
                    .map(|name| format!("{path} asks for {name}: there is no operations/{name}.graphql")),
            );
        }
    }
    let is_used = |name: &String| modules.iter().any(|(_, code)| mentions(code, name));
    faults.extend(
        known
            .iter()
            .filter(|name| !is_used(name))
            .map(|name| format!("nobody asks for {name}: remove operations/{name}.graphql")),
    );
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_text_that_is_shown_is_written() {
    let modules = modules();
    let written = |language: &str| -> BTreeSet<String> {
        let files = modules.iter().filter(|(path, _)| path.starts_with(&format!("text/{language}")));
        files.flat_map(|(_, code)| code.lines().filter_map(key)).collect()
    };
    let english = written("en");
    assert!(english.len() > 100, "{english:?}");
    let mut faults = Vec::new();
    for (path, code) in modules.iter().filter(|(path, _)| !path.starts_with("text/")) {
        let missing = quoted_after(code, "t(").into_iter().filter(|key| !english.contains(key));
        faults.extend(missing.map(|key| format!("{path} shows `{key}`: write it in text/en*.js")));
        // Of keys that are put together, some must begin so.
        let begun = begun_after(code, "t(");
        let missing = begun.into_iter().filter(|start| !english.iter().any(|key| key.starts_with(start)));
        faults.extend(
            missing.map(|start| format!("{path} shows texts that begin with `{start}`: write them in text/en*.js")),
        );
    }
    for language in ["si", "ta"] {
        let strange = written(language).into_iter().filter(|key| !english.contains(key));
        faults.extend(strange.map(|key| format!("text/{language}.js has `{key}`, which English has not")));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_page_names_what_it_begins_with_and_no_more() {
    let page = console::page();
    let named: Vec<_> = page
        .lines()
        .filter(|line| line.contains("rel=\"modulepreload\""))
        .filter_map(|line| line.split_once(console::version())?.1.split_once('"'))
        .map(|(name, _)| name.trim_start_matches('/'))
        .collect();
    assert!(named.iter().all(|name| console::file(name).is_some()), "{named:?}");
    for name in ["main.js", "core/api.js", "operations.js", "view/views.js", "vendor/preact.js"] {
        assert!(named.contains(&name), "{name} is asked for late: {named:?}");
    }
    assert!(!named.iter().any(|name| name.starts_with("view/figures/")), "views come when they are gone to: {named:?}");
}

#[test]
fn libraries_are_what_they_are_said_to_be() {
    for folder in ["console/vendor", "tests/it/console/axe"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let told = std::fs::read_to_string(folder.join("README.md")).expect("it is there");
        let mut listed = BTreeSet::new();
        for row in told
            .lines()
            .filter(|line| line.starts_with("| ") && !line.starts_with("| File") && !line.starts_with("| ---"))
        {
            let cells: Vec<_> = row.trim_matches('|').split('|').map(str::trim).collect();
            let [file, from, licence, sum] = cells[..] else { panic!("{row}") };
            let bytes = std::fs::read(folder.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
            let digest: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(digest, sum, "{file} is not what came from {from}");
            let text = licence.split(", ").nth(1).expect("a licence and its file");
            assert!(folder.join(text).is_file(), "{file}: {text} is not there");
            listed.insert(file.to_owned());
        }
        let files = std::fs::read_dir(&folder).expect("a folder").flatten();
        let names = files.filter_map(|file| file.file_name().into_string().ok());
        let libraries: BTreeSet<_> = names.filter(|name| name.ends_with(".js") || name.ends_with(".css")).collect();
        assert_eq!(listed, libraries, "{}", folder.display());
    }
}

/// Path within the console, and text, of every module that is ours.
fn modules() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("console");
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path()) {
            let name = path.strip_prefix(&root).expect("it is within").to_str().expect("a plain name").to_owned();
            match path.is_dir() {
                true if name != "vendor" => folders.push(path),
                false if name.ends_with(".js") => found.push((name, std::fs::read_to_string(&path).expect("a text"))),
                _ => {}
            }
        }
    }
    found
}

/// What stands in quotes behind a call, wherever it is.
fn quoted_after(code: &str, call: &str) -> Vec<String> {
    arguments(code, call).filter_map(|rest| Some(rest.strip_prefix('\'')?.split_once('\'')?.0.to_owned())).collect()
}

/// How texts begin that are put together behind a call.
fn begun_after(code: &str, call: &str) -> Vec<String> {
    let begun = arguments(code, call).filter_map(|rest| Some(rest.strip_prefix('`')?.split_once("${")?.0.to_owned()));
    begun.filter(|start| !start.is_empty() && !start.contains('`')).collect()
}

/// Whether a name stands in a text by itself.
fn mentions(code: &str, name: &str) -> bool {
    let is_part = |sign: char| sign.is_ascii_alphanumeric() || sign == '_';
    code.match_indices(name)
        .any(|(at, _)| !code[..at].ends_with(is_part) && !code[at + name.len()..].starts_with(is_part))
}

/// What follows each call of a function, not of one whose name ends so.
fn arguments<'a>(code: &'a str, call: &'a str) -> impl Iterator<Item = &'a str> {
    code.match_indices(call).filter_map(move |(at, _)| {
        let is_whole = !code[..at].ends_with(|sign: char| sign.is_ascii_alphanumeric() || sign == '_');
        is_whole.then(|| &code[at + call.len()..])
    })
}

/// The key of a line of texts.
fn key(line: &str) -> Option<String> {
    let (key, rest) = line.trim().strip_prefix('\'')?.split_once('\'')?;
    rest.starts_with(':').then(|| key.to_owned())
}
