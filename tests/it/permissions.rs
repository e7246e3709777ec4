//! The table of permissions, as people read it and as the schema needs it.

use forecourt::permission::{self, OPEN, Permission};

#[test]
fn the_page_is_printed_from_the_table() {
    let page = include_str!("../../docs/permissions.md");
    assert!(
        page == permission::table(),
        "run `cargo run -q -- permissions > docs/permissions.md`, and read the difference"
    );
}

#[test]
fn every_root_field_is_opened_by_one_permission_or_by_none_on_purpose() {
    let schema = forecourt::graphql::sdl();
    let fields = members(&schema, "type Query {");
    let heard = members(&schema, "type Subscription {");
    let of = |root: &'static str, fields: &[String]| -> Vec<_> {
        fields.iter().map(|field| (root, field.clone())).collect()
    };
    for (root, field) in [of("Query", &fields), of("Subscription", &heard)].concat() {
        let coordinate = format!("{root}.{field}");
        let opened =
            Permission::ALL.iter().filter(|permission| permission.opens().contains(&coordinate.as_str())).count();
        let open = OPEN.iter().filter(|open| **open == field).count();
        assert_eq!(opened + open, 1, "{coordinate}: give it a place in src/permission.rs");
    }
    let is_there = |open: &str| fields.iter().chain(&heard).any(|field| field == open);
    assert!(OPEN.iter().all(|open| is_there(open)), "an open field is gone");
}

#[test]
fn what_a_permission_opens_exists() {
    let schema = forecourt::graphql::sdl();
    for coordinate in Permission::ALL.iter().flat_map(|permission| permission.opens()) {
        let (noun, field) = coordinate.split_once('.').unwrap_or((coordinate, ""));
        let head = schema.lines().find(|line| line.starts_with(&format!("type {noun} ")));
        let head = head.unwrap_or_else(|| panic!("the schema has no type {noun}"));
        assert!(
            field.is_empty() || members(&schema, head).contains(&field.to_owned()),
            "the schema has no {coordinate}"
        );
    }
}

/// The names of a type's fields.
fn members(schema: &str, head: &str) -> Vec<String> {
    let body = schema.lines().skip_while(|line| *line != head).skip(1).take_while(|line| *line != "}");
    let mut described = false;
    let code = body.filter(|line| {
        described ^= line.trim() == "\"\"\"";
        !described
    });
    let names = code
        .filter_map(|line| line.strip_prefix('\t'))
        .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
    names.filter_map(|line| line.split(['(', ':']).next()).map(str::to_owned).collect()
}
