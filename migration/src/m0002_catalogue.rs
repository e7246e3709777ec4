//! What is sold, what is in stock, who finances it and what the registrar charges.

crate::sql::creates!(
    ["tariff", "finance_company", "bike_unit", "bike_model"],
    r#"
create table bike_model (
    dealership_id {uuid} not null references dealership,
    id {uuid} not null,
    name text not null,
    name_key {key} not null,
    vehicle_class text not null,
    list_price_minor bigint not null,
    currency text not null,
    leasable boolean not null,
    retired_at {timestamp},
    created_at {timestamp} not null,
    updated_at {timestamp} not null,
    primary key (dealership_id, id)
);
create unique index bike_model_name_uq on bike_model (dealership_id, name_key);
create index bike_model_dealership_ix on bike_model (dealership_id, name_key, id);
create index bike_model_group_ix on bike_model (name_key, id);
create table bike_unit (
    dealership_id {uuid} not null references dealership,
    id {uuid} not null,
    branch_id {uuid} not null,
    model_id {uuid} not null,
    chassis_number {key} not null,
    chassis_key {key} not null,
    motor_number {key} not null,
    motor_key {key} not null,
    colour text,
    model_year smallint,
    status text not null,
    landed_cost_minor bigint,
    currency text not null,
    received_at {timestamp} not null,
    received_on {date} not null,
    sold_on {date},
    notes text,
    deleted_at {timestamp},
    deleted_reason text,
    created_at {timestamp} not null,
    updated_at {timestamp} not null,
    primary key (dealership_id, id),
    foreign key (dealership_id, branch_id) references branch,
    foreign key (dealership_id, model_id) references bike_model
);
create unique index bike_unit_chassis_uq on bike_unit (dealership_id, chassis_number) where deleted_at is null;
create unique index bike_unit_motor_uq on bike_unit (dealership_id, motor_number) where deleted_at is null;
create index bike_unit_chassis_key_ix on bike_unit (dealership_id, chassis_key, id);
create index bike_unit_motor_key_ix on bike_unit (dealership_id, motor_key, id);
create index bike_unit_branch_ix on bike_unit (dealership_id, branch_id, received_on, id);
create index bike_unit_branch_status_ix on bike_unit (dealership_id, branch_id, status, received_on, id);
create index bike_unit_branch_chassis_ix on bike_unit (dealership_id, branch_id, chassis_key, id);
create index bike_unit_dealership_ix on bike_unit (dealership_id, received_on, id);
create index bike_unit_model_ix on bike_unit (dealership_id, model_id);
create index bike_unit_group_ix on bike_unit (received_on, id);
create index bike_unit_group_chassis_ix on bike_unit (chassis_key, id);
create table finance_company (
    dealership_id {uuid} not null references dealership,
    id {uuid} not null,
    name text not null,
    name_key {key} not null,
    address text,
    contact text,
    retired_at {timestamp},
    created_at {timestamp} not null,
    updated_at {timestamp} not null,
    primary key (dealership_id, id)
);
create unique index finance_company_name_uq on finance_company (dealership_id, name_key);
create index finance_company_dealership_ix on finance_company (dealership_id, name_key, id);
create index finance_company_group_ix on finance_company (name_key, id);
create table tariff (
    dealership_id {uuid} not null references dealership,
    id {uuid} not null,
    vehicle_class text not null,
    sale_type text not null,
    rmv_charge_minor bigint not null,
    currency text not null,
    valid_from {date} not null,
    valid_to {date},
    ltv_cap_bp integer,
    created_at {timestamp} not null,
    primary key (dealership_id, id),
    unique (dealership_id, vehicle_class, sale_type, valid_from)
)"#
);
