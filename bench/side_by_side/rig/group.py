"""The group of dealerships: made once for a number of bills, then kept."""

import datetime
import hashlib
import json
import os
import shutil
import subprocess
import time
import zoneinfo

from .postgres import DATABASE, Cluster, own
from .show import step, stop

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PASSWORD = "side by side, all alike"
HEAD_OFFICE = "hq@group.example"
ZONE = zoneinfo.ZoneInfo("Asia/Colombo")
# In a group of more bills than this, units, payments, registrations and quotations are kept of the last year only.
LARGE = 2_000_000


class Group:
    def __init__(self, folder, bills, forecourt):
        self.folder = os.path.join(folder, str(bills))
        self.bills = bills
        self.forecourt = forecourt
        self.cluster = Cluster(self.folder)
        self.key = None
        self.notes = {}

    def open(self, fresh):
        """Starts the group's database; makes it before, if it is not there or to be made anew."""
        known = os.path.join(self.folder, "group.json")
        if fresh or not os.path.exists(known):
            self._make()
            with open(known, "w") as file:
                json.dump(self.notes, file, indent=2)
        else:
            with open(known) as file:
                self.notes = json.load(file)
            step(f"{self.bills:,} bills are there, made up to {self.notes['until'][:16]}")
            self.key = self.notes["key"]
            self.cluster.start()
            self._migrate()
        if digest(self.forecourt) != self.notes["forecourt"]:
            step("note: another build of forecourt made this group; if figures are defined otherwise, use --fresh")
        if today() - datetime.date.fromisoformat(self.notes["until"][:10]) > datetime.timedelta(days=7):
            step("note: this group ends more than a week ago, so this month is emptier than it would be; use --fresh")

    def close(self):
        self.cluster.stop()

    def run(self, *arguments, may_fail=False, **environment):
        """Runs a command of forecourt's as the owner of the tables; gives what it says."""
        environment = {**os.environ, **self.environment(), **environment}
        command = [self.forecourt, *arguments, "--database-url", self.cluster.url()]
        done = subprocess.run(command, env=environment, cwd=self.folder, capture_output=True, text=True)
        if done.returncode and not may_fail:
            stop(f"forecourt {arguments[0]} failed:\n{done.stdout}{done.stderr}")
        return done.stdout + done.stderr

    def environment(self):
        return {"FORECOURT_KEYS_MASTER_KEY": self.key, "FORECOURT_LOG_FILTER": "warn"}

    def _make(self):
        shutil.rmtree(self.folder, ignore_errors=True)
        own(self.folder)
        self.key = subprocess.run([self.forecourt, "key", "generate"], capture_output=True, text=True, check=True).stdout.strip()
        until = datetime.datetime.now(ZONE).replace(microsecond=0)
        years = 1 if self.bills > LARGE else 2
        detailed = until.date() - datetime.timedelta(days=365 * years)
        self.notes = {"bills": self.bills, "until": until.isoformat(), "detailed": detailed.isoformat(),
                      "key": self.key, "forecourt": digest(self.forecourt), "seconds": {}}
        cluster = self.cluster
        cluster.make()
        cluster.start(unsafe=True)
        cluster.sql(f"create database {DATABASE}", database="postgres")
        self._migrate()
        step(f"{self.bills:,} bills of two years, up to {until:%Y-%m-%d %H:%M} in Colombo")
        with self._timed("generate"):
            cluster.script(os.path.join(HERE, "group.sql"), heard=lambda line: step(f"  {line}"), bills=self.bills,
                           until=until.isoformat(), detailed=detailed.isoformat())
        step("  vacuum")
        with self._timed("vacuum"):
            cluster.sql("vacuum (freeze, analyze)")
        step("  password of all")
        self.run("user", "set-password", "--email", HEAD_OFFICE, "--password-env", "BENCH_PASSWORD",
                 BENCH_PASSWORD=PASSWORD)
        cluster.sql(f"update user_account set password_hash = known.password_hash from user_account known"
                    f" where known.email = '{HEAD_OFFICE}' and user_account.email <> known.email")
        step("forecourt kpi rebuild")
        with self._timed("kpi rebuild"):
            self.run("kpi", "rebuild")
        cluster.sql("vacuum (freeze, analyze)")
        [[self.notes["size"]]] = cluster.sql(f"select pg_database_size('{DATABASE}')")
        took, size = self.notes["seconds"]["kpi rebuild"], int(self.notes["size"]) / 1e9
        step(f"  took {took:.0f} s; the database has {size:.1f} GB")
        cluster.stop()
        cluster.start()

    def _migrate(self):
        step("forecourt migrate")
        self.run("migrate")

    def _timed(self, name):
        return _Timed(self.notes["seconds"], name)


class _Timed:
    def __init__(self, into, name):
        self.into, self.name = into, name

    def __enter__(self):
        self.began = time.monotonic()

    def __exit__(self, *_):
        self.into[self.name] = time.monotonic() - self.began


def today():
    """The dealerships' day."""
    return datetime.datetime.now(ZONE).date()


def digest(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:16]
