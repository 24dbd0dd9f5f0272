"""Several Klartext processes on one PostgreSQL, and a mail server for what they send; all on loopback, ended by pid."""
import os
import re
import shlex
import subprocess
import threading
import time
import urllib.request

from aiosmtpd.controller import Controller

from instance import ROOT, free_port

ADDRESS, COMPANY = "hilfe@nordlicht.example", "Nordlicht Hosting"


class Node:
    """One Klartext process of several, always on the same ports."""

    def __init__(self, name, binary, directory, database, smtp):
        self.name, self.binary = name, binary
        self.http, self.lmtp = free_port(), free_port()
        self.log_path = directory / f"{name}.log"
        self.process, self.started_at = None, 0.0
        plain = {key: value for key, value in os.environ.items() if not key.startswith("KLARTEXT_")}
        self.environment = plain | {
            "KLARTEXT_DATABASE": database.url, "KLARTEXT_DATA": str(directory / "data"), "KLARTEXT_ROLES": "web,mail,work",
            "KLARTEXT_LISTEN": f"127.0.0.1:{self.http}", "KLARTEXT_LMTP": f"127.0.0.1:{self.lmtp}",
            "KLARTEXT_SMTP": f"smtp://127.0.0.1:{smtp}?tls=off", "KLARTEXT_ADDRESS": ADDRESS, "KLARTEXT_COMPANY": COMPANY,
            "KLARTEXT_PUBLIC": str(ROOT / "Public"), "KLARTEXT_LOCALES": str(ROOT / "Locales"),
            "KLARTEXT_FORMS": str(ROOT / "forms")}

    def start(self):
        with open(self.log_path, "ab") as log:
            self.process = subprocess.Popen(
                [self.binary, "serve"], env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self.started_at = time.monotonic()

    def is_ready(self):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.http}/readyz", timeout=5):
                return True
        except OSError:
            return False

    def kill(self):
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def stop(self):
        """Asks it to end; returns its exit status."""
        self.process.terminate()
        try:
            return self.process.wait(40)
        finally:
            self.kill()

    def run(self, *arguments, typed=None):
        """One command of the shell door; raises when it fails."""
        done = subprocess.run(
            [self.binary, *arguments], env=self.environment, input=typed, capture_output=True, text=True, timeout=300)
        if done.returncode != 0:
            raise AssertionError(f"klartext {shlex.join(arguments)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
        return done.stdout


class Sink:
    """A mail server that takes every letter, and remembers the times of each Message-ID."""

    def __init__(self):
        self.times = {}
        self._lock = threading.Lock()
        self._controller = Controller(self, hostname="127.0.0.1", port=free_port(), ready_timeout=30, enable_SMTPUTF8=True)
        self.port = self._controller.port
        self._controller.start()

    async def handle_DATA(self, server, session, envelope):  # the name is aiosmtpd's
        head = re.sub(rb"\r\n[ \t]+", b" ", envelope.content.partition(b"\r\n\r\n")[0])
        found = re.search(rb"(?im)^Message-ID:\s*<([^>]+)>", head)
        if not found:
            return "554 5.6.0 There is no Message-ID"
        with self._lock:
            self.times.setdefault(found.group(1).decode(), []).append(time.monotonic())
        return "250 Taken"

    def stop(self):
        self._controller.stop()
