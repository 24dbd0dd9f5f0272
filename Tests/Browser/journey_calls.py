"""The telephone system tells of calls: one that nobody took waits until it is returned, and becomes a ticket that knows who called."""

from playwright.sync_api import expect

from journeys import journey
from telephone import tell

NUMBERS = {"de": "493012345601", "en": "493012345602"}


@journey("a missed call waits at the desk, becomes a ticket with number and name, and the next call is known")
def missed_call(stage):
    number, language = NUMBERS[stage.language], stage.language
    with stage.agent() as agent:
        page, say = agent.page, agent.say
        answer = tell(stage.desk, "newCall", f"missed-{language}", number)
        assert "<Response onAnswer=" in answer, answer
        agent.open("/desk/calls")
        expect(page.locator(".call-row").filter(has_text=number).first).to_contain_text(say("calls.state.ringing"))
        tell(stage.desk, "hangup", f"missed-{language}", number, cause="noAnswer")
        agent.open("/desk/todo")
        page.get_by_role("link", name=say("calls.waiting", count=1)).click()
        waiting = page.locator("section[aria-labelledby=missed] .call-row").filter(has_text=number)
        expect(waiting).to_have_count(1)
        agent.check()

        waiting.get_by_role("link", name=say("calls.ticket")).click()
        expect(page.locator("#entry-phone")).to_have_value(f"+{number}")
        expect(page.locator("input[name=way][value=phone]")).to_be_checked()
        page.locator("#entry-name").fill("Erna Ohnesorg")
        page.locator(f"input[name=language][value={language}]").check()
        page.locator("#entry-subject").fill("Paket / Parcel")
        page.locator("#entry-text").fill("Wo ist es? / Where is it?")
        agent.check()
        page.locator("form[action='/desk/new'] button.primary").click()
        expect(page.locator(".notice.is-ok")).to_contain_text(say("entry.done"))
        expect(page.locator(f"a[href='tel:+{number}']")).to_be_visible()
        page.get_by_role("link", name=say("entry.slip")).first.click()
        expect(page.locator("svg.qr")).to_be_visible()

        agent.open("/desk/calls")
        expect(page.locator("section[aria-labelledby=missed] .call-row").filter(has_text=number)).to_have_count(0)
        expect(page.locator("section[aria-labelledby=latest] .call-row").filter(has_text=number)).to_contain_text(say("calls.settled.ticket"))
        tell(stage.desk, "newCall", f"again-{language}", number)
        tell(stage.desk, "hangup", f"again-{language}", number, cause="cancel")
        page.reload()
        again = page.locator("section[aria-labelledby=missed] .call-row").filter(has_text=number)
        expect(again).to_contain_text("Erna Ohnesorg")
        again.locator("summary").click()
        again.locator("input[name=because]").fill("Schon besprochen / Talked about")
        again.get_by_role("button", name=say("calls.dismissButton")).click()
        expect(page.locator("section[aria-labelledby=latest] .call-row").filter(has_text=number).first).to_contain_text("Schon besprochen")
        agent.check()
