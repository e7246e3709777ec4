//! How numbers on documents are written.

use async_graphql::{Context, Enum, ID, InputObject, Object};

use super::change::payload;
use super::context::cx;
use super::date::Date;
use super::global_id::{self, Tag};
use super::node::noun;
use crate::service::number::Series;
use crate::service::number_pattern::SetNumberPattern;
use crate::store::load::Key;

noun! {
    /// A number pattern.
    NumberPattern of number_pattern, by number_pattern, needs ReadBills
}

/// A kind of document with numbers of its own.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "Series")]
pub(super) enum NumberSeries {
    /// Bills.
    Bill,
    /// Credit notes.
    CreditNote,
    /// Proformas for leasing companies.
    Proforma,
    /// Offers of a bike.
    SalesQuotation,
    /// Repair and claim quotations.
    Quotation,
    /// Invoices made from those.
    Invoice,
}

/// How the numbers of a kind of document are written, from a day on until the next pattern.
#[Object]
impl NumberPattern {
    /// Global id.
    pub(super) async fn id(&self) -> ID {
        global_id::encode(Tag::NumberPattern, Key { dealership: self.0.dealership_id, id: self.0.id })
    }

    /// Of which documents.
    async fn series(&self) -> async_graphql::Result<NumberSeries> {
        Ok(Series::of(&self.0.document)?.into())
    }

    /// Text with `{YY}`, `{MM}` or `{MMM}`, `{BRANCH}` and `{N}`, e.g. `{YY}{MMM}_{BRANCH}_{N}`.
    async fn pattern(&self) -> &str {
        &self.0.pattern
    }

    /// The dealership's day from which it holds.
    async fn valid_from(&self) -> Date {
        Date(self.0.valid_from)
    }
}

/// A pattern to hold from a day on, in place of one that begins on the same day.
#[derive(InputObject)]
pub(super) struct SetNumberPatternInput {
    /// Fresh for each pattern, 8 to 64 characters: the same request twice sets one.
    idempotency_key: String,
    /// Of which documents.
    series: NumberSeries,
    /// Text with the year `{YY}`, if numbers begin anew each month the month `{MM}` or `{MMM}`, the branch's code `{BRANCH}`
    /// and the serial `{N}`; `_`, `-` or `/` stands between the last two. Numbers have 21 characters at most, and may not
    /// look like those of another pattern.
    pattern: String,
    /// The first day, later than today; today only while no such document was made today.
    valid_from: Date,
}

impl SetNumberPatternInput {
    fn resolve(self) -> SetNumberPattern {
        let Self { idempotency_key: _, series, pattern, valid_from } = self;
        SetNumberPattern { series: series.into(), pattern, valid_from: valid_from.0 }
    }
}

payload! {
    /// What became of a number pattern.
    NumberPatternPayload {
        /// The pattern; null when it was refused.
        number_pattern: NumberPattern
    }
}

#[derive(Default)]
pub(super) struct NumberPatternMutation;

#[Object]
impl NumberPatternMutation {
    /// Sets how the numbers of a kind of document are written from a day on; those given out stay as they are.
    async fn set_number_pattern(
        &self,
        ctx: &Context<'_>,
        input: SetNumberPatternInput,
    ) -> async_graphql::Result<NumberPatternPayload> {
        let (cx, key) = (cx(ctx), input.idempotency_key.clone());
        Ok(NumberPatternPayload::of(cx, cx.change(Ok(input.resolve()), Some(&key)).await?).await?)
    }
}
