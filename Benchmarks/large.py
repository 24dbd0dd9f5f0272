"""Mails of 1 MB and of 25 MB with an attachment: how fast they are taken, and by how much the process grows."""
import base64
import os
import pathlib
import time

import lmtp
from instance import Instance

#: Size of the mail in bytes, and how many, one after the other on two connections.
MAILS = {"1 MB": (1 << 20, 60), "25 MB": (25 << 20, 6)}


def mail(size, index):
    """A mail with one attachment that is not compressible, as photos are not."""
    head = (
        f"From: Foto Freund <foto{index}@freund{size}.example>\r\nTo: hilfe@nordlicht.example\r\nSubject: Foto {index}\r\n"
        f"Message-ID: <{index}.{size}.{time.time_ns()}@freund.example>\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/mixed; boundary=grenze\r\n\r\n--grenze\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        "Guten Tag,\r\n\r\nanbei das Foto.\r\n--grenze\r\nContent-Type: image/jpeg; name=foto.jpg\r\n"
        "Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=foto.jpg\r\n\r\n").encode()
    tail = b"\r\n--grenze--\r\n"
    # 57 bytes make a line of 76 characters
    lines = (size - len(head) - len(tail)) // 78
    body = base64.encodebytes(os.urandom(57 * lines)).replace(b"\n", b"\r\n")
    return f"foto{index}@freund{size}.example", head + body + tail


def measure(binary, directory):
    """Figures for each size: mails in a second until filed, and megabytes that the process's peak grew by."""
    results = {}
    for name, (size, count) in MAILS.items():
        instance = Instance(binary, pathlib.Path(directory) / f"data-large-{size}")
        instance.check()
        instance.start()
        try:
            # what one mail of everyday size brings into memory is no growth
            lmtp.blast([instance.lmtp], lmtp.mails(200, 0), 2, 30)
            filed(instance, 200)
            before = instance.memory_megabytes("VmHWM")
            figures = lmtp.blast([instance.lmtp], [mail(size, index) for index in range(count)], 2, 120)
            filed(instance, 200 + count)
            seconds = time.monotonic() - figures["began"]
            results[name] = {
                "mails": count, "rate": count / seconds, "before_megabytes": before,
                "growth_megabytes": instance.memory_megabytes("VmHWM") - before}
        finally:
            instance.stop()
    return results


def filed(instance, count):
    """Waits until so many are filed; none is lost or held."""
    began = time.monotonic()
    while instance.query("SELECT count(*) FROM inbox WHERE state = 'filed'")[0][0] < count:
        if time.monotonic() - began > 120:
            raise RuntimeError(f"not all mails are filed: {instance.query('SELECT state, count(*) FROM inbox GROUP BY state')}")
        time.sleep(0.1)
