"""Chromium, and people at it: each with a context of their own, watched for what must never happen."""

import contextlib
import os
import shutil
import urllib.parse

from playwright.sync_api import sync_playwright

LOCALES = {"de": "de-DE", "en": "en-GB"}
# generous: machines that test are busy
TIMEOUT_MILLISECONDS = 20_000


@contextlib.contextmanager
def chromium():
    """Debian's Chromium."""
    path = "/usr/bin/chromium" if os.path.exists("/usr/bin/chromium") else shutil.which("chromium")
    assert path, "there is no chromium; bin/setup test installs it"
    with sync_playwright() as playwright:
        # no sandbox: it cannot be had as root, and what is opened is ours
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield browser
        browser.close()


class Visitor:
    """Somebody at a browser. Use as `with Visitor(...) as visitor`; the end of the block says what went wrong unseen."""

    def __init__(self, browser, desk, language, *, javascript=True, width=1280, height=900, **settings):
        self.desk, self.language = desk, language
        self.context = browser.new_context(
            base_url=desk.url, locale=LOCALES[language], timezone_id="Europe/Berlin", java_script_enabled=javascript,
            viewport={"width": width, "height": height}, reduced_motion="reduce", **settings)
        self.context.set_default_timeout(TIMEOUT_MILLISECONDS)
        self.wrongs, self.requests, self.asked_for = [], [], set()
        self.page = self.context.new_page()
        self.context.on("request", self._requested)
        self.context.on("response", self._responded)
        self.context.on("console", self._said)
        self.context.on("weberror", lambda error: self.wrongs.append(f"error in a script: {error.error}"))

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        try:
            if kind is None:
                self.check()
        finally:
            self.context.close()

    def check(self):
        assert not self.wrongs, "\n".join(dict.fromkeys(self.wrongs))

    def open(self, path):
        self.page.goto(path)

    def words(self):
        """All that the page says."""
        return self.page.locator("main").inner_text()

    def _requested(self, request):
        self.requests.append(request.url)
        parts = urllib.parse.urlsplit(request.url)
        if parts.scheme in ("data", "blob", "about") or request.url.startswith(self.desk.url + "/"):
            return
        if not any(request.url.startswith(origin) for origin in self.asked_for):
            self.wrongs.append(f"a request to a third party: {request.url}")

    def _responded(self, response):
        if response.request.resource_type == "document":
            if response.status not in (303, 204) and "content-security-policy" not in response.headers:
                self.wrongs.append(f"no Content-Security-Policy: {response.url}")
        elif response.status >= 400:
            self.wrongs.append(f"{response.status} for {response.url}")

    def _said(self, message):
        # Chromium also logs the status of a page that says what went wrong; those of its parts are seen above
        if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource"):
            self.wrongs.append(f"console: {message.text}")
