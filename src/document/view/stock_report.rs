use chrono::{NaiveDate, NaiveDateTime};

/// The bikes in stock at a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StockReport {
    /// The moment, in the dealership's zone.
    pub drawn_up_at: NaiveDateTime,
    /// Which branches it covers, in words, e.g. `All branches`.
    pub reach: String,
    /// Whose report it is, e.g. who asked for it.
    pub prepared_for: Option<String>,
    /// Currency of every amount.
    pub currency: String,
    /// The bikes, in the order in which they are printed; consecutive ones of a branch stand under its name.
    pub units: Vec<StockUnit>,
}

/// A bike in stock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StockUnit {
    /// Branch where it stands.
    pub branch_name: String,
    /// Model.
    pub model_name: String,
    /// Colour, where it is known.
    pub colour: Option<String>,
    /// Chassis number.
    pub chassis_number: String,
    /// Motor number.
    pub motor_number: String,
    /// Where it stands in words, e.g. `Available`.
    pub status: String,
    /// Day on which it came in.
    pub received_on: NaiveDate,
    /// Days in stock.
    pub age_days: i64,
    /// Landed cost, or the list price where that is unknown or not for the reader.
    pub value_minor: i64,
    /// The value is the list price.
    pub at_list_price: bool,
}
