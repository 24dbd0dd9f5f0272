"""Files: proven by a receipt on screen, by mail and on paper, and sent over a network that comes and goes."""

import json
import pathlib
import re
import subprocess
import tempfile
import urllib.parse

from playwright.sync_api import expect

from journeys import journey
from people import customer_of, file

NAME, TEXT = "Kaufbeleg „Jacke“.txt", "49,90 €\n"


def receipt_of(customer, name):
    """Opens the receipt of a file from the page that lists it."""
    customer.page.locator("li", has_text=name).locator("a.receipt-link").click()
    expect(customer.page.locator("h1")).to_have_text(customer.say("receipt.heading"))


def download(page):
    with page.expect_download() as download:
        page.locator("a[href$='/download']").click()
    return download.value.suggested_filename, pathlib.Path(download.value.path()).read_bytes()


def decoded(picture):
    """What a QR code says, by Debian's zbarimg."""
    with tempfile.NamedTemporaryFile(suffix=".png") as image:
        image.write(picture)
        image.flush()
        return subprocess.run(["zbarimg", "--raw", "--quiet", image.name], capture_output=True, text=True, check=True).stdout.strip()


@journey("each file gets a receipt, on screen, by mail and on one sheet of paper whose code opens no private page")
def receipt(stage):
    person = customer_of(stage.language, "receipt")
    letters = stage.mailbox(person)
    with stage.customer(person) as customer:
        page = customer.page
        customer.open("/request")
        customer.fill_form("Jacke", "Der Beleg", [file(NAME, TEXT)])
        customer.send_form()
        number = customer.number()
        receipt_of(customer, NAME)
        facts = page.locator("dl.particulars").inner_text()
        assert NAME in facts and f"#{number}" in facts, facts
        name, document = download(page)
        assert name == f"{NAME}.receipt.json" and json.loads(document)["ticket"] == number, (name, document)
        mailed = [part.get_content() for part in letters.receive().message.iter_attachments()]
        assert mailed == [document], mailed

        page.get_by_role("link", name=customer.say("receipt.sheet")).click()
        expect(page.locator(".sheet")).to_contain_text(NAME)
        assert "/t/" not in page.content() and "/t/" not in page.url
        page.emulate_media(media="print")
        paper = page.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1, "more than one sheet"
        code = decoded(page.locator("svg.qr").screenshot())
        assert code.startswith(json.loads(document)["url"] + "/verify?receipt="), code
    with stage.customer(person, width=390, height=844) as finder:
        # whoever finds the paper
        parts = urllib.parse.urlsplit(code)
        finder.open(f"{parts.path}?{parts.query}")
        expect(finder.page.locator("#verdict")).to_have_text(finder.say("verify.genuine"))
        assert "/t/" not in finder.page.content()


@journey("without scripts anybody has a receipt and its file checked, and a changed one is found out")
def checked(stage):
    person = customer_of(stage.language, "checked")
    with stage.customer(person) as customer:
        customer.open("/request")
        customer.fill_form("Jacke", "Der Beleg", [file(NAME, TEXT)])
        customer.send_form()
        receipt_of(customer, NAME)
        document = download(customer.page)[1].decode()
    with stage.customer(person, javascript=False) as anybody:
        page, say = anybody.page, anybody.say
        anybody.open("/")
        page.locator("footer").get_by_role("link", name=say("site.verify")).click()

        def check(text, chosen=None, receipt_file=None):
            page.locator("#receipt").fill(text)
            if chosen:
                page.locator("#file").set_input_files([chosen])
            if receipt_file:
                page.locator("#receiptFile").set_input_files([receipt_file])
            page.locator("main button.primary").click()
            return page.locator("#verdict")

        expect(check(document)).to_have_text(say("verify.genuine"))
        expect(check(json.dumps(json.loads(document), indent=3), file(NAME, TEXT))).to_have_text(say("verify.same"))
        expect(check(document, file("x.txt", TEXT + " "))).to_have_text(say("verify.other"))
        expect(check(document.replace(NAME, "Anderes.txt"))).to_have_text(say("verify.forged"))
        expect(check("", receipt_file=file("r.json", document))).to_have_text(say("verify.genuine"))
        check("Guten Tag")
        expect(page.locator("[role=alert]")).to_contain_text(say("verify.problem.notJSON"))


class Line:
    """The network of a page, as slow as a telephone's or gone. One session says both: those of several do not add up."""

    SLOW_BYTES_PER_SECOND = 3_000_000

    def __init__(self, page):
        self._session = page.context.new_cdp_session(page)
        self._session.send("Network.enable")

    def be(self, *, offline=False, slow=False):
        self._session.send("Network.emulateNetworkConditions", {
            "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": self.SLOW_BYTES_PER_SECOND if slow else -1})


def begin_large_file(customer, directory):
    """Sends a form with 12 MB over a slow line, and returns when a first piece is there."""
    page = customer.page
    scan = pathlib.Path(directory) / "Scan.pdf"
    scan.write_bytes(bytes(range(256)) * 48_000)
    customer.open("/request")
    customer.fill_form("Scan", "Der Scan", [scan])
    customer.take_a_persons_time()
    line = Line(page)
    line.be(slow=True)
    with page.expect_response(lambda response: response.request.method == "PATCH"):
        page.locator("form[action*='/request'] button.primary").click()
    return scan, line


def expect_one_beginning(customer):
    begun = [url for url in customer.requests if url.endswith("/uploads")]
    assert len(begun) == 1, f"it began anew: {begun}"


@journey("a large file shows how far it is, waits while there is no network, and comes whole")
def large_file(stage):
    with tempfile.TemporaryDirectory() as directory, stage.customer(customer_of(stage.language, "large")) as customer:
        page, say = customer.page, customer.say
        scan, line = begin_large_file(customer, directory)
        expect(page.get_by_role("progressbar")).to_be_visible()
        line.be(offline=True)
        expect(page.locator(".uploads [role=status]")).to_have_text(say("request.upload.waiting"))
        assert page.locator("main button.primary").is_disabled()
        line.be()
        expect(page.locator("h1")).to_have_text(say("received.heading"))
        expect_one_beginning(customer)
        received = page.get_by_role("link", name="Scan.pdf", exact=True).last.get_attribute("href")
        assert customer.context.request.get(received).body() == scan.read_bytes()
        receipt_of(customer, "Scan.pdf")


@journey("who stops a large file keeps the form, and goes on where it was")
def stopped(stage):
    with tempfile.TemporaryDirectory() as directory, stage.customer(customer_of(stage.language, "stopped")) as customer:
        page, say = customer.page, customer.say
        _, line = begin_large_file(customer, directory)
        page.get_by_role("button", name=say("request.upload.stop")).click()
        expect(page.locator(".uploads")).to_have_count(0)
        expect(page.locator("#text")).to_have_value("Der Scan")
        line.be()
        page.locator("form[action*='/request'] button.primary").click()
        expect(page.locator("h1")).to_have_text(say("received.heading"))
        expect_one_beginning(customer)
        # the server may still have kept what was under way when we went on: then it says where it is
        customer.wrongs = [wrong for wrong in customer.wrongs if not wrong.startswith(f"409 for {stage.desk.url}/uploads/")]
