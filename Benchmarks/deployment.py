"""One to several Klartext processes on one database, as one thing to start, to load and to measure."""
import json
import subprocess
import time

import lmtp
import proc
from instance import ROOT, Instance

LUA = ROOT / "Benchmarks" / "http.lua"
#: After a start, until every process has looked at the timetable and the jobs.
SETTLE_SECONDS = 1.0
SORT_SECONDS = 120


class Deployment:
    """`server` is the PostgreSQL server of the database at `address`; both None for SQLite, which has one process."""

    def __init__(self, binary, data, server=None, address="", processes=1):
        self.server = server
        self.instances = [Instance(binary, data, address) for _ in range(processes)]
        self.first = self.instances[0]

    def start(self):
        for instance in self.instances:
            instance.start()
        time.sleep(SETTLE_SECONDS)

    def stop(self):
        for instance in self.instances:
            instance.stop()

    def cpu_seconds(self):
        """Processor time of the processes, and of the database where it has processes of its own."""
        own = sum(instance.cpu_seconds() for instance in self.instances)
        return own, self.server.cpu_seconds() if self.server else 0.0

    def memory_megabytes(self):
        """Of the processes together, resident and with shared pages counted once, and of the database."""
        pids = [instance.process.pid for instance in self.instances]
        return {
            "rss": sum(map(proc.resident_megabytes, pids)), "pss": sum(map(proc.proportional_megabytes, pids)),
            "database": self.server.memory_megabytes() if self.server else 0.0}

    def measured(self, load):
        """What a load says of itself, and the processor time that it took here for each request."""
        busy, before = proc.busy_seconds(), self.cpu_seconds()
        figures = load()
        after = self.cpu_seconds()
        own, database = (later - earlier for later, earlier in zip(after, before))
        count = max(1, figures["requests"])
        return figures | {
            "cpu_us": (own + database) / count * 1e6, "database_us": database / count * 1e6, "busy": proc.busy_seconds() - busy,
            "served": own + database}

    def browse(self, files, order, connections, seconds):
        """Requests out of files, one for each process, at once to all of them."""
        share = max(1, connections // len(self.instances))
        runs = [
            subprocess.Popen(
                ["wrk", "-t1", f"-c{share}", f"-d{seconds}s", "--timeout", "10s", "-s", LUA, instance.url, "--", file, order],
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            for instance, file in zip(self.instances, files)]
        outputs = [run.communicate(timeout=seconds + 60)[0] for run in runs]
        if any(run.returncode for run in runs):
            raise RuntimeError("\n".join(outputs))
        return together([json.loads(output.strip().splitlines()[-1]) for output in outputs])

    def deliver(self, mails, connections, seconds):
        """Mails to all processes; returns when all of them are sorted."""
        figures = lmtp.blast([instance.lmtp for instance in self.instances], mails, connections, seconds)
        deadline = time.monotonic() + SORT_SECONDS
        while self.first.query("SELECT count(*) AS waiting FROM inbox WHERE state = 'received'")[0][0]:
            if time.monotonic() > deadline:
                raise RuntimeError(f"mails are not sorted after {SORT_SECONDS} s")
            time.sleep(0.5)
        figures["sorted_seconds"] = time.monotonic() - figures["began"]
        return verified(figures)


def together(parts):
    """The figures of load generators that ran side by side."""
    return verified({
        "requests": sum(part["requests"] for part in parts), "seconds": max(part["seconds"] for part in parts),
        "p99_ms": max(part["p99_ms"] for part in parts), "refused": sum(part["refused"] for part in parts),
        "broken": sum(part["broken"] for part in parts), "exhausted": any(part["exhausted"] for part in parts)})


def verified(figures):
    if figures["exhausted"]:
        raise RuntimeError("the load generator ran out of requests")
    if figures["refused"] or figures["broken"]:
        raise RuntimeError(f"{figures['refused']} were refused, {figures['broken']} broke off")
    return figures
