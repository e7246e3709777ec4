//! What a question adds up to, by group: one statement over all parts of its range, and of the range that it is compared
//! with.

use super::group::{Groups, Key, Pair};
use super::part::{Part, parts, read};
use super::question::Question;
use super::range::Range;
use crate::database::Tx;
use crate::error::{Error, Result};

/// Most rows of an answer.
pub const MOST_ROWS: usize = 5_000;

/// The groups of a question's range and of the one `before`, without those that add up to nothing: days on which what was
/// sold was taken back, and facts of other kinds.
///
/// # Errors
/// `BAD_USER_INPUT` when there are too many.
pub(super) async fn sums(
    tx: &Tx,
    question: &Question,
    before: Option<Range>,
    columns: &[&'static str],
) -> Result<Groups> {
    let (parts, mut query) = parts(tx, question, before, columns);
    let most = parts.len() * MOST_ROWS;
    let rows = tx.groups(query.limit(most as u64 + 1).take()).await?;
    let mut groups = Groups::new();
    for row in &rows {
        let (mut key, currency, sums, place) = read(row, question, columns.len())?;
        let Part { sign, earlier } = parts[place];
        if let Some(range) = earlier {
            let Some(counterpart) = counterpart(question, range, key) else { continue };
            key = counterpart;
        }
        let pair = groups.entry((key, currency)).or_insert_with(|| Pair::nothing(columns));
        let own = if earlier.is_some() { &mut pair.before } else { &mut pair.now };
        own.iter_mut().zip(&sums).for_each(|(sum, more)| *sum += sign * more);
    }
    groups.retain(|_, pair| !pair.is_nothing());
    match rows.len() > most || groups.len() > MOST_ROWS {
        true => Err(too_many()),
        false => Ok(groups),
    }
}

/// The group that one of the range before is compared with: the third month's is the third month's. None where the range
/// has no third month.
fn counterpart(question: &Question, before: Range, key: Key) -> Option<Key> {
    let (Some(step), Some(period)) = (question.step, key.period) else { return Some(key) };
    let position = before.position(step, period);
    let last = question.range.position(step, step.first(question.range.to));
    (position <= last).then(|| Key { period: Some(question.range.at(step, position)), ..key })
}

fn too_many() -> Error {
    let message =
        format!("This has more than {MOST_ROWS} groups: choose a shorter period, or fewer ways to tell apart.");
    Error::bad_input("groupBy", message)
}
