-- A branch's first page of bills. $1 dealership, $2 branch
select json_build_object('bills', json_build_object('nodes', coalesce(json_agg(json_build_object(
        'number', b.bill_number, 'date', b.bill_date, 'status', b.status, 'saleType', b.sale_type,
        'customer', json_build_object('name', b.customer_name),
        'vehiclePrice', json_build_object('amountMinor', b.vehicle_price_minor),
        'rmvCharge', json_build_object('amountMinor', b.rmv_charge_minor),
        'downPayment', case when b.down_payment_minor is not null
            then json_build_object('amountMinor', b.down_payment_minor) end,
        'total', json_build_object('amountMinor', b.total_minor),
        'balance', json_build_object('amountMinor', b.balance_minor),
        'unit', case when u.id is not null
            then json_build_object('chassisNumber', u.chassis_number, 'motorNumber', u.motor_number) end,
        'model', case when m.id is not null then json_build_object('name', m.name) end,
        'salesperson', case when s.id is not null then json_build_object('name', s.name) end,
        'branch', json_build_object('name', r.name))
    order by b.bill_date desc, b.id desc), '[]')))::text
from (select * from bill where dealership_id = $1 and branch_id = $2 order by bill_date desc, id desc limit 20) b
join branch r on r.dealership_id = $1 and r.id = b.branch_id
left join bike_unit u on u.dealership_id = $1 and u.branch_id = $2 and u.id = b.unit_id
left join bike_model m on m.dealership_id = $1 and m.id = b.model_id
left join membership s on s.dealership_id = $1 and s.id = b.salesperson_id
