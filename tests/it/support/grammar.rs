//! `schema.graphql` as tests walk it: root fields, nodes, filters, orders, and selections made from types.

use std::collections::{BTreeMap, BTreeSet};

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{
    BaseType, InputValueDefinition, Type, TypeDefinition, TypeKind, TypeSystemDefinition,
};

/// The types of the schema.
pub(crate) struct Grammar {
    types: BTreeMap<String, TypeDefinition>,
}

/// A field or an argument with the name of its type, lists and marks of presence aside.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) is_list: bool,
    pub(crate) arguments: Vec<Member>,
}

/// What fields with arguments are selected with.
const ARGUMENTS: [(&str, &str); 10] = [
    ("Account.places", "(first: 50)"),
    ("KpiRow.facts", "(measure: UNITS, first: 3)"),
    (
        "KpiNow.open",
        "(kinds: [STOCK, CUSTOMER_RECEIVABLE, CUSTOMER_CREDIT, FINANCIER_RECEIVABLE, DELIVERY, REGISTRATION, TRANSFER])",
    ),
    ("KpiNow.stockOutRisk", "(fewest: 5, days: 60)"),
    ("KpiOpen.total", "(ages: {from: 3})"),
    ("KpiOpen.buckets", "(bounds: [10, 40])"),
    ("KpiOpen.items", "(ages: {from: 1}, first: 3)"),
    ("Document.link", "(disposition: INLINE)"),
    ("Dashboard.trend", "(months: 5)"),
    ("Dashboard.targets", "(of: BRANCHES)"),
];

/// Fields that are left out of selections, as schema coordinates.
pub(crate) type Pruned = BTreeSet<(String, String)>;

impl Grammar {
    pub(crate) fn read() -> Self {
        let document = parse_schema(include_str!("../../../schema.graphql")).expect("schema.graphql is a schema");
        let types = document.definitions.into_iter().filter_map(|definition| match definition {
            TypeSystemDefinition::Type(kind) => Some((kind.node.name.node.to_string(), kind.node)),
            _ => None,
        });
        Self { types: types.collect() }
    }

    /// The fields of an object, interface or input type; none of others.
    pub(crate) fn fields(&self, kind: &str) -> Vec<Member> {
        match self.types.get(kind).map(|kind| &kind.kind) {
            Some(TypeKind::Object(object)) => object.fields.iter().map(|field| output(&field.node)).collect(),
            Some(TypeKind::Interface(interface)) => interface.fields.iter().map(|field| output(&field.node)).collect(),
            Some(TypeKind::InputObject(input)) => input.fields.iter().map(|field| input_of(&field.node)).collect(),
            _ => Vec::new(),
        }
    }

    /// The values of an enum; none of other types.
    pub(crate) fn values(&self, kind: &str) -> Vec<String> {
        match self.types.get(kind).map(|kind| &kind.kind) {
            Some(TypeKind::Enum(kind)) => kind.values.iter().map(|value| value.node.value.node.to_string()).collect(),
            _ => Vec::new(),
        }
    }

    /// The types with a global id.
    pub(crate) fn nodes(&self) -> Vec<&str> {
        let is_node = |kind: &TypeKind| match kind {
            TypeKind::Object(object) => object.implements.iter().any(|interface| interface.node == "Node"),
            _ => false,
        };
        self.types.iter().filter(|(_, kind)| is_node(&kind.kind)).map(|(name, _)| name.as_str()).collect()
    }

    pub(crate) fn is_node(&self, kind: &str) -> bool {
        self.nodes().contains(&kind)
    }

    /// The type of node that an argument of type ID names.
    ///
    /// # Panics
    /// When its name does not tell.
    pub(crate) fn node_of(&self, member: &Member) -> String {
        let kind = match member.name.as_str() {
            "salesperson" => "StaffMember".to_owned(),
            name => name[..1].to_uppercase() + &name[1..],
        };
        let kind = [format!("Bike{kind}"), kind].into_iter().find(|kind| self.is_node(kind));
        kind.unwrap_or_else(|| panic!("tell tests/it/support/grammar.rs what {} is the id of", member.name))
    }

    pub(crate) fn is_interface(&self, kind: &str) -> bool {
        matches!(self.types.get(kind).map(|kind| &kind.kind), Some(TypeKind::Interface(_)))
    }

    /// Whether fields are selected of it.
    pub(crate) fn is_composite(&self, kind: &str) -> bool {
        !self.is_input(kind) && !self.fields(kind).is_empty()
    }

    pub(crate) fn is_input(&self, kind: &str) -> bool {
        matches!(self.types.get(kind).map(|kind| &kind.kind), Some(TypeKind::InputObject(_)))
    }

    /// The lists among the root fields, each with the type of its rows.
    pub(crate) fn lists(&self) -> Vec<(Member, String)> {
        let rows = |field: Member| {
            let noun = field.kind.strip_suffix("Connection").map(str::to_owned);
            noun.map(|noun| (field, noun))
        };
        self.fields("Query").into_iter().filter_map(rows).collect()
    }

    /// Every field of a type, and of the types it leads to, `depth` edges deep.
    pub(crate) fn selection(&self, kind: &str, depth: usize, pruned: &Pruned) -> String {
        if self.is_interface(kind) {
            return "__typename id".to_owned();
        }
        let fields = self.fields(kind).into_iter().filter_map(|field| {
            if pruned.contains(&(kind.to_owned(), field.name.clone())) {
                return None;
            }
            let name = field.name.clone() + arguments(kind, &field);
            match (self.is_composite(&field.kind), depth) {
                (false, _) => Some(name),
                // A value without an id is a part of its row, not a way to another.
                (true, 0) if self.leads_on(&field.kind) => None,
                (true, 0) => Some(format!("{name} {{ {} }}", self.selection(&field.kind, 0, pruned))),
                (true, _) => Some(format!("{name} {{ {} }}", self.selection(&field.kind, depth - 1, pruned))),
            }
        });
        std::iter::once("__typename".to_owned()).chain(fields).collect::<Vec<_>>().join(" ")
    }

    fn leads_on(&self, kind: &str) -> bool {
        self.is_node(kind) || self.fields(kind).iter().any(|field| self.is_node(&field.kind))
    }
}

fn arguments(kind: &str, field: &Member) -> &'static str {
    let coordinate = format!("{kind}.{}", field.name);
    match ARGUMENTS.iter().find(|(known, _)| *known == coordinate) {
        Some((_, arguments)) => arguments,
        None if field.arguments.is_empty() => "",
        None => panic!("teach tests/it/support/grammar.rs the arguments of {coordinate}"),
    }
}

fn output(field: &async_graphql::parser::types::FieldDefinition) -> Member {
    let (kind, is_list) = base(&field.ty.node);
    let arguments = field.arguments.iter().map(|argument| input_of(&argument.node)).collect();
    Member { name: field.name.node.to_string(), kind, is_list, arguments }
}

fn input_of(input: &InputValueDefinition) -> Member {
    let (kind, is_list) = base(&input.ty.node);
    Member { name: input.name.node.to_string(), kind, is_list, arguments: Vec::new() }
}

fn base(kind: &Type) -> (String, bool) {
    match &kind.base {
        BaseType::Named(name) => (name.to_string(), false),
        BaseType::List(inner) => (base(inner).0, true),
    }
}
