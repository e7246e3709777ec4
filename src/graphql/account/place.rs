//! Where you may act.

use async_graphql::SimpleObject;

use super::super::staff_member::Role;
use crate::auth;
use crate::scope::Scope;

/// Places where you may act.
#[derive(SimpleObject)]
pub(in crate::graphql) struct ActingPlaces {
    /// The first ones: those over several dealerships, then by the dealership's code, all of it before its branches, these
    /// by their codes.
    nodes: Vec<ActingPlace>,
    /// Whether there are more than these: search for them.
    has_more: bool,
}

/// A place where you may act, and as what: `switchContext` and `refreshSession` take its codes and its role.
#[derive(SimpleObject)]
pub(in crate::graphql) struct ActingPlace {
    /// Code of the dealership; null for all that you have the role in, together.
    dealership_code: Option<String>,
    /// Its name.
    dealership_name: Option<String>,
    /// Code of the branch; null for all branches.
    branch_code: Option<String>,
    /// Its name.
    branch_name: Option<String>,
    /// As what.
    role: Role,
    /// Colour of the frame, `#rrggbb`: the dealership's, else the system's.
    primary_color: String,
    /// Whether it is what you act as now.
    is_current: bool,
}

impl ActingPlaces {
    pub(super) fn of(places: auth::Places, scope: &Scope) -> Self {
        let nodes = places.first.into_iter().map(|place| ActingPlace::of(place, scope)).collect();
        Self { nodes, has_more: places.has_more }
    }
}

impl ActingPlace {
    fn of(place: auth::Place, scope: &Scope) -> Self {
        let here = (place.dealership.as_ref().map(|row| row.id), place.branch.as_ref().map(|row| row.id));
        let now = (scope.dealership().ok(), scope.reach_branch());
        let is_current = scope.role() == Some(place.role) && here == now;
        let (dealership_code, dealership_name) = place.dealership.map(|row| (row.code, row.name)).unzip();
        let (branch_code, branch_name) = place.branch.map(|row| (row.code, row.name)).unzip();
        let (role, primary_color) = (place.role.into(), place.primary_color);
        Self { dealership_code, dealership_name, branch_code, branch_name, role, primary_color, is_current }
    }
}
