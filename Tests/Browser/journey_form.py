"""The form under poor conditions: without scripts, with mistakes, with a keyboard alone."""

from playwright.sync_api import expect

from journeys import journey
from people import customer_of, file

SUBJECT = {"de": "Rechnung „2026-1187“ <doppelt> & falsch", "en": "Invoice “2026-1187” <twice> & wrong"}
TEXT = "\n  1.008,00 € – <b>nicht</b> 701,46 €.\n\n\t& \"Grüße\" 👋"


@journey("without scripts a rejected form keeps every word and every file, and is then taken")
def rejected_form(stage):
    person = customer_of(stage.language, "form")
    letters = stage.mailbox(person)
    with stage.customer(person, javascript=False) as customer:
        page, say = customer.page, customer.say
        customer.open("/request")
        # blanks satisfy the browser, but not us
        customer.fill_form("   ", TEXT, [file("Beleg 1.txt", "eins"), file("Beleg 2.txt", "zwei")])
        customer.send_form()
        expect(page.locator("[role=alert]")).to_contain_text(say("request.problem.subjectMissing"))
        assert page.title().startswith(say("request.errorTitle")), page.title()
        expect(page.locator("#subject")).to_have_attribute("aria-invalid", "true")
        expect_kept(page, person, ["Beleg 1.txt", "Beleg 2.txt"])

        # a second mistake, a file less, a file more
        page.locator("#subject").fill(SUBJECT[stage.language])
        page.locator("#email").fill(person.address.replace("@", " at "))
        page.locator("li", has_text="Beleg 1.txt").get_by_role("checkbox", name=say("request.remove")).check()
        page.locator("#files").set_input_files([file("Beleg 3.txt", "drei")])
        page.locator("form[action*='/request'] button.primary").click()
        expect(page.locator("[role=alert]")).to_contain_text(say("request.problem.addressWithoutAt"))
        expect(page.locator("#subject")).to_have_value(SUBJECT[stage.language])
        expect(page.locator("#email")).to_have_value(person.address.replace("@", " at "))
        expect_kept(page, person, ["Beleg 2.txt", "Beleg 3.txt"], address=False)

        page.locator("#email").fill(person.address)
        page.locator("form[action*='/request'] button.primary").click()
        expect(page.locator("h1")).to_have_text(say("received.heading"))
        expect(page.locator("[aria-labelledby=understood]")).to_contain_text(SUBJECT[stage.language])
        received = page.locator("[aria-labelledby=files]").inner_text()
        assert "Beleg 1.txt" not in received and "Beleg 2.txt" in received and "Beleg 3.txt" in received, received
        number = customer.number()
        letter = letters.receive()
        assert letter.number == number and "1.008,00 € – <b>nicht</b> 701,46 €." in letter.text, letter.text
        expect_private_page(customer, letter)


def expect_kept(page, person, names, *, address=True):
    # browsers send line breaks as CR LF
    assert page.locator("#text").input_value().replace("\r\n", "\n") == TEXT, repr(page.locator("#text").input_value())
    expect(page.locator("#name")).to_have_value(person.name)
    if address:
        expect(page.locator("#email")).to_have_value(person.address)
    expect(page.locator("input[name=language]:checked")).to_have_value(person.language)
    assert page.locator(".file-name").all_inner_texts() == names


def expect_private_page(customer, letter):
    """The private page works without scripts too."""
    page, say = customer.page, customer.say
    customer.open(letter.link)
    received = page.get_by_role("link", name="Beleg 3.txt", exact=True).last.get_attribute("href")
    assert customer.context.request.get(received).text() == "drei"
    customer.write_more("Und noch etwas / And one more thing")
    expect(page.locator("ol.thread")).to_contain_text("And one more thing")
    customer.press("solved")
    expect(page.locator("h1")).to_have_text(say("status.head.solved"))


@journey("a keyboard alone is enough to ask, and always shows where it is")
def keyboard_alone(stage):
    person = customer_of(stage.language, "keyboard")
    with stage.customer(person) as customer:
        page, say = customer.page, customer.say
        # from the first listener on, the dialog is ours and not the system's
        page.on("filechooser", lambda _: None)
        customer.open("/")
        page.keyboard.press("Tab")
        assert focused(page, "a.skip"), "the first stop is not the link to the content"
        tab_to(page, "main a.primary")
        page.keyboard.press("Enter")
        page.wait_for_url("**/request")
        for field, text in (("#subject", "Domain"), ("#text", "TXT"), ("#files", None), ("#name", person.name), ("#email", person.address)):
            tab_to(page, field)
            if text:
                page.keyboard.type(text)
                continue
            with page.expect_file_chooser() as chooser:
                page.keyboard.press("Space")
            chooser.value.set_files([file("dns.txt", "TXT")])
        tab_to(page, "input[name=language]")
        page.keyboard.press("ArrowDown" if stage.language == "de" else "ArrowUp")
        page.keyboard.press("ArrowUp" if stage.language == "de" else "ArrowDown")
        tab_to(page, "main button.primary")
        customer.take_a_persons_time()
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_have_text(say("received.heading"))
        expect(page.locator("[aria-labelledby=files]")).to_contain_text("dns.txt")


def focused(page, selector):
    return page.evaluate("selector => document.activeElement.matches(selector)", selector)


def tab_to(page, selector):
    """Tabs on until something is focused; every stop on the way must be seen."""
    for _ in range(30):
        page.keyboard.press("Tab")
        stop = page.evaluate("""() => {
            const at = document.activeElement, style = getComputedStyle(at)
            const marked = element => { const s = getComputedStyle(element)
                return (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2) || s.boxShadow !== 'none' }
            const box = at.getBoundingClientRect()
            const inView = box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth
            const label = at.closest('label')
            return { seen: inView && (marked(at) || (label && marked(label))), markup: at.outerHTML.slice(0, 120) }
        }""")
        assert stop["seen"], f"focus cannot be seen on {stop['markup']}"
        if focused(page, selector):
            return
    raise AssertionError(f"Tab never came to {selector}")
