"""Files sent later, from the thread: under the concern's own key, erased with it."""

import pytest
from conftest import run

from concerns.evidence import media
from concerns.evidence.sending import kept, lying, new_code, send
from concerns.steps import concern_of, letters, raised
from scrutiny.concerns.evidence import actions, shelf
from scrutiny.concerns.evidence.queries import clean_copy, find
from scrutiny.concerns.rules import Stage
from scrutiny.concerns.tables import Concern, ConcernKey
from scrutiny.kit.db import write_tx
from scrutiny.kit.errors import Missing, Unreadable
from scrutiny.record.tables import Event

BACK = "/concerns/return/evidence"


def test_a_file_is_added_and_triage_is_told(browse, cast, concern):
    answer = send(browse(), media.pdf(), concern.code, BACK)
    assert answer.status_code == 200
    assert "We have your file" in answer.text and "File 1" in answer.text
    assert f'name="code" value="{concern.code}"' in answer.text
    [row] = kept()
    copy = b"".join(run(clean_copy(concern_of(concern), run(find(concern_of(concern), 1)))))
    assert copy.startswith(b"%PDF")
    [line] = run(Event.objects().where(Event.what == "concern.file_added").run())
    assert (line.about, line.facts, line.seat) == (row.concern, "{}", None)
    [letter] = letters("concern.file_added")[:1]
    assert "A resident sent a file." in letter.words.text
    assert concern.reference not in letter.words.text


def test_what_is_refused_is_told_beside_what_we_have(browse, cast, concern):
    answer = send(browse(), b"MZ" + bytes(99), concern.code, BACK)
    assert answer.status_code == 422
    assert "We cannot take this kind of file" in answer.text
    assert (kept(), lying(), letters("concern.file_added")) == ([], [], [])


def test_a_code_that_nobody_has_adds_nothing(browse, cast, concern):
    for code in (new_code(), "nonsense", ""):
        assert send(browse(), b"Hello", code, BACK).status_code in (200, 422)
    assert (kept(), lying()) == ([], [])


@pytest.mark.parametrize("stage", [Stage.CLOSED, Stage.WITHDRAWN, Stage.ANONYMISED])
def test_nothing_is_added_to_what_has_ended(stage, browse, cast, concern):
    run(Concern.update({Concern.stage: stage.value}, force=True).run())
    assert send(browse(), b"Hello", concern.code, BACK).status_code == 409
    assert (kept(), lying()) == ([], [])


def test_erasing_takes_keys_at_once_and_files_with_them(browse, cast, concern):
    other = raised(cast.lambeth)
    send(browse(), b"One", concern.code, BACK)
    send(browse(), b"Two", other.code, BACK)
    first = concern_of(concern)

    async def erase():
        row = await find(first, 1)
        async with write_tx():
            gone = await actions.erase(first)
            await ConcernKey.delete().where(ConcernKey.id == first.id)
        with pytest.raises(Missing):
            await find(first, 1)
        with pytest.raises(Unreadable):
            await clean_copy(first, row)
        assert len(lying()) == 4
        shelf.discard(gone)

    run(erase())
    [left] = kept()
    assert left.concern == concern_of(other).id
    assert [path.name for path in lying()] == [f"{left.id.hex}.c", f"{left.id.hex}.o"]


def test_a_draft_is_erased_with_its_files(browse, cast):
    send(browse(), b"One")
    [row] = kept()

    async def erase():
        async with write_tx():
            return await actions.erase_draft(row.concern)

    assert run(erase()) == [row.id]
    assert kept() == []
