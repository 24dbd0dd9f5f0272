"""The silent parcel carrier, who is silent no more: a week passes, and the customer hears the truth each time it was promised."""

import datetime

from playwright.sync_api import expect

from journeys import journey
from people import AGENTS, customer_of, file

KIND = {"de": "Paket verschwunden", "en": "Lost parcel"}
SENT = {"de": "Ich habe es verschickt", "en": "I sent it"}
TRACKING, MISTYPED = "1Z999AA10123456784", "1Z999AA10123456785"
MISSING = {
    "de": "Ein Notebook im braunen Karton. Seit Tagen zeigt die Sendungsverfolgung nichts mehr.",
    "en": "A laptop in a brown box. For days the tracking has shown nothing.",
}
PROOF = {"de": "Einlieferungsbeleg.txt", "en": "posting-receipt.txt"}
SEARCH = {
    "de": "Guten Tag,\n\ndie Suche ist beauftragt. UPS stellt bis Mittwoch zu.\n\nWir rufen Sie am Donnerstag um 12 Uhr an.",
    "en": "Hello,\n\nthe search is ordered. UPS will deliver it by Wednesday.\n\nWe will call you on Thursday at noon.",
}
FOUND = {
    "de": "Das Notebook ist gefunden und unterwegs zu Ihnen. Es tut uns leid, dass Sie darauf warten mussten.",
    "en": "The laptop has been found and is on its way to you. We are sorry that you had to wait for it.",
}
CAUSE = {"de": "Der Aufkleber hatte sich vom Karton gelöst.", "en": "The label had come off the box."}


def next_monday(desk):
    """Ten o'clock on the Monday to come."""
    day = desk.now + datetime.timedelta(days=1)
    return (day + datetime.timedelta(days=-day.weekday() % 7)).replace(hour=10, minute=0)


@journey("a parcel is lost for a week: each promise is kept or its breaking told at once, and the customer never waits without a date")
def silent_carrier(stage):
    Week(stage).tell()


class Week:
    def __init__(self, stage):
        self.stage, self.language, self.desk = stage, stage.language, stage.week
        self.person = customer_of(stage.language, "week")
        self.letters, self.owner = stage.mailbox(self.person), stage.mailbox(AGENTS[stage.language])

    def tell(self):
        self.monday = next_monday(self.desk)
        self.desk.pass_time(self.monday)
        with self.stage.customer(self.person, self.desk) as self.customer:
            self.asks_for_a_search()
            self.agent_promises()
            self.carrier_breaks_its_word()
            self.we_break_ours()
            self.agent_owns_up_and_solves()

    def on(self, days, hour, minute=0):
        """So many days after that Monday."""
        return (self.monday + datetime.timedelta(days=days)).replace(hour=hour, minute=minute)

    def agent(self):
        # a new one each time: nobody stays signed in for a week
        return self.stage.agent(self.desk)

    def asks_for_a_search(self):
        customer, page = self.customer, self.customer.page
        customer.open("/")
        page.get_by_role("link", name=KIND[self.language]).click()
        page.locator("#f-tracking").fill(MISTYPED)
        expect(page.locator("#f-tracking")).to_have_attribute("aria-invalid", "true")
        page.locator("#f-tracking").fill(TRACKING)
        expect(page.locator("#f-tracking-read")).to_have_text(customer.say("field.read.verified", carrier="UPS"))
        page.locator("#f-direction").select_option("from-customer")
        page.locator("#f-posted").fill((self.monday - datetime.timedelta(days=10)).strftime("%Y-%m-%d"))
        customer.fill_form(None, MISSING[self.language], [file(PROOF[self.language], "12345")])
        customer.send_form()
        self.number = customer.number()
        expect(page.locator("[aria-labelledby=files]")).to_contain_text("SHA-256")
        self.confirmation = self.letters.receive()
        assert self.confirmation.number == self.number
        assert [part.get_filename() for part in self.confirmation.message.iter_attachments()], "no receipt came by mail"
        assert self.confirmation.reply_to.startswith("hilfe+"), self.confirmation.reply_to
        customer.open(self.confirmation.link)
        self.expect_date_ahead()

    def expect_date_ahead(self):
        """Whatever has happened, the page names a time that is still to come."""
        self.customer.page.reload()
        shown = self.customer.page.locator("dl.answers time").last.get_attribute("datetime")
        assert datetime.datetime.fromisoformat(shown.replace("Z", "+00:00")) > self.desk.now, (shown, self.desk.now)
        assert all(self.customer.four_answers().values()), self.customer.four_answers()

    def agent_promises(self):
        self.desk.pass_time(self.on(0, 11))
        with self.agent() as agent:
            page = agent.page
            agent.open(f"/desk/search?q={TRACKING}")
            page.locator("a.row-link").first.click()
            agent.take_over()
            agent.write_reply(SEARCH[self.language], "thirdParty", third_party="UPS", next_contact=self.on(3, 12))
            expect(page.locator(".promise-row").filter(has=page.locator("q"))).to_have_count(2)
            agent.decide_promises("record")
            agent.send_reply()
            expect(page.locator(".notice.is-ok")).to_contain_text(agent.say("desk.ticket.sent.reply"))
            expect(page.locator(".promise strong")).to_have_count(2)
        letter = self.letters.receive()
        assert self.customer.say("promise.promised") in letter.text, letter.text
        self.expect_date_ahead()
        expect(self.customer.page.locator(".promised li")).to_have_count(2)

    def carrier_breaks_its_word(self):
        """Nobody says a word until Wednesday evening: then the customer is told that the carrier has not kept its word."""
        self.desk.pass_time(self.on(2, 16, 55))
        reminded = self.owner.receive()
        assert f"#{self.number}" in reminded.text, reminded.text
        assert not self.letters.unread, [letter.text for letter in self.letters.unread]
        self.desk.pass_time(self.on(2, 18))
        self.told_of_a_break = self.letters.receive()
        self.expect_date_ahead()
        expect(self.customer.page.locator(".promised")).to_contain_text("UPS")

    def we_break_ours(self):
        self.desk.pass_time(self.on(3, 11, 45))
        before = len(self.letters.all)
        self.desk.pass_time(self.on(3, 12, 15))
        letter = self.letters.receive()
        assert len(self.letters.all) == before + 1
        assert letter.text != self.told_of_a_break.text, "the same was said twice"
        self.expect_date_ahead()
        with self.agent() as agent:
            top = agent.page.locator("a.row-link").first
            assert self.number.replace("-", "") in top.get_attribute("href"), "a broken promise is not on top"
            agent.open("/desk/promises")
            expect(agent.page.locator("main")).to_contain_text(agent.say("promise.missedChip"))
        # and over the weekend nobody acts
        said = {letter.text}
        for days in range(4, 8):
            self.desk.pass_time(self.on(days, 10))
            for more in self.letters.unread:
                assert self.letters.receive() is more and more.text not in said, more.text
                said.add(more.text)
            self.expect_date_ahead()
        assert len(said) > 1, "nobody acted for days, and the customer heard nothing"

    def agent_owns_up_and_solves(self):
        with self.agent() as agent:
            agent.open_ticket(self.number)
            keep = agent.page.locator(".promise form[action$='/keep'] button")
            for left in (1, 0):
                keep.first.click()
                expect(keep).to_have_count(left)
            agent.reply(FOUND[self.language], "solved", cause=CAUSE[self.language])
            agent.open("/desk/promises")
            # two of ours were due, of which none was kept by the time that was said first
            expect(agent.page.locator("main")).to_contain_text(agent.say("promise.rate.of", percent=0, kept=0, due=1))
        self.customer.page.reload()
        assert self.customer.heading() == self.customer.say("status.head.solved")
        expect(self.customer.page.locator("section.state")).to_contain_text(CAUSE[self.language])
        expect(self.customer.page.locator(".promised")).to_contain_text(self.customer.say("status.promise.keptLate"))
        letters = [letter.text for letter in self.letters.all]
        assert len(letters) == len(set(letters)), "the same letter came twice"
