"""A PostgreSQL of our own: from this machine's binaries, in a folder, on loopback."""

import glob
import os
import pwd
import shutil
import socket
import subprocess

from .show import stop

SETTINGS = {
    "shared_buffers": "2GB", "effective_cache_size": "8GB", "work_mem": "16MB", "random_page_cost": "1.1",
    "max_wal_size": "4GB", "jit": "off", "max_connections": "200",
}
# For making data only: a crash would cost the folder, which can be made again.
UNSAFE = {"fsync": "off", "full_page_writes": "off", "wal_level": "minimal", "max_wal_senders": "0"}
DATABASE = "forecourt"


class Cluster:
    def __init__(self, folder):
        self.data = os.path.join(folder, "data")
        self.log = os.path.join(folder, "postgres.log")
        self.folder = folder
        self.port = free_port()
        self.binaries = binaries()
        self.postmaster = None

    def make(self):
        self._pg("initdb", "--pgdata", self.data, "--username", "postgres", "--auth", "trust", "--locale", "C.UTF-8",
                 "--no-sync")

    def start(self, unsafe=False):
        settings = {**SETTINGS, **(UNSAFE if unsafe else {}), "port": self.port, "listen_addresses": "127.0.0.1",
                    "unix_socket_directories": self.folder}
        options = " ".join(f"-c {name}={value}" for name, value in settings.items())
        self._pg("pg_ctl", "--pgdata", self.data, "--log", self.log, "--wait", "--timeout", "600", "--options", options,
                 "start")
        with open(os.path.join(self.data, "postmaster.pid")) as file:
            self.postmaster = int(file.readline())

    def stop(self):
        if self.postmaster:
            self._pg("pg_ctl", "--pgdata", self.data, "--wait", "--timeout", "600", "--mode", "fast", "stop")
            self.postmaster = None

    def url(self, user="postgres", database=DATABASE):
        return f"postgres://{user}@127.0.0.1:{self.port}/{database}"

    def sql(self, text, database=DATABASE, **variables):
        """The rows that statements give, as lists of texts."""
        answer = self._psql(database, variables, ["--tuples-only", "--no-align", "--field-separator", "\t"], text)
        return [line.split("\t") for line in answer.splitlines()]

    def script(self, path, heard=None, **variables):
        """Runs a file of statements; `heard` is told each line it says."""
        command = self._command(DATABASE, variables, ["--file", path])
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for line in process.stdout:
            if heard:
                heard(line.strip())
        complaint = process.stderr.read()
        if process.wait():
            stop(f"{path} failed:\n{complaint}")

    def cpu_seconds(self):
        """Used by all of its processes so far, ended ones included."""
        return sum(self._cpu_seconds(pid) for pid in [self.postmaster, *children(self.postmaster)])

    def _cpu_seconds(self, pid):
        try:
            return cpu_seconds(pid, with_children=pid == self.postmaster)
        except OSError:
            return 0.0

    def _psql(self, database, variables, options, text):
        done = subprocess.run(self._command(database, variables, options), input=text, capture_output=True, text=True)
        if done.returncode:
            stop(f"PostgreSQL refuses:\n{done.stderr}")
        return done.stdout

    def _command(self, database, variables, options):
        values = [part for name, value in variables.items() for part in ("--set", f"{name}={value}")]
        return ["psql", "--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1", *values, *options,
                self.url(database=database)]

    def _pg(self, name, *arguments):
        """A program of the server's; as root it refuses to run."""
        root = ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups"] if os.getuid() == 0 else []
        with open(os.path.join(self.folder, f"{name}.log"), "w+") as heard:
            done = subprocess.run([*root, os.path.join(self.binaries, name), *arguments], cwd=self.folder, stdout=heard,
                                  stderr=subprocess.STDOUT)
            if done.returncode:
                heard.seek(0)
                stop(f"{name} failed (see also {self.log}):\n{heard.read()}")


def own(folder):
    """Makes a folder that the server may write to."""
    os.makedirs(folder, exist_ok=True)
    if os.getuid() == 0:
        postgres = pwd.getpwnam("postgres")
        os.chown(folder, postgres.pw_uid, postgres.pw_gid)


def binaries():
    found = [shutil.which("postgres"), *sorted(glob.glob("/usr/lib/postgresql/*/bin/postgres"))]
    found = [path for path in found if path]
    if not found:
        stop("there are no PostgreSQL server binaries on this machine: install postgresql")
    return os.path.dirname(os.path.realpath(found[-1]))


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def children(parent):
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            if int(_stat(pid)[1]) == parent:
                found.append(int(pid))
        except OSError:
            pass
    return found


def cpu_seconds(pid, with_children=False):
    """Of user and system; with those of its ended children."""
    return sum(map(int, _stat(pid)[11:15 if with_children else 13])) / os.sysconf("SC_CLK_TCK")


def resident_mib(pid):
    with open(f"/proc/{pid}/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def _stat(pid):
    with open(f"/proc/{pid}/stat") as file:
        return file.read().rpartition(")")[2].split()
