//! On which terms somebody would buy, as clients say it.

use async_graphql::{ID, InputObject};

use super::change::named;
use super::global_id::Tag;
use super::money::BigInt;
use crate::error::Result;
use crate::service::{Asked, SaleTypeAsked};

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
    let sale_type = match leasing {
        None => SaleTypeAsked::Cash,
        Some(LeasingInput { down_payment_minor: BigInt(down_payment_minor), finance_company }) => {
            let finance_company = named(Tag::FinanceCompany, "leasing.financeCompany", &finance_company)?;
            SaleTypeAsked::Leasing { down_payment_minor, finance_company }
        }
    };
    Ok(Asked { sale_type, price_minor: price_minor.map(|BigInt(minor)| minor) })
}
