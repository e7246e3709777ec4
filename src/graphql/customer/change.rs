//! Entering and correcting customers.

use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};

use super::super::change::{Changed, UserError, named, named_if};
use super::super::context::{Cx, cx};
use super::super::eager::Eager;
use super::super::global_id::Tag;
use super::Customer;
use crate::error::Result;
use crate::service::customer::{CreateCustomer, Entered, Person, UpdateCustomer, Warning};

/// A customer to enter.
#[derive(InputObject)]
pub(in crate::graphql) struct CreateCustomerInput {
    /// Fresh for each customer, 8 to 64 characters: the same request twice enters one.
    idempotency_key: String,
    /// Where; needed if you act in all branches.
    branch: Option<ID>,
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

/// A customer as it is to be from now on; what is left out is taken away.
#[derive(InputObject)]
pub(in crate::graphql) struct UpdateCustomerInput {
    /// Which.
    customer: ID,
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

/// What became of a customer.
#[derive(SimpleObject)]
pub(in crate::graphql) struct CustomerPayload {
    /// The customer; null when it was refused.
    customer: Option<Eager<Customer>>,
    /// What was kept although it is unusual.
    warnings: Vec<CustomerWarning>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<UserError>,
}

/// Something to look at again.
#[derive(SimpleObject)]
pub(in crate::graphql) struct CustomerWarning {
    /// What.
    code: CustomerWarningCode,
    /// The other customer, if it is about one.
    other: Option<Customer>,
}

/// What to look at again.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
pub(in crate::graphql) enum CustomerWarningCode {
    /// The NIC has neither nine digits with V or X nor twelve digits, or names no day of a year.
    UnusualNic,
    /// Another customer you can see has the same NIC, in either form.
    SameNic,
}

impl CustomerPayload {
    async fn of(cx: &Cx, changed: Changed<Entered>) -> Result<Self> {
        let (key, noticed) = match changed {
            Ok(Entered { customer, warnings }) => (Ok(customer), warnings),
            Err(errors) => (Err(errors), Vec::new()),
        };
        let (customer, user_errors) = cx.changed(key).await?;
        let mut warnings = Vec::with_capacity(noticed.len());
        for warning in noticed {
            warnings.push(match warning {
                Warning::UnusualNic => CustomerWarning { code: CustomerWarningCode::UnusualNic, other: None },
                Warning::SameNic(other) => {
                    CustomerWarning { code: CustomerWarningCode::SameNic, other: cx.load(other).await? }
                }
            });
        }
        Ok(Self { customer, warnings, user_errors })
    }
}

impl CreateCustomerInput {
    fn resolve(self) -> Result<CreateCustomer> {
        let Self { idempotency_key: _, branch, name, nic, phone, address } = self;
        let branch = named_if(Tag::Branch, "branch", branch.as_ref())?;
        Ok(CreateCustomer { branch, person: Person { name, nic, phone, address } })
    }
}

impl UpdateCustomerInput {
    fn resolve(self) -> Result<UpdateCustomer> {
        let Self { customer, name, nic, phone, address } = self;
        let customer = named(Tag::Customer, "customer", &customer)?;
        Ok(UpdateCustomer { customer, person: Person { name, nic, phone, address } })
    }
}

#[derive(Default)]
pub(in crate::graphql) struct CustomerMutation;

#[Object]
impl CustomerMutation {
    /// Enters a customer. An odd NIC and one that another customer has are told in `warnings`, not refused.
    async fn create_customer(
        &self,
        ctx: &Context<'_>,
        input: CreateCustomerInput,
    ) -> async_graphql::Result<CustomerPayload> {
        let (cx, key) = (cx(ctx), input.idempotency_key.clone());
        Ok(CustomerPayload::of(cx, cx.change(input.resolve(), Some(&key)).await?).await?)
    }

    /// Corrects a customer. Documents keep what was written on them.
    async fn update_customer(
        &self,
        ctx: &Context<'_>,
        input: UpdateCustomerInput,
    ) -> async_graphql::Result<CustomerPayload> {
        let cx = cx(ctx);
        Ok(CustomerPayload::of(cx, cx.change(input.resolve(), None).await?).await?)
    }
}
