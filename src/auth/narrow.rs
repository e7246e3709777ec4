//! What a request itself says about where it acts: it can shrink a scope, never widen it.

use entity::{branch, dealership};
use sea_orm::{ColumnTrait, QueryFilter};

use crate::app::App;
use crate::error::{Error, Result};
use crate::scope::Scope;

/// A dealership and a branch by their codes; absent parts do not narrow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Workplace {
    /// Code of the dealership.
    pub dealership: Option<String>,
    /// Code of the branch; of the dealership named, else of the only one in reach.
    pub branch: Option<String>,
}

/// The scope, inside `workplace`.
///
/// # Errors
/// `SCOPE_MISMATCH` when the place is out of reach or does not exist: the two are never told apart.
pub async fn narrow(app: &App, scope: Scope, workplace: &Workplace) -> Result<Scope> {
    if *workplace == Workplace::default() {
        return Ok(scope);
    }
    let tx = app.read(scope.clone()).await?;
    let scope = match &workplace.dealership {
        Some(code) => {
            let query = tx.select::<dealership::Entity>().filter(dealership::Column::Code.eq(code.as_str()));
            scope.within(tx.one(query).await?.ok_or(Error::ScopeMismatch)?.id)?
        }
        None => scope,
    };
    let Some(code) = &workplace.branch else { return Ok(scope) };
    let dealership = scope.dealership().map_err(|_| Error::ScopeMismatch)?;
    let query = tx
        .select::<branch::Entity>()
        .filter(branch::Column::DealershipId.eq(dealership))
        .filter(branch::Column::Code.eq(code.as_str()));
    let branch = tx.one(query).await?.ok_or(Error::ScopeMismatch)?;
    scope.at(dealership, branch.id)
}
