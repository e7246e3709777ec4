//! The items of a quotation.

use entity::{quotation, quotation_item};

use super::document::Document;
use super::ground::Ground;
use super::note::{Notes, Rejection, required};

/// Decimals of a quantity: labour is sold by the half hour.
const MILLI: u8 = 3;

/// One item; amounts in cents.
pub(super) struct Item {
    description: String,
    quantity_milli: i64,
    rate_minor: i64,
    amount_minor: i64,
}

impl Item {
    /// Reads all items; notes when they do not sum up to `total`, which stays as it is.
    pub(super) fn read_all(document: &Document<'_>, total: i64, notes: &mut Notes) -> Result<Vec<Self>, Rejection> {
        let listed = document.list("items").ok_or_else(|| Rejection::new("items is not a list of objects"))?;
        let items = listed.iter().map(|item| Self::read(item, notes)).collect::<Result<Vec<_>, _>>()?;
        let sum: i128 = items.iter().map(|item| i128::from(item.amount_minor)).sum();
        if sum != i128::from(total) {
            notes.repair("totalAmount", "kept", "is not the sum of the items");
        }
        Ok(items)
    }

    fn read(item: &Document<'_>, notes: &mut Notes) -> Result<Self, Rejection> {
        let rate_minor = required(item.money("rate", notes)?, "items.rate")?;
        let quantity_milli = item.number("quantity", MILLI, notes)?.unwrap_or_else(|| {
            notes.repair("items.quantity", "taken as one", "is missing");
            1_000
        });
        let amount_minor = match item.money("amount", notes)? {
            Some(amount) => amount,
            None => {
                notes.repair("items.amount", "computed from quantity and rate", "is missing");
                product(quantity_milli, rate_minor).ok_or_else(|| Rejection::new("items.amount is too large"))?
            }
        };
        let description = item.text("description").unwrap_or_default();
        Ok(Self { description, quantity_milli, rate_minor, amount_minor })
    }

    pub(super) fn row(self, ground: &Ground<'_>, quotation: &quotation::Model, position: i32) -> quotation_item::Model {
        let name = [quotation.id.to_string(), position.to_string()];
        quotation_item::Model {
            dealership_id: quotation.dealership_id,
            id: ground.id(quotation.created_at, &["quotation_item", &name[0], &name[1]]),
            branch_id: quotation.branch_id,
            quotation_id: quotation.id,
            position,
            description: self.description,
            quantity_milli: self.quantity_milli,
            rate_minor: self.rate_minor,
            amount_minor: self.amount_minor,
        }
    }
}

/// Quantity times rate, rounded half to even.
fn product(quantity_milli: i64, rate_minor: i64) -> Option<i64> {
    let exact = i128::from(quantity_milli) * i128::from(rate_minor);
    let (whole, rest) = (exact / 1_000, exact % 1_000);
    let up = rest > 500 || (rest == 500 && whole % 2 == 1);
    i64::try_from(whole + i128::from(up)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_an_hour_costs_half_the_rate() {
        assert_eq!(product(500, 150_000), Some(75_000));
        assert_eq!((product(1_500, 1), product(2_500, 1), product(1_501, 1)), (Some(2), Some(2), Some(2)));
        assert_eq!(product(i64::MAX, i64::MAX), None);
    }
}
