//! Why something is shown or not: the rule, the scope, and what would change it.

use async_graphql::{Context, Object, SimpleObject};
use entity::{branch, dealership};
use sea_orm::{ActiveEnum, Iterable};

use super::context::{Cx, cx};
use super::staff_member::Role;
use crate::error::{Error, Result};
use crate::permission::{OPEN, Permission};
use crate::scope::Reach;
use crate::store::load::Key;

/// Why a type or a field is shown to you or not. Speaks of rules and of your own scope, never of particular rows: what
/// lies outside your scope does not exist for you.
#[derive(SimpleObject)]
pub(super) struct AccessExplanation {
    /// What was asked about.
    coordinate: String,
    /// Whether you may read it; of personal data, whether in clear.
    allowed: bool,
    /// The role you act in.
    role: Option<Role>,
    /// The permission that decides; null where your scope alone does.
    permission: Option<String>,
    /// Whose rows you see, in words.
    scope: String,
    /// Roles that may read it, within their own scope.
    roles_that_may: Vec<Role>,
    /// What would change the answer, in words; null where nothing stands in the way.
    remedy: Option<String>,
}

#[derive(Default)]
pub(super) struct AccessQuery;

#[Object]
impl AccessQuery {
    /// Which rule and scope decide what you see of a type or a field, e.g. `Bill`, `Customer.nic` or `Query.bills`.
    async fn explain_access(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A type, or a type and a field apart by a dot.")] coordinate: String,
    ) -> async_graphql::Result<AccessExplanation> {
        Ok(explain(cx(ctx), coordinate, &ctx.schema_env.registry).await?)
    }
}

async fn explain(
    cx: &Cx,
    coordinate: String,
    registry: &async_graphql::registry::Registry,
) -> Result<AccessExplanation> {
    let scope = cx.scope()?;
    let (noun, field) =
        coordinate.split_once('.').map_or((coordinate.as_str(), None), |(noun, field)| (noun, Some(field)));
    let known = registry.types.get(noun).ok_or(Error::NotFound)?;
    if field.is_some_and(|field| known.field_by_name(field).is_none()) {
        return Err(Error::NotFound);
    }
    let permission = deciding(noun, &coordinate);
    let allowed = permission.is_none_or(|permission| scope.may(permission));
    let may = |role: &entity::kind::Role| permission.is_none_or(|permission| permission.granted_to(*role));
    let roles: Vec<_> = entity::kind::Role::iter().filter(may).collect();
    let remedy = (!allowed).then(|| {
        let names: Vec<_> = roles.iter().map(ActiveEnum::to_value).collect();
        format!("Act in a membership with one of the roles {}; your dealer principal grants it.", names.join(", "))
    });
    Ok(AccessExplanation {
        allowed,
        role: scope.role().map(Role::from),
        permission: permission.map(|permission| permission.what().to_owned()),
        scope: in_words(cx).await?,
        roles_that_may: roles.into_iter().map(Role::from).collect(),
        remedy,
        coordinate,
    })
}

/// The permission that opens a field, else the one that opens its type.
fn deciding(noun: &str, coordinate: &str) -> Option<Permission> {
    let opening = |place: &str| Permission::ALL.into_iter().find(|permission| permission.opens().contains(&place));
    match coordinate.strip_prefix("Query.") {
        Some(root) if OPEN.contains(&root) => None,
        _ => opening(coordinate).or_else(|| opening(noun)),
    }
}

pub(super) async fn in_words(cx: &Cx) -> Result<String> {
    let dealership = async |id| {
        let row = cx.loaders().dealership().load(Key { dealership: id, id }).await?;
        Ok::<_, Error>(row.map_or_else(String::new, |row: std::sync::Arc<dealership::Model>| row.code.clone()))
    };
    Ok(match cx.scope()?.reach() {
        Reach::Everything => "every dealership".to_owned(),
        Reach::Dealerships(all) => {
            let mut codes = Vec::with_capacity(all.len());
            for id in all {
                codes.push(dealership(*id).await?);
            }
            codes.sort_unstable();
            format!("the dealerships {}", codes.join(", "))
        }
        Reach::Dealership(id) => format!("the dealership {}", dealership(*id).await?),
        Reach::Branches { dealership: id, .. } => format!("some branches of the dealership {}", dealership(*id).await?),
        Reach::Branch { dealership: id, branch } => {
            let row = cx.loaders().branch().load(Key { dealership: *id, id: *branch }).await?;
            let code = row.map_or_else(String::new, |row: std::sync::Arc<branch::Model>| row.code.clone());
            format!("the branch {code} of the dealership {}", dealership(*id).await?)
        }
    })
}
