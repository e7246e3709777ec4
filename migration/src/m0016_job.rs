//! Work that is done later.
//!
//! No foreign keys: where tables are spread over machines this one is not, and the installation has jobs of its own, which
//! are of no dealership.

const UP: &str = "
create table job (
    dealership_id {uuid} not null,
    id {uuid} not null,
    branch_id {uuid},
    kind text not null,
    payload text not null,
    user_id {uuid},
    role text,
    asked_by_id {uuid},
    unique_key text,
    is_once boolean not null,
    priority smallint not null,
    state text not null,
    run_at {timestamp},
    attempts integer not null,
    most_attempts integer not null,
    worker {uuid},
    lease {uuid},
    beat bigint not null,
    is_cancelling boolean not null,
    step bigint not null,
    steps bigint,
    result text,
    error_code text,
    error_message text,
    trace_id text,
    created_at {timestamp} not null,
    started_at {timestamp},
    ended_at {timestamp},
    primary key (dealership_id, id)
);
create unique index job_unique_key on job (dealership_id, kind, unique_key);
create index job_ready_ix on job (dealership_id, priority, id) where state = 'READY';
create index job_waiting_ix on job (run_at) where state = 'WAITING';
create index job_running_ix on job (worker) where state = 'RUNNING';
create index job_ended_ix on job (ended_at) where ended_at is not null;
create index job_branch_ix on job (dealership_id, branch_id, created_at, id);
create index job_dealership_ix on job (dealership_id, created_at, id);
create index job_group_ix on job (created_at, id)";

const DOWN: &str = "drop table job";

crate::sql::changes!(UP, DOWN);
