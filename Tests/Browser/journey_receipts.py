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
        facts = page.locator("dl.facts").inner_text()
        assert NAME in facts and f"#{number}" in facts, facts
        name, document = download(page)
        assert name == f"{NAME}.receipt.json" and json.loads(document)["ticket"] == number, (name, document)
        mailed = {part.get_filename(): part.get_content() for part in letters.receive().message.iter_attachments()}
        assert mailed == {name: document}, mailed

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


@journey("a large file shows how far it is, waits while there is no network, and comes whole")
def large_file(stage):
    person = customer_of(stage.language, "large")
    content = bytes(range(256)) * 80_000  # 20 MB
    with stage.customer(person) as customer:
        page, say = customer.page, customer.say
        customer.open("/request")
        scan = {"name": "Scan.pdf", "mimeType": "application/pdf", "buffer": content}
        customer.fill_form("Scan", "Der Scan", [scan])
        customer.take_a_persons_time()
        # a line on which this takes some seconds
        line = page.context.new_cdp_session(page)
        line.send("Network.enable")
        line.send("Network.emulateNetworkConditions", {
            "offline": False, "latency": 5, "downloadThroughput": -1, "uploadThroughput": 4_000_000})
        with page.expect_response(lambda response: response.request.method == "PATCH"):
            page.locator("form[action*='/request'] button.primary").click()
        expect(page.get_by_role("progressbar")).to_be_visible()
        customer.context.set_offline(True)
        expect(page.locator(".uploads [role=status]")).to_have_text(say("request.upload.waiting"))
        assert page.locator("main button.primary").is_disabled()
        page.wait_for_timeout(1500)
        customer.context.set_offline(False)
        expect(page.locator("h1")).to_have_text(say("received.heading"))
        begun = [url for url in customer.requests if url.endswith("/uploads")]
        assert len(begun) == 1, f"it began anew: {begun}"
        received = page.get_by_role("link", name="Scan.pdf", exact=True).last.get_attribute("href")
        assert customer.context.request.get(received).body() == content
        receipt_of(customer, "Scan.pdf")


@journey("who stops a large file keeps the form, and goes on where it was")
def stopped(stage):
    person = customer_of(stage.language, "stopped")
    with stage.customer(person) as customer:
        page, say = customer.page, customer.say
        customer.open("/request")
        customer.fill_form("Scan", "Der Scan", [{"name": "Scan.pdf", "mimeType": "application/pdf", "buffer": b"x" * 12_000_000}])
        customer.take_a_persons_time()
        line = page.context.new_cdp_session(page)
        line.send("Network.enable")
        slow = {"offline": False, "latency": 5, "downloadThroughput": -1, "uploadThroughput": 3_000_000}
        line.send("Network.emulateNetworkConditions", slow)
        with page.expect_response(lambda response: response.request.method == "PATCH"):
            page.locator("form[action*='/request'] button.primary").click()
        page.get_by_role("button", name=say("request.upload.stop")).click()
        expect(page.locator(".uploads")).to_have_count(0)
        expect(page.locator("#text")).to_have_value("Der Scan")
        line.send("Network.emulateNetworkConditions", slow | {"uploadThroughput": -1})
        page.locator("form[action*='/request'] button.primary").click()
        expect(page.locator("h1")).to_have_text(say("received.heading"))
        assert len([url for url in customer.requests if url.endswith("/uploads")]) == 1, "it began anew"
