-- A group of 200 dealerships with ten branches each, the same for the same arguments on every machine: `bills` bills
-- of the two years that end at `until`. Dealership d has a part of 1/(d+4), the largest 5.2 %, the smallest 0.1 %;
-- its branches have 22, 17, 14, 12, 10, 8, 6, 5, 4 and 2 %. Rows lie on disk in the order of time, dealerships mixed,
-- as they would have come. Bills from before `detailed` came from an older system: their units, payments,
-- registrations and quotations are not kept.
--
--   psql --set bills=1000000 --set until='2026-09-14 18:00+05:30' --set detailed=2024-09-15 --file group.sql
--
-- Run as a superuser on a migrated database; what it holds is thrown away. Where the product keeps sealed identities
-- there are bytes of the right length that nobody can open: ask for none in clear.
\set ON_ERROR_STOP 1
set client_min_messages = warning;
set time zone 'Asia/Colombo';
set session_replication_role = replica;
set synchronous_commit = off;
set synchronize_seqscans = off;
set work_mem = '512MB';
set hash_mem_multiplier = 2;
set maintenance_work_mem = '1GB';
set max_parallel_maintenance_workers = 2;

drop schema if exists side cascade;
create schema side;
-- Indexes are made again at the end, in a third of the time that keeping them takes.
create table side.ordering as
    select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
    from pg_index i join pg_class t on t.oid = i.indrelid
    where t.relname in ('bill', 'bike_unit', 'customer', 'customer_term', 'payment', 'credit_note', 'quotation',
            'sales_quotation', 'rmv_case')
        and t.relnamespace = 'public'::regnamespace
        and not exists (select from pg_constraint where conindid = i.indexrelid);
do $$ declare it record; begin
    for it in select * from side.ordering loop execute 'drop index ' || it.name; end loop;
end $$;
truncate dealership, user_account cascade;

-- What hash number `salt` says about `n`: 0 to below `below`.
create function side.pick(n bigint, salt int, below int) returns int language sql immutable parallel safe
    return (hashint8extended(n, salt) & 2147483647) % below;
-- The same as a part of one.
create function side.part(n bigint, salt int) returns float8 language sql immutable parallel safe
    return side.pick(n, salt, 1000000) / 1000000.0::float8;
-- A UUID of version 7 for row `n` of a kind.
create function side.id(at timestamptz, kind int, n bigint) returns uuid language sql immutable parallel safe
    return (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0')
        || '7' || lpad(to_hex(hashint8extended(n, kind) & 4095), 3, '0')
        || '8' || lpad(to_hex(hashint8extended(n, kind + 1000) & 1152921504606846975), 15, '0'))::uuid;
-- What stands for sealed bytes.
create function side.sealed(n bigint, bytes int) returns bytea language sql immutable parallel safe
    return substr(decode(repeat(md5(n::text), 1 + bytes / 16), 'hex'), 1, bytes);

create table side.span as
    select until, since, until - since as length, since - interval '30 days' as founded, sales, sales / 4 as customers
    from (select :'until'::timestamptz as until) u,
        lateral (select ((until::date - interval '2 years')::date + 1)::timestamptz as since) s,
        -- One sale in eight is two bills, an advance and what completes it; what is too many is dropped below.
        lateral (select ceil(:bills * 0.891)::bigint as sales) n;

\echo dealerships, branches, people, catalogue
create table side.house as
    select d, founded as at, side.id(founded, 1, d) as id, 1.0 / (d + 4) / sum(1.0 / (d + 4)) over () as part,
        (sum(1.0 / (d + 4)) over (order by d) / sum(1.0 / (d + 4)) over ())::float8 as upto,
        case when d % 5 <> 0 then 100000000 + d * 7919 || '-7000' end as tin
    from side.span, generate_series(1, 200) d;
create table side.shop as
    select d, b, h.id as dealership, side.id(at, 2, d * 100 + b) as branch, at,
        h.part * (array[22, 17, 14, 12, 10, 8, 6, 5, 4, 2])[b] / 100 as part
    from side.house h, generate_series(1, 10) b;
create table side.model as
    select d, m, id as dealership, side.id(at, 3, d * 100 + m) as model, at,
        (array['Mayura', 'Gajaba', 'Lihini', 'Kirala'])[1 + d % 4] || ' ' || chr(64 + m) || m * 7 % 20 + 1 as name,
        case when m = 18 then 'E_TRICYCLE' when m in (16, 17, 19) then 'E_MOTORBICYCLE' else 'E_MOTORCYCLE' end as class,
        (200000 + 18000 * m + 2500 * (d % 7)) * 100::bigint as price
    from side.house, generate_series(1, 20) m;
create table side.financier as
    select d, f, id as dealership, side.id(at, 4, d * 10 + f) as company, at,
        (array['Mahaweli Crest Leasing', 'Walawe Harbour Finance', 'Kandurata Hill Finance', 'Lanka Lotus Leasing',
            'Ruhunu Coast Credit'])[f] || ' PLC' as name
    from side.house, generate_series(1, 3 + d % 3) f;
-- Of five at a branch, number 0 signs in.
create table side.seller as
    select d, b, s, dealership, branch, at, side.id(at, 5, (d * 100 + b) * 10 + s) as person,
        side.id(at, 6, (d * 100 + b) * 10 + s) as member, 'Seller ' || d || '-' || b || '-' || s as name,
        case when s > 0 then 's' || s || '.' else '' end || 'br' || lpad(b::text, 2, '0')
            || '@house-' || lpad(d::text, 3, '0') || '.example' as email
    from side.shop, generate_series(0, 4) s;

insert into dealership (id, code, name, currency, time_zone, discount_limit_bp, created_at)
    select id, 'house-' || lpad(d::text, 3, '0'), 'House ' || d || ' (Pvt) Ltd', 'LKR', 'Asia/Colombo', 500, at
    from side.house;
insert into branch (dealership_id, id, code, name, created_at)
    select dealership, branch, 'BR' || lpad(b::text, 2, '0'), 'Branch ' || b || ' of house ' || d, at from side.shop;
insert into user_account (id, email, email_key, name, group_role, created_at)
    select person, email, email, name, null, at from side.seller
    union all
    select side.id(at, 7, d), email, email, 'Principal ' || d, null, at
    from side.house, lateral (select 'principal@house-' || lpad(d::text, 3, '0') || '.example' as email) e
    union all
    select side.id(founded, 8, 0), 'hq@group.example', 'hq@group.example', 'Head Office', 'HQ_ADMIN', founded from side.span;
insert into membership (dealership_id, id, branch_id, user_id, role, created_at, name)
    select dealership, member, branch, person, case when s = 0 and b % 2 = 0 then 'BRANCH_MANAGER' else 'SALES' end, at, name
    from side.seller
    union all
    select id, side.id(at, 9, d), null, side.id(at, 7, d), 'DEALER_ADMIN', at, 'Principal ' || d from side.house;
insert into bike_model (dealership_id, id, name, name_key, vehicle_class, list_price_minor, currency, leasable,
        created_at, updated_at)
    select dealership, model, name, lower(name), class, price, 'LKR', class = 'E_MOTORCYCLE', at, at from side.model;
insert into finance_company (dealership_id, id, name, name_key, address, contact, created_at, updated_at)
    select dealership, company, name, lower(name), 'No ' || d || ', Temple Road', '+9411' || 1000000 + d, at, at
    from side.financier;
insert into tariff (dealership_id, id, vehicle_class, sale_type, rmv_charge_minor, currency, valid_from, ltv_cap_bp,
        created_at)
    select id, side.id(at, 10, d * 10 + n), class, kind, charge, 'LKR', at::date, cap, at
    from side.house, (values (1, 'E_MOTORCYCLE', 'CASH', 1300000, null), (2, 'E_MOTORCYCLE', 'LEASING', 1350000, 7000),
        (3, 'E_MOTORBICYCLE', 'CASH', 0, null), (4, 'E_TRICYCLE', 'CASH', 0, null)) t (n, class, kind, charge, cap);
insert into tax_profile (dealership_id, id, tin, vat_bp, sscl_bp, valid_from, created_at)
    select id, side.id(at, 11, d), tin, 1800, 250, at::date, at from side.house where tin is not null;
insert into target (dealership_id, id, branch_id, month, units, revenue_minor, currency, created_at, updated_at)
    select dealership, side.id(month, 12, d * 100 + b), branch, month::date, units, units * 36000000::bigint, 'LKR', at, at
    from side.shop, side.span,
        generate_series(date_trunc('month', since), date_trunc('month', until), interval '1 month') month,
        lateral (select ceil(part * :bills / 24 * (0.9 + side.part(d * 100 + b, 12) / 5))::int as units) u;

\echo customers
create table side.customer as
    select n, d, b, dealership, branch, side.id(p.at, 20, n) as id, p.at, initcap(name) as name, lower(name) as key
    from side.span, generate_series(0, customers - 1) n,
        lateral (select since + n * (length / sales) as at,
            1 + width_bucket(side.part(n, 21), (select array_agg(upto order by d) from side.house where d < 200)) as d,
            1 + width_bucket(side.pick(n, 22, 100), array[22, 39, 53, 65, 75, 83, 89, 94, 98]) as b,
            (array['nimal', 'kamal', 'sunil', 'ruwan', 'saman', 'priya', 'kumari', 'dilani', 'fathima', 'ravi',
                'mohamed', 'anura', 'chathura', 'nadeesha', 'tharindu', 'lakshmi', 'ishara', 'pradeep', 'chamari',
                'roshan', 'sanduni', 'asanka', 'buddhika', 'dinesh', 'gayan', 'hasini', 'indika', 'janaka', 'kasun',
                'lalith', 'malini', 'nuwan'])[1 + side.pick(n, 23, 32)] || ' '
            || (array['perera', 'silva', 'fernando', 'bandara', 'jayasinghe', 'rajapaksa', 'nazeer', 'selvam',
                'wickrama', 'gunaratne', 'dissanayake', 'herath', 'amarasinghe', 'cooray', 'de alwis', 'ekanayake',
                'fonseka', 'gamage', 'hettiarachchi', 'ilangakoon', 'jayawardena', 'karunaratne', 'liyanage', 'mendis',
                'nanayakkara', 'peiris', 'ratnayake', 'samaraweera', 'tennakoon', 'udawatte', 'weerasinghe',
                'yapa'])[1 + side.pick(n, 24, 32)] as name) p
    join side.shop using (d, b)
    order by n;
insert into customer (dealership_id, id, branch_id, name, name_key, nic, nic_index, phone, phone_index, address,
        created_at, updated_at)
    select dealership, id, branch, name, key, side.sealed(n, 45), side.sealed(-n, 16), side.sealed(n + 1, 45),
        side.sealed(-n - 1, 16), side.sealed(n + 2, 80), at, at
    from side.customer;
insert into customer_term (dealership_id, id, branch_id, customer_id, term)
    select dealership, side.id(at, 25, n * 4 + word), branch, id, term
    from side.customer, unnest(string_to_array(key, ' ')) with ordinality w (term, word);

-- As rows, so that the planner knows how many there are.
create table side.sale as select k from side.span, generate_series(0, sales - 1) k;
analyze side.span, side.house, side.shop, side.model, side.financier, side.seller, side.customer, side.sale;

-- One row a bill: leg 0 is a sale or an advance, leg 1 the bill that completes the advance. A customer comes back about
-- every half year.
\echo sales
create table side.deal as
    select k * 2 + leg as key, k, leg, d, b, dealership, branch, customer, name, at, at::date as day, began,
        case leg when 0 then first else side.id(at, 30, k * 2 + 1) end as id, case leg when 1 then first end as advance,
        case when leg = 1 or fate = 'SALE' or fate = 'RETURN' and undone > until then 'COMPLETED'
            when fate = 'RETURN' then 'CREDITED'
            when fate = 'DROP' and undone <= until then 'CANCELLED'
            when fate = 'ADVANCE' and completed <= until then 'CONVERTED'
            else 'PENDING' end as status,
        undone, completed, seller, model, model_name, class, case when leases then company end as company,
        -- Amounts that people agree on are multiples of 500 rupees.
        price, case when leases then (price * percent / 5000000 + 1) * 50000 end as down, charge, tin, unit, received_on,
        case when side.pick(k, 43, 10) > 0 then price * (820 + side.pick(k, 44, 80)) / 1000 end as cost
    from (
        select k, c.d, c.b, c.dealership, c.branch, c.id as customer, c.name, until, began, h.tin, fate,
            began + (1 + side.pick(k, 31, 20)) * interval '1 day' as undone,
            began + (3 + side.pick(k, 32, 57)) * interval '1 day' as completed,
            side.id(began, 30, k * 2) as first,
            side.id(h.at, 6, (c.d * 100 + c.b) * 10 + width_bucket(side.pick(k, 33, 100), array[30, 58, 78, 92]))
                as seller,
            side.id(h.at, 4, c.d * 10 + 1 + side.pick(k, 34, 3 + c.d % 3)) as company,
            m.model, m.name as model_name, m.class, m.class = 'E_MOTORCYCLE' and side.pick(k, 36, 100) < 54 as leases,
            m.price - case when side.pick(k, 37, 10) = 0 then side.pick(k, 38, 10) * 50000 else 0 end as price,
            25 + side.pick(k, 39, 25) as percent,
            case when m.class <> 'E_MOTORCYCLE' then 0 when side.pick(k, 36, 100) < 54 then 1350000 else 1300000 end as charge,
            began::date - 2 - floor(power(side.part(k, 41), 2.2) * 150)::int as received_on,
            case when fate <> 'DROP' and began::date >= :'detailed'::date and side.pick(k, 42, 100) < 85
                then side.id(began, 40, k) end as unit
        from side.span cross join side.sale
        join side.customer c on c.n = k % (select customers from side.span)
        join side.house h using (d)
        join side.model m on m.d = c.d and m.m = 1 + floor(20 * power(side.part(k, 35), 1.6)),
        lateral (select since + k * (length / sales) as began,
            (array['SALE', 'RETURN', 'DROP', 'ADVANCE'])[1 + width_bucket(side.pick(k, 45, 1000), array[825, 830, 870])]
                as fate) f
        offset 0) sale,
    lateral (select 0 as leg, began as at union all select 1, completed where fate = 'ADVANCE' and completed <= until) l
    order by at, k, leg;
-- Too many by some: the oldest plain sales go.
delete from side.deal using (
    select key from side.deal where leg = 0 and status = 'COMPLETED' order by at, k
    limit greatest((select count(*) from side.deal) - :bills, 0)) too_many
    where deal.key = too_many.key;
-- The law's number: year, month, branch, and counted within these.
create table side.number as
    select key, upper(to_char(day, 'YYMON')) || '_BR' || lpad(b::text, 2, '0') || '_'
        || row_number() over (partition by d, b, date_trunc('month', day) order by at, key) as number
    from side.deal;
analyze side.deal, side.number;
-- What the terms come to, and what became of the money.
create view side.paper as
    select *, case when down is null then 'CASH' else 'LEASING' end as kind, price - down as leased,
        (total * 2 / 5000000 + 1) * 500000 as advanced,
        case when side.pick(k, 50, 100) < 3 then total * (20 + side.pick(k, 51, 40)) / 5000000 * 50000 else 0 end as open,
        -- A leasing company pays within a month; one in twenty takes two more.
        day + 8 + side.pick(k, 52, 22) + case when side.pick(k, 53, 20) = 0 then 60 else 0 end as disbursed_on
    from side.deal, side.span, lateral (select coalesce(down, price + charge) as total) t;

\echo bills
insert into bill (dealership_id, id, branch_id, bill_number, number_key, billed_at, bill_date, status, sale_type,
        vehicle_class, is_advance, first_tricycle_sale, customer_id, customer_name, buyer, salesperson_id, model_id,
        model_name, unit_id, chassis_number, chassis_key, motor_number, motor_key, currency, vehicle_price_minor,
        rmv_charge_minor, down_payment_minor, leased_minor, advance_minor, total_minor, balance_minor,
        financier_balance_minor, above_ltv_cap, vat_minor, sscl_minor, supplier_tin, estimated_delivery_on, delivered_on,
        cancelled_on, cancelled_reason, finance_company_id, advance_bill_id, source, created_at, updated_at,
        landed_cost_minor, unit_received_on, converted_on)
    select dealership, id, branch, number, lower(number), at, day, status, kind,
        class, status in ('PENDING', 'CANCELLED', 'CONVERTED'), false, customer, name, side.sealed(k, 128), seller, model,
        model_name, unit, chassis, lower(chassis), motor, lower(motor), 'LKR', price,
        charge, down, leased, case when status in ('PENDING', 'CANCELLED', 'CONVERTED') then advanced end, total,
        case status when 'COMPLETED' then open when 'PENDING' then total - advanced else 0 end,
        case when down is null then null when status = 'CREDITED' then 0
            when status = 'COMPLETED' then case when disbursed_on > until::date then leased else 0 end end,
        coalesce(leased * 10000 > price * 7000, false), vat,
        case when tin is null then 0 else ((price - vat) * 500 + 10250) / 20500 end, tin,
        case when status in ('PENDING', 'CANCELLED', 'CONVERTED') then day + 30 end,
        case when status in ('COMPLETED', 'CREDITED') then day end,
        case when status = 'CANCELLED' then undone::date end,
        case when status = 'CANCELLED' then 'the customer changed their mind' end, company, advance, 'LIVE', at, at,
        case when status in ('COMPLETED', 'CREDITED') then cost end,
        case when status in ('COMPLETED', 'CREDITED') then received_on end,
        case when status = 'CONVERTED' then completed::date end
    from side.paper join side.number using (key),
        lateral (select case when tin is null then 0 else (price * 3600 + 11800) / 23600 end as vat,
            'MD2' || lpad(d::text, 3, '0') || 'E' || lpad(k::text, 8, '0') as chassis,
            'JL' || lpad((k * 7919 % 100000000)::text, 8, '0') as motor) t;
with first as (
    select distinct on (dealership) dealership, id, day from side.deal
    where class = 'E_TRICYCLE' and status in ('COMPLETED', 'CREDITED') order by dealership, at, id
), flag as (
    update bill set first_tricycle_sale = true from first where dealership_id = dealership and bill.id = first.id
)
update dealership set tricycle_sold_on = day from first where dealership.id = dealership;

\echo units
insert into bike_unit (dealership_id, id, branch_id, model_id, chassis_number, chassis_key, motor_number, motor_key, colour,
        model_year, status, landed_cost_minor, list_price_minor, currency, received_at, received_on, sold_on, created_at,
        updated_at)
    select dealership, unit, branch, model, chassis, lower(chassis), motor, lower(motor),
        (array['Black', 'White', 'Red', 'Blue', 'Grey'])[1 + k % 5], extract(year from received_on), state, cost, price,
        'LKR', received_at, received_on, sold_on, received_at, received_at
    from (
        -- The unit of a bill that stands, or was taken back.
        select k, deal.d, deal.dealership, branch, unit, model, cost, m.price, received_on, case status
                when 'PENDING' then 'RESERVED' when 'CREDITED' then 'DAMAGED' else 'SOLD' end as state,
            case status when 'COMPLETED' then day end as sold_on
        from side.deal join side.model m using (model) where unit is not null and status <> 'CONVERTED'
        union all
        -- In stock: what is sold in thirty days and six more, the oldest for 200 days.
        select k, d, dealership, branch, side.id(until, 40, k), model, case when side.pick(k, 43, 10) > 0
                then price * (820 + side.pick(k, 44, 80)) / 1000 end, price,
            until::date - floor(power(side.part(k, 41), 2.5) * 200)::int,
            case when k % 100 = 0 then 'DAMAGED' when k % 100 < 8 then 'RESERVED' else 'AVAILABLE' end, null
        from (
            select shop.d, shop.dealership, branch, until,
                sales + row_number() over (order by nth, d, b) as k
            from side.span, side.shop, generate_series(1, ceil(part * :bills * 30 / 730)::int + 6) nth) stock
        join side.model using (d, dealership)
        where m = 1 + floor(20 * power(side.part(k, 35), 1.6))) u,
        lateral (select 'MD2' || lpad(d::text, 3, '0') || 'E' || lpad(k::text, 8, '0') as chassis,
            'JL' || lpad((k * 7919 % 100000000)::text, 8, '0') as motor,
            received_on::timestamptz + interval '10 hours' as received_at) t;

\echo payments
insert into payment (dealership_id, id, branch_id, bill_id, received_bill_id, paid_at, paid_on, method, amount_minor,
        currency, basis, taken_by_id, created_at)
    select dealership, side.id(p.at, 60 + part, key), branch, bill, received, p.at, p.at::date,
        coalesce(method, (array['CASH', 'TRANSFER', 'CARD', 'CHEQUE'])[1
            + width_bucket(side.pick(key, 54, 100), array[45, 76, 90])]), amount, 'LKR', 'RECORDED', seller, p.at
    from side.paper, lateral (
        select 1 as part, id as bill, id as received, at, null as method, total - open as amount
            where status = 'COMPLETED' and leg = 0
        union all select 2, id, id, at, null, total - open - advanced where leg = 1 and total - open > advanced
        union all select 3, side.id(completed, 30, k * 2 + 1), id, at, null, advanced where status = 'CONVERTED'
        union all select 3, id, id, at, null, advanced where status = 'PENDING'
        union all select 4, id, id, at, 'CASH', total where status = 'CREDITED'
        union all select 5, id, id, undone, 'CASH', -total where status = 'CREDITED'
        union all select 6, id, id, disbursed_on::timestamptz + interval '12 hours', 'FINANCIER', leased
            where status = 'COMPLETED' and leased > 0 and disbursed_on <= until::date) p
    where day >= :'detailed'::date;
insert into credit_note (dealership_id, id, branch_id, credit_number, bill_id, credited_at, credited_on, reason, currency,
        amount_minor, vat_minor, sscl_minor, unit_returned, issued_by_id, created_at)
    select dealership, side.id(undone, 70, k), branch,
        upper(to_char(undone, 'YYMON')) || '_BR' || lpad(b::text, 2, '0') || '_C_'
            || row_number() over (partition by d, b, date_trunc('month', undone) order by undone, k),
        paper.id, undone, undone::date, 'the customer changed their mind', 'LKR', total, vat_minor, sscl_minor,
        unit is not null, seller, undone
    from side.paper join bill on bill.dealership_id = dealership and bill.id = paper.id
    where paper.status = 'CREDITED';

\echo registrations
-- Done within five weeks; one in fifty is stuck with the registrar.
insert into rmv_case (dealership_id, id, branch_id, bill_id, status, opened_on, due_on, documents_ready_on, submitted_on,
        number_issued_on, book_received_on, plate_received_on, closed_on, registration_number, created_at, updated_at)
    select dealership, side.id(at, 80, key), branch, id,
        case when status = 'CREDITED' then 'CLOSED' when done then 'PLATE_RECEIVED' when age < 3 then 'OPENED'
            when age < 5 then 'DOCUMENTS_READY' when stuck or age < 12 then 'SUBMITTED' when age < 18 then 'NUMBER_ISSUED'
            else 'BOOK_RECEIVED' end, day, day + 30,
        case when age >= 3 then day + 3 end, case when age >= 5 then day + 5 end,
        case when age >= 12 and not stuck then day + 12 end, case when age >= 18 and not stuck then day + 18 end,
        case when done then day + days end, case when status = 'CREDITED' then undone::date end,
        case when age >= 12 and not stuck then 'WP B' || chr(65 + side.pick(key, 81, 26))
            || chr(65 + side.pick(key, 82, 26)) || '-' || lpad(side.pick(key, 83, 10000)::text, 4, '0') end, at, at
    from side.deal, side.span,
        lateral (select case status when 'CREDITED' then 0 else until::date - day end as age,
            19 + side.pick(key, 84, 14) as days, side.pick(key, 85, 50) = 0 as stuck) a,
        lateral (select age >= days and not stuck as done) b
    where class = 'E_MOTORCYCLE' and status in ('COMPLETED', 'CREDITED') and day >= :'detailed'::date;

\echo quotations
-- Of repairs: one for ten bills; of those converted there is an invoice as well.
create table side.repair as
    select key, dealership, branch, d, b, customer, name, seller, at, side.id(at, 90 + invoice, key) as id, invoice,
        case invoice when 1 then side.id(at, 90, key) end as origin,
        case when invoice = 1 or age < 5 then 'SENT' else fate end as status, (price / 100000 + 5) * 1000 as total,
        upper(to_char(at, 'YYMON')) || '_BR' || lpad(b::text, 2, '0') || (array['_Q_', '_I_'])[invoice + 1]
            || row_number() over (partition by d, b, date_trunc('month', at), invoice order by at, key) as number
    from side.deal, side.span,
        lateral (select (array['DRAFT', 'SENT', 'ACCEPTED', 'REJECTED', 'CONVERTED'])[1 + side.pick(key, 92, 5)] as fate,
            until::date - day as age) s,
        lateral (select 0 as invoice union all select 1 where fate = 'CONVERTED' and age >= 5) i
    where side.pick(key, 91, 10) = 0 and day >= :'detailed'::date;
insert into quotation (dealership_id, id, branch_id, quotation_number, number_key, kind, status, quoted_at, quoted_on,
        customer_id, customer_name, buyer, currency, total_minor, salesperson_id, converted_from_id, created_at, updated_at)
    select dealership, id, branch, number, lower(number), (array['QUOTATION', 'INVOICE'])[invoice + 1], status, at,
        at::date, customer, name, side.sealed(key, 128), 'LKR', total, seller, origin, at, at
    from side.repair order by repair.at, key;
-- Of bikes: one for ten bills, half of them taken where the bill stands.
create table side.offer as
    select *, upper(to_char(day, 'YYMON')) || '_BR' || lpad(b::text, 2, '0') || '_S_'
            || row_number() over (partition by d, b, date_trunc('month', day) order by at, key) as number,
        case when paper.status = 'COMPLETED' and side.pick(key, 95, 2) = 0 then 'CONVERTED'
            else (array['DRAFT', 'SENT', 'ACCEPTED', 'REJECTED'])[1 + side.pick(key, 96, 4)] end as state
    from side.paper where side.pick(key, 94, 10) = 0 and day >= :'detailed'::date;
insert into sales_quotation (dealership_id, id, branch_id, quotation_number, number_key, status, quoted_at, quoted_on,
        valid_until, customer_id, customer_name, buyer, salesperson_id, model_id, model_name, vehicle_class, sale_type,
        currency, vehicle_price_minor, rmv_charge_minor, down_payment_minor, leased_minor, total_minor, finance_company_id,
        bill_id, created_at, updated_at)
    select dealership, side.id(at, 97, key), branch, number, lower(number), state, at, day, day + 14, customer, name,
        side.sealed(key, 128), seller, model, model_name, class, kind, 'LKR', price, charge, down, leased, total, company,
        case state when 'CONVERTED' then id end, at, at
    from side.offer order by offer.at, key;

\echo counters
insert into counter (dealership_id, id, branch_id, document, period, next_value)
    select dealership, side.id(min(at), 100 + kind, min(key)), branch, document, upper(to_char(at, 'YYMON')), 1 + count(*)
    from (
        select 1 as kind, 'BILL' as document, key, dealership, branch, at from side.deal
        union all select 2, 'CREDIT_NOTE', key, dealership, branch, undone from side.deal where status = 'CREDITED'
        union all select 3 + invoice, (array['QUOTATION', 'INVOICE'])[invoice + 1], key, dealership, branch, at
            from side.repair
        union all select 5, 'SALES_QUOTATION', key, dealership, branch, at from side.offer) numbered
    group by dealership, branch, kind, document, upper(to_char(at, 'YYMON'));

drop view side.paper;
drop table side.sale, side.deal, side.number, side.repair, side.offer, side.customer;
\echo indexes
do $$ declare it record; begin
    for it in select * from side.ordering order by name loop execute it.definition; end loop;
end $$;
drop schema side cascade;
