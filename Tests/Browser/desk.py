"""A Klartext of its own: free ports on loopback, its own data directory, ended by its process id."""

import datetime
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
import zoneinfo

ROOT = pathlib.Path(__file__).resolve().parents[2]
COMPANY = "Nordlicht Hosting"
ADDRESS = "hilfe@nordlicht.example"
ZONE = zoneinfo.ZoneInfo("Europe/Berlin")
# what ends the address at which a telephone system tells of calls
CALLS_SECRET = "browser-journeys-calls"


def free_port():
    """A port that nobody listens on now. Another process may take it before we do; then the start fails and says so."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Desk:
    """Use as `with Desk(...) as desk`: it answers from the first line on, and is gone with its data after the last."""

    START_SECONDS = 30
    STOP_SECONDS = 20

    def __init__(self, *, smtp="", demo=False, office_hours=False):
        """
        smtp: where letters go, `smtp://host:port`; empty, they stay in the outbox.
        demo: begin with the demonstration's story and its mail catcher, not with nothing.
        office_hours: open from nine to five on working days in Berlin, with a clock that can be put forward.
        """
        self.binary = os.environ.get("KLARTEXT_BINARY")
        assert self.binary, "KLARTEXT_BINARY does not say which klartext to try; run bin/browser"
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="klartext-browser-"))
        self.lmtp_port, self.http_port = free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.http_port}"
        self.address = ADDRESS
        self.demo = demo
        #: by how much its clock was put forward
        self.ahead = datetime.timedelta()
        self.process = None
        # what the caller's shell has set is of no concern here
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("KLARTEXT_")} | {
            "KLARTEXT_DATA": str(self.directory / "data"),
            "KLARTEXT_LISTEN": f"127.0.0.1:{self.http_port}",
            "KLARTEXT_LMTP": f"127.0.0.1:{self.lmtp_port}",
            "KLARTEXT_SMTP": smtp,
            "KLARTEXT_ADDRESS": f"{COMPANY} <{ADDRESS}>",
            "KLARTEXT_COMPANY": COMPANY,
            "KLARTEXT_PUBLIC": str(ROOT / "Public"),
            "KLARTEXT_LOCALES": str(ROOT / "Locales"),
            "KLARTEXT_FORMS": str(ROOT / "forms"),
            "KLARTEXT_CALLS": CALLS_SECRET,
            "KLARTEXT_PUBLISH_PROMISES": "true",
            "KLARTEXT_LOG_LEVEL": "warning",
            "KLARTEXT_DEVELOPMENT": "true" if demo or office_hours else "false",
        }
        if office_hours:
            self.environment |= {"KLARTEXT_HOURS": "Mo-Fr 9-17", "KLARTEXT_FIRST_CONTACT_HOURS": "8"}

    def run(self, *arguments, typed=None):
        """One command of the shell door; its standard output."""
        done = subprocess.run(
            [self.binary, *arguments], env=self.environment, input=typed, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, f"klartext {arguments[0]} ended with {done.returncode}:\n{done.stdout}{done.stderr}"
        return done.stdout

    def add_agent(self, person):
        options = ["--language", person.language, "--password-from-input"]
        self.run("agent", "add", person.address, person.name, *options, typed=person.password + "\n")

    def __enter__(self):
        try:
            if self.demo:
                self.run("demo")
            with open(self.log_path, "wb") as log:
                self.process = subprocess.Popen([self.binary, "serve"], env=self.environment, stdout=log, stderr=subprocess.STDOUT)
            self._wait_until_ready()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(self.STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        shutil.rmtree(self.directory, ignore_errors=True)

    @property
    def now(self):
        """What its clock shows."""
        return datetime.datetime.now(ZONE) + self.ahead

    def pass_time(self, until):
        """Puts the clock forward; when this returns, all has happened that fell due meanwhile."""
        until = until.replace(second=0, microsecond=0)
        body = urllib.parse.urlencode({"until": until.strftime("%Y-%m-%dT%H:%M")}).encode()
        request = urllib.request.Request(self.url + "/dev/clock", data=body, headers={"Origin": self.url})
        with urllib.request.urlopen(request, timeout=120) as response:
            assert response.status == 200, response.status
        self.ahead = max(self.ahead, until - datetime.datetime.now(ZONE))

    @property
    def log_path(self):
        return self.directory / "serve.log"

    @property
    def log(self):
        """What it said so far."""
        return self.log_path.read_text(errors="replace") if self.log_path.exists() else ""

    def _wait_until_ready(self):
        deadline = time.monotonic() + self.START_SECONDS
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise AssertionError(f"klartext ended with {self.process.returncode}:\n{self.log}")
            if self._is_ready():
                return
            time.sleep(0.05)
        raise AssertionError(f"klartext was not ready after {self.START_SECONDS} s:\n{self.log}")

    def _is_ready(self):
        try:
            with urllib.request.urlopen(self.url + "/readyz", timeout=5):
                pass
            with socket.create_connection(("127.0.0.1", self.lmtp_port), timeout=5):
                return True
        except (OSError, urllib.error.URLError):
            return False
