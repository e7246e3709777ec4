"""Measuring: each target in turn, in each repetition anew, so that whatever else the machine does meets them alike."""

import datetime
import os
import time

from .group import HERE, today
from .load import load, write_requests
from .operations import keyed
from .show import step, stop

STARTS = 5


def measure(operation, servers, group, seconds, warm_up, repetitions):
    """All runs of an operation: by label, one result a repetition."""
    ways = [way for way in operation.ways if way.server in servers]
    runs = {way.label: [] for way in ways}
    run = _write if operation.writes else _read
    for repetition in range(1, repetitions + 1):
        for way in ways:
            server = servers[way.server]
            server.start()
            try:
                result = run(operation, way, server, group, seconds, warm_up, is_last=repetition == repetitions)
            finally:
                server.stop()
            runs[way.label].append(result)
            step(f"{operation.name} {repetition}/{repetitions} {way.label}: {result['per_second']:,.1f}/s,"
                 f" p50 {result['p50_ms']:.1f} ms, p99 {result['p99_ms']:.1f} ms, {result['errors']} errors")
    return runs


def starts(server):
    """Seconds from the start of a process to its first answer, and the memory it has at rest."""
    seconds = []
    for _ in range(STARTS - 1):
        seconds.append(server.start())
        server.stop()
    seconds.append(server.start())
    time.sleep(3)
    resident = server.resident_mib()
    server.stop()
    return {"seconds": seconds, "idle_mib": resident}


def _read(operation, way, server, group, seconds, warm_up, is_last):
    requests = os.path.join(group.folder, "requests")
    write_requests(requests, way.requests)
    load(server, group.cluster, requests, operation.connections, warm_up)
    result = load(server, group.cluster, requests, operation.connections, seconds)
    if not result["requests"]:
        stop(f"{way.label} answered nothing within {seconds} s: try --seconds {4 * seconds}")
    # wrk looks at the status only. An error in an answer makes it shorter than those that were compared.
    if way.answer_bytes and abs(result["bytes"] / way.answer_bytes - 1) > 0.02:
        stop(f"{way.label} answered {result['bytes']:,.0f} bytes on average instead of {way.answer_bytes:,.0f}")
    return result


def _write(operation, way, server, group, seconds, warm_up, is_last):
    """As a read, but each request once; then the documents are counted, and taken back."""
    cluster, day = group.cluster, str(today())
    requests = os.path.join(group.folder, "requests")
    write_requests(requests, keyed(way.requests))
    cluster.script(os.path.join(HERE, "before_writes.sql"), day=day)
    cluster.sql("checkpoint")
    since = datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="milliseconds")
    warm = load(server, cluster, requests, operation.connections, warm_up, once=1)
    asked = warm["requests"] + 2 * operation.connections
    left = len(way.requests) - asked
    # So that the units last: the measured run is as fast as the warm-up, or a little faster.
    seconds = max(1, min(seconds, int(left / (1.5 * warm["per_second"]))))
    issued = _bills(cluster, day, since)
    result = load(server, cluster, requests, operation.connections, seconds, once=asked)
    issued = _bills(cluster, day, since) - issued
    # What was under way at the end may have been issued without being counted.
    result["errors"] += max(result["requests"] - issued, 0)
    result["seconds"] = seconds
    if is_last:
        said = group.run("kpi", "verify", "--month", day[:7], may_fail=True)
        step(f"{operation.name}, after {issued:,} bills of {way.label}: {said.strip()}")
    cluster.script(os.path.join(HERE, "undo_writes.sql"), day=day, since=since)
    return result


def _bills(cluster, day, since):
    [[count]] = cluster.sql(f"select count(*) from bill where bill_date >= '{day}' and created_at >= '{since}'")
    return int(count)
