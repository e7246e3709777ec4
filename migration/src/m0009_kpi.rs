//! What figures are made of: what a bill knew of its unit on the day of the sale, and the rollups of facts.

use sea_orm_migration::prelude::*;

/// In the order of `entity::measures`.
const OF_SALES: [&str; 15] = [
    "sold",
    "taken_back",
    "revenue_minor",
    "costed_units",
    "costed_revenue_minor",
    "cost_minor",
    "leasing_units",
    "leased_minor",
    "leased_price_minor",
    "above_cap_units",
    "stocked_units",
    "stock_days",
    "unitless",
    "chassisless",
    "units_received",
];

const OF_THE_DESK: [&str; 19] = [
    "payments",
    "collected_cash_minor",
    "collected_card_minor",
    "collected_transfer_minor",
    "collected_cheque_minor",
    "collected_financier_minor",
    "collected_unknown_minor",
    "advances_taken",
    "advances_converted",
    "advances_cancelled",
    "conversion_days",
    "quotations_decided",
    "quotations_decided_minor",
    "quotations_converted",
    "quotations_converted_minor",
    "offers_decided",
    "offers_decided_minor",
    "offers_converted",
    "offers_converted_minor",
];

/// A unit's cost and day of receipt are copied: the unit may go to another branch after it came back, where the branch
/// that sold it does not see it. A rollup's row without a branch adds up its dealership.
const UP: &str = "
alter table dealership add column fiscal_year_month smallint not null default 4;
alter table dealership add column revision bigint not null default 0;
alter table bill add column landed_cost_minor bigint;
alter table bill add column unit_received_on {date};
alter table bill add column converted_on {date};
alter table bike_unit add column list_price_minor bigint not null default 0;
update bike_unit set list_price_minor = (select m.list_price_minor from bike_model m
    where m.dealership_id = bike_unit.dealership_id and m.id = bike_unit.model_id);
create index bike_unit_open_ix on bike_unit (dealership_id, branch_id, received_on)
    where deleted_at is null and status in ('AVAILABLE', 'RESERVED', 'DAMAGED', 'IN_TRANSIT');
create index bill_owing_ix on bill (dealership_id, branch_id, bill_date) where balance_minor > 0;
create index bill_owed_ix on bill (dealership_id, branch_id, bill_date) where balance_minor < 0;
create index bill_financed_ix on bill (dealership_id, branch_id, bill_date) where financier_balance_minor > 0;
create index bill_promised_ix on bill (dealership_id, branch_id, estimated_delivery_on) where status = 'PENDING';
create index rmv_case_open_ix on rmv_case (dealership_id, branch_id, due_on)
    where status not in ('PLATE_RECEIVED', 'CLOSED');
create index stock_transfer_open_ix on stock_transfer (dealership_id, branch_id) where status = 'IN_TRANSIT';
update bill set
    landed_cost_minor = (select u.landed_cost_minor from bike_unit u
        where u.dealership_id = bill.dealership_id and u.id = bill.unit_id),
    unit_received_on = (select u.received_on from bike_unit u
        where u.dealership_id = bill.dealership_id and u.id = bill.unit_id)
    where status in ('COMPLETED', 'CREDITED');
update bill set
    converted_on = (select f.bill_date from bill f
        where f.dealership_id = bill.dealership_id and f.advance_bill_id = bill.id)
    where status = 'CONVERTED';
create index credit_note_dealership_ix on credit_note (dealership_id, credited_on, id);
create index credit_note_group_ix on credit_note (credited_on, id);
drop index payment_branch_ix;
create index payment_branch_ix on payment (dealership_id, branch_id, paid_on, id);
create index payment_dealership_ix on payment (dealership_id, paid_on, id);
create index payment_group_ix on payment (paid_on, id);
create table kpi_day (
    dealership_id {uuid} not null references dealership,
    id {uuid} not null,
    branch_id {uuid},
    day {date} not null,
    currency text not null,
    {of_sales},
    {of_the_desk},
    primary key (dealership_id, id),
    foreign key (dealership_id, branch_id) references branch
);
create index kpi_day_branch_ix on kpi_day (dealership_id, branch_id, day);
create index kpi_day_dealership_ix on kpi_day (dealership_id, day);
create index kpi_day_group_ix on kpi_day (day);
create index kpi_day_total_ix on kpi_day (day) where branch_id is null;
create table kpi_month (
    dealership_id {uuid} not null references dealership,
    id {uuid} not null,
    branch_id {uuid},
    month {date} not null,
    currency text not null,
    {of_sales},
    {of_the_desk},
    primary key (dealership_id, id),
    foreign key (dealership_id, branch_id) references branch
);
create index kpi_month_branch_ix on kpi_month (dealership_id, branch_id, month);
create index kpi_month_dealership_ix on kpi_month (dealership_id, month);
create index kpi_month_group_ix on kpi_month (month);
create index kpi_month_total_ix on kpi_month (month) where branch_id is null;
create table kpi_breakdown (
    dealership_id {uuid} not null references dealership,
    id {uuid} not null,
    branch_id {uuid},
    month {date} not null,
    dimension text not null,
    model_id {uuid},
    salesperson_id {uuid},
    sale_type text,
    finance_company_id {uuid},
    currency text not null,
    {of_sales},
    primary key (dealership_id, id),
    foreign key (dealership_id, branch_id) references branch,
    foreign key (dealership_id, model_id) references bike_model,
    foreign key (dealership_id, salesperson_id) references membership,
    foreign key (dealership_id, finance_company_id) references finance_company
);
create index kpi_breakdown_branch_ix on kpi_breakdown (dealership_id, branch_id, dimension, month);
create index kpi_breakdown_dealership_ix on kpi_breakdown (dealership_id, dimension, month);
create index kpi_breakdown_group_ix on kpi_breakdown (dimension, month);
create index kpi_breakdown_total_ix on kpi_breakdown (dimension, month) where branch_id is null;
create table kpi_open (
    dealership_id {uuid} not null references dealership,
    id {uuid} not null,
    branch_id {uuid},
    kind text not null,
    since {date} not null,
    currency text not null,
    items bigint not null,
    amount_minor bigint not null,
    estimated bigint not null,
    uncoloured bigint not null,
    primary key (dealership_id, id),
    foreign key (dealership_id, branch_id) references branch
);
create index kpi_open_branch_ix on kpi_open (dealership_id, branch_id, kind, since) where items <> 0;
create index kpi_open_total_ix on kpi_open (kind, currency, since, items, amount_minor, estimated, uncoloured)
    where branch_id is null and items <> 0;
create table peer_measure (
    dealership_id {uuid} not null references dealership,
    id {uuid} not null,
    measure text not null,
    opened_at {timestamp} not null,
    closed_at {timestamp},
    primary key (dealership_id, id),
    unique (dealership_id, measure)
)";

const DOWN: &str = "
drop view if exists open_item;
drop view if exists kpi_fact;
drop table peer_measure;
drop table kpi_open;
drop table kpi_breakdown;
drop table kpi_month;
drop table kpi_day;
drop index payment_group_ix;
drop index payment_dealership_ix;
drop index payment_branch_ix;
create index payment_branch_ix on payment (dealership_id, branch_id, paid_on);
drop index credit_note_group_ix;
drop index credit_note_dealership_ix;
drop index stock_transfer_open_ix;
drop index rmv_case_open_ix;
drop index bill_promised_ix;
drop index bill_financed_ix;
drop index bill_owed_ix;
drop index bill_owing_ix;
drop index bike_unit_open_ix;
alter table bike_unit drop column list_price_minor;
alter table bill drop column converted_on;
alter table bill drop column unit_received_on;
alter table bill drop column landed_cost_minor;
alter table dealership drop column revision;
alter table dealership drop column fiscal_year_month";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = |names: &[&str]| names.iter().map(|name| format!("{name} bigint not null")).collect::<Vec<_>>();
        let up = UP.replace("{of_sales}", &columns(&OF_SALES).join(",\n    "));
        let up = up.replace("{of_the_desk}", &columns(&OF_THE_DESK).join(",\n    "));
        crate::sql::run(manager, &up).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::sql::run(manager, DOWN).await
    }
}
