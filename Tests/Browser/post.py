"""Both ends of the mail: a real SMTP server that takes what Klartext sends, and LMTP for what customers answer."""

import email
import email.message
import email.policy
import email.utils
import html
import re
import smtplib
import threading

from aiosmtpd.controller import Controller

from desk import free_port

WAIT_SECONDS = 20


class Letter:
    """A mail that arrived, read as any mail program would read it."""

    def __init__(self, sender, recipient, raw):
        self.sender, self.recipient, self.raw = sender, recipient, raw
        self.message = email.message_from_bytes(raw, policy=email.policy.default)

    def __getitem__(self, header):
        return str(self.message[header] or "")

    @property
    def text(self):
        return self.message.get_body(("plain",)).get_content()

    @property
    def html(self):
        return self.message.get_body(("html",)).get_content()

    @property
    def number(self):
        """The ticket's number as the subject has it, `100-014`."""
        found = re.search(r"\[#(\d+-\d+)\]", self["Subject"])
        assert found, f"no number in the subject {self['Subject']!r}"
        return found.group(1)

    @property
    def links(self):
        """Every link of both parts, in order and once."""
        plain = re.findall(r"https?://[^\s>\"]+", self.text)
        marked = [html.unescape(link) for link in re.findall(r'href="(http[^"]+)"', self.html)]
        return list(dict.fromkeys(plain + marked))

    @property
    def link(self):
        """The private link."""
        found = [link for link in self.links if "/t/" in link]
        assert found, f"no private link in:\n{self.text}"
        return found[0]

    @property
    def reply_to(self):
        return email.utils.parseaddr(self["Reply-To"])[1]


class PostOffice:
    """Takes every letter on a port of its own, but for addresses that it was told to refuse."""

    def __init__(self):
        self.letters = []
        self.refused = set()
        self._arrived = threading.Condition()
        self._controller = Controller(self, hostname="127.0.0.1", port=free_port(), ready_timeout=WAIT_SECONDS, enable_SMTPUTF8=True)

    @property
    def url(self):
        return f"smtp://127.0.0.1:{self._controller.port}"

    def __enter__(self):
        self._controller.start()
        return self

    def __exit__(self, *_):
        self._controller.stop()

    async def handle_RCPT(self, server, session, envelope, address, options):  # the name is aiosmtpd's
        if address in self.refused:
            return "550 5.1.1 No such user here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        with self._arrived:
            self.letters += [Letter(envelope.mail_from, recipient, envelope.content) for recipient in envelope.rcpt_tos]
            self._arrived.notify_all()
        return "250 Taken"

    def mailbox(self, address):
        return Mailbox(self, address)

    def wait(self, condition, what):
        """The first result of `condition` that is true; called with the lock held, again after each letter."""
        with self._arrived:
            found = self._arrived.wait_for(condition, WAIT_SECONDS)
        if found:
            return found
        raise AssertionError(f"{what}; arrived: {[(letter.recipient, letter['Subject']) for letter in self.letters]}")


class Mailbox:
    """One person's mail in order: each letter is read once."""

    def __init__(self, office, address):
        self.office, self.address = office, address
        self.read = len(self.all)

    @property
    def all(self):
        return [letter for letter in self.office.letters if letter.recipient == self.address]

    def receive(self):
        """The next letter; waits for it."""
        self.office.wait(lambda: len(self.all) > self.read, f"no letter came to {self.address}")
        self.read += 1
        return self.all[self.read - 1]

    @property
    def unread(self):
        return self.all[self.read:]


def deliver(desk, sender, recipient, message):
    """Hands a mail over as a mail server does (RFC 2033); returns when it is durably kept."""
    raw = message if isinstance(message, bytes) else message.as_bytes(policy=email.policy.SMTP)
    with smtplib.LMTP("127.0.0.1", desk.lmtp_port, timeout=WAIT_SECONDS) as door:
        refused = door.sendmail(sender, [recipient], raw)
    assert not refused, f"the mail was refused: {refused}"


def new_mail(person, to, subject, text):
    mail = email.message.EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = email.utils.formataddr((person.name, person.address)), to, subject
    mail["Date"], mail["Message-ID"] = email.utils.localtime(), email.utils.make_msgid(domain=person.address.split("@")[1])
    mail.set_content(text)
    return mail


def answer(person, letter, text):
    """An answer as mail programs write it: a prefix, the references, and the whole letter quoted below."""
    prefix, wrote = {"de": ("AW:", "Am {} schrieb {}:"), "en": ("Re:", "On {}, {} wrote:")}[person.language]
    subject = re.sub(r"^(?:Re: )?", prefix + " ", letter["Subject"])
    quote = "\n".join(("> " + line).rstrip() for line in letter.text.splitlines())
    date = email.utils.parsedate_to_datetime(letter["Date"]).strftime("%d.%m.%Y %H:%M")
    mail = new_mail(person, letter.reply_to, subject, f"{text}\n\n{wrote.format(date, letter['From'])}\n\n{quote}\n")
    mail["In-Reply-To"] = letter["Message-ID"]
    mail["References"] = f"{letter['References']} {letter['Message-ID']}".strip()
    return mail
