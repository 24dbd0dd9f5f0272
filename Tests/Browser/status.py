"""The status page of a Klartext."""

import time
import urllib.error
import urllib.request


def published(desk):
    """Its address, once a page has been published."""
    page = f"{desk.url}/status"
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{page}/api/v2/status.json", timeout=5):
                return page
        except urllib.error.HTTPError as error:
            assert error.code == 503, error
            time.sleep(0.2)
    raise AssertionError("no status page was published within 30 s")
