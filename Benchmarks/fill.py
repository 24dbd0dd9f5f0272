"""Fills an instance with tickets, straight into its database, as whole as if they had come through the doors.

Each ticket has five messages between customer and agents, the letters that carried them, the mails they came in, a status link and its
journal, hash-chained as the program does it; the counters agree. `klartext check` finds nothing wrong with the result.

    klartext check                                 # once, so that the database and the key are there
    fill.py DATA_DIRECTORY TICKETS [DATABASE]      # SQLite, or the database postgresql://... of a superuser
    klartext reindex                               # what can be searched is made by the program's own rules
"""
import json
import random
import sys
import time
from collections import Counter

import texts
from marks import Seal, sha256, spoken, ticket_number
from tables import PostgreSQLTables, SQLiteTables

HOUR, DAY = 3_600_000, 86_400_000
ADDRESS, DOMAIN, COMPANY = "hilfe@nordlicht.example", "nordlicht.example", "Nordlicht Hosting"
AGENTS = [
    ("Ayşe Demir", "ayse", "de"), ("Jonas Weber", "jonas", "de"), ("Friederike Möller", "friederike", "en"), ("Sam Okafor", "sam", "en")]
#: Session secret of the first agent.
SESSION = "benchmark-session-of-the-first-agent"
#: The newest two in five are open, so that every list of the inbox is longer than a page at a thousand tickets.
OPEN_SHARE = 0.4
#: Whose turn it is on the open ones, with its weight.
TURNS = {"us": 55, "customer": 27, "thirdParty": 18}
UNASSIGNED_SHARE = 0.3
TICKETS_PER_CUSTOMER = 3
#: One ticket in so many holds a word that is in no other.
RARE_EVERY = 100
#: One in so many has a promise, where things are to fall due.
PROMISED_EVERY = 10
CHUNK = 2000


def compact(value):
    """JSON as JSONEncoder.journal writes it: sorted keys, nothing escaped that need not be."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


class Rows(dict):
    """Rows of several tables on their way into the database, one list for each."""

    def add(self, table, *values):
        self.setdefault(table, []).append(values)

    def flush(self, tables):
        for table, rows in self.items():
            tables.add(table, rows)
        self.clear()


class Ticket:
    """A ticket while its journal is written; what each event changes is what Ticket.applying does."""

    def __init__(self, filler, number, customer, at):
        self.filler, self.number, self.customer = filler, number, customer
        self.subject_name = f"ticket/{number}"
        self.status, self.turn, self.detail, self.next_contact = "open", "us", "", at + DAY
        self.assignee, self.dark_since, self.opened_at = None, at, at
        self.solved_at, self.solved_by, self.cause = None, None, ""
        self.last_message, self.confirmation, self.events = 0, None, 0
        self.thread = []

    def happen(self, actor, at, name, body):
        self.events += 1
        self.filler.journal(at, self.subject_name, actor, name, compact({name: body}))

    def pass_turn(self, actor, at, turn, detail, next_contact):
        if (turn, detail) != (self.turn, self.detail):
            self.turn, self.detail = turn, detail
            arguments = {"us": {}, "customer": {"askedFor": detail}, "thirdParty": {"name": detail}}[turn]
            self.happen(actor, at, "turnPassed", {"to": {turn: arguments}})
        if next_contact != self.next_contact:
            self.next_contact = next_contact
            self.happen(actor, at, "nextContactSet", {"_0": next_contact})

    def assign(self, actor, at, agent):
        self.assignee = agent
        self.happen(actor, at, "assigned", {} if agent is None else {"to": agent})

    def solve(self, actor, at, cause):
        self.status, self.solved_at, self.solved_by, self.cause = "solved", at, "agent", cause
        self.next_contact, self.turn, self.detail = None, "us", ""
        self.happen(actor, at, "solved", {"cause": cause})


class Filler:
    def __init__(self, tables, seal, base_url, due_at=None):
        """due_at: every ticket is open and its next contact due within the minute after this, and one in ten has a promise that is."""
        self.tables, self.seal, self.base_url, self.due_at = tables, seal, base_url, due_at
        self.random = random.Random(42)
        self.rows, self.counters = Rows(), Counter()
        self.ids = tables.numbers()
        #: The hash of the last line about each subject; all subjects are new.
        self.heads = {}
        self.agents = []

    def next(self, name):
        self.ids[name] += 1
        return self.ids[name]

    def journal(self, at, subject, actor, event, body):
        sequence, previous = self.next("journal"), self.heads.get(subject, "0" * 64)
        self.heads[subject] = sha256("\x1f".join((previous, str(sequence), str(at), subject, actor, event, body)))
        self.rows.add("journal", sequence, at, subject, actor, event, body, previous, self.heads[subject])

    def fill(self, count, now):
        """Adds `count` tickets, opened evenly over the year before `now` (milliseconds since 1970)."""
        self.add_agents(now)
        # who is told very much within an hour is told by a person: that is not what is measured where all is due at once
        share = TICKETS_PER_CUSTOMER if self.due_at is None else 1
        customers = [self.add_customer(now - 366 * DAY) for _ in range(max(1, count // share))]
        step = 365 * DAY // count
        for index in range(count):
            is_open = self.due_at is not None or index >= count * (1 - OPEN_SHARE)
            self.add_ticket(customers[index] if share == 1 else self.random.choice(customers), now - 366 * DAY + index * step, now, is_open)
            if index % CHUNK == CHUNK - 1:
                self.rows.flush(self.tables)
        self.rows.flush(self.tables)
        self.tables.finish(self.ids, self.counters)

    def add_agents(self, now):
        for name, local, language in AGENTS:
            agent = self.next("agent")
            address = f"{local}@{DOMAIN}"
            # nobody signs in with a password here
            self.rows.add("agent", agent, address, address, name, language, "none", now - 400 * DAY, None, "")
            self.journal(now - 400 * DAY, f"agent/{agent}", "system/shell", "added", compact({"added": {"address": address, "name": name}}))
            self.agents.append((agent, name, address))
        self.rows.add("session", sha256(SESSION), self.agents[0][0], now, now, now + DAY)

    def add_customer(self, at):
        customer = self.next("customer")
        name = f"{self.random.choice(texts.FIRST)} {self.random.choice(texts.LAST)}"
        address = f"kunde{customer}@firma{customer % 997}.example"
        language = "de" if self.random.random() < 0.6 else "en"
        self.rows.add("customer", customer, address, address, name, language, at)
        return customer, name, address, language

    def add_ticket(self, customer, opened, now, is_open):
        """Five messages: asked, answered, asked back, answered, asked back; then its end."""
        pick = self.random
        identifier, name, address, language = customer
        number = ticket_number(self.next("ticket"))
        ticket = Ticket(self, number, identifier, opened)
        _, subject, text = pick.choice([request for request in texts.REQUESTS if request[0] == language])
        subject, text = subject.format(n=number), text.format(n=number) + f"\n\n{name}"
        if number // 10 % RARE_EVERY == 0:
            text += f"\n\n{texts.RARE}"
        by_mail = pick.random() < 0.5
        channel = "mail" if by_mail else "web"
        actor, agent = f"customer/{identifier}", pick.choice(self.agents)
        desk = f"agent/{agent[0]}"

        ticket.happen(actor, opened, "opened", {"_0": {
            "channel": channel, "customer": identifier, "language": language, "nextContactAt": opened + DAY, "number": number,
            "subject": subject}})
        self.customer_writes(ticket, customer, subject, text, opened, channel, "newMail" if by_mail else "webForm")
        blocks = self.confirmation(ticket, language, subject, text)
        letter = self.post(ticket, customer, "confirmation", subject, blocks, opened, is_automatic=True)
        ticket.confirmation = letter
        ticket.happen(actor, opened, "confirmed", {"letter": letter})

        at, turn = opened, ("customer", texts.QUESTIONS[language])
        for round_, answer in enumerate(texts.ANSWERS[language]):
            at += pick.randrange(HOUR, 5 * HOUR)
            self.agent_replies(ticket, customer, agent, subject, answer.format(name=name), at, turn if round_ == 0 else ("us", ""))
            at += pick.randrange(HOUR, 5 * HOUR)
            more = pick.choice(texts.MORE[language])
            from_page = pick.random() < 0.4
            if not from_page:
                more += self.quoted(answer.format(name=name), language)
            self.customer_writes(
                ticket, customer, f"Re: {subject} [#{spoken(number)}]", more, at, "statusPage" if from_page else "mail",
                "statusPage" if from_page else "replyAddress")
            ticket.pass_turn(actor, at, "us", "", min(ticket.next_contact, at + DAY))
        self.end(ticket, customer, agent, desk, subject, at + HOUR, now, is_open)
        self.rows.add("participant", number, identifier)
        self.rows.add("status_link", sha256(self.seal.link_token(number)), number, 1, opened)
        self.rows.add(
            "ticket", number, subject, identifier, language, channel, ticket.status, ticket.turn, ticket.detail, ticket.next_contact,
            ticket.assignee, ticket.dark_since, opened, ticket.solved_at, ticket.solved_by, ticket.cause, None, 1, 0, ticket.last_message,
            ticket.confirmation, None, ticket.events, 0, 0)

    def end(self, ticket, customer, agent, desk, subject, at, now, is_open):
        language = customer[3]
        if self.random.random() < 0.2:
            note = self.next("message")
            self.rows.add("note", note, ticket.number, agent[0], texts.NOTES[language], at)
            ticket.happen(desk, at, "noted", {"note": note})
        if not is_open:
            ticket.solve(desk, at, texts.CAUSES[language])
            letter = self.post(ticket, customer, "solved", f"Re: {subject}", self.solution(ticket, language), at, is_automatic=True)
            ticket.dark_since = at
            ticket.happen(desk, at, "informed", {"letter": letter})
            return
        turn = self.random.choices(list(TURNS), list(TURNS.values()))[0]
        detail = {"us": "", "customer": texts.QUESTIONS[language], "thirdParty": "Paketdienst"}[turn]
        # nobody is to be told or reminded of anything while other things are measured
        due = now + self.random.randrange(2 * DAY, 5 * DAY) if self.due_at is None else self.due_at + self.random.randrange(60_000)
        ticket.pass_turn(desk, at, turn, detail, due)
        if self.due_at is not None and ticket.number // 10 % PROMISED_EVERY == 0:
            self.promise(ticket, agent, at)
        if self.random.random() < UNASSIGNED_SHARE:
            ticket.assign(desk, at, None)
        self.counters.update(["open", turn, "unassigned" if ticket.assignee is None else f"assigned/{ticket.assignee}", "queue/general"])

    def promise(self, ticket, agent, at):
        promise, due, text = self.next("promise"), self.due_at + self.random.randrange(60_000), "Wir rufen Sie an"
        self.rows.add(
            "promise", promise, ticket.subject_name, "call", text, None, agent[0], ticket.customer, due, due, at, "open", None, "", 0, 0, 1)
        self.journal(at, f"promise/{promise}", f"agent/{agent[0]}", "made", compact({"made": {"_0": {
            "about": ticket.subject_name, "addressee": ticket.customer, "channel": "call", "dueAt": due, "owner": agent[0], "text": text}}}))
        self.counters.update(["promises"])

    def customer_writes(self, ticket, customer, subject, text, at, channel, because):
        identifier, name, address, _ = customer
        message = self.next("message")
        inbox, email = None, None
        if channel == "mail":
            inbox, email = self.receive(ticket, name, address, subject, text, at, because)
        self.rows.add(
            "message", message, ticket.number, "customer", identifier, name, address, channel, text, 0, at, inbox, email, because, None)
        ticket.last_message = message
        ticket.happen(f"customer/{identifier}", at, "customerWrote", {"because": because, "message": message})

    def receive(self, ticket, name, address, subject, text, at, because):
        """The mail in the inbox's book, filed, with its raw bytes."""
        entry = self.next("inbox")
        email = f"{entry}.{ticket.number}@{address.partition('@')[2]}"
        recipient = ADDRESS if because == "newMail" else self.reply_address(ticket.number)
        date = time.strftime("%a, %d %b %Y %H:%M:%S +0000", time.gmtime(at / 1000))
        raw = (
            f"From: {name} <{address}>\r\nTo: {recipient}\r\nSubject: {subject}\r\nDate: {date}\r\nMessage-ID: <{email}>\r\n"
            "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
            + text.replace("\n", "\r\n") + "\r\n").encode()
        digest = sha256(raw.decode())
        self.rows.add("inbox_raw", digest, raw)
        self.rows.add(
            "inbox", entry, digest, len(raw), "lmtp", address, recipient, at, "filed", because,
            compact({"from": address, "subject": subject, "text": text[:300]}), ticket.number, at, "system/sorting")
        ticket.thread.append(email)
        return entry, email

    def agent_replies(self, ticket, customer, agent, subject, text, at, turn):
        actor = f"agent/{agent[0]}"
        message = self.next("message")
        blocks = self.reply(ticket, customer[3], text, agent[1])
        letter = self.post(ticket, customer, "reply", f"Re: {subject}", blocks, at, is_automatic=False)
        if ticket.assignee is None:
            ticket.assign(actor, at, agent[0])
        self.rows.add(
            "message", message, ticket.number, "agent", agent[0], agent[1], agent[2], "desk", text, 0, at, None, None, "agentWrote", letter)
        ticket.last_message, ticket.dark_since = message, at
        ticket.happen(actor, at, "replied", {"letter": letter, "message": message})
        ticket.pass_turn(actor, at, *turn, at + 2 * DAY)

    def reply_address(self, number):
        local, _, domain = ADDRESS.partition("@")
        return f"{local}+{number}.{self.seal.mark('reply', str(number), 80)}@{domain}"

    def post(self, ticket, customer, kind, subject, blocks, at, is_automatic):
        """A letter that the next mail server has taken."""
        letter = self.next("letter")
        email = f"l{letter}.{self.seal.mark('letter', str(letter), 80)}@{DOMAIN}"
        thread = ticket.thread[-20:]
        _, name, address, language = customer
        self.rows.add(
            "letter", letter, ticket.number, kind, language, address, name, address, f"{subject} [#{spoken(ticket.number)}]",
            compact({"blocks": blocks}), self.reply_address(ticket.number), email, thread[-1] if thread else None, " ".join(thread),
            int(is_automatic), at, "accepted", at + 900, f"mx.{address.partition('@')[2]}", 250, "Ok: queued", 1, None)
        self.rows.add("letter_attempt", letter, 1, at + 900, "accepted", 250, "Ok: queued")
        ticket.thread.append(email)
        return letter

    def confirmation(self, ticket, language, subject, text):
        words = texts.LETTER[language]
        return [
            {"heading": {"_0": words["received"]}}, {"number": {"label": words["number"], "number": spoken(ticket.number)}},
            self.facts(words, words["new"]), self.link(ticket, words), {"paragraph": {"_0": words["understood"]}},
            {"quoted": {"_0": f"{subject}\n\n{text}"}}, {"remark": {"_0": words["remark"]}}]

    def reply(self, ticket, language, text, agent):
        words = texts.LETTER[language]
        return [
            {"paragraph": {"_0": text}}, {"paragraph": {"_0": f"{agent}\n{COMPANY}"}}, self.facts(words, words["progress"]),
            self.link(ticket, words), {"remark": {"_0": words["remark"]}}]

    def solution(self, ticket, language):
        words = texts.LETTER[language]
        return [{"paragraph": {"_0": texts.CAUSES[language]}}, self.link(ticket, words), {"remark": {"_0": words["remark"]}}]

    def facts(self, words, state):
        values = [(words["state"], state), (words["turn"], words["us"]), (words["next"], words["read"]), (words["by"], words["time"])]
        return {"facts": {"_0": [{"label": label, "value": value} for label, value in values]}}

    def link(self, ticket, words):
        return {"link": {"label": words["link"], "url": f"{self.base_url}/t/{self.seal.link_token(ticket.number)}"}}

    def quoted(self, text, language):
        words = texts.LETTER[language]
        line = words["wrote"].format(time=words["time"], who=f"{COMPANY} <{ADDRESS}>")
        return f"\n\n{line}\n" + "\n".join(f"> {part}" for part in text.split("\n"))


def fill(data, count, base_url, database=None, due_at=None):
    """Fills the instance in a directory, or in a PostgreSQL database with the directory's key; its program must not run."""
    tables = PostgreSQLTables(database) if database else SQLiteTables(data)
    Filler(tables, Seal(data), base_url, due_at).fill(count, int(time.time() * 1000))


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    started = time.monotonic()
    fill(sys.argv[1], int(sys.argv[2]), "http://127.0.0.1:8080", *sys.argv[3:])
    print(f"{sys.argv[2]} tickets in {time.monotonic() - started:.0f} s")
