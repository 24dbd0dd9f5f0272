"""The status page as programs see it: clients written for Statuspage, feed readers, calendars, and no database."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import urllib.request

import feedparser
import icalendar
import whadup
from discordstatus import DiscordStatus
from github_status_checker.models.component import Component
from github_status_checker.models.incident import Incident
from github_status_checker.models.page import Page
from github_status_checker.models.status import Status
from github_status_checker.models.summary import Summary

from journeys import journey
from status import published

DOCUMENTS = (
    "summary", "status", "components", "incidents", "incidents/unresolved", "scheduled-maintenances", "scheduled-maintenances/upcoming",
    "scheduled-maintenances/active")


@journey("DiscordStatus reads each document of the API")
def discord_status(stage):
    page = published(stage.demo)
    client = DiscordStatus()
    client.base_target = f"{page}/api/v2"
    assert client.summary["page"]["time_zone"] == "Europe/Berlin"
    assert client.status["status"]["indicator"] in ("none", "minor", "major", "critical", "maintenance")
    assert len([part for part in client.components["components"] if not part["group"]]) >= 8
    assert all(incident["status"] in ("resolved", "postmortem") for incident in client.all_incidents["incidents"])
    assert client.unresolved_incidents["incidents"] == []
    assert {plan["status"] for plan in client.all_maintenances["scheduled_maintenances"]} <= {
        "scheduled", "in_progress", "verifying", "completed"}
    assert isinstance(client.upcoming_maintenances["scheduled_maintenances"], list)
    assert isinstance(client.active_maintenances["scheduled_maintenances"], list)


@journey("whadup reads what GitHub's page says of us")
def whadup_reads(stage):
    whadup.API_BASE_URL = f"{published(stage.demo)}/api/"
    client = whadup.GithubStatus()
    assert client.summary()["status"]["description"]
    assert client.status()["page"]["url"].startswith("http")
    assert client.components()["components"]
    assert client.Incidents()["incidents"][0]["incident_updates"][0]["body"]
    assert client.Incidents.unresolved()["incidents"] == []


@journey("the Prometheus exporter for status pages writes a gauge for each component")
def exporter(stage):
    page = published(stage.demo)
    with tempfile.TemporaryDirectory(prefix="klartext-exporter-") as directory:
        place = pathlib.Path(directory)
        (place / "services.json").write_text(json.dumps({"nordlicht": {"url": f"{page}/api/v2/summary.json", "name": "Nordlicht"}}))
        environment = os.environ | {
            "RUN_MODE": "once", "METRICS_TEXTFILE_PATH": str(place / "status.prom"), "SERVICES_JSON_PATH": str(place / "services.json")}
        done = subprocess.run(
            [sys.executable, "-m", "statuspage_prometheus_exporter.status_monitoring"], cwd=place, env=environment, capture_output=True,
            text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr[-2000:]
        metrics = (place / "status.prom").read_text()
    names = [part["name"] for part in read(f"{page}/api/v2/components.json")["components"]]
    missing = [name for name in names if name not in metrics]
    assert not missing, f"{missing} not in\n{metrics}"


@journey("github-status-checker reads what it knows, and fails on what every page of today has")
def github_status_checker(stage):
    summary = read(f"{published(stage.demo)}/api/v2/summary.json")
    assert Page.from_json(summary["page"]).name
    assert Status.from_json(summary["status"]).indicator
    incidents = read(f"{published(stage.demo)}/api/v2/incidents.json")["incidents"]
    # of the list of all incidents it knows everything but the postmortem
    told = [{key: value for key, value in incident.items() if not key.startswith("postmortem_")} for incident in incidents]
    assert all(Incident.from_json(incident).incident_updates for incident in told)
    # it was written before components had a day on which they began, and groups the list of their members; Statuspage's own pages have both
    for part in summary["components"]:
        if part["status"] == "under_maintenance":
            continue  # a state it has no word for
        assert Component.from_json({key: value for key, value in part.items() if key not in ("start_date", "components")}).name
    try:
        Summary.from_json(summary)
    except TypeError as error:
        assert "start_date" in str(error) or "components" in str(error)
    else:
        raise AssertionError("it has learned start_date: read the whole summary here")


@journey("feedparser reads each feed without a complaint")
def feeds(stage):
    page = published(stage.demo)
    for directory in ("", "de/", "en/"):
        for name in ("history", "updates"):
            atom, rss = (feedparser.parse(f"{page}/{directory}{name}.{kind}") for kind in ("atom", "rss"))
            assert not atom.bozo and not rss.bozo, (atom.get("bozo_exception"), rss.get("bozo_exception"))
            assert atom.version == "atom10" and rss.version == "rss20"
            assert [entry.id for entry in atom.entries] == [entry.id for entry in rss.entries]
            assert len({entry.id for entry in atom.entries}) == len(atom.entries) > 0
            assert all(entry.published_parsed and entry.updated_parsed and entry.content[0].value for entry in atom.entries)
            # each leads to a page that is there
            for entry in atom.entries[:3]:
                assert fetch(here(page, entry.link)).status == 200
    updates, history = (feedparser.parse(f"{page}/{name}.atom").entries for name in ("updates", "history"))
    assert len(updates) > len(history)


@journey("icalendar reads the calendar of maintenance")
def calendar(stage):
    page = published(stage.demo)
    planned = read(f"{page}/api/v2/scheduled-maintenances.json")["scheduled_maintenances"]
    for path in ("maintenance.ics", "de/maintenance.ics"):
        events = icalendar.Calendar.from_ical(fetch(f"{page}/{path}").read()).walk("VEVENT")
        assert len(events) == len(planned) > 0
        for event in events:
            assert event.decoded("DTEND") > event.decoded("DTSTART")
            assert event.decoded("DTSTART").tzinfo is not None and event["UID"] and event["SEQUENCE"] >= 0
            assert not event.errors


@journey("each document answers HEAD, is readable from other sites, and is not sent twice")
def protocol(stage):
    page = published(stage.demo)
    for name in DOCUMENTS + ("klartext",):
        url = f"{page}/api/v2/{name}.json"
        with fetch(url, method="HEAD") as head:
            assert head.status == 200 and head.read() == b"" and head.headers["Access-Control-Allow-Origin"] == "*"
            assert "stale-if-error=86400" in head.headers["Cache-Control"] and head.headers["Set-Cookie"] is None
            tag = head.headers["ETag"]
        assert unchanged(url, tag)


def read(url):
    with fetch(url) as answer:
        return json.load(answer)


def fetch(url, method="GET", **headers):
    return urllib.request.urlopen(urllib.request.Request(url, method=method, headers=headers), timeout=20)


def unchanged(url, tag):
    try:
        fetch(url, **{"If-None-Match": tag})
    except urllib.error.HTTPError as answer:
        return answer.code == 304
    return False


def here(page, link):
    """A link of the page, on the address at which this page is tried."""
    return page + link.split("/status", 1)[1]
