"""The missing letter: four days, five hands, and at the end a cause that everybody can read and that blames nobody."""

import datetime

from playwright.sync_api import expect

from journey_week import next_monday
from journeys import journey
from people import AYSE, FRIEDERIKE, Agent, customer_of
from post import answer, deliver

KIND = {"de": "Problem mit einer Domain", "en": "Problem with a domain"}
MATTER = {"de": "Ein DNS-Eintrag fehlt oder stimmt nicht", "en": "A DNS record is missing or wrong"}
DOMAIN, EXPECTED = "mühlenbäckerei.de", "v=verify1 k7Qm-0OlI1-x9"
TEXT = {
    "de": "Ich habe die Domain heute registriert. Der andere Dienst findet den Eintrag nicht.",
    "en": "I registered the domain today. The other service does not find the record.",
}
HANDED = {"de": "Bitte den TXT-Eintrag prüfen.", "en": "Please check the TXT record."}
BACK = {"de": "Eintrag fehlt wirklich, der Kunde muss ihn setzen.", "en": "The record really is missing, the customer has to set it."}
ASK = {
    "de": "der TXT-Eintrag fehlt noch. Bitte tragen Sie ihn ein und antworten Sie kurz.",
    "en": "the TXT record is still missing. Please add it and send a short answer.",
}
QUESTION = {"de": "den TXT-Eintrag setzen", "en": "add the TXT record"}
DONE = {"de": "Eingetragen, es geht trotzdem nicht.", "en": "Added, it still does not work."}
CALLED = {"de": "Mit dem Kunden telefoniert: Er liest den Namen dort vor, ein c fehlt.", "en": "Phoned the customer: he reads the name aloud, a c is missing."}
FIXED = {"de": "Setzen Sie dort bitte den fehlenden Buchstaben ein, dann stimmt alles.", "en": "Please add the missing letter there, then all is well."}
CAUSE = {"de": "In der Domain beim anderen Dienst fehlt ein „c“.", "en": "The domain at the other service lacks a “c”."}
IMPATIENT = {"de": "Der Kunde war ungeduldig.", "en": "The customer was impatient."}


@journey("a letter is missing: every hand-over has a reason, waiting has a date, and the end is a cause that the customer reads")
def missing_letter(stage):
    Letter(stage).tell()


class Letter:
    def __init__(self, stage):
        self.stage, self.language, self.desk = stage, stage.language, stage.week
        self.person = customer_of(stage.language, "letter")
        self.letters = stage.mailbox(self.person)

    def tell(self):
        self.monday = next_monday(self.desk)
        self.desk.pass_time(self.monday)
        with self.stage.customer(self.person, self.desk) as self.customer:
            self.asks_with_values_as_text()
            self.is_handed_over_and_back()
            self.adds_the_record()
            self.closed_too_early_is_open_again()
            self.ends_with_a_cause()

    def on(self, days, hour, minute=0):
        return (self.monday + datetime.timedelta(days=days)).replace(hour=hour, minute=minute)

    def agent(self, person=None):
        # whoever it is reads and writes in the stage's language here
        return self.stage.agent(self.desk) if person is None else Agent(self.stage.browser, self.desk, person).sign_in()

    @property
    def other(self):
        return FRIEDERIKE if self.language == "de" else AYSE

    def asks_with_values_as_text(self):
        customer, page = self.customer, self.customer.page
        customer.open("/")
        page.get_by_role("link", name=KIND[self.language]).click()
        page.locator("#f-domain").fill(DOMAIN)
        page.locator("#f-matter").select_option(label=MATTER[self.language])
        page.locator("#f-record").select_option("txt")
        page.locator("#f-expected").fill(EXPECTED)
        customer.fill_form(None, TEXT[self.language])
        customer.send_form()
        self.number = customer.number()
        customer.open(self.letters.receive().link)
        expect(page.locator("dl.given")).to_contain_text(EXPECTED)

    def is_handed_over_and_back(self):
        with self.agent() as agent:
            page = agent.page
            agent.open_ticket(self.number)
            # to be copied, not to be typed off a picture
            expect(page.locator("dl.given")).to_contain_text(EXPECTED)
            expect(page.locator("dl.given")).to_contain_text(DOMAIN)
            agent.hand_over(self.other, HANDED[self.language])
            expect(page.locator("ol.thread")).to_contain_text(HANDED[self.language])
        self.desk.pass_time(self.on(1, 9, 30))
        with self.agent(self.other) as technician:
            technician.open("/desk/mine")
            technician.page.locator("a.row-link").filter(has_text=DOMAIN).click()
            expect(technician.page.locator("ol.thread")).to_contain_text(HANDED[self.language])
            technician.hand_over(self.stage_agent, BACK[self.language])
        self.desk.pass_time(self.on(1, 10))
        with self.agent() as agent:
            agent.open_ticket(self.number)
            expect(agent.page.locator("ol.thread")).to_contain_text(BACK[self.language])
            agent.reply(ASK[self.language], "customer", asked_for=QUESTION[self.language], next_contact=self.on(3, 12))
        self.asked = self.letters.receive()
        while QUESTION[self.language] not in self.asked.text:
            self.asked = self.letters.receive()
        self.customer.page.reload()
        assert self.customer.heading() == self.customer.say("status.head.customer")

    @property
    def stage_agent(self):
        return AYSE if self.language == "de" else FRIEDERIKE

    def adds_the_record(self):
        self.desk.pass_time(self.on(2, 9, 15))
        deliver(self.desk, self.person.address, self.asked.reply_to, answer(self.person, self.asked, DONE[self.language]))
        with self.agent() as agent:
            agent.wait_for(DONE[self.language], "/desk/tickets/" + self.number.replace("-", ""))
        self.customer.page.reload()
        assert self.customer.heading() == self.customer.say("status.head.us")

    def closed_too_early_is_open_again(self):
        with self.agent() as agent:
            agent.open_ticket(self.number)
            agent.solve_without_reply(IMPATIENT[self.language])
            expect(agent.page.locator(".facts")).to_contain_text(agent.say("desk.status.solved"))
        self.customer.page.reload()
        # what we wrote as the cause is what he reads: nobody writes that twice
        expect(self.customer.page.locator("section.state")).to_contain_text(IMPATIENT[self.language])
        self.customer.press("notSolved")
        with self.agent() as agent:
            agent.open_ticket(self.number)
            expect(agent.page.locator("ol.thread")).to_contain_text(agent.say("event.reopened.customerSaysNotSolved"))
        self.desk.pass_time(self.on(4, 10))
        # the next contact came while nobody acted: he was told, and told until when
        self.customer.page.reload()
        shown = self.customer.page.locator("dl.answers time").last.get_attribute("datetime")
        assert datetime.datetime.fromisoformat(shown.replace("Z", "+00:00")) > self.desk.now, shown

    def ends_with_a_cause(self):
        with self.agent() as agent:
            agent.open_ticket(self.number)
            agent.note(CALLED[self.language])
            agent.reply(FIXED[self.language], "solved", cause=CAUSE[self.language])
        self.customer.page.reload()
        assert self.customer.heading() == self.customer.say("status.head.solved")
        expect(self.customer.page.locator("section.state")).to_contain_text(CAUSE[self.language])
        self.customer.press("thanks")
        assert CALLED[self.language] not in self.customer.page.content()
        letters = [letter.text for letter in self.letters.all]
        assert len(letters) == len(set(letters)), "the same letter came twice"
