//! What the sales desk keeps beside bills: terms of tax and numbering, quotations before the sale, credit notes after it,
//! registrations, transfers, targets; and the keys by which a repeated request is known.

crate::sql::creates!(
    [
        "idempotency",
        "target",
        "stock_transfer",
        "rmv_case",
        "credit_note",
        "sales_quotation",
        "enquiry",
        "number_pattern",
        "tax_profile",
    ],
    r#"
create table tax_profile (
    dealership_id {uuid} not null references dealership,
    id {uuid} not null,
    tin text,
    vat_bp integer not null,
    sscl_bp integer not null,
    valid_from {date} not null,
    created_at {timestamp} not null,
    primary key (dealership_id, id),
    unique (dealership_id, valid_from)
);
create table number_pattern (
    dealership_id {uuid} not null references dealership,
    id {uuid} not null,
    document text not null,
    pattern text not null,
    valid_from {date} not null,
    created_at {timestamp} not null,
    primary key (dealership_id, id),
    unique (dealership_id, document, valid_from)
);
create table enquiry (
    dealership_id {uuid} not null references dealership,
    id {uuid} not null,
    branch_id {uuid} not null,
    status text not null,
    asked_at {timestamp} not null,
    asked_on {date} not null,
    name text not null,
    contact {bytes},
    model_id {uuid},
    notes text,
    lost_reason text,
    salesperson_id {uuid},
    created_at {timestamp} not null,
    updated_at {timestamp} not null,
    primary key (dealership_id, id),
    foreign key (dealership_id, branch_id) references branch,
    foreign key (dealership_id, model_id) references bike_model,
    foreign key (dealership_id, salesperson_id) references membership
);
create index enquiry_branch_ix on enquiry (dealership_id, branch_id, asked_on, id);
create index enquiry_dealership_ix on enquiry (dealership_id, asked_on, id);
create index enquiry_group_ix on enquiry (asked_on, id);
create table sales_quotation (
    dealership_id {uuid} not null references dealership,
    id {uuid} not null,
    branch_id {uuid} not null,
    quotation_number {key} not null,
    number_key {key} not null,
    status text not null,
    quoted_at {timestamp} not null,
    quoted_on {date} not null,
    valid_until {date} not null,
    enquiry_id {uuid},
    customer_id {uuid} not null,
    customer_name text not null,
    buyer {bytes},
    salesperson_id {uuid},
    model_id {uuid} not null,
    model_name text not null,
    vehicle_class text not null,
    sale_type text not null,
    currency text not null,
    vehicle_price_minor bigint not null,
    rmv_charge_minor bigint not null,
    down_payment_minor bigint,
    leased_minor bigint,
    total_minor bigint not null,
    finance_company_id {uuid},
    proforma_number text,
    proforma_on {date},
    remarks text,
    bill_id {uuid},
    created_at {timestamp} not null,
    updated_at {timestamp} not null,
    primary key (dealership_id, id),
    unique (dealership_id, quotation_number),
    foreign key (dealership_id, branch_id) references branch,
    foreign key (dealership_id, enquiry_id) references enquiry,
    foreign key (dealership_id, customer_id) references customer,
    foreign key (dealership_id, salesperson_id) references membership,
    foreign key (dealership_id, model_id) references bike_model,
    foreign key (dealership_id, finance_company_id) references finance_company,
    foreign key (dealership_id, bill_id) references bill
);
create unique index sales_quotation_bill_uq on sales_quotation (dealership_id, bill_id) where bill_id is not null;
create index sales_quotation_branch_ix on sales_quotation (dealership_id, branch_id, quoted_on, id);
create index sales_quotation_dealership_ix on sales_quotation (dealership_id, quoted_on, id);
create index sales_quotation_group_ix on sales_quotation (quoted_on, id);
create index sales_quotation_number_key_ix on sales_quotation (dealership_id, number_key, id);
create index sales_quotation_customer_ix on sales_quotation (dealership_id, customer_id);
create index sales_quotation_enquiry_ix on sales_quotation (dealership_id, enquiry_id);
create table credit_note (
    dealership_id {uuid} not null references dealership,
    id {uuid} not null,
    branch_id {uuid} not null,
    credit_number {key} not null,
    bill_id {uuid} not null,
    credited_at {timestamp} not null,
    credited_on {date} not null,
    reason text not null,
    currency text not null,
    amount_minor bigint not null,
    vat_minor bigint,
    sscl_minor bigint,
    unit_returned boolean not null,
    issued_by_id {uuid},
    created_at {timestamp} not null,
    primary key (dealership_id, id),
    unique (dealership_id, credit_number),
    unique (dealership_id, bill_id),
    foreign key (dealership_id, branch_id) references branch,
    foreign key (dealership_id, bill_id) references bill,
    foreign key (dealership_id, issued_by_id) references membership
);
create index credit_note_branch_ix on credit_note (dealership_id, branch_id, credited_on, id);
create table rmv_case (
    dealership_id {uuid} not null references dealership,
    id {uuid} not null,
    branch_id {uuid} not null,
    bill_id {uuid} not null,
    status text not null,
    opened_on {date} not null,
    due_on {date} not null,
    documents_ready_on {date},
    submitted_on {date},
    number_issued_on {date},
    book_received_on {date},
    plate_received_on {date},
    closed_on {date},
    registration_number text,
    created_at {timestamp} not null,
    updated_at {timestamp} not null,
    primary key (dealership_id, id),
    unique (dealership_id, bill_id),
    foreign key (dealership_id, branch_id) references branch,
    foreign key (dealership_id, bill_id) references bill
);
create index rmv_case_branch_ix on rmv_case (dealership_id, branch_id, due_on, id);
create index rmv_case_branch_status_ix on rmv_case (dealership_id, branch_id, status, due_on, id);
create index rmv_case_dealership_ix on rmv_case (dealership_id, due_on, id);
create index rmv_case_group_ix on rmv_case (due_on, id);
create table stock_transfer (
    dealership_id {uuid} not null references dealership,
    id {uuid} not null,
    branch_id {uuid} not null,
    transfer_id {uuid} not null,
    side text not null,
    other_branch_id {uuid} not null,
    other_branch_code text not null,
    unit_id {uuid} not null,
    model_name text not null,
    chassis_number text not null,
    status text not null,
    requested_at {timestamp} not null,
    requested_on {date} not null,
    sent_on {date},
    received_on {date},
    cancelled_on {date},
    notes text,
    created_at {timestamp} not null,
    updated_at {timestamp} not null,
    primary key (dealership_id, id),
    unique (dealership_id, transfer_id, side),
    foreign key (dealership_id, branch_id) references branch,
    foreign key (dealership_id, other_branch_id) references branch,
    foreign key (dealership_id, unit_id) references bike_unit
);
create unique index stock_transfer_open_uq on stock_transfer (dealership_id, unit_id, side)
    where status in ('REQUESTED', 'IN_TRANSIT');
create index stock_transfer_unit_ix on stock_transfer (dealership_id, unit_id);
create index stock_transfer_branch_ix on stock_transfer (dealership_id, branch_id, requested_on, id);
create index stock_transfer_dealership_ix on stock_transfer (dealership_id, side, requested_on, id);
create index stock_transfer_group_ix on stock_transfer (side, requested_on, id);
create table target (
    dealership_id {uuid} not null references dealership,
    id {uuid} not null,
    branch_id {uuid} not null,
    month {date} not null,
    units integer,
    revenue_minor bigint,
    currency text not null,
    created_at {timestamp} not null,
    updated_at {timestamp} not null,
    primary key (dealership_id, id),
    unique (dealership_id, branch_id, month),
    foreign key (dealership_id, branch_id) references branch
);
create table idempotency (
    dealership_id {uuid} not null references dealership,
    id {uuid} not null,
    user_id {uuid} not null references user_account,
    operation text not null,
    key_digest {bytes} not null,
    fingerprint {bytes} not null,
    answer text not null,
    created_at {timestamp} not null,
    primary key (dealership_id, id),
    unique (dealership_id, user_id, operation, key_digest)
);
create index idempotency_created_ix on idempotency (dealership_id, created_at)"#
);
