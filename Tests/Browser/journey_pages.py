"""What holds for every page: readable for all, at home on a telephone, and nobody else's business."""

import os
import pathlib

from axe_playwright_python.sync_playwright import Axe

from gallery import Gallery
from journeys import journey

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
# what a thumb hits, in CSS pixels; what is marked as compact stands beside something that says the same
TARGET = 44
# a directory to put a picture of every page into, for the manual and for people to look at
PICTURES = os.environ.get("KLARTEXT_TEST_PICTURES")
AXE = Axe()


@journey("axe finds nothing on any page, by day and by night")
def accessible(stage):
    expect_nothing(findings(stage)["axe"])


@journey("every page fits a telephone, and customers' buttons fit a thumb")
def phone(stage):
    expect_nothing(findings(stage)["phone"])


@journey("no page asks anybody but us, breaks its policy or says an error")
def quiet(stage):
    expect_nothing(findings(stage)["quiet"])


def expect_nothing(found):
    assert not found, "\n".join(found)


def findings(stage):
    """Goes through all pages once, and looks at each in every way."""
    if not hasattr(stage, "findings"):
        stage.findings = {"axe": [], "phone": [], "quiet": []}
        with Gallery(stage.browser, stage.demo, stage.language) as gallery:
            for name, who, is_public in gallery.pages():
                look(stage, name, who.page, is_public)
                stage.findings["quiet"] += [f"{name}: {wrong}" for wrong in who.wrongs]
                who.wrongs.clear()
            gallery.check()
    return stage.findings


def look(stage, name, page, is_public):
    page.wait_for_load_state("load")
    picture(stage, name, page)
    stage.findings["axe"] += [f"{name}: {found}" for found in violations(page)]
    page.emulate_media(color_scheme="dark")
    # in the dark nothing but colours is another
    stage.findings["axe"] += [f"{name}, dark: {found}" for found in violations(page, ["color-contrast"])]
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(PHONE)
    stage.findings["phone"] += [f"{name}: {found}" for found in page.evaluate(OVERFLOW)]
    if is_public:
        stage.findings["phone"] += [f"{name}: {found}" for found in page.evaluate(SMALL, TARGET)]
    page.set_viewport_size(DESKTOP)


def violations(page, rules=None):
    options = {"resultTypes": ["violations"]} | ({"runOnly": rules} if rules else {})
    response = AXE.run(page, options=options).response
    return [
        f"{violation['id']}: {node['html'][:160]} ({node['failureSummary'].splitlines()[-1].strip()})"
        for violation in response["violations"] for node in violation["nodes"][:3]
    ]


def picture(stage, name, page):
    if PICTURES:
        pathlib.Path(PICTURES).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{PICTURES}/{name}.{stage.language}.png", full_page=True)


# the page itself must not scroll sideways; what causes it is named
OVERFLOW = """() => {
    if (document.documentElement.scrollWidth <= innerWidth) return []
    const wide = [...document.body.querySelectorAll('*')].filter(each => each.getBoundingClientRect().right > innerWidth + 1)
    const markup = wide.slice(-3).map(each => each.outerHTML.slice(0, 100))
    return [`${document.documentElement.scrollWidth} px wide: ${markup.join(' | ')}`]
}"""

SMALL = """target => {
    const fields = 'input:not([type=hidden], [type=checkbox], [type=radio])'
    return [...document.querySelectorAll(`main :is(.btn, button, textarea, ${fields})`)]
        .filter(each => each.checkVisibility() && !each.closest('.trap') && !each.matches('.compact'))
        .filter(each => each.getBoundingClientRect().height < target)
        .map(each => `${each.getBoundingClientRect().height} px high: ${each.outerHTML.slice(0, 100)}`)
}"""
