"""What must hold when all is over: everything acknowledged is there exactly once, and every letter left."""
import re
from collections import Counter

WORD = re.compile(r"\b(?:form|mail|reply)-\d+-\d+-ende\b")
#: A letter can be in flight this long before a kill: handed over, its state not recorded yet.
FLIGHT_SECONDS = 5
#: Letters that one process sends at once.
LETTERS_AT_ONCE = 4


def quiet(database):
    """What is still to be done: empty when nothing is."""
    left = database.rows(
        "SELECT 'mail' AS what, count(*) AS left FROM inbox WHERE state = 'received' "
        "UNION ALL SELECT 'letter', count(*) FROM letter WHERE state IN ('queued', 'delayed') "
        "UNION ALL SELECT kind, count(*) FROM job WHERE kind IN (SELECT kind FROM job WHERE run_at <= extract(epoch FROM now()) * 1000) "
        "AND run_at <= extract(epoch FROM now()) * 1000 GROUP BY kind")
    return {row["what"]: row["left"] for row in left if row["left"]}


class Proof:
    """Collects what does not hold in `wrong`."""

    def __init__(self, database, ledger, sink, kills, processes):
        self.database, self.ledger, self.sink, self.kills, self.processes = database, ledger, sink, kills, processes
        self.wrong = list(ledger.surprises[:10])
        self.doubles = 0

    def expect(self, holds, what):
        if not holds:
            self.wrong.append(what)

    def run(self):
        self.messages()
        self.files()
        self.tickets()
        self.letters()
        return self.wrong

    def messages(self):
        rows = self.database.rows("SELECT m.body, m.ticket, i.state FROM message m LEFT JOIN inbox i ON i.id = m.inbox ORDER BY m.id")
        there, count, ledger = {}, Counter(), self.ledger
        for row in rows:
            for word in set(WORD.findall(row["body"])):
                there[word] = row
                count[word] += 1
        for word, (number, _) in ledger.requests.items():
            self.expect(count[word] == 1 and there[word]["ticket"] == number, f"{word}: there {count[word]} times, not once on {number}")
        for word, number in ledger.replies.items():
            self.expect(count[word] == 1 and there[word]["ticket"] == number, f"{word}: there {count[word]} times, not once on {number}")
        for word in ledger.mails:
            self.expect(count[word] == 1 and there[word]["state"] == "filed", f"{word}: filed {count[word]} times, not once")
        self.expect(all(times == 1 for times in count.values()), f"more than once: {[w for w in count if count[w] > 1][:5]}")
        self.expect(not count.keys() - ledger.attempted, f"nobody wrote {sorted(count.keys() - ledger.attempted)[:5]}")
        self.expect(ledger.requests and ledger.replies and ledger.mails, "there was no load")
        kept = self.database.rows("SELECT count(*) AS n FROM inbox")[0]["n"]
        self.expect(kept == sum(word.startswith("mail") for word in count), f"{kept} mails kept, but not as many messages")

    def files(self):
        rows = self.database.rows("SELECT ticket, digest FROM attachment")
        there = {}
        for row in rows:
            there.setdefault(row["ticket"], []).append(row["digest"])
        for word, (number, digest) in self.ledger.requests.items():
            self.expect(there.get(number, []) == ([digest] if digest else []), f"{word}: the files on {number} are {there.get(number)}")

    def tickets(self):
        """One ticket for each request and mail, one confirmation for each ticket."""
        tickets = [row["number"] for row in self.database.rows("SELECT number FROM ticket")]
        confirmed = [row["t"] for row in self.database.rows("SELECT conversation AS t FROM letter WHERE kind = 'confirmation'")]
        said = f"{len(tickets)} tickets, {len(confirmed)} confirmations on {len(set(confirmed))}"
        self.expect(sorted(tickets) == sorted(confirmed), said)
        begun = {word for word in self.ledger.attempted if not word.startswith("reply")}
        self.expect(len(tickets) <= len(begun), f"{len(tickets)} tickets of {len(begun)} requests and mails")
        self.expect(len(tickets) >= len(self.ledger.requests) + len(self.ledger.mails), "fewer tickets than were acknowledged")

    def letters(self):
        letters = {row["email_id"].strip("<>") for row in self.database.rows("SELECT email_id FROM letter")}
        times = self.sink.times
        self.expect(not letters - times.keys(), f"{len(letters - times.keys())} letters never arrived")
        self.expect(not times.keys() - letters, f"{len(times.keys() - letters)} letters arrived of which nobody knows")
        replies = self.database.rows("SELECT count(*) AS n FROM message WHERE author = 'agent' AND letter IS NULL")[0]["n"]
        self.expect(replies == 0, f"{replies} replies have no letter")
        self.doubles_explained({name: seen for name, seen in times.items() if len(seen) > 1})

    def doubles_explained(self, doubled):
        """Each double was on its way when something was killed, and no more of them than can have been."""
        self.doubles = sum(len(seen) - 1 for seen in doubled.values())
        for name, seen in doubled.items():
            near = [kill for kill in self.kills if kill.began - FLIGHT_SECONDS <= seen[0] <= kill.ended + 1]
            self.expect(len(seen) - 1 <= len(near), f"<{name}> arrived {len(seen)} times, with {len(near)} kills about it")
        most = sum(LETTERS_AT_ONCE * (self.processes if kill.target == "postgresql" else 1) for kill in self.kills)
        self.expect(self.doubles <= most, f"{self.doubles} doubles, but only {most} can have been in flight")
