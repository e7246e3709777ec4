-- A branch's units and revenue of two months, from the documents. $1 dealership, $2 branch, $3 and $4 the first days
-- of the last month and this one, $5 the last day
with counted as (
    select bill_date as day, 1 as units, vehicle_price_minor as revenue
    from bill
    where dealership_id = $1 and branch_id = $2 and status in ('COMPLETED', 'CREDITED') and bill_date between $3 and $5
    union all
    select credited_on, -1, -vehicle_price_minor
    from credit_note c join bill b on b.dealership_id = $1 and b.branch_id = $2 and b.id = c.bill_id
    where c.dealership_id = $1 and c.branch_id = $2 and credited_on between $3 and $5
)
select json_build_object(
    'thisMonth', json_build_object('totals', json_build_array(json_build_object('figures', json_build_array(
        json_build_object('value', coalesce(sum(units) filter (where day >= $4), 0)),
        json_build_object('value', coalesce(sum(revenue) filter (where day >= $4), 0)))))),
    'lastMonth', json_build_object('totals', json_build_array(json_build_object('figures', json_build_array(
        json_build_object('value', coalesce(sum(units) filter (where day < $4), 0)),
        json_build_object('value', coalesce(sum(revenue) filter (where day < $4), 0)))))))::text
from counted
