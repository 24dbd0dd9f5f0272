"""A Klartext process of our own, in a directory of its own, with what the system says about its use of processor and memory."""
import os
import pathlib
import signal
import socket
import sqlite3
import subprocess
import time
import urllib.request

import postgresql
import proc

ROOT = pathlib.Path(__file__).resolve().parent.parent


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Instance:
    """`database` is the address of a PostgreSQL database; several may be on one with the same directory, which then holds key and files."""

    def __init__(self, binary, directory, database=""):
        self.binary, self.data, self.database = binary, pathlib.Path(directory), database
        self.http, self.lmtp = free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.http}"
        self.process = None
        self.data.parent.mkdir(parents=True, exist_ok=True)
        self.log = open(f"{directory}.log", "ab")

    @property
    def environment(self):
        plain = {name: value for name, value in os.environ.items() if not name.startswith("KLARTEXT_")}
        return plain | {
            "KLARTEXT_DATA": str(self.data), "KLARTEXT_DATABASE": self.database,
            "KLARTEXT_LISTEN": f"127.0.0.1:{self.http}", "KLARTEXT_LMTP": f"127.0.0.1:{self.lmtp}",
            "KLARTEXT_ADDRESS": "hilfe@nordlicht.example", "KLARTEXT_COMPANY": "Nordlicht Hosting",
            "KLARTEXT_PUBLIC": str(ROOT / "Public"), "KLARTEXT_LOCALES": str(ROOT / "Locales"),
            "KLARTEXT_FORMS": str(ROOT / "forms")}

    def check(self):
        """Runs `klartext check`, which also makes the database; raises when it finds something."""
        done = subprocess.run([self.binary, "check"], env=self.environment, capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"klartext check: {done.stdout}{done.stderr}")

    def reindex(self):
        """Makes searchable what was written beside the program."""
        subprocess.run([self.binary, "reindex"], env=self.environment, check=True, capture_output=True)

    def start(self):
        """Starts it; returns the seconds from exec until it says that it is ready."""
        began = time.monotonic()
        self.process = subprocess.Popen(
            [self.binary, "serve"], env=self.environment, stdout=self.log, stderr=self.log, start_new_session=True)
        while time.monotonic() - began < 30:
            if self.process.poll() is not None:
                raise RuntimeError(f"klartext ended at once, see {self.log.name}")
            if self.is_ready():
                return time.monotonic() - began
            time.sleep(0.001)
        raise RuntimeError("klartext was not ready within 30 seconds")

    def is_ready(self):
        try:
            with socket.create_connection(("127.0.0.1", self.http), timeout=5) as connection:
                connection.sendall(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                return connection.recv(64).startswith(b"HTTP/1.1 200")
        except OSError:
            return False

    def stop(self):
        if self.process is None:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None

    def cpu_seconds(self):
        return proc.cpu_seconds(self.process.pid)

    def memory_megabytes(self, what="VmRSS"):
        return proc.resident_megabytes(self.process.pid, what)

    def calm(self, limit_seconds):
        """Waits until it has nothing left to do; returns the seconds that took."""
        began, before = time.monotonic(), self.cpu_seconds()
        while time.monotonic() - began < limit_seconds:
            time.sleep(0.5)
            now = self.cpu_seconds()
            if now - before < 0.03:
                break
            before = now
        return time.monotonic() - began

    def get(self, path):
        with urllib.request.urlopen(self.url + path, timeout=30) as response:
            return response.read().decode()

    def query(self, statement):
        """Asks the database beside the running process; the rows, each as a tuple."""
        if self.database:
            return [tuple(row.values()) for row in postgresql.rows(self.database, statement)]
        database = sqlite3.connect(f"file:{self.data}/klartext.sqlite?mode=ro", uri=True, timeout=10)
        try:
            return database.execute(statement).fetchall()
        finally:
            database.close()

    def size_megabytes(self):
        """What the database takes on the disk, its log not counted on PostgreSQL."""
        if self.database:
            return self.query("SELECT pg_database_size(current_database()) AS bytes")[0][0] / 2**20
        return sum(file.stat().st_size for file in self.data.glob("klartext.sqlite*")) / 2**20
