"""Somebody holds a file, and asks whether a panel published exactly that."""

import hashlib
import io

import pikepdf
import pytest
from conftest import run
from minutes import steps

from scrutiny.kit.clock import today
from scrutiny.kit.db import write_tx
from scrutiny.ledger.actions import withdraw
from scrutiny.record.actions import record


def ask(browse, name="", file: bytes | None = None, **fields):
    how = {"files": {"file": ("minutes.pdf", file, "application/pdf")}} if file is not None else {}
    return browse(name).post("/verify", fields, **how)


def test_a_published_file_is_known(browse, cast):
    row = run(steps.published(cast))
    final = run(steps.stored())
    day = f"{today():%-d %B %Y}"

    for reply in (
        ask(browse, file=bytes(final.pdf)),
        ask(browse, sha256=final.sha256.upper()),
        browse().get(f"/verify?sha256={final.sha256}"),
    ):
        assert reply.status_code == 200
        assert "Yes, this was published" in reply.text
        assert (
            f"This is Minutes of the meeting of {day}, edition 1, published by "
            f"Lambeth Scrutiny Panel on {day}; entry 1 of the ledger." in reply.text
        )
        assert f"{steps.home(row)}.pdf?edition=1" in reply.text
        assert "The newest edition" in reply.text


def test_so_is_the_data_and_the_fingerprint_printed_in_the_pdf(browse, cast):
    run(steps.published(cast))
    final = run(steps.stored())
    by_file = ask(browse, file=final.document.encode())
    by_mark = ask(browse, sha256=final.approved_hash)
    assert "as data, published by" in by_file.text
    assert "entry 2 of the ledger" in by_mark.text


def test_something_put_behind_it_is_told(browse, cast):
    run(steps.published(cast))
    changed = bytes(run(steps.stored()).pdf) + b" "
    reply = ask(browse, file=changed)
    assert reply.status_code == 200
    assert "This is a changed copy" in reply.text
    assert "It begins as the file that was published" in reply.text
    assert "Yes, this was published" not in reply.text


def test_data_of_ours_in_another_file_is_told(browse, cast):
    """Opened and saved again by another program, with a page more: the data inside is as it was."""
    row = run(steps.published(cast))
    told = io.BytesIO()
    with pikepdf.open(io.BytesIO(bytes(run(steps.stored()).pdf))) as opened:
        opened.add_blank_page()
        opened.save(told, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    reply = ask(browse, file=told.getvalue())
    assert "The data inside is ours, the file is not." in reply.text
    assert "as data, published by" in reply.text
    assert f"{steps.home(row)}.json?edition=1" in reply.text


def test_one_changed_byte_is_not_in_the_ledger(browse, cast):
    run(steps.published(cast))
    changed = b"x" + bytes(run(steps.stored()).pdf)[1:]
    reply = ask(browse, file=changed)
    assert reply.status_code == 200
    assert "Not in the ledger" in reply.text
    assert hashlib.sha256(changed).hexdigest() in reply.text


def test_what_was_withdrawn_is_told_with_its_reason(browse, cast):
    run(steps.published(cast))
    final = run(steps.stored())
    home = "/lambeth/minutes/withdrawn"

    async def take_back():
        async with write_tx():
            await record("panel.tried", cast.lambeth, public=True)
            told = {"title": "Minutes", "address": home, "reason": "By order of a court."}
            await withdraw(cast.lambeth, sha256=final.sha256, **told)

    run(take_back())
    reply = ask(browse, file=bytes(final.pdf))
    assert "This was published, and withdrawn" in reply.text
    assert 'href="/ledger/3"' in reply.text
    assert final.sha256 not in browse().get("/ledger.json").text
    assert "By order of a court." in browse().get("/ledger/3").text
    stone = browse().get("/ledger/3/withdrawal.json").content
    proof = browse().get("/ledger/3/proof.json").json()
    assert hashlib.sha256(stone).hexdigest() == proof["entry"]["sha256"]
    assert browse().get("/ledger/2/withdrawal.json").status_code == 404
    assert "Withdrawn" in browse().get("/ledger/1").text
    assert browse().get("/ledger/1/proof.json").json()["entry"]["salt"] == ""
    assert "its title and fingerprint are erased" in browse().get("/ledger").text


def test_an_older_edition_was_published_and_has_been_replaced(browse, cast):
    row = run(steps.published(cast))
    run(steps.corrected(cast, row))
    old, new = run(steps.stored(1)), run(steps.stored(2))
    reply = ask(browse, sha256=old.sha256)
    assert "Yes, this was published" in reply.text
    assert "This is edition 1. It has been corrected: the newest is edition 2." in reply.text
    assert f'href="{steps.home(row)}"' in reply.text
    assert "There is a newer edition" not in ask(browse, sha256=new.sha256).text


def test_a_draft_or_a_filed_one_is_not_in_the_ledger(browse, cast):
    run(steps.approved(cast, public=False))
    approved = run(steps.stored())
    assert "Not in the ledger" in ask(browse, sha256=approved.approved_hash).text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Choose a file, or paste its fingerprint."),
        ("  ", "Choose a file, or paste its fingerprint."),
        ("<b>x</b>", "has 64 characters"),
    ],
)
def test_it_asks_for_what_is_missing(browse, cast, typed, said):
    reply = ask(browse, sha256=typed)
    assert reply.status_code == 422
    assert said in reply.text
    assert "<b>x" not in reply.text
    if typed.strip():
        assert "&lt;b&gt;x" in reply.text


def test_a_form_as_a_browser_sends_it_without_a_file(browse, cast):
    empty = {"files": {"file": ("", b"", "application/octet-stream")}}
    reply = browse().post("/verify", {"sha256": "a" * 64}, **empty)
    assert "Not in the ledger" in reply.text


def test_a_large_file_is_hashed_and_a_huge_one_refused(browse, cast):
    large = b"x" * 3_000_000
    assert hashlib.sha256(large).hexdigest() in ask(browse, file=large).text
    assert ask(browse, file=b"x" * 21_000_000).status_code == 413


def test_one_who_is_signed_in_asks_too(browse, cast):
    assert browse("bilal").get("/verify").status_code == 200
    assert "Not in the ledger" in ask(browse, "bilal", file=b"x").text


def test_the_page_can_be_kept_by_nobody_who_might_see_what_was_asked(browse, cast):
    reply = browse().get(f"/verify?sha256={'a' * 64}")
    assert "x-published" not in reply.headers
    assert reply.headers["cache-control"] == "no-store"


def test_an_empty_statement_is_told_at_its_own_field(browse, tables):
    reply = browse().post("/verify", data={"what": "statement", "statement": "", "text": ""})
    assert reply.status_code == 422
    assert 'id="statement-error"' in reply.text and 'id="file-error"' not in reply.text
