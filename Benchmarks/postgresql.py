"""A durable PostgreSQL of our own on loopback, with what the system says about its use of processor and memory."""
import ctypes
import json
import os
import pathlib
import shutil
import signal
import subprocess

import proc

ROOT = pathlib.Path(__file__).resolve().parent.parent
PR_SET_CHILD_SUBREAPER = 36
#: Making the indexes of a million tickets takes minutes.
MOST_SECONDS = 1800


def psql(url, command):
    """What psql prints: a line for each row, tabs between columns."""
    done = subprocess.run(
        ["psql", url, "-XAtq", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-c", command], capture_output=True, text=True, timeout=MOST_SECONDS)
    if done.returncode != 0:
        raise RuntimeError(done.stderr)
    return done.stdout


def rows(url, select):
    """The rows of a query, each as a dictionary in the order of the columns."""
    return json.loads(psql(url, f"SELECT coalesce(json_agg(r), '[]') FROM ({select}) r"))


class Database:
    """A PostgreSQL server, which can be killed as a whole and comes back at the same address."""

    def __init__(self, directory, *settings):
        # its orphans become our children: a zombie that nobody collects would be taken for a running server
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        self.directory = directory
        self.starting = None
        self.url = self._db("start", "--durable", *settings)

    def _db(self, command, *arguments):
        done = subprocess.run(
            [ROOT / "bin/db", command, self.directory, *arguments], capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL)
        if done.returncode != 0:
            raise RuntimeError(f"bin/db {command}: {done.stdout}{done.stderr}")
        return done.stdout.strip()

    @property
    def main(self):
        """The process that all others are children of."""
        return int((self.directory / "data/postmaster.pid").read_text().split()[0])

    def kill(self):
        """Ends postmaster and children by SIGKILL, as a power cut would."""
        main = self.main
        # stopped first, so that it makes no child that we miss
        os.kill(main, signal.SIGSTOP)
        children = proc.children(main)
        for pid in [main, *children]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        for pid in [main, *children]:
            try:
                os.waitpid(pid, 0)
            except ChildProcessError:
                pass

    def begin_start(self):
        self.starting = subprocess.Popen(
            [ROOT / "bin/db", "start", self.directory, "--durable"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def is_started(self):
        """Whether the start that was begun is through."""
        if self.starting is None or self.starting.poll() is None:
            return False
        if self.starting.returncode != 0:
            raise RuntimeError("PostgreSQL did not start again")
        self.starting = None
        return True

    def create(self, name):
        """Makes a database and returns its address."""
        psql(self.url, f"CREATE DATABASE {name}")
        return f"{self.url.rpartition('/')[0]}/{name}"

    def rows(self, select):
        return rows(self.url, select)

    def cpu_seconds(self):
        """Processor time of the server and of all its processes, those that have ended included."""
        return proc.tree_cpu_seconds(self.main)

    def memory_megabytes(self):
        """What it takes of the machine's memory: shared pages count once."""
        main = self.main
        return sum(proc.proportional_megabytes(pid) for pid in [main, *proc.children(main)])

    def stop(self):
        """Stops it and leaves the data."""
        self._db("stop")

    def remove(self):
        if self.starting is not None:
            self.starting.wait(120)
        shutil.copyfile(self.directory / "log", f"{self.directory}.log")
        self._db("remove")
