"""The private link: lost, asked for by a stranger, replaced; and what its page gives away, which is nothing."""

from playwright.sync_api import expect

from journeys import journey
from people import Person


def ask_for_link(customer, number, address):
    customer.page.locator("#number").fill(number)
    customer.page.locator("#email").fill(address)
    customer.page.locator("form[action*='/lost'] button.primary").click()
    expect(customer.page.locator("h1")).to_have_text(customer.say("lost.sent.heading"))
    return customer.words()


@journey("a lost link comes by mail, and who asks for another's learns nothing")
def lost_link(stage):
    person, letters, confirmation = stage.open_by_mail("lost", "Link")
    stranger = Person("Fremd", "fremd@stranger.example", stage.language)
    strangers = stage.mailbox(stranger)
    with stage.customer(person) as customer:
        said = []
        for number, address in ((confirmation.number, stranger.address), ("999-999", person.address), ("?", person.address)):
            customer.open("/lost")
            said.append(ask_for_link(customer, number, address))
        customer.open("/")
        customer.page.get_by_role("link", name=customer.say("home.lost")).click()
        said.append(ask_for_link(customer, f"#{confirmation.number}", person.address.upper()))
        assert len(set(said)) == 1, said
        letter = letters.receive()
        assert letter.link == confirmation.link, (letter.link, confirmation.link)
        # the right question was the last: what the wrong ones brought would be here
        assert not letters.unread and not strangers.all, (letters.unread, strangers.all)
        customer.open(letter.link)
        assert customer.heading() == customer.say("status.head.us")


@journey("a replaced link says so and helps, and the new one comes by mail")
def replaced_link(stage):
    person, letters, confirmation = stage.open_by_mail("replaced", "Link")
    with stage.customer(person) as customer, stage.agent() as agent:
        agent.open_ticket(confirmation.number)
        agent.page.locator("button[name=do][value=renew]").click()
        expect(agent.page.locator("ol.thread")).to_contain_text(agent.say("event.linkRenewed", name=agent.person.name))
        renewed = letters.receive()
        assert renewed.link != confirmation.link
        answered = customer.page.goto(confirmation.link)
        assert answered.status == 410, answered.status
        expect(customer.page.locator("h1")).to_have_text(customer.say("error.title.revoked"))
        ask_for_link(customer, confirmation.number, person.address)
        again = letters.receive()
        assert again.link == renewed.link, (again.link, renewed.link)
        customer.open(again.link)
        assert customer.heading() == customer.say("status.head.us")


@journey("a private page is small, unlisted, and tells nobody where it is")
def private_page(stage):
    person, _, confirmation = stage.open_by_mail("small", "Klein / small")
    with stage.customer(person) as customer:
        answered = customer.page.goto(confirmation.link, wait_until="networkidle")
        headers = answered.headers
        assert headers["referrer-policy"] == "no-referrer", headers
        assert "noindex" in headers["x-robots-tag"], headers
        assert "no-store" in headers["cache-control"], headers
        assert "set-cookie" not in headers, headers
        assert customer.page.locator("meta[name=robots]").get_attribute("content") == "noindex"
        assert len(customer.requests) <= 8, customer.requests
        kinds = {url.split("?")[0].rsplit(".", 1)[-1] for url in customer.requests[1:]}
        assert kinds <= {"css", "js", "svg"}, customer.requests
        assert not customer.page.evaluate("Object.keys(localStorage).length")
