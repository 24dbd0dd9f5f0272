"""Renders the figures of `bin/bench engines` as Markdown tables."""
import statistics

import capacity
from report import machine

LABELS = {
    "status": "status page", "inbox": "inbox page", "ticket": "ticket page", "search": "search, a word in 1 % of the tickets",
    "forms": "form posts", "replies": "agents' replies", "mails": "mails of 4 KB, sorted, filed, confirmed"}


class Figures:
    """The figures of one deployment: medians of its rounds."""

    def __init__(self, results, engine, size, count):
        self.all = results.get(f"{engine}/{size}/{count}", {})

    def __getitem__(self, key):
        name, what = key
        return statistics.median(figures[what] for figures in self.all[name])

    def has(self, name):
        return name in self.all

    def rate(self, name):
        seconds = "sorted_seconds" if name == "mails" else "seconds"
        return f"{statistics.median(figures['requests'] / figures[seconds] for figures in self.all[name]):,.0f}/s"


def row(*cells):
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def head(*cells):
    return [row(*cells), "|" + "---|" * len(cells)]


def by_processes(results, given):
    """The same work on all numbers of processes, with as many tickets for each."""
    columns = [
        (engine, count) for engine in given.engines for count in ([1] if engine == "SQLite" else given.processes)]
    figures = [Figures(results, engine, given.at, count) for engine, count in columns]
    lines = head(
        f"{given.at:,} tickets", *(cell for engine, count in columns for cell in (
            engine if engine == "SQLite" else f"{engine}, {count} process{'es' if count > 1 else ''}",
            "CPU each" if engine == "SQLite" else "CPU each (database)")))
    for name, label in LABELS.items():
        if not all(one.has(name) for one in figures):
            continue
        cells = []
        for (engine, _), one in zip(columns, figures):
            database = f" ({one[name, 'database_us']:,.0f})" if engine == "PostgreSQL" else ""
            cells += [one.rate(name), f"{one[name, 'cpu_us']:,.0f}{database} µs"]
        lines.append(row(label, *cells))
    for label, when, what in [
            ("memory of the processes, idle (PSS)", "idle", "pss"), ("… after the load (PSS)", "loaded", "pss"),
            ("… after the load (RSS, added up)", "loaded", "rss"),
            ("memory of the database, after the load (PSS)", "loaded", "database")]:
        if all(one.has(when) for one in figures):
            values = [one[when, what] for one in figures]
            lines.append(row(label, *(cell for value in values for cell in (f"{value:,.0f} MB" if value else "", ""))))
    return lines


def by_size(results, given, engine):
    """Processor time of one process's work with every number of tickets, and how it grows."""
    figures = [Figures(results, engine, size, 1) for size in given.tickets]
    few, many = given.tickets[0], given.tickets[-1]
    lines = head(f"{engine}, CPU each", *(f"{size:,} tickets" for size in given.tickets), f"{many:,} : {few:,}")
    for name, label in LABELS.items():
        if all(one.has(name) for one in figures):
            times = [one[name, "cpu_us"] for one in figures]
            lines.append(row(label, *(f"{time:,.0f} µs" for time in times), f"{times[-1] / times[0]:.2f} ×"))
    if all(one.has("fill") for one in figures):
        sizes = [one["fill", "megabytes"] for one in figures]
        lines.append(row("on the disk", *(f"{size:,.0f} MB" for size in sizes), ""))
        lines.append(row(
            "… for each ticket", *(f"{size * 1024 / count:.1f} KB" for size, count in zip(sizes, given.tickets)), ""))
        lines.append(row("made searchable by `klartext reindex`", *(f"{one['fill', 'index_seconds']:,.0f} s" for one in figures), ""))
    return lines


def text(results, facts, given, others):
    """The tables, and what is to be known about the run. `others` is the share of the machine that somebody else had."""
    tables = [by_processes(results, given), *(by_size(results, given, engine) for engine in given.engines)]
    measured = {engine: Figures(results, engine, given.at, 1) for engine in given.engines}
    if all(one.has(name) for one in measured.values() for name in (*LABELS, "loaded", "fill")):
        tables.append(capacity.table(measured))
    return "\n\n".join("\n".join(lines) for lines in tables) + (
        f"\n\n{machine()}; the disk makes 4 KB durable in {facts['disk']:.2f} ms; {others * 100:.0f} % of the machine was busy with other "
        "things while we measured.")
