#!/usr/bin/env python3
"""Writes the lists of holidays that the tests compare ours with.

    python3 -m venv /tmp/venv && /tmp/venv/bin/pip install holidays==0.109 workalendar==17.0.0
    /tmp/venv/bin/python Tests/Fixtures/holidays/make.py

Two packages that know nothing of one another, for all years from 2020 to 2035. Each file holds, by package, our code of a region, category and
year, the days as "MM-DD", so that a change in a package is a readable difference.
"""

import json
import pathlib

import holidays
import workalendar
import workalendar.registry

YEARS = range(2020, 2036)
HERE = pathlib.Path(__file__).parent
# Towns have no ISO code; ours is on the left.
TOWNS = {"DE-BY-AUGSBURG": ("DE", "Augsburg"), "CH-ZH-ZUERICH": ("CH", "Stadt Zurich")}
# What the package calls categories; school holidays are no matter of ours.
CATEGORIES = ["public", "catholic", "half_day", "optional", "bank"]


def regions(country):
    yield country, None
    for part in holidays.country_holidays(country).subdivisions:
        if part not in [town for _, town in TOWNS.values()]:
            yield f"{country}-{part}", part
    for code, (of, town) in TOWNS.items():
        if of == country:
            yield code, town


def days(found):
    return sorted(day.strftime("%m-%d") for day in set(found))


def from_holidays(country):
    supported = holidays.country_holidays(country).supported_categories
    table = {}
    for code, part in regions(country):
        table[code] = {}
        for category in CATEGORIES:
            if category not in supported:
                continue
            years = {
                str(year): days(holidays.country_holidays(country, subdiv=part, years=year, categories=category)) for year in YEARS
            }
            if any(years.values()):
                table[code][category] = years
    return table


def from_workalendar(country):
    table = {}
    for code, calendar in sorted(workalendar.registry.registry.region_registry.items()):
        if code == country or code.startswith(country + "-"):
            table[code] = {"public": {str(year): days(day for day, _ in calendar().holidays(year)) for year in YEARS}}
    return table


def write(name, version, table):
    lines = []
    for code, categories in table.items():
        rows = [
            f'   "{category}": {{\n'
            + ",\n".join(f'    "{year}": {json.dumps(listed, separators=(",", ":"))}' for year, listed in years.items())
            + "\n   }"
            for category, years in categories.items()
        ]
        lines.append(f'  "{code}": {{\n' + ",\n".join(rows) + "\n  }")
    text = f'{{\n "package": "{version}",\n "regions": {{\n' + ",\n".join(lines) + "\n }\n}\n"
    json.loads(text)
    (HERE / name).write_text(text)


for country in ["DE", "AT", "CH"]:
    write(f"holidays-{country.lower()}.json", f"holidays {holidays.__version__}", from_holidays(country))
    write(f"workalendar-{country.lower()}.json", f"workalendar {workalendar.__version__}", from_workalendar(country))
