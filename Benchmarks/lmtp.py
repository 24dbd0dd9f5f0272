"""Delivers mails by LMTP as fast as they are taken: one process for each connection, the mails made beforehand.

MAIL, RCPT and DATA go out together, as Postfix sends them (RFC 2920); the next mail follows when the last one is answered with 250.
"""
import os
import pickle
import socket
import time

import texts


def mails(count, sender_from, size=4096):
    """Mails of `size` bytes, each from another customer, with its own Message-ID."""
    made = []
    stamp = time.strftime("%a, %d %b %Y %H:%M:%S +0000", time.gmtime())
    run = f"{os.getpid()}.{time.monotonic_ns()}"
    for index in range(count):
        language, subject, text = texts.REQUESTS[index % len(texts.REQUESTS)]
        number = sender_from + index
        sender = f"neu{number}@firma{number % 997}.example"
        name = texts.LAST[index % len(texts.LAST)].encode("ascii", "replace").decode().replace("?", "e")
        head = (
            f"Received: from mail.firma{number % 997}.example (mail.firma{number % 997}.example [192.0.2.7])\r\n"
            f"\tby mx.nordlicht.example (Postfix) with ESMTPS id 4Z{number:08d}; {stamp}\r\n"
            f"From: {name} <{sender}>\r\nTo: hilfe@nordlicht.example\r\nSubject: =?utf-8?Q?Nachricht_{number}=3A_?= {name}\r\nDate: "
            f"{stamp}\r\n"
            f"Message-ID: <{index}.{run}@firma{number % 997}.example>\r\nUser-Agent: Mozilla Thunderbird\r\nContent-Language: "
            f"{language}\r\n"
            "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8; format=flowed\r\nContent-Transfer-Encoding: 8bit\r\n\r\n")
        body = subject.format(n=number) + "\n\n" + text.format(n=number) + f"\n\n{name}\n"
        raw = (head + body.replace("\n", "\r\n")).encode()
        # the rest is what most mails end with: what was said before
        quote = ("> " + text.format(n=number).replace("\n", "\r\n> ") + "\r\n").encode()
        while len(raw) + len(quote) <= size:
            raw += quote
        raw += b"-" * (size - len(raw) - 2) + b"\r\n"
        made.append((sender, raw))
    return made


class Connection:
    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = b""
        self.replies(1)
        self.socket.sendall(b"LHLO mx.nordlicht.example\r\n")
        self.replies(1)

    def replies(self, count):
        """The last lines of so many replies."""
        last = []
        while len(last) < count:
            while b"\n" not in self.buffer:
                piece = self.socket.recv(65536)
                if not piece:
                    raise ConnectionError("the LMTP server hung up")
                self.buffer += piece
            line, _, self.buffer = self.buffer.partition(b"\n")
            if line[3:4] != b"-":
                last.append(line)
        return last

    def deliver(self, envelope, message):
        self.socket.sendall(envelope)
        replies = self.replies(3)
        if not replies[2].startswith(b"354"):
            raise ConnectionError(f"not taken: {replies}")
        self.socket.sendall(message)
        return self.replies(1)[0]


def _worker(port, share, seconds, start):
    connection = Connection(port)
    ready = [
        (f"MAIL FROM:<{sender}> BODY=8BITMIME\r\nRCPT TO:<hilfe@nordlicht.example>\r\nDATA\r\n".encode(), raw + b".\r\n")
        for sender, raw in share]
    os.read(start, 1)
    began = time.monotonic()
    waits, refused = [], 0
    for envelope, message in ready:
        sent = time.monotonic()
        if sent - began >= seconds:
            break
        if not connection.deliver(envelope, message).startswith(b"250"):
            refused += 1
        waits.append(time.monotonic() - sent)
    return {"waits": waits, "refused": refused, "began": began, "ended": time.monotonic(), "exhausted": len(waits) == len(ready)}


def blast(ports, made, connections, seconds):
    """Delivers for so many seconds over so many connections, spread over the ports; returns what all of them saw together."""
    start_read, start_write = os.pipe()
    children = []
    for index in range(connections):
        result_read, result_write = os.pipe()
        child = os.fork()
        if child == 0:
            status = 1
            try:
                os.close(start_write)
                result = _worker(ports[index % len(ports)], made[index::connections], seconds, start_read)
                with os.fdopen(result_write, "wb") as pipe:
                    pickle.dump(result, pipe)
                status = 0
            finally:
                os._exit(status)
        os.close(result_write)
        children.append((child, os.fdopen(result_read, "rb")))
    time.sleep(0.5)  # until all of them are connected
    os.write(start_write, b"g" * connections)
    results = []
    for child, pipe in children:
        data = pipe.read()
        os.waitpid(child, 0)
        if not data:
            raise RuntimeError("a connection of the mail generator failed")
        results.append(pickle.loads(data))
    os.close(start_read)
    os.close(start_write)
    waits = sorted(wait for result in results for wait in result["waits"])
    began, ended = min(result["began"] for result in results), max(result["ended"] for result in results)
    return {
        "requests": len(waits), "seconds": ended - began, "began": began,
        "p50_ms": waits[len(waits) // 2] * 1e3, "p99_ms": waits[len(waits) * 99 // 100] * 1e3,
        "refused": sum(result["refused"] for result in results), "broken": 0, "exhausted": any(result["exhausted"] for result in results),
    }
