#!/usr/bin/env python3
"""Measures both engines with the same work: SQLite, and PostgreSQL with one, two and four processes; with few, many and very many tickets.

    bin/bench engines [--quick] [--write] [--check] [--tickets N...] [--engines NAME...] [--processes N...] [--at N] [--rounds N] [--seconds N]
                      [--only NAME...] [--directory DIR] [--json FILE]

First SQLite, then PostgreSQL, so that no more than one of them is on the disk; within each, rounds take turns between the sizes and the
numbers of processes, and each figure is the median of the rounds. Everything is on loopback, load generator included, in a directory of its
own that is removed at the end. A million tickets take 20 to 30 GB and hours.

--quick      one short round with 1,000 and 5,000 tickets: about two minutes
--write      puts the figures into docs/performance.md
--at         the number of tickets with which numbers of processes are compared; default: the second one
--check      runs `klartext check` before and after
--directory  fills and measures there, uses what an earlier run has filled there within the day, and leaves it
--json       puts every single figure into a file
"""
import argparse
import json
import os
import pathlib
import shutil
import signal
import sys
import tempfile
import time

sys.dont_write_bytecode = True

import engines_report
import fill
import lmtp
import report
import requests_file
from deployment import Deployment
from desk import disk_wait, rate, say
from instance import ROOT, Instance
from postgresql import Database, psql

ENGINES = ["SQLite", "PostgreSQL"]
PAGES = ["status", "inbox", "ticket", "search"]
WRITES = ["forms", "replies", "mails"]
#: What somebody types who looks for something that stands in one ticket of a hundred.
WORD = "kulanzantrag"
CONNECTIONS = {"mails": 8, "replies": 8, "search": 8}
MOST_PER_SECOND = {"forms": 7_000, "mails": 9_000, "replies": 4_000}
#: Memory for pages, of which its manual recommends a quarter of the machine's, and checkpoints by time. The rest is as Debian installs it,
#: durable commits included.
SETTINGS = ["shared_buffers=2GB", "max_wal_size=4GB"]
MOST_SECONDS = 4 * 3600


class Engines:
    def __init__(self, given, directory):
        self.given, self.directory = given, pathlib.Path(directory)
        #: figures by "engine/tickets/processes" and name of the work
        self.results, self.facts = {}, {"disk": disk_wait(self.directory), "busy": 0.0, "ours": 0.0, "seconds": 0.0}
        # numbers what is sent: what an earlier run has sent would be taken for the same, sent twice
        self.server, self.sent = None, int(time.time()) % 10**6 * 10**5

    def run(self):
        for engine in self.given.engines:
            if engine == "PostgreSQL":
                self.server = Database(self.directory / "postgresql", *SETTINGS)
            for size in self.given.tickets:
                self.prepare(engine, size)
            # the size, the processes, and what runs them
            deployments = [
                (size, count, self.deployment(engine, size, count))
                for size in self.given.tickets for count in self.counts(engine, size)]
            self.rounds(engine, deployments)
            if self.given.check:
                self.check(engine)
            self.remove()

    def counts(self, engine, size):
        return self.given.processes if engine == "PostgreSQL" and size == self.given.at else [1]

    def place(self, engine, size):
        return self.directory / f"{engine}-{size}"

    def address(self, engine, size):
        return f"{self.server.url.rpartition('/')[0]}/tickets_{size}" if engine == "PostgreSQL" else ""

    def instance(self, engine, size):
        return Instance(self.given.binary, self.place(engine, size), self.address(engine, size))

    def deployment(self, engine, size, count):
        return Deployment(self.given.binary, self.place(engine, size), self.server, self.address(engine, size), count)

    def prepare(self, engine, size):
        """Fills an instance; what that took and how large it is are figures too, and stay beside it."""
        place = self.place(engine, size)
        facts = place.with_suffix(".json")
        if not facts.exists():
            facts.write_text(json.dumps(self.fill(engine, size)))
        self.note(engine, size, 1, "fill", json.loads(facts.read_text()))

    def fill(self, engine, size):
        if self.server:
            self.server.create(f"tickets_{size}")
        instance = self.instance(engine, size)
        instance.check()
        began = time.monotonic()
        fill.fill(instance.data, size, instance.url, instance.database)
        filled = time.monotonic()
        instance.reindex()
        indexed = time.monotonic()
        if self.server:
            # what it does by itself within minutes, and not while it is measured
            psql(instance.database, "VACUUM (ANALYZE)")
        if self.given.check:
            instance.check()
        facts = {"tickets": size, "seconds": filled - began, "index_seconds": indexed - filled, "megabytes": instance.size_megabytes()}
        say(
            f"{engine}, {size} tickets: filled in {filled - began:.0f} s, searchable after {indexed - filled:.0f} s more, "
            f"{facts['megabytes']:.0f} MB")
        return facts

    def rounds(self, engine, deployments):
        names = [name for name in PAGES + WRITES if self.wants(name)]
        pages, writes = [name for name in names if name in PAGES], [name for name in names if name in WRITES]
        for size in self.given.tickets:
            for name in pages:
                self.page_file(engine, size, name)
        for round_ in range(self.given.rounds + 1):
            for size, count, deployment in deployments:
                self.turn(engine, size, count, deployment, pages, is_warm=round_ > 0)
        # behind the pages, since they make the small instance grow
        for _ in range(self.given.rounds):
            for size, count, deployment in deployments:
                self.turn(engine, size, count, deployment, writes, is_warm=True)

    def turn(self, engine, size, count, deployment, names, is_warm):
        try:
            deployment.start()
            if is_warm:
                self.note(engine, size, count, "idle", deployment.memory_megabytes())
            for name in names:
                # a new process's connections have prepared no statement yet, and a new connection's server has read no catalogue
                figures = self.measure(engine, size, deployment, name, 1)
                if not is_warm:
                    continue
                figures = self.measure(engine, size, deployment, name, self.given.seconds)
                self.note(engine, size, count, name, figures)
                say(
                    f"{engine}, {size} tickets, {count} processes: {name} {rate(figures)}, {figures['cpu_us']:.0f} µs, of which "
                    f"the database {figures['database_us']:.0f} µs")
            if is_warm:
                self.note(engine, size, count, "loaded", deployment.memory_megabytes())
        finally:
            deployment.stop()

    def measure(self, engine, size, deployment, name, seconds):
        if name == "mails":
            made = lmtp.mails(int(MOST_PER_SECOND[name] * seconds), self.sent)
            self.sent += len(made)
            return self.accounted(deployment, lambda: deployment.deliver(made, CONNECTIONS[name], seconds))
        if name in PAGES:
            files, order = [self.page_file(engine, size, name)] * len(deployment.instances), "cycle"
        else:
            files, order = self.write_files(deployment, name, seconds), "once"
        before = self.tickets(deployment) if name == "forms" else 0
        connections = CONNECTIONS.get(name, 32)
        figures = self.accounted(deployment, lambda: deployment.browse(files, order, connections, seconds))
        if name == "forms":
            opened = self.tickets(deployment) - before
            # what was answered must be there, once; what was under way when the time was up may be
            if not figures["requests"] <= opened <= figures["requests"] + connections:
                raise RuntimeError(f"{figures['requests']} forms were answered, {opened} tickets opened")
        return figures

    def accounted(self, deployment, load):
        """Measures, and notes how much of the machine was somebody else's meanwhile."""
        began, before = time.monotonic(), own_seconds()
        figures = deployment.measured(load)
        self.facts["seconds"] += time.monotonic() - began
        self.facts["busy"] += figures.pop("busy")
        self.facts["ours"] += figures.pop("served") + own_seconds() - before
        return figures

    def tickets(self, deployment):
        return deployment.first.query("SELECT count(*) AS all_there_are FROM ticket")[0][0]

    def page_file(self, engine, size, name):
        file = self.directory / f"{name}-{engine}-{size}.requests"
        if not file.exists():
            if name == "search":
                requests_file.search(file, WORD)
            else:
                requests_file.pages(file, self.instance(engine, size), name)
        return file

    def write_files(self, deployment, name, seconds):
        """Requests that can be sent once, other ones for each process."""
        parts, files = len(deployment.instances), []
        for part, instance in enumerate(deployment.instances):
            file = self.directory / f"{name}-{part}.requests"
            count = int(MOST_PER_SECOND[name] * seconds / parts) + 500
            if name == "forms":
                requests_file.forms(file, instance, count, self.sent)
                self.sent += count
            else:
                # what was under way when the load before ended would overtake an answer made for the ticket as it was
                time.sleep(0.5)
                requests_file.replies(file, instance, count, part, parts)
            files.append(file)
        return files

    def note(self, engine, size, count, name, figures):
        self.results.setdefault(f"{engine}/{size}/{count}", {}).setdefault(name, []).append(figures)

    def wants(self, name):
        return not self.given.only or name in self.given.only

    def check(self, engine):
        for size in self.given.tickets:
            say(f"{engine}, {size} tickets: checking what was written")
            self.instance(engine, size).check()

    def remove(self):
        """Takes the server away, and what was filled unless it is to stay."""
        if self.server:
            if self.given.directory:
                self.server.stop()
            else:
                self.server.remove()
            self.server = None
        for size in [] if self.given.directory else self.given.tickets:
            for engine in ENGINES:
                shutil.rmtree(self.place(engine, size), ignore_errors=True)

    @property
    def others(self):
        """The share of the machine that was somebody else's while we measured."""
        return max(0.0, self.facts["busy"] - self.facts["ours"]) / max(1.0, self.facts["seconds"] * os.cpu_count())


def own_seconds():
    """What this script has used, and what load generators that have ended have used."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def options():
    parser = argparse.ArgumentParser(prog="bin/bench engines", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for flag in ("--quick", "--write", "--check"):
        parser.add_argument(flag, action="store_true")
    parser.add_argument("--tickets", nargs="+", type=int)
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=ENGINES)
    parser.add_argument("--processes", nargs="+", type=int, default=[1, 2, 4])
    parser.add_argument("--at", type=int)
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--seconds", type=int)
    parser.add_argument("--only", nargs="+", choices=PAGES + WRITES)
    parser.add_argument("--directory", type=pathlib.Path)
    parser.add_argument("--json", type=pathlib.Path)
    given = parser.parse_args()
    given.tickets = given.tickets or ([1_000, 5_000] if given.quick else [1_000, 100_000, 1_000_000])
    given.at = given.at or given.tickets[min(1, len(given.tickets) - 1)]
    given.rounds = given.rounds or (1 if given.quick else 3)
    given.seconds = given.seconds or (1 if given.quick else 3)
    given.binary = os.environ.get("KLARTEXT_BINARY") or sys.exit("run it by bin/bench engines")
    return given


def main():
    given = options()
    signal.signal(signal.SIGALRM, lambda *_: (_ for _ in ()).throw(TimeoutError(f"not done after {MOST_SECONDS} s")))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    signal.alarm(MOST_SECONDS)
    # not /tmp, which may be memory; and where the server's own user can reach it
    directory = given.directory or pathlib.Path(
        tempfile.mkdtemp(prefix="klartext-bench-", dir=os.environ.get("KLARTEXT_BENCH_DIRECTORY", "/var/tmp")))
    directory.mkdir(exist_ok=True)
    directory.chmod(0o711)
    bench, began = Engines(given, directory), time.monotonic()
    try:
        bench.run()
    finally:
        if given.json:
            given.json.write_text(json.dumps({"results": bench.results, "facts": bench.facts}))
        bench.remove()
        if not given.directory:
            shutil.rmtree(directory, ignore_errors=True)
    text = engines_report.text(bench.results, bench.facts, given, bench.others)
    print(text)
    say(f"{time.monotonic() - began:.0f} s")
    if given.write:
        report.write(text, "engines", ROOT / "docs" / "performance.md")


if __name__ == "__main__":
    main()
