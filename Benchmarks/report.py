"""Renders the figures of `bin/bench desk` as a Markdown table."""
import os
import pathlib
import re
import statistics

#: Name, what it is called, and the aim, in the order of the table.
RATES = [
    ("status", "status page", "8,000/s"), ("status-plain", "status page, not compressed", ""), ("inbox", "inbox page", "within 1.2 ×"),
    ("ticket", "ticket page", "within 1.2 ×"), ("forms-32", "form posts, 32 connections", "2,000/s"),
    ("forms-64", "form posts, 64 connections", "2,000/s"), ("mails", "mails of 4 KB, 8 connections", "1,500/s"),
]
MARKS = r"(?s)(<!-- figures of bin/bench {} -->\n).*?(<!-- end -->)"


def median(rounds, key):
    return statistics.median(figures[key] for figures in rounds)


def rate(rounds, seconds="seconds"):
    return f"{statistics.median(figures['requests'] / figures[seconds] for figures in rounds):,.0f}/s"


def alone(results):
    """What was measured by itself, a sentence for each."""
    lines = []
    if "due" in results:
        due = results["due"]
        lines.append(
            f"- {due['tickets']:,} next contacts and {due['promises']:,} promises falling due within one minute: all {due['letters']:,} letters "
            f"written {due['seconds']:.0f} s after the first was due, no customer waits for his longer than "
            f"{due['longest_wait_seconds']:.0f} s (aim: 60 s); {due['cpu_us']:,.0f} µs CPU each. The inbox meanwhile: median "
            f"{due['inbox_p50_ms']:.1f} ms, p99 {due['inbox_p99_ms']:.1f} ms (aim: 50 ms) of {due['looks']:,} looks. "
            f"Highest memory: {due['megabytes']:.0f} MB.")
    for name, large in results.get("large", {}).items():
        lines.append(
            f"- mails of {name}: {large['rate']:.1f}/s until filed and confirmed; memory grows by {large['growth_megabytes']:.0f} MB "
            f"(aim: 32 MB) above {large['before_megabytes']:.0f} MB.")
    return "\n".join(lines)


def table(results, sizes):
    few, many = sizes
    lines = [
        f"| | Aim | {few:,} tickets | p99 | CPU each | {many:,} tickets | p99 | CPU each | {many:,} : {few:,} |",
        "|---|---|---|---|---|---|---|---|---|"]
    for name, label, aim in RATES:
        if name not in results:
            continue
        few_rounds, many_rounds = (results[name][size] for size in sizes)
        ratio = median(many_rounds, "cpu_us") / median(few_rounds, "cpu_us")
        lines.append(f"| {label} | {aim} | {cells(few_rounds)} | {cells(many_rounds)} | {ratio:.2f} × |")
        if name == "mails":
            lines.append(f"| … sorted, filed, confirmed | | {whole_way(few_rounds)} | {whole_way(many_rounds)} | |")
    starts, idle, memory = ([median(results[name][size], key) for size in sizes] for name, key in
                            [("start", "seconds"), ("idle", "megabytes"), ("memory", "megabytes")])
    lines.append(f"| start, exec to /readyz | 1 s | {starts[0]:.3f} s | | | {starts[1]:.3f} s | | | {starts[1] / starts[0]:.2f} × |")
    lines.append(f"| resident memory, idle | 60 MB | {idle[0]:.0f} MB | | | {idle[1]:.0f} MB | | | {idle[1] / idle[0]:.2f} × |")
    lines.append(f"| resident memory, highest | | {memory[0]:.0f} MB | | | {memory[1]:.0f} MB | | | {memory[1] / memory[0]:.2f} × |")
    return "\n".join(lines)


def cells(rounds):
    return f"{rate(rounds)} | {median(rounds, 'p99_ms'):.1f} ms | {median(rounds, 'cpu_us'):,.0f} µs"


def whole_way(rounds):
    return f"{rate(rounds, 'sorted_seconds')} | | {median(rounds, 'all_cpu_us'):,.0f} µs"


def machine():
    """What it ran on, in a few words."""
    processor = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    memory = int(re.search(r"MemTotal:\s+(\d+)", pathlib.Path("/proc/meminfo").read_text()).group(1)) >> 20
    system = re.search(r'PRETTY_NAME="(.*)"', pathlib.Path("/etc/os-release").read_text())
    return f"{os.cpu_count()} cores ({processor.group(1) if processor else '?'}), {memory} GB, {system.group(1) if system else '?'}"


def text(results, sizes, others):
    """The table, and what is to be known about the run. `others` is the share of the machine that somebody else had."""
    parts = [table(results, sizes) if "idle" in results else "", alone(results)]
    measured = "\n\n".join(part for part in parts if part)
    return (
        f"{measured}\n\n{machine()}; the disk makes 4 KB durable in {results['disk']:.2f} ms; "
        f"{others * 100:.0f} % of the machine was busy with other things.")


def write(figures, name, path):
    """Puts the figures between the marks in the page; the words around them are written by hand."""
    page, count = re.subn(MARKS.format(name), lambda found: f"{found[1]}{figures}\n{found[2]}", path.read_text())
    if count != 1:
        raise RuntimeError(f"{path} has no place for the figures")
    path.write_text(page)
