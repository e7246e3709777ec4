//! Money as clients see it.

use async_graphql::{InputValueError, InputValueResult, Object, Scalar, ScalarType, Value};
use serde_json::Number;

use super::plain::Plain;
use crate::money;

/// An amount of one currency.
pub(super) type Money<'a> = Plain<Amount<'a>>;

/// The fields of [`Money`].
pub(super) struct Amount<'a> {
    minor: i64,
    currency: &'a str,
}

impl<'a> Money<'a> {
    pub(super) fn new(minor: i64, currency: &'a str) -> Self {
        Self(Amount { minor, currency })
    }
}

/// An amount of one currency. Amounts are exact: integers of the currency's minor unit.
#[Object(name = "Money")]
impl Amount<'_> {
    /// In minor units, e.g. cents.
    async fn amount_minor(&self) -> BigInt {
        BigInt(self.minor)
    }

    /// In major units as exact decimal text, e.g. `512500.00`.
    async fn amount(&self) -> String {
        money::amount(self.minor, self.currency)
    }

    /// ISO 4217 code.
    async fn currency(&self) -> &str {
        self.currency
    }

    /// As people write it, e.g. `Rs. 512,500.00`.
    async fn formatted(&self) -> String {
        money::formatted(self.minor, self.currency)
    }
}

/// An integer beyond 32 bits, sent as a JSON number; exact in every client up to 2^53.
#[derive(Clone, Copy)]
pub(super) struct BigInt(pub(super) i64);

/// An integer beyond 32 bits, sent as a JSON number; exact in every client up to 2^53.
#[Scalar]
impl ScalarType for BigInt {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::Number(number) => number.as_i64().map(Self).ok_or_else(|| InputValueError::expected_type(value)),
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn to_value(&self) -> Value {
        Value::Number(Number::from(self.0))
    }
}
