-- A group large enough for the planner to be serious: 200,000 bills of two years at 20 dealerships, the same on every
-- machine. The largest dealership has a fifth of them, the smallest a fortieth; its branches have 40, 30, 20 and 10 %,
-- where the fourth and any further ones share the last. Rows lie on disk in the order of time, dealerships mixed, as
-- they would have come. Run as a superuser: with foreign keys unchecked it takes a quarter of the time.
set session_replication_role = replica;
set synchronous_commit = off;

-- Indexes are made again at the end, in a third of the time that keeping them takes.
create temp table ordering as
    select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
    from pg_index i join pg_class t on t.oid = i.indrelid
    where t.relname in ('bill', 'bike_unit', 'customer', 'customer_term', 'enquiry', 'quotation', 'rmv_case',
            'sales_quotation', 'stock_transfer')
        and t.relnamespace = 'public'::regnamespace
        and not exists (select from pg_constraint where conindid = i.indexrelid);
do $$ declare it record; begin
    for it in select * from ordering loop execute 'drop index ' || it.name; end loop;
end $$;

-- What hash number `salt` says about `n`: 0 to below `below`.
create function pg_temp.pick(n bigint, salt int, below int) returns int language sql immutable
    return (hashint8extended(n, salt) & 2147483647) % below;
-- A UUID of version 7.
create function pg_temp.id(at timestamptz, kind text, n bigint) returns uuid language sql immutable
    return (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(md5(kind || n), 1, 3) || '8'
        || substr(md5(kind || n), 4, 15))::uuid;

create temp table house as
    select d, pg_temp.id('2024-01-01Z', 'dealership', d) as id, 4 + d % 7 as branches, '2024-01-01Z'::timestamptz as at
    from generate_series(1, 20) d;
insert into dealership select id, 'house-' || d, 'House ' || d, 'LKR', 'Asia/Colombo', 500, null, at from house;
insert into branch
    select id, pg_temp.id(at, 'branch', d * 100 + b), 'BR' || lpad(b::text, 2, '0'), 'Branch ' || b, null, at
    from house, generate_series(1, branches) b;
insert into bike_model
    select id, pg_temp.id(at, 'model', d * 1000 + m), name, lower(name), 'E_MOTORCYCLE', 40000000, 'LKR', true, null, at, at
    from house, generate_series(1, 60) m, lateral (select 'Model ' || pg_temp.pick(m, d, 90) || ' ' || m as name) n;

-- One of 50,000 customers each, with the branch that serves them.
create temp table place as
    select n, d, b, h.id as dealership, pg_temp.id(h.at, 'branch', d * 100 + b) as branch,
        initcap(first || ' ' || last) as name, first, last,
        '2024-09-15Z'::timestamptz + n * (interval '730 days' / 50000) as at
    from generate_series(0, 49999) n
    cross join lateral (select 1 + floor(20 * power(pg_temp.pick(n, 1, 100000) / 100000.0, 2))::int as d) c
    join house h using (d)
    cross join lateral (select (array[1, 1, 1, 1, 2, 2, 2, 3, 3, 4 + pg_temp.pick(n, 3, h.branches - 3)])[1 + pg_temp.pick(n, 2, 10)] as b) e
    cross join lateral (select
        (array['nimal','kamal','sunil','ruwan','saman','priya','kumari','dilani','fathima','ravi','mohamed','anura','chathura','nadeesha','tharindu','lakshmi'])
            [1 + pg_temp.pick(n, 4, 16)] as first,
        (array['perera','silva','fernando','bandara','jayasinghe','rajapaksa','nazeer','selvam','wickrama','gunaratne','dissanayake','herath'])
            [1 + pg_temp.pick(n, 5, 12)] || ' ' || chr(97 + n % 26) as last) f
    order by n;
create index on place (n);
insert into customer
    select dealership, pg_temp.id(at, 'customer', n), branch, name, lower(name), null, null, null, null, null, at, at
    from place order by n;
insert into customer_term
    select dealership, pg_temp.id(at, 'term', n * 2 + i), branch, pg_temp.id(at, 'customer', n), term
    from place, lateral (values (0, first), (1, split_part(last, ' ', 1))) t (i, term) order by n;

-- Four bills a customer, half a year apart; the first with a unit from stock.
create temp table sale as
    select k, p.n, d, b, dealership, branch, p.at as since, name, t.at, (t.at at time zone 'Asia/Colombo')::date as day,
        pg_temp.id(t.at, 'bill', k) as id, pg_temp.id(p.at, 'customer', p.n) as customer,
        pg_temp.id('2024-01-01Z', 'model', d * 1000 + 1 + pg_temp.pick(k, 6, 60)) as model,
        upper(substr(md5('chassis' || k), 1, 14)) as chassis, upper(substr(md5('motor' || k), 1, 11)) as motor,
        pg_temp.pick(k, 7, 100) as state, pg_temp.pick(k, 8, 100) as kind, 40000000 + pg_temp.pick(k, 9, 30000000) as price,
        row_number() over (partition by d, b order by k) as number
    from generate_series(0, 199999) k
    join place p on p.n = k % 50000
    cross join lateral (select '2024-09-15Z'::timestamptz + k * (interval '730 days' / 200000) as at) t;
insert into bike_unit
    select dealership, pg_temp.id(at, 'unit', k), branch, model, chassis, lower(chassis), motor, lower(motor),
        (array['Red', 'Blue', 'White', 'Black'])[1 + k % 4], 2025,
        case when state < 70 then 'SOLD' when state < 95 then 'AVAILABLE' else 'RESERVED' end,
        price - 5000000, 'LKR', at - interval '20 days', day - 20, case when state < 70 then day end, null,
        case when kind = 99 then at end, null, at, at
    from sale where k % 4 = 0 order by k;
insert into bill
    select dealership, id, branch, upper(n.number), n.number, at, day,
        case when state < 80 then 'COMPLETED' when state < 90 then 'PENDING' when state < 96 then 'CANCELLED' else 'CONVERTED' end,
        case when kind < 45 then 'CASH' else 'LEASING' end, 'E_MOTORCYCLE', kind >= 85, false, customer, name, null, null,
        model, 'Model', case when k % 4 = 0 then pg_temp.id(at, 'unit', k) end, chassis, lower(chassis), motor, lower(motor),
        'LKR', price, 1300000, null, null, null, price + 1300000, case when state between 80 and 89 then price else 0 end,
        null, false, null, null, null, null, null, null, null, null, null, null, null, null, 'LIVE', at, at
    from sale, lateral (select lower(to_char(day, 'YYMON') || '_br' || lpad(b::text, 2, '0') || '_' || number) as number) n
    order by k;
insert into quotation
    select dealership, pg_temp.id(at, 'quotation', k), branch, 'Q' || upper(to_char(day, 'YYMON') || '_BR' || lpad(b::text, 2, '0') || '_' || number),
        lower('q' || to_char(day, 'YYMON') || '_br' || lpad(b::text, 2, '0') || '_' || number), 'QUOTATION',
        case when state < 50 then 'SENT' when state < 80 then 'ACCEPTED' else 'DRAFT' end, at, day, customer, name, null,
        null, null, null, null, 'LKR', price / 20, null, null, null, at, at
    from sale where k % 8 = 3 order by k;
insert into enquiry (dealership_id, id, branch_id, status, asked_at, asked_on, name, model_id, created_at, updated_at)
    select dealership, pg_temp.id(at, 'enquiry', k), branch,
        case when state < 50 then 'LOST' when state < 80 then 'QUOTED' else 'OPEN' end, at, day, name, model, at, at
    from sale where k % 8 = 5 order by k;
insert into sales_quotation (dealership_id, id, branch_id, quotation_number, number_key, status, quoted_at, quoted_on,
        valid_until, enquiry_id, customer_id, customer_name, model_id, model_name, vehicle_class, sale_type, currency,
        vehicle_price_minor, rmv_charge_minor, total_minor, created_at, updated_at)
    select dealership, pg_temp.id(at, 'sales_quotation', k), branch, upper(n.number), n.number,
        case when state < 50 then 'SENT' when state < 80 then 'ACCEPTED' else 'DRAFT' end, at, day, day + 14,
        pg_temp.id(at, 'enquiry', k), customer, name, model, 'Model', 'E_MOTORCYCLE', 'CASH', 'LKR', price, 1300000,
        price + 1300000, at, at
    from sale, lateral (select lower('s' || to_char(day, 'YYMON') || '_br' || lpad(b::text, 2, '0') || '_' || number) as number) n
    where k % 8 = 5 order by k;

insert into rmv_case
    select dealership, pg_temp.id(at, 'case', k), branch, id,
        case when state < 60 then 'PLATE_RECEIVED' when state < 70 then 'SUBMITTED' else 'OPENED' end, day, day + 30,
        null, null, null, null, null, null, null, at, at
    from sale where state < 80 order by k;
-- The unit of one sale in four has come from the next branch.
insert into stock_transfer
    select dealership, pg_temp.id(sale.at, side, k), case side when 'SENDING' then other else branch end,
        pg_temp.id(sale.at, 'transfer', k), side, case side when 'SENDING' then branch else other end, 'BR00',
        pg_temp.id(sale.at, 'unit', k), 'Model', chassis, 'RECEIVED', sale.at, day, day, day, null, null, sale.at, sale.at
    from sale join house using (d)
    cross join lateral (select pg_temp.id(house.at, 'branch', d * 100 + 1 + b % branches) as other) o
    cross join (values ('SENDING'), ('RECEIVING')) s (side) where k % 4 = 0 order by k, side desc;

-- Whoever asks: one person for each way a scope reaches. Branches and dealerships of the middle are the usual case.
insert into user_account
    select pg_temp.id(at, 'user', d), email, email, 'Somebody', null, case when email like 'all@%' then 'HQ_ADMIN' end, null, null, at
    from house, lateral (select (array['branch', 'dealership', 'group', 'all'])[d] || '@bulk.example' as email) e where d <= 4;
insert into membership
    select h.id, pg_temp.id(h.at, 'member', h.d * 10 + u), case when u = 1 then pg_temp.id(h.at, 'branch', h.d * 100 + 2) end,
        pg_temp.id(h.at, 'user', u), (array['BRANCH_MANAGER', 'DEALER_ADMIN', 'HQ_ADMIN'])[u], null, h.at
    from house h, generate_series(1, 3) u where h.d = 8 or (u = 3 and h.d in (3, 14));

do $$ declare it record; begin
    for it in select * from ordering loop execute it.definition; end loop;
end $$;
reset session_replication_role;
analyze;
