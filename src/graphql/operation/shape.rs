//! How large a document is when its fragments are spread, measured without spreading them: each is looked at once, so that
//! no document is more work than its text is long.

use std::collections::HashMap;

use async_graphql::parser::types::{ExecutableDocument, Field, Selection, SelectionSet};
use async_graphql::{Name, Positioned};

use super::refusal::Refusal;
use crate::config;

/// Fields within fields of introspection: what code generators ask is some fifteen deep.
const INTROSPECTION_DEPTH: usize = 20;

/// Lists of the schema within each other, as graphql-js allows them: deeper, an answer grows without end.
const INTROSPECTION_LISTS: usize = 3;

/// What one selection comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Shape {
    depth: usize,
    fields: usize,
    aliases: usize,
    directives: usize,
    /// Depth below `__schema` and `__type`.
    introspection: usize,
    /// Lists of the schema within each other.
    lists: usize,
}

/// The largest operation of a document.
///
/// # Errors
/// `GRAPHQL_VALIDATION_FAILED` for fragments that go in a circle.
pub(super) fn measure(document: &ExecutableDocument) -> Result<Shape, Refusal> {
    let mut measuring = Measuring { document, known: HashMap::new() };
    for name in document.fragments.keys() {
        measuring.fragment(name)?;
    }
    let mut largest = Shape::default();
    for (_, operation) in document.operations.iter() {
        let mut shape = measuring.set(&operation.node.selection_set.node)?;
        shape.directives = shape.directives.saturating_add(operation.node.directives.len());
        largest = largest.or(shape);
    }
    Ok(largest)
}

impl Shape {
    /// Whether the schema is asked for.
    pub(super) fn introspects(&self) -> bool {
        self.introspection > 0
    }

    /// # Errors
    /// `LIMIT_EXCEEDED`.
    pub(super) fn within(&self, limits: &config::Graphql) -> Result<(), Refusal> {
        let measures = [
            (self.depth, limits.max_depth, "fields within fields"),
            (self.aliases, limits.max_aliases, "fields under other names"),
            (self.directives, limits.max_directives, "directives"),
            (self.fields, limits.max_fields, "fields"),
            (self.introspection, INTROSPECTION_DEPTH, "fields of the schema within each other"),
            (
                if self.introspects() { self.lists } else { 0 },
                INTROSPECTION_LISTS,
                "lists of the schema within each other",
            ),
        ];
        match measures.into_iter().find(|(own, most, _)| own > most) {
            Some((_, most, what)) => Err(Refusal::too_much(what, most)),
            None => Ok(()),
        }
    }

    fn and(self, other: Self) -> Self {
        Self {
            depth: self.depth.max(other.depth),
            fields: self.fields.saturating_add(other.fields),
            aliases: self.aliases.saturating_add(other.aliases),
            directives: self.directives.saturating_add(other.directives),
            introspection: self.introspection.max(other.introspection),
            lists: self.lists.max(other.lists),
        }
    }

    fn or(self, other: Self) -> Self {
        Self {
            fields: self.fields.max(other.fields),
            aliases: self.aliases.max(other.aliases),
            directives: self.directives.max(other.directives),
            ..self.and(other)
        }
    }
}

struct Measuring<'a> {
    document: &'a ExecutableDocument,
    /// Absent while it is being measured.
    known: HashMap<&'a Name, Option<Shape>>,
}

impl<'a> Measuring<'a> {
    fn set(&mut self, set: &'a SelectionSet) -> Result<Shape, Refusal> {
        let mut whole = Shape::default();
        for selection in &set.items {
            let mut part = match &selection.node {
                Selection::Field(field) => self.field(field)?,
                Selection::InlineFragment(fragment) => self.set(&fragment.node.selection_set.node)?,
                Selection::FragmentSpread(spread) => self.fragment(&spread.node.fragment_name.node)?,
            };
            part.directives = part.directives.saturating_add(selection.node.directives().len());
            whole = whole.and(part);
        }
        Ok(whole)
    }

    fn field(&mut self, field: &'a Positioned<Field>) -> Result<Shape, Refusal> {
        let mut shape = self.set(&field.node.selection_set.node)?;
        shape.depth += 1;
        shape.fields = shape.fields.saturating_add(1);
        shape.aliases = shape.aliases.saturating_add(usize::from(field.node.alias.is_some()));
        match field.node.name.node.as_str() {
            "__schema" | "__type" => {
                shape.introspection = shape.introspection.max(shape.depth);
                shape.depth = 1;
            }
            "fields" | "inputFields" | "interfaces" | "possibleTypes" => shape.lists += 1,
            _ => {}
        }
        Ok(shape)
    }

    fn fragment(&mut self, name: &'a Name) -> Result<Shape, Refusal> {
        match self.known.get(name) {
            Some(Some(shape)) => return Ok(*shape),
            Some(None) => return Err(Refusal::new("GRAPHQL_VALIDATION_FAILED", "Fragments must not go in a circle.")),
            None => {}
        }
        // Validation tells of one that is missing.
        let Some(fragment) = self.document.fragments.get(name) else { return Ok(Shape::default()) };
        self.known.insert(name, None);
        let mut shape = self.set(&fragment.node.selection_set.node)?;
        shape.directives = shape.directives.saturating_add(fragment.node.directives.len());
        self.known.insert(name, Some(shape));
        Ok(shape)
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::*;
    use crate::config::Config;

    fn limits() -> config::Graphql {
        Config::load(None, &[]).expect("the defaults are valid").graphql
    }

    fn verdict(text: &str) -> Result<(), Refusal> {
        measure(&parse_query(text).expect("it parses")).and_then(|shape| shape.within(&limits()))
    }

    #[test]
    fn fragments_count_as_often_as_they_are_spread() {
        let once =
            measure(&parse_query("{ ...F b } fragment F on Query { a: x @skip(if: true) { y } }").expect("parses"));
        let Ok(once) = once else { panic!("it has a shape") };
        assert_eq!((once.depth, once.fields, once.aliases, once.directives), (2, 3, 1, 1));
        let twice = "{ ...F ...F } fragment F on Query { a: x { y } }";
        let Ok(twice) = measure(&parse_query(twice).expect("parses")) else { panic!("it has a shape") };
        assert_eq!((twice.depth, twice.fields, twice.aliases), (2, 4, 2));
    }

    #[test]
    fn a_bomb_of_fragments_is_measured_without_going_off() {
        let spread = |at: usize| format!("...F{at} ").repeat(10);
        let mut text = format!("{{ {} }}", spread(0));
        (0..60).for_each(|at| text += &format!("fragment F{at} on Query {{ a {} }}", spread(at + 1)));
        text += "fragment F60 on Query { a }";
        assert!(verdict(&text).is_err());
    }

    #[test]
    fn circles_are_refused() {
        for text in
            ["{ ...F } fragment F on Query { ...F }", "{ a } fragment F on Q { b { ...G } } fragment G on Q { ...F }"]
        {
            assert!(verdict(text).is_err(), "{text}");
        }
        assert!(verdict("{ ...Missing }").is_ok(), "validation tells that");
    }

    #[test]
    fn each_limit_bites_one_past_it() {
        let limits = limits();
        let nested = |depth: usize| format!("{}a{}", "{a".repeat(depth - 1) + "{", "}".repeat(depth));
        let aliases = |count: usize| format!("{{{}}}", (0..count).map(|at| format!("a{at}: a ")).collect::<String>());
        let directives = |count: usize| format!("{{ a {} }}", "@skip(if: false) ".repeat(count));
        for (text, most) in [
            (&nested as &dyn Fn(usize) -> String, limits.max_depth),
            (&aliases, limits.max_aliases),
            (&directives, limits.max_directives),
        ] {
            assert_eq!(verdict(&text(most)), Ok(()), "{}", text(most));
            assert!(verdict(&text(most + 1)).is_err(), "{}", text(most + 1));
        }
    }

    #[test]
    fn what_generators_ask_of_the_schema_is_allowed_and_bombs_are_not() {
        let type_ref = format!("kind name {}{}", "ofType { kind name ".repeat(9), "}".repeat(9));
        let usual = format!(
            "{{ __schema {{ types {{ fields {{ name args {{ type {{ {type_ref} }} }} type {{ {type_ref} }} }}
               interfaces {{ {type_ref} }} possibleTypes {{ {type_ref} }} }} }} }}"
        );
        assert_eq!(verdict(&usual), Ok(()));
        let mut bomb = "name".to_owned();
        (0..4).for_each(|_| bomb = format!("fields {{ type {{ {bomb} }} }}"));
        assert!(verdict(&format!("{{ __schema {{ types {{ {bomb} }} }} }}")).is_err());
    }
}
