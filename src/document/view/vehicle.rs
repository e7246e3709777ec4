/// The bike that a document is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vehicle {
    /// Model, as written on the bill.
    pub model_name: String,
    /// Registrar's class in words, e.g. `Electric motorcycle`.
    pub class_name: String,
    /// Colour, where it is known.
    pub colour: Option<String>,
    /// Model year, where it is known.
    pub model_year: Option<i16>,
    /// Chassis number, once a unit is chosen.
    pub chassis_number: Option<String>,
    /// Motor number, once a unit is chosen.
    pub motor_number: Option<String>,
}
