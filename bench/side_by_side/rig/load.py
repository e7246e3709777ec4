"""Asking as fast as is answered: wrk in a closed loop, and what the processes use meanwhile."""

import json
import os
import resource
import subprocess
import threading
import time

from .group import HERE
from .show import stop


def load(server, cluster, requests, connections, seconds, once=None):
    """A run of wrk over a file of requests. Gives what it counted, with the CPU time that the server and PostgreSQL
    used for a request and the most memory that was resident."""
    environment = {**os.environ, "REQUESTS": requests, **({"ONCE": str(once)} if once else {})}
    command = ["wrk", "--threads", "1", "--connections", str(connections), "--duration", f"{seconds}s",
               "--timeout", "60s", "--latency", "--script", os.path.join(HERE, "wrk.lua"),
               f"http://127.0.0.1:{server.port}/graphql"]
    memory = Memory(server)
    before = _used(server, cluster)
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    used = {name: now - before[name] for name, now in _used(server, cluster).items()}
    found = [line.removeprefix("RESULT ") for line in done.stdout.splitlines() if line.startswith("RESULT ")]
    if not found:
        stop(f"wrk failed (apt-get install wrk):\n{done.stdout}{done.stderr}")
    counted = json.loads(found[0])
    requests = max(counted["requests"], 1)
    return {
        "requests": counted["requests"],
        "per_second": counted["requests"] / (counted["microseconds"] / 1e6),
        "p50_ms": counted["p50"] / 1e3,
        "p99_ms": counted["p99"] / 1e3,
        "errors": counted["errors"],
        "bytes": counted["bytes"] / requests,
        "server_cpu_ms": used["server"] * 1e3 / requests,
        "postgres_cpu_ms": used["postgres"] * 1e3 / requests,
        "memory_mib": memory.most(),
        # What else the machine did, in cores; what its host did not let it have.
        "other_cores": (used["machine"] - used["server"] - used["postgres"] - used["wrk"]) / used["time"],
        "stolen_cores": used["stolen"] / used["time"],
    }


def _used(server, cluster):
    """Seconds of CPU so far, and of time."""
    with open("/proc/stat") as file:
        ticks = [int(value) / os.sysconf("SC_CLK_TCK") for value in file.readline().split()[1:]]
    user, nice, system, _, _, irq, softirq, stolen = ticks[:8]
    wrk = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {"server": server.cpu_seconds(), "postgres": cluster.cpu_seconds(), "wrk": wrk.ru_utime + wrk.ru_stime,
            "machine": user + nice + system + irq + softirq, "stolen": stolen, "time": time.monotonic()}


class Memory:
    """Looks at a server's resident memory twice a second until asked for the most."""

    def __init__(self, server):
        self.server, self.seen, self.is_done = server, [server.resident_mib()], threading.Event()
        self.thread = threading.Thread(target=self._look, daemon=True)
        self.thread.start()

    def most(self):
        self.is_done.set()
        self.thread.join()
        return max(self.seen)

    def _look(self):
        while not self.is_done.wait(0.5):
            self.seen.append(self.server.resident_mib())


def write_requests(path, requests):
    with open(path, "w") as file:
        file.writelines(f"{token}\t{body}\n" for token, body in requests)
