#!/usr/bin/env python3
"""Measures the search: processor time of a result page, for words of every kind, with few and with many tickets.

    bin/bench search [--tickets FEW MANY] [--rounds N] [--data DIRECTORY]

Searches come one after the other over one connection, so that what the server spends is told for each. The page is part of it; a page that
finds nothing tells what that is. --data takes an instance that is filled already and leaves it as it is.
"""
import argparse
import http.client
import os
import pathlib
import shutil
import statistics
import sys
import tempfile
import time
import urllib.parse

sys.dont_write_bytecode = True

import fill
from instance import Instance

#: What somebody types, and what it is.
QUERIES = [
    ("in 1 % of the tickets", "kulanzantrag"), ("the same, by its beginning", "kulanz"), ("the same, by a part", "zantrag"),
    ("the same, with a slip", "kulanzantarg"), ("two words, one of them rare", "kulanzantrag rechnung"),
    ("in a third of the tickets", "rechnung"), ("in all of one language", "die"), ("two frequent words", "karte rechnung"),
    ("two letters", "re"), ("a name in 6 %", "vogt"), ("name and word", "vogt rechnung"), ("a customer's address", "kunde7@firma7.example"),
    ("a part of numbers", "471"), ("a phrase", '"falscher betrag"'), ("in no ticket", "wolkenbruch"), ("no word at all", "?"),
]


class Searches:
    def __init__(self, instance):
        self.instance = instance
        self.connection = http.client.HTTPConnection("127.0.0.1", instance.http, timeout=60)

    def page(self, text):
        self.connection.request(
            "GET", "/desk/search?" + urllib.parse.urlencode({"q": text}), headers={"Cookie": f"klartext={fill.SESSION}"})
        answer = self.connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{answer.status} for {text}")
        return body.count(b"data-row")

    def measure(self, text, rounds):
        """How many lines are found, and milliseconds of processor and of waiting for each search, the best of three runs."""
        lines, runs = self.page(text), []
        for _ in range(3):
            # the processor's clock ticks a hundred times a second: go on until that is fine enough
            count, cpu, began = 0, self.instance.cpu_seconds(), time.monotonic()
            while count < rounds or self.instance.cpu_seconds() - cpu < 0.1:
                self.page(text)
                count += 1
            runs.append(((self.instance.cpu_seconds() - cpu) / count * 1e3, (time.monotonic() - began) / count * 1e3))
        return lines, min(run[0] for run in runs), statistics.median(run[1] for run in runs)


def prepared(binary, directory, size):
    instance = Instance(binary, directory / f"data-{size}")
    instance.check()
    fill.fill(instance.data, size, instance.url)
    began = time.monotonic()
    instance.reindex()
    print(f"{size} tickets: reindexed in {time.monotonic() - began:.0f} s", file=sys.stderr)
    return instance


def main():
    parser = argparse.ArgumentParser(prog="bin/bench search", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tickets", nargs="+", type=int, default=[1_000, 100_000])
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--data", type=pathlib.Path)
    given = parser.parse_args()
    binary = os.environ.get("KLARTEXT_BINARY") or sys.exit("run it by bin/bench search")
    directory = pathlib.Path(tempfile.mkdtemp(prefix="klartext-bench-", dir=os.environ.get("KLARTEXT_BENCH_DIRECTORY", "/var/tmp")))
    instances = []
    try:
        if given.data:
            instances = [("", Instance(binary, given.data))]
        else:
            instances = [(f"{size:,} tickets", prepared(binary, directory, size)) for size in given.tickets]
        for _, instance in instances:
            instance.start()
        print("| | |" + "".join(f" {name}: lines | CPU | wait |" for name, _ in instances))
        print("|---|---|" + "---|---|---|" * len(instances))
        for what, text in QUERIES:
            cells = [Searches(instance).measure(text, given.rounds) for _, instance in instances]
            print(f"| {what} | `{text}` |" + "".join(f" {n} | {cpu:.1f} ms | {wait:.1f} ms |" for n, cpu, wait in cells), flush=True)
    finally:
        for _, instance in instances:
            instance.stop()
        shutil.rmtree(directory, ignore_errors=True)


if __name__ == "__main__":
    main()
