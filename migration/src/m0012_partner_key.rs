//! Keys of leasing companies, and whose registration it is that they may ask about.
//!
//! A key's id is random and made here: it needs no index that says so over all dealerships, which would be no table's that
//! is spread by dealership.

/// A registration's financier is its bill's, copied once: a bill never changes its own. Policies cannot look it up there.
const UP: &str = "
alter table rmv_case add column finance_company_id {uuid};
update rmv_case set finance_company_id = (select b.finance_company_id from bill b
    where b.dealership_id = rmv_case.dealership_id and b.id = rmv_case.bill_id);
create table partner_key (
    dealership_id {uuid} not null references dealership,
    id {uuid} not null,
    finance_company_id {uuid} not null,
    name text not null,
    key_id {key} not null,
    key_hash {bytes} not null,
    last_four text not null,
    scopes text not null,
    networks text not null,
    of_branches boolean not null,
    expires_at {timestamp} not null,
    created_by_id {uuid},
    created_at {timestamp} not null,
    last_used_at {timestamp},
    last_used_network text,
    revoked_at {timestamp},
    revoked_by_id {uuid},
    revoked_reason text,
    successor_id {uuid},
    primary key (dealership_id, id),
    unique (dealership_id, key_id),
    foreign key (dealership_id, finance_company_id) references finance_company,
    foreign key (dealership_id, created_by_id) references membership,
    foreign key (dealership_id, revoked_by_id) references membership,
    foreign key (dealership_id, successor_id) references partner_key
);
create index partner_key_key_ix on partner_key (key_id);
create index partner_key_dealership_ix on partner_key (dealership_id, created_at, id);
create index partner_key_group_ix on partner_key (created_at, id);
create table partner_key_branch (
    dealership_id {uuid} not null references dealership,
    id {uuid} not null,
    partner_key_id {uuid} not null,
    branch_id {uuid} not null,
    primary key (dealership_id, id),
    unique (dealership_id, partner_key_id, branch_id),
    foreign key (dealership_id, partner_key_id) references partner_key,
    foreign key (dealership_id, branch_id) references branch
)";

/// With the column go the policies that name it.
const DOWN: &str = "
drop table partner_key_branch;
drop table partner_key;
alter table rmv_case drop column finance_company_id{cascade}";

crate::sql::changes!(UP, DOWN);
