//! Documents that were made: what is printed is kept, and handed out as it was.

const UP: &str = "
create table document (
    dealership_id {uuid} not null references dealership,
    id {uuid} not null,
    branch_id {uuid},
    kind text not null,
    number text not null,
    issued_on {date} not null,
    total_minor bigint,
    currency text not null,
    subject_id {uuid} not null,
    bill_id {uuid},
    credit_note_id {uuid},
    quotation_id {uuid},
    sales_quotation_id {uuid},
    job_id {uuid},
    template_version integer not null,
    is_copy boolean not null,
    shows_cost boolean not null,
    file text not null,
    bytes bigint not null,
    created_by_id {uuid},
    created_at {timestamp} not null,
    primary key (dealership_id, id),
    foreign key (dealership_id, branch_id) references branch (dealership_id, id),
    foreign key (dealership_id, bill_id) references bill (dealership_id, id),
    foreign key (dealership_id, credit_note_id) references credit_note (dealership_id, id),
    foreign key (dealership_id, quotation_id) references quotation (dealership_id, id),
    foreign key (dealership_id, sales_quotation_id) references sales_quotation (dealership_id, id),
    foreign key (dealership_id, created_by_id) references membership (dealership_id, id)
);
create unique index document_subject_uq on document (dealership_id, subject_id, kind, is_copy);
create index document_bill_ix on document (dealership_id, bill_id);
create index document_credit_note_ix on document (dealership_id, credit_note_id);
create index document_quotation_ix on document (dealership_id, quotation_id);
create index document_sales_quotation_ix on document (dealership_id, sales_quotation_id);
create index document_job_ix on document (dealership_id, job_id)";

const DOWN: &str = "drop table document";

crate::sql::changes!(UP, DOWN);
