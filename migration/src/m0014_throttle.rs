//! How often something that must not be guessed was tried lately.

crate::sql::creates!(
    ["throttle"],
    "
create table throttle (
    id {uuid} primary key,
    attempts integer not null,
    open_at {timestamp} not null,
    forgotten_at {timestamp} not null
);
create index throttle_forgotten_ix on throttle (forgotten_at)"
);
