"""Being told of an incident: asked for, confirmed, told the bad news and the good, asked whether it works, and left; without any account."""

import re
import urllib.request

from playwright.sync_api import expect

from journeys import journey
from people import customer_of


def private_link(letter):
    found = [link for link in letter.links if "/s/" in link]
    assert found, f"no private link in:\n{letter.text}"
    return found[0].split("?")[0]


def open_incident(stage):
    stage.desk.run("component", "add", "Mailversand", "Sending mail")
    return stage.desk.run(
        "incident", "open", "--title-de", "Mails kommen nicht an", "--title-en", "Mail does not arrive", "--de",
        "Mails bleiben seit 9:00 Uhr (MEZ) liegen.", "--en", "Mail has been held up since 9:00 (CET).", "--component",
        "Mailversand=major_outage").split()[0]


@journey("somebody asks to be told, says yes, hears the bad news and the good, and leaves")
def told(stage):
    person = customer_of(stage.language, "told")
    letters = stage.mailbox(person)
    with stage.customer(person) as customer:
        customer.open("/subscribe")
        customer.page.locator("#email").fill(person.address)
        customer.page.locator("form[action*='/subscribe'] button.primary").click()
        expect(customer.page.locator("h1")).to_have_text(customer.say("subscribe.sentTitle"))
        invitation = letters.receive()
        link = private_link(invitation)
        customer.open(link)
        expect(customer.page.locator("h1")).to_have_text(customer.say("subscription.confirmTitle"))
        customer.page.locator("form[action*='/confirm'] button").click()
        expect(customer.page.locator("[role=status]")).to_have_text(customer.say("subscription.confirmed"))

        incident = open_incident(stage)
        bad = letters.receive()
        assert customer.say("news.subject.investigating") in bad["Subject"], bad["Subject"]
        assert bad["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        stage.desk.run("incident", "resolve", incident, "--de", "Alles geht wieder.", "--en", "All is well again.")
        good = letters.receive()
        assert customer.say("news.subject.resolved") in good["Subject"], good["Subject"]
        assert good["References"] == bad["References"], "one story, one thread"

        customer.open(next(link for link in good.links if "/works/" in link))
        customer.page.get_by_role("button", name=customer.say("works.no")).click()
        expect(customer.page.locator("[role=status]")).to_contain_text(customer.say("works.thanksNo"))

        # what a mail program does: one POST, no cookies, no redirect
        leave = re.search(r"<(.+)>", good["List-Unsubscribe"]).group(1)
        with urllib.request.urlopen(leave, data=b"List-Unsubscribe=One-Click", timeout=20) as answer:
            assert answer.status == 200 and answer.url == leave, (answer.status, answer.url)
        customer.open(link)
        expect(customer.page.locator("h1")).to_have_text(customer.say("subscription.leftTitle"))
        assert not letters.unread, letters.unread


@journey("opening every link of a letter changes nothing")
def scanned(stage):
    person = customer_of(stage.language, "scanned")
    letters = stage.mailbox(person)
    with stage.customer(person) as customer:
        customer.open("/subscribe")
        customer.page.locator("#email").fill(person.address)
        customer.page.locator("form[action*='/subscribe'] button.primary").click()
        invitation = letters.receive()
        for link in invitation.links:
            if link.startswith(stage.desk.url):
                for path in ("", "/leave"):
                    urllib.request.urlopen(link.split("?")[0] + path, timeout=20).read()
        customer.open(private_link(invitation))
        expect(customer.page.locator("h1")).to_have_text(customer.say("subscription.confirmTitle"))
