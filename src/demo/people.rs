//! Who works in the group: the personas that sign in, and those who only sell or repair.

use chrono::{DateTime, Utc};
use entity::kind::Role;
use entity::{branch, dealership, membership, user};
use uuid::Uuid;

use super::names;
use crate::id;

/// The password of every persona.
pub(super) const PASSWORD: &str = "demo-password-2026";

/// The secret of every administrator's authenticator app.
const SECOND_FACTOR: &str = "FORECOURTDEMOFORECOURTDEMO234567";

/// Somebody who can sign in to the demo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Persona {
    /// What the person stands for, e.g. `clerk`.
    pub persona: &'static str,
    /// The address to sign in with.
    pub email: String,
    /// The password to sign in with.
    pub password: &'static str,
    /// The secret of the person's authenticator app in base32, where the role asks for one.
    pub second_factor: Option<&'static str>,
    /// Code of the one dealership the person belongs to.
    pub dealership: Option<String>,
    /// Code of the one branch the person belongs to.
    pub branch: Option<String>,
}

/// A persona as it is planned.
pub(super) struct Part {
    persona: &'static str,
    role: Role,
    within: Within,
}

/// Where a persona belongs.
enum Within {
    Everything,
    /// The dealerships of one head office.
    Dealerships(&'static [&'static str]),
    Dealership(&'static str),
    Branch(&'static str, &'static str),
}

const HEAD_OFFICE: &str = "serendib-ev.example";
const OF_TWO: Within = Within::Dealerships(&["colombo-ev", "kandy-ride"]);
const FIRST_BRANCH: Within = Within::Branch("colombo-ev", "BR01");

/// Everybody who signs in.
pub(super) const PARTS: [Part; 11] = [
    Part { persona: "hq-all", role: Role::HqAdmin, within: Within::Everything },
    Part { persona: "hq-of-two", role: Role::HqAdmin, within: OF_TWO },
    Part { persona: "hq-analyst", role: Role::HqAnalyst, within: OF_TWO },
    Part { persona: "dealer", role: Role::DealerAdmin, within: Within::Dealership("colombo-ev") },
    Part { persona: "manager", role: Role::BranchManager, within: FIRST_BRANCH },
    Part { persona: "clerk", role: Role::Sales, within: FIRST_BRANCH },
    Part { persona: "inventory", role: Role::Inventory, within: FIRST_BRANCH },
    Part { persona: "service", role: Role::Service, within: FIRST_BRANCH },
    Part { persona: "auditor", role: Role::Auditor, within: Within::Dealership("colombo-ev") },
    Part { persona: "stranger", role: Role::DealerAdmin, within: Within::Dealership("ruhuna-motors") },
    Part { persona: "sibling", role: Role::Sales, within: Within::Branch("colombo-ev", "BR02") },
];

impl Part {
    /// What is told to whoever runs the demo.
    pub(super) fn persona(&self) -> Persona {
        let (domain, dealership, branch) = match self.within {
            Within::Everything | Within::Dealerships(_) => (HEAD_OFFICE.to_owned(), None, None),
            Within::Dealership(code) => (format!("{code}.example"), Some(code.to_owned()), None),
            Within::Branch(code, branch) => (format!("{code}.example"), Some(code.to_owned()), Some(branch.to_owned())),
        };
        Persona {
            persona: self.persona,
            email: format!("{}@{domain}", self.persona),
            password: PASSWORD,
            second_factor: matches!(self.role, Role::HqAdmin | Role::DealerAdmin).then_some(SECOND_FACTOR),
            dealership,
            branch,
        }
    }

    /// The persona's account; `n` gives it a name.
    pub(super) fn user(&self, n: usize, password_hash: &str, at: DateTime<Utc>) -> user::Model {
        let group_role = matches!(self.within, Within::Everything).then_some(self.role);
        let password_hash = Some(password_hash.to_owned());
        user::Model { password_hash, group_role, ..account(names::staff(n), self.persona().email, at) }
    }

    /// What the persona is in one dealership, if anything.
    fn membership(&self, dealership: &dealership::Model, branches: &[branch::Model]) -> Option<membership::Model> {
        let belongs = match self.within {
            Within::Everything => false,
            Within::Dealerships(codes) => codes.contains(&dealership.code.as_str()),
            Within::Dealership(code) | Within::Branch(code, _) => code == dealership.code,
        };
        let branch = match self.within {
            Within::Branch(_, code) => branches.iter().find(|row| row.code == code),
            _ => None,
        };
        let user = account_id(&self.persona().email, dealership.created_at);
        belongs.then(|| member(dealership, branch, user, self.role))
    }
}

/// The people of one dealership.
#[derive(Default)]
pub(super) struct Staff {
    /// Accounts beside the personas': nobody signs in with them.
    pub(super) users: Vec<user::Model>,
    pub(super) memberships: Vec<membership::Model>,
}

impl Staff {
    /// Staffs the branches of a dealership; `first` counts the people who have a name already.
    pub(super) fn of(dealership: &dealership::Model, branches: &[branch::Model], first: usize) -> Self {
        let mut staff = Self::default();
        staff.memberships.extend(PARTS.iter().filter_map(|part| part.membership(dealership, branches)));
        for (position, branch) in branches.iter().enumerate() {
            // The first branch is the largest.
            let sellers = if position == 0 { 3 } else { 2 };
            for _ in 0..sellers {
                staff.hire(dealership, branch, Role::Sales, first);
            }
            if staff.memberships_of(branch, Role::Service).is_empty() {
                staff.hire(dealership, branch, Role::Service, first);
            }
        }
        staff
    }

    /// Memberships of those who have a role in a branch, personas first.
    pub(super) fn memberships_of(&self, branch: &branch::Model, role: Role) -> Vec<Uuid> {
        let here = |row: &&membership::Model| row.branch_id == Some(branch.id) && row.role == role;
        self.memberships.iter().filter(here).map(|row| row.id).collect()
    }

    fn hire(&mut self, dealership: &dealership::Model, branch: &branch::Model, role: Role, first: usize) {
        let name = names::staff(first + self.users.len());
        let email = format!("{}@{}.example", name.to_lowercase().replace(' ', "."), dealership.code);
        let user = account(name, email, dealership.created_at);
        self.memberships.push(member(dealership, Some(branch), user.id, role));
        self.users.push(user);
    }
}

fn account(name: String, email: String, at: DateTime<Utc>) -> user::Model {
    user::Model {
        id: account_id(&email, at),
        email_key: email.to_lowercase(),
        email,
        name,
        password_hash: None,
        group_role: None,
        personal: None,
        disabled_at: None,
        created_at: at,
    }
}

fn account_id(email: &str, at: DateTime<Utc>) -> Uuid {
    id::derived(at, &[b"demo", b"user", email.as_bytes()])
}

fn member(dealership: &dealership::Model, branch: Option<&branch::Model>, user: Uuid, role: Role) -> membership::Model {
    let at = dealership.created_at;
    membership::Model {
        dealership_id: dealership.id,
        id: id::derived(at, &[b"demo", b"membership", dealership.code.as_bytes(), user.as_bytes()]),
        branch_id: branch.map(|row| row.id),
        user_id: user,
        role,
        ended_at: None,
        created_at: at,
        name: None,
        provider: None,
    }
}
