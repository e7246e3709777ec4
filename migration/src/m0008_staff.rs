//! Staff under the name each dealership knows them by, and listed in the order of their coming.

/// What somebody is called in one dealership was the account's name so far, and is where it is absent: an account is
/// shared, and its name is not for a dealership that only knows an address.
const UP: &str = "
alter table membership add column name text;
create index membership_branch_ix on membership (dealership_id, branch_id, created_at, id);
create index membership_dealership_ix on membership (dealership_id, created_at, id);
create index membership_group_ix on membership (created_at, id)";

const DOWN: &str = "
drop index membership_group_ix;
drop index membership_dealership_ix;
drop index membership_branch_ix;
alter table membership drop column name";

crate::sql::changes!(UP, DOWN);
