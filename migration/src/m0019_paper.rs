//! Logos that were uploaded, and how a dealership or a branch is reached.

const UP: &str = "
alter table branding add column logo_key text;
alter table branding add column phone text;
alter table branding add column email text";

const DOWN: &str = "
alter table branding drop column email;
alter table branding drop column phone;
alter table branding drop column logo_key";

crate::sql::changes!(UP, DOWN);
