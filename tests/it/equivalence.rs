//! Whoever asks whatever gets what they would get if nobody else's rows existed.
#![expect(clippy::disallowed_methods, reason = "other people's rows are removed from outside every scope")]

use std::cell::Cell;
use std::fmt::Write;

use entity::tenant;
use forecourt::scope::Reach;
use proptest::collection::vec;
use proptest::prelude::any;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use sea_orm::{ConnectionTrait, DbBackend};
use serde_json::Value;
use uuid::Uuid;

use crate::support::databases::{self, Content};
use crate::support::grammar::{Grammar, Member, Pruned};
use crate::support::samples::{PLACES, Samples};
use crate::support::{Client, Home, World, catalogue};

const ASKERS: [&str; 6] = ["clerk", "sibling", "service", "dealer", "stranger", "hq-of-two"];
/// For each root field.
const CASES: u32 = 24;

#[test]
fn an_answer_is_the_same_where_nobody_elses_rows_exist_on_sqlite() {
    an_answer_is_the_same_where_nobody_elses_rows_exist(async || Some(databases::on_sqlite(Content::Group).await));
}

#[test]
fn an_answer_is_the_same_where_nobody_elses_rows_exist_on_postgres() {
    an_answer_is_the_same_where_nobody_elses_rows_exist(async || databases::on_postgres(Content::Group).await);
}

fn an_answer_is_the_same_where_nobody_elses_rows_exist(home: impl AsyncFn() -> Option<Home>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let grammar = Grammar::read();
    let Some(whole) = runtime.block_on(home()) else { return };
    let whole = runtime.block_on(World::in_home(whole));
    let samples = runtime.block_on(Samples::of_group(&whole, &grammar));
    let pairs = ASKERS.map(|persona| runtime.block_on(pair(&whole, &home, persona)));
    let roots = grammar.lists().len() + 2;
    let full = Cell::new(0);
    for root in 0..roots {
        let config = Config { cases: CASES, failure_persistence: None, max_shrink_iters: 50, ..Config::default() };
        let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
        let tested = runner.run(&(0..ASKERS.len(), vec(any::<u16>(), 64)), |(asker, choices)| {
            let query = Choices(choices.into_iter()).query(root, &grammar, &whole, samples);
            let (among_others, _alone, alone) = &pairs[asker];
            let expected = runtime.block_on(alone.send(&query, Value::Null));
            let answer = runtime.block_on(among_others.send(&query, Value::Null));
            let has_rows =
                |data: &Value| data["edges"][0].is_object() || data["rows"][0].is_object() || data["id"].is_string();
            let is_full = expected["data"].as_object().is_some_and(|data| data.values().any(has_rows));
            full.set(full.get() + u32::from(is_full));
            match answer == expected {
                true => Ok(()),
                false => Err(TestCaseError::fail(format!("{}: {query}\n{answer}\nalone: {expected}", ASKERS[asker]))),
            }
        });
        tested.unwrap_or_else(|error| panic!("{error}"));
    }
    let asked = CASES * u32::try_from(roots).expect("few");
    assert!(full.get() >= asked / 3, "only {} of {asked} answers have rows: ask better", full.get());
}

/// A persona among everybody's rows, and in a world with nothing out of the persona's reach.
async fn pair(whole: &World, home: impl AsyncFn() -> Option<Home>, persona: &str) -> (Client, World, Client) {
    let among_others = whole.client(persona).await;
    let scope = among_others.scope().await.expect("a scope");
    let home = home().await.expect("as there was for the whole group");
    remove_all_but(&home.url, scope.reach()).await;
    let alone = World::in_home(home).await;
    let client = alone.client(persona).await;
    (among_others, alone, client)
}

async fn remove_all_but(url: &str, reach: &Reach) {
    let database = catalogue::connect(url).await;
    let is_sqlite = database.get_database_backend() == DbBackend::Sqlite;
    let literal = |id: &Uuid| if is_sqlite { format!("x'{}'", id.simple()) } else { format!("'{id}'") };
    // Rows of sibling branches may be referred to by rows of the dealership: what is out of reach goes all the same.
    let unbound = if is_sqlite { "pragma foreign_keys = off;" } else { "set session_replication_role = replica;" };
    let mut sql = unbound.to_owned();
    for owned in tenant::owned() {
        let kept = match (reach, owned.branch) {
            (Reach::Everything, _) => "true".to_owned(),
            (Reach::Dealerships(all), _) => {
                let all: Vec<_> = all.iter().map(literal).collect();
                format!("{} in ({})", owned.dealership, all.join(", "))
            }
            (Reach::Branches { .. }, _) => unreachable!("people reach one branch or all"),
            (Reach::Branch { dealership, branch }, Some(column)) => {
                format!("{} = {} and {column} = {}", owned.dealership, literal(dealership), literal(branch))
            }
            (Reach::Dealership(dealership) | Reach::Branch { dealership, .. }, _) => {
                format!("{} = {}", owned.dealership, literal(dealership))
            }
        };
        write!(sql, "delete from {} where ({kept}) is not true;", owned.table).expect("a String");
    }
    sql += "delete from user_account where group_role is null and id not in (select user_id from membership);";
    database.execute_unprepared(&sql).await.expect("others are removed");
    database.close().await.expect("a connection closes");
}

/// Numbers that decide what is asked; all zero asks the simplest.
struct Choices(std::vec::IntoIter<u16>);

impl Choices {
    fn below(&mut self, end: usize) -> usize {
        usize::from(self.0.next().unwrap_or(0)) % end.max(1)
    }

    /// A question to the list of this number; behind the last list it is a node, then figures.
    fn query(&mut self, root: usize, grammar: &Grammar, world: &World, samples: &Samples) -> String {
        let lists = grammar.lists();
        let Some((list, noun)) = lists.get(root) else {
            return match root == lists.len() {
                true => self.node(grammar, world, samples),
                false => self.figures(grammar, world, samples),
            };
        };
        let end = ["first", "last"][self.below(2)];
        let mut arguments = format!("{end}: {}", 1 + self.below(12));
        for argument in &list.arguments {
            if !["first", "after", "last", "before"].contains(&argument.name.as_str()) && self.below(2) == 1 {
                let value = self.value(grammar, world, samples, argument, noun);
                write!(arguments, ", {}: {value}", argument.name).expect("a String");
            }
        }
        let depth = self.below(3);
        let pruned = self.pruned(grammar, noun);
        let fields = grammar.selection(noun, depth, &pruned);
        let total = if self.below(2) == 1 { "totalCount " } else { "" };
        let page = "pageInfo { hasNextPage hasPreviousPage startCursor endCursor }";
        format!("{{ {}({arguments}) {{ {total}{page} edges {{ cursor node {{ {fields} }} }} }} }}", list.name)
    }

    fn node(&mut self, grammar: &Grammar, world: &World, samples: &Samples) -> String {
        let nodes = grammar.nodes();
        let kind = nodes[self.below(nodes.len())];
        let place = world.places.at(PLACES[self.below(PLACES.len())]);
        let id = samples.text(kind, "id", place);
        let depth = self.below(3);
        let pruned = self.pruned(grammar, kind);
        format!("{{ node(id: {id:?}) {{ id ... on {kind} {{ {} }} }} }}", grammar.selection(kind, depth, &pruned))
    }

    /// Figures of some days, told apart and narrowed in some way.
    fn figures(&mut self, grammar: &Grammar, world: &World, samples: &Samples) -> String {
        let root = grammar.fields("Query").into_iter().find(|field| field.name == "kpi").expect("a root field");
        let mut arguments = format!(
            "range: {{days: {{from: \"2026-{:02}-10\", to: \"2026-09-{:02}\"}}}}",
            5 + self.below(4),
            10 + self.below(6)
        );
        for argument in root.arguments.iter().filter(|argument| !["range", "top"].contains(&argument.name.as_str())) {
            if argument.name == "measures" || self.below(2) == 1 {
                let value = self.value(grammar, world, samples, argument, "KpiReport");
                write!(arguments, ", {}: {value}", argument.name).expect("a String");
            }
        }
        // `asOf` tells the time; the rest follows from rows in reach.
        let pruned = Pruned::from([("KpiReport".to_owned(), "asOf".to_owned())]);
        format!("{{ kpi({arguments}) {{ {} }} }}", grammar.selection("KpiReport", 1 + self.below(2), &pruned))
    }

    /// Some fields to leave out.
    fn pruned(&mut self, grammar: &Grammar, noun: &str) -> Pruned {
        let fields = grammar.fields(noun).into_iter().filter(|field| field.name != "id" && self.below(3) == 1);
        fields.map(|field| (noun.to_owned(), field.name)).collect()
    }

    fn value(&mut self, grammar: &Grammar, world: &World, samples: &Samples, member: &Member, noun: &str) -> String {
        let place = world.places.at(PLACES[self.below(PLACES.len())]);
        let value = match member.kind.as_str() {
            "ID" => format!("{:?}", samples.text(&grammar.node_of(member), "id", place)),
            "String" => {
                let texts = samples.texts(world.places, noun, place);
                let text = &texts[self.below(texts.len())];
                // From the whole text down to its first letter.
                let letters = text.chars().count().saturating_sub(self.below(text.chars().count())).max(1);
                Value::String(text.chars().take(letters).collect()).to_string()
            }
            "Boolean" => ["false", "true"][self.below(2)].to_owned(),
            "Date" => format!("\"2026-{:02}-{:02}\"", 6 + self.below(4), 1 + self.below(28)),
            kind if grammar.is_input(kind) => {
                let fields = grammar.fields(kind);
                let mut written = String::new();
                // Few at a time, or nothing is found.
                for _ in 0..1 + self.below(2) {
                    let field = &fields[self.below(fields.len())];
                    if !written.contains(&format!("{}:", field.name)) {
                        let value = self.value(grammar, world, samples, field, noun);
                        write!(written, "{}: {value} ", field.name).expect("a String");
                    }
                }
                format!("{{{written}}}")
            }
            kind => {
                let values = grammar.values(kind);
                assert!(!values.is_empty(), "teach tests/it/equivalence.rs values of {kind}");
                values[self.below(values.len())].clone()
            }
        };
        if member.is_list { format!("[{value}]") } else { value }
    }
}
