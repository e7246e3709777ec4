//! Work that is done later, by whichever process has time: a row for each piece of it.

use sea_orm::entity::prelude::*;

use crate::kind::Role;
use crate::positioned::Positioned;

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum State {
    /// For a time that has not come.
    #[sea_orm(string_value = "WAITING")]
    Waiting,
    /// For whoever has time.
    #[sea_orm(string_value = "READY")]
    Ready,
    #[sea_orm(string_value = "RUNNING")]
    Running,
    #[sea_orm(string_value = "DONE")]
    Done,
    /// Given up: the dead letters.
    #[sea_orm(string_value = "FAILED")]
    Failed,
    #[sea_orm(string_value = "CANCELLED")]
    Cancelled,
}

impl State {
    /// Whether nothing more happens by itself.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Failed | Self::Cancelled)
    }
}

/// One row of `job`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Positioned)]
#[sea_orm(table_name = "job")]
pub struct Model {
    /// Nobody's id where it is the installation's own.
    #[sea_orm(primary_key, auto_increment = false)]
    pub dealership_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Absent where it concerns all of the dealership, which no branch sees.
    pub branch_id: Option<Uuid>,
    /// What is to be done.
    pub kind: String,
    /// JSON: ids and settings, nothing personal.
    pub payload: String,
    /// The person on whose behalf; absent for the installation.
    pub user_id: Option<Uuid>,
    /// As what that person asked.
    pub role: Option<Role>,
    /// The membership by which that person is shown to others; absent for head office.
    pub asked_by_id: Option<Uuid>,
    /// No two jobs of a kind and dealership have the same.
    pub unique_key: Option<String>,
    /// Whether the key stays taken once the job is over.
    pub is_once: bool,
    /// The smaller, the sooner among those of the dealership.
    pub priority: i16,
    pub state: State,
    /// When a waiting one becomes ready.
    pub run_at: Option<DateTimeUtc>,
    /// How often it was begun.
    pub attempts: i32,
    pub most_attempts: i32,
    /// The process that runs it.
    pub worker: Option<Uuid>,
    /// Fresh each time that it is begun: who has another one works on it no longer.
    pub lease: Option<Uuid>,
    /// Rises while it is worked on.
    pub beat: i64,
    pub is_cancelling: bool,
    /// How much of `steps` is done.
    pub step: i64,
    pub steps: Option<i64>,
    /// What came of it, for people.
    pub result: Option<String>,
    /// Why it failed the last time: a stable code, a sentence, and the trace of that attempt.
    pub error_code: Option<String>,
    pub error_message: Option<String>,
    pub trace_id: Option<String>,
    pub created_at: DateTimeUtc,
    pub started_at: Option<DateTimeUtc>,
    pub ended_at: Option<DateTimeUtc>,
}

/// Relations are resolved by loaders inside a scope, never by joins of sea-orm's own.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
