"""The cast, and what customers and agents do with our pages. The same people as in the demonstration."""

import dataclasses
import datetime

from playwright.sync_api import expect

from browser import Visitor
from desk import ZONE
from words import Words


@dataclasses.dataclass(frozen=True)
class Person:
    name: str
    address: str
    language: str
    password: str = "nordlicht-2026"


AYSE = Person("Ayşe Demir", "ayse@nordlicht.example", "de")
FRIEDERIKE = Person("Friederike Möller", "friederike@nordlicht.example", "en")
AGENTS = {"de": AYSE, "en": FRIEDERIKE}
CUSTOMERS = {"de": Person("Łukasz Nowak", "nowak.example", "de"), "en": Person("Tom O’Leary", "oleary.example", "en")}


def customer_of(language, mailbox):
    """Łukasz or Tom, at an address that no other journey uses: one that got many automatic letters gets no more for a while."""
    person = CUSTOMERS[language]
    return dataclasses.replace(person, address=f"{mailbox}@{person.address}")


def noon_in(days):
    """Noon on the desk's clock, some days ahead."""
    day = datetime.datetime.now(ZONE) + datetime.timedelta(days=days)
    return day.replace(hour=12, minute=0, second=0, microsecond=0)


def file(name, text):
    """A file to choose in a form."""
    return {"name": name, "mimeType": "text/plain", "buffer": text.encode()}


class Customer(Visitor):
    # what the form takes for a robot's pace (FormRules.fewestSeconds), and a little
    FEWEST_MILLISECONDS = 2_100

    def __init__(self, browser, desk, person, **settings):
        super().__init__(browser, desk, person.language, **settings)
        self.person, self.say = person, Words(person.language)

    def check(self):
        super().check()
        assert not self.context.cookies(), f"a customer got cookies: {self.context.cookies()}"

    def fill_form(self, subject, text, files=()):
        """Fills in what every form asks for; some make the subject themselves."""
        page = self.page
        if subject is not None:
            page.locator("#subject").fill(subject)
        page.locator("#text").fill(text)
        page.locator("#name").fill(self.person.name)
        page.locator("#email").fill(self.person.address)
        page.locator(f"input[name=language][value={self.person.language}]").check()
        if files:
            page.locator("#files").set_input_files(list(files))

    def take_a_persons_time(self):
        """Until the form was open for as long as a person needs; it says itself since when it is."""
        started = int(self.page.locator("input[name=started]").first.input_value().split(".")[0])
        left = started + self.FEWEST_MILLISECONDS - self.desk.now.timestamp() * 1000
        self.page.wait_for_timeout(max(0, left))

    def send_form(self):
        self.take_a_persons_time()
        self.page.locator("form[action*='/request'] button.primary").click()

    def number(self):
        """The number on the receipt, without the `#`."""
        return self.page.locator("#number").inner_text().strip().removeprefix("#")

    def four_answers(self):
        """What stands in the panel: the question and its answer, in order."""
        return {row.locator("dt").inner_text(): row.locator("dd").inner_text() for row in self.page.locator("dl.answers > div").all()}

    def heading(self):
        """The one sentence of truth at the top of the private page."""
        return self.page.locator("h1").inner_text()

    def write_more(self, text):
        self.page.locator("#text").fill(text)
        self.page.locator("form[action*='/messages'] button.primary").click()
        expect(self.page.locator(".notice.is-ok")).to_contain_text(self.say("status.flash.added"))

    def press(self, answer):
        """One of the buttons of the private page: `solved`, `notSolved` or `thanks`."""
        self.page.locator(f"button[name=answer][value={answer}]").click()
        expect(self.page.locator(".notice.is-ok")).to_contain_text(self.say(f"status.flash.{answer}"))


class Agent(Visitor):
    def __init__(self, browser, desk, person, **settings):
        super().__init__(browser, desk, person.language, **settings)
        self.person, self.say = person, Words(person.language)

    def sign_in(self, then="/desk"):
        self.open(then)
        self.page.locator("#email").fill(self.person.address)
        self.page.locator("#password").fill(self.person.password)
        self.page.locator("button.primary").click()
        self.page.wait_for_url(self.desk.url + then)
        return self

    def open_ticket(self, number):
        self.open(f"/desk/tickets/{number.replace('-', '')}")

    def note(self, text):
        self.page.locator("label:has(#compose-note)").click()
        form = self.page.locator("form.note-form")
        form.locator("textarea").fill(text)
        form.locator("button.primary").click()
        expect(self.page.locator(".notice.is-ok")).to_contain_text(self.say("desk.ticket.sent.note"))

    def write_reply(self, text, turn, *, asked_for=None, third_party=None, cause=None, next_contact=None):
        """Fills in the composer, and does not send yet."""
        form = self.page.locator("form.reply-form")
        form.locator("textarea[name=text]").fill(text)
        form.locator(f"input[name=turn][value={turn}]").check()
        for name, value in (("askedFor", asked_for), ("thirdParty", third_party), ("cause", cause)):
            if value is not None:
                form.locator(f"input[name={name}]").fill(value)
        if next_contact is not None:
            form.locator("input[name=nextContactAt]").fill(next_contact.strftime("%Y-%m-%dT%H:%M"))

    def send_reply(self):
        self.page.locator("form.reply-form button.primary").click()

    def reply(self, text, turn, **after):
        self.write_reply(text, turn, **after)
        self.send_reply()
        # who was quicker than the script is asked now whether that was a promise
        if self.page.locator(".promise-row input[value=record]").count() and self.page.locator("[role=alert]").count():
            self.decide_promises("record")
            self.send_reply()
        expect(self.page.locator(".notice.is-ok")).to_contain_text(self.say("desk.ticket.sent.reply"))

    def decide_promises(self, decision):
        for choice in self.page.locator(f".promise-row input[value={decision}]").all():
            choice.check()

    def take_over(self):
        """Makes the open ticket the agent's own."""
        page = self.page
        page.locator("#assignee").select_option(label=self.person.name)
        page.locator("form:has(#assignee) button").click()
        expect(page.locator("ol.thread")).to_contain_text(self.say("event.took", name=self.person.name))

    def hand_over(self, to, because):
        page = self.page
        page.locator("#assignee").select_option(label=to.name)
        page.locator("#assignee").focus()
        page.locator(".assign input[name=because]").fill(because)
        page.locator("form:has(#assignee) button").click()
        expect(page.locator("ol.thread")).to_contain_text(because)

    def solve_without_reply(self, cause):
        self.page.locator("details:has(form[action$='/solve']) summary").click()
        form = self.page.locator("form[action$='/solve']")
        form.locator("input[name=cause]").fill(cause)
        form.locator("button").click()

    def pass_on(self, turn, **after):
        """Says whose turn it is without writing to the customer."""
        self.page.locator("details:has(form[action$='/turn']) > summary").click()
        form = self.page.locator("form[action$='/turn']")
        form.locator(f"input[name=turn][value={turn}]").check()
        for name, value in after.items():
            form.locator(f"input[name={name}]").fill(value)
        form.locator("button").click()
        expect(self.page.locator("form[action$='/turn']")).to_be_attached()

    def wait_for(self, text, path=None):
        """Reloads the page until it shows the text: mail is filed a moment after it was taken."""
        for _ in range(100):
            if path:
                self.open(path)
            else:
                self.page.reload()
            if self.page.get_by_text(text).count():
                return
            self.page.wait_for_timeout(100)
        raise AssertionError(f"{self.page.url} never said {text!r}:\n{self.words()}")
