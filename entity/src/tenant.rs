//! Which table belongs to whom: the one list that both locks, the planner test and the reviewers read.

use std::sync::LazyLock;

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::PostgresQueryBuilder;
use sea_orm::{IdenStatic, IntoActiveModel, QuerySelect, QueryTrait};

use crate::positioned::Positioned;

/// Who owns the rows of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ownership {
    /// A dealership owns each row.
    Dealership,
    /// A branch of a dealership owns each row.
    Branch,
    /// The installation owns the rows; read through a door of its own.
    Shared,
}

/// What of a table the key of a leasing company shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToPartner<C> {
    /// Nothing.
    Nothing,
    /// The dealership or the branches themselves, by which they are named.
    Place,
    /// Rows whose column holds the company.
    Of(C),
}

/// A table whose rows belong to a dealership and, where [`Tenant::branch`] says so, to one branch of it.
pub trait Tenant:
    EntityTrait<Model: IntoActiveModel<Self::ActiveModel> + Positioned + Sync, ActiveModel: Send>
{
    /// The column that holds the dealership.
    fn dealership() -> Self::Column;
    /// The column that holds the branch, on tables that a branch owns.
    fn branch() -> Option<Self::Column>;
    /// The row's own id, unique within the dealership.
    fn id() -> Self::Column;
    /// All of its columns as one text, in their order.
    fn columns() -> &'static str;
    /// All of its rows, with all of its columns: what a scope narrows.
    fn rows() -> Select<Self>;
    /// Which of its rows the key of a leasing company shows.
    fn to_partner() -> ToPartner<Self::Column> {
        ToPartner::Nothing
    }
}

/// What is read like a table of a branch and is a view over such tables: their owners, and their locks, are its own.
pub const VIEWS: &[&str] = &["kpi_fact", "open_item"];

/// Tables whose rows rarely change, beside [`RULES`]: kept by the process while the dealership's revision stays, which every
/// change of such a row raises.
pub const STEADY: &[&str] = &["branch", "bike_model", "finance_company", "membership"];

/// A dealership's rules, which rarely change either: few, added to, never taken from, and kept all together.
pub const RULES: &[&str] = &["number_pattern", "tariff", "tax_profile"];

/// Whether a table is one of [`STEADY`] or of [`RULES`].
pub fn is_steady<E: EntityTrait>() -> bool {
    STEADY.contains(&E::default().table_name()) || is_rule::<E>()
}

/// Whether a table is one of [`RULES`].
pub fn is_rule<E: EntityTrait>() -> bool {
    RULES.contains(&E::default().table_name())
}

/// Tables by which people are known, which the installation alone reads: sessions, factors, keys, links.
pub fn identity() -> impl Iterator<Item = &'static str> {
    let shared = TABLES.iter().filter(|(_, owner)| *owner == Ownership::Shared).map(|(table, _)| *table);
    shared.filter(|table| !matches!(*table, "user_account" | "deployment"))
}

/// The columns that [`EntityTrait::find`] reads, as one text: one by one, they are a large part of what a query costs to make.
#[expect(clippy::disallowed_methods, reason = "what a scope narrows")]
fn written_out<E: EntityTrait>() -> String {
    let sql = E::find().as_query().to_string(PostgresQueryBuilder);
    let columns = sql.strip_prefix("SELECT ").and_then(|sql| sql.split_once(" FROM "));
    columns.expect("a query of all columns").0.to_owned()
}

#[expect(clippy::disallowed_methods, reason = "what a scope narrows")]
fn whole<E: Tenant>() -> Select<E> {
    E::find().select_only().expr(Expr::cust(E::columns()))
}

/// A table that no dealership owns.
pub trait Shared:
    EntityTrait<Model: IntoActiveModel<Self::ActiveModel> + Positioned + Sync, ActiveModel: Send>
{
}

/// The columns by which a table's rows are owned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owned {
    /// Table name.
    pub table: &'static str,
    /// The column that holds the dealership.
    pub dealership: &'static str,
    /// The column that holds the branch, on tables that a branch owns.
    pub branch: Option<&'static str>,
    /// Which rows the key of a leasing company shows.
    pub to_partner: ToPartner<&'static str>,
}

impl Owned {
    /// Those of a table or a view.
    pub fn of<E: Tenant>() -> Self {
        let branch = E::branch().map(|column| column.as_str());
        let to_partner = match E::to_partner() {
            ToPartner::Nothing => ToPartner::Nothing,
            ToPartner::Place => ToPartner::Place,
            ToPartner::Of(column) => ToPartner::Of(column.as_str()),
        };
        Self { table: E::default().table_name(), dealership: E::dealership().as_str(), branch, to_partner }
    }
}

macro_rules! rows {
    ($module:ident) => {
        fn columns() -> &'static str {
            static COLUMNS: LazyLock<String> = LazyLock::new(written_out::<crate::$module::Entity>);
            &COLUMNS
        }
        fn rows() -> Select<Self> {
            static ROWS: LazyLock<Select<crate::$module::Entity>> = LazyLock::new(whole);
            ROWS.clone()
        }
    };
}

macro_rules! tables {
    ($($module:ident: $owner:ident $(($dealership:ident $(, $branch:ident)? $(; $($partner:ident)+)?))?),* $(,)?) => {
        /// Every table of the schema with its owner.
        pub const TABLES: &[(&str, Ownership)] = &[
            $((tables!(@name $module), Ownership::$owner)),*
        ];
        /// Every table that a dealership or a branch owns, with the columns that say so.
        pub fn owned() -> Vec<Owned> {
            [$($(tables!(@owned $module $dealership),)?)*].to_vec()
        }
        $(tables!(@shared $module $owner);)*
        $($(
            impl Tenant for crate::$module::Entity {
                fn dealership() -> Self::Column { crate::$module::Column::$dealership }
                fn branch() -> Option<Self::Column> { tables!(@branch $module $($branch)?) }
                fn id() -> Self::Column { crate::$module::Column::Id }
                rows!($module);
                fn to_partner() -> ToPartner<Self::Column> { tables!(@partner $module $($($partner)+)?) }
            }
        )?)*
    };
    (@partner $module:ident) => { ToPartner::Nothing };
    (@partner $module:ident named) => { ToPartner::Place };
    (@partner $module:ident of $column:ident) => { ToPartner::Of(crate::$module::Column::$column) };
    (@shared $module:ident Shared) => { impl Shared for crate::$module::Entity {} };
    (@shared $module:ident $owner:ident) => {};
    (@owned $module:ident $dealership:ident) => { Owned::of::<crate::$module::Entity>() };
    (@name user) => { "user_account" };
    (@name $module:ident) => { stringify!($module) };
    (@branch $module:ident $branch:ident) => { Some(crate::$module::Column::$branch) };
    (@branch $module:ident) => { None };
}

// Behind the semicolon what is shown to a leasing company's key.
tables! {
    deployment: Shared,
    user: Shared,
    signing_key: Shared,
    user_session: Shared,
    second_factor: Shared,
    recovery_code: Shared,
    sign_in_link: Shared,
    outgoing_mail: Shared,
    outside_identity: Shared,
    seen_token: Shared,
    throttle: Shared,
    trusted_document: Shared,
    dealership: Dealership(Id; named),
    membership: Dealership(DealershipId),
    branding: Dealership(DealershipId),
    mail_template: Dealership(DealershipId),
    bike_model: Dealership(DealershipId),
    finance_company: Dealership(DealershipId; of Id),
    tariff: Dealership(DealershipId),
    tax_profile: Dealership(DealershipId),
    number_pattern: Dealership(DealershipId),
    audit_event: Dealership(DealershipId),
    idempotency: Dealership(DealershipId),
    partner_key: Dealership(DealershipId),
    partner_key_branch: Dealership(DealershipId),
    legacy_document: Dealership(DealershipId),
    branch: Branch(DealershipId, Id; named),
    bike_unit: Branch(DealershipId, BranchId),
    customer: Branch(DealershipId, BranchId),
    customer_term: Branch(DealershipId, BranchId),
    bill: Branch(DealershipId, BranchId; of FinanceCompanyId),
    payment: Branch(DealershipId, BranchId),
    quotation: Branch(DealershipId, BranchId),
    quotation_item: Branch(DealershipId, BranchId),
    counter: Branch(DealershipId, BranchId),
    enquiry: Branch(DealershipId, BranchId),
    sales_quotation: Branch(DealershipId, BranchId),
    credit_note: Branch(DealershipId, BranchId),
    rmv_case: Branch(DealershipId, BranchId; of FinanceCompanyId),
    stock_transfer: Branch(DealershipId, BranchId),
    target: Branch(DealershipId, BranchId),
    kpi_day: Branch(DealershipId, BranchId),
    kpi_month: Branch(DealershipId, BranchId),
    kpi_breakdown: Branch(DealershipId, BranchId),
    kpi_open: Branch(DealershipId, BranchId),
    kpi_revision: Dealership(DealershipId),
    peer_measure: Dealership(DealershipId),
    job: Branch(DealershipId, BranchId),
    document: Branch(DealershipId, BranchId),
}

macro_rules! views {
    ($($module:ident),*) => {$(
        impl Tenant for crate::$module::Entity {
            fn dealership() -> Self::Column { crate::$module::Column::DealershipId }
            fn branch() -> Option<Self::Column> { Some(crate::$module::Column::BranchId) }
            fn id() -> Self::Column { crate::$module::Column::Id }
            rows!($module);
        }
    )*};
}

views!(kpi_fact, open_item);
