"""What a desk needs, reckoned from the figures of `bin/bench engines`: processor time of each piece of work, times how often it is done.

Nothing here is measured but the time of each piece; how often is an assumption, written down so that others can put in their own.
"""
import math

#: What a desk of a hundred agents does in its busy hour.
AGENTS = 100
BUSY_HOUR = {"status": 10_000, "inbox": 6_000, "ticket": 6_000, "search": 1_000, "replies": 2_000, "forms": 300, "mails": 2_700}
TICKETS_A_DAY = 5_000
DAYS_A_YEAR = 250
#: The busiest minute has so many times the hour's mean.
PEAK = 3
#: No more of a core is planned for than this, so that a burst finds room and nobody waits in a queue.
SHARE = 0.5
#: Cores that one process is given; with more it gains less, as its threads share locks and memory.
CORES_A_PROCESS = 4
FACTORS = [1, 10, 100]


def cores(figures, factor, what):
    """Cores for a part of the work; `what` picks the time of one piece, in microseconds."""
    return sum(count * what(name) for name, count in BUSY_HOUR.items()) * factor * 1e-6 / 3600 * PEAK / SHARE


def needs(figures, engine, factor):
    """Cells of the table; `figures[name, what]` are medians with 100,000 tickets or so."""
    database = cores(figures, factor, lambda name: figures[name, "database_us"])
    own = cores(figures, factor, lambda name: figures[name, "cpu_us"]) - database
    # one more than the work needs, so that one may die or be upgraded
    processes = 1 if engine == "SQLite" else math.ceil(own / CORES_A_PROCESS) + 1
    memory = figures["loaded", "pss"] * processes
    disk = TICKETS_A_DAY * DAYS_A_YEAR * factor * figures["fill", "megabytes"] / figures["fill", "tickets"] / 1024
    return [f"{own:.2g}", f"{database:.2g}" if engine == "PostgreSQL" else "", processes, f"{memory:,.0f} MB", f"{disk:,.0f} GB"]


def table(figures):
    """Lines of Markdown; `figures` by engine."""
    lines = [
        "| Load | Engine | cores for Klartext | cores for the database | processes | their memory | disk, each year |",
        "|---|---|---|---|---|---|---|"]
    for factor in FACTORS:
        for engine, measured in figures.items():
            cells = [f"{AGENTS * factor:,} agents", engine, *needs(measured, engine, factor)]
            lines.append("| " + " | ".join(str(cell) for cell in cells) + " |")
    return lines
