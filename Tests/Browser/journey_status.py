"""The public status page: what a visitor sees, in both languages, and that it stands when nothing else does."""

import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.request

from desk import free_port
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


@journey("a visitor elsewhere reads times in a zone that is named")
def zones(stage):
    page = published(stage.demo)
    with urllib.request.urlopen(f"{page}/api/v2/incidents.json", timeout=20) as answer:
        incident = json.load(answer)["incidents"][0]["id"]
    with visitor(stage) as who:
        who.open(f"{page}/{stage.language}/incidents/{incident}/")
        at_home = who.page.locator("time[data-local]").first.inner_text()
        assert {"de": "MEZ", "en": "CET"}[stage.language] in at_home or {"de": "MESZ", "en": "CEST"}[stage.language] in at_home


@journey("the page stands without Klartext, without its database")
def without_us(stage):
    published(stage.demo)
    with tempfile.TemporaryDirectory(prefix="klartext-status-") as directory:
        shutil.copytree(stage.demo.directory / "data" / "status", f"{directory}/status", symlinks=True)
        port = free_port()
        environment = stage.demo.environment | {
            "KLARTEXT_DATA": directory, "KLARTEXT_LISTEN": f"127.0.0.1:{port}",
            # a database that nobody answers for
            "KLARTEXT_DATABASE": "postgresql://nobody:x@127.0.0.1:1/nothing"}
        process = subprocess.Popen([stage.demo.binary, "status", "serve"], env=environment, stdout=subprocess.DEVNULL)
        try:
            page = wait(f"http://127.0.0.1:{port}/status/{stage.language}/")
            assert AS_OF[stage.language] in page
        finally:
            process.send_signal(signal.SIGTERM)
            assert process.wait(20) == 0
        assert not os.path.exists(f"{directory}/klartext.sqlite")


@journey("any web server can serve what klartext status publish copies")
def copied(stage):
    published(stage.demo)
    with tempfile.TemporaryDirectory(prefix="klartext-copy-") as directory:
        told = stage.demo.run("status", "publish", directory)
        assert "files of releases/" in told
        with open(f"{directory}/current/{stage.language}/index.html", encoding="utf-8") as page:
            assert AS_OF[stage.language] in page.read()


def wait(url):
    deadline = time.monotonic() + 30
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                return answer.read().decode()
        except OSError:
            assert time.monotonic() < deadline, f"nothing answers at {url}"
            time.sleep(0.1)
