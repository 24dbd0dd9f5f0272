#!/usr/bin/env python3
"""Two Klartext processes behind HAProxy: people go on while one of them is down, and come back when PostgreSQL does.

    bin/bench proxied [--seconds 300] [--seed N] [--keep]

As `bin/bench chaos`, but all go through one proxy, and one thing is killed at a time: a process, the other, PostgreSQL, and again. While
only a process is down, the other must answer.
"""
import subprocess
import sys

sys.dont_write_bytecode = True

from chaos import Chaos, Kill, main
from cluster import free_port

#: Every so often something is killed; by then the last one is back.
KILL_EVERY_SECONDS, PROCESS_DOWN_SECONDS, DATABASE_DOWN_SECONDS = 8, 4, 1
#: Until HAProxy has seen that a process is gone.
NOTICE_SECONDS = 1

# A visitor's address is set, not appended. What never reached a process is tried on the other one; what may have reached it is not:
# whether it is to be sent again is for the sender to say.
SETTINGS = """
global
    maxconn 400
defaults
    mode http
    timeout connect 2s
    timeout client 60s
    timeout server 60s
    retries 3
    option redispatch 1
    retry-on conn-failure
    default-server check inter 500ms fall 2 rise 1 on-marked-down shutdown-sessions
frontend visitors
    bind 127.0.0.1:{http}
    http-request set-header X-Forwarded-For %[src]
    http-request set-header X-Forwarded-Proto http
    default_backend web
backend web
    balance leastconn
    option httpchk GET /readyz
{web}
listen mail
    mode tcp
    bind 127.0.0.1:{lmtp}
    balance leastconn
{mail}
"""


class Proxy:
    def __init__(self, directory, nodes):
        self.http, self.lmtp = free_port(), free_port()
        settings, self.log_path = directory / "haproxy.cfg", directory / "haproxy.log"
        settings.write_text(SETTINGS.format(
            http=self.http, lmtp=self.lmtp,
            web="\n".join(f"    server {node.name} 127.0.0.1:{node.http}" for node in nodes),
            mail="\n".join(f"    server {node.name} 127.0.0.1:{node.lmtp}" for node in nodes)))
        with open(self.log_path, "wb") as log:
            self.process = subprocess.Popen(["haproxy", "-db", "-f", settings], stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def stop(self):
        self.process.kill()
        self.process.wait()


class Proxied(Chaos):
    processes = 2
    proxy = None

    def plan(self):
        targets = [("klartext-1", PROCESS_DOWN_SECONDS), ("klartext-2", PROCESS_DOWN_SECONDS), ("postgresql", DATABASE_DOWN_SECONDS)]
        times = range(2, max(3, self.seconds - KILL_EVERY_SECONDS), KILL_EVERY_SECONDS)
        return [Kill(after, *targets[index % len(targets)]) for index, after in enumerate(times)]

    def doors(self):
        self.proxy = Proxy(self.directory, self.nodes)
        return [(self.proxy.http, self.proxy.lmtp)]

    def prove_more(self, proof):
        """Somebody was answered in every second in which one process was down and the other there."""
        proof.expect(self.proxy.process.poll() is None, f"HAProxy ended: {self.proxy.log_path.read_text()[-500:]}")
        answers = self.load.ledger.answers
        for kill in self.done:
            if kill.target == "postgresql":
                continue
            second = kill.began + NOTICE_SECONDS
            while second + 1 <= kill.began + kill.pause:
                proof.expect(any(second <= at < second + 1 for at in answers), f"nobody was answered while {kill.target} was down")
                second += 1

    def end(self):
        if self.proxy is not None:
            self.proxy.stop()
        super().end()


if __name__ == "__main__":
    main(Proxied, "proxied", __doc__)
