//! What a person is somewhere, as a scope keeps it.

use std::sync::Arc;

use uuid::Uuid;

use super::Reach;

/// A membership that a person acts by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Membership {
    /// Its dealership.
    pub dealership: Uuid,
    /// Its branch; absent where it is for all of them.
    pub branch: Option<Uuid>,
    /// By which rows name whoever made them.
    pub id: Uuid,
}

/// How far a person reaches in a role, and by which memberships.
#[derive(Clone, Debug)]
pub struct Holding {
    /// How far.
    pub reach: Reach,
    /// Those of the role, oldest first; none for whoever has it above all dealerships.
    pub memberships: Arc<[Membership]>,
}
