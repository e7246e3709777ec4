-- Units and revenue by dealership and month, from the documents. $1 first day, $2 last day
select json_build_object('kpi', json_build_object('rows', coalesce(json_agg(json_build_object(
        'dealershipId', dealership_id, 'period', month,
        'figures', json_build_array(json_build_object('value', units), json_build_object('value', revenue)))
    order by month, units desc), '[]')))::text
from (
    select dealership_id, month, sum(units)::bigint as units, sum(revenue)::bigint as revenue
    from (
        select dealership_id, date_trunc('month', bill_date)::date as month, count(*) as units,
            sum(vehicle_price_minor) as revenue
        from bill where status in ('COMPLETED', 'CREDITED') and bill_date between $1 and $2 group by 1, 2
        union all
        select c.dealership_id, date_trunc('month', credited_on)::date, -count(*), -sum(vehicle_price_minor)
        from credit_note c join bill b on b.dealership_id = c.dealership_id and b.id = c.bill_id
        where credited_on between $1 and $2 group by 1, 2) counted
    group by 1, 2) summed
