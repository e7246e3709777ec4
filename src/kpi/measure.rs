//! The dictionary: every additive measure and what is made of it, one line each.
//!
//! A measure is a sum of columns, or one sum by another. Its rows are the facts that hold something in one of its columns.

use crate::money;
use crate::permission::Permission;

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A number of things.
    Count,
    /// Minor units of a currency.
    Money,
    /// A part of a whole, in millionths.
    Share,
    /// Days on average, in hundredths.
    Days,
}

impl Unit {
    /// So many of it are one.
    pub fn scale(self) -> i64 {
        match self {
            Self::Count | Self::Money => 1,
            Self::Share => 1_000_000,
            Self::Days => 100,
        }
    }
}

/// By what a measure can be told apart, beside place and time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Splits {
    /// By all of model, sale type, salesperson and financier: it is about sales.
    Sales,
    /// By model: it is about units.
    Model,
    /// By nothing.
    Nothing,
}

/// A sum of columns, each with the number it is multiplied by.
pub(super) type Sum = &'static [(&'static str, i64)];

/// How a measure is defined.
#[derive(Clone, Copy, Debug)]
pub struct Definition {
    /// In words.
    pub title: &'static str,
    /// What its value is.
    pub unit: Unit,
    /// What is summed.
    pub sum: Sum,
    /// By what that is divided; without it the sum is the value.
    pub by: Option<Sum>,
    /// The value is not known where this adds up to nothing.
    pub known_by: Option<&'static str>,
    /// What is counted: the columns that count the rows it may be made from.
    pub rows: Sum,
    /// By what it can be told apart.
    pub splits: Splits,
    /// What a role needs to see it.
    pub permission: Permission,
}

const SALES: Sum = &[("sold", 1), ("taken_back", 1)];
const UNITS: Sum = &[("sold", 1), ("taken_back", -1)];
const PROFIT: Sum = &[("costed_revenue_minor", 1), ("cost_minor", -1)];
const COLLECTED: Sum = &[
    ("collected_cash_minor", 1),
    ("collected_card_minor", 1),
    ("collected_transfer_minor", 1),
    ("collected_cheque_minor", 1),
    ("collected_financier_minor", 1),
    ("collected_unknown_minor", 1),
];

const OF_SALES: Definition = Definition {
    title: "",
    unit: Unit::Count,
    sum: UNITS,
    by: None,
    known_by: None,
    rows: SALES,
    splits: Splits::Sales,
    permission: Permission::ReadKpis,
};

const OF_PROFIT: Definition = Definition {
    unit: Unit::Money,
    sum: PROFIT,
    known_by: Some("costed_units"),
    permission: Permission::ReadMargin,
    ..OF_SALES
};

const OF_PAYMENTS: Definition =
    Definition { unit: Unit::Money, sum: COLLECTED, rows: &[("payments", 1)], splits: Splits::Nothing, ..OF_SALES };

const OF_ADVANCES: Definition = Definition { rows: &[("advances_taken", 1)], splits: Splits::Nothing, ..OF_SALES };

const OF_QUOTATIONS: Definition =
    Definition { unit: Unit::Share, rows: &[("quotations_decided", 1)], splits: Splits::Nothing, ..OF_SALES };

const OF_OFFERS: Definition = Definition { rows: &[("offers_decided", 1)], ..OF_QUOTATIONS };

macro_rules! measures {
    ($($(#[doc = $formula:literal])+ $name:ident = $title:literal { $($field:ident: $value:expr),* ; $base:ident })*) => {
        /// A key figure that adds up over days and branches, or is one such sum by another.
        #[derive(async_graphql::Enum, Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[graphql(name = "KpiMeasure")]
        pub enum Measure {
            $($(#[doc = $formula])+ $name,)*
        }

        impl Measure {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// Its name in the API, e.g. `UNITS`.
            pub fn name(self) -> String {
                async_graphql::InputType::to_value(&self).to_string()
            }

            /// How it is defined.
            pub fn definition(self) -> Definition {
                match self {
                    $(Self::$name => Definition { title: $title, $($field: $value,)* ..$base },)*
                }
            }

            /// Its definition in words.
            pub fn formula(self) -> &'static str {
                match self {
                    $(Self::$name => concat!($($formula),+).trim_ascii(),)*
                }
            }
        }
    };
}

measures! {
    /// Completed sales by sale date, less those taken back by a credit note on the note's day. An advance counts when it is completed.
    Units = "Units" { sum: UNITS; OF_SALES }
    /// Σ vehicle price of those units; what the registrar charges is left out.
    VehicleRevenue = "Vehicle revenue" { unit: Unit::Money, sum: &[("revenue_minor", 1)]; OF_SALES }
    /// Vehicle revenue ÷ units.
    AverageSellingPrice = "Average selling price" { unit: Unit::Money, sum: &[("revenue_minor", 1)], by: Some(UNITS); OF_SALES }
    /// Σ (vehicle price − landed cost) of the units whose cost is known; null where none is.
    GrossProfit = "Gross profit" { sum: PROFIT; OF_PROFIT }
    /// Gross profit ÷ vehicle revenue, both of the units whose cost is known.
    GrossMargin = "Gross margin" { unit: Unit::Share, by: Some(&[("costed_revenue_minor", 1)]); OF_PROFIT }
    /// Gross profit ÷ units, both of the units whose cost is known.
    GrossPerUnit = "Gross profit per unit" { by: Some(&[("costed_units", 1)]); OF_PROFIT }
    /// Units whose cost is not known: gross profit leaves them out.
    UnitsWithoutCost = "Units without cost" { sum: &[("sold", 1), ("taken_back", -1), ("costed_units", -1)]; OF_SALES }
    /// Units of which no unit of the stock is known. A gap in the data.
    UnitsWithoutStock = "Units not from stock" { sum: &[("unitless", 1)]; OF_SALES }
    /// Units whose bill has no chassis number. A gap in the data.
    UnitsWithoutChassis = "Units without chassis" { sum: &[("chassisless", 1)]; OF_SALES }
    /// Units sold on leasing.
    LeasingUnits = "Leasing units" { sum: &[("leasing_units", 1)]; OF_SALES }
    /// Leasing units ÷ units.
    LeasingMix = "Leasing mix" { unit: Unit::Share, sum: &[("leasing_units", 1)], by: Some(UNITS); OF_SALES }
    /// Σ leased share of those units: max(price − down payment, 0).
    LeasedAmount = "Leased amount" { unit: Unit::Money, sum: &[("leased_minor", 1)]; OF_SALES }
    /// Leased amount ÷ vehicle price of the units with a leased share.
    LoanToValue = "Loan to value" { unit: Unit::Share, sum: &[("leased_minor", 1)], by: Some(&[("leased_price_minor", 1)]); OF_SALES }
    /// Units with a leased share above the loan-to-value cap in force on their day.
    AboveCapUnits = "Above the cap" { sum: &[("above_cap_units", 1)]; OF_SALES }
    /// Σ (sale date − day of receipt) ÷ units, of the units from stock.
    DaysToSell = "Days to sell" { unit: Unit::Days, sum: &[("stock_days", 1)], by: Some(&[("stocked_units", 1)]); OF_SALES }
    /// Units sold whose day of receipt is known.
    UnitsFromStock = "Units from stock" { sum: &[("stocked_units", 1)]; OF_SALES }
    /// Units received into stock, by the day of receipt, at the branch that has or sold them.
    UnitsReceived = "Units received" { sum: &[("units_received", 1)], rows: &[("units_received", 1)], splits: Splits::Model; OF_SALES }
    /// Σ payments received in the period, by customers and financiers, less those given back.
    CashCollected = "Collected" { sum: COLLECTED; OF_PAYMENTS }
    /// The part of it in notes and coins.
    CollectedCash = "Collected in cash" { sum: &[("collected_cash_minor", 1)]; OF_PAYMENTS }
    /// The part of it by card.
    CollectedCard = "Collected by card" { sum: &[("collected_card_minor", 1)]; OF_PAYMENTS }
    /// The part of it by bank transfer.
    CollectedTransfer = "Collected by transfer" { sum: &[("collected_transfer_minor", 1)]; OF_PAYMENTS }
    /// The part of it by cheque.
    CollectedCheque = "Collected by cheque" { sum: &[("collected_cheque_minor", 1)]; OF_PAYMENTS }
    /// The part of it that leasing companies paid.
    CollectedFinancier = "Collected from financiers" { sum: &[("collected_financier_minor", 1)]; OF_PAYMENTS }
    /// The part of it of which the source did not say how it came.
    CollectedUnknown = "Collected otherwise" { sum: &[("collected_unknown_minor", 1)]; OF_PAYMENTS }
    /// Advances taken in the period.
    AdvancesTaken = "Advances taken" { sum: &[("advances_taken", 1)]; OF_ADVANCES }
    /// Advances taken in the period that were completed since ÷ advances taken.
    AdvanceConversion = "Advance conversion" { unit: Unit::Share, sum: &[("advances_converted", 1)], by: Some(&[("advances_taken", 1)]); OF_ADVANCES }
    /// Advances taken in the period that were cancelled since ÷ advances taken.
    AdvanceCancellation = "Advances cancelled" { unit: Unit::Share, sum: &[("advances_cancelled", 1)], by: Some(&[("advances_taken", 1)]); OF_ADVANCES }
    /// Σ days from taking to completing ÷ advances completed, of the advances taken in the period.
    DaysToConvert = "Days to convert" { unit: Unit::Days, sum: &[("conversion_days", 1)], by: Some(&[("advances_converted", 1)]); OF_ADVANCES }
    /// Repair and claim quotations of the period that became an invoice ÷ those decided: accepted, rejected or converted.
    QuotationConversion = "Quotation conversion" { sum: &[("quotations_converted", 1)], by: Some(&[("quotations_decided", 1)]); OF_QUOTATIONS }
    /// The same by value: Σ totals of the converted ÷ Σ totals of the decided.
    QuotationConversionValue = "Quotation conversion by value" { sum: &[("quotations_converted_minor", 1)], by: Some(&[("quotations_decided_minor", 1)]); OF_QUOTATIONS }
    /// Sales quotations of the period that became a bill ÷ those decided: accepted, rejected or converted.
    OfferConversion = "Offer conversion" { sum: &[("offers_converted", 1)], by: Some(&[("offers_decided", 1)]); OF_OFFERS }
    /// The same by value: Σ totals of the converted ÷ Σ totals of the decided.
    OfferConversionValue = "Offer conversion by value" { sum: &[("offers_converted_minor", 1)], by: Some(&[("offers_decided_minor", 1)]); OF_OFFERS }
}

impl Definition {
    /// The columns it is made from.
    pub fn columns(self) -> impl Iterator<Item = &'static str> {
        let sums = [Some(self.sum), self.by, Some(self.rows)];
        sums.into_iter().flatten().flatten().map(|(column, _)| *column).chain(self.known_by)
    }

    /// The value, in the unit's scale, where `sum` gives what a column adds up to; rounded half away from zero. Not known
    /// where there is nothing to divide by.
    pub fn value(&self, sum: impl Fn(&str) -> i64) -> Option<i64> {
        if self.known_by.is_some_and(|column| sum(column) == 0) {
            return None;
        }
        let total = |columns: Sum| columns.iter().map(|(column, factor)| sum(column) * factor).sum::<i64>();
        match self.by {
            None => Some(total(self.sum)),
            Some(by) => quotient(i128::from(total(self.sum)) * i128::from(self.unit.scale()), total(by).into()),
        }
    }
}

impl Unit {
    /// A value as people write it: `1,234`, `Rs. 512,500.00`, `12.5 %`, `23.4 days`.
    pub fn formatted(self, value: i64, currency: &str) -> String {
        match self {
            Self::Count => money::grouped(&value.to_string()),
            Self::Money => money::formatted(value, currency),
            // Millionths are thousandths of a percent times ten.
            Self::Share => format!("{} %", tenths(quotient(value.into(), 1_000).unwrap_or(0))),
            Self::Days => format!("{} days", tenths(quotient(value.into(), 10).unwrap_or(0))),
        }
    }
}

fn tenths(value: i64) -> String {
    let sign = if value < 0 { "-" } else { "" };
    format!("{sign}{}.{}", money::grouped(&(value.unsigned_abs() / 10).to_string()), value.unsigned_abs() % 10)
}

/// `a ÷ b`, rounded half away from zero.
pub fn quotient(a: i128, b: i128) -> Option<i64> {
    if b == 0 {
        return None;
    }
    let half = b.abs() / 2;
    let away = if (a < 0) == (b < 0) { a.abs() + half } else { -(a.abs() + half) };
    i64::try_from(away / b.abs()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use entity::measures::Measures;

    #[test]
    fn every_column_of_a_definition_is_one_and_every_column_is_of_some_definition() {
        let mut used: Vec<_> = Measure::ALL.iter().flat_map(|measure| measure.definition().columns()).collect();
        used.sort_unstable();
        used.dedup();
        let mut columns = Measures::COLUMNS.to_vec();
        columns.sort_unstable();
        assert_eq!(used, columns);
    }

    #[test]
    fn what_is_told_apart_by_a_sale_is_made_of_columns_of_sales() {
        for measure in Measure::ALL {
            let definition = measure.definition();
            let of_sales = definition
                .columns()
                .all(|column| Measures::COLUMNS.iter().position(|known| *known == column) < Some(Measures::OF_SALES));
            assert_eq!(of_sales, definition.splits != Splits::Nothing, "{measure:?}");
        }
    }

    #[test]
    fn a_value_is_written_for_people() {
        assert_eq!(Unit::Count.formatted(-1_234, "LKR"), "-1,234");
        assert_eq!(Unit::Money.formatted(51_250_000, "LKR"), "Rs. 512,500.00");
        assert_eq!(Unit::Share.formatted(125_000, "LKR"), "12.5 %");
        assert_eq!(Unit::Share.formatted(-999_500, "LKR"), "-100.0 %");
        assert_eq!(Unit::Days.formatted(2_344, "LKR"), "23.4 days");
    }

    #[test]
    fn a_quotient_is_rounded_half_away_from_zero() {
        let cases =
            [(5, 2, Some(3)), (-5, 2, Some(-3)), (5, -2, Some(-3)), (-5, -2, Some(3)), (1, 3, Some(0)), (1, 0, None)];
        for (a, b, value) in cases {
            assert_eq!(quotient(a, b), value, "{a} ÷ {b}");
        }
    }

    #[test]
    fn profit_is_of_the_units_whose_cost_is_known() {
        let profit = Measure::GrossProfit.definition();
        let sum = |known| {
            move |column: &str| match column {
                "costed_units" => known,
                "costed_revenue_minor" => 500,
                "cost_minor" => 400,
                _ => 0,
            }
        };
        assert_eq!(profit.value(sum(0)), None);
        assert_eq!(profit.value(sum(1)), Some(100));
        assert_eq!(Measure::GrossMargin.definition().value(sum(1)), Some(200_000));
    }
}
