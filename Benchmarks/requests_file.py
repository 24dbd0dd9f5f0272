"""Writes files of ready-made HTTP requests for http.lua: pages as a browser asks for them, and filled forms."""
import random
import time
import urllib.parse

import texts
from fill import SESSION
from marks import Seal

BROWSER = (
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\n"
    "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\nAccept-Language: de,en-US;q=0.7,en;q=0.3\r\n")
GZIP = "Accept-Encoding: gzip, deflate, br, zstd\r\n"
BOUNDARY = "----geckoformboundary7c1f0a4e5b"


def write(path, requests):
    with open(path, "wb") as file:
        for request in requests:
            file.write(b"%08d" % len(request) + request)


def page(path, headers=""):
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\n{BROWSER}{headers}\r\n".encode()


def search(path, word):
    write(path, [page(f"/desk/search?{urllib.parse.urlencode({'q': word})}", f"Cookie: klartext={SESSION}\r\n{GZIP}")])


def replies(path, instance, how_many, part=0, parts=1):
    """Agents' answers to open tickets, one for each ticket, the customer being heard from again in two days.

    Of several files each gets its own tickets: of two answers at once to one ticket the second is refused, as it should be.
    """
    places = instance.query("SELECT number, last_message FROM ticket WHERE status = 'open' ORDER BY number")[part::parts]
    random.Random(time.time_ns()).shuffle(places)
    contact = time.strftime("%Y-%m-%dT%H:00", time.localtime(time.time() + 2 * 86_400))
    write(path, (reply(number, seen, contact) for number, seen in places[:how_many]))


def reply(number, seen, contact):
    # it promises nothing: a promise would have to be recorded with it
    answer = texts.ANSWERS["en"][0].format(name="Kim Vogt")
    form = urllib.parse.urlencode({"text": answer, "turn": "us", "seen": seen, "nextContactAt": contact}).encode()
    head = (
        f"POST /desk/tickets/{number}/reply HTTP/1.1\r\nHost: localhost\r\n{BROWSER}{GZIP}Cookie: klartext={SESSION}\r\n"
        "Origin: http://localhost\r\nSec-Fetch-Site: same-origin\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(form)}\r\n\r\n")
    return head.encode() + form


def pages(path, instance, kind, how_many=20_000, gzip=True):
    """Requests for pages of one kind, spread over as many tickets as there are, in random order."""
    pick, packed = random.Random(7), GZIP if gzip else ""
    numbers = [number for number, in instance.query("SELECT number FROM ticket")]
    pick.shuffle(numbers)
    numbers = numbers[:how_many]
    cookie = f"Cookie: klartext={SESSION}\r\n"
    if kind == "status":
        seal = Seal(instance.data)
        requests = [page(f"/t/{seal.link_token(number)}", packed) for number in numbers]
    elif kind == "ticket":
        requests = [page(f"/desk/tickets/{number}", cookie + packed) for number in numbers]
    else:
        # every list, from its beginning and from anywhere in the middle
        lists = ["", "/us", "/customer", "/third", "/unassigned", "/mine"]
        half = instance.query("SELECT CAST(sum(value) AS BIGINT) / 2 AS half FROM counter_share WHERE name = 'open'")[0][0]
        places = instance.query(f"SELECT dark_since, number FROM ticket WHERE status = 'open' ORDER BY dark_since LIMIT {half}")
        requests = [page(f"/desk{name}", cookie + packed) for name in lists]
        requests += [page(f"/desk?after={dark}-{number}", cookie + packed) for dark, number in pick.sample(places, 6)]
    write(path, requests)


def forms(path, instance, count, first):
    """Filled forms, each with its own stamp, sender and network address; `first` numbers them on from those sent before."""
    seal, issued = Seal(instance.data), int(time.time() * 1000) - 60_000
    write(path, (form(seal, issued, first + index) for index in range(count)))


def form(seal, issued, number):
    language, subject, text = texts.REQUESTS[number % len(texts.REQUESTS)]
    fields = {
        "started": seal.form_stamp(issued, f"benchmark{number:017d}"), "subject": subject.format(n=number),
        "text": text.format(n=number).replace("\n", "\r\n"), "name": f"{texts.FIRST[number % 16]} {texts.LAST[number // 16 % 16]}",
        "email": f"form{number}@firma{number % 997}.example", "language": language, "website": ""}
    parts = [f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields.items()]
    # what a browser sends where no file was chosen
    parts.insert(
        3, f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename=""\r\n'
        "Content-Type: application/octet-stream\r\n\r\n\r\n")
    body = "".join([*parts, f"--{BOUNDARY}--\r\n"]).encode()
    head = (
        f"POST /request HTTP/1.1\r\nHost: localhost\r\n{BROWSER}{GZIP}Origin: http://localhost\r\nSec-Fetch-Site: same-origin\r\n"
        f"X-Forwarded-For: 10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}\r\n"
        f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\nContent-Length: {len(body)}\r\n\r\n")
    return head.encode() + body
