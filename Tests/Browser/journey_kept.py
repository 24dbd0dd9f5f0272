"""Everybody may read how promises were kept, where the operator wants it."""

from playwright.sync_api import expect

from journeys import journey
from people import CUSTOMERS


@journey("from the foot of every page leads a way to how many promises were kept, with the formula, and no name")
def kept(stage):
    with stage.customer(CUSTOMERS[stage.language]) as visitor:
        page, say = visitor.page, visitor.say
        visitor.open("/request")
        page.locator("footer").get_by_role("link", name=say("site.promises")).click()
        expect(page.locator("h1")).to_have_text(say("kept.heading"))
        expect(page.locator("main")).to_contain_text(say("kept.formula"))
        visitor.check()
