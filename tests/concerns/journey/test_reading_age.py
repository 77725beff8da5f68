"""Every page that a resident reads is plain: grade 8 at most, and no sentence over 25 words."""

import pytest
from conftest import run
from reading import faults, sentences

from concerns.journey.steps import ANSWERS, NEW, Resident
from concerns.steps import raised
from concerns.triage.steps import seen
from concerns.video.steps import requests, wished
from scrutiny.concerns.journey.questions import NAMED
from scrutiny.concerns.thread.actions import answer_hand_off
from scrutiny.concerns.triage import handoff
from scrutiny.concerns.triage.queries import hand_off_of
from scrutiny.concerns.video import actions as video
from scrutiny.concerns.vocabulary import CATEGORIES


def walked(browse, door="", **answers) -> list[tuple[str, str]]:
    """Every page on one way, with its name, the receipt last."""
    nadia = Resident(browse())
    found = [("start", nadia.page)]
    nadia.begin(door)
    while nadia.step != "check":
        found.append((nadia.step, nadia.page))
        nadia.answer(**{**ANSWERS, **answers}.get(nadia.step, {}))
        assert nadia.reply.status_code == 200, nadia.page
    found.append(("check", nadia.page))
    found.append(("saved", nadia.answer(go="save").text))
    nadia.answer_form("/resume")
    code = nadia.code
    found.append(("receipt", nadia.send(proof="yes").text))
    found.append(("sent", nadia.browser.post(f"{NEW}/words", {"code": code}).text))
    found += thread(nadia.browser, code)
    return found


def thread(browser, code: str) -> list[tuple[str, str]]:
    """The pages of coming back."""
    found = {
        "return": browser.get("/concerns/return"),
        "thread": browser.post("/concerns/return", {"code": code}),
        "words": browser.post("/concerns/return", {"code": code, "show": "words"}),
    }
    assert [reply.status_code for reply in found.values()] == [200, 200, 200]
    return [(f"thread: {name}", reply.text) for name, reply in found.items()]


EVERYTHING = {
    "danger": {"danger": "yes"},
    "harm": {"harm": ["death", "child", "sexual"]},
    "wants": {"wants": ["patterns", "incident", "video", "complaint", "support"]},
    "whose": {"whose": "child"},
    "behalf": {"behalf": "parent"},
    "live": {"live": ["court", "unsaid"]},
    "contact": {"reach": "email", "email": "nadia@example.org", "name": "N"},
}  # fmt: skip


@pytest.mark.parametrize("category", CATEGORIES)
def test_every_category_and_every_notice_is_plain(browse, category):
    found = walked(browse, category={"category": category}, **EVERYTHING)
    met = {name for name, _ in found}
    notices = {name for name, page in NAMED.items() if page.stop} - {"not-responding"}
    assert notices <= met and ("not-responding" in met) == (category == "not_responding")
    assert [fault for name, page in found for fault in faults(name, page)] == []


@pytest.mark.parametrize("door", ["compliment", "community", "advocate"])
def test_the_other_doors_are_plain(browse, door):
    found = walked(browse, door, advocate={"advocate": "Law Centre"})
    assert [fault for name, page in found for fault in faults(name, page)] == []


def test_a_complaint_is_plain_at_every_stage(browse, cast):
    """Promised, offered, sent, and after the concern was taken back; the video was lost."""
    told = wished(wants=["video", "complaint"], consents=["video.force", "identity.force"])
    code, grace, browser = raised(cast.lambeth, **told).code, cast.seats["grace"], browse()

    def page(path="", **more):
        return browser.post(f"/concerns/return{path}", {"code": code, **more}).text

    found = {"promised": page()}
    run(handoff.offer(seen(cast), by=grace, to="force"))
    found["offered"] = page()
    run(answer_hand_off(code, agree=True, version=1))
    there = run(hand_off_of(seen(cast)))
    run(handoff.send(seen(cast), there, by=grace, contact=None))
    run(handoff.note_receipt(seen(cast), there, by=grace, receipt="CO/1"))
    for outcome in ("kept", "already_gone"):
        run(video.answer(requests()[0], by=cast.seats["claire"], outcome=outcome))
    found["sent"] = page()
    found["taken back"] = page("/withdrawal", sure="yes")
    found["safety"] = browser.get("/about/safety").text
    assert "They still have the complaint." in found["taken back"]
    assert [fault for name, text in found.items() for fault in faults(name, text)] == []


def test_what_is_wrong_is_said_plainly(browse):
    browser = browse()
    for step in NAMED:
        page = browser.post(f"{NEW}/{step}", {"code": "", "go": ""}).text
        assert faults(step, page) == []


def test_a_long_sentence_and_a_hard_one_are_found():
    long = f"<main><p>{'word ' * 26}</p></main>"
    hard = "<main><p>Notwithstanding considerations, proportionality applies.</p></main>"
    assert len(faults("x", long)) == 1 and len(faults("x", hard)) == 1
    assert sentences("<main><h1>One two</h1><p>Three.</p></main>") == ["One two.", "Three."]
