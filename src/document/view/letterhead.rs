use crate::document::Logo;

/// How a dealership's paper looks: its branding, already resolved field by field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letterhead {
    /// Name of the dealership.
    pub dealer_name: String,
    /// Brand that it sells for, printed under its name.
    pub brand_partner: Option<String>,
    /// Postal address, a line each.
    pub address: Vec<String>,
    /// Phone number, as it should be read.
    pub phone: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Colour of rules and titles, `#rrggbb`; anything else prints black.
    pub colour: String,
    /// Picture at the head of the first page.
    pub logo: Option<Logo>,
    /// Sentence at the foot of every page.
    pub footer_note: Option<String>,
}
