//! GraphQL documents that the operator trusts. Earlier texts of a name stay: clients that were not updated send them.

const UP: &str = "
create table trusted_document (
    hash {key} primary key,
    name {key} not null,
    text text not null,
    added_at {timestamp} not null
);
create index trusted_document_name_ix on trusted_document (name, added_at)";

const DOWN: &str = "drop table trusted_document";

crate::sql::changes!(UP, DOWN);
