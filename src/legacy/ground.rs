//! What an import stands on: the dealership and branch that its rows belong to, made where they are missing.

use anyhow::{Context, ensure};
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use entity::kind::VehicleClass;
use entity::{bill, branch, dealership, tariff};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::Import;
use super::collection::Collection;
use super::cryptojs::Passphrases;
use super::document::Document;
use super::source::Dump;
use crate::app::App;
use crate::calendar;
use crate::crypto::{Keys, Place};
use crate::database::{Limit, Tx};
use crate::id;
use crate::scope::Scope;
use crate::store;

/// The old system knew one currency.
pub(super) const CURRENCY: &str = store::tariff::CURRENCY;

const TIME_ZONE: &str = "Asia/Colombo";

/// The old system asked nobody about a discount; so much passes unasked here.
const DISCOUNT_LIMIT_BP: i32 = 500;

/// What every imported row has in common.
pub(super) struct Ground<'a> {
    pub(super) keys: &'a Keys,
    pub(super) passphrases: &'a Passphrases,
    pub(super) dealership: Uuid,
    pub(super) branch: Uuid,
    pub(super) zone: Tz,
    pub(super) now: DateTime<Utc>,
}

impl<'a> Ground<'a> {
    /// Finds the dealership and its branch, or makes them.
    ///
    /// # Errors
    /// When the dealership keeps its books in another currency than the dump.
    pub(super) async fn prepare(
        app: &'a App,
        import: &Import,
        dump: &Dump,
        passphrases: &'a Passphrases,
    ) -> anyhow::Result<Self> {
        let now = app.now();
        let tx = app.write_within(Scope::system("import"), Limit::None).await?;
        let dealership = find_or_make_dealership(&tx, import, dump, now).await?;
        ensure!(
            dealership.currency == CURRENCY,
            "the dump is in {CURRENCY}, but the dealership {} keeps its books in {}",
            dealership.code,
            dealership.currency
        );
        let branch = find_or_make_branch(&tx, dealership.id, &import.branch, now).await?;
        make_tariffs(&tx, dealership.id, now).await?;
        tx.commit().await?;
        let zone = calendar::zone(&dealership.time_zone)?;
        Ok(Self { keys: app.keys(), passphrases, dealership: dealership.id, branch: branch.id, zone, now })
    }

    /// The scope in which rows are written.
    pub(super) fn scope(&self) -> crate::error::Result<Scope> {
        Scope::system("import").within(self.dealership)
    }

    /// Notes the day of the first three-wheeler among the imported sales, so that the next one is not taken for the first.
    pub(super) async fn note_first_tricycle(&self, app: &App) -> anyhow::Result<()> {
        use bill::Column;
        let tx = app.write_within(self.scope()?, Limit::None).await?;
        let sold = tx
            .select::<bill::Entity>()
            .filter(Column::DealershipId.eq(self.dealership))
            .filter(Column::VehicleClass.eq(VehicleClass::ETricycle))
            .filter(Column::Status.eq(bill::Status::Completed))
            .order_by_asc(Column::BillDate)
            .order_by_asc(Column::Id);
        if let Some(first) = tx.one(sold).await? {
            let mark = tx
                .scope()
                .update::<dealership::Entity>()
                .filter(dealership::Column::Id.eq(self.dealership))
                .filter(dealership::Column::TricycleSoldOn.is_null())
                .col_expr(dealership::Column::TricycleSoldOn, Expr::value(first.bill_date));
            tx.update(mark).await?;
        }
        Ok(tx.commit().await?)
    }

    /// The id that every import gives to what `parts` name.
    pub(super) fn id(&self, at: DateTime<Utc>, parts: &[&str]) -> Uuid {
        let parts = std::iter::once(&self.dealership.as_bytes()[..]).chain(parts.iter().map(|part| part.as_bytes()));
        id::derived(at, &parts.collect::<Vec<_>>())
    }

    /// A cell of this dealership.
    pub(super) fn place(&self, table: &'static str, column: &'static str, row: Uuid) -> Place {
        Place { dealership: self.dealership, table, column, row }
    }

    /// The dealership's day.
    pub(super) fn day(&self, at: DateTime<Utc>) -> NaiveDate {
        calendar::local_day(at, self.zone)
    }
}

async fn find_or_make_dealership(
    tx: &Tx,
    import: &Import,
    dump: &Dump,
    now: DateTime<Utc>,
) -> anyhow::Result<dealership::Model> {
    let code = import.dealership.as_str();
    ensure!(!code.is_empty(), "the dealership needs a code, e.g. tmr-main");
    let query = tx.select::<dealership::Entity>().filter(dealership::Column::Code.eq(code));
    if let Some(found) = tx.one(query).await? {
        return Ok(found);
    }
    let name = match &import.name {
        Some(name) => Some(name.clone()),
        None => branded_name(dump)?,
    };
    let made = dealership::Model {
        id: id::fresh(now),
        code: code.to_owned(),
        name: name.unwrap_or_else(|| code.to_owned()),
        currency: CURRENCY.to_owned(),
        time_zone: TIME_ZONE.to_owned(),
        discount_limit_bp: DISCOUNT_LIMIT_BP,
        fiscal_year_month: store::dealership::FISCAL_YEAR_MONTH,
        revision: 0,
        reports_need_second_factor: false,
        tricycle_sold_on: None,
        created_at: now,
    };
    tx.insert::<dealership::Entity>(vec![made.clone()]).await.context("cannot make the dealership")?;
    Ok(made)
}

/// The name in the dump's branding that is nobody's own.
fn branded_name(dump: &Dump) -> anyhow::Result<Option<String>> {
    let Some(mut lines) = dump.lines(Collection::Brandings)? else { return Ok(None) };
    while let Some(line) = lines.next()? {
        let Ok(text) = line.text else { continue };
        let name = Document::parse(&text)
            .ok()
            .filter(|branding| branding.reference("userId").is_none())
            .and_then(|branding| branding.text("dealerName"));
        if name.is_some() {
            return Ok(name);
        }
    }
    Ok(None)
}

async fn find_or_make_branch(
    tx: &Tx,
    dealership: Uuid,
    code: &str,
    now: DateTime<Utc>,
) -> anyhow::Result<branch::Model> {
    ensure!(!code.is_empty(), "the branch needs a code, e.g. BR01");
    let query = tx
        .select::<branch::Entity>()
        .filter(branch::Column::DealershipId.eq(dealership))
        .filter(branch::Column::Code.eq(code));
    if let Some(found) = tx.one(query).await? {
        return Ok(found);
    }
    let made = branch::Model {
        dealership_id: dealership,
        id: id::fresh(now),
        code: code.to_owned(),
        name: "Main branch".to_owned(),
        closed_at: None,
        created_at: now,
    };
    tx.insert::<branch::Entity>(vec![made.clone()]).await.context("cannot make the branch")?;
    Ok(made)
}

async fn make_tariffs(tx: &Tx, dealership: Uuid, now: DateTime<Utc>) -> anyhow::Result<()> {
    let query = tx.select::<tariff::Entity>().filter(tariff::Column::DealershipId.eq(dealership)).limit(1);
    if tx.one(query).await?.is_some() {
        return Ok(());
    }
    // In force for everything the old system ever sold.
    let first_day = NaiveDate::from_ymd_opt(2020, 1, 1).expect("a day of the calendar");
    let rows = store::tariff::first(dealership, first_day, now);
    tx.insert::<tariff::Entity>(rows).await.context("cannot make the tariffs")
}
