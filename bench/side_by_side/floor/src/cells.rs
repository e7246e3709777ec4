//! The key figures' cells that a cash sale is counted in: those of its branch and those that add up its dealership,
//! with the ids that Forecourt gives them (src/kpi/cell.rs).

use chrono::{Datelike, Days, NaiveDate, NaiveTime};
use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, PgPool, Postgres, Transaction};
use uuid::{Builder, Uuid};

use crate::Result;

/// What a cash sale adds, by column; $5 is its price, $6 its cost, $7 its days in stock, $8 what was paid.
const ADDS: [(&str, &str); 8] = [
    ("sold", "1"),
    ("revenue_minor", "$5"),
    ("costed_units", "case when $6::bigint is null then 0 else 1 end"),
    ("costed_revenue_minor", "case when $6::bigint is null then 0 else $5 end"),
    ("cost_minor", "coalesce($6, 0)"),
    ("stocked_units", "1"),
    ("stock_days", "$7"),
    ("payments", "1"),
];

/// The statement that writes all cells.
pub(crate) struct Rollups(String);

/// A cash sale, as far as figures go.
pub(crate) struct Sale {
    pub(crate) dealership: Uuid,
    pub(crate) branch: Uuid,
    pub(crate) day: NaiveDate,
    pub(crate) price: i64,
    pub(crate) cost: Option<i64>,
    pub(crate) received_on: NaiveDate,
    pub(crate) paid: i64,
    pub(crate) model: Uuid,
    pub(crate) seller: Option<Uuid>,
    pub(crate) is_registered: bool,
    pub(crate) stock_value: i64,
    pub(crate) has_no_colour: bool,
}

impl Rollups {
    /// For the columns that the tables have.
    pub(crate) async fn of(pool: &PgPool) -> Result<Self> {
        let mut parts = Vec::new();
        for (table, key, cells) in [
            ("kpi_day", "day", "$3, 'LKR' from unnest($9::uuid[], $10::uuid[]) c (id, branch)"),
            ("kpi_month", "month", "$4, 'LKR' from unnest($11::uuid[], $12::uuid[]) c (id, branch)"),
            (
                "kpi_breakdown",
                "month, dimension, model_id, salesperson_id, sale_type",
                "$4, dimension, model, seller, kind, 'LKR' from unnest($13::uuid[], $14::uuid[], $15::text[], $16::uuid[],
                    $17::uuid[], $18::text[]) c (id, branch, dimension, model, seller, kind)",
            ),
        ] {
            parts.push(Self::part(pool, table, key, cells).await?);
        }
        let open = "insert into kpi_open (dealership_id, id, branch_id, kind, since, currency, items, amount_minor, estimated,
                uncoloured)
            select $1, id, branch, kind, since, case kind when 'STOCK' then 'LKR' else '' end, items, amount, estimated,
                uncoloured
            from unnest($19::uuid[], $20::uuid[], $21::text[], $22::date[], $23::bigint[], $24::bigint[], $25::bigint[],
                $26::bigint[]) c (id, branch, kind, since, items, amount, estimated, uncoloured)
            on conflict (dealership_id, id) do update set items = kpi_open.items + excluded.items,
                amount_minor = kpi_open.amount_minor + excluded.amount_minor,
                estimated = kpi_open.estimated + excluded.estimated, uncoloured = kpi_open.uncoloured + excluded.uncoloured";
        let [day, month, breakdown] = &parts[..] else { unreachable!() };
        Ok(Self(format!("with days as ({day}), months as ({month}), breakdowns as ({breakdown}) {open}")))
    }

    async fn part(pool: &PgPool, table: &str, key: &str, cells: &str) -> Result<String> {
        let columns = "select column_name::text from information_schema.columns
            where table_schema = 'public' and table_name = $1 and data_type = 'bigint' order by ordinal_position";
        // The catalogue shows columns to whoever may read the table.
        let mut tx = pool.begin_with("begin; set local role forecourt_dealership").await?;
        let columns: Vec<String> = sqlx::query_scalar(columns).bind(table).fetch_all(&mut *tx).await?;
        let adds = |column: &str| match column {
            "collected_cash_minor" => "$8",
            _ => ADDS.iter().find(|(name, _)| *name == column).map_or("0", |(_, value)| value),
        };
        let values: Vec<_> = columns.iter().map(|column| adds(column)).collect();
        let changes: Vec<_> = columns
            .iter()
            .filter(|column| adds(column) != "0")
            .map(|column| format!("{column} = {table}.{column} + excluded.{column}"))
            .collect();
        let (names, values, changes) = (columns.join(", "), values.join(", "), changes.join(", "));
        let (cells, from) = cells.split_once(" from ").expect("cells come from somewhere");
        Ok(format!(
            "insert into {table} (dealership_id, id, branch_id, {key}, currency, {names}) select $1, id, branch, {cells}, {values} \
             from {from} on conflict (dealership_id, id) do update set {changes}"
        ))
    }

    /// Counts a sale; in the dealership's role.
    pub(crate) async fn count(&self, tx: &mut Transaction<'static, Postgres>, sale: &Sale) -> Result<()> {
        let month = sale.day.with_day(1).unwrap_or(sale.day);
        let (days, day_branches) = sale.cells(sale.day, "LKR", &[b"day"]);
        let (months, month_branches) = sale.cells(month, "LKR", &[b"month"]);
        let named = sale.seller.unwrap_or_default();
        let mut breakdowns = Vec::new();
        for (dimension, named, kind) in
            [("MODEL", sale.model, ""), ("SALESPERSON", named, ""), ("FINANCIER", Uuid::nil(), "CASH")]
        {
            let (ids, branches) = sale.cells(month, "LKR", &[dimension.as_bytes(), named.as_bytes(), kind.as_bytes()]);
            breakdowns.extend(ids.into_iter().zip(branches).map(|(id, branch)| (id, branch, dimension)));
        }
        breakdowns.sort_unstable();
        let only =
            |own: &str, id: Option<Uuid>| breakdowns.iter().map(|row| id.filter(|_| row.2 == own)).collect::<Vec<_>>();
        let kinds: Vec<_> = breakdowns.iter().map(|row| (row.2 == "FINANCIER").then_some("CASH")).collect();
        let open = sale.open();
        sqlx::query(AssertSqlSafe(self.0.as_str()))
            .bind(sale.dealership)
            .bind(sale.branch)
            .bind(sale.day)
            .bind(month)
            .bind(sale.price)
            .bind(sale.cost)
            .bind((sale.day - sale.received_on).num_days().max(0))
            .bind(sale.paid)
            .bind(days)
            .bind(day_branches)
            .bind(months)
            .bind(month_branches)
            .bind(breakdowns.iter().map(|row| row.0).collect::<Vec<_>>())
            .bind(breakdowns.iter().map(|row| row.1).collect::<Vec<_>>())
            .bind(breakdowns.iter().map(|row| row.2).collect::<Vec<_>>())
            .bind(only("MODEL", Some(sale.model)))
            .bind(only("SALESPERSON", sale.seller))
            .bind(kinds)
            .bind(open.iter().map(|row| row.0).collect::<Vec<_>>())
            .bind(open.iter().map(|row| row.1).collect::<Vec<_>>())
            .bind(open.iter().map(|row| row.2).collect::<Vec<_>>())
            .bind(open.iter().map(|row| row.3).collect::<Vec<_>>())
            .bind(open.iter().map(|row| row.4[0]).collect::<Vec<_>>())
            .bind(open.iter().map(|row| row.4[1]).collect::<Vec<_>>())
            .bind(open.iter().map(|row| row.4[2]).collect::<Vec<_>>())
            .bind(open.iter().map(|row| row.4[3]).collect::<Vec<_>>())
            .execute(&mut **tx)
            .await?;
        Ok(())
    }
}

type Open = (Uuid, Option<Uuid>, &'static str, NaiveDate, [i64; 4]);

impl Sale {
    /// The branch's cell and the dealership's, in the order of their ids: whoever writes several takes them in this
    /// order.
    fn cells(&self, since: NaiveDate, currency: &str, parts: &[&[u8]]) -> (Vec<Uuid>, Vec<Option<Uuid>>) {
        let cell = |owner: Uuid| derived(since, &[&[owner.as_bytes().as_slice(), currency.as_bytes()], parts].concat());
        let mut both = [(cell(self.branch), Some(self.branch)), (cell(self.dealership), None)];
        both.sort_unstable();
        both.into_iter().unzip()
    }

    /// A unit less in stock, a registration more to be done.
    fn open(&self) -> Vec<Open> {
        let estimated = i64::from(self.cost.is_none());
        let stock =
            ("STOCK", self.received_on, [-1, -self.stock_value, -estimated, -i64::from(self.has_no_colour)], "LKR");
        let case = ("REGISTRATION", self.day + Days::new(30), [1, 0, 0, 0], "");
        let mut open = Vec::new();
        for (kind, since, adds, currency) in [Some(stock), self.is_registered.then_some(case)].into_iter().flatten() {
            let (ids, branches) = self.cells(since, currency, &[b"open", kind.as_bytes()]);
            open.extend(ids.into_iter().zip(branches).map(|(id, branch)| (id, branch, kind, since, adds)));
        }
        open.sort_unstable();
        open
    }
}

fn derived(since: NaiveDate, parts: &[&[u8]]) -> Uuid {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part);
    }
    let millis = since.and_time(NaiveTime::MIN).and_utc().timestamp_millis().unsigned_abs();
    Builder::from_unix_timestamp_millis(millis, digest.finalize()[..10].try_into().expect("it has 32 bytes"))
        .into_uuid()
}
