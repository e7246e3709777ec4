//! Where a person may act, and as what: everything that [`super::switch_context`] would grant, whatever their token is
//! narrowed to now.

use std::collections::{BTreeSet, HashMap};

use entity::kind::Role;
use entity::{branch, dealership, membership};
use sea_orm::sea_query::{Condition, Expr, ExprTrait, LikeExpr};
use sea_orm::{ColumnTrait, EntityName, Iterable, Order, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select};
use uuid::Uuid;

use super::grant::is_hq;
use super::session::holder;
use super::{memberships, person};
use crate::app::App;
use crate::database::Tx;
use crate::error::{Error, Result};
use crate::scope::Scope;
use crate::store::branding;
use crate::text;

/// A place, and what somebody may act as there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Absent: every dealership that they have the role in.
    pub dealership: Option<dealership::Model>,
    /// Absent: every branch.
    pub branch: Option<branch::Model>,
    /// As what.
    pub role: Role,
    /// `#rrggbb`; the dealership's own where it has one.
    pub primary_color: String,
}

/// Places in their order: those over several dealerships, then by the dealership's code, all of it before its branches,
/// these by their codes; the same place as different roles in the order of the roles.
#[derive(Debug)]
pub struct Places {
    /// The first ones.
    pub first: Vec<Place>,
    /// Whether there are more.
    pub has_more: bool,
}

/// The first `most` places where the holder of `scope` may act, of those that `search` finds: each of its words begins a
/// word of a code or a name, of the dealership or the branch. Nobody acts anywhere without the second factor that their
/// role asks for. Branches that closed are named to those alone who are of no more than that branch.
pub async fn places(app: &App, scope: &Scope, search: &str, most: u64) -> Result<Places> {
    let (id, _) = holder(scope)?;
    if scope.require_assurance().is_err() {
        return Ok(Places { first: Vec::new(), has_more: false });
    }
    let tx = app.read(Scope::system("list places")).await?;
    let person = person::find_person(&tx, id).await?.ok_or(Error::Unauthenticated)?;
    let held = Held { everywhere: person.group_role, memberships: memberships(&tx, id).await? };
    let words = text::search_words(search);
    let branches = held.branches(&tx, &words, most + 1).await?;
    let dealerships = held.dealerships(&tx, &words, most + 1).await?;
    let known = named(&tx, dealerships.iter().map(|row| row.id).chain(branches.iter().map(|row| row.dealership_id)));
    let known = known.await?;
    let colors = branding::primary_colors(&tx, known.keys().copied()).await?;

    let spots = dealerships.iter().map(|row| (row.id, None));
    let spots = spots.chain(branches.into_iter().map(|row| (row.dealership_id, Some(row))));
    let mut found = Vec::new();
    if words.is_empty() {
        let color = || branding::PRIMARY_COLOR.to_owned();
        let above = |role| Place { dealership: None, branch: None, role, primary_color: color() };
        found.extend(held.above().into_iter().map(above));
    }
    for (id, branch) in spots {
        let roles = held.roles(id, branch.as_ref().map(|row| row.id));
        let color = colors.get(&id).map_or(branding::PRIMARY_COLOR, String::as_str);
        found.extend(roles.into_iter().map(|role| Place {
            dealership: known.get(&id).cloned(),
            branch: branch.clone(),
            role,
            primary_color: color.to_owned(),
        }));
    }
    found.sort_by(|a, b| a.order().cmp(&b.order()));
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let has_more = found.len() > most;
    found.truncate(most);
    Ok(Places { first: found, has_more })
}

impl Place {
    fn order(&self) -> (Option<&str>, Option<&str>, usize) {
        let dealership = self.dealership.as_ref().map(|row| row.code.as_str());
        (dealership, self.branch.as_ref().map(|row| row.code.as_str()), position(self.role))
    }
}

/// What a person is.
struct Held {
    /// Over every dealership.
    everywhere: Option<Role>,
    memberships: Vec<membership::Model>,
}

impl Held {
    /// As what the person may act over several dealerships at once.
    fn above(&self) -> Vec<Role> {
        let several = |role: &Role| {
            let of = self.memberships.iter().filter(|own| own.role == *role).map(|own| own.dealership_id);
            is_hq(*role) && of.collect::<BTreeSet<_>>().len() > 1
        };
        Role::iter().filter(|role| self.everywhere == Some(*role) || several(role)).collect()
    }

    /// As what the person may act in a dealership, or at a branch of it.
    fn roles(&self, dealership: Uuid, branch: Option<Uuid>) -> Vec<Role> {
        let covers = |own: &membership::Model| {
            own.dealership_id == dealership && own.branch_id.is_none_or(|own| branch == Some(own))
        };
        let is = |role: &Role| self.memberships.iter().any(|own| own.role == *role && covers(own));
        Role::iter().filter(|role| self.everywhere == Some(*role) || is(role)).collect()
    }

    /// The first dealerships in all of which the person may act.
    async fn dealerships(&self, tx: &Tx, words: &[String], most: u64) -> Result<Vec<dealership::Model>> {
        use dealership::{Column, Entity};
        let whole: Vec<_> = self.whole().collect();
        if self.everywhere.is_none() && whole.is_empty() {
            return Ok(Vec::new());
        }
        let query = words.iter().fold(tx.select::<Entity>(), |query, word| query.filter(told::<Entity>(word)));
        let query = match self.everywhere {
            Some(_) => query,
            None => query.filter(Column::Id.is_in(whole)),
        };
        tx.all(query.order_by_asc(Column::Code).order_by_asc(Column::Id).limit(most)).await
    }

    /// The first branches at each of which alone the person may act.
    async fn branches(&self, tx: &Tx, words: &[String], most: u64) -> Result<Vec<branch::Model>> {
        use branch::{Column, Entity};
        let of = |query: Select<dealership::Entity>| query.select_only().column(dealership::Column::Id).into_query();
        let found = |word: &str| {
            // Asked of each branch's own dealership, by its key.
            let own = Expr::col((dealership::Entity, dealership::Column::Id)).equals((Entity, Column::DealershipId));
            let theirs = tx.select::<dealership::Entity>().filter(own).filter(told::<dealership::Entity>(word));
            told::<Entity>(word).add(Expr::exists(of(theirs)))
        };
        let query = words.iter().fold(tx.select::<Entity>(), |query, word| query.filter(found(word)));
        let own = Column::Id.is_in(self.memberships.iter().filter_map(|own| own.branch_id));
        let is_open = Condition::all().add(Column::ClosedAt.is_null());
        // Both name the dealerships, so that the index with the dealership first serves.
        let query = match self.everywhere {
            Some(_) => {
                let all = of(tx.select::<dealership::Entity>());
                query.filter(Column::DealershipId.in_subquery(all)).filter(Condition::any().add(is_open).add(own))
            }
            None => {
                let whole = is_open.add(Column::DealershipId.is_in(self.whole()));
                let all = self.memberships.iter().map(|own| own.dealership_id);
                query.filter(Column::DealershipId.is_in(all)).filter(Condition::any().add(whole).add(own))
            }
        };
        let code = Expr::cust("(select d.code from dealership d where d.id = branch.dealership_id)");
        let query = query.order_by(code, Order::Asc).order_by_asc(Column::Code).order_by_asc(Column::Id);
        tx.all(query.limit(most)).await
    }

    /// The dealerships of which the person is a member over all branches.
    fn whole(&self) -> impl Iterator<Item = Uuid> {
        self.memberships.iter().filter(|own| own.branch_id.is_none()).map(|own| own.dealership_id)
    }
}

/// Rows a word of whose code or name begins with `word`. A substring is looked for, not an index: who may act in thousands
/// of places has the directory of dealerships read, which is no tenant's.
fn told<E: EntityName + Default>(word: &str) -> Condition {
    let escaped: String =
        word.chars().flat_map(|c| matches!(c, '%' | '_' | '!').then_some('!').into_iter().chain([c])).collect();
    let table = E::default().table_name().to_owned();
    let begins = |column: &str| {
        let text = Expr::cust(format!("' ' || lower({table}.{column})"));
        text.like(LikeExpr::new(format!("% {escaped}%")).escape('!'))
    };
    Condition::any().add(begins("code")).add(begins("name"))
}

async fn named(tx: &Tx, ids: impl Iterator<Item = Uuid>) -> Result<HashMap<Uuid, dealership::Model>> {
    let ids: BTreeSet<_> = ids.collect();
    let query = tx.select::<dealership::Entity>().filter(dealership::Column::Id.is_in(ids));
    Ok(tx.all(query).await?.into_iter().map(|row| (row.id, row)).collect())
}

fn position(role: Role) -> usize {
    Role::iter().position(|own| own == role).unwrap_or_default()
}
