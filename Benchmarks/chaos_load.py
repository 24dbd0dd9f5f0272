"""Customers, mail servers and agents who go on whatever happens to the processes, and what they were told.

Who gets no answer sends the same again to another process: a person the same form with the same stamp, a mail server the same bytes.
"""
import hashlib
import http.client
import random
import re
import smtplib
import threading
import time
import urllib.parse

from cluster import ADDRESS
from marks import Seal
from requests_file import BOUNDARY

#: What was begun is tried for so long after the end; by then everything runs again.
MOST_SECONDS_AFTER = 90
ANSWER_SECONDS = 20
SAME_ORIGIN = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin", "Host": "localhost"}


class Ledger:
    """Who was told what; shared by all threads."""

    def __init__(self):
        self.lock = threading.Lock()
        #: word in the text: number of the ticket, digest of the file or None
        self.requests, self.replies, self.mails = {}, {}, set()
        self.attempted, self.surprises = set(), []
        self.unheard, self.longest_wait = 0, 0.0
        #: When somebody was answered, in order.
        self.answers = []

    def answered(self, began):
        """Notes an answer to what was first sent at `began`; called with the lock held."""
        now = time.monotonic()
        self.longest_wait = max(self.longest_wait, now - began)
        self.answers.append(now)

    @property
    def longest_silence(self):
        return max((later - earlier for earlier, later in zip(self.answers, self.answers[1:])), default=0.0)

    def surprise(self, text):
        with self.lock:
            self.surprises.append(text)


class Load:
    """The people; `doors` are pairs of HTTP and LMTP port."""

    def __init__(self, doors, data, cookie, seed):
        self.doors, self.cookie, self.seed = doors, cookie, seed
        self.seal, self.ledger = Seal(data), Ledger()
        self.over_at, self.threads = None, []

    def begin(self, askers=4, postmen=3, agents=2):
        kinds = [(self.ask, "form", askers), (self.post, "mail", postmen), (self.answer, "reply", agents)]
        for act, kind, count in kinds:
            for index in range(count):
                thread = threading.Thread(target=self._work, args=(act, f"{kind}-{index}"), daemon=True)
                self.threads.append(thread)
                thread.start()

    def end(self):
        """From now on nobody begins anything new; returns when all that was begun is answered."""
        self.over_at = time.monotonic()
        for thread in self.threads:
            thread.join(max(1, self.over_at + MOST_SECONDS_AFTER + ANSWER_SECONDS - time.monotonic()))

    def _work(self, act, name):
        pick, count = random.Random(f"{self.seed}/{name}"), 0
        while self.over_at is None:
            word, count = f"{name}-{count}-ende", count + 1
            try:
                act(word, pick)
            except Exception as error:  # a thread that ends unnoticed would be a test that cannot fail
                self.ledger.surprise(f"{word}: {error!r}")
            time.sleep(pick.uniform(0.05, 0.25))

    def persist(self, word, pick, attempt):
        """Tries until it is answered; `attempt` returns None where the answer was "not now"."""
        began = time.monotonic()
        with self.ledger.lock:
            self.ledger.attempted.add(word)
        while self.over_at is None or time.monotonic() - self.over_at < MOST_SECONDS_AFTER:
            try:
                answer = attempt(pick.choice(self.doors))
            except (OSError, http.client.HTTPException, smtplib.SMTPException) as error:
                if isinstance(error, smtplib.SMTPResponseException) and error.smtp_code >= 500:
                    return self.ledger.surprise(f"{word}: {error}")
                answer = None
            with self.ledger.lock:
                if answer is not None:
                    self.ledger.answered(began)
                    return answer
                self.ledger.unheard += 1
            time.sleep(0.1)
        return self.ledger.surprise(f"{word}: never answered")

    def ask(self, word, pick):
        """A request by the form, every third with a file."""
        file = f"Beleg zu {word}. ".encode() * 4_000 if pick.random() < 0.33 else None
        started = self.seal.form_stamp(int(time.time() * 1000) - 60_000, hashlib.sha256(f"{self.seed}{word}".encode()).hexdigest()[:26])
        fields = {
            "started": started, "subject": f"Anfrage {word}", "text": f"Bitte um Hilfe: {word}.", "name": "Kim Chaos",
            "email": f"{word}@kunde.example", "language": "de", "website": ""}
        body = multipart(fields, file)
        # each from an address of its own, so that the limits of the form are never reached
        source = f"127.{pick.randrange(1, 255)}.{pick.randrange(256)}.{pick.randrange(1, 255)}"

        def attempt(door):
            headers = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
            status, _, page = request(door[0], "POST", "/request", body, headers, source)
            found = re.search(r'id="number">#([\d-]+)<', page)
            if status == 200 and found:
                return int(found.group(1).replace("-", ""))
            if status < 500:
                self.ledger.surprise(f"{word}: {status} {page[:500]}")
            return None

        number = self.persist(word, pick, attempt)
        if number is not None:
            with self.ledger.lock:
                self.ledger.requests[word] = (number, file and hashlib.sha256(file).hexdigest())

    def post(self, word, pick):
        """A mail from a mail server."""
        sender = f"{word}@kunde.example"
        raw = (
            f"From: Kim Chaos <{sender}>\r\nTo: {ADDRESS}\r\nSubject: Frage\r\nMessage-ID: <{word}.{self.seed}@kunde.example>\r\n"
            f"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nBitte um Hilfe: {word}.\r\n").encode()

        def attempt(door):
            with smtplib.LMTP("127.0.0.1", door[1], timeout=ANSWER_SECONDS) as connection:
                connection.sendmail(sender, [ADDRESS], raw)
                return True

        if self.persist(word, pick, attempt):
            with self.ledger.lock:
                self.ledger.mails.add(word)

    def answer(self, word, pick):
        """An agent's reply to one of the newest requests."""
        with self.ledger.lock:
            numbers = [number for number, _ in list(self.ledger.requests.values())[-20:]]
        if not numbers:
            return
        path, draft = f"/desk/tickets/{pick.choice(numbers)}", {}

        def attempt(door):
            if not draft:
                status, _, page = request(door[0], "GET", path, headers={"Cookie": self.cookie})
                if f"{word}." in page:
                    return True
                seen, contact = (re.search(rf'name="{name}" value="([^"]*)"', page) for name in ("seen", "nextContactAt"))
                if status != 200 or not seen or not contact:
                    return self.not_now(word, status, page)
                draft.update(text=f"Unsere Antwort: {word}.", turn="us", seen=seen.group(1), nextContactAt=contact.group(1))
            form = urllib.parse.urlencode(draft).encode()
            headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
            status, location, page = request(door[0], "POST", f"{path}/reply", form, headers)
            if status == 303 and "done=reply" in location:
                return True
            if status == 409:
                # overtaken: by another agent, or by ourselves when we were not told; the page says which
                draft.clear()
                return None
            return self.not_now(word, status, page)

        if self.persist(word, pick, attempt):
            with self.ledger.lock:
                self.ledger.replies[word] = int(path.rpartition("/")[2])

    def not_now(self, word, status, page):
        if status < 500:
            self.ledger.surprise(f"{word}: {status} {page[:500]}")


def request(port, method, path, body=None, headers=None, source="127.0.0.1"):
    """Status, Location and text of one answer; `source` is the visitor's address, any of the loopback network."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=ANSWER_SECONDS, source_address=(source, 0))
    try:
        connection.request(method, path, body, SAME_ORIGIN | (headers or {}))
        response = connection.getresponse()
        return response.status, response.headers.get("Location", ""), response.read().decode()
    finally:
        connection.close()


def multipart(fields, file):
    """A form's body as a browser sends it."""
    parts = [f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode() for name, value in fields.items()]
    if file is not None:
        parts.append(
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="beleg.txt"\r\n'
            "Content-Type: text/plain\r\n\r\n".encode() + file + b"\r\n")
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


def sign_in(port, address, password):
    """An agent's cookie."""
    form = urllib.parse.urlencode({"email": address, "password": password, "next": "/desk"}).encode()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=ANSWER_SECONDS)
    connection.request("POST", "/desk/sign-in", form, SAME_ORIGIN | {"Content-Type": "application/x-www-form-urlencoded"})
    cookie = connection.getresponse().headers.get("Set-Cookie")
    connection.close()
    if not cookie:
        raise RuntimeError("nobody could sign in")
    return cookie.split(";")[0]
