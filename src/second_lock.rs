//! The second lock: PostgreSQL itself shows a transaction only the rows of its scope, whatever is asked of it.
//!
//! There is one database role for each way a scope can reach, with equality-only policies on every table that a dealership
//! or branch owns. A transaction takes the role and says its dealership and branch with `set local`; without them there
//! are no rows. Policies with an `or`, an `exists` or an array on the single-tenant path were measured and cost the order
//! of the index; an array is used for HQ members of several dealerships alone.
//!
//! Made from `entity::tenant`, the list that the first lock reads. SQLite has the first lock only.

use entity::tenant::{self, Owned, ToPartner};
use entity::{bill, rmv_case, user};
use sea_orm::IdenStatic;
use uuid::Uuid;

use crate::scope::{Actor, Reach, Scope};

/// The login of `forecourt serve`. It inherits nothing: until it takes a role it may read the schema's version, no more.
const LOGIN: &str = "forecourt_app";

/// What a transaction is, to the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Branch,
    Dealership,
    Group,
    /// HQ over the whole installation; reads only.
    All,
    /// The installation within one dealership, where people get accounts: its staff, and an import.
    Staff,
    /// A leasing company within one dealership; reads only, and what it finances alone.
    Partner,
    /// The same within some of its branches.
    PartnerOfBranches,
    /// The installation itself.
    System,
}

const MODES: [Mode; 8] = [
    Mode::Branch,
    Mode::Dealership,
    Mode::Group,
    Mode::All,
    Mode::Staff,
    Mode::Partner,
    Mode::PartnerOfBranches,
    Mode::System,
];

impl Mode {
    fn of(scope: &Scope) -> Self {
        match (scope.reach(), scope.actor()) {
            (Reach::Dealership(_), Actor::Partner { .. }) => Self::Partner,
            // One that reached several dealerships would say no dealership, and be shown nothing.
            (_, Actor::Partner { .. }) => Self::PartnerOfBranches,
            (Reach::Branch { .. } | Reach::Branches { .. }, _) => Self::Branch,
            (Reach::Dealership(_), Actor::User(_)) => Self::Dealership,
            (Reach::Dealerships(_), _) => Self::Group,
            (Reach::Everything, Actor::User(_)) => Self::All,
            (Reach::Dealership(_), Actor::System(_)) => Self::Staff,
            (Reach::Everything, Actor::System(_)) => Self::System,
        }
    }

    fn role(self) -> &'static str {
        match self {
            Self::Branch => "forecourt_branch",
            Self::Dealership => "forecourt_dealership",
            Self::Group => "forecourt_group",
            Self::All => "forecourt_all",
            Self::Staff => "forecourt_staff",
            Self::Partner => "forecourt_partner",
            Self::PartnerOfBranches => "forecourt_partner_branch",
            Self::System => "forecourt_system",
        }
    }

    fn is_partner(self) -> bool {
        matches!(self, Self::Partner | Self::PartnerOfBranches)
    }

    /// Whether it has a policy on a table at all.
    fn is_shown(self, owned: &Owned) -> bool {
        !self.is_partner() || owned.to_partner != ToPartner::Nothing
    }

    /// Which rows of a table the mode shows.
    fn condition(self, owned: &Owned) -> String {
        // A setting that was local to an earlier transaction is empty, not absent.
        let setting = |name: &str, kind: &str| format!("nullif(current_setting('app.{name}', true), '')::{kind}");
        let dealership = format!("{} = {}", owned.dealership, setting("dealership_id", "uuid"));
        match self {
            Self::Branch => match owned.branch {
                Some(column) => format!("{dealership} and {column} = {}", setting("branch_id", "uuid")),
                None => dealership,
            },
            Self::Dealership | Self::Staff => dealership,
            Self::Group => format!("{} = any({})", owned.dealership, setting("dealership_ids", "uuid[]")),
            Self::Partner | Self::PartnerOfBranches => {
                let mut rows = dealership;
                if let ToPartner::Of(column) = owned.to_partner {
                    rows += &format!(" and {column} = {}", setting("finance_company_id", "uuid"));
                }
                match owned.branch {
                    Some(column) if self == Self::PartnerOfBranches => {
                        format!("{rows} and {column} = any({})", setting("branch_ids", "uuid[]"))
                    }
                    _ => rows,
                }
            }
            Self::All | Self::System => "true".to_owned(),
        }
    }
}

/// What a transaction begins with: its isolation, its role, its dealership and branch. To be sent in one trip.
pub fn opening(scope: &Scope, reads_only: bool) -> String {
    let isolation = if reads_only { " isolation level repeatable read, read only" } else { "" };
    let role = Mode::of(scope).role();
    let list = |ids: &[Uuid]| ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
    let place = match scope.reach() {
        Reach::Everything => String::new(),
        Reach::Dealerships(all) => format!("; set local app.dealership_ids = '{{{}}}'", list(all)),
        Reach::Dealership(dealership) => format!("; set local app.dealership_id = '{dealership}'"),
        Reach::Branches { dealership, branches } => {
            format!(
                "; set local app.dealership_id = '{dealership}'; set local app.branch_ids = '{{{}}}'",
                list(branches)
            )
        }
        Reach::Branch { dealership, branch } => {
            format!("; set local app.dealership_id = '{dealership}'; set local app.branch_id = '{branch}'")
        }
    };
    let company = match scope.actor() {
        Actor::Partner { finance_company, .. } => {
            let branch = scope.reach_branch().map(|branch| format!("; set local app.branch_ids = '{{{branch}}}'"));
            format!("; set local app.finance_company_id = '{finance_company}'{}", branch.unwrap_or_default())
        }
        Actor::User(_) | Actor::System(_) => String::new(),
    };
    format!("begin{isolation}; set local role {role}{place}{company}")
}

/// The role of an open transaction whose scope has become another one of the same dealership.
pub fn role(scope: &Scope) -> &'static str {
    Mode::of(scope).role()
}

/// The statements that fit the lock, or fit it anew: after any migration, as the owner of the tables.
pub(crate) fn fitting() -> String {
    let mut sql = String::new();
    for role in MODES.map(Mode::role) {
        sql += &make_role(role, "nologin");
    }
    sql += &make_role(LOGIN, "login noinherit");
    let modes = MODES.map(Mode::role).join(", ");
    sql += &format!("grant {modes} to {LOGIN};\ngrant {modes} to current_user;\n");
    // Partners see neither people nor figures.
    let modes = MODES.into_iter().filter(|mode| !mode.is_partner()).map(Mode::role).collect::<Vec<_>>().join(", ");
    sql += &format!("grant select on seaql_migrations to {LOGIN};\n");
    for owned in tenant::owned() {
        sql += &lock(&owned);
        sql += &tell_the_planner(&owned);
    }
    for view in tenant::VIEWS {
        sql += &format!("grant select on {view} to {modes};\n");
    }
    // Names of colleagues; who may ask for whom is decided by the first lock.
    let shown: Vec<_> = user::Column::shown().collect();
    let shown: Vec<_> = shown.iter().map(IdenStatic::as_str).collect();
    sql += &format!("revoke select on user_account from {modes};\n");
    sql += &format!("grant select ({}) on user_account to {modes};\n", shown.join(", "));
    // Accounts are added for staff, and their devices signed out; nothing else of them is changed.
    sql += "grant insert on user_account, sign_in_link, outgoing_mail to forecourt_staff;\n";
    sql +=
        "grant select (id, user_id, ended_at), update (ended_at, ended_because) on user_session to forecourt_staff;\n";
    sql += "grant select, insert, update on user_account to forecourt_system;\n";
    sql += "grant select, insert on deployment to forecourt_system;\n";
    for table in tenant::identity() {
        sql += &format!("grant select, insert, update on {table} to forecourt_system;\n");
    }
    // What was counted or seen is forgotten, what was trusted taken back.
    sql += "grant delete on seen_token, throttle, trusted_document to forecourt_system;\n";
    sql
}

/// How many policies the lock has.
pub(crate) fn policies() -> usize {
    tenant::owned().iter().map(|owned| MODES.into_iter().filter(|mode| mode.is_shown(owned)).count()).sum()
}

fn make_role(role: &str, attributes: &str) -> String {
    // Roles are the cluster's, not the database's: another database may have made them, even just now.
    format!(
        "do $$ begin create role {role} {attributes}; \
         exception when duplicate_object or unique_violation then null; end $$;\n"
    )
}

/// Says that a branch belongs to one dealership. The planner takes the two columns for independent otherwise, expects a
/// page's rows where there are hundreds, and reads and sorts a whole branch for each page.
fn tell_the_planner(owned: &Owned) -> String {
    let Owned { table, dealership, .. } = owned;
    match owned.branch {
        Some(branch) => format!(
            "create statistics if not exists {table}_place (dependencies, ndistinct) on {dealership}, {branch} from {table};\n"
        ),
        None => String::new(),
    }
}

fn lock(owned: &Owned) -> String {
    let table = owned.table;
    let mut sql =
        format!("alter table {table} enable row level security;\nalter table {table} force row level security;\n");
    for mode in MODES {
        let (role, condition) = (mode.role(), mode.condition(owned));
        sql += &format!("drop policy if exists {role} on {table};\n");
        if mode.is_partner() {
            sql += &format!("revoke all on {table} from {role};\n");
        }
        if !mode.is_shown(owned) {
            continue;
        }
        let (verbs, rights) = match mode {
            Mode::All => ("select", "select".to_owned()),
            Mode::Partner | Mode::PartnerOfBranches => ("select", format!("select{}", to_partner(table))),
            _ => ("all", "select, insert, update, delete".to_owned()),
        };
        sql += &format!("create policy {role} on {table} for {verbs} to {role} using ({condition});\n");
        sql += &format!("grant {rights} on {table} to {role};\n");
    }
    sql
}

/// The columns of a table that a partner may read, in brackets; none for all of them.
fn to_partner(table: &str) -> String {
    let columns: Vec<_> = match table {
        "bill" => bill::Column::TO_PARTNER.iter().map(IdenStatic::as_str).collect(),
        "rmv_case" => rmv_case::Column::TO_PARTNER.iter().map(IdenStatic::as_str).collect(),
        _ => return String::new(),
    };
    format!(" ({})", columns.join(", "))
}
