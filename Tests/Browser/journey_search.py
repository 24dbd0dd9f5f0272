"""Finding again what somebody wrote."""

from playwright.sync_api import expect

from journeys import journey


@journey("an agent finds what a customer has just written, by a slash, a part of a word and a slip of the finger")
def search(stage):
    person, _, confirmation = stage.open_by_mail("search", "Umzugskarton / moving box", "Die Spülmaschinenreparatur <dauert> an.")
    with stage.agent() as agent:
        page, say = agent.page, agent.say
        agent.open("/desk")
        page.keyboard.press("/")
        expect(page.locator("#lookup")).to_be_focused()
        page.keyboard.type("maschinenrep nowak" if stage.language == "de" else "maschinenrep oleary")
        page.keyboard.press("Enter")
        page.wait_for_url("**/desk/search?q=*")
        row = page.locator("li", has=page.locator("mark", has_text="Spülmaschinenreparatur"))
        expect(row).to_have_count(1)
        expect(row).to_contain_text("<dauert>")
        expect(page.locator("#lookup")).to_have_value(page.locator("#lookup").input_value())

        page.locator("#lookup").fill("Spülmaschinenreperatur")
        page.keyboard.press("Enter")
        expect(page.locator(".notice.is-info")).to_contain_text("spulmaschinenreparatur")
        page.keyboard.press("j")
        page.locator("h1").click()
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/desk/tickets/{confirmation.number.replace('-', '')}")

        # by number: shown, not led away
        agent.open(f"/desk/search?q={confirmation.number}")
        expect(page.locator("#named")).to_have_text(say("desk.search.named"))
        # by address: the customer, and from there all tickets
        agent.open(f"/desk/search?q={person.address}")
        page.locator("a[href^='/desk/customers/']").first.click()
        expect(page.locator("h1")).to_have_text(say("desk.find.title", name=person.name))
        expect(page.locator("li.mail-row")).to_have_count(1)


@journey("the search works without scripts, and says what helps when nothing is found")
def search_without_scripts(stage):
    stage.open_by_mail("noscript-search", "Wandleuchte")
    with stage.agent(javascript=False) as agent:
        page, say = agent.page, agent.say
        agent.open("/desk")
        page.locator("#lookup").fill("wandleucht")
        page.locator("form.lookup button").click()
        expect(page.locator("li mark").first).to_contain_text("Wandleuchte")
        page.locator("#lookup").fill("zzzzzqqqq")
        page.locator("form.lookup button").click()
        expect(page.locator(".hints")).to_contain_text(say("desk.search.hintWords"))
        expect(page.locator(".empty b")).to_have_text("zzzzzqqqq")
