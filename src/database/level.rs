//! Whether the database is fit for this release, asked in one statement: balancers ask every few seconds.
#![expect(clippy::disallowed_methods, reason = "asks the database about itself, not about anybody's rows")]

use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, Statement};

use super::Database;
use crate::error::{Error, Result};

/// What the database is found to be.
#[derive(Clone, Copy, Debug)]
pub struct Level {
    /// Every change that this release needs is made; those of a later one may be too.
    pub is_current: bool,
    /// A PostgreSQL whose statistics tell something of rows that row-level security hides (CVE-2025-8713).
    pub may_show_hidden_rows: bool,
}

impl Database {
    /// Asks what the database is.
    pub async fn level(&self) -> Result<Level> {
        if let Some(error) = self.fault.as_ref().and_then(|fault| fault()) {
            return Err(error);
        }
        let last = Migrator::migrations().last().map(|change| change.name().to_owned()).unwrap_or_default();
        let version = match self.is_embedded() {
            true => "0",
            false => "cast(current_setting('server_version_num') as bigint)",
        };
        let sql = format!("select count(*), {version} from seaql_migrations where version = '{last}'");
        let row = self.reader.query_one_raw(Statement::from_string(self.reader.get_database_backend(), sql)).await?;
        let row = row.ok_or_else(|| Error::internal(anyhow::anyhow!("a count gives a row")))?;
        let (made, version): (i64, i64) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        Ok(Level { is_current: made > 0, may_show_hidden_rows: !self.is_embedded() && is_leaky(version) })
    }
}

/// Whether a version, as `server_version_num` writes it, is older than the repair.
fn is_leaky(version: i64) -> bool {
    let (major, minor) = (version / 10_000, version % 10_000);
    match major {
        ..=14 => true,
        15 => minor < 14,
        16 => minor < 10,
        17 => minor < 6,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_leaky;

    #[test]
    fn versions_before_the_repair_leak() {
        for version in [140_022, 150_013, 160_009, 170_005] {
            assert!(is_leaky(version), "{version}");
        }
        for version in [150_014, 160_010, 170_006, 180_000] {
            assert!(!is_leaky(version), "{version}");
        }
    }
}
