//! A key figure that head office has opened to comparison: the dealership's branches are compared, anonymously, with those
//! of all dealerships where it is open.

use sea_orm::entity::prelude::*;

use crate::positioned::Positioned;

/// One row of `peer_measure`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Positioned)]
#[sea_orm(table_name = "peer_measure")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub dealership_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The figure's name in the API, e.g. `UNITS`.
    pub measure: String,
    pub opened_at: DateTimeUtc,
    /// Absent while it is open.
    pub closed_at: Option<DateTimeUtc>,
}

/// Relations are resolved by loaders inside a scope, never by joins of sea-orm's own.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
