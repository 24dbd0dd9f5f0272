"""The list of all journeys, and the stage that they share."""

import functools

from browser import chromium
from desk import Desk
from post import PostOffice, deliver, new_mail
from people import AGENTS, Agent, Customer, customer_of

ALL = []


def journey(sentence):
    """Registers a journey under the sentence that it proves. It is called with a Stage, once in each language."""
    def register(function):
        ALL.append((sentence, function))
        return function
    return register


class Stage:
    """One language's browser, post office and Klartext, each started when it is first needed."""

    def __init__(self, language, exits):
        """exits: an ExitStack that ends in its time what was started here."""
        self.language, self._exits = language, exits

    @functools.cached_property
    def browser(self):
        return self._exits.enter_context(chromium())

    @functools.cached_property
    def office(self):
        return self._exits.enter_context(PostOffice())

    @functools.cached_property
    def desk(self):
        """An empty Klartext with two agents, whose letters go to the post office."""
        desk = Desk(smtp=self.office.url)
        for person in AGENTS.values():
            desk.add_agent(person)
        return self._exits.enter_context(desk)

    @functools.cached_property
    def demo(self):
        """A Klartext with the demonstration's story, whose letters stay where the mail catcher shows them.

        It promises an answer within an hour, so that the story has promises that were not kept.
        """
        desk = Desk(demo=True)
        desk.environment["KLARTEXT_FIRST_CONTACT_HOURS"] = "1"
        return self._exits.enter_context(desk)

    @functools.cached_property
    def week(self):
        """An empty Klartext as `desk`, with office hours and a clock that can be put forward."""
        desk = Desk(smtp=self.office.url, office_hours=True)
        for person in AGENTS.values():
            desk.add_agent(person)
        return self._exits.enter_context(desk)

    def customer(self, person, desk=None, **settings):
        return Customer(self.browser, desk or self.desk, person, **settings)

    def agent(self, desk=None, **settings):
        """The agent who speaks the stage's language, signed in."""
        return Agent(self.browser, desk or self.desk, AGENTS[self.language], **settings).sign_in()

    def mailbox(self, person):
        return self.office.mailbox(person.address)

    def write(self, person, subject, text=""):
        """Somebody writes a mail of their own accord. The text says in which language."""
        greeting = {"de": "Guten Tag,", "en": "Hello,"}[person.language]
        deliver(self.desk, person.address, self.desk.address, new_mail(person, self.desk.address, subject, f"{greeting}\n\n{text}"))

    def open_by_mail(self, mailbox, subject, text=""):
        """A new ticket: who wrote it, their mailbox, and the confirmation that came."""
        person = customer_of(self.language, mailbox)
        letters = self.mailbox(person)
        self.write(person, subject, text)
        return person, letters, letters.receive()

    def started(self):
        """Every Klartext that runs, for what it can say about a failure."""
        return [self.__dict__[name] for name in ("desk", "demo", "week") if name in self.__dict__]
