-- Keeps what bills of today change besides their own rows, for undo_writes.sql.
\set ON_ERROR_STOP 1
set client_min_messages = warning;
drop schema if exists side cascade;
create schema side;
create table side.counter as table counter;
create table side.kpi_day as select * from kpi_day where day >= :'day';
create table side.kpi_month as select * from kpi_month where month >= date_trunc('month', :'day'::date);
create table side.kpi_breakdown as select * from kpi_breakdown where month >= date_trunc('month', :'day'::date);
create table side.kpi_open as table kpi_open;
