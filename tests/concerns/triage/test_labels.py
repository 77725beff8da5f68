"""The secretariat's page says what each turn is, and who can reach whom."""

from concerns.steps import NOBODY, raised
from concerns.thread.steps import BACK
from concerns.triage.steps import URL, decision, move

LABELS = {
    "Something more": "There was a dog.",
    "A correction": "It was dusk.",
    "A question to the resident": "How many officers?",
    "An answer": "Three.",
}


def add(browse, receipt, kind, words, last) -> None:
    sent = {"code": receipt.code, "kind": kind, "words": words, "last": str(last)}
    assert browse().post(f"{BACK}/more", sent).status_code == 200


def test_what_the_resident_added_corrected_and_answered_is_labelled(browse, cast):
    receipt = raised(cast.lambeth)
    add(browse, receipt, "added", "There was a dog.", 0)
    add(browse, receipt, "corrected", "It was dusk.", 1)
    move(cast, "needs_info", reply="How many officers?")
    add(browse, receipt, "answer", "Three.", 3)
    for path in (URL, decision("accepted")):
        page = browse("grace").get(path).text
        for label, words in LABELS.items():
            said = page.rpartition(words)[0].rpartition("<strong>")[2].partition("</strong>")[0]
            assert said == label, path


def test_whoever_cannot_reach_the_resident_is_told_who_can(browse, cast):
    raised(cast.lambeth)
    page = browse("sol").get(URL).text
    assert "Ask a custodian to reach them for you: Grace Mensah, Hana Suleiman." in page
    assert "Ask a custodian" not in browse("grace").get(URL).text
    raised(cast.lambeth, **NOBODY)
    assert "Ask a custodian" not in browse("sol").get(URL.replace("/1", "/2")).text
