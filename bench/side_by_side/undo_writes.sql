-- Takes back the bills issued since `since`, with all that came with them: the next who measures finds the same units.
\set ON_ERROR_STOP 1
set client_min_messages = warning;
set session_replication_role = replica;
begin;
create temp table undone as
    select dealership_id, id, unit_id, customer_id from bill where bill_date >= :'day' and created_at >= :'since';
delete from payment p using undone u where p.dealership_id = u.dealership_id and p.bill_id = u.id;
delete from rmv_case c using undone u where c.dealership_id = u.dealership_id and c.bill_id = u.id;
delete from customer_term t using undone u where t.dealership_id = u.dealership_id and t.customer_id = u.customer_id;
delete from customer c using undone u where c.dealership_id = u.dealership_id and c.id = u.customer_id;
delete from bill b using undone u where b.dealership_id = u.dealership_id and b.id = u.id;
update bike_unit b set status = 'AVAILABLE', sold_on = null from undone u
    where b.dealership_id = u.dealership_id and b.id = u.unit_id;
delete from idempotency where created_at >= :'since';
delete from audit_event where created_at >= :'since';
update counter set next_value = old.next_value from side.counter old
    where counter.dealership_id = old.dealership_id and counter.id = old.id and counter.next_value <> old.next_value;
delete from counter where not exists (
    select from side.counter old where counter.dealership_id = old.dealership_id and counter.id = old.id);
delete from kpi_day where day >= :'day';
insert into kpi_day table side.kpi_day;
delete from kpi_month where month >= date_trunc('month', :'day'::date);
insert into kpi_month table side.kpi_month;
delete from kpi_breakdown where month >= date_trunc('month', :'day'::date);
insert into kpi_breakdown table side.kpi_breakdown;
delete from kpi_open;
insert into kpi_open table side.kpi_open;
commit;
vacuum analyze payment, rmv_case, customer_term, customer, bill, bike_unit, idempotency, audit_event, counter, kpi_day,
    kpi_month, kpi_breakdown, kpi_open;
