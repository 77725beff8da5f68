"""A resident changes what may be done with a concern; every version is kept with its day."""

from concerns.steps import NOBODY, letters, raised
from concerns.thread.steps import BACK, events, given
from scrutiny.kit.clock import today

PATH = f"{BACK}/consents"


def grid(receipt, *cells, version=1):
    public = ("statistics.public", "summary.panel", "quote.public", "evidence.panel")
    police = ("summary.police", "video.force")
    named = {"consents_1": public, "consents_2": police}
    sent = {"code": receipt.code, "version": str(version)}
    for name, of in named.items():
        sent[name] = [cell for cell in cells if cell in of]
    sent["consents_3"] = [cell for cell in cells if cell not in public + police]
    return sent


def test_each_cell_is_given_and_taken_back(browse, concern):
    assert given(concern) == {"statistics.public", "summary.panel"}
    reply = browse().post(PATH, grid(concern, "statistics.public", "identity.iopc"))
    assert reply.status_code == 200
    assert given(concern) == {"statistics.public", "identity.iopc"}
    day = f"{today():%-d %B %Y}"
    assert f"<strong>{day}</strong>" in reply.text
    assert "No longer: Give panel members a summary" in reply.text
    (event,) = events("concern.consented")
    assert event["facts"] == ('{"given": ["identity.iopc"], "grid": 2, "taken": ["summary.panel"]}')
    assert {letter.to.address for letter in letters("concern.consented")} == {
        "grace@panel.test",
        "sol@panel.test",
    }


def test_everything_can_be_taken_back_and_the_history_stays(browse, concern):
    reply = browse().post(PATH, grid(concern))
    assert given(concern) == set()
    assert "Yes: Count it in published figures" in reply.text
    assert "No longer: Count it in published figures" in reply.text


def test_the_same_answer_makes_no_new_version(browse, concern):
    same = grid(concern, "statistics.public", "summary.panel")
    assert browse().post(PATH, same).status_code == 200
    assert events("concern.consented") == []
    changed = grid(concern, "summary.panel")
    assert [browse().post(PATH, changed).status_code for _ in range(3)] == [200, 200, 200]
    assert len(events("concern.consented")) == 1


def test_two_windows_the_second_is_told_and_keeps_its_ticks(browse, concern):
    browse().post(PATH, grid(concern, "summary.panel"))
    second = browse().post(PATH, grid(concern, "quote.public"))
    assert second.status_code == 409
    assert given(concern) == {"summary.panel"}
    assert 'value="quote.public" checked' in second.text
    assert 'value="summary.panel" checked' not in second.text
    assert "It is not saved yet." in second.text
    assert browse().post(PATH, grid(concern, "quote.public", version=2)).status_code == 200
    assert given(concern) == {"quote.public"}


def test_cells_about_a_name_need_a_name(browse, cast):
    nobody = raised(cast.lambeth, **NOBODY)
    page = browse().post(BACK, {"code": nobody.code}).text
    assert "Give my name" not in page
    browse().post(PATH, grid(nobody, "identity.iopc", "quote.public"))
    assert given(nobody) == {"quote.public"}


def test_unknown_cells_are_nothing(browse, concern):
    browse().post(PATH, grid(concern, "everything.everybody"))
    assert given(concern) == set()
