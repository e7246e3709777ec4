//! The three dealerships of the demo, their branches and how their papers look.

use chrono::{DateTime, Utc};
use entity::{branch, branding, dealership};
use uuid::Uuid;

use crate::id;

pub(super) const TIME_ZONE: &str = "Asia/Colombo";
const CURRENCY: &str = "LKR";

/// A dealership as it is planned. The first two belong to one head office, the last is a stranger to it.
pub(super) struct Plot {
    pub(super) code: &'static str,
    pub(super) name: &'static str,
    /// What it sells; also the beginning of its models' names. One head office buys one brand.
    pub(super) brand: &'static str,
    /// Taxpayer number; absent where it is not registered for VAT.
    pub(super) tin: Option<&'static str>,
    /// Its part of the group's sales, in tenths.
    pub(super) share: u64,
    color: &'static str,
    address: [&'static str; 2],
    phone: &'static str,
    email: &'static str,
    pub(super) branches: [BranchPlot; 3],
}

/// A branch as it is planned.
pub(super) struct BranchPlot {
    pub(super) code: &'static str,
    pub(super) town: &'static str,
    /// Its part of the dealership's sales, in tenths.
    pub(super) share: u64,
    /// Name, colour and address of a branch that shows its own.
    own_look: Option<[&'static str; 3]>,
}

const fn branch(code: &'static str, town: &'static str, share: u64) -> BranchPlot {
    BranchPlot { code, town, share, own_look: None }
}

/// The group.
pub(super) const PLOTS: [Plot; 3] = [
    Plot {
        code: "colombo-ev",
        name: "Colombo Volt House (Pvt) Ltd",
        brand: "MYR",
        tin: Some("114720365-7000"),
        share: 5,
        color: "#00695c",
        address: ["No 214, High Level Road, Nugegoda", "Authorised dealer of Mayura electric motorcycles"],
        phone: "+94110000214",
        email: "office@colombo-ev.example",
        branches: [
            branch("BR01", "Nugegoda", 5),
            BranchPlot {
                own_look: Some(["Volt House Maharagama", "#1565c0", "No 9, Old Road, Maharagama"]),
                ..branch("BR02", "Maharagama", 3)
            },
            branch("BR03", "Negombo", 2),
        ],
    },
    Plot {
        code: "kandy-ride",
        name: "Kandy Ride & Charge (Pvt) Ltd",
        brand: "MYR",
        tin: Some("109558214-7000"),
        share: 3,
        color: "#6a1b9a",
        address: ["No 61, Dalada Street, Kandy", "Authorised dealer of Mayura electric motorcycles"],
        phone: "+94810000061",
        email: "office@kandy-ride.example",
        branches: [branch("BR01", "Kandy", 5), branch("BR02", "Matale", 3), branch("BR03", "Gampola", 2)],
    },
    Plot {
        code: "ruhuna-motors",
        name: "Ruhuna E-Motors (Pvt) Ltd",
        brand: "GJB",
        tin: None,
        share: 2,
        color: "#e65100",
        address: ["No 30, Beach Road, Matara", "Home of Gajaba electric motorcycles"],
        phone: "+94410000030",
        email: "office@ruhuna-motors.example",
        branches: [branch("BR01", "Matara", 5), branch("BR02", "Tangalle", 3), branch("BR03", "Hambantota", 2)],
    },
];

impl Plot {
    /// The dealership's row.
    pub(super) fn dealership(&self, at: DateTime<Utc>) -> dealership::Model {
        dealership::Model {
            id: self.id(at, "dealership", ""),
            code: self.code.to_owned(),
            name: self.name.to_owned(),
            currency: CURRENCY.to_owned(),
            time_zone: TIME_ZONE.to_owned(),
            discount_limit_bp: 500,
            fiscal_year_month: 4,
            revision: 0,
            reports_need_second_factor: false,
            tricycle_sold_on: None,
            created_at: at,
        }
    }

    /// The branches' rows, in the order of the plan.
    pub(super) fn branches(&self, dealership: &dealership::Model) -> Vec<branch::Model> {
        let at = dealership.created_at;
        let row = |plot: &BranchPlot| branch::Model {
            dealership_id: dealership.id,
            id: self.id(at, "branch", plot.code),
            code: plot.code.to_owned(),
            name: plot.town.to_owned(),
            closed_at: None,
            created_at: at,
        };
        self.branches.iter().map(row).collect()
    }

    /// How the papers of the dealership look, and those of a branch that has its own.
    pub(super) fn brandings(&self, dealership: &dealership::Model, branches: &[branch::Model]) -> Vec<branding::Model> {
        let at = dealership.created_at;
        let own = branding::Model {
            dealership_id: dealership.id,
            id: self.id(at, "branding", ""),
            branch_id: None,
            user_id: None,
            dealer_name: Some(self.name.to_owned()),
            logo_url: None,
            primary_color: Some(self.color.to_owned()),
            address_line1: Some(self.address[0].to_owned()),
            address_line2: Some(self.address[1].to_owned()),
            brand_partner: Some(self.brand.to_owned()),
            footer_note: Some("Thank you for riding electric.".to_owned()),
            logo_key: None,
            phone: Some(self.phone.to_owned()),
            email: Some(self.email.to_owned()),
            created_at: at,
            updated_at: at,
        };
        let of_branches = self.branches.iter().zip(branches).filter_map(|(plot, branch)| {
            let [name, color, address] = plot.own_look?;
            Some(branding::Model {
                id: self.id(at, "branding", plot.code),
                branch_id: Some(branch.id),
                dealer_name: Some(name.to_owned()),
                primary_color: Some(color.to_owned()),
                address_line1: Some(address.to_owned()),
                // What a branch does not say comes from its dealership.
                address_line2: None,
                brand_partner: None,
                footer_note: None,
                phone: None,
                email: None,
                ..own.clone()
            })
        });
        let of_branches: Vec<_> = of_branches.collect();
        std::iter::once(own).chain(of_branches).collect()
    }

    fn id(&self, at: DateTime<Utc>, kind: &str, code: &str) -> Uuid {
        id::derived(at, &[b"demo", self.code.as_bytes(), kind.as_bytes(), code.as_bytes()])
    }
}
