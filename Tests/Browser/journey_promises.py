"""What an agent promises is found while it is written, stands on the customer's page, and is kept."""

import re

from playwright.sync_api import expect

from journeys import journey

TEXT = {"de": "Wir rufen Sie morgen um 10 Uhr zurück.", "en": "We will call you back tomorrow at 10 am."}
SUBJECT = {"de": "Bitte um Rückruf", "en": "Please call me back"}


@journey("what an answer promises is offered while it is written, told to the customer, and kept")
def promises(stage):
    person, letters, confirmation = stage.open_by_mail("promises", SUBJECT[stage.language])
    text = TEXT[stage.language]
    with stage.agent() as agent:
        page, say = agent.page, agent.say
        agent.open_ticket(confirmation.number)
        agent.write_reply(text, "us")
        row = page.locator(".promise-row").filter(has=page.locator("q"))
        expect(row.locator("q")).to_have_text(text.rstrip("."))
        expect(row.locator("input[value=record]")).to_be_checked()
        expect(row.locator("select[name$=channel]")).to_have_value("call")
        expect(row.locator("input[type=datetime-local]")).to_have_value(re.compile("T10:00$"))
        agent.send_reply()
        expect(page.locator(".notice.is-ok")).to_contain_text(say("desk.ticket.sent.reply"))
        letter = letters.receive()
        assert say("promise.promised") in letter.text, letter.text
        expect(page.locator(".promise strong")).to_have_text(text.rstrip("."))
        with stage.customer(person) as customer:
            customer.open(confirmation.link)
            expect(customer.page.locator(".promised li.is-us strong").first).to_have_text(text.rstrip("."))
            page.locator(".promise form[action$='/keep'] button").click()
            expect(page.locator("ol.thread")).to_contain_text(text.rstrip("."))
            customer.page.reload()
            expect(customer.page.locator(".promised li.is-solved")).to_contain_text(customer.say("status.promise.kept"))


@journey("without scripts an answer that promises something asks before it is sent, and keeps every word")
def promises_without_scripts(stage):
    _, letters, confirmation = stage.open_by_mail("noscript-promises", SUBJECT[stage.language])
    with stage.agent(javascript=False) as agent:
        page = agent.page
        agent.open_ticket(confirmation.number)
        agent.write_reply(TEXT[stage.language], "us")
        agent.send_reply()
        expect(page.locator("[role=alert]")).to_contain_text(agent.say("promise.refused.some"))
        expect(page.locator("#reply-text")).to_have_value(TEXT[stage.language])
        agent.decide_promises("skip")
        agent.send_reply()
        expect(page.locator(".notice.is-ok")).to_contain_text(agent.say("desk.ticket.sent.reply"))
        assert agent.say("promise.promised") not in letters.receive().text
        expect(page.locator(".promise")).to_have_count(0)
