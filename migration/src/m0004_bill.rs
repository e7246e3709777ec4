//! Bills, the money received against them, and their numbers.

crate::sql::creates!(
    ["counter", "payment", "bill"],
    r#"
create table bill (
    dealership_id {uuid} not null references dealership,
    id {uuid} not null,
    branch_id {uuid} not null,
    bill_number {key} not null,
    number_key {key} not null,
    billed_at {timestamp} not null,
    bill_date {date} not null,
    status text not null,
    sale_type text not null,
    vehicle_class text not null,
    is_advance boolean not null,
    first_tricycle_sale boolean not null,
    customer_id {uuid} not null,
    customer_name text not null,
    buyer {bytes},
    salesperson_id {uuid},
    model_id {uuid},
    model_name text not null,
    unit_id {uuid},
    chassis_number text,
    chassis_key {key},
    motor_number text,
    motor_key {key},
    currency text not null,
    vehicle_price_minor bigint not null,
    rmv_charge_minor bigint not null,
    down_payment_minor bigint,
    leased_minor bigint,
    advance_minor bigint,
    total_minor bigint not null,
    balance_minor bigint not null,
    financier_balance_minor bigint,
    above_ltv_cap boolean not null,
    vat_minor bigint,
    sscl_minor bigint,
    supplier_tin text,
    purchaser_tin text,
    estimated_delivery_on {date},
    delivered_on {date},
    cancelled_on {date},
    cancelled_reason text,
    finance_company_id {uuid},
    proforma_number text,
    proforma_on {date},
    advance_bill_id {uuid},
    source text not null,
    created_at {timestamp} not null,
    updated_at {timestamp} not null,
    primary key (dealership_id, id),
    unique (dealership_id, bill_number),
    foreign key (dealership_id, branch_id) references branch,
    foreign key (dealership_id, customer_id) references customer,
    foreign key (dealership_id, salesperson_id) references membership,
    foreign key (dealership_id, model_id) references bike_model,
    foreign key (dealership_id, unit_id) references bike_unit,
    foreign key (dealership_id, finance_company_id) references finance_company,
    foreign key (dealership_id, advance_bill_id) references bill
);
create unique index bill_advance_uq on bill (dealership_id, advance_bill_id) where advance_bill_id is not null;
create unique index bill_live_unit_uq on bill (dealership_id, unit_id)
    where unit_id is not null and status in ('PENDING', 'COMPLETED');
create index bill_branch_ix on bill (dealership_id, branch_id, bill_date, id);
create index bill_branch_status_ix on bill (dealership_id, branch_id, status, bill_date, id);
create index bill_branch_number_ix on bill (dealership_id, branch_id, number_key, id);
create index bill_dealership_ix on bill (dealership_id, bill_date, id);
create index bill_number_key_ix on bill (dealership_id, number_key, id);
create index bill_chassis_ix on bill (dealership_id, chassis_key, id);
create index bill_motor_ix on bill (dealership_id, motor_key, id);
create index bill_customer_ix on bill (dealership_id, customer_id, bill_date, id);
create index bill_unit_ix on bill (dealership_id, unit_id);
create index bill_finance_company_ix on bill (dealership_id, finance_company_id, bill_date, id);
create index bill_group_ix on bill (bill_date, id);
create index bill_group_number_ix on bill (number_key, id);
create table payment (
    dealership_id {uuid} not null references dealership,
    id {uuid} not null,
    branch_id {uuid} not null,
    bill_id {uuid} not null,
    received_bill_id {uuid} not null,
    paid_at {timestamp} not null,
    paid_on {date} not null,
    method text not null,
    amount_minor bigint not null,
    currency text not null,
    basis text not null,
    reference text,
    taken_by_id {uuid},
    reverses_id {uuid},
    created_at {timestamp} not null,
    primary key (dealership_id, id),
    foreign key (dealership_id, branch_id) references branch,
    foreign key (dealership_id, bill_id) references bill,
    foreign key (dealership_id, received_bill_id) references bill,
    foreign key (dealership_id, taken_by_id) references membership,
    foreign key (dealership_id, reverses_id) references payment
);
create unique index payment_reverses_uq on payment (dealership_id, reverses_id) where reverses_id is not null;
create index payment_bill_ix on payment (dealership_id, bill_id, paid_at, id);
create index payment_branch_ix on payment (dealership_id, branch_id, paid_on);
create table counter (
    dealership_id {uuid} not null references dealership,
    id {uuid} not null,
    branch_id {uuid} not null,
    document text not null,
    period {key} not null,
    next_value bigint not null,
    primary key (dealership_id, id),
    unique (dealership_id, branch_id, document, period),
    foreign key (dealership_id, branch_id) references branch
)"#
);
