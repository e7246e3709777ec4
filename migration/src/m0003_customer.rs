//! Customers, and the words by which they are found.

crate::sql::creates!(
    ["customer_term", "customer"],
    r#"
create table customer (
    dealership_id {uuid} not null references dealership,
    id {uuid} not null,
    branch_id {uuid} not null,
    name text not null,
    name_key {key} not null,
    nic {bytes},
    nic_index {bytes},
    phone {bytes},
    phone_index {bytes},
    address {bytes},
    created_at {timestamp} not null,
    updated_at {timestamp} not null,
    primary key (dealership_id, id),
    foreign key (dealership_id, branch_id) references branch
);
create index customer_branch_ix on customer (dealership_id, branch_id, name_key, id);
create index customer_dealership_ix on customer (dealership_id, name_key, id);
create index customer_group_ix on customer (name_key, id);
create index customer_branch_created_ix on customer (dealership_id, branch_id, created_at, id);
create index customer_dealership_created_ix on customer (dealership_id, created_at, id);
create index customer_group_created_ix on customer (created_at, id);
create index customer_nic_ix on customer (dealership_id, nic_index);
create index customer_phone_ix on customer (dealership_id, phone_index);
create table customer_term (
    dealership_id {uuid} not null references dealership,
    id {uuid} not null,
    branch_id {uuid} not null,
    customer_id {uuid} not null,
    term {key} not null,
    primary key (dealership_id, id),
    foreign key (dealership_id, branch_id) references branch,
    foreign key (dealership_id, customer_id) references customer
);
create index customer_term_ix on customer_term (dealership_id, term, customer_id);
create index customer_term_customer_ix on customer_term (dealership_id, customer_id)"#
);
