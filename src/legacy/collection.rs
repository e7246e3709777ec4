//! The collections of the old system.

use serde::{Serialize, Serializer};

/// One collection, in the order of import: parents before children.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Collection {
    /// People who sign in.
    Users,
    /// The catalogue.
    BikeModels,
    /// Leasing and insurance companies.
    FinanceCompanies,
    /// How documents look.
    Brandings,
    /// Bikes.
    BikeInventory,
    /// Sales.
    Bills,
    /// Repair estimates and their invoices.
    Quotations,
    /// Who did what.
    UserActivities,
}

impl Collection {
    /// All of them, in the order of import.
    pub const ALL: [Self; 8] = [
        Self::Users,
        Self::BikeModels,
        Self::FinanceCompanies,
        Self::Brandings,
        Self::BikeInventory,
        Self::Bills,
        Self::Quotations,
        Self::UserActivities,
    ];

    /// Whether its rows count in key figures.
    pub(super) fn counts(self) -> bool {
        matches!(self, Self::BikeInventory | Self::Bills | Self::Quotations)
    }

    /// Its name in the old database, which is the stem of its file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Users => "users",
            Self::BikeModels => "bike_models",
            Self::FinanceCompanies => "financecompanies",
            Self::Brandings => "brandings",
            Self::BikeInventory => "bike_inventory",
            Self::Bills => "bills",
            Self::Quotations => "quotations",
            Self::UserActivities => "useractivities",
        }
    }

    /// Its file in a dump.
    pub fn file(self) -> String {
        format!("{}.json", self.name())
    }
}

impl Serialize for Collection {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}
