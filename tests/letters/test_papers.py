"""Letters that go with a paper: printed when they are sent, never sent without it, never lost."""

import asyncio
import email
from datetime import UTC, datetime, timedelta
from email.policy import default

import pytest
from conftest import run
from kit.proofs import broken_rules, text

from scrutiny.kit import pdf
from scrutiny.kit.clock import now
from scrutiny.kit.db import write_tx
from scrutiny.kit.mail import Mailbox
from scrutiny.letters.actions import write
from scrutiny.letters.paper import blocks, printed
from scrutiny.letters.rules import GIVE_UP_AFTER, Paper, Words
from scrutiny.letters.tables import Letter
from scrutiny.letters.worker import run as working
from scrutiny.letters.worker import send_due, send_papers

TO = Mailbox("Metropolitan Police", "liaison@met.test")
SAID = "To you\n\nPlease keep it.\n\n- Day: 9 January 2026\n- Place: Acre Lane\n\nThank you\n"
PAPER = Paper("LAM-V-2026-03.pdf", "Video request LAM-V-2026-03", "Lambeth Panel")
AT = datetime(2026, 1, 9, tzinfo=UTC)


async def put(*keys: str, paper: Paper | None = PAPER, said: str = SAID) -> None:
    async with write_tx():
        for key in keys:
            await write("panel.tried", TO, Words("A subject", said, paper=paper), key=key)


def stored():
    columns = Letter.key, Letter.state, Letter.tries
    return Letter.select(*columns).order_by(Letter.key).run_sync()


def read(raw: bytes):
    return email.message_from_bytes(raw, policy=default)


def enclosed(raw: bytes):
    return list(read(raw).iter_attachments())


def test_it_is_a_valid_paper_with_the_letters_own_words(tmp_path):
    made = run(printed(Words("s", SAID, paper=PAPER), AT))
    assert (made.name, made.mime) == (PAPER.name, "application/pdf")
    assert broken_rules(made.content, tmp_path) == []
    found = " ".join(text(made.content).split())
    for words in ("Lambeth Panel", PAPER.title, "Please keep it.", "Place: Acre Lane"):
        assert words in found


def test_the_same_letter_gives_the_same_bytes():
    words = Words("s", SAID, paper=PAPER)
    assert run(printed(words, AT)) == run(printed(words, AT))


def test_a_sign_that_cannot_be_printed_holds_nothing_back(tmp_path):
    made = run(printed(Words("s", "At the 🚓 by அ.", paper=PAPER), AT))
    found = text(made.content)
    assert "At the ☐ by ☐." in found
    assert "The e-mail has it." in found
    assert broken_rules(made.content, tmp_path) == []


@pytest.mark.parametrize("said", ["", "<b>x</b> & y", "a\n\n\n\n- b\nc", "- only", "\x0b\u202e"])
def test_whatever_is_written_can_be_printed(said, tmp_path):
    assert broken_rules(run(printed(Words("s", said, paper=PAPER), AT)).content, tmp_path) == []


def test_paragraphs_and_lists():
    assert [tuple(block) for block in blocks(SAID)] == [
        (False, ["To you"]),
        (False, ["Please keep it."]),
        (True, ["Day: 9 January 2026", "Place: Acre Lane"]),
        (False, ["Thank you"]),
    ]


def test_it_goes_with_its_paper_once(tables, post, tmp_path):
    run(put("one"))
    assert run(send_due()) == 0, "it waits for the press"
    assert run(send_papers()) == 1
    assert run(send_papers()) == 0
    (raw,) = post.letters
    (paper,) = enclosed(raw)
    assert (paper.get_filename(), paper.get_content_type()) == (PAPER.name, "application/pdf")
    assert "Acre Lane" in text(paper.get_content())
    assert read(raw).get_body(("plain",)).get_content().replace("\r\n", "\n") == SAID
    assert broken_rules(paper.get_content(), tmp_path) == []
    assert [row["state"] for row in stored()] == ["sent"]


def test_without_a_press_it_is_tried_again_and_never_sent_bare(tables, post, monkeypatch, tmp_path):
    run(put("one"))
    with monkeypatch.context() as broken:
        broken.setenv("SCRUTINY_PDF_FONTS", str(tmp_path))
        assert run(send_papers()) == 1
    assert stored() == [{"key": "one", "state": "ready", "tries": 1}]
    assert post.letters == []
    problem = Letter.select(Letter.problem).first().run_sync()["problem"]
    assert "was not printed" in problem
    assert "Acre" not in problem
    make_due()
    assert run(send_papers()) == 1
    assert len(enclosed(post.letters[0])) == 1


def test_for_want_of_a_press_it_is_never_given_up(tables, post, monkeypatch, tmp_path):
    run(put("one"))
    monkeypatch.setenv("SCRUTINY_PDF_FONTS", str(tmp_path))
    Letter.update({Letter.tries: GIVE_UP_AFTER + 5}, force=True).run_sync()
    run(send_papers())
    assert stored()[0]["state"] == "ready"
    assert stored()[0]["tries"] < GIVE_UP_AFTER


def make_due() -> None:
    Letter.update({Letter.due: now() - timedelta(seconds=1)}, force=True).run_sync()


def test_a_press_that_hangs_holds_up_no_other_letter(tables, post, monkeypatch):
    """A document that takes the press half a minute stands in the way of papers alone."""

    async def never(*_):
        await asyncio.sleep(60)

    async def both() -> bool:
        stop = asyncio.Event()
        task = asyncio.create_task(working(stop))
        for _ in range(200):
            await asyncio.sleep(0.05)
            if post.letters:
                break
        task.cancel()
        return bool(post.letters)

    run(put("a paper"))
    run(put("plain", paper=None))
    monkeypatch.setattr("scrutiny.letters.worker.printed", never)
    assert run(both())
    assert [enclosed(raw) for raw in post.letters] == [[]]


@pytest.fixture(autouse=True)
def closed_press():
    yield
    run(pdf.close())
