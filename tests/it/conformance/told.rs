//! `docs/clients.md` tells what was run: each of its snippets is part of a file of `bench/conformance`.

use super::installed::ROOT;

#[test]
fn every_snippet_of_the_documentation_was_run() {
    let text = std::fs::read_to_string(format!("{ROOT}/docs/clients.md")).expect("it is there");
    let mut parts = text.split("```");
    let mut snippets = 0;
    while let (Some(before), Some(block)) = (parts.next(), parts.next()) {
        let (_, snippet) = block.split_once('\n').expect("a language and its text");
        let named = before.rsplit("bench/conformance/").next().and_then(|rest| rest.split('`').next());
        let file = named.filter(|_| before.contains("bench/conformance/")).expect("a file is named before the snippet");
        let source = std::fs::read_to_string(format!("{ROOT}/bench/conformance/{file}"));
        let source = source.unwrap_or_else(|error| panic!("{file}: {error}"));
        assert!(lines(&source).contains(&lines(snippet)), "{file} does not hold:\n{snippet}");
        snippets += 1;
    }
    assert!(snippets >= 10, "{snippets}");
}

/// The text, however far its lines are indented.
fn lines(text: &str) -> String {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}
