"""An agent owns up to a wrong answer: the customer reads so, and both sides see what was wrong beside what is right."""

from playwright.sync_api import expect

from journeys import journey

WRONG = {"de": "Die Reparatur kostet nichts.", "en": "The repair costs nothing."}
RIGHT = {"de": "Die Reparatur kostet 40 Euro.", "en": "The repair costs 40 euros."}
ACTION = {"de": "Wir rufen Sie morgen um 10 Uhr an.", "en": "We will call you tomorrow at 10 am."}
SUBJECT = {"de": "Was kostet die Reparatur?", "en": "What does the repair cost?"}


@journey("a wrong answer is owned up to, stays struck through on both sides, and its correction becomes official in its place")
def correction(stage):
    person, letters, confirmation = stage.open_by_mail("correction", SUBJECT[stage.language])
    wrong, right, action = (words[stage.language] for words in (WRONG, RIGHT, ACTION))
    with stage.agent() as agent, stage.customer(person) as customer:
        page, say = agent.page, agent.say
        agent.open_ticket(confirmation.number)
        expect(page.locator("#compose-correction")).to_have_count(0)
        agent.reply(wrong, "us")
        letters.receive()
        page.get_by_role("button", name=say("desk.official.pin")).click()
        expect(page.locator(".official")).to_contain_text(wrong)
        agent.check()

        page.get_by_role("link", name=say("desk.correct.this")).click()
        expect(page.locator("#correct-wrong")).to_have_value(wrong)
        expect(page.locator("input[name=corrects]")).to_be_checked()
        expect(page.locator("#reply-text")).to_be_hidden()
        page.locator("#correct-action").fill(action)
        row = page.locator(".promise-row").filter(has=page.locator("q"))
        expect(row.locator("input[value=record]")).to_be_checked()
        agent.check()
        agent.send_reply()
        expect(page.locator("[role=alert]")).to_contain_text(say("desk.refused.emptyRight"))
        expect(page.locator("#correct-action")).to_have_value(action)
        page.locator("#correct-right").fill(right)
        agent.send_reply()
        expect(page.locator(".notice.is-ok")).to_contain_text(say("desk.correct.sent"))
        letter = letters.receive()
        for words in (say("mail.correction.heading"), wrong, right, action, say("promise.promised")):
            assert words in letter.text, letter.text

        expect(page.locator(".thread del")).to_contain_text(wrong)
        expect(page.locator(".official")).to_contain_text(right)
        agent.check()
        customer.open(confirmation.link)
        struck = customer.page.locator(".message:has(del)")
        expect(struck).to_contain_text(wrong)
        struck.get_by_role("link", name=customer.say("correction.see")).click()
        target = customer.page.url.split("#")[1]
        expect(customer.page.locator(f"#{target}")).to_contain_text(right)
        customer.check()

        page.get_by_role("button", name=say("desk.official.unpin")).click()
        expect(page.locator(".official")).to_have_count(0)
