//! What an operation costs, told before it is carried out: a point for every row that it may read, by the sizes of its
//! pages, and a price for what reads many.

use std::cell::Cell;

use async_graphql::parser::types::{
    Directive, ExecutableDocument, Field, OperationDefinition, OperationType, Selection, SelectionSet,
};
use async_graphql::registry::{MetaField, MetaTypeName, Registry};
use async_graphql::{Positioned, Variables};
use async_graphql_value::{ConstValue, Value};

use super::super::connection;

/// Rows of a list without pages.
const LIST: u32 = 5;

/// Lists that are longer, or made of what is read already.
const LISTS: [(&str, &str, u32); 8] = [
    ("KpiReport", "rows", 50),
    ("KpiRow", "figures", 1),
    ("Quotation", "items", 10),
    ("SearchResults", "bills", 10),
    ("SearchResults", "units", 10),
    ("SearchResults", "customers", 10),
    ("SearchResults", "quotations", 10),
    ("SearchResults", "salesQuotations", 10),
];

/// What a count over all pages costs.
const COUNT: u32 = 10;

/// What every change costs, beside what it is asked for afterwards.
const CHANGE: u32 = 10;

/// Fields with a price of their own: they read rows that are in no page.
const PRICES: [(&str, &str, u32); 13] = [
    ("Account", "places", 10),
    ("Query", "__schema", 100),
    ("Query", "__type", 10),
    ("Query", "dashboard", 100),
    ("Query", "kpi", 50),
    ("Query", "kpiNow", 30),
    ("Query", "kpiPeers", 50),
    ("Query", "kpiTargets", 10),
    ("Query", "explainAccess", 1),
    ("Query", "previewBill", 5),
    ("Query", "previewClosing", 5),
    ("Query", "previewMailTemplate", 5),
    ("Query", "search", 10),
];

/// What an operation costs.
pub(super) struct Cost {
    pub(super) points: u32,
    /// Whether it costs as much with other variables.
    pub(super) is_fixed: bool,
}

/// The cost of `operation`; as many points as can be told where a page is too large to be.
pub(super) fn cost(
    registry: &Registry,
    document: &ExecutableDocument,
    operation: &OperationDefinition,
    variables: &Variables,
) -> Cost {
    let root = match operation.ty {
        OperationType::Query => Some(&registry.query_type),
        OperationType::Mutation => registry.mutation_type.as_ref(),
        OperationType::Subscription => registry.subscription_type.as_ref(),
    };
    let costing = Costing { registry, document, operation, variables, is_fixed: Cell::new(true) };
    let points = root.map_or(0, |root| costing.set(root, &operation.selection_set.node, None)).max(1);
    Cost { points, is_fixed: costing.is_fixed.get() }
}

struct Costing<'a> {
    registry: &'a Registry,
    document: &'a ExecutableDocument,
    operation: &'a OperationDefinition,
    variables: &'a Variables,
    /// Until a variable is looked at.
    is_fixed: Cell<bool>,
}

impl Costing<'_> {
    /// Everything selected of a type; `rows` of it, if it is a connection.
    fn set(&self, of: &str, set: &SelectionSet, rows: Option<u32>) -> u32 {
        let selected = set.items.iter().filter(|selection| !self.is_left_out(selection.node.directives()));
        let costs = selected.map(|selection| match &selection.node {
            Selection::Field(field) => self.field(of, &field.node, rows),
            Selection::InlineFragment(fragment) => {
                let on = fragment.node.type_condition.as_ref().map_or(of, |condition| condition.node.on.node.as_str());
                self.set(on, &fragment.node.selection_set.node, rows)
            }
            Selection::FragmentSpread(spread) => match self.document.fragments.get(&spread.node.fragment_name.node) {
                Some(fragment) => {
                    let on = fragment.node.type_condition.node.on.node.as_str();
                    self.set(on, &fragment.node.selection_set.node, rows)
                }
                None => 0,
            },
        });
        costs.fold(0, u32::saturating_add)
    }

    fn field(&self, of: &str, field: &Field, rows: Option<u32>) -> u32 {
        let name = field.name.node.as_str();
        let price = PRICES.iter().find(|(on, priced, _)| *on == of && *priced == name).map_or(0, |(.., price)| *price);
        let change = if self.registry.mutation_type.as_deref() == Some(of) { CHANGE } else { 0 };
        let Some(meta) = self.registry.types.get(of).and_then(|on| on.field_by_name(name)) else { return price };
        let on = MetaTypeName::concrete_typename(&meta.ty);
        let inner = self.set(on, &field.selection_set.node, self.page(on, meta, field));
        let below = match (rows, name) {
            (Some(rows), "edges") => rows.saturating_mul(inner.max(1)),
            (Some(rows), "nodes") => rows.saturating_mul(inner.saturating_add(1)),
            (_, "totalCount") => COUNT,
            _ => self.times(of, name, meta).saturating_mul(inner.saturating_add(self.row(on))),
        };
        price.saturating_add(change).saturating_add(below)
    }

    /// How many rows a connection may have; nothing where it is none.
    fn page(&self, on: &str, meta: &MetaField, field: &Field) -> Option<u32> {
        let is_connection =
            meta.args.contains_key("first") && meta.args.contains_key("after") && on.ends_with("Connection");
        is_connection.then(|| {
            let asked = ["first", "last"].into_iter().filter_map(|name| self.number(field, name)).max();
            asked.unwrap_or(connection::DEFAULT_SIZE).clamp(0, connection::MAX_SIZE).unsigned_abs()
        })
    }

    /// The number that an argument is; the largest there is where it cannot be told.
    fn number(&self, field: &Field, name: &str) -> Option<i32> {
        let value = self.value(field.get_argument(name)?)?;
        match value {
            ConstValue::Null => None,
            ConstValue::Number(number) => {
                Some(number.as_i64().and_then(|number| i32::try_from(number).ok()).unwrap_or(i32::MAX))
            }
            _ => Some(i32::MAX),
        }
    }

    /// What is written or given for an argument; nothing for a variable that is not given.
    fn value(&self, written: &Positioned<Value>) -> Option<ConstValue> {
        match &written.node {
            Value::Variable(name) => {
                self.is_fixed.set(false);
                self.variables.get(name).cloned().or_else(|| {
                    let mut known = self.operation.variable_definitions.iter();
                    let definition = known.find(|definition| definition.node.name.node == *name)?;
                    definition.node.default_value.as_ref().map(|value| value.node.clone())
                })
            }
            written => written.clone().into_const(),
        }
    }

    fn times(&self, of: &str, name: &str, meta: &MetaField) -> u32 {
        match MetaTypeName::create(&meta.ty).is_list() {
            true => LISTS.iter().find(|(on, list, _)| *on == of && *list == name).map_or(LIST, |(.., times)| *times),
            false => 1,
        }
    }

    /// A row is what has an id of its own; a page is one more.
    fn row(&self, on: &str) -> u32 {
        let is_node = on == "Node" || self.registry.implements.get(on).is_some_and(|all| all.contains("Node"));
        u32::from(is_node || on.ends_with("Connection"))
    }

    fn is_left_out(&self, directives: &[Positioned<Directive>]) -> bool {
        directives.iter().any(|directive| {
            let given = directive.node.get_argument("if").and_then(|value| self.value(value));
            match (directive.node.name.node.as_str(), given) {
                ("skip", Some(ConstValue::Boolean(given))) => given,
                ("include", Some(ConstValue::Boolean(given))) => !given,
                _ => false,
            }
        })
    }
}
