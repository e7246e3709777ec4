//! Whom a document is to be for, as clients say it.

use async_graphql::{ID, InputObject, OneofObject};

use super::change::named;
use super::global_id::Tag;
use crate::error::Result;
use crate::service;
use crate::service::customer::Person;

/// Whom a document is for.
#[derive(OneofObject)]
pub(super) enum BuyerInput {
    /// A customer of the branch.
    Customer(ID),
    /// Somebody new, who is entered as a customer.
    Person(PersonInput),
}

/// Somebody new.
#[derive(InputObject)]
pub(super) struct PersonInput {
    /// Name.
    name: String,
    /// National identity card number.
    #[graphql(secret)]
    nic: Option<String>,
    /// Phone number, e.g. `071 234 5678`.
    #[graphql(secret)]
    phone: Option<String>,
    /// Postal address on one line.
    #[graphql(secret)]
    address: Option<String>,
}

impl BuyerInput {
    pub(super) fn resolve(self) -> Result<service::Buyer> {
        Ok(match self {
            Self::Customer(id) => service::Buyer::Known(named(Tag::Customer, "buyer.customer", &id)?),
            Self::Person(PersonInput { name, nic, phone, address }) => {
                service::Buyer::New(Person { name, nic, phone, address })
            }
        })
    }
}
