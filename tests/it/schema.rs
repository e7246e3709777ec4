//! The schema is its own manual, and `schema.graphql` is the schema.

#[test]
fn schema_graphql_is_the_schema() {
    let written = include_str!("../../schema.graphql");
    assert!(
        written == forecourt::graphql::sdl(),
        "run `cargo run -q -- schema > schema.graphql`, and read the difference"
    );
}

#[test]
fn scalars_are_those_that_clients_are_told_of() {
    let schema = include_str!("../../schema.graphql");
    let scalars: Vec<_> = schema.lines().filter_map(|line| line.strip_prefix("scalar ")).collect();
    assert_eq!(scalars, ["BigInt", "Date", "DateTime", "KpiNumber"], "a new one is one more for every client to map");
}

#[test]
fn everything_is_described() {
    let mut bare = Vec::new();
    let mut above = "";
    for line in include_str!("../../schema.graphql").lines() {
        let text = line.trim_start();
        let is_type =
            ["type ", "input ", "enum ", "interface ", "union ", "scalar "].iter().any(|word| line.starts_with(word));
        // Connections and edges come from the library.
        let is_library = line.contains("Connection {") || line.contains("PageInfo");
        let is_member = line.starts_with('\t') && text.starts_with(|c: char| c.is_ascii_alphabetic());
        let is_prose = above.trim() == "\"\"\""
            || !(text.contains(':')
                || line.trim_end().chars().all(|c| c.is_ascii_uppercase() || c == '_' || c == '\t'));
        if (is_type && !is_library && above != "\"\"\"") || (is_member && !is_prose) {
            bare.push(line);
        }
        above = line;
    }
    let roots = ["\tquery:", "\tmutation:", "\tsubscription:"];
    assert!(bare.iter().all(|line| roots.iter().any(|root| line.starts_with(root))), "say what these are: {bare:#?}");
}
