//! State machines: one table a noun, says which state may follow which.

use sea_orm::ActiveEnum;

use crate::error::{Refusal, RefusalCode};

/// The states of a noun.
pub trait States: ActiveEnum<Value = String> + Copy + PartialEq + 'static {
    /// What it is called in a sentence.
    const NOUN: &'static str;
    /// Each state with those that may follow it; a state that is not listed is an end.
    const TABLE: &'static [(Self, &'static [Self])];

    /// The states that may follow this one.
    fn next(self) -> &'static [Self] {
        Self::TABLE.iter().find(|(from, _)| *from == self).map_or(&[], |(_, to)| to)
    }
}

/// Checks that `to` may follow `from`; `field` is the input that asked for it.
///
/// # Errors
/// `INVALID_TRANSITION` with the states that may follow.
pub fn step<S: States>(field: &str, from: S, to: S) -> Result<(), Refusal> {
    if from.next().contains(&to) {
        return Ok(());
    }
    let message = format!("This {} is {} and cannot become {}.", S::NOUN, in_words(from), in_words(to));
    let allowed = from.next().iter().map(|state| state.to_value()).collect();
    Err(Refusal { allowed, ..Refusal::new(RefusalCode::InvalidTransition, field, message) })
}

fn in_words<S: States>(state: S) -> String {
    state.to_value().to_lowercase().replace('_', " ")
}
