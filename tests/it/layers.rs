//! Arrows point one way, and some names stay at home: read from the sources themselves.

use crate::support::source::{self, Token};

/// What may be used by everybody above.
const BASE: &str = "error assurance config text id calendar money identity crypto permission running event telemetry";

/// Modules of a layer, and what they may use beside themselves; from the bottom up.
const LAYERS: &[(&str, &str)] = &[
    (BASE, "base"),
    ("document", "error money text calendar"),
    ("console", "crypto"),
    ("scope", "error assurance permission telemetry"),
    ("second_lock", "scope"),
    ("fact", ""),
    ("database", "error config event telemetry scope second_lock fact"),
    ("queue", "base scope database"),
    ("store", "base scope database"),
    ("integration", "base scope"),
    ("kpi", "base scope database fact store"),
    ("auth app post", "base scope database queue store kpi integration auth app post"),
    ("service", "base scope database integration auth app post queue store kpi document"),
    ("job", "base scope database integration auth app post queue store kpi service document"),
    ("legacy demo", "base scope database integration auth app post store kpi"),
    ("graphql", "base scope database integration auth app post store kpi service console"),
    ("http", "base scope database integration auth app post store kpi service console graphql"),
    ("lib main command", "everything"),
];

/// What stays at home: tokens, the files that may hold them, and what everybody else does instead.
const AT_HOME: &[(&[&str], &[&str], &str)] = &[
    (&["of_credential"], &["src/auth/", "src/scope.rs"], "only a credential makes a person's scope: see src/auth/"),
    (&["of_job"], &["src/auth/", "src/scope.rs"], "only what its asker still holds makes a job's scope: see src/auth/"),
    (&["of_partner"], &["src/auth/", "src/scope.rs"], "only a key makes a partner's scope: see src/auth/"),
    (&["DatabaseConnection"], CONNECTIONS, "take a &Tx: a connection knows no scope"),
    (&["DatabaseTransaction"], CONNECTIONS, "take a &Tx: a bare transaction knows no scope"),
    (&["ConnectionTrait"], CONNECTIONS, "take a &Tx: a connection knows no scope"),
    (&[".", "unwrap", "(", ")"], &[], "return the error with `?`, or say in expect(\"…\") why it cannot happen"),
];

const CONNECTIONS: &[&str] = &["src/database.rs", "src/database/", "src/scope.rs"];

#[test]
fn arrows_point_one_way() {
    let faults: Vec<_> = source::files().iter().flat_map(|(path, code)| crooked(path, code)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn names_stay_at_home() {
    let faults: Vec<_> = source::files().iter().flat_map(|(path, code)| strayed(path, code)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The arrows of a file that the table does not allow, each with its cure.
fn crooked(path: &str, code: &str) -> Vec<String> {
    let own = modules(path);
    let (own, depth) = (own[0], if matches!(own[0], "lib" | "main") { 0 } else { own.len() });
    let Some(allowed) = allowed(own) else {
        return vec![format!("{path}: `{own}` has no layer: give it a row in LAYERS of tests/it/layers.rs")];
    };
    let arrows = used(&source::tokens(code), depth).into_iter();
    let crooked = arrows.filter(|(_, other)| other != own && !allowed_to(&allowed, other));
    crooked
        .map(|(line, other)| {
            format!(
                "{path}:{line}: {own} → {other}: {own} may use {}. Move what it needs into one of these, or let the \
                 caller hand it in.",
                allowed.join(", ")
            )
        })
        .collect()
}

fn allowed_to(allowed: &[&str], other: &str) -> bool {
    allowed.contains(&other) || allowed.contains(&"everything")
}

fn allowed(module: &str) -> Option<Vec<&'static str>> {
    let (_, allowed) = LAYERS.iter().find(|(layer, _)| layer.split(' ').any(|name| name == module))?;
    Some(allowed.split(' ').flat_map(|name| if name == "base" { BASE } else { name }.split(' ')).collect())
}

/// `["store", "bill"]` of `src/store/bill.rs`, `["auth"]` of `src/auth/mod.rs`.
fn modules(path: &str) -> Vec<&str> {
    let path = path.trim_start_matches("src/").trim_end_matches(".rs").trim_end_matches("/mod");
    path.split('/').collect()
}

/// Modules of the crate's root that are named in a file whose own module lies `depth` below the root, with the line.
fn used(tokens: &[Token], depth: usize) -> Vec<(usize, String)> {
    let text = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    let mut used = Vec::new();
    for at in 0..tokens.len() {
        let supers = (0..).take_while(|step| text(at + 2 * step) == "super" && text(at + 2 * step + 1) == "::").count();
        let first = match text(at) {
            "crate" if text(at + 1) == "::" => at + 2,
            "super" if supers == depth && (at < 2 || text(at - 2) != "super") => at + 2 * supers,
            _ => continue,
        };
        match text(first) {
            "{" => used.extend(group(&tokens[first..])),
            name => used.push((tokens[at].line, name.to_owned())),
        }
    }
    used
}

/// First names of `{a, b::c, d::{e, f}}`.
fn group(tokens: &[Token]) -> Vec<(usize, String)> {
    let mut names = Vec::new();
    let mut depth = 0;
    for pair in tokens.windows(2) {
        match pair[0].text.as_str() {
            "{" => depth += 1,
            "}" => depth -= 1,
            _ => {}
        }
        match (depth, pair[0].text.as_str(), pair[1].text.as_str()) {
            (0, _, _) => break,
            (1, "{" | ",", name) if name != "}" => names.push((pair[1].line, name.to_owned())),
            _ => {}
        }
    }
    names
}

/// What a file holds that belongs elsewhere, each with its cure.
fn strayed(path: &str, code: &str) -> Vec<String> {
    let tokens = source::tokens(code);
    let mut strayed = Vec::new();
    let abroad = |homes: &[&str]| !homes.iter().any(|home| path.starts_with(home));
    for (name, _, cure) in AT_HOME.iter().filter(|(_, homes, _)| abroad(homes)) {
        let found = tokens.windows(name.len()).filter(|window| window.iter().map(|token| &token.text).eq(*name));
        strayed.extend(found.map(|window| format!("{path}:{}: {}: {cure}", window[0].line, name.concat())));
    }
    strayed
}

#[test]
fn a_planted_arrow_is_caught() {
    let caught = |path, code| -> Vec<_> {
        let faults = crooked(path, code).into_iter();
        faults.map(|fault| fault.split_inclusive(": ").take(2).collect::<String>()).collect()
    };
    assert_eq!(caught("src/store/bill.rs", "use crate::http::Router;"), ["src/store/bill.rs:1: store → http: "]);
    assert_eq!(
        caught("src/store/mod.rs", "use crate::{\n    error::{Error, graphql},\n    app::App,\n};"),
        ["src/store/mod.rs:3: store → app: "]
    );
    assert_eq!(
        caught("src/error.rs", "fn f() {\n    vec![crate::scope::Scope]\n}"),
        ["src/error.rs:2: error → scope: "]
    );
    assert_eq!(caught("src/scope.rs", "use super::database;"), ["src/scope.rs:1: scope → database: "]);
    assert_eq!(caught("src/kpi/stock.rs", "use super::super::graphql;"), ["src/kpi/stock.rs:1: kpi → graphql: "]);
    assert_eq!(caught("src/kpi/stock.rs", "use super::graphql;"), [""; 0]);
    assert_eq!(caught("src/helper.rs", ""), ["src/helper.rs: `helper` has no layer: "]);
}

#[test]
fn a_strayed_name_is_caught() {
    assert_eq!(strayed("src/graphql/viewer.rs", "fn f() { Scope::of_credential(a, b, c) }").len(), 1);
    assert_eq!(strayed("src/auth/token.rs", "fn f() { Scope::of_credential(a, b, c) }"), [""; 0]);
    assert_eq!(strayed("src/store/bill.rs", "fn f(db: &sea_orm::DatabaseConnection) {}").len(), 1);
    assert_eq!(
        strayed("src/text.rs", "fn f() { g()\n.unwrap() }"),
        ["src/text.rs:2: .unwrap(): return the error with `?`, or say in expect(\"…\") why it cannot happen"]
    );
}

#[test]
fn comments_texts_and_tests_are_not_code() {
    let code = r#"
        //! See [`crate::http`].
        const TEXT: &str = "crate::http .unwrap()"; // crate::http
        #[cfg(test)]
        use crate::{app, http};
        #[cfg(test)]
        mod tests {
            use crate::http;
            fn f() { g().unwrap() }
        }
        use crate::error::Error;
    "#;
    assert_eq!(crooked("src/store/bill.rs", code), [""; 0]);
    assert_eq!(strayed("src/store/bill.rs", code), [""; 0]);
    assert_eq!(crooked("src/text.rs", &code.replace("error", "http")).len(), 1);
}
