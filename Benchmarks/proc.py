"""What the system says about processes: proc(5)."""
import os
import pathlib
import re

TICKS = os.sysconf("SC_CLK_TCK")


def children(pid):
    return [int(child) for child in pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _times(pid):
    """utime, stime, cutime and cstime, in ticks."""
    return [int(field) for field in pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:15]]


def cpu_seconds(pid):
    """Processor time of all threads, user and system, since the start."""
    return sum(_times(pid)[:2]) / TICKS


def tree_cpu_seconds(pid):
    """Of a process and its children, those that have ended included."""
    ticks = 0
    for member in [pid, *children(pid)]:
        try:
            ticks += sum(_times(member))
        except (FileNotFoundError, ProcessLookupError):
            # it has just ended: its parent's next answer has its time
            pass
    return ticks / TICKS


def resident_megabytes(pid, what="VmRSS"):
    """Resident memory now, or its highest point since the start (VmHWM)."""
    return int(re.search(rf"{what}:\s+(\d+) kB", pathlib.Path(f"/proc/{pid}/status").read_text()).group(1)) / 1024


def proportional_megabytes(pid):
    """Resident memory in which a page shared by several processes counts as its part (PSS)."""
    try:
        return int(re.search(r"^Pss:\s+(\d+) kB", pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text(), re.M).group(1)) / 1024
    except (FileNotFoundError, ProcessLookupError):
        return 0.0


def busy_seconds():
    """What all processors have been busy since the machine started: all but idle and waiting for the disk."""
    fields = [int(field) for field in pathlib.Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]
    return (sum(fields) - fields[3] - fields[4]) / TICKS
