//! What is open at a branch since a day, added up from open items.

use sea_orm::entity::prelude::*;

use crate::open_item::Kind;
use crate::positioned::Positioned;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Positioned)]
#[sea_orm(table_name = "kpi_open")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub dealership_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Absent in a row for all of the dealership, which no branch sees.
    pub branch_id: Option<Uuid>,
    pub kind: Kind,
    pub since: Date,
    /// ISO 4217 code of the amount; empty where there is none.
    pub currency: String,
    pub items: i64,
    pub amount_minor: i64,
    /// Those whose amount is an estimate.
    pub estimated: i64,
    /// Those without a colour.
    pub uncoloured: i64,
}

impl Model {
    /// The columns that are added up.
    pub const COLUMNS: &'static [&'static str] = &["items", "amount_minor", "estimated", "uncoloured"];

    /// What these hold, in their order.
    pub fn values(&self) -> Vec<i64> {
        vec![self.items, self.amount_minor, self.estimated, self.uncoloured]
    }

    /// The same cell with other values.
    #[must_use]
    pub fn with(&self, values: &[i64]) -> Self {
        let mut values = values.iter().copied();
        let mut next = || values.next().unwrap_or(0);
        Self { items: next(), amount_minor: next(), estimated: next(), uncoloured: next(), ..self.clone() }
    }
}

/// Relations are resolved by loaders inside a scope, never by joins of sea-orm's own.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
