//! How far a scope reaches.

use uuid::Uuid;

/// How far a scope reaches. Narrowing only: nothing turns a smaller reach into a larger one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Every dealership of the installation.
    Everything,
    /// Several dealerships, all branches.
    Dealerships(Vec<Uuid>),
    /// One dealership, all branches.
    Dealership(Uuid),
    /// Several branches of one dealership.
    Branches {
        /// Their dealership.
        dealership: Uuid,
        /// The branches.
        branches: Vec<Uuid>,
    },
    /// One branch.
    Branch {
        /// Its dealership.
        dealership: Uuid,
        /// The branch.
        branch: Uuid,
    },
}

impl Reach {
    /// Whether something of a dealership, or of one of its branches, lies within it.
    pub fn holds(&self, of: Uuid, at: Option<Uuid>) -> bool {
        match self {
            Self::Everything => true,
            Self::Dealerships(all) => all.contains(&of),
            Self::Dealership(dealership) => *dealership == of,
            Self::Branches { dealership, branches } => *dealership == of && at.is_none_or(|at| branches.contains(&at)),
            Self::Branch { dealership, branch } => *dealership == of && at.is_none_or(|at| *branch == at),
        }
    }
}
