"""A Klartext process of our own, in a directory of its own, with what the system says about its use of processor and memory."""
import os
import pathlib
import re
import signal
import socket
import sqlite3
import subprocess
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
TICKS = os.sysconf("SC_CLK_TCK")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Instance:
    def __init__(self, binary, directory):
        self.binary, self.data = binary, pathlib.Path(directory)
        self.http, self.lmtp = free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.http}"
        self.process = None
        self.data.parent.mkdir(parents=True, exist_ok=True)
        self.log = open(f"{directory}.log", "ab")

    @property
    def environment(self):
        plain = {name: value for name, value in os.environ.items() if not name.startswith("KLARTEXT_")}
        return plain | {
            "KLARTEXT_DATA": str(self.data), "KLARTEXT_LISTEN": f"127.0.0.1:{self.http}", "KLARTEXT_LMTP": f"127.0.0.1:{self.lmtp}",
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
        """Processor time of all threads, user and system, since the start."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def memory_megabytes(self, what="VmRSS"):
        """Resident memory now, or its highest point since the start (VmHWM)."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(rf"{what}:\s+(\d+) kB", status).group(1)) / 1024

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

    def query(self, statement, *values):
        """Asks the database beside the running process."""
        database = sqlite3.connect(f"file:{self.data}/klartext.sqlite?mode=ro", uri=True, timeout=10)
        try:
            return database.execute(statement, values).fetchall()
        finally:
            database.close()
