"""What is asked: for each operation the same cases in the words of each target, and their answers in one form."""

import base64
import datetime
import json
import os
import uuid

from .group import HERE, today

BRANCHES = 200
NUMBERS = 4


class Way:
    """An operation as one server is asked it: `label` in the table, requests as (token, body), case by case."""

    def __init__(self, label, server, requests, cases=None, read=lambda data, case: data):
        self.label, self.server, self.requests, self.cases, self.read = label, server, requests, cases, read
        self.answer_bytes = None


class Operation:
    def __init__(self, name, title, connections, ways, writes=False):
        self.name, self.title, self.connections, self.ways, self.writes = name, title, connections, ways, writes


def operations(group, everybody):
    """All of them; reads first."""
    head, *sellers = everybody
    shown = _of_trading_branches(group, sellers)
    days = Days(today())
    return [
        _branch_page(shown),
        _bill_by_number(group, shown),
        _twelve_months(group, head, days),
        _branch_tile(group, shown, days),
        *_dashboards(head, shown),
        _issue_bill(group, sellers),
    ]


class Days:
    """This month and those before."""

    def __init__(self, day):
        self.today = day
        self.this_month = day.replace(day=1)
        self.last_month_to = self.this_month - datetime.timedelta(days=1)
        self.last_month = self.last_month_to.replace(day=1)
        self.year_before = self.this_month.replace(year=day.year - 1)
        self.tomorrow = day + datetime.timedelta(days=1)


def _branch_page(people):
    return Operation("q1", "a branch's first page of bills, twenty", 16, _ways(
        [{"person": person} for person in people],
        forecourt=(own_query("q1"), lambda case: {}, lambda data: [_bill(bill) for bill in data["bills"]["nodes"]]),
        floors=[("floor", "q1", lambda case: {}), ("floor pipelined", "q1", lambda case: {})],
        postgraphile=(_peer_query("q1"), _place, lambda data: [_peer_bill(bill) for bill in data["bills"]["nodes"]])))


def _bill_by_number(group, people):
    rows = group.cluster.sql(
        "select branch_id, bill_number from (select branch_id, bill_number,"
        " row_number() over (partition by dealership_id, branch_id order by md5(id::text)) as nth from bill"
        f" where branch_id in ({', '.join(repr(person.branch) for person in people)})) b where nth <= {NUMBERS}"
        " order by md5(branch_id::text || bill_number)")
    by_branch = {person.branch: person for person in people}
    return Operation("q2", "a bill by its number", 16, _ways(
        [{"person": by_branch[branch], "number": number} for branch, number in rows],
        forecourt=(own_query("q2"), _number, lambda data: _bill(data["bill"])),
        floors=[("floor", "q2", _number), ("floor pipelined", "q2", _number)],
        postgraphile=(_peer_query("q2"), lambda case: _place(case) | _number(case),
                      lambda data: _peer_bill(data["bill"]))))


def _twelve_months(group, head, days):
    span = {"from": str(days.year_before), "to": str(days.last_month_to)}
    taken_back = _taken_back(group, "dealership_id", days.year_before)
    return Operation("q3", "head office: units and revenue of twelve months by dealership and month", 2, _ways(
        [{"person": head}],
        forecourt=(own_query("q3"), lambda case: span, _months),
        floors=[("floor", "q3", lambda case: span), ("floor roll-up", "q3_rollup", lambda case: span)],
        postgraphile=(_peer_query("q3"), lambda case: {"from": span["from"], "before": str(days.this_month)},
                      lambda data: _peer_months(data, taken_back))))


def _branch_tile(group, people, days):
    taken_back = _taken_back(group, "branch_id", days.last_month)
    span = {"from": str(days.last_month), "to": str(days.today)}
    own = span | {"lastMonthTo": str(days.last_month_to), "thisMonth": str(days.this_month)}
    peer = {"from": span["from"], "thisMonth": str(days.this_month), "before": str(days.tomorrow)}
    floor = span | {"this_month": str(days.this_month)}

    def peer_tile(data, case):
        months = days.this_month, days.last_month
        back = [taken_back.get((case["person"].branch, str(month)), (0, 0)) for month in months]
        sums = [data[month]["aggregates"] for month in ("thisMonth", "lastMonth")]
        return [(int(sum_["count"]["rowId"]) - units, int(sum_["sum"]["vehiclePriceMinor"] or 0) - revenue)
                for sum_, (units, revenue) in zip(sums, back)]

    return Operation("q4", "a branch's units and revenue, this month and last month", 16, _ways(
        [{"person": person} for person in people],
        forecourt=(own_query("q4"), lambda case: own, _tile),
        floors=[("floor", "q4", lambda case: floor), ("floor roll-up", "q4_rollup", lambda case: floor)],
        postgraphile=(_peer_query("q4"), lambda case: _place(case) | peer, peer_tile)))


def _dashboards(head, people):
    personas = ("dashboard_hq", "head office's dashboard", [head]), ("dashboard_branch", "a branch's dashboard", people)
    for name, title, asked in personas:
        query = own_query(name) or own_query("dashboard")
        if query:
            yield Operation(name, title, 2, [Way("forecourt", "forecourt", [
                (person.own, json.dumps({"query": query})) for person in asked], asked)])


def _issue_bill(group, people):
    """A cash sale of a unit in stock to somebody new; each unit can be sold once."""
    by_branch = {person.branch: person for person in people}
    query, day = own_query("issue"), str(today())
    units = group.cluster.sql(
        "select u.branch_id, u.dealership_id, u.id, m.list_price_minor + t.rmv_charge_minor from bike_unit u"
        " join bike_model m on m.dealership_id = u.dealership_id and m.id = u.model_id"
        " join tariff t on t.dealership_id = m.dealership_id and t.vehicle_class = m.vehicle_class"
        " where t.sale_type = 'CASH' and u.status = 'AVAILABLE' and u.deleted_at is null"
        " order by md5(u.id::text) limit 60000")
    own, floor = [], []
    for n, (branch, dealership, unit, due) in enumerate(units):
        person = by_branch[branch]
        buyer = {"name": f"Nimal Perera {n}", "nic": f"{198000000000 + n * 7919 % 10**9}", "phone": f"07{10000000 + n}",
                 "address": f"No {n}, Temple Road, Kandy"}
        own.append((person.own, {"query": query, "variables": {"input": {
            "unit": _global_id("u", dealership, unit), "buyer": {"person": buyer},
            "payments": [{"amountMinor": int(due), "method": "CASH"}]}}}))
        floor.append((person.signed(), {"operationName": "issue", "variables": {
            "unit": unit, "name": buyer["name"], "amountMinor": int(due), "today": day}}))
    return Operation("issue", "issue a bill: a cash sale to a new customer, paid at once", 16,
                     [Way("floor", "floor", floor), Way("forecourt", "forecourt", own)], writes=True)


def keyed(requests):
    """Bodies of writes with a fresh idempotency key each."""
    for token, body in requests:
        key = {"idempotencyKey": str(uuid.uuid4())}
        body = json.loads(json.dumps(body))
        (body["variables"].get("input") or body["variables"]).update(key)
        yield token, json.dumps(body)


def _of_trading_branches(group, people):
    """Those of two hundred branches that fill a page, large and small."""
    full = group.cluster.sql("select branch_id from bill group by branch_id having count(*) >= 20")
    trading = {branch for [branch] in full}
    return [person for person in people if person.branch in trading][:BRANCHES]


def _ways(cases, forecourt, floors, postgraphile):
    query, variables, read = forecourt
    ways = [Way("forecourt", "forecourt",
                [(case["person"].own, json.dumps({"query": query, "variables": variables(case)})) for case in cases],
                cases, lambda data, case: read(data))]
    for label, operation, variables in floors:
        server = "floor pipelined" if label == "floor pipelined" else "floor"
        ways.append(Way(label, server, [
            (case["person"].signed(), json.dumps({"operationName": operation, "variables": variables(case)}))
            for case in cases], cases, lambda data, case: read(data)))
    query, variables, peer_read = postgraphile
    takes_case = peer_read.__code__.co_argcount == 2
    ways.append(Way("postgraphile", "postgraphile", [
        (case["person"].signed(), json.dumps({"query": query, "variables": variables(case)})) for case in cases],
        cases, peer_read if takes_case else lambda data, case: peer_read(data)))
    # The floor first: what others are measured against.
    return sorted(ways, key=lambda way: (not way.label.startswith("floor"), way.label != "postgraphile"))


def _place(case):
    return {"dealership": case["person"].dealership, "branch": case["person"].branch}


def _number(case):
    return {"number": case["number"]}


def _bill(bill):
    return (bill["number"], bill["date"], bill["status"], bill["saleType"], bill["customer"]["name"],
            *(bill[name] and bill[name]["amountMinor"]
              for name in ("vehiclePrice", "rmvCharge", "downPayment", "total", "balance")),
            *(bill["unit"] or {"chassisNumber": None, "motorNumber": None}).values(),
            *(bill[name] and bill[name]["name"] for name in ("model", "salesperson", "branch")))


def _peer_bill(bill):
    return (bill["billNumber"], bill["billDate"], bill["status"], bill["saleType"], bill["customerName"],
            *(bill[f"{name}Minor"] and int(bill[f"{name}Minor"])
              for name in ("vehiclePrice", "rmvCharge", "downPayment", "total", "balance")),
            *(bill["dealershipUnit"] or {"chassisNumber": None, "motorNumber": None}).values(),
            *(bill[name] and bill[name]["name"]
              for name in ("dealershipModel", "dealershipSalesperson", "dealershipBranch")))


def _months(data):
    def dealership(text):
        return text if len(text) == 36 else str(uuid.UUID(bytes=base64.urlsafe_b64decode(text + "=")[1:17]))

    months = {(dealership(row["dealershipId"]), row["period"]): tuple(figure["value"] for figure in row["figures"])
              for row in data["kpi"]["rows"]}
    return _without_nothing(months)


def _taken_back(group, whose, since):
    """Units and revenue that credit notes took back, by place and month: PostGraphile adds up bills and sees none."""
    rows = group.cluster.sql(
        f"select c.{whose}, date_trunc('month', credited_on)::date, count(*), sum(vehicle_price_minor)"
        " from credit_note c join bill b on b.dealership_id = c.dealership_id and b.id = c.bill_id"
        f" where credited_on >= '{since}' group by 1, 2")
    return {(place, month): (int(units), int(revenue)) for place, month, units, revenue in rows}


def _peer_months(data, taken_back):
    sums = {tuple(row["keys"]): (int(row["count"]["rowId"]), int(row["sum"]["vehiclePriceMinor"]))
            for row in data["bills"]["groupedAggregates"]}
    last = max(month for _, month in sums)
    keys = {*sums, *(key for key in taken_back if key[1] <= last)}
    pairs = {key: (sums.get(key, (0, 0)), taken_back.get(key, (0, 0))) for key in keys}
    months = {key: (units - back, revenue - revenue_back)
              for key, ((units, revenue), (back, revenue_back)) in pairs.items()}
    return _without_nothing(months)


def _without_nothing(months):
    """Some say that nothing was sold, some do not mention it."""
    return {key: values for key, values in months.items() if values != (0, 0)}


def _tile(data):
    totals = [data[month]["totals"] for month in ("thisMonth", "lastMonth")]
    return [tuple(figure["value"] for figure in rows[0]["figures"]) if rows else (0, 0) for rows in totals]


def own_query(name):
    return _operation(os.path.join(HERE, "graphql", f"{name}.graphql"))


def _peer_query(name):
    return _operation(os.path.join(HERE, "postgraphile", "graphql", f"{name}.graphql"))


def _operation(path):
    """The operation of a file; none where it holds comments only, or is not there."""
    if not os.path.exists(path):
        return None
    with open(path) as file:
        return "".join(line for line in file if not line.startswith("#")).strip()


def _global_id(tag, dealership, row):
    data = tag.encode() + uuid.UUID(dealership).bytes + uuid.UUID(row).bytes
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
