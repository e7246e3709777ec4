//! What becomes of mail, mail to customers, and the words that a dealership has of its own.
//!
//! Mail to a customer is to nobody with an account, and SQLite cannot take `not null` off a column: the table is made anew.
//! A release that knows the old columns alone goes on writing to it.

const UP: &str = "
create table letter (
    id {uuid} primary key,
    user_id {uuid} references user_account,
    dealership_id {uuid} references dealership,
    kind text not null,
    cause {key},
    body {bytes} not null,
    state text not null default 'WAITING',
    attempts integer not null default 0,
    claim {uuid},
    claimed_until {timestamp},
    answer text,
    good_until {timestamp},
    sent_at {timestamp},
    created_at {timestamp} not null
);
insert into letter (id, user_id, kind, body, sent_at, created_at)
    select id, user_id, kind, body, sent_at, created_at from outgoing_mail;
drop table outgoing_mail;
alter table letter rename to outgoing_mail;
create index outgoing_mail_due_ix on outgoing_mail (created_at, id) where sent_at is null;
create unique index outgoing_mail_cause_uq on outgoing_mail (cause);
create table mail_template (
    dealership_id {uuid} not null references dealership,
    id {uuid} not null,
    kind text not null,
    subject text,
    body text,
    created_at {timestamp} not null,
    primary key (dealership_id, id)
);
create index mail_template_kind_ix on mail_template (dealership_id, kind, id)";

const DOWN: &str = "
drop table mail_template;
create table letter (
    id {uuid} primary key,
    user_id {uuid} not null references user_account,
    kind text not null,
    body {bytes} not null,
    sent_at {timestamp},
    created_at {timestamp} not null
);
insert into letter (id, user_id, kind, body, sent_at, created_at)
    select id, user_id, kind, body, sent_at, created_at from outgoing_mail
    where user_id is not null and dealership_id is null;
drop table outgoing_mail;
alter table letter rename to outgoing_mail;
create index outgoing_mail_due_ix on outgoing_mail (created_at, id) where sent_at is null";

crate::sql::changes!(UP, DOWN);
