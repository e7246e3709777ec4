//! What is added up: one list of columns for the facts and for every rollup of them.

/// Calls a macro with its own arguments, then the columns of sales, then those of a branch's other business.
///
/// Counts are rows, money is minor units, days are whole days. A sale taken back counts against each column of its sale.
macro_rules! with_measures {
    ($callback:ident $args:tt) => {
        crate::measures::$callback! {
            $args
            [
                /// Sales.
                sold,
                /// Sales taken back by a credit note.
                taken_back,
                /// Vehicle prices.
                revenue_minor,
                /// Sales of a unit whose cost is known.
                costed_units,
                /// Vehicle prices of those.
                costed_revenue_minor,
                /// Landed costs of those.
                cost_minor,
                /// Sales on leasing.
                leasing_units,
                /// Leased shares.
                leased_minor,
                /// Vehicle prices of the bills that have a leased share.
                leased_price_minor,
                /// Sales with a leased share above the cap.
                above_cap_units,
                /// Sales of a unit whose day of receipt is known.
                stocked_units,
                /// Days that those were in stock.
                stock_days,
                /// Sales of no known unit.
                unitless,
                /// Sales without a chassis number.
                chassisless,
                /// Units received.
                units_received,
            ]
            [
                /// Payments, those given back included.
                payments,
                /// Received in notes and coins.
                collected_cash_minor,
                /// Received by card.
                collected_card_minor,
                /// Received on the bank account.
                collected_transfer_minor,
                /// Received by cheque.
                collected_cheque_minor,
                /// Received from leasing companies.
                collected_financier_minor,
                /// Received in a way the source did not say.
                collected_unknown_minor,
                /// Advances taken.
                advances_taken,
                /// Advances of the day that were completed since.
                advances_converted,
                /// Advances of the day that were cancelled since.
                advances_cancelled,
                /// Days from taking to completing them.
                conversion_days,
                /// Repair and claim quotations of the day that were accepted or rejected since.
                quotations_decided,
                /// Their totals.
                quotations_decided_minor,
                /// Those that became an invoice.
                quotations_converted,
                /// Their totals.
                quotations_converted_minor,
                /// Sales quotations of the day that were accepted or rejected since.
                offers_decided,
                /// Their totals.
                offers_decided_minor,
                /// Those that became a bill.
                offers_converted,
                /// Their totals.
                offers_converted_minor,
            ]
        }
    };
}

macro_rules! structure {
    (() [$($(#[$sale_doc:meta])* $sale:ident,)*] [$($(#[$desk_doc:meta])* $desk:ident,)*]) => {
        /// What facts add up to.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub struct Measures {
            $($(#[$sale_doc])* pub $sale: i64,)*
            $($(#[$desk_doc])* pub $desk: i64,)*
        }

        impl Measures {
            /// The columns, those of sales first.
            pub const COLUMNS: &'static [&'static str] = &[$(stringify!($sale),)* $(stringify!($desk),)*];

            /// How many of them are about sales.
            pub const OF_SALES: usize = [$(stringify!($sale)),*].len();

            /// The values of the columns, in their order.
            pub fn values(&self) -> Vec<i64> {
                vec![$(self.$sale,)* $(self.$desk,)*]
            }

            /// From the values of the columns, in their order; what is left out is nothing.
            pub fn of(values: impl IntoIterator<Item = i64>) -> Self {
                let mut values = values.into_iter();
                let mut next = || values.next().unwrap_or(0);
                Self { $($sale: next(),)* $($desk: next(),)* }
            }
        }

        impl std::ops::AddAssign for Measures {
            fn add_assign(&mut self, other: Self) {
                $(self.$sale += other.$sale;)*
                $(self.$desk += other.$desk;)*
            }
        }

        impl std::ops::Neg for Measures {
            type Output = Self;
            fn neg(self) -> Self {
                Self { $($sale: -self.$sale,)* $($desk: -self.$desk,)* }
            }
        }
    };
}

/// The entity of a table with all measures, beside keys of its own.
macro_rules! measured {
    (
        ($table:tt, $branch:ty, { $($(#[$doc:meta])* $key:ident: $type:ty,)* })
        [$($(#[$sale_doc:meta])* $sale:ident,)*]
        [$($(#[$desk_doc:meta])* $desk:ident,)*]
    ) => {
        /// One row.
        #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, $crate::positioned::Positioned)]
        #[sea_orm(table_name = $table)]
        pub struct Model {
            #[sea_orm(primary_key, auto_increment = false)]
            pub dealership_id: Uuid,
            #[sea_orm(primary_key, auto_increment = false)]
            pub id: Uuid,
            /// Absent in a row for all of the dealership, which no branch sees.
            pub branch_id: $branch,
            $($(#[$doc])* pub $key: $type,)*
            /// ISO 4217 code of the money.
            pub currency: String,
            $($(#[$sale_doc])* pub $sale: i64,)*
            $($(#[$desk_doc])* pub $desk: i64,)*
        }

        /// Which row.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct Cell {
            pub dealership_id: Uuid,
            pub id: Uuid,
            /// Absent in a row for all of the dealership, which no branch sees.
            pub branch_id: $branch,
            $($(#[$doc])* pub $key: $type,)*
            /// ISO 4217 code of the money.
            pub currency: String,
        }

        impl Model {
            /// The row of a cell.
            pub fn of(cell: Cell, measures: &crate::measures::Measures) -> Self {
                let Cell { dealership_id, id, branch_id, $($key,)* currency } = cell;
                Self {
                    dealership_id, id, branch_id, $($key,)* currency,
                    $($sale: measures.$sale,)* $($desk: measures.$desk,)*
                }
            }

            /// What it adds up to.
            pub fn measures(&self) -> crate::measures::Measures {
                crate::measures::Measures::of(self.values())
            }

            /// What its columns hold, in their order.
            pub fn values(&self) -> Vec<i64> {
                vec![$(self.$sale,)* $(self.$desk,)*]
            }

            /// The same cell with other values.
            #[must_use]
            pub fn with(&self, values: &[i64]) -> Self {
                let measures = crate::measures::Measures::of(values.iter().copied());
                Self { $($sale: measures.$sale,)* $($desk: measures.$desk,)* ..self.clone() }
            }
        }
    };
}

/// The entity of a table with the measures of sales alone, beside keys of its own.
macro_rules! measured_sales {
    ($table:tt $sales:tt $desk:tt) => {
        crate::measures::measured! { $table $sales [] }
    };
}

pub(crate) use {measured, measured_sales, structure, with_measures};

with_measures!(structure());
