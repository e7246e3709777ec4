//! A group of dealerships that never was, for `forecourt demo` and, smaller, for tests: the same plan gives the same
//! rows, apart from what encryption and password hashing add.
//!
//! Reading order: [`seed`], `group`, `people`, `catalogue`, then a branch's life: `sales`, `quotations`, `offers`.

mod catalogue;
mod customers;
mod group;
mod house;
mod names;
mod offers;
mod payments;
mod people;
mod quotations;
mod random;
mod registrations;
mod returns;
mod sales;
mod season;
mod site;
mod stock;
mod targets;
mod terms;
mod transfers;

#[cfg(test)]
mod tests;

use anyhow::Context;
use chrono::{Months, NaiveDate, NaiveTime, TimeDelta};
use entity::user;
use indicatif::ProgressBar;
use secrecy::SecretString;

pub use people::Persona;

use crate::app::App;
use crate::auth;
use crate::calendar;
use crate::database::Limit;
use crate::scope::Scope;
use group::{PLOTS, Plot};
use house::{House, Trade};
use people::{PARTS, PASSWORD, Part};
use random::Random;
use site::Site;

/// How much is made up, and for which days.
#[derive(Clone, Debug)]
pub struct Plan {
    /// How far back the data goes, in whole months.
    pub months: u32,
    /// Sales of an average branch in an average month; the largest branch has two and a quarter times as many.
    pub sales_per_branch_month: u32,
    /// The last day of data; its evening is filled too.
    pub until: NaiveDate,
    /// Another seed gives another group.
    pub seed: u64,
}

impl Plan {
    /// Two years: some five and a half thousand bills.
    pub fn full(until: NaiveDate) -> Self {
        Self { months: 24, sales_per_branch_month: 23, until, seed: 2026 }
    }

    /// Three months: some hundred and twenty bills, with an example of everything.
    pub fn small(until: NaiveDate) -> Self {
        Self { months: 3, sales_per_branch_month: 4, until, seed: 2026 }
    }
}

/// Fills an empty installation with the group, in one transaction; gives the people who can sign in.
///
/// # Errors
/// When the group is there already or a row cannot be written; nothing is changed then.
pub async fn seed(app: &App, plan: &Plan, progress: &ProgressBar) -> anyhow::Result<Vec<Persona>> {
    let zone = calendar::zone(group::TIME_ZONE)?;
    let start = first_day(plan).context("the plan begins before the calendar does")?;
    let founded = (start - TimeDelta::days(365)).and_time(NaiveTime::MIN).and_utc();
    let password_hash = app.passwords().hash(SecretString::from(PASSWORD), Vec::new()).await?;

    progress.set_length(PLOTS.iter().map(|plot| plot.branches.len() as u64).sum());
    let tx = app.write_within(Scope::system("demo"), Limit::None).await?;
    let personas = PARTS.iter().enumerate().map(|(n, part)| part.user(n, &password_hash, founded));
    let personas: Vec<_> = personas.collect();
    tx.insert_shared::<user::Entity>(personas.clone()).await?;
    for (part, account) in PARTS.iter().zip(&personas) {
        if let Some(secret) = part.persona().second_factor {
            auth::grant_second_factor(app, &tx, account.id, secret).await?;
        }
    }
    let (mut people, mut stream) = (PARTS.len(), 0);
    for plot in &PLOTS {
        progress.set_message(plot.name);
        let house = House::found(plot, founded, plan.until, people);
        people += house.staff.users.len();
        house.open(&tx).await?;
        let mut trade = Trade::default();
        for (position, branch) in house.branches.iter().enumerate() {
            let site = Site {
                keys: app.keys(),
                dealership: &house.dealership,
                branch,
                position,
                zone,
                start,
                until: plan.until,
                monthly_milli: monthly_milli(plan, plot, position),
            };
            trade.add(&site, &house, Random::new(plan.seed, stream));
            stream += 1;
            progress.inc(1);
        }
        trade.insert(&tx, &house, plan.until).await?;
    }
    tx.commit().await?;
    progress.finish_and_clear();
    Ok(self::personas())
}

/// Everybody who can sign in to the group, whatever the plan.
pub fn personas() -> Vec<Persona> {
    PARTS.iter().map(Part::persona).collect()
}

fn first_day(plan: &Plan) -> Option<NaiveDate> {
    plan.until.succ_opt()?.checked_sub_months(Months::new(plan.months))
}

/// Sales of a branch in an average month, in thousandths: its part of its dealership's part.
fn monthly_milli(plan: &Plan, plot: &Plot, position: usize) -> u64 {
    let branches: usize = PLOTS.iter().map(|plot| plot.branches.len()).sum();
    let group = u64::from(plan.sales_per_branch_month) * branches as u64 * 1_000;
    group * plot.share * plot.branches[position].share / 100
}
