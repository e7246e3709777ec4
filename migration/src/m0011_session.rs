//! Signed-in devices, the keys that sign their tokens, second factors, and links that work once.

const UP: &str = "
create table signing_key (
    id {uuid} primary key,
    seed {bytes} not null,
    signs_from {timestamp} not null,
    ends_at {timestamp},
    created_at {timestamp} not null
);
create table user_session (
    id {uuid} primary key,
    user_id {uuid} not null references user_account,
    refresh_key {bytes} not null,
    generation integer not null,
    rotated_at {timestamp} not null,
    authenticated_by text not null,
    authenticated_at {timestamp} not null,
    agent text,
    network text,
    ends_at {timestamp} not null,
    ended_at {timestamp},
    ended_because text,
    created_at {timestamp} not null
);
create index user_session_user_ix on user_session (user_id, id) where ended_at is null;
create table second_factor (
    id {uuid} primary key,
    user_id {uuid} not null references user_account,
    secret {bytes} not null,
    last_step bigint not null,
    confirmed_at {timestamp},
    ended_at {timestamp},
    created_at {timestamp} not null
);
create index second_factor_user_ix on second_factor (user_id) where ended_at is null;
create unique index second_factor_user_uq on second_factor (user_id) where confirmed_at is not null and ended_at is null;
create table recovery_code (
    id {uuid} primary key,
    second_factor_id {uuid} not null references second_factor,
    position smallint not null,
    code_hash text not null,
    used_at {timestamp},
    ended_at {timestamp},
    created_at {timestamp} not null
);
create unique index recovery_code_position_uq on recovery_code (second_factor_id, position) where ended_at is null;
create table sign_in_link (
    id {uuid} primary key,
    kind text not null,
    user_id {uuid} references user_account,
    digest {bytes} not null unique,
    expires_at {timestamp} not null,
    used_at {timestamp},
    created_at {timestamp} not null
);
create index sign_in_link_user_ix on sign_in_link (user_id) where used_at is null;
create table outgoing_mail (
    id {uuid} primary key,
    user_id {uuid} not null references user_account,
    kind text not null,
    body {bytes} not null,
    sent_at {timestamp},
    created_at {timestamp} not null
);
create index outgoing_mail_due_ix on outgoing_mail (created_at, id) where sent_at is null;
alter table dealership add column reports_need_second_factor boolean not null default false";

const DOWN: &str = "
alter table dealership drop column reports_need_second_factor;
drop table outgoing_mail;
drop table sign_in_link;
drop table recovery_code;
drop table second_factor;
drop table user_session;
drop table signing_key";

crate::sql::changes!(UP, DOWN);
