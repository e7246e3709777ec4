//! One figure of a group.

use std::sync::Arc;

use async_graphql::{Enum, InputValueError, InputValueResult, Object, Scalar, ScalarType, Value};
use serde_json::Number;

use super::report::At;
use crate::kpi::{Measure, Report, Row, Standing, Unit, quotient};

/// What a figure's value is.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "Unit")]
pub(in crate::graphql) enum KpiUnit {
    /// A number of things.
    Count,
    /// Minor units of the row's currency.
    Money,
    /// A part of a whole: 0.125 is 12.5 %.
    Share,
    /// Days, on average.
    Days,
}

/// A figure's value; see its unit.
pub(in crate::graphql) struct KpiNumber {
    pub(super) value: i64,
    pub(super) unit: Unit,
}

/// A figure's value: a whole number of things or of minor units, a decimal fraction of shares (0.125 is 12.5 %) and days.
#[Scalar]
impl ScalarType for KpiNumber {
    fn parse(_: Value) -> InputValueResult<Self> {
        Err(InputValueError::custom("Figures are only read."))
    }

    fn to_value(&self) -> Value {
        let fraction = || Number::from_f64(crate::money::decimal_of(self.value, self.unit.scale()).parse().ok()?);
        Value::Number(match self.unit {
            Unit::Count | Unit::Money => Number::from(self.value),
            Unit::Share | Unit::Days => fraction().unwrap_or_else(|| Number::from(0)),
        })
    }
}

/// One figure of a group.
pub(in crate::graphql) struct KpiFigure {
    pub(super) report: Arc<Report>,
    pub(super) at: At,
    pub(super) measure: usize,
}

impl KpiFigure {
    fn kind(&self) -> Measure {
        self.report.question.measures[self.measure]
    }

    fn unit(&self) -> Unit {
        self.kind().definition().unit
    }

    fn row(&self) -> &Row {
        match self.at {
            At::Row(n) => &self.report.rows[n],
            At::Total(n) => &self.report.totals[n],
        }
    }

    fn now(&self) -> Option<i64> {
        self.report.value(self.row(), self.measure)
    }

    fn before(&self) -> Option<i64> {
        self.report.earlier(self.row(), self.measure)
    }

    fn number(&self, value: i64) -> KpiNumber {
        KpiNumber { value, unit: self.unit() }
    }

    fn standing(&self) -> Standing {
        match self.at {
            At::Row(n) => self.report.standing(n, self.measure),
            At::Total(_) => Standing::default(),
        }
    }
}

/// One figure of a group.
#[Object]
impl KpiFigure {
    /// Which.
    async fn measure(&self) -> Measure {
        self.kind()
    }

    /// Its name for people.
    async fn title(&self) -> &str {
        self.kind().definition().title
    }

    /// Its definition in words.
    async fn formula(&self) -> &str {
        self.kind().formula()
    }

    /// What its value is.
    #[graphql(name = "unit")]
    async fn kpi_unit(&self) -> KpiUnit {
        self.unit().into()
    }

    /// Its value; null where it is not known, or where there is nothing to divide by.
    async fn value(&self) -> Option<KpiNumber> {
        self.now().map(|value| self.number(value))
    }

    /// Its value as people write it, e.g. `Rs. 512,500.00` or `12.5 %`.
    async fn formatted(&self) -> Option<String> {
        self.now().map(|value| self.unit().formatted(value, &self.row().currency))
    }

    /// Its value in what it is compared with.
    async fn previous(&self) -> Option<KpiNumber> {
        self.before().map(|value| self.number(value))
    }

    /// By how much it is more than that.
    async fn change(&self) -> Option<KpiNumber> {
        Some(self.number(self.now()? - self.before()?))
    }

    /// The change as a part of what it was before; null where that was nothing.
    async fn change_share(&self) -> Option<KpiNumber> {
        let (now, before) = (self.now()?, self.before()?);
        let value = quotient((i128::from(now) - i128::from(before)) * 1_000_000, i128::from(before).abs())?;
        Some(KpiNumber { value, unit: Unit::Share })
    }

    /// Its part of all groups of the same time and currency; of counts and amounts.
    async fn share(&self) -> Option<KpiNumber> {
        self.standing().share.map(|value| KpiNumber { value, unit: Unit::Share })
    }

    /// Its rank among these, 1 the largest; equals have the same.
    async fn rank(&self) -> Option<i32> {
        self.standing().rank
    }

    /// By how much it is above the mean of these.
    async fn above_mean(&self) -> Option<KpiNumber> {
        self.standing().above_mean.map(|value| self.number(value))
    }
}
