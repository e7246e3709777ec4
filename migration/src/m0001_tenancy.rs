//! Dealerships, branches, people and what they are where.

crate::sql::creates!(
    ["branding", "membership", "user_account", "branch", "dealership", "deployment"],
    r#"
create table deployment (
    id smallint primary key,
    key_check {bytes} not null,
    created_at {timestamp} not null
);
create table dealership (
    id {uuid} primary key,
    code {key} not null unique,
    name text not null,
    currency text not null,
    time_zone text not null,
    discount_limit_bp integer not null default 500,
    tricycle_sold_on {date},
    created_at {timestamp} not null
);
create table branch (
    dealership_id {uuid} not null references dealership,
    id {uuid} not null,
    code {key} not null,
    name text not null,
    closed_at {timestamp},
    created_at {timestamp} not null,
    primary key (dealership_id, id),
    unique (dealership_id, code)
);
create index branch_dealership_ix on branch (dealership_id, code, id);
create index branch_group_ix on branch (code, id);
create table user_account (
    id {uuid} primary key,
    email text not null,
    email_key {key} not null unique,
    name text not null,
    password_hash text,
    group_role text,
    personal {bytes},
    disabled_at {timestamp},
    created_at {timestamp} not null
);
create table membership (
    dealership_id {uuid} not null references dealership,
    id {uuid} not null,
    branch_id {uuid},
    user_id {uuid} not null references user_account,
    role text not null,
    ended_at {timestamp},
    created_at {timestamp} not null,
    primary key (dealership_id, id),
    foreign key (dealership_id, branch_id) references branch
);
create index membership_user_ix on membership (user_id, dealership_id);
create index membership_dealership_user_ix on membership (dealership_id, user_id);
create table branding (
    dealership_id {uuid} not null references dealership,
    id {uuid} not null,
    branch_id {uuid},
    user_id {uuid} references user_account,
    dealer_name text,
    logo_url text,
    primary_color text,
    address_line1 text,
    address_line2 text,
    brand_partner text,
    footer_note text,
    created_at {timestamp} not null,
    updated_at {timestamp} not null,
    primary key (dealership_id, id),
    foreign key (dealership_id, branch_id) references branch
);
create unique index branding_dealership_uq on branding (dealership_id) where branch_id is null and user_id is null;
create unique index branding_branch_uq on branding (dealership_id, branch_id) where user_id is null;
create unique index branding_user_uq on branding (dealership_id, user_id) where branch_id is null;
create unique index branding_branch_user_uq on branding (dealership_id, branch_id, user_id)"#
);
