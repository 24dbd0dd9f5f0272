"""Requests of a kind that asks for more than a text: judged while they are typed, and just as well without scripts."""

from playwright.sync_api import expect

from journeys import journey
from people import customer_of, file

RIGHT, WRONG = "1Z999AA10123456784", "1Z999AA10123456785"
TEXT = {"de": "Ein Router im braunen Karton.", "en": "A router in a brown box."}
POSTED = {"de": ("12.11.2026", "Donnerstag, 12. November 2026"), "en": ("12 November 2026", "Thursday 12 November 2026")}
MONEY = {"de": ("1008", "1.008,00 €"), "en": ("1008", "€1,008.00")}
IBAN = "DE89 3704 0044 0532 0130 00"
KINDS = {"de": {"lost": "Paket verschwunden", "complaint": "Beschwerde"}, "en": {"lost": "Lost parcel", "complaint": "Complaint"}}
SENT = {"de": "Ich habe es verschickt", "en": "I sent it"}


@journey("a lost parcel is searched for by a number that was judged while it was typed")
def lost_parcel(stage):
    person = customer_of(stage.language, "types")
    letters = stage.mailbox(person)
    with stage.customer(person) as customer, stage.agent() as agent:
        page, say = customer.page, customer.say
        customer.open("/")
        page.get_by_role("link", name=KINDS[stage.language]["lost"]).click()
        expect(page.locator("h1")).to_have_text(KINDS[stage.language]["lost"])

        # said while typing, announced, and taken back once it is right
        page.locator("#f-tracking").press_sequentially(WRONG)
        expect(page.locator("#f-tracking-read")).to_have_text(say("field.tracking.check", carrier="UPS"))
        expect(page.locator("#f-tracking")).to_have_attribute("aria-invalid", "true")
        page.locator("#f-tracking").press("Backspace")
        page.locator("#f-tracking").press_sequentially("4")
        expect(page.locator("#f-tracking-read")).to_have_text(say("field.read.verified", carrier="UPS"))

        # what does not apply is not there
        expect(page.locator("#f-posted")).to_be_hidden()
        page.locator("#f-direction").select_option("to-customer")
        expect(page.locator("#f-order")).to_be_visible()
        page.locator("#f-direction").select_option("from-customer")
        expect(page.locator("#f-order")).to_be_hidden()
        page.locator("#f-posted").fill(POSTED[stage.language][0])
        expect(page.locator("#f-posted-read")).to_contain_text(POSTED[stage.language][1])

        # a look at another kind of request costs no word
        page.get_by_role("navigation", name=say("request.kinds")).get_by_role("link", name=KINDS[stage.language]["complaint"]).click()
        page.go_back()
        expect(page.locator("#f-tracking")).to_have_value(RIGHT)
        expect(page.locator("#f-posted")).to_be_visible()
        customer.fill_form(None, TEXT[stage.language])
        customer.send_form()
        given = page.locator("[aria-labelledby=understood] dl.given")
        for shown in (f"{RIGHT} (UPS)", SENT[stage.language], POSTED[stage.language][0]):
            expect(given).to_contain_text(shown)
        number = customer.number()
        letter = letters.receive()
        assert letter.number == number and f"{RIGHT} (UPS)" in letter.text, letter.text
        customer.open(letter.link)
        expect(page.locator("dl.given")).to_contain_text(RIGHT)
        at_the_desk(agent, number, stage.language)


def at_the_desk(agent, number, language):
    """Found by the number, and copied without whose it is."""
    page = agent.page
    agent.open(f"/desk/search?q={RIGHT}")
    page.locator("a.row-link").first.click()
    expect(page.locator("h1")).to_contain_text(RIGHT)
    agent.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("dl.given").get_by_role("button").first.click()
    expect(page.locator("dl.given")).to_contain_text(agent.say("desk.ticket.copied"))
    assert page.evaluate("navigator.clipboard.readText()") == RIGHT


@journey("without scripts every field is there, mistakes keep what was typed, and what does not apply is not read")
def without_scripts(stage):
    person = customer_of(stage.language, "plain")
    with stage.customer(person, javascript=False) as customer:
        page, say = customer.page, customer.say
        customer.open("/request")
        page.get_by_role("link", name=KINDS[stage.language]["complaint"]).click()
        expect(page.locator("#f-account")).to_be_visible()
        expect(page.locator("[data-without-script]").first).to_be_visible()
        page.locator("#f-about").select_option("invoice")
        page.locator("#f-invoice").fill("2026 1187")
        page.locator("#f-wish").select_option("refund")
        page.locator("#f-amount").fill("1.00.8")
        page.locator("#f-account").fill(IBAN[:-1] + "1")
        # of a delivery, which this complaint is not about
        page.locator("#f-order").fill("nonsense")
        customer.fill_form(None, TEXT[stage.language], [file("Beleg.txt", "eins")])
        customer.send_form()
        alert = page.locator("[role=alert]")
        expect(alert).to_contain_text(say("field.iban.check"))
        expect(alert.get_by_role("link")).to_have_count(2)
        for name, value in (("about", "invoice"), ("invoice", "2026 1187"), ("amount", "1.00.8"), ("order", "nonsense")):
            expect(page.locator(f"#f-{name}")).to_have_value(value)
        page.locator("#f-amount").fill(MONEY[stage.language][0])
        page.locator("#f-account").fill(IBAN)
        customer.send_form()
        given = page.locator("[aria-labelledby=understood] dl.given")
        for shown in ("2026-1187", MONEY[stage.language][1], IBAN):
            expect(given).to_contain_text(shown)
        expect(given).not_to_contain_text("nonsense")
        expect(page.locator("[aria-labelledby=files]")).to_contain_text("Beleg.txt")
