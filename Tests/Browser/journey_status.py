"""The public status page: what a visitor sees, in both languages, and that it stands when nothing else does."""

import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.request

from desk import Desk, free_port
from journeys import journey
from people import Customer, customer_of
from status import published

AS_OF = {"de": "Stand ", "en": "As of "}
OLD = {"de": "Diese Seite ist älter als fünf Minuten", "en": "This page is more than five minutes old"}


def visitor(stage, **settings):
    return Customer(stage.browser, stage.demo, customer_of(stage.language, "status"), **settings)


@journey("the status page says how things are, as of when, and needs one request")
def one_request(stage):
    page = published(stage.demo)
    with visitor(stage) as who:
        who.open(f"{page}/{stage.language}/")
        assert AS_OF[stage.language] in who.words()
        assert who.page.locator("h1").inner_text()
        assert len(who.requests) == 1, who.requests
        assert not who.context.cookies()
        # the same without scripts, but for what scripts alone can know
        with visitor(stage, javascript=False) as plain:
            plain.open(f"{page}/{stage.language}/")
            assert plain.page.locator("h1").inner_text() == who.page.locator("h1").inner_text()


@journey("from the status page every incident and every month is a link away, and each page has its twin in the other language")
def links(stage):
    page = published(stage.demo)
    with visitor(stage) as who:
        who.open(f"{page}/{stage.language}/history/")
        months = [each.get_attribute("href") for each in who.page.locator("main ul a").all()]
        assert months
        seen = set()
        for month in months:
            who.open(f"{page}/{stage.language}/history/")
            who.page.locator(f'main a[href="{month}"]').click()
            seen |= {each.evaluate("each => each.href") for each in who.page.locator("main h3 a").all()}
        assert len(seen) >= 3, seen
        other = {"de": "en", "en": "de"}[stage.language]
        for address in sorted(seen):
            who.open(address)
            heading = who.page.locator("h1").inner_text()
            who.page.locator(f"header a[hreflang={other}]").click()
            assert f"/{other}/" in who.page.url and who.page.locator("html").get_attribute("lang") == other
            assert who.page.locator("h1").inner_text() != heading
        assert not who.wrongs


@journey("a page that is older than five minutes says so")
def old(stage):
    page = published(stage.demo)
    with visitor(stage) as who:
        who.page.clock.install(time=time.time() + 600)
        who.open(f"{page}/{stage.language}/")
        assert OLD[stage.language] in who.words()
    with visitor(stage) as who:
        who.open(f"{page}/{stage.language}/")
        assert OLD[stage.language] not in who.words()


@journey("a visitor elsewhere reads times in their own zone, and ours stays at hand")
def zones(stage):
    page = published(stage.demo)
    with urllib.request.urlopen(f"{page}/api/v2/incidents.json", timeout=20) as answer:
        incident = json.load(answer)["incidents"][0]["id"]
    shown = {}
    for zone in ("Europe/Berlin", "Asia/Tokyo"):
        context = stage.browser.new_context(timezone_id=zone, locale="de-DE")
        look = context.new_page()
        look.goto(f"{page}/{stage.language}/incidents/{incident}/")
        began = look.locator("time[data-local]").first
        shown[zone] = began.inner_text(), began.get_attribute("title")
        context.close()
    ours, theirs = shown["Europe/Berlin"], shown["Asia/Tokyo"]
    assert ours[1] is None and theirs[0] != ours[0] and theirs[1] == ours[0], shown
    assert "9" in theirs[0].rsplit(":", 1)[1], f"no zone in {theirs[0]}"


@journey("what is told from the shell stands on the page in both languages within seconds, and stays when Klartext is killed")
def told(stage):
    with Desk() as desk:
        desk.run("component", "add", "Anmeldung", "Sign-in")
        desk.run(
            "incident", "open", "--title-de", "Anmeldung schlägt fehl", "--title-en", "Sign-in fails", "--de", "Wir untersuchen das.",
            "--en", "We are investigating.", "--component", "Anmeldung=major_outage", "--next", "30")
        wait(f"{desk.url}/status/de/", "Anmeldung schlägt fehl")
        assert "Sign-in fails" in wait(f"{desk.url}/status/en/", "Next update by")
        with urllib.request.urlopen(f"{desk.url}/status/api/v2/summary.json", timeout=20) as answer:
            summary = json.load(answer)
        assert summary["status"] == {"indicator": "critical", "description": "Major System Outage"}
        desk.process.kill()
        desk.process.wait()
        with Alone(desk.directory / "data", desk) as page:
            assert "Anmeldung schlägt fehl" in wait(f"{page}/de/", "Nächste Meldung bis")


@journey("the page stands without Klartext, without its database")
def without_us(stage):
    published(stage.demo)
    with tempfile.TemporaryDirectory(prefix="klartext-status-") as directory:
        shutil.copytree(stage.demo.directory / "data" / "status", f"{directory}/status", symlinks=True)
        with Alone(directory, stage.demo) as page:
            wait(f"{page}/{stage.language}/", AS_OF[stage.language])
        assert not os.path.exists(f"{directory}/klartext.sqlite")


class Alone:
    """`klartext status serve` on a data directory, with a database that nobody answers for. Gives the page's address."""

    def __init__(self, directory, desk):
        self.port = free_port()
        self.environment = desk.environment | {
            "KLARTEXT_DATA": str(directory), "KLARTEXT_LISTEN": f"127.0.0.1:{self.port}",
            "KLARTEXT_DATABASE": "postgresql://nobody:x@127.0.0.1:1/nothing"}
        self.binary = desk.binary

    def __enter__(self):
        self.process = subprocess.Popen([self.binary, "status", "serve"], env=self.environment, stdout=subprocess.DEVNULL)
        return f"http://127.0.0.1:{self.port}/status"

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(20) == 0


@journey("any web server can serve what klartext status publish copies")
def copied(stage):
    published(stage.demo)
    with tempfile.TemporaryDirectory(prefix="klartext-copy-") as directory:
        told = stage.demo.run("status", "publish", directory)
        assert "files of releases/" in told
        with open(f"{directory}/current/{stage.language}/index.html", encoding="utf-8") as page:
            assert AS_OF[stage.language] in page.read()


def wait(url, words):
    """The page, once it says so."""
    deadline = time.monotonic() + 30
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                page = answer.read().decode()
            if words in page:
                return page
        except OSError:
            pass
        assert time.monotonic() < deadline, f"{url} does not say {words}"
        time.sleep(0.1)
