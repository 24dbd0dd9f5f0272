#!/usr/bin/env python3
"""Measures the desk: forms, mails, status pages, inbox and ticket pages, processor time, memory and start, with few and with many tickets;
very many promises and next contacts that fall due within a minute; and very large mails.

    bin/bench desk [--quick] [--write] [--tickets FEW MANY] [--only NAME...] [--check] [--keep]

Two instances of the release build, one with each number of tickets, run beside each other; every figure is the median of rounds that take
turns between them, so that a noisy machine is noisy for both. Everything is on loopback, in a directory of its own that is removed at the
end.

--quick    one short round with 1,000 and 10,000 tickets, 5,000 due: three minutes
--write    puts the figures into docs/performance.md
--check    runs `klartext check` on both instances before and after
--keep     leaves the directory, and says where
"""
import argparse
import json
import os
import pathlib
import resource
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True

import due
import fill
import large
import lmtp
import report
import requests_file
import proc
from instance import ROOT, Instance

LUA = ROOT / "Benchmarks" / "http.lua"
#: More than this in a second and the generator would run out of forms or mails; it says so then.
MOST_FORMS_PER_SECOND, MOST_MAILS_PER_SECOND = 7_000, 9_000
#: Nobody is left waiting when something hangs.
MOST_SECONDS = 1800
#: Figures are written down only where no more of the machine than this was somebody else's.
MOST_OTHERS = 0.1
STARTS = 5

#: What kind of page, and whether the browser takes it compressed.
PAGES = {"status": ("status", True), "status-plain": ("status", False), "inbox": ("inbox", True), "ticket": ("ticket", True)}
#: How many connections.
WRITES = {"forms-32": 32, "forms-64": 64, "mails": 8}
#: Measured by itself, when the rest is over.
ALONE = ["due", "large"]


class Bench:
    def __init__(self, options, directory):
        self.options, self.directory = options, pathlib.Path(directory)
        self.results = {}
        self.instances = {}
        self.sent = 0

    def note(self, size, name, figures):
        self.results.setdefault(name, {}).setdefault(size, []).append(figures)

    def run(self):
        self.results["disk"] = disk_wait(self.directory)
        try:
            if self.wants_any([*PAGES, *WRITES]):
                for size in self.options.tickets:
                    self.prepare(size)
            names = [name for name in PAGES if self.wants(name)]
            for size in self.options.tickets:
                for name in names:
                    kind, gzip = PAGES[name]
                    requests_file.pages(self.file(size, name), self.instances[size], kind, gzip=gzip)
            for round_ in range(self.options.rounds + 1):
                for name in names:
                    for size in self.options.tickets:
                        self.measure_page(size, name, is_warm=round_ > 0)
            for _ in range(self.options.rounds):
                for name in filter(self.wants, WRITES):
                    for size in self.options.tickets:
                        (self.measure_mails if name == "mails" else self.measure_forms)(size, name, WRITES[name])
            for size, instance in self.instances.items():
                self.note(size, "memory", {"megabytes": instance.memory_megabytes("VmHWM")})
        finally:
            for instance in self.instances.values():
                instance.stop()
        self.measure_alone()
        if self.options.check:
            for size, instance in self.instances.items():
                say(f"{size} tickets: checking what was written")
                instance.check()

    def measure_alone(self):
        """What needs the machine for itself."""
        if self.wants("due"):
            figures = self.results["due"] = due.measure(self.options.binary, self.directory, self.options.due)
            say(f"due: {figures}")
        if self.wants("large"):
            figures = self.results["large"] = large.measure(self.options.binary, self.directory)
            say(f"large: {figures}")

    def wants(self, name):
        return not self.options.only or name in self.options.only

    def wants_any(self, names):
        return any(self.wants(name) for name in names)

    def file(self, size, name):
        return self.directory / f"{name}-{size}.requests"

    def prepare(self, size):
        instance = Instance(self.options.binary, self.directory / f"data-{size}")
        instance.check()
        began = time.monotonic()
        fill.fill(instance.data, size, instance.url)
        instance.reindex()
        say(f"{size} tickets: filled in {time.monotonic() - began:.0f} s, {instance.size_megabytes():.0f} MB")
        if self.options.check:
            instance.check()
        self.instances[size] = instance
        for index in range(STARTS):
            self.note(size, "start", {"seconds": instance.start()})
            if index < STARTS - 1:
                instance.stop()
        time.sleep(2)
        self.note(size, "idle", {"megabytes": instance.memory_megabytes()})

    def measure_page(self, size, name, is_warm):
        instance = self.instances[size]
        seconds = self.options.seconds if is_warm else 1
        cpu = instance.cpu_seconds()
        figures = self.wrk(instance, self.file(size, name), "cycle", 32, seconds)
        figures["cpu_us"] = (instance.cpu_seconds() - cpu) / max(1, figures["requests"]) * 1e6
        # the first round only warms up
        if is_warm:
            self.note(size, name, figures)
            say(f"{size} tickets: {name} {rate(figures)}, {figures['cpu_us']:.0f} µs")

    def measure_forms(self, size, name, connections):
        instance, count = self.instances[size], int(MOST_FORMS_PER_SECOND * self.options.seconds)
        requests_file.forms(self.file(size, name), instance, count, self.sent)
        self.sent += count
        before = self.tickets(instance)
        cpu = instance.cpu_seconds()
        figures = self.wrk(instance, self.file(size, name), "once", connections, self.options.seconds)
        figures["cpu_us"] = (instance.cpu_seconds() - cpu) / max(1, figures["requests"]) * 1e6
        figures["calm_seconds"] = instance.calm(60)
        figures["all_cpu_us"] = (instance.cpu_seconds() - cpu) / max(1, figures["requests"]) * 1e6
        opened = self.tickets(instance) - before
        # what was answered must be there, once; what was under way when the time was up may be
        if not figures["requests"] <= opened <= figures["requests"] + connections:
            raise RuntimeError(f"{figures['requests']} forms were answered, {opened} tickets opened")
        self.file(size, name).unlink()
        self.note(size, name, figures)
        say(f"{size} tickets: {name} {rate(figures)}, {figures['cpu_us']:.0f} µs, with letters {figures['all_cpu_us']:.0f} µs")

    def measure_mails(self, size, name, connections):
        instance = self.instances[size]
        made = lmtp.mails(int(MOST_MAILS_PER_SECOND * self.options.seconds), self.sent)
        self.sent += len(made)
        before = instance.query("SELECT count(*) FROM inbox")[0][0]
        cpu = instance.cpu_seconds()
        figures = lmtp.blast([instance.lmtp], made, connections, self.options.seconds)
        figures["cpu_us"] = (instance.cpu_seconds() - cpu) / figures["requests"] * 1e6
        while instance.query("SELECT count(*) FROM inbox WHERE state = 'received'")[0][0] and time.monotonic() - figures["began"] < 120:
            time.sleep(0.1)
        figures["sorted_seconds"] = time.monotonic() - figures["began"]
        instance.calm(60)
        figures["all_cpu_us"] = (instance.cpu_seconds() - cpu) / figures["requests"] * 1e6
        kept = instance.query("SELECT count(*) FROM inbox")[0][0] - before
        if figures["requests"] != kept:
            raise RuntimeError(f"{figures['requests']} mails were taken, {kept} are there")
        self.verify(figures)
        self.note(size, name, figures)
        say(
            f"{size} tickets: {name} {rate(figures)}, sorted {rate(figures, 'sorted_seconds')}, "
            f"{figures['cpu_us']:.0f} µs, sorted and confirmed {figures['all_cpu_us']:.0f} µs")

    def tickets(self, instance):
        return instance.query("SELECT count(*) FROM ticket")[0][0]

    def wrk(self, instance, file, order, connections, seconds):
        done = subprocess.run(
            ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", "-s", LUA, instance.url, "--", file, order],
            capture_output=True, text=True, timeout=seconds + 60)
        if done.returncode != 0:
            raise RuntimeError(done.stdout + done.stderr)
        figures = json.loads(done.stdout.strip().splitlines()[-1])
        self.verify(figures)
        return figures

    def verify(self, figures):
        if figures["exhausted"]:
            raise RuntimeError("the load generator ran out; raise MOST_FORMS_PER_SECOND or MOST_MAILS_PER_SECOND")
        if figures["refused"] or figures["broken"]:
            raise RuntimeError(f"{figures['refused']} were refused, {figures['broken']} broke off")


def disk_wait(directory):
    """Milliseconds that this disk takes to make 4 KB durable."""
    descriptor = os.open(directory / "probe", os.O_CREAT | os.O_WRONLY)
    waits = []
    for _ in range(100):
        began = time.monotonic()
        os.write(descriptor, b"x" * 4096)
        os.fdatasync(descriptor)
        waits.append(time.monotonic() - began)
    os.close(descriptor)
    return statistics.median(waits) * 1e3


def processor_seconds():
    """What all processors have been busy since the machine started, and what of it was ours (children count when they have ended)."""
    return proc.busy_seconds(), sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def rate(figures, seconds="seconds"):
    return f"{figures['requests'] / figures[seconds]:.0f}/s"


def say(text):
    print(text, file=sys.stderr, flush=True)


def options():
    parser = argparse.ArgumentParser(prog="bin/bench desk", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--tickets", nargs=2, type=int, metavar=("FEW", "MANY"))
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--seconds", type=int)
    parser.add_argument("--only", nargs="+", choices=[*PAGES, *WRITES, *ALONE])
    parser.add_argument("--due", type=int, metavar="TICKETS", help="how many fall due within a minute")
    given = parser.parse_args()
    given.tickets = given.tickets or ([1_000, 10_000] if given.quick else [1_000, 100_000])
    given.due = given.due or (5_000 if given.quick else 100_000)
    given.rounds = given.rounds or (1 if given.quick else 3)
    given.seconds = given.seconds or (1 if given.quick else 4)
    given.binary = os.environ.get("KLARTEXT_BINARY") or sys.exit("run it by bin/bench desk")
    return given


def main():
    given = options()
    signal.signal(signal.SIGALRM, lambda *_: (_ for _ in ()).throw(TimeoutError(f"not done after {MOST_SECONDS} s")))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    signal.alarm(MOST_SECONDS)
    # not /tmp, which may be memory: durable must mean the disk
    directory = tempfile.mkdtemp(prefix="klartext-bench-", dir=os.environ.get("KLARTEXT_BENCH_DIRECTORY", "/var/tmp"))
    bench, began, before = Bench(given, directory), time.monotonic(), processor_seconds()
    try:
        bench.run()
    finally:
        if given.keep:
            say(f"kept: {directory}")
        else:
            shutil.rmtree(directory, ignore_errors=True)
    took, after = time.monotonic() - began, processor_seconds()
    others = max(0, after[0] - before[0] - (after[1] - before[1])) / (took * os.cpu_count())
    text = report.text(bench.results, given.tickets, others)
    print(text)
    say(f"{took:.0f} s")
    if given.write and others > MOST_OTHERS:
        sys.exit("the machine was too busy with other things for figures that stay: nothing written")
    if given.write:
        report.write(text, "desk", ROOT / "docs" / "performance.md")


if __name__ == "__main__":
    main()
