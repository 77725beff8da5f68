"""When words may be edited, how two versions differ, and what a version gives back."""

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrutiny.minutes.editing import rules
from scrutiny.minutes.rules import Stage

WORDS = st.text(alphabet="ab *#\n", max_size=60)
BASE = {"present": [], "cases": [], "quorum": "Three were there."}


def document(*notes: str, **more) -> dict:
    items = [
        {"number": str(at), "title": f"Item {at}", "notes": one}
        for at, one in enumerate(notes, start=1)
    ]
    return {**BASE, "items": items, **more}


@pytest.mark.parametrize(
    ("stage", "voids", "said"),
    [
        *((stage, False, "") for stage in ("drafting", "chair_review", "circulated")),
        *((stage, False, rules.TICK_FIRST) for stage in ("approved", "cleared")),
        *((stage, True, "") for stage in ("approved", "cleared")),
        *((stage, True, rules.CALL_BACK_FIRST) for stage in ("releasing", "published", "filed")),
    ],
)
def test_when_words_may_be_edited(stage, voids, said):
    assert rules.why_not(Stage(stage), voids=voids) == said


def test_the_first_version_changes_nothing():
    assert rules.what_changed(None, document("A.")) == [rules.FIRST]
    assert rules.what_changed(document("A."), document("B.")) == ["Item 1: Item 1"]


def test_only_what_differs_is_shown_in_the_order_of_the_page():
    present = [{"name": "Amara Okafor", "role": "Chair", "capacity": "community", "how": ""}]
    old, new = document("Same.", "One two."), document("Same.", "One three.", present=present)
    found = rules.differences(old, new)
    assert [one.title for one in found] == ["Who was there", "2. Item 2"]
    [there] = found[0].paragraphs
    assert there.parts[0].text == "Amara Okafor, Chair, community"
    assert [part.kind for part in found[1].paragraphs[-1].parts] == [
        "same", "removed", "added", "same",
    ]  # fmt: skip


def test_an_item_that_came_or_went_is_shown_whole():
    [came] = rules.differences(document("A."), document("A.", "B."))
    assert [one.kind for one in came.paragraphs] == ["added", "added"]
    [went] = rules.differences(document("A.", "B."), document("A."))
    assert went.title == "2. Item 2"
    assert [one.kind for one in went.paragraphs] == ["removed", "removed"]


def test_too_many_paragraphs_are_not_compared_one_by_one():
    text = "a\n\n" * (rules.MOST_PARAGRAPHS + 1)
    [one] = rules.differences(document(text), document(text + "b"))
    assert {paragraph.kind for paragraph in one.paragraphs} == {"added", "removed"}


@given(WORDS, WORDS)
def test_each_side_is_one_of_the_two(before, after):
    def plain(text: str) -> list[str]:
        return ["Item 1", *rules.paragraphs(text)]

    for one in rules.differences(document(before), document(after)):
        for kind, text in (("removed", before), ("added", after)):
            sides = [rules.side(paragraph, kind) for paragraph in one.paragraphs]
            shown = ["".join(part.text for part in parts) for parts in sides if parts]
            assert shown == plain(text)


def test_what_a_version_gives_back_and_what_it_cannot():
    here, gone, apart = uuid4(), uuid4(), uuid4()
    kept = document("Old.", "Lost.", "Theirs.", quorum="Two were there.")
    now = {here: "New.", apart: "Theirs now."}
    plan = rules.restoring(kept, [here, gone, apart], now, {here}, document("New."))
    assert plan.notes == {here: "Old."}
    assert plan.lost == ["Item 2"]
    assert "Whether there was a quorum" in plan.stays


def test_what_is_the_same_is_not_given_back():
    here = uuid4()
    kept = document("Same.")
    assert rules.restoring(kept, [here], {here: "Same."}, {here}, kept).notes == {}
