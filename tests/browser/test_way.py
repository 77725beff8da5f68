"""A resident's pages that have no address: at any width, light, and with everything in sight."""

import gzip
import json

import pytest
from browser import resident
from browser.looking import WIDTHS, listen, out_of_sight, wrong_with
from browser.way import NEEDED, STOPS, every_page, the_way_in
from playwright.sync_api import Request

pytestmark = pytest.mark.timeout(600)

FIRST_VISIT = 150_000  # bytes that go over the wire
HTML = 30_000  # bytes of one page, compressed
IN_SIGHT = ("danger", "when", "words", "files", "equality", "contact", "consents", "check")


def test_every_notice_was_shown(way):
    shown = [one.name for one in way]
    wanted = STOPS | {f"{step}: nothing" for step in NEEDED}
    assert wanted | {"receipt", "saved", "sent before", "thread", "taken back"} <= set(shown)
    assert len(shown) == len(set(shown))
    faults = {one.name: one.status for one in way if ": " in one.name and "nothing" in one.name}
    assert set(faults.values()) == {422}


def test_everyone_can_use_the_way_in(open_as, scene):
    tab = open_as(width=WIDTHS[0]).new_page()
    complaints, found = listen(tab), {}
    for name, _ in every_page(tab, scene.code):
        if wrong := wrong_with(tab) + complaints:
            found[name] = wrong
        complaints.clear()
    assert found == {}, json.dumps(found, indent=1)


def test_what_has_the_focus_is_not_under_the_exit_bar(open_as):
    tab, found = open_as(width=390, height=664).new_page(), {}
    for name, _ in the_way_in(tab):
        if name in IN_SIGHT and (hidden := out_of_sight(tab)):
            found[name] = hidden
    assert found == {}, json.dumps(found, indent=1)


def test_a_first_visit_is_light(open_as):
    tab = open_as(width=390).new_page()
    asked: list[Request] = []
    tab.on("requestfinished", lambda one: asked.append(one))
    tab.goto(resident.HOME, wait_until="networkidle")
    sizes = {one.url: one.sizes() for one in asked}
    whole = sum(one["responseBodySize"] + one["responseHeadersSize"] for one in sizes.values())
    assert len(sizes) > 2
    assert whole < FIRST_VISIT, sizes


def test_every_page_is_light(pages, way):
    all_of_them = {page.path: page.html for page in pages} | {one.name: one.html for one in way}
    heavy = {name: len(gzip.compress(html.encode())) for name, html in all_of_them.items()}
    assert {name: size for name, size in heavy.items() if size > HTML} == {}
