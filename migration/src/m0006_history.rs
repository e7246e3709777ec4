//! What happened, and where imported rows came from.

crate::sql::creates!(
    ["legacy_document", "audit_event"],
    r#"
create table audit_event (
    dealership_id {uuid} not null references dealership,
    id {uuid} not null,
    branch_id {uuid},
    occurred_at {timestamp} not null,
    user_id {uuid} references user_account,
    action text not null,
    target_type text,
    target_id {uuid},
    summary text not null,
    origin {bytes},
    source text not null,
    created_at {timestamp} not null,
    primary key (dealership_id, id),
    foreign key (dealership_id, branch_id) references branch
);
create index audit_event_dealership_ix on audit_event (dealership_id, occurred_at, id);
create table legacy_document (
    dealership_id {uuid} not null references dealership,
    id {uuid} not null,
    collection text not null,
    legacy_id text not null,
    digest {bytes} not null,
    document {bytes} not null,
    imported_at {timestamp} not null,
    primary key (dealership_id, id),
    unique (dealership_id, collection, legacy_id)
)"#
);
