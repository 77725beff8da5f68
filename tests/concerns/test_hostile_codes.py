"""Codes of others, and text that would like to be more than text: neither opens anything."""

import re
from urllib.parse import quote

import pytest
from conftest import run

from concerns.journey.steps import NEW, Resident, draft
from concerns.steps import raised
from concerns.test_hostile import THREAD, everything, nadia, unhurried  # noqa: F401
from concerns.thread.steps import BACK, said
from scrutiny.concerns.queries import by_receipt, opened
from scrutiny.kit.tokens import receipt_code

TYPED = "{{ 7 * 7191 }}{% include 'base.html' %}${7*7191}<script>alert(1)</script>\"'><img src=x>"


# -- codes of others ------------------------------------------------------------------------------


def test_a_draft_of_another_panel_is_neither_shown_nor_changed(browse, cast):
    theirs = Resident(browse(), "/hackney/concerns/new")
    theirs.begin()
    theirs.walk(until="paperwork")
    code, before = theirs.code, everything()
    for step in ("words", "begin", "check", "resume", "evidence/removal"):
        reply = browse().post(f"{NEW}/{step}", {"code": code, "words": "Mine now."})
        assert reply.status_code in (200, 404, 409, 422), step
        assert "Zebedee" not in reply.text and "Quillfeather" not in reply.text
    ours, theirs_now = everything(), draft(code)
    assert theirs_now.words == "Zebedee was searched twice by the ice rink."
    assert ours[1:] == before[1:]


def test_a_receipt_of_another_panel_begins_nothing_here(browse, cast):
    receipt = raised(cast.hackney)
    before = everything()
    for step in ("words", "check", "resume", "consents"):
        reply = browse().post(f"{NEW}/{step}", {"code": receipt.code, "words": "Mine now."})
        sent = (200,) if step == "check" else ()  # the receipt once more, for who holds it
        assert reply.status_code in (409, 422, *sent), step
        assert "Zebedee" not in reply.text and "Mine now." not in str(everything())
    assert everything() == before


@pytest.mark.parametrize("code", [
    *("", "   ", "O" * 24, "A" * 100_000, "{{7*7191}}", "'; DROP TABLE concern; --", "💜" * 24),
    receipt_code(),
], ids=["none", "blank", "no letters", "long", "template", "sql", "hearts", "unknown"])  # fmt: skip
def test_every_wrong_code_is_answered_alike(browse, cast, code):
    raised(cast.lambeth)
    before = everything()
    for path in THREAD[:-1]:
        reply = browse().post(path, {"code": code, "sure": "yes", "words": "a", "email": "a@b.cd"})
        assert reply.status_code == 422, path
        none = path == BACK and not code.strip()
        assert ("Give your code." if none else "We do not know this code.") in reply.text
        assert "50337" not in reply.text
    assert everything() == before


# -- what is typed is only ever text --------------------------------------------------------------


def test_what_is_typed_is_shown_as_it_was_typed_on_every_page(browse, cast):
    typed = {"words": TYPED, "place": TYPED[:80], "needs": TYPED, "search_ref": TYPED[:60],
             "advocate": TYPED[:80], "force": TYPED[:80]}  # fmt: skip
    receipt = raised(cast.lambeth, **typed)
    browse().post(f"{BACK}/more", {"code": receipt.code, "kind": "added", "words": TYPED,
                                   "last": "0"})  # fmt: skip
    grace, pages = browse("grace"), []
    pages += [browse().post(BACK, {"code": receipt.code, "show": "words"}),
              browse().post(f"{BACK}/copy", {"code": receipt.code})]  # fmt: skip
    pages += [grace.get(f"/lambeth/concerns/1{more}") for more in
              ("", "?veils=off", "/decisions/accepted", "/video")]  # fmt: skip
    shown = 0
    for reply in pages:
        assert reply.status_code == 200
        assert "<script>alert" not in reply.text and "<img src=x" not in reply.text
        assert "50337" not in reply.text
        shown += reply.text.count("&lt;script&gt;alert(1)")
    assert shown >= 6
    assert run(opened(run(by_receipt(receipt.code)))).words == TYPED


def test_on_the_way_in_too(nadia):
    nadia.walk(until="check")
    code = nadia.code
    for step, fields in (("words", {"words": TYPED}), ("where", {"place": TYPED[:90]})):
        nadia.browser.post(f"{NEW}/{step}", {"code": code, **fields})
    reply = nadia.browser.post(f"{NEW}/check", {"code": code, "go": "stay"})
    assert "&lt;script&gt;alert(1)" in reply.text and "<script>alert" not in reply.text
    assert "50337" not in reply.text


@pytest.mark.parametrize("words", [
    "زبيدي كان هناك", "👩‍👩‍👧 saw it", "Z̷͎̕a̶l̶g̷o̵", "a\u200bb\u202ec", "'; DROP TABLE concern; --",
    "=HYPERLINK(\"http://x\")", "\r\n\r\nSet-Cookie: a=b",
])  # fmt: skip
def test_whatever_people_type_is_kept_as_they_typed_it(browse, cast, words):
    receipt = raised(cast.lambeth)
    more = {"code": receipt.code, "kind": "added", "words": words, "last": "0"}
    reply = browse().post(f"{BACK}/more", more)
    assert reply.status_code == 200
    assert "set-cookie" not in reply.headers
    kept = said(receipt)[0][2]
    visible = re.sub(r"[\u200b\u202e]", "", words.strip().replace("\r\n", "\n"))
    assert re.sub(r"[\u200b\u202e]", "", kept) == visible


def test_a_language_that_is_none(browse, cast):
    receipt = raised(cast.lambeth)
    for wanted in ("xx", "../../etc", "en\r\nset-cookie: a=b", "c" * 5000, "%00"):
        reply = browse().post(f"{BACK}?lang={quote(wanted)}", {"code": receipt.code})
        assert reply.status_code == 200 and "set-cookie" not in reply.headers
        assert browse().get(f"{NEW}?lang={quote(wanted)}").status_code == 200
