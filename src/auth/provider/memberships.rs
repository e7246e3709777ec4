//! Memberships that follow a provider's groups: at each sign-in, every rule that fits holds one, and those whose rule fits
//! no more end. What people gave is not touched, nor is what another provider holds.

use std::collections::{BTreeSet, HashSet};

use entity::kind::{Role, Source};
use entity::membership::{Column, Entity, Model};
use entity::{audit_event, branch, dealership};
use sea_orm::{ActiveEnum, ColumnTrait, QueryFilter, QueryTrait};
use uuid::Uuid;

use super::Known;
use crate::app::App;
use crate::config::MembershipRule;
use crate::database::Tx;
use crate::error::{Error, Result};
use crate::id;
use crate::scope::Scope;

/// How often a dealership's memberships are tried when others get in the way.
const TRIES: u32 = 5;

/// What somebody is to be, by the ids of the place.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Post {
    dealership: Uuid,
    branch: Option<Uuid>,
    role: Role,
}

impl Post {
    fn of(row: &Model) -> Self {
        Self { dealership: row.dealership_id, branch: row.branch_id, role: row.role }
    }
}

/// The posts that the rules give somebody; a rule whose place is not there gives none.
pub(super) async fn posts(tx: &Tx, known: &Known) -> Result<HashSet<Post>> {
    if known.grants.is_empty() {
        return Ok(HashSet::new());
    }
    let codes = known.grants.iter().map(|rule| rule.dealership.as_str());
    let houses = tx.all(tx.select::<dealership::Entity>().filter(dealership::Column::Code.is_in(codes))).await?;
    let own = branch::Column::DealershipId.is_in(houses.iter().map(|house| house.id));
    let codes = known.grants.iter().filter_map(|rule| rule.branch.as_deref());
    let here = tx.select::<branch::Entity>().filter(own).filter(branch::Column::Code.is_in(codes));
    let branches = tx.all(here).await?;
    Ok(known.grants.iter().filter_map(|rule| post(rule, known, &houses, &branches)).collect())
}

fn post(
    rule: &MembershipRule,
    known: &Known,
    houses: &[dealership::Model],
    branches: &[branch::Model],
) -> Option<Post> {
    let house = houses.iter().find(|house| house.code == rule.dealership);
    let branch = |house: &dealership::Model, code: &str| {
        let own = branches.iter().find(|branch| branch.dealership_id == house.id && branch.code == code);
        own.map(|branch| branch.id)
    };
    let post = house.and_then(|house| match &rule.branch {
        None => Some(Post { dealership: house.id, branch: None, role: rule.role }),
        Some(code) => {
            branch(house, code).map(|branch| Post { dealership: house.id, branch: Some(branch), role: rule.role })
        }
    });
    if post.is_none() {
        let (dealership, branch) = (&rule.dealership, rule.branch.as_deref());
        tracing::warn!(provider = known.provider, dealership, branch, "a rule for a place that is not there");
    }
    post
}

/// Makes a person's memberships by this provider what the rules say. A dealership's rows change together with the events
/// about them; those of several are several transactions, and what one of them left undone the next sign-in does.
pub(super) async fn follow(app: &App, known: &Known, person: Uuid) -> Result<()> {
    let (posts, held) = {
        let tx = app.read(Scope::system("memberships by an outside identity provider")).await?;
        (posts(&tx, known).await?, held(&tx, known, person).await?)
    };
    let held: HashSet<_> = held.iter().map(Post::of).collect();
    let changed: BTreeSet<_> = posts.symmetric_difference(&held).map(|post| post.dealership).collect();
    for dealership in changed {
        let posts: Vec<_> = posts.iter().copied().filter(|post| post.dealership == dealership).collect();
        within(app, known, person, dealership, &posts).await?;
    }
    Ok(())
}

async fn within(app: &App, known: &Known, person: Uuid, dealership: Uuid, posts: &[Post]) -> Result<()> {
    for _ in 1..TRIES {
        match attempt(app, known, person, dealership, posts).await {
            Err(Error::Conflict) => {}
            done => return done,
        }
    }
    attempt(app, known, person, dealership, posts).await
}

async fn attempt(app: &App, known: &Known, person: Uuid, dealership: Uuid, posts: &[Post]) -> Result<()> {
    let tx = app.write(Scope::system("a dealership's memberships by a provider").within(dealership)?).await?;
    match change(app, &tx, known, person, posts).await {
        Ok(()) => tx.commit().await,
        Err(error) => tx.rollback().await.and(Err(error)),
    }
}

async fn change(app: &App, tx: &Tx, known: &Known, person: Uuid, posts: &[Post]) -> Result<()> {
    // As every change of staff does: what it counts stays so until it is done.
    tx.one_locked(tx.select::<dealership::Entity>()).await?;
    let held = held(tx, known, person).await?;
    let now = app.now();
    let mut events = Vec::new();
    for row in held.iter().filter(|row| !posts.contains(&Post::of(row))) {
        if row.role == Role::DealerAdmin && is_the_last(tx, row).await? {
            tracing::warn!(provider = known.provider, dealership = %row.dealership_id, "no administrator is left");
        }
        events.push(event(app, known, row, "membership_ended"));
        tx.save::<Entity>(Model { ended_at: Some(now), ..row.clone() }).await?;
    }
    let is_new = |post: &&Post| !held.iter().any(|row| Post::of(row) == **post);
    let begun: Vec<_> = posts.iter().filter(is_new).map(|post| begin(app, known, person, post)).collect();
    events.extend(begun.iter().map(|row| event(app, known, row, "membership_begun")));
    tx.insert::<Entity>(begun).await?;
    tx.insert::<audit_event::Entity>(events).await
}

/// The memberships of a person that this provider holds.
async fn held(tx: &Tx, known: &Known, person: Uuid) -> Result<Vec<Model>> {
    let own = tx.select::<Entity>().filter(Column::UserId.eq(person)).filter(Column::EndedAt.is_null());
    tx.all(own.filter(Column::Provider.eq(known.provider.as_str()))).await
}

async fn is_the_last(tx: &Tx, row: &Model) -> Result<bool> {
    let live = tx.select::<Entity>().filter(Column::Role.eq(row.role)).filter(Column::EndedAt.is_null());
    Ok(tx.count(live.filter(Column::Id.ne(row.id)).into_query()).await? == 0)
}

fn begin(app: &App, known: &Known, person: Uuid, post: &Post) -> Model {
    Model {
        dealership_id: post.dealership,
        id: id::fresh(app.now()),
        branch_id: post.branch,
        user_id: person,
        role: post.role,
        ended_at: None,
        created_at: app.now(),
        name: known.name.clone(),
        provider: Some(known.provider.clone()),
    }
}

fn event(app: &App, known: &Known, row: &Model, action: &str) -> audit_event::Model {
    audit_event::Model {
        dealership_id: row.dealership_id,
        id: id::fresh(app.now()),
        branch_id: row.branch_id,
        occurred_at: app.now(),
        // Nobody here did it.
        user_id: None,
        action: action.to_owned(),
        target_type: Some("MEMBERSHIP".to_owned()),
        target_id: Some(row.id),
        summary: format!("{} by {}", row.role.to_value(), known.provider),
        origin: None,
        source: Source::Live,
        created_at: app.now(),
    }
}
