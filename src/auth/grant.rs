//! What a person acts as: one role over everything, one dealership or one branch.

use entity::kind::Role;
use entity::{membership, user};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::scope::{Holding, Membership, Reach};

/// What a person acts as. Named in the token; proved against the memberships on each request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Grant {
    #[serde(with = "role")]
    pub(crate) role: Role,
    /// Absent: every dealership the person has this role in.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) did: Option<Uuid>,
    /// Absent: every branch.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) bid: Option<Uuid>,
}

/// The grant a person gets: the widest HQ role, else the oldest membership; inside `dealership` and `branch`, and as
/// `role`, where they are named.
pub(crate) fn choose(
    person: &user::Model,
    memberships: &[membership::Model],
    dealership: Option<Uuid>,
    branch: Option<Uuid>,
    role: Option<Role>,
) -> Option<Grant> {
    let wanted = |own: &Role| role.is_none_or(|role| role == *own);
    let group = person.group_role.filter(wanted).map(|role| Grant { role, did: dealership, bid: branch });
    group.or_else(|| {
        let within = |own: &&membership::Model| {
            wanted(&own.role)
                && dealership.is_none_or(|id| own.dealership_id == id)
                && branch.is_none_or(|id| own.branch_id.is_none_or(|own| own == id))
        };
        let mut own: Vec<_> = memberships.iter().filter(within).collect();
        own.sort_by_key(|own| rank(own.role));
        let first = own.first()?;
        let every_dealership = is_hq(first.role) && dealership.is_none();
        Some(Grant {
            role: first.role,
            did: (!every_dealership).then_some(first.dealership_id),
            bid: branch.or(first.branch_id),
        })
    })
}

/// How far a claimed grant reaches and by what, if the person holds it now.
pub(crate) fn prove(person: &user::Model, memberships: &[membership::Model], claimed: &Grant) -> Option<Holding> {
    let own = memberships.iter().filter(|own| own.role == claimed.role);
    let own = own.map(|own| Membership { dealership: own.dealership_id, branch: own.branch_id, id: own.id });
    reach(person, memberships, claimed).map(|reach| Holding { reach, memberships: own.collect() })
}

fn reach(person: &user::Model, memberships: &[membership::Model], claimed: &Grant) -> Option<Reach> {
    if person.group_role == Some(claimed.role) {
        return Some(match (claimed.did, claimed.bid) {
            (Some(dealership), Some(branch)) => Reach::Branch { dealership, branch },
            (Some(dealership), None) => Reach::Dealership(dealership),
            (None, _) => Reach::Everything,
        });
    }
    let mut held = memberships.iter().filter(|own| own.role == claimed.role);
    match claimed.did {
        Some(dealership) => {
            let covers = |own: &membership::Model| {
                own.dealership_id == dealership && own.branch_id.is_none_or(|branch| claimed.bid == Some(branch))
            };
            held.any(covers).then_some(match claimed.bid {
                Some(branch) => Reach::Branch { dealership, branch },
                None => Reach::Dealership(dealership),
            })
        }
        None if is_hq(claimed.role) => {
            let mut all: Vec<_> = held.map(|own| own.dealership_id).collect();
            all.sort_unstable();
            all.dedup();
            match all[..] {
                [] => None,
                [one] => Some(Reach::Dealership(one)),
                _ => Some(Reach::Dealerships(all)),
            }
        }
        None => None,
    }
}

/// Whether the role may be acted in over several dealerships at once.
pub(super) fn is_hq(role: Role) -> bool {
    matches!(role, Role::HqAdmin | Role::HqAnalyst)
}

/// HQ roles first, then as the memberships come.
fn rank(role: Role) -> u8 {
    match role {
        Role::HqAdmin => 0,
        Role::HqAnalyst => 1,
        _ => 2,
    }
}

mod role {
    use entity::kind::Role;
    use sea_orm::ActiveEnum;
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(role: &Role, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&role.to_value())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Role, D::Error> {
        Role::try_from_value(&String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}
