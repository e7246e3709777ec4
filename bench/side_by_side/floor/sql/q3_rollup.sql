-- The same from the months that add up the dealerships. $1 first day, $2 last day
select json_build_object('kpi', json_build_object('rows', coalesce(json_agg(json_build_object(
        'dealershipId', dealership_id, 'period', month,
        'figures', json_build_array(json_build_object('value', units), json_build_object('value', revenue)))
    order by month, units desc), '[]')))::text
from (
    select dealership_id, month, sold - taken_back as units, revenue_minor as revenue
    from kpi_month where branch_id is null and month between $1 and $2) totals
