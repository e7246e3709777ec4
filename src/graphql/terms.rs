//! On which terms somebody would buy, as clients say it.

use async_graphql::{ID, InputObject};

use super::change::named;
use super::global_id::Tag;
use super::money::BigInt;
use crate::error::Result;
use crate::service::{Asked, Leasing};

/// How a vehicle is leased.
#[derive(InputObject)]
pub(super) struct LeasingInput {
    /// What the customer pays, in minor units.
    down_payment_minor: BigInt,
    /// Who pays the rest.
    finance_company: ID,
}

/// The parts of an input called `priceMinor` and `leasing`; without the latter it is a cash sale.
pub(super) fn asked(price_minor: Option<BigInt>, leasing: Option<LeasingInput>) -> Result<Asked> {
    let leasing = leasing.map(LeasingInput::resolve).transpose()?;
    Ok(Asked { price_minor: price_minor.map(|price| price.0), leasing })
}

impl LeasingInput {
    fn resolve(self) -> Result<Leasing> {
        let finance_company = named(Tag::FinanceCompany, "leasing.financeCompany", &self.finance_company)?;
        Ok(Leasing { down_payment_minor: self.down_payment_minor.0, finance_company })
    }
}
