//! People whom an outside identity provider vouches for, and the memberships that follow its groups.

/// An account has one identity at a provider: an address that was given to somebody else there does not bring the account
/// along. A membership with a provider is that provider's to end; without one, people gave it.
const UP: &str = "
create table outside_identity (
    issuer {key} not null,
    subject {key} not null,
    user_id {uuid} not null references user_account,
    linked_at {timestamp} not null,
    last_seen_at {timestamp} not null,
    primary key (issuer, subject),
    unique (user_id, issuer)
);
create table seen_token (
    digest {bytes} primary key,
    expires_at {timestamp} not null
);
create index seen_token_expires_ix on seen_token (expires_at);
alter table membership add column provider text";

const DOWN: &str = "
alter table membership drop column provider;
drop table seen_token;
drop table outside_identity";

crate::sql::changes!(UP, DOWN);
