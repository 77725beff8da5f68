"""Residents on their whole way: without script, on a small screen, for a child, in a flood."""

import io
import time

import pytest
from browser.resident import (
    ANSWERS,
    HOME,
    WORDS,
    answer,
    begin,
    code_on,
    come_back,
    fill,
    press,
    pressed,
    reference_on,
    send,
    send_file,
    step_of,
    unfold,
    walk_to,
)
from browser.scene import decide, read
from concerns.evidence.media import CANARY, DEGREES, photo
from PIL import Image

QUESTION = "Do you remember at what time it was?"
REPLY = "A little after nine, when the shop had closed."
PATIENCE_S = 30
TYPED = "[...document.querySelectorAll('input, textarea')].map(one => one.value)"
FORMS = 600
"""Of one kind, at once: more than are usual in four minutes."""
MARKS = (b"Exif", b"xmpmeta", b"Photoshop", DEGREES, CANARY.encode())


def test_a_resident_needs_no_script(open_as):
    window = open_as(width=390, java_script_enabled=False)
    tab = window.new_page()
    tab.goto("/lambeth")
    tab.click("main >> text=Raise a concern")
    assert "Call 999" in tab.inner_text("main")
    press(tab, "Begin")
    say_nothing(tab)
    walk_to(tab, "check")
    assert WORDS in tab.inner_text("main")
    code = send(tab)
    reference = reference_on(tab)
    assert WORDS not in tab.content()
    assert tab.locator("img[src^='data:image/png']").evaluate("one => one.naturalWidth") > 20
    read_again(tab, code)
    hear_and_answer(tab, code, open_as("Grace").new_page(), reference)
    take_back(tab, code)
    assert window.cookies() == []


def say_nothing(tab) -> None:
    """What is missing is said beside the question and at the top of the page."""
    assert press(tab, "Continue").status == 422
    assert tab.title().startswith("Error:")
    assert tab.locator(".govuk-error-summary a").count() == 1
    assert tab.locator(".govuk-error-message").count() == 1


def read_again(tab, code: str) -> None:
    come_back(tab, code)
    assert WORDS not in tab.inner_text("main")  # only after a second step
    press(tab, "Show what I wrote")
    assert WORDS in tab.inner_text("main")
    assert code not in tab.url


def hear_and_answer(tab, code: str, grace, reference: str) -> None:
    path = read(grace, reference)
    decide(grace, path, "needs_info", reply=QUESTION)
    come_back(tab, code)
    assert QUESTION in tab.inner_text("main")
    assert "Answer the question" in tab.inner_text("main")
    tab.fill("textarea[name=words]", REPLY)
    press(tab, "Send it")
    assert REPLY in tab.inner_text("main")
    grace.goto(path)
    assert REPLY in grace.inner_text("main")


def take_back(tab, code: str) -> None:
    unfold(tab, "#take-back")
    tab.check("input[name=sure]")
    press(tab, "Take it back")
    assert WORDS not in tab.content()
    come_back(tab, code)
    assert WORDS not in tab.content()
    assert REPLY not in tab.content()


def test_a_resident_stops_and_goes_on_in_welsh_at_320_pixels(open_as):
    tab = open_as(width=320, java_script_enabled=False).new_page()
    tab.goto(f"{HOME}?lang=cy")
    tab.locator("form[action*='/begin'] button").first.click()
    answer(tab, {"danger": "no"})
    pressed(tab, tab.locator("button[value=save]"))
    code = code_on(tab)
    tab.goto(f"{HOME}?lang=cy")
    tab.fill("form[action*='/resume'] input[name=code]", code)
    pressed(tab, tab.locator("form[action*='/resume'] button"))
    assert step_of(tab) == "harm"
    for step in every_step(tab):
        assert tab.get_attribute("html", "lang") == "cy", step
        wide = tab.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert not wide, f"{step} scrolls sideways"
    assert send(tab) == code
    assert tab.get_attribute("html", "lang") == "cy"
    assert code not in tab.url


def every_step(tab):
    while step_of(tab) != "check":
        yield step_of(tab)
        answer(tab, ANSWERS.get(step_of(tab), {}))
    yield "check"


def test_a_parent_writes_for_a_child(open_as):
    child = {"whose": "child"}
    tab = open_as(width=390).new_page()
    begin(tab)
    walk_to(tab, "harm")
    answer(tab, {"harm": "child"})
    assert step_of(tab) == "child"
    assert "0808 800 5000" in tab.inner_text("main")
    walk_to(tab, "behalf", whose=child)
    assert press(tab, "Continue").status == 422
    walk_to(tab, "check", behalf={"behalf": "parent"})
    assert "the child is 16 or under" in tab.inner_text("main")
    send(tab)
    reference = reference_on(tab)
    sol = open_as("Sol").new_page()
    sol.goto("/lambeth/concerns")
    assert "A child may be at risk" in sol.inner_text(f"li.rec:has-text('{reference}')")
    sol.click(f"li.rec:has-text('{reference}') h2 a")
    assert "It happened to my child" in sol.inner_text("main")


def test_the_place_of_a_photo_stays_with_the_resident(open_as):
    sent = photo()
    assert all(mark in sent for mark in MARKS)
    tab = open_as(width=390).new_page()
    begin(tab)
    walk_to(tab, "files")
    send_file(tab, "IMG_5146_Kittiwake.jpg", sent)
    assert "Files we have" in tab.inner_text("main")
    walk_to(tab, "check")
    send(tab)
    reference = reference_on(tab)
    assert tab.context.cookies() == []
    grace = open_as("Grace").new_page()
    name, copy = saved_copy(grace, read(grace, reference))
    assert [mark for mark in MARKS if mark in copy] == []
    assert "Kittiwake" not in name
    assert CANARY not in grace.content()
    picture = Image.open(io.BytesIO(copy))
    assert picture.size == (48, 64)  # turned as the camera was held
    assert not picture.getexif()


def saved_copy(tab, path: str) -> tuple[str, bytes]:
    """The clean copy as the browser saves it, once it has been made."""
    link = tab.locator("a[href*='/files/']")
    end = time.monotonic() + PATIENCE_S
    while not link.count() and time.monotonic() < end:
        tab.goto(path)
    with tab.expect_download() as download:
        link.click()
    return download.value.suggested_filename, download.value.path().read_bytes()


@pytest.fixture
def flooded(another, open_as):
    """The address of a server on which far more was sent than is usual, by nobody in particular."""
    crowd = open_as(at=another).request
    for _ in range(FORMS):
        crowd.post("/sign-in/code", form={"code": ""}, max_redirects=0)
    return another


def test_in_a_flood_a_browser_works_for_its_resident(open_as, flooded):
    tab = open_as(width=390, at=flooded).new_page()
    begin(tab)
    walk_to(tab, "check")
    tab.wait_for_selector("text=Checked. You can send it now.")
    send(tab)
    reference = reference_on(tab)
    without = open_as(width=390, at=flooded, java_script_enabled=False).new_page()
    begin(without)
    walk_to(without, "check")
    send(without)
    held = reference_on(without)
    grace = open_as("Grace", at=flooded).new_page()
    grace.goto("/lambeth/concerns")
    assert reference in grace.inner_text("main")
    assert held not in grace.inner_text("main")
    grace.click("text=Some wait behind a flood")
    assert reference not in grace.inner_text("main")
    pressed(grace, grace.locator(f"li.rec:has-text('{held}') button:has-text('Let it in')"))
    grace.goto("/lambeth/concerns")
    assert held in grace.inner_text("main")


def test_who_leaves_quickly_leaves_nothing_behind(open_as):
    tab = open_as(width=390).new_page()
    tab.route("**/weather", lambda asked: asked.fulfill(body="Sunny.", content_type="text/html"))
    begin(tab)
    walk_to(tab, "words")
    assert tab.locator("form[action$='/words']").get_attribute("autocomplete") == "off"
    fill(tab, {"words": WORDS})
    tab.click("text=Leave this site quickly")
    tab.wait_for_url("**/weather")
    assert tab.inner_text("body") == "Sunny."
    for _ in range(3):
        with tab.expect_navigation():  # to a page that is asked for again, as it is kept nowhere
            tab.evaluate("history.back()")
        assert WORDS not in tab.content()
        assert WORDS not in tab.evaluate(TYPED)
