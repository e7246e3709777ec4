//! Business days as clients see them.

use async_graphql::{InputObject, InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::NaiveDate;

/// A day in the dealership's zone.
#[derive(Clone, Copy)]
pub(super) struct Date(pub(super) NaiveDate);

/// A day in the dealership's zone, `YYYY-MM-DD`.
#[Scalar]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) => {
                Ok(Self(text.parse().map_err(|_| InputValueError::custom("Write a day as YYYY-MM-DD."))?))
            }
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// Days, both inclusive; either may be left open.
#[derive(InputObject, Default)]
pub(super) struct DateRange {
    /// First day.
    from: Option<Date>,
    /// Last day.
    to: Option<Date>,
}

impl DateRange {
    pub(super) fn from(&self) -> Option<NaiveDate> {
        self.from.map(|day| day.0)
    }

    pub(super) fn to(&self) -> Option<NaiveDate> {
        self.to.map(|day| day.0)
    }
}
