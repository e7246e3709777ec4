//! A write: the same rows as Forecourt's issueBill, in as few statements as can be. What Forecourt seals is random
//! bytes here.

use chrono::{NaiveDate, SubsecRound, Utc};
use serde::Deserialize;
use sqlx::{AssertSqlSafe, PgPool, Row};
use uuid::{Builder, Uuid};

use crate::cells::{Rollups, Sale};
use crate::{Claims, Result};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Variables {
    idempotency_key: Uuid,
    unit: Uuid,
    name: String,
    amount_minor: i64,
    today: NaiveDate,
}

pub(crate) async fn issue(pool: &PgPool, rollups: &Rollups, claims: &Claims, asked: Variables) -> Result<String> {
    let now = Utc::now().trunc_subsecs(3);
    let fresh = || {
        let random = Uuid::new_v4().into_bytes();
        Builder::from_unix_timestamp_millis(now.timestamp_millis().unsigned_abs(), random[6..].try_into().expect("ten"))
            .into_uuid()
    };
    let digest = asked.idempotency_key.into_bytes();
    let nic_index = sealed(16);

    let mut tx = pool.begin_with(AssertSqlSafe(claims.opening(""))).await?;
    let unit = sqlx::query(include_str!("../sql/issue_read.sql"))
        .bind(claims.dealership)
        .bind(claims.branch)
        .bind(asked.unit)
        .bind(claims.person)
        .bind(asked.today)
        .bind(&digest[..])
        .bind(i64::from_be_bytes(digest[..8].try_into()?))
        .bind(&nic_index)
        .fetch_optional(&mut *tx)
        .await?
        .ok_or("the unit is not for sale")?;
    let (is_free, answered): (bool, Option<String>) = (unit.get(18), unit.get(19));
    if !is_free || answered.is_some() {
        return Err("the key is used".into());
    }
    let (price, charge): (i64, i64) = (unit.get(11), unit.get(12));
    let total = price + charge;
    if asked.amount_minor != total {
        return Err("another amount is due".into());
    }
    let tin: Option<String> = unit.get(13);
    let rates = tin.as_ref().map(|_| (unit.get::<i32, _>(14), unit.get::<i32, _>(15)));
    let (vat, levy) = rates.map_or((0, 0), |(vat, levy)| taxes_within(price, vat, levy));
    let class: String = unit.get(10);
    let (bill, seller): (Uuid, Option<Uuid>) = (fresh(), unit.get(16));
    let words: Vec<_> = asked.name.to_lowercase().split(' ').map(str::to_owned).collect();
    let number: String = sqlx::query_scalar(include_str!("../sql/issue.sql"))
        .bind(claims.dealership)
        .bind(claims.branch)
        .bind(asked.unit)
        .bind(claims.person)
        .bind(now)
        .bind(asked.today)
        .bind(fresh())
        .bind(bill)
        .bind(fresh())
        .bind(fresh())
        .bind(asked.today.format("%y%b").to_string().to_uppercase())
        .bind(fresh())
        .bind(&asked.name)
        .bind(sealed(45))
        .bind(&nic_index)
        .bind(sealed(45))
        .bind(sealed(16))
        .bind(sealed(80))
        .bind(words.iter().map(|_| fresh()).collect::<Vec<_>>())
        .bind(words)
        .bind(sealed(128))
        .bind(seller)
        .bind(unit.get::<Uuid, _>(8))
        .bind(unit.get::<String, _>(9))
        .bind(&class)
        .bind(unit.get::<String, _>(0))
        .bind(unit.get::<String, _>(1))
        .bind(unit.get::<String, _>(2))
        .bind(unit.get::<String, _>(3))
        .bind(price)
        .bind(charge)
        .bind(vat)
        .bind(levy)
        .bind(tin)
        .bind(unit.get::<Option<i64>, _>(4))
        .bind(unit.get::<NaiveDate, _>(5))
        .bind(unit.get::<String, _>(17))
        .bind(formatted(total))
        .bind((0..4).map(|_| fresh()).collect::<Vec<_>>())
        .bind(fresh())
        .bind(&digest[..])
        .bind(sealed(16))
        .bind(format!("{{\"dealership\":\"{}\",\"id\":\"{bill}\"}}", claims.dealership))
        .fetch_one(&mut *tx)
        .await?;
    let sale = Sale {
        dealership: claims.dealership,
        branch: claims.branch,
        day: asked.today,
        price,
        cost: unit.get(4),
        received_on: unit.get(5),
        paid: total,
        model: unit.get(8),
        seller,
        is_registered: class == "E_MOTORCYCLE",
        stock_value: unit.get(6),
        has_no_colour: unit.get(7),
    };
    rollups.count(&mut tx, &sale).await?;
    tx.commit().await?;
    Ok(format!(
        "{{\"issueBill\":{{\"bill\":{{\"number\":\"{number}\",\"total\":{{\"amountMinor\":{total}}},\
         \"balance\":{{\"amountMinor\":0}}}},\"userErrors\":[]}}}}"
    ))
}

fn sealed(bytes: usize) -> Vec<u8> {
    std::iter::repeat_with(|| Uuid::new_v4().into_bytes()).flatten().take(bytes).collect()
}

/// As Forecourt's money::taxes_within.
fn taxes_within(price: i64, vat_bp: i32, levy_bp: i32) -> (i64, i64) {
    let share =
        |whole: i64, bp: i32| (whole * i64::from(bp) * 2 + 10_000 + i64::from(bp)) / (2 * (10_000 + i64::from(bp)));
    let vat = share(price, vat_bp);
    (vat, share(price - vat, levy_bp))
}

fn formatted(minor: i64) -> String {
    let rupees = (minor / 100).to_string();
    let groups: Vec<_> = rupees.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy).collect();
    format!("Rs. {}.{:02}", groups.join(","), minor % 100)
}
