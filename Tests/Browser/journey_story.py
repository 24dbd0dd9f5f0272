"""The whole story: a request gets a number, a confirmation, a page and an answer; it is solved, not solved, and solved."""

import datetime
import urllib.request

from playwright.sync_api import expect

from journeys import journey
from people import customer_of, file, noon_in
from post import answer, deliver

SUBJECT = {"de": "Paket 00340434161094042557 seit 12. November verschwunden", "en": "Parcel 00340434161094042557 vanished on 12 November"}
TEXT = {
    "de": "Guten Tag,\n\nseit dem 12. zeigt die Sendungsverfolgung nichts mehr.\nIst das Paket bei Ihnen?",
    "en": "Hello,\n\nsince the 12th the tracking has shown nothing.\nHas the parcel reached you?",
}
FILES = {"de": ("Einlieferungsbeleg.txt", "Größe & Gewicht.txt"), "en": ("posting-receipt.txt", "size & weight.txt")}
NOTE = {"de": "Lager gefragt: nicht angekommen. NF-88213.", "en": "Asked the depot: not arrived. NF-88213."}
ASK = {"de": "Wir suchen danach. Wie sah der Karton aus?", "en": "We are searching for it. What did the box look like?"}
QUESTION = {"de": "ein Foto des Kartons", "en": "a photo of the box"}
MORE = {"de": "Braun, mit blauem Klebeband.", "en": "Brown, with blue tape."}
FOUND = {"de": "Es ist gefunden und morgen bei Ihnen.", "en": "It has been found and will be with you tomorrow."}
CAUSE = {"de": "Der Aufkleber hatte sich vom Karton gelöst.", "en": "The label had come off the box."}
AGAIN = {"de": "Der Fahrer fand das Haus nicht; jetzt liegt es bei Ihnen.", "en": "The driver did not find the house; it is with you now."}


@journey("a request gets a number, a page and an answer, and ends with a cause that the customer reads")
def the_whole_story(stage):
    Story(stage).tell()


class Story:
    def __init__(self, stage):
        self.stage, self.language = stage, stage.language
        self.person = customer_of(self.language, "parcel")
        self.letters = stage.mailbox(self.person)

    def tell(self):
        with self.stage.customer(self.person) as self.customer, self.stage.agent() as self.agent:
            self.asks()
            self.gets_a_confirmation()
            self.agent_answers()
            self.answers_by_mail()
            self.agent_solves()
            self.says_not_solved()
            self.says_thanks()
            self.note_stayed_inside()
            self.scanned_links_change_nothing()

    def asks(self):
        customer, say, page = self.customer, self.customer.say, self.customer.page
        customer.open("/")
        page.get_by_role("link", name=say("site.ask")).first.click()
        assert page.url.endswith("/request"), page.url
        customer.fill_form(SUBJECT[self.language], TEXT[self.language], [file(name, name * 20) for name in FILES[self.language]])
        customer.send_form()
        self.number = customer.number()
        assert page.locator("h1").inner_text() == say("received.heading")
        self.expect_four_answers("received")
        for name in FILES[self.language]:
            expect(page.locator("[aria-labelledby=files]")).to_contain_text(name)
        assert "SHA-256" in page.locator("[aria-labelledby=files]").inner_text()

    def expect_four_answers(self, state):
        answers = self.customer.four_answers()
        questions = [self.customer.say(f"answers.{name}") for name in ("state", "turn", "next", "byWhen")]
        assert list(answers) == questions and all(answers.values()), answers
        assert answers[questions[0]] == self.customer.say(f"state.{state}"), answers

    def gets_a_confirmation(self):
        customer, say = self.customer, self.customer.say
        letter = self.confirmation = self.letters.receive()
        assert letter.number == self.number, (letter.number, self.number)
        assert letter["Auto-Submitted"] == "auto-replied", letter["Auto-Submitted"]
        assert letter.reply_to.startswith("hilfe+") and letter.reply_to.endswith("@nordlicht.example"), letter.reply_to
        for part in (letter.text, letter.html):
            for expected in (self.number, say("answers.turn"), say("turn.us"), say("answers.byWhen"), FILES[self.language][0]):
                assert expected in part, f"{expected!r} is missing in:\n{part}"
        customer.open(letter.link)
        assert customer.heading() == say("status.head.us")
        self.expect_four_answers("received")

    def agent_answers(self):
        agent, page = self.agent, self.agent.page
        agent.open("/desk")
        page.get_by_role("link", name=SUBJECT[self.language]).click()
        assert page.locator("h1").inner_text() == SUBJECT[self.language]
        expect(page.locator("article.from-customer .prose").first).to_contain_text(TEXT[self.language].splitlines()[-1])
        agent.note(NOTE[self.language])
        by = noon_in(days=2)
        agent.reply(ASK[self.language], "customer", asked_for=QUESTION[self.language], next_contact=by)
        letter = self.letters.receive()
        assert ASK[self.language] in letter.text and QUESTION[self.language] in letter.text, letter.text
        assert self.confirmation["Message-ID"] in letter["References"], letter["References"]
        self.customer.page.reload()
        say = self.customer.say
        assert self.customer.heading() == say("status.head.customer")
        self.expect_four_answers("waitingForYou")
        assert QUESTION[self.language] in self.customer.four_answers()[say("answers.next")]
        shown = self.customer.page.locator("dl.answers time").get_attribute("datetime")
        assert datetime.datetime.fromisoformat(shown.replace("Z", "+00:00")) == by, (shown, by)
        self.answered = letter

    def answers_by_mail(self):
        deliver(self.stage.desk, self.person.address, self.answered.reply_to, answer(self.person, self.answered, MORE[self.language]))
        agent, say = self.agent, self.agent.say
        agent.wait_for(MORE[self.language])
        assert agent.page.url.split("?")[0].endswith("/desk/tickets/" + self.number.replace("-", "")), agent.page.url
        message = agent.page.locator("article.from-customer").last
        expect(message.locator(".filed")).to_contain_text(say("filed.replyAddress"))
        fold = message.locator("details.fold")
        expect(fold.locator("summary")).to_have_text(say("desk.ticket.quoted"))
        quote = fold.get_by_text(ASK[self.language])
        expect(quote).not_to_be_visible()
        fold.locator("summary").click()
        expect(quote).to_be_visible()
        self.customer.page.reload()
        assert self.customer.heading() == self.customer.say("status.head.us")
        expect(self.customer.page.locator("ol.thread")).to_contain_text(MORE[self.language])

    def agent_solves(self):
        self.agent.reply(FOUND[self.language], "solved", cause=CAUSE[self.language])
        letter = self.letters.receive()
        assert FOUND[self.language] in letter.text and CAUSE[self.language] in letter.text, letter.text
        self.expect_solved(CAUSE[self.language])

    def expect_solved(self, cause):
        self.customer.page.reload()
        assert self.customer.heading() == self.customer.say("status.head.solved")
        expect(self.customer.page.locator("section.state")).to_contain_text(cause)

    def says_not_solved(self):
        self.customer.press("notSolved")
        assert self.customer.heading() == self.customer.say("status.head.us")
        agent = self.agent
        agent.page.reload()
        expect(agent.page.locator(".facts")).to_contain_text(agent.say("desk.status.open"))
        expect(agent.page.locator("ol.thread")).to_contain_text(agent.say("event.reopened.customerSaysNotSolved"))

    def says_thanks(self):
        self.agent.solve_without_reply(AGAIN[self.language])
        letter = self.letters.receive()
        # that it was reopened may have been said by a letter of its own
        while AGAIN[self.language] not in letter.text:
            letter = self.letters.receive()
        self.expect_solved(AGAIN[self.language])
        self.customer.press("thanks")
        self.expect_solved(AGAIN[self.language])
        agent = self.agent
        agent.page.reload()
        expect(agent.page.locator(".facts")).to_contain_text(agent.say("desk.status.solved"))
        expect(agent.page.locator("ol.thread")).to_contain_text(agent.say("event.thanked", name=self.person.name))
        agent.open("/desk/solved")
        expect(agent.page.locator(".queue")).to_contain_text(SUBJECT[self.language])

    def note_stayed_inside(self):
        """The agent sees the note; no letter and no page of the customer has a word of it."""
        self.agent.open_ticket(self.number)
        expect(self.agent.page.locator("article.note")).to_contain_text(NOTE[self.language])
        assert self.letters.all
        for letter in self.letters.all:
            for part in (letter.text, letter.html, letter.raw.decode(errors="replace")):
                assert "NF-88213" not in part, part
        self.customer.page.reload()
        assert "NF-88213" not in self.customer.page.content()

    def scanned_links_change_nothing(self):
        """Mail servers follow every link to look for harm: nothing may come of it."""
        before, timeline = self.customer.words(), self.agent.words()
        for link in {link for letter in self.letters.all for link in letter.links}:
            for method in ("HEAD", "GET"):
                with urllib.request.urlopen(urllib.request.Request(link, method=method), timeout=20) as response:
                    assert response.status == 200, (method, link, response.status)
        self.customer.page.reload()
        self.agent.page.reload()
        assert self.customer.words() == before
        assert self.agent.words() == timeline
