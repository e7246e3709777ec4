use std::fmt;

/// Whom a document is for, or who else is named in it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Party {
    /// Name.
    pub name: String,
    /// Postal address, as written; may have several lines.
    pub address: Option<String>,
    /// Phone number, as it should be read.
    pub phone: Option<String>,
    /// National identity card number.
    pub nic: Option<String>,
    /// Taxpayer identification number.
    pub tin: Option<String>,
}

/// Nothing of the person.
impl fmt::Debug for Party {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Party").finish_non_exhaustive()
    }
}
