#!/usr/bin/env python3
"""Three Klartext processes on one PostgreSQL, killed at random under load: nothing acknowledged is lost, nothing is there twice.

    bin/bench chaos [--seconds 300] [--seed N] [--keep]

Forms, mails and agents' replies go to all three processes while one after the other, and PostgreSQL as a whole, is ended by SIGKILL and
comes back. Who gets no answer sends the same again. When all is quiet again, `klartext check` must hold, every acknowledged text must be
there exactly once, and every letter must have left. The last line is `1 passed, 0 failed`, or what was wrong and `0 passed, 1 failed`.

--seed     repeats the plan of a run: what is killed, when, and for how long
--keep     leaves the directory with the logs, and says where; also done when something was wrong
"""
import argparse
import dataclasses
import os
import pathlib
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback

sys.dont_write_bytecode = True

from chaos_load import Load, sign_in
from chaos_proof import Proof, quiet
from cluster import Node, Sink
from postgresql import Database

AGENT, PASSWORD = "ayse@nordlicht.example", "nordlicht-2026"
START_SECONDS, QUIET_SECONDS = 60, 180
#: A process that finds no database when it starts may end; whoever started it starts it again.
TRY_AGAIN_SECONDS = 0.5


@dataclasses.dataclass
class Kill:
    after: float
    target: str
    pause: float
    began: float = 0.0
    ended: float = 0.0


def plan(seed, seconds, processes):
    """What is killed how long after the beginning, and for how long; the same for the same seed."""
    pick, at, kills = random.Random(seed), 2.0, []
    while at < seconds - 5:
        # PostgreSQL comes back by itself only once it has recovered: more seldom, and never twice at a time
        is_database = pick.random() < 0.2 and not any(kill.target == "postgresql" and at - kill.after < 12 for kill in kills)
        target = "postgresql" if is_database else f"klartext-{pick.randrange(processes) + 1}"
        kills.append(Kill(at, target, pick.uniform(0.1, 2.0)))
        at += pick.uniform(0.5, 5.0)
    if not any(kill.target == "postgresql" for kill in kills):
        kills[len(kills) // 2].target = "postgresql"
    return kills


class Chaos:
    processes = 3

    def __init__(self, binary, directory, seconds, seed):
        self.binary, self.directory, self.seconds, self.seed = binary, directory, seconds, seed
        self.database, self.sink, self.nodes, self.done = None, None, [], []
        self.load = None

    def run(self):
        self.database = Database(self.directory / "postgresql")
        self.sink = Sink()
        self.nodes = [
            Node(f"klartext-{index + 1}", self.binary, self.directory, self.database, self.sink.port) for index in range(self.processes)]
        # the first command makes tables and key
        self.nodes[0].run("agent", "add", AGENT, "Ayşe Demir", "--password-from-input", typed=PASSWORD + "\n")
        for node in self.nodes:
            node.start()
        self.wait_until_ready()
        cookie = sign_in(self.nodes[0].http, AGENT, PASSWORD)
        self.load = Load(self.doors(), self.directory / "data", cookie, self.seed)
        self.load.begin()
        self.kill_by_plan()
        self.load.end()
        self.wait_until_quiet()
        return self.prove()

    def plan(self):
        return plan(self.seed, self.seconds, self.processes)

    def doors(self):
        """Pairs of HTTP and LMTP port where people and mail servers go."""
        return [(node.http, node.lmtp) for node in self.nodes]

    def prove_more(self, proof):
        """What must hold beyond that nothing is lost."""

    def wait_until_ready(self):
        deadline = time.monotonic() + START_SECONDS
        while not all(node.is_ready() for node in self.nodes):
            if time.monotonic() > deadline:
                raise AssertionError(f"not ready: {[node.name for node in self.nodes if not node.is_ready()]}")
            time.sleep(0.1)

    def kill_by_plan(self):
        """Kills and starts until the time is up and everything was started again."""
        began, left, down = time.monotonic(), self.plan(), {}
        while time.monotonic() - began < self.seconds or down:
            now = time.monotonic()
            if left and now - began >= left[0].after:
                kill = left.pop(0)
                # what is down already cannot be killed
                if kill.target not in down:
                    down[kill.target] = kill
                    self.kill(kill)
            for kill in list(down.values()):
                if self.is_back(kill, now):
                    kill.ended = time.monotonic()
                    del down[kill.target]
            for node in self.nodes:
                if node.name not in down:
                    self.look_after(node)
            time.sleep(0.02)

    def kill(self, kill):
        kill.began = time.monotonic()
        kill.ended = float("inf")
        self.done.append(kill)
        if kill.target == "postgresql":
            self.database.kill()
        else:
            self.node(kill.target).kill()

    def is_back(self, kill, now):
        """Starts what was down for long enough; whether it is there again."""
        if now - kill.began < kill.pause:
            return False
        if kill.target != "postgresql":
            self.node(kill.target).start()
            return True
        if self.database.starting is None:
            self.database.begin_start()
        return self.database.is_started()

    def node(self, name):
        return next(node for node in self.nodes if node.name == name)

    def look_after(self, node):
        """Starts a process again that ended because it found no database at its start; any other end of its own is wrong."""
        status = node.process.poll()
        if status is None:
            return
        now = time.monotonic()
        outages = [kill for kill in self.done if kill.target == "postgresql"]
        if not any(kill.began - 10 < node.started_at < kill.ended + 10 for kill in outages):
            self.load.ledger.surprise(f"{node.name} ended by itself with {status} after {now - node.started_at:.1f} s")
        time.sleep(TRY_AGAIN_SECONDS)
        node.start()

    def wait_until_quiet(self):
        self.wait_until_ready()
        deadline = time.monotonic() + QUIET_SECONDS
        while left := quiet(self.database):
            if time.monotonic() > deadline:
                raise AssertionError(f"not done after {QUIET_SECONDS} s: {left}")
            time.sleep(0.5)

    def prove(self):
        statuses = [node.stop() for node in self.nodes]
        proof = Proof(self.database, self.load.ledger, self.sink, self.done, self.processes)
        proof.expect(statuses == [0] * self.processes, f"asked to end, they ended with {statuses}")
        proof.run()
        self.prove_more(proof)
        check = self.nodes[0].run("check")
        proof.expect(all(line.startswith("ok ") for line in check.splitlines()), check)
        self.report(proof)
        return proof.wrong

    def report(self, proof):
        ledger, letters = self.load.ledger, len(self.sink.times)
        outages = [kill for kill in self.done if kill.target == "postgresql"]
        print(f"acknowledged: {len(ledger.requests)} requests, {len(ledger.mails)} mails, {len(ledger.replies)} replies")
        killed = len(self.done) - len(outages)
        print(f"kills: {killed} of processes, {len(outages)} of PostgreSQL; {ledger.unheard} attempts without an answer")
        print(f"letters: {letters}, of which {proof.doubles} came a second time")
        if outages:
            away = max(kill.ended - kill.began for kill in outages)
            after = max(min((at for at in ledger.answers if at > kill.ended), default=kill.ended) - kill.ended for kill in outages)
            print(f"PostgreSQL: away for {away:.1f} s at most, the first answer at most {after:.1f} s later")
        silence, wait = ledger.longest_silence, ledger.longest_wait
        print(f"longest time in which nobody was answered: {silence:.1f} s; until somebody was: {wait:.1f} s")

    def end(self):
        for node in self.nodes:
            node.kill()
        if self.sink is not None:
            self.sink.stop()
        if self.database is not None:
            self.database.remove()


def options(name, description):
    parser = argparse.ArgumentParser(
        prog=f"bin/bench {name}", description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=300)
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    parser.add_argument("--keep", action="store_true")
    given = parser.parse_args()
    given.binary = os.environ.get("KLARTEXT_BINARY") or sys.exit(f"run it by bin/bench {name}")
    return given


def main(kind, name, description):
    given = options(name, description)
    print(f"seed: {given.seed}, {given.seconds} s", flush=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    # where the server's own user can reach it, whoever runs this
    directory = pathlib.Path(tempfile.mkdtemp(prefix="klartext-chaos-", dir=os.environ.get("KLARTEXT_BENCH_DIRECTORY", "/var/tmp")))
    directory.chmod(0o711)
    chaos, wrong = kind(given.binary, directory, given.seconds, given.seed), []
    try:
        wrong = chaos.run()
    except Exception:
        wrong = [traceback.format_exc()]
        if chaos.load is not None:
            wrong += chaos.load.ledger.surprises[:10]
    finally:
        chaos.end()
        if given.keep or wrong:
            print(f"kept: {directory}")
        else:
            shutil.rmtree(directory, ignore_errors=True)
    for what in wrong:
        print(f"wrong: {what}")
    print(f"{int(not wrong)} passed, {int(bool(wrong))} failed")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main(Chaos, "chaos", __doc__)
