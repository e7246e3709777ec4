/// Taxes within the price of a vehicle, and the rates by which they came about, in hundredths of a percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tax {
    /// Value added tax.
    pub vat_minor: i64,
    /// Rate of the value added tax.
    pub vat_bp: i32,
    /// Social security contribution levy; part of the value on which VAT is due.
    pub sscl_minor: i64,
    /// Rate of the levy.
    pub sscl_bp: i32,
}
