-- Locks a unit that is for sale and reads all that its bill needs; one row, or none when it is not for sale. $1
-- dealership, $2 branch, $3 unit, $4 person, $5 today, $6 idempotency key's digest, $7 the same as a lock, $8 blind
-- index of the NIC
select u.chassis_number, u.chassis_key, u.motor_number, u.motor_key, u.landed_cost_minor, u.received_on,
    coalesce(u.landed_cost_minor, u.list_price_minor), u.colour is null, m.id, m.name, m.vehicle_class, m.list_price_minor,
    t.rmv_charge_minor, x.tin, x.vat_bp, x.sscl_bp, s.id, r.code, pg_try_advisory_xact_lock($7),
    (select answer from idempotency
        where dealership_id = $1 and user_id = $4 and operation = 'issueBill' and key_digest = $6),
    exists (select from customer where dealership_id = $1 and branch_id = $2 and nic_index = $8)
from bike_unit u
join dealership d on d.id = $1
join branch r on r.dealership_id = $1 and r.id = $2 and r.closed_at is null
join bike_model m on m.dealership_id = $1 and m.id = u.model_id
join lateral (select rmv_charge_minor from tariff
    where dealership_id = $1 and vehicle_class = m.vehicle_class and sale_type = 'CASH' and valid_from <= $5
        and (valid_to is null or valid_to >= $5)
    order by valid_from desc limit 1) t on true
left join lateral (select tin, vat_bp, sscl_bp from tax_profile
    where dealership_id = $1 and valid_from <= $5 order by valid_from desc limit 1) x on true
left join lateral (select id from membership
    where dealership_id = $1 and user_id = $4 and branch_id = $2 and ended_at is null limit 1) s on true
where u.dealership_id = $1 and u.branch_id = $2 and u.id = $3 and u.status = 'AVAILABLE' and u.deleted_at is null
for update of u for key share of d, r
