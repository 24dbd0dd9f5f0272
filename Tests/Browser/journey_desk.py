"""What can go wrong between two people who write at the same time, and the keys agents use."""

from playwright.sync_api import expect

from journeys import journey


@journey("an answer is stopped when the customer writes meanwhile; the draft stays and is then sent")
def overtaken(stage):
    person, letters, confirmation = stage.open_by_mail("overtaken", "TXT")
    with stage.customer(person) as customer, stage.agent() as agent:
        page, say = agent.page, agent.say
        agent.open_ticket(confirmation.number)
        draft = "Bitte tragen Sie <TXT> ein.\n\nPlease add it & tell us."
        agent.write_reply(draft, "customer", asked_for="TXT & SPF")
        # a lost tab costs no words
        page.reload()
        expect(page.locator("#reply-text")).to_have_value(draft)
        agent.write_reply(draft, "customer", asked_for="TXT & SPF")

        customer.open(confirmation.link)
        customer.write_more("Hat sich erledigt! / Never mind!")
        agent.send_reply()
        conflict = page.locator("#conflict")
        expect(conflict).to_contain_text(say("desk.refused.customerWrote", name=person.name))
        expect(conflict).to_contain_text("Never mind!")
        expect(page.locator("#reply-text")).to_have_value(draft)
        expect(page.locator("form.reply-form input[name=turn][value=customer]")).to_be_checked()
        expect(page.locator("#asked-for")).to_have_value("TXT & SPF")
        button = page.locator("form.reply-form button.primary")
        expect(button).to_have_text(say("desk.compose.sendDespite"))
        assert not letters.unread, "something was sent all the same"

        button.click()
        expect(page.locator(".notice.is-ok")).to_contain_text(say("desk.ticket.sent.reply"))
        letter = letters.receive()
        assert "Please add it & tell us." in letter.text, letter.text
        page.reload()
        expect(page.locator("#reply-text")).to_have_value("")


@journey("what cannot be sent says why and keeps what was written")
def refused_reply(stage):
    _, letters, confirmation = stage.open_by_mail("refused", "DNS")
    with stage.agent() as agent:
        page, say = agent.page, agent.say
        agent.open_ticket(confirmation.number)
        agent.write_reply("Gelöst. / Solved.", "solved", cause="  ")
        agent.send_reply()
        expect(page.locator("[role=alert]")).to_contain_text(say("desk.refused.emptyCause"))
        expect(page.locator("#reply-text")).to_have_value("Gelöst. / Solved.")
        expect(page.locator("#cause")).to_have_attribute("aria-invalid", "true")
        assert not letters.unread
        page.locator("#cause").fill("c")
        agent.send_reply()
        assert "Solved." in letters.receive().text


@journey("single keys lead an agent to a ticket and into its answer")
def shortcuts(stage):
    stage.open_by_mail("keys", "j, Enter, r")
    with stage.agent() as agent:
        page, say = agent.page, agent.say
        agent.open("/desk")
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        page.wait_for_url("**/desk/tickets/*")
        page.keyboard.press("r")
        expect(page.locator("#reply-text")).to_be_focused()
        page.keyboard.type("j?")
        expect(page.locator("#reply-text")).to_have_value("j?")
        page.locator("h1").click()
        page.keyboard.press("n")
        expect(page.locator("#note-text")).to_be_focused()
        page.locator("h1").click()
        page.keyboard.press("?")
        expect(page.get_by_role("dialog", name=say("desk.keys.title"))).to_be_visible()


@journey("nothing of the desk is open, and signing out ends it")
def closed_door(stage):
    person, _, confirmation = stage.open_by_mail("door", "Tür / door")
    path = f"/desk/tickets/{confirmation.number.replace('-', '')}"
    with stage.customer(person) as stranger:
        for closed in ("/desk", path, "/desk/held", "/desk/files/1", "/desk/letters/1", "/dev/mail"):
            stranger.open(closed)
            assert "/desk/sign-in" in stranger.page.url or stranger.page.locator("h1").inner_text() == stranger.say("error.title.notFound")
    with stage.agent() as agent:
        agent.open(path)
        agent.page.locator("form[action='/desk/sign-out'] button").click()
        expect(agent.page.locator(".notice")).to_contain_text(agent.say("signIn.signedOut"))
        agent.open(path)
        assert "/desk/sign-in" in agent.page.url, agent.page.url
        # back to where one wanted to go
        agent.sign_in(then=path)
