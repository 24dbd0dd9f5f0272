"""Renders the figures of `bin/bench desk` as a Markdown table."""
import os
import pathlib
import re
import statistics


def median(rounds, key):
    return statistics.median(figures[key] for figures in rounds)


def rate(rounds):
    return statistics.median(figures["requests"] / figures["seconds"] for figures in rounds)


def table(results, sizes, pages):
    few, many = sizes
    lines = [
        f"| | Aim | {few:,} tickets | p99 | CPU each | {many:,} tickets | p99 | CPU each | {many:,} : {few:,} |",
        "|---|---|---|---|---|---|---|---|---|"]
    rows = [("status", "status page", "8,000/s"), ("status-plain", "status page, not compressed", ""), ("inbox", "inbox page", "within 1.2 ×"),
            ("ticket", "ticket page", "within 1.2 ×"), ("forms-32", "form posts, 32 connections", "2,000/s"), ("forms-64", "form posts, 64 connections", "2,000/s"),
            ("mails", "mails of 4 KB, 8 connections", "1,500/s")]
    for name, label, aim in rows:
        if name not in results:
            continue
        cells = [rate_cells(results[name][size]) for size in sizes]
        ratio = median(results[name][many], "cpu_us") / median(results[name][few], "cpu_us")
        lines.append(f"| {label} | {aim} | {cells[0]} | {cells[1]} | {ratio:.2f} × |")
        if name == "mails":
            sorted_ = [f"{statistics.median(f['requests'] / f['sorted_seconds'] for f in results[name][size]):,.0f}/s | | {median(results[name][size], 'all_cpu_us'):,.0f} µs"
                       for size in sizes]
            lines.append(f"| … sorted, filed, confirmed | | {sorted_[0]} | {sorted_[1]} | |")
    for name, label, aim, unit, digits in [
            ("start", "start, exec to /readyz", "1 s", "seconds", 3), ("idle", "resident memory, idle", "60 MB", "megabytes", 0),
            ("memory", "resident memory, highest under load", "", "megabytes", 0)]:
        values = [(median if name != "memory" else highest)(results[name][size], unit) for size in sizes]
        cells = [f"{value:.{digits}f} {'s' if unit == 'seconds' else 'MB'} | |" for value in values]
        lines.append(f"| {label} | {aim} | {cells[0]} | {cells[1]} | {values[1] / values[0]:.2f} × |")
    return "\n".join(lines)


def highest(rounds, key):
    return max(figures[key] for figures in rounds)


def rate_cells(rounds):
    return f"{rate(rounds):,.0f}/s | {median(rounds, 'p99_ms'):.1f} ms | {median(rounds, 'cpu_us'):,.0f} µs"


def machine():
    """What it ran on, in a few words."""
    processor = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    memory = int(re.search(r"MemTotal:\s+(\d+)", pathlib.Path("/proc/meminfo").read_text()).group(1)) >> 20
    system = re.search(r'PRETTY_NAME="(.*)"', pathlib.Path("/etc/os-release").read_text())
    return f"{os.cpu_count()} cores ({processor.group(1) if processor else '?'}), {memory} GB, {system.group(1) if system else '?'}"


def write(table_, results, path):
    """Puts the table between the marks in the page; the words around it are written by hand."""
    page = path.read_text()
    figures = f"{table_}\n\n{machine()}; 4 KB durable in {results['disk']:.2f} ms."
    page, count = re.subn(r"(?s)(<!-- figures of bin/bench desk -->\n).*?(<!-- end -->)", lambda found: f"{found[1]}{figures}\n{found[2]}", page)
    if count != 1:
        raise RuntimeError(f"{path} has no place for the figures")
    path.write_text(page)
