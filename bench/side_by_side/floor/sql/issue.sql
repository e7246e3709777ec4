-- A cash sale to a new customer, paid at once: all its rows but the key figures' in one statement, which ends with
-- the dealership's role for those. $1 dealership, $2 branch, $3 unit, $4 person, $5 now, $6 today, $7 to $10 ids of
-- counter, bill, payment and registration, $11 period, $12 customer, $13 name, $14 NIC, $15 its index, $16 phone, $17
-- its index, $18 address, $19 ids and $20 words of the name, $21 sealed buyer, $22 seller, $23 model, $24 its name,
-- $25 its class, $26 chassis, $27 its key, $28 motor, $29 its key, $30 price, $31 charge, $32 VAT, $33 SSCL, $34 TIN,
-- $35 cost, $36 received on, $37 branch code, $38 total in words, $39 ids of audit events, $40 id, $41 digest, $42
-- fingerprint and $43 answer of the idempotency key
with counted as (
    insert into counter (dealership_id, id, branch_id, document, period, next_value) values ($1, $7, $2, 'BILL', $11, 2)
    on conflict (dealership_id, branch_id, document, period) do update set next_value = counter.next_value + 1
    returning next_value - 1 as n
), numbered as (
    select $11 || '_' || $37 || '_' || n as number from counted
), sold as (
    update bike_unit set status = 'SOLD', sold_on = $6, updated_at = $5
    where dealership_id = $1 and branch_id = $2 and id = $3
), entered as (
    insert into customer (dealership_id, id, branch_id, name, name_key, nic, nic_index, phone, phone_index, address, created_at,
        updated_at)
    values ($1, $12, $2, $13, lower($13), $14, $15, $16, $17, $18, $5, $5)
), named as (
    insert into customer_term (dealership_id, id, branch_id, customer_id, term)
    select $1, id, $2, $12, word from unnest($19::uuid[], $20::text[]) w (id, word)
), billed as (
    insert into bill (dealership_id, id, branch_id, bill_number, number_key, billed_at, bill_date, status, sale_type,
        vehicle_class, is_advance, first_tricycle_sale, customer_id, customer_name, buyer, salesperson_id, model_id, model_name,
        unit_id, chassis_number, chassis_key, motor_number, motor_key, currency, vehicle_price_minor, rmv_charge_minor,
        total_minor, balance_minor, above_ltv_cap, vat_minor, sscl_minor, supplier_tin, delivered_on, landed_cost_minor,
        unit_received_on, source, created_at, updated_at)
    select $1, $8, $2, number, lower(number), $5, $6, 'COMPLETED', 'CASH', $25, false, false, $12, $13, $21, $22, $23, $24, $3,
        $26, $27, $28, $29, 'LKR', $30, $31, $30 + $31, 0, false, $32, $33, $34, $6, $35, $36, 'LIVE', $5, $5
    from numbered
), paid as (
    insert into payment (dealership_id, id, branch_id, bill_id, received_bill_id, paid_at, paid_on, method, amount_minor,
        currency, basis, taken_by_id, created_at)
    values ($1, $9, $2, $8, $8, $5, $6, 'CASH', $30 + $31, 'LKR', 'RECORDED', $22, $5)
), opened as (
    insert into rmv_case (dealership_id, id, branch_id, bill_id, status, opened_on, due_on, created_at, updated_at)
    select $1, $10, $2, $8, 'OPENED', $6, $6 + 30, $5, $5 where $25 = 'E_MOTORCYCLE'
), audited as (
    insert into audit_event (dealership_id, id, branch_id, occurred_at, user_id, action, target_type, target_id, summary,
        source, created_at)
    select $1, ($39::uuid[])[nth], $2, $5, $4, action, target, row, summary, 'LIVE', $5
    from numbered, lateral (values (1, 'customer_created', 'CUSTOMER', $12::uuid, ''),
        (2, 'bill_issued', 'BILL', $8, number || ': ' || $38 || ' at ' || $37),
        (3, 'payment_taken', 'PAYMENT', $9, $38 || ' on ' || number),
        (4, 'registration_opened', 'RMV_CASE', $10, 'OPENED')) event (nth, action, target, row, summary)
    where nth < 4 or $25 = 'E_MOTORCYCLE'
), remembered as (
    insert into idempotency (dealership_id, id, user_id, operation, key_digest, fingerprint, answer, created_at)
    values ($1, $40, $4, 'issueBill', $41, $42, $43, $5)
)
select number, set_config('role', 'forecourt_dealership', true) from numbered
