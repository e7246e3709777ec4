-- The same from the branch's months; the last day is today, so that both are whole. $1 to $5 as there
select json_build_object(
    'thisMonth', json_build_object('totals', json_build_array(json_build_object('figures', json_build_array(
        json_build_object('value', coalesce(sum(sold - taken_back) filter (where month >= $4), 0)),
        json_build_object('value', coalesce(sum(revenue_minor) filter (where month >= $4), 0)))))),
    'lastMonth', json_build_object('totals', json_build_array(json_build_object('figures', json_build_array(
        json_build_object('value', coalesce(sum(sold - taken_back) filter (where month < $4), 0)),
        json_build_object('value', coalesce(sum(revenue_minor) filter (where month < $4), 0)))))))::text
from kpi_month where dealership_id = $1 and branch_id = $2 and month between $3 and $5
