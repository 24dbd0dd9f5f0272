"""Every kind of page, one after the other, as customers and agents meet them: the life of one ticket among those of the demonstration."""

import json
import urllib.request

from playwright.sync_api import expect

from status import published
from people import AGENTS, Agent, Customer, customer_of, file
from telephone import tell

SUBJECT = {
    "de": "Donaudampfschifffahrtsgesellschaftskapitänsmützenbestellung seit 12. November unterwegs",
    "en": "A hat for a captain, ordered on 12 November",
}
LONG = "x" * 120 + " https://nordlicht.example/" + "very-long-path/" * 12
WAITING = {"de": ("ein Foto des Kartons", "Paketdienst"), "en": ("a photo of the box", "the carrier")}


class Gallery:
    """Iterate over `pages()`: while it waits, the page it named is open."""

    def __init__(self, browser, desk, language):
        self.language = language
        self.customer = Customer(browser, desk, customer_of(language, "gallery"))
        self.agent = Agent(browser, desk, AGENTS[language])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.customer.context.close()
        self.agent.context.close()

    def check(self):
        self.customer.check()
        self.agent.check()

    def pages(self):
        """Yields what each page is called, who looks at it, and whether customers see such pages."""
        for name in self._status_page():
            yield name, self.customer, True
        for name in self._before_asking():
            yield name, self.customer, True
        for name in self._kinds():
            yield name, self.customer, True
        for name in self._sign_in():
            yield name, self.agent, False
        for name in self._filled_forms():
            yield name, self.agent, False
        for name, who in self._life_of_a_ticket():
            yield name, who, who is self.customer
        for name in self._lists():
            yield name, self.agent, False
        for name in self._letters():
            yield name, self.agent, False
        for name in self._mail_as_it_came():
            yield name, self.agent, False
        for name in self._customers_in_the_dark():
            yield name, self.customer, True
        for name in self._own_things():
            yield name, self.agent, False

    def _status_page(self):
        """The public page with each kind of story that it tells."""
        page = published(self.customer.desk)
        stories = {}
        for kind, key, path in (("incidents", "incidents", "incidents"), ("scheduled-maintenances", "scheduled_maintenances", "maintenances")):
            with urllib.request.urlopen(f"{page}/api/v2/{kind}.json", timeout=20) as answer:
                stories[path] = json.load(answer)[key][0]["id"]
        pages = {"status": "", "status-history": "history/", "status-embed": "embed/"} | {
            f"status-{path}": f"{path}/{name}/" for path, name in stories.items()}
        for name, path in pages.items():
            self.customer.open(f"{page}/{self.language}/{path}")
            yield name
        self.customer.open(f"{page}/{self.language}/history/")
        self.customer.page.locator("main ul a").first.click()
        yield "status-month"
        self.customer.open(f"{page}/")
        yield "status-chooser"

    def _before_asking(self):
        customer, page = self.customer, self.customer.page
        customer.open("/")
        yield "home"
        customer.open("/promises")
        yield "kept"
        customer.open("/request")
        yield "request"
        customer.fill_form("  ", LONG, [file("Beleg.txt", "1")])
        customer.send_form()
        page.locator("#email").fill("")
        page.locator("#name").fill("n" * 200)
        page.locator("#files").set_input_files([file("Ein ziemlich langer Name einer Datei, die es in sich hat.txt", "2")])
        page.locator("main button.primary").click()
        expect(page.locator("#email-error")).to_be_visible()
        yield "request-errors"
        page.locator("#subject").fill(SUBJECT[self.language])
        page.locator("#name").fill(customer.person.name)
        page.locator("#email").fill(customer.person.address)
        page.locator("main button.primary").click()
        self.number = customer.number()
        self.link = page.locator("#private-link").get_attribute("href")
        yield "received"
        page.locator("a.receipt-link").first.click()
        yield "receipt"
        page.get_by_role("link", name=customer.say("receipt.sheet")).click()
        yield "receipt-sheet"
        sheet = page.url
        yield from self._verify(sheet.replace("/sheet", ""))
        customer.open("/lost")
        yield "lost"
        page.locator("#number").fill(self.number)
        page.locator("#email").fill("somebody@else.example")
        page.locator("main button.primary").click()
        expect(page.locator("h1")).to_have_text(customer.say("lost.sent.heading"))
        yield "lost-sent"
        customer.open("/t/abcdefghijklmnopqrstuvwxyz")
        yield "error-404"

    def _verify(self, genuine):
        customer, page = self.customer, self.customer.page
        customer.open("/verify")
        yield "verify"
        page.locator("main button.primary").click()
        expect(page.locator("[role=alert]")).to_be_visible()
        yield "verify-error"
        customer.open(genuine)
        yield "verify-genuine"
        page.locator("#file").set_input_files([file("Anderes.txt", "3")])
        page.locator("main button.primary").click()
        yield "verify-other"
        document = page.locator("#receipt").input_value()
        for name, part, other in (("forged", "sizeBytes\":", "sizeBytes\":1"), ("unknown", '"key":"', '"key":"0000')):
            start = document.index(part) + len(part)
            text = document[:start] + other[len(part):] + document[start + (4 if name == "unknown" else 0):]
            page.locator("#receipt").fill(text)
            page.locator("main button.primary").click()
            expect(page.locator("#verdict")).to_be_visible()
            yield f"verify-{name}"

    def _kinds(self):
        """The forms that ask for more than a text."""
        customer, page = self.customer, self.customer.page
        for kind in ("lost-parcel", "fault", "domain"):
            customer.open(f"/request/{kind}")
            yield f"request-{kind}"
        customer.open("/request/complaint")
        page.locator("#f-about").select_option("invoice")
        page.locator("#f-wish").select_option("refund")
        page.locator("#f-account").fill("DE89 3704 0044 0532 0130 01")
        page.locator("#f-account").blur()
        expect(page.locator("#f-account-read.is-wrong")).to_be_visible()
        page.locator("#f-amount").fill("1008")
        page.locator("#f-amount").blur()
        expect(page.locator("#f-amount-read")).to_contain_text("00")
        yield "request-complaint"
        page.locator("#f-invoice").fill("7")
        customer.fill_form(None, LONG)
        customer.send_form()
        expect(page.locator("#f-account-error")).to_be_visible()
        yield "request-complaint-errors"
        page.locator("#f-account").fill("DE89 3704 0044 0532 0130 00")
        page.locator("#f-invoice").fill("2026-1187")
        page.locator("main button.primary").click()
        self.complaint = customer.number()
        yield "received-complaint"
        customer.open(page.locator("#private-link").get_attribute("href"))
        yield "status-complaint"

    def _filled_forms(self):
        self.agent.open_ticket(self.complaint)
        yield "ticket-complaint"

    def _sign_in(self):
        agent, page = self.agent, self.agent.page
        agent.open("/desk")
        yield "sign-in"
        page.locator("#email").fill(agent.person.address)
        page.locator("#password").fill("not this one")
        page.locator("button.primary").click()
        expect(page.locator("[role=alert]")).to_be_visible()
        yield "sign-in-error"
        agent.sign_in()

    def _life_of_a_ticket(self):
        """Whose turn it is goes round; customer and agent look at each state."""
        customer, agent = self.customer, self.agent
        question, carrier = WAITING[self.language]
        agent.open_ticket(self.number)
        yield "ticket-new", agent
        yield from self._status("received")
        agent.note("NF-88213 & <Lager>")
        agent.reply(f"Guten Tag & hello,\n\n{LONG}", "us")
        yield "ticket-answered", agent
        yield from self._status("us")
        yield from self._correction()
        agent.open_ticket(self.number)
        agent.pass_on("customer", askedFor=question)
        yield from self._status("customer")
        customer.page.locator("form[action*='/messages'] button.primary").click()
        expect(customer.page.locator("[role=alert]")).to_be_visible()
        yield "status-errors", customer
        agent.open_ticket(self.number)
        agent.pass_on("thirdParty", thirdParty=carrier)
        yield from self._status("third")
        yield from self._composer()
        customer.open(self.link)
        customer.press("solved")
        yield "status-solved-by-customer", customer
        agent.open_ticket(self.number)
        yield "ticket-solved", agent
        agent.page.locator("form[action$='/reopen'] button").click()
        agent.solve_without_reply("c")
        yield from self._status("solved")
        agent.open_ticket(self.number)
        agent.page.locator("button[name=do][value=revoke]").click()
        expect(agent.page.locator("button[value=revoke]")).to_have_count(0)
        yield "ticket-revoked", agent
        customer.open(self.link)
        expect(customer.page.locator("h1")).to_have_text(customer.say("error.title.revoked"))
        yield "error-revoked", customer

    def _correction(self):
        """An answer becomes official, is corrected, and its correction is official in its place."""
        agent, page = self.agent, self.agent.page
        agent.open_ticket(self.number)
        page.get_by_role("button", name=agent.say("desk.official.pin")).click()
        expect(page.locator(".official")).to_be_visible()
        yield "ticket-official", agent
        page.get_by_role("link", name=agent.say("desk.correct.this")).click()
        expect(page.locator("#correct-right")).to_be_visible()
        yield "ticket-correcting", agent
        page.locator("#correct-wrong").fill("")
        agent.send_reply()
        expect(page.locator("#correct-wrong-error")).to_be_visible()
        yield "ticket-correcting-errors", agent
        for part in ("wrong", "right", "action"):
            page.locator(f"#correct-{part}").fill(f"{part} & {LONG}")
        agent.send_reply()
        expect(page.locator(".notice.is-ok")).to_contain_text(agent.say("desk.correct.sent"))
        yield "ticket-corrected", agent
        yield from self._status("corrected")

    def _status(self, state):
        self.customer.open(self.link)
        yield f"status-{state}", self.customer

    def _composer(self):
        """What the agent sees when a reply cannot be sent."""
        agent, customer = self.agent, self.customer
        agent.open_ticket(self.number)
        agent.write_reply("", "solved", cause="")
        agent.send_reply()
        expect(agent.page.locator("[role=alert]")).to_be_visible()
        yield "ticket-refused", agent
        agent.write_reply("Entwurf & draft", "us")
        customer.open(self.link)
        customer.write_more("Noch etwas / one more thing")
        yield "status-added", customer
        agent.send_reply()
        expect(agent.page.locator("#conflict")).to_be_visible()
        yield "conflict", agent
        agent.open_ticket(self.number)
        agent.page.locator("article.from-customer").last.get_by_role("link", name=agent.say("desk.ticket.move")).click()
        yield "move", agent
        agent.page.locator("#target").fill("999-999")
        agent.page.locator("main button.primary").click()
        expect(agent.page.locator(".error")).to_be_visible()
        yield "move-error", agent

    def _lists(self):
        agent, page = self.agent, self.agent.page
        for call, number in enumerate(("anonymous", "493012345699")):
            for event in ("newCall", "hangup"):
                tell(agent.desk, event, f"gallery-{self.language}-{call}", number, cause="noAnswer")
        tell(agent.desk, "newCall", f"gallery-{self.language}-rings", "493012345699")
        for name, path in (
            ("inbox", "/desk"), ("inbox-mine", "/desk/mine"), ("todo", "/desk/todo"), ("solved", "/desk/solved"),
            ("held", "/desk/held"), ("dead", "/desk/dead"), ("promises", "/desk/promises"),
            ("search", "/desk/search?q=vogt"), ("search-slip", "/desk/search?q=rehcnung"), ("search-nothing", "/desk/search?q=wolkenbruch"),
            ("search-empty", "/desk/search"), ("customer", "/desk/customers/1"), ("new", "/desk/new"), ("calls", "/desk/calls"),
            ("gone", "/desk/tickets/1"),
        ):
            agent.open(path)
            yield name
        agent.open("/desk")
        page.keyboard.press("?")
        expect(page.get_by_role("dialog")).to_be_visible()
        yield "shortcuts"

    def _letters(self):
        agent, page = self.agent, self.agent.page
        agent.open("/desk/dead")
        page.locator("a.row-link").first.click()
        yield "letter-failed"
        page.locator("a.back").click()
        yield "ticket-todo"
        link = page.get_by_role("link", name=agent.say("desk.ticket.seePage")).get_attribute("href")
        self.dark = agent.context.request.get(link).url

    def _mail_as_it_came(self):
        agent, page = self.agent, self.agent.page
        agent.open("/desk/held")
        page.locator("a.row-link").first.click()
        yield "held-mail"
        page.get_by_role("link", name=agent.say("desk.ticket.original")).click()
        yield "original"

    def _customers_in_the_dark(self):
        """Whom no letter reached, and whom we promised more than we kept."""
        customer, agent = self.customer, self.agent
        customer.open(f"{self.dark}?lang={self.language}")
        yield "status-failed"
        agent.open("/desk")
        late = agent.page.locator("section.missed a.row-link").first.get_attribute("href").split("#")[0]
        link = agent.context.request.get(f"{late}/customer-page").url
        customer.open(f"{link}?lang={self.language}")
        expect(customer.page.locator(".promised .is-overdue")).to_be_visible()
        yield "status-promise-missed"

    def _own_things(self):
        agent, page = self.agent, self.agent.page
        agent.open("/desk/settings")
        yield "settings"
        page.locator("#current").fill("not this one")
        page.locator("#new").fill("a good sentence, really")
        page.locator("form[action$='/password'] button").click()
        expect(page.locator(".error")).to_be_visible()
        yield "settings-error"
        agent.open("/dev/mail")
        yield "dev-mail"
        page.locator("a.row-link").first.click()
        yield "dev-mail-message"
        agent.open("/desk")
        page.locator("form[action='/desk/sign-out'] button").click()
        yield "signed-out"
