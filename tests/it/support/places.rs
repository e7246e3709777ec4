//! Whose a row is, by the database itself, and what an answer tells about rows: the leak detector.
#![expect(clippy::disallowed_methods, reason = "the truth is read outside every scope")]

use std::collections::{BTreeSet, HashMap};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use entity::tenant;
use forecourt::scope::Reach;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::Value;
use tokio::sync::OnceCell;
use uuid::Uuid;

use super::{Home, canary, catalogue, sealed};

/// A dealership or one branch of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) dealership: Uuid,
    pub(crate) branch: Option<Uuid>,
}

impl Place {
    /// Whether somebody who reaches so far may be shown what belongs here.
    pub(crate) fn is_within(self, reach: &Reach) -> bool {
        match reach {
            Reach::Everything => true,
            Reach::Dealerships(all) => all.contains(&self.dealership),
            Reach::Dealership(own) => *own == self.dealership,
            Reach::Branches { dealership, branches } => {
                *dealership == self.dealership && self.branch.is_none_or(|own| branches.contains(&own))
            }
            Reach::Branch { dealership, branch } => {
                *dealership == self.dealership && self.branch.is_none_or(|own| own == *branch)
            }
        }
    }
}

/// Every row's place.
#[derive(Debug)]
pub(crate) struct Places {
    rows: HashMap<Uuid, Place>,
    codes: HashMap<String, Place>,
    names: HashMap<Place, String>,
}

impl std::hash::Hash for Place {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (self.dealership, self.branch).hash(state);
    }
}

impl Places {
    /// Those of the group: its ids are the same in every home.
    pub(crate) async fn of_group(home: &Home) -> &'static Self {
        static PLACES: OnceCell<Places> = OnceCell::const_new();
        PLACES.get_or_init(|| Self::read(&home.url)).await
    }

    async fn read(url: &str) -> Self {
        let database = catalogue::connect(url).await;
        let backend = database.get_database_backend();
        let mut places = Self { rows: HashMap::new(), codes: HashMap::new(), names: HashMap::new() };
        for owned in tenant::owned() {
            let branch = owned.branch.unwrap_or("null");
            let sql = format!("select id, {}, {branch} from {}", owned.dealership, owned.table);
            for row in database.query_all_raw(Statement::from_string(backend, sql)).await.expect("rows") {
                let id = |at| row.try_get_by_index::<Uuid>(at).expect("an id");
                // A figure of all of a dealership has no branch.
                let branch = owned.branch.and_then(|_| row.try_get_by_index::<Option<Uuid>>(2).expect("an id"));
                places.rows.insert(id(0), Place { dealership: id(1), branch });
            }
        }
        let sql = "select d.code, '', d.id from dealership d
                   union all select d.code, '/' || b.code, b.id from branch b join dealership d on d.id = b.dealership_id";
        for row in database.query_all_raw(Statement::from_string(backend, sql)).await.expect("rows") {
            let text = |at| row.try_get_by_index::<String>(at).expect("text");
            let place = places.rows[&row.try_get_by_index::<Uuid>(2).expect("an id")];
            places.codes.insert(text(0) + &text(1), place);
            let other = places.codes.insert(sealed::short(&text(0), &text(1)), place);
            assert_eq!(other, None, "two places share a short name: see tests/it/support/sealed.rs");
            places.names.insert(place, text(0) + &text(1));
        }
        database.close().await.expect("a connection closes");
        places
    }

    /// A place by its code, e.g. `colombo-ev/BR01`.
    pub(crate) fn at(&self, code: &str) -> Place {
        *self.codes.get(code).unwrap_or_else(|| panic!("nothing is called {code}"))
    }

    /// A place's code.
    pub(crate) fn name(&self, place: Place) -> &str {
        &self.names[&place]
    }

    /// Where the row with a global id belongs.
    pub(crate) fn of_id(&self, id: &str) -> Option<Place> {
        let (dealership, row) = decode(id)?;
        Some(self.rows.get(&row).copied().unwrap_or(Place { dealership, branch: None }))
    }

    /// Every place that an answer tells something of, by ids and canaries.
    pub(crate) fn told_by(&self, answer: &Value) -> BTreeSet<Place> {
        let mut told = BTreeSet::new();
        each_text(answer, &mut |text| {
            told.extend(self.of_id(text));
            told.extend(canary::named(text).map(|code| self.at(code)));
        });
        told
    }
}

/// What an answer holds from out of reach; somebody who is nobody reaches nothing.
pub(crate) fn leaks(places: Option<&Places>, reach: Option<&Reach>, answer: &Value) -> Vec<String> {
    let foreign = |place: Place| !reach.is_some_and(|reach| place.is_within(reach));
    let mut leaks = Vec::new();
    each_text(answer, &mut |text| {
        let by_id = match places {
            Some(places) => places.of_id(text),
            None => decode(text).map(|(dealership, _)| Place { dealership, branch: None }),
        };
        let canaries = places.is_some_and(|places| canary::named(text).any(|code| foreign(places.at(code))));
        if canaries || by_id.is_some_and(foreign) {
            leaks.push(text.to_owned());
        }
    });
    leaks
}

/// Calls `hear` with every text of an answer.
pub(crate) fn each_text(value: &Value, hear: &mut impl FnMut(&str)) {
    match value {
        Value::String(text) => hear(text),
        Value::Array(values) => values.iter().for_each(|value| each_text(value, hear)),
        Value::Object(fields) => fields.values().for_each(|value| each_text(value, hear)),
        _ => {}
    }
}

/// Dealership and row of a global id: a letter and two ids of version 7.
fn decode(text: &str) -> Option<(Uuid, Uuid)> {
    let bytes: [u8; 33] = URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()?;
    let id = |from: usize| Uuid::from_slice(&bytes[from..from + 16]).ok().filter(|id| id.get_version_num() == 7);
    Some((id(1)?, id(17)?))
}
