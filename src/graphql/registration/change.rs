//! Registrations moved on.

use async_graphql::{Context, ID, InputObject, Object};

use super::super::change::{named, payload};
use super::super::context::cx;
use super::super::date::Date;
use super::super::global_id::Tag;
use super::{RmvCase, RmvStatus};
use crate::error::Result;
use crate::service::registration::AdvanceRegistration;

/// A step of a registration that was done.
#[derive(InputObject)]
pub(in crate::graphql) struct AdvanceRegistrationInput {
    /// Which.
    registration: ID,
    /// The step; each in its turn. `CLOSED` comes with the credit note of the sale.
    to: RmvStatus,
    /// The day on which it was done, not before the step before; today if left out.
    on: Option<Date>,
    /// As issued; needed for `NUMBER_ISSUED`, and for no other step.
    registration_number: Option<String>,
}

payload! {
    /// What became of a registration.
    RegistrationPayload {
        /// The registration; null when it was refused.
        registration: RmvCase
    }
}

impl AdvanceRegistrationInput {
    fn resolve(self) -> Result<AdvanceRegistration> {
        let Self { registration, to, on, registration_number } = self;
        let registration = named(Tag::RmvCase, "registration", &registration)?;
        Ok(AdvanceRegistration { registration, to: to.into(), on: on.map(|day| day.0), number: registration_number })
    }
}

#[derive(Default)]
pub(in crate::graphql) struct RegistrationMutation;

#[Object]
impl RegistrationMutation {
    /// Moves a registration on by one step. Days are fixed once set.
    async fn advance_registration(
        &self,
        ctx: &Context<'_>,
        input: AdvanceRegistrationInput,
    ) -> async_graphql::Result<RegistrationPayload> {
        let cx = cx(ctx);
        Ok(RegistrationPayload::of(cx, cx.change(input.resolve(), None).await?).await?)
    }
}
