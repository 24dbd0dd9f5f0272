"""Mail that is not as it should be: without a sender, with more than text, to somebody who is not there."""

import base64

from playwright.sync_api import expect

from journeys import journey
from people import Person, customer_of
from post import deliver, new_mail

TRACKER = "https://tracker.example/"
PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")


@journey("a mail without a sender waits, and an agent files it")
def held_mail(stage):
    _, _, confirmation = stage.open_by_mail("held", "Lieferung / delivery")
    nobody = b"Subject: Lieferung 4711 / delivery 4711\r\nDate: Mon, 23 Nov 2026 08:00:00 +0100\r\n\r\nNiemand war da. / Nobody was in.\r\n"
    deliver(stage.desk, "", stage.desk.address, nobody)
    with stage.agent() as agent:
        page, say = agent.page, agent.say
        agent.wait_for("delivery 4711", "/desk/held")
        expect(page.locator(".queue")).to_contain_text(say("held.reason.noSender"))
        page.get_by_role("link", name="delivery 4711").click()
        expect(page.locator(".notice")).to_contain_text(say("held.why.noSender"))
        page.locator("#file-on").fill("999-999")
        page.locator("form[action$='/file'] button").click()
        expect(page.locator("[role=alert]")).to_contain_text(say("desk.refused.noSuchTicket"))
        page.locator("#file-on").fill(f"#{confirmation.number}")
        page.locator("form[action$='/file'] button").click()
        page.wait_for_url("**/desk/tickets/*")
        message = page.locator("article.from-customer").last
        expect(message).to_contain_text("Nobody was in.")
        expect(message.locator(".filed")).to_contain_text(say("filed.filedByAgent"))
        agent.open("/desk/held")
        assert "delivery 4711" not in agent.words()


@journey("the original of a mail runs nothing, and loads nothing from the network until asked")
def hostile_mail(stage):
    person = customer_of(stage.language, "hostile")
    letters = stage.mailbox(person)
    mail = new_mail(person, stage.desk.address, "<b>HTML</b>", "ignored")
    mail.clear_content()
    mail.set_content(HOSTILE, subtype="html")
    deliver(stage.desk, person.address, stage.desk.address, mail)
    with stage.agent() as agent:
        page, say = agent.page, agent.say
        fetched = []

        def track(route):
            fetched.append(route.request)
            route.fulfill(body=PIXEL, content_type="image/png")

        def warn(dialog):
            agent.wrongs.append(f"a script ran: {dialog.message}")
            dialog.dismiss()

        page.context.route(TRACKER + "**", track)
        page.on("dialog", warn)
        agent.open_ticket(letters.receive().number)
        expect(page.locator("article.from-customer")).to_contain_text("Guten Tag & hello")
        page.get_by_role("link", name=say("desk.ticket.original")).click()
        expect(page.locator(".notice")).to_contain_text(say("desk.original.blocked", count=2))
        frame = page.frame_locator("iframe.original")
        expect(frame.get_by_text("Guten Tag & hello")).to_be_visible()
        for forbidden in FORBIDDEN:
            assert frame.locator(forbidden).count() == 0, f"{forbidden} is in the frame"
        page.wait_for_load_state("networkidle")
        assert not fetched, [request.url for request in fetched]
        agent.check()

        agent.asked_for.add(TRACKER)
        page.get_by_role("link", name=say("desk.original.load")).click()
        expect(page.locator(".notice")).to_contain_text(say("desk.original.lockedWithImages"))
        page.wait_for_load_state("networkidle")
        addresses = [request.url for request in fetched]
        assert set(addresses) == {TRACKER + "one.png", TRACKER + "two.png"}, addresses
        assert all("referer" not in request.headers for request in fetched), "the sender learns where the mail is read"


HOSTILE = f"""<!doctype html><html><head><title>x</title><meta http-equiv="refresh" content="0;url={TRACKER}refresh">
<base href="{TRACKER}"><link rel="stylesheet" href="{TRACKER}style.css">
<style>@import url({TRACKER}import.css); p {{ background: url({TRACKER}css.png) }}</style>
<script>alert(1)</script><script src="{TRACKER}script.js"></script></head>
<body onload="alert(2)" background="{TRACKER}body.png"><p style="background:url({TRACKER}style.png)">Guten Tag &amp; hello</p>
<img src="{TRACKER}one.png" onerror="alert(3)"><img src="{TRACKER}two.png" srcset="{TRACKER}srcset.png 2x"><img src=x onerror=alert(4)>
<svg onload="alert(5)"><script>alert(6)</script><image href="{TRACKER}svg.png"/></svg><a href="javascript:alert(7)">click</a>
<iframe src="{TRACKER}frame"></iframe><object data="{TRACKER}object"></object>
<video poster="{TRACKER}poster.png" src="{TRACKER}video"></video><form action="{TRACKER}form"><input name="password"></form>
<math><mtext><style><img src=x onerror=alert(8)></style></mtext></math></body></html>"""
FORBIDDEN = (
    "script", "style", "iframe", "object", "video", "svg", "form", "input", "base", "meta[http-equiv]", "[onload]", "[onerror]", "[style]",
    "[background]", "[srcset]", "a[href^='javascript']",
)


@journey("a letter that is refused for good is the agents' business: the customer does not know")
def refused_letter(stage):
    gone = Person("Familie Weg", f"weg-{stage.language}@gone.example", stage.language)
    stage.office.refused.add(gone.address)
    stage.write(gone, "Kündigung / cancelling")
    with stage.agent() as agent:
        page, say = agent.page, agent.say
        agent.wait_for(gone.address, "/desk/dead")
        expect(page.locator(".queue")).to_contain_text("550")
        page.get_by_role("link", name=say("letter.kind.confirmation", name=gone.name)).first.click()
        expect(page.locator(".notice")).to_contain_text(say("letter.failedText"))
        expect(page.locator(".steps")).to_contain_text("550 5.1.1 No such user here")
        agent.open("/desk/todo")
        page.get_by_role("link", name=say("todo.customerDoesNotKnow", name=gone.name)).click()
        expect(page.locator("[aria-labelledby=todo]")).to_contain_text(say("letter.failure.noSuchAddress"))
        expect(page.locator("ol.thread")).to_contain_text(say("event.letterFailed", reason=say("letter.failure.noSuchAddress")))
        expect_customer_page(stage, agent, gone)
        settle(agent, gone)


def expect_customer_page(stage, agent, gone):
    """Whoever finds the way to the page all the same reads there what the mail could not say."""
    link = agent.page.get_by_role("link", name=agent.say("desk.ticket.seePage")).get_attribute("href")
    agent_page = agent.page.context.request.get(link)
    with stage.customer(gone) as customer:
        customer.open(agent_page.url)
        assert customer.heading() == customer.say("status.head.failed")
        expect(customer.page.locator("section.state")).to_contain_text(customer.say("status.failure.noSuchAddress", address=gone.address))


def settle(agent, gone):
    """Told by telephone: it leaves the list, and stays on the ticket."""
    page, say = agent.page, agent.say
    page.locator("[aria-labelledby=todo]").get_by_role("link", name=say("desk.ticket.letter")).click()
    page.locator("#told").fill("Telefon, 14:10 / by phone")
    page.locator("form[action$='/told'] button").click()
    expect(page.locator(".notice.is-ok")).to_be_visible()
    agent.open("/desk/dead")
    assert gone.address not in agent.words()


@journey("what did not arrive goes out again to another address, or is told on the phone, with one click")
def next_channel(stage):
    gone = Person("Familie Fort", f"fort-{stage.language}@gone.example", stage.language)
    home = Person("Familie Fort", f"fort-{stage.language}@home.example", stage.language)
    stage.office.refused.add(gone.address)
    letters = stage.mailbox(home)
    signature = "-- \nFamilie Fort\nHauptstraße 5\n10115 Berlin\nTel. 030 123456"
    stage.write(gone, "Umzug / moving", f"Wir ziehen um. / We are moving.\n\n{signature}")
    with stage.agent() as agent:
        page, say = agent.page, agent.say
        agent.wait_for(say("todo.customerDoesNotKnow", name=gone.name), "/desk/todo")
        page.get_by_role("link", name=say("todo.customerDoesNotKnow", name=gone.name)).click()
        todo = page.locator("[aria-labelledby=todo]")
        expect(todo.locator("a[href='tel:030123456']")).to_have_text("030 123456")
        expect(todo).to_contain_text("Familie Fort, Hauptstraße 5, 10115 Berlin")
        expect(todo).to_contain_text(say("reach.advice.noSuchAddress"))
        expect(todo.get_by_role("button", name=say("reach.called"))).to_be_visible()
        agent.check()
        todo.get_by_text(say("reach.another")).click()
        todo.locator("input[type=email]").fill(home.address)
        todo.get_by_role("button", name=say("reach.sendThere")).click()
        expect(page.locator("ol.thread")).to_contain_text(say("event.resent", name=agent.person.name, address=home.address))
        expect(page.locator("[aria-labelledby=todo]")).to_have_count(0)
    assert letters.receive().text


@journey("the inbox ledger adds up, and shows it")
def inbox_ledger(stage):
    stage.open_by_mail("ledger", "Posteingangsbuch / ledger")
    with stage.agent() as agent:
        page, say = agent.page, agent.say
        agent.open("/desk/mailboxes")
        page.get_by_role("link", name=say("ledger.title")).click()
        expect(page.locator(".notice.is-ok")).to_contain_text(say("ledger.balanced"))
        total = page.locator("table.ledger tr.is-sum")
        received, filed, held, machine, refused, open_ = (int(cell) for cell in total.locator("td").all_inner_texts())
        assert received == filed + held + machine + refused and open_ == 0 and filed > 0, total.inner_text()
        agent.check()
        page.set_viewport_size({"width": 390, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, "the ledger is wider than a phone"
        expect(total).to_be_visible()
