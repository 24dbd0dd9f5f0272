"""Very many promises and next contacts that fall due within one minute: how long each customer waits for the letter, and how long agents do."""
import http.client
import pathlib
import threading
import time

import fill
from instance import Instance

MINUTE_MS = 60_000
#: What an agent's browser asks for in a second while letters are written.
LOOKS_PER_SECOND = 20
#: Filling takes about one millisecond a ticket; what is due must not be due before that is over.
FILL_MS = 2
MOST_SECONDS = 300


class Agent(threading.Thread):
    """Opens the inbox so often in a second until told to stop; remembers how long each look took."""

    def __init__(self, instance):
        super().__init__(daemon=True)
        self.instance, self.waits, self.is_over, self.failure = instance, [], False, None

    def run(self):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.instance.http, timeout=30)
            while not self.is_over:
                began = time.monotonic()
                connection.request("GET", "/desk", headers={"Cookie": f"klartext={fill.SESSION}", "Accept-Encoding": "gzip"})
                answer = connection.getresponse()
                body = answer.read()
                if answer.status != 200 or not body:
                    raise RuntimeError(f"the inbox answered {answer.status}")
                self.waits.append(time.monotonic() - began)
                time.sleep(max(0, 1 / LOOKS_PER_SECOND - self.waits[-1]))
        except Exception as failure:
            self.failure = failure


def measure(binary, directory, tickets):
    """Figures: how many letters, the seconds from the first due time to the last letter, the longest wait of one, and of an agent."""
    instance = Instance(binary, pathlib.Path(directory) / "data-due")
    instance.check()
    due = int(time.time() * 1000) + tickets * FILL_MS + 20_000
    fill.fill(instance.data, tickets, instance.url, due_at=due)
    if time.time() * 1000 > due - 10_000:
        raise RuntimeError("filling took so long that all was due before it was done")
    before = instance.query("SELECT max(id) FROM letter")[0][0]
    dues = dict(instance.query("SELECT number, next_contact_at FROM ticket"))
    promised = dict(instance.query("SELECT id, due_at FROM promise"))
    time.sleep(max(0, due / 1000 - 10 - time.time()))
    instance.start()
    agent = Agent(instance)
    try:
        time.sleep(max(0, due / 1000 - time.time()))
        agent.start()
        cpu = instance.cpu_seconds()
        while is_anything_due(instance) or time.time() * 1000 < due + MINUTE_MS:
            if time.time() > due / 1000 + MOST_SECONDS:
                raise RuntimeError("not all were told in time")
            time.sleep(0.25)
        cpu = instance.cpu_seconds() - cpu
        agent.is_over = True
        agent.join()
        if agent.failure:
            raise agent.failure
        figures = told(instance, before, due, dues, len(promised))
        waits = sorted(agent.waits)
        return figures | {
            "cpu_us": cpu / figures["letters"] * 1e6, "inbox_p50_ms": waits[len(waits) // 2] * 1e3,
            "inbox_p99_ms": waits[len(waits) * 99 // 100] * 1e3, "looks": len(waits),
            "megabytes": instance.memory_megabytes("VmHWM")}
    finally:
        agent.is_over = True
        instance.stop()


def is_anything_due(instance):
    now = int(time.time() * 1000)
    return bool(instance.query(
        f"SELECT 1 FROM ticket WHERE status = 'open' AND next_contact_at <= {now} LIMIT 1") or instance.query(
        f"SELECT 1 FROM promise WHERE state = 'open' AND due_at <= {now} LIMIT 1"))


def told(instance, before, due, dues, promised):
    """Who got a letter, and when; everybody must have got one."""
    letters = instance.query(f"SELECT conversation, kind, written_at FROM letter WHERE id > {before} AND conversation IS NOT NULL")
    first = {}
    for number, _, at in letters:
        first[number] = min(at, first.get(number, at))
    if len(first) != len(dues):
        raise RuntimeError(f"{len(dues)} customers waited, {len(first)} were told")
    broken = instance.query("SELECT count(*) FROM promise WHERE missed > 0")[0][0]
    if broken != promised:
        raise RuntimeError(f"{promised} promises fell due, {broken} were told")
    return {
        "tickets": len(dues), "promises": promised, "letters": len(letters), "seconds": max(at for _, _, at in letters) / 1000 - due / 1000,
        "longest_wait_seconds": max(first[number] - at for number, at in dues.items()) / 1000}
