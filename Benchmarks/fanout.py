#!/usr/bin/env python3
"""An incident told to very many subscribers by mail, with the desk killed three times on the way: everybody is told, and how soon.

    bin/bench fanout [--subscribers 10000] [--kills 3] [--keep]

The mail server is a sink on loopback that takes everything over at most four connections. After the last letter each address must have got one, no letter
may have come twice but what was in flight at a kill, and the ledger must balance. The last line is `1 passed, 0 failed`, or what was wrong.
"""
import argparse
import hashlib
import json
import os
import pathlib
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True

from cluster import Sink
from instance import Instance

MOST_CONNECTIONS, MOST_SECONDS = 4, 600
WISHES = {"language": "de", "scope": {"components": [], "everything": True, "stories": [], "without": []}, "timeZone": "Europe/Berlin",
          "waitsForLanguage": False}


def fill(data, count):
    """Subscribers who have confirmed an hour ago, written beside the program: as rows, without a journal."""
    then = int(time.time() * 1000) - 3_600_000
    wishes = json.dumps(WISHES, sort_keys=True, separators=(",", ":"))
    database = sqlite3.connect(data / "klartext.sqlite")
    database.executemany(
        """INSERT INTO subscriber (id, channel, address, address_key, owner_address, link_digest, language, wishes, pending, state, asked_at, invited_at,
               confirmed_at, ended_at, ending, link_generation, events)
           VALUES (?, 'mail', ?, ?, '', ?, 'de', ?, NULL, 'confirmed', ?, ?, ?, NULL, NULL, 1, 3)""",
        ((number, f"k{number}@firma{number % 97}.example", f"k{number}@firma{number % 97}.example", hashlib.sha256(str(number).encode()).hexdigest(), wishes,
          then, then, then) for number in range(1, count + 1)))
    database.execute("UPDATE sequence SET value = ? WHERE name = 'subscriber'", (count,))
    database.commit()
    database.close()


class Told(Instance):
    """An instance whose letters go to a sink."""

    def __init__(self, binary, directory, sink):
        super().__init__(binary, directory)
        self.sink = sink

    @property
    def environment(self):
        return super().environment | {"KLARTEXT_SMTP": f"smtp://127.0.0.1:{self.sink.port}"}

    def run(self, *arguments):
        return subprocess.run([self.binary, *arguments], env=self.environment, check=True, capture_output=True, text=True).stdout

    def kill(self):
        self.process.kill()
        self.process.wait()

    def ledger(self):
        return self.query("SELECT coalesce(sum(queued), 0), coalesce(sum(accepted), 0), coalesce(sum(bounced), 0), coalesce(sum(skipped), 0) FROM bulletin_count")[0]


def measure(told, sink, subscribers, kills):
    """Seconds of the click, seconds to the last letter, and memory; raises where somebody was not told."""
    told.run("component", "add", "Mailversand", "Sending mail")
    fill(told.data, subscribers)
    told.start()
    began = time.monotonic()
    told.run("incident", "open", "--title-de", "Mails kommen nicht an", "--title-en", "Mail does not arrive", "--de", "Mails bleiben liegen.", "--en",
             "Mail is held up.", "--component", "Mailversand=major_outage")
    click, died, peak = time.monotonic() - began, 0, 0.0
    due = sorted(random.Random(7).uniform(0.15, 0.85) for _ in range(kills))
    while True:
        peak = max(peak, told.memory_megabytes("VmHWM"))
        if died < kills and len(sink.times) > due[died] * subscribers:
            told.kill()
            told.start()
            died += 1
        if len(sink.times) >= subscribers and told.ledger()[:2] == (0, subscribers):
            break
        if time.monotonic() - began > MOST_SECONDS:
            raise RuntimeError(f"after {MOST_SECONDS} s {len(sink.times)} of {subscribers} were told; the ledger says {told.ledger()}")
        time.sleep(0.05)
    last = max(max(times) for times in sink.times.values()) - began
    doubles = sum(len(times) - 1 for times in sink.times.values())
    if doubles > kills * MOST_CONNECTIONS:
        raise RuntimeError(f"{doubles} letters came twice, and {kills} kills explain {kills * MOST_CONNECTIONS}")
    return {"subscribers": subscribers, "kills": died, "click_seconds": round(click, 2), "last_seconds": round(last, 1),
            "letters_a_second": round(subscribers / last), "doubles": doubles, "peak_megabytes": round(peak)}


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--subscribers", type=int, default=10_000)
    arguments.add_argument("--kills", type=int, default=3)
    arguments.add_argument("--keep", action="store_true")
    chosen = arguments.parse_args()
    directory = pathlib.Path(tempfile.mkdtemp(prefix="klartext-fanout-"))
    sink = Sink()
    told = Told(os.environ["KLARTEXT_BINARY"], directory / "data", sink)
    try:
        told.check()
        print(json.dumps(measure(told, sink, chosen.subscribers, chosen.kills)))
        print("1 passed, 0 failed")
    except Exception as failure:
        print(failure)
        print("0 passed, 1 failed")
        return 1
    finally:
        told.stop()
        sink.stop()
        if not chosen.keep:
            shutil.rmtree(directory, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
