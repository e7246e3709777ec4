//! Repair and insurance-claim quotations, and the invoices made from them.

crate::sql::creates!(
    ["quotation_item", "quotation"],
    r#"
create table quotation (
    dealership_id {uuid} not null references dealership,
    id {uuid} not null,
    branch_id {uuid} not null,
    quotation_number {key} not null,
    number_key {key} not null,
    kind text not null,
    status text not null,
    quoted_at {timestamp} not null,
    quoted_on {date} not null,
    customer_id {uuid} not null,
    customer_name text not null,
    buyer {bytes},
    registration_number text,
    accident_on {date},
    claim_number text,
    insurance_company text,
    currency text not null,
    total_minor bigint not null,
    remarks text,
    salesperson_id {uuid},
    converted_from_id {uuid},
    created_at {timestamp} not null,
    updated_at {timestamp} not null,
    primary key (dealership_id, id),
    unique (dealership_id, quotation_number),
    foreign key (dealership_id, branch_id) references branch,
    foreign key (dealership_id, customer_id) references customer,
    foreign key (dealership_id, salesperson_id) references membership,
    foreign key (dealership_id, converted_from_id) references quotation
);
create unique index quotation_converted_uq on quotation (dealership_id, converted_from_id) where converted_from_id is not null;
create index quotation_branch_ix on quotation (dealership_id, branch_id, quoted_on, id);
create index quotation_dealership_ix on quotation (dealership_id, quoted_on, id);
create index quotation_number_key_ix on quotation (dealership_id, number_key, id);
create index quotation_branch_number_ix on quotation (dealership_id, branch_id, number_key, id);
create index quotation_customer_ix on quotation (dealership_id, customer_id);
create index quotation_group_ix on quotation (quoted_on, id);
create index quotation_group_number_ix on quotation (number_key, id);
create table quotation_item (
    dealership_id {uuid} not null references dealership,
    id {uuid} not null,
    branch_id {uuid} not null,
    quotation_id {uuid} not null,
    position integer not null,
    description text not null,
    quantity_milli bigint not null,
    rate_minor bigint not null,
    amount_minor bigint not null,
    primary key (dealership_id, id),
    foreign key (dealership_id, branch_id) references branch,
    foreign key (dealership_id, quotation_id) references quotation
);
create unique index quotation_item_position_uq on quotation_item (dealership_id, quotation_id, position)"#
);
