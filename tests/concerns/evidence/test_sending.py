"""Sending a file on the way in: kept encrypted, cleaned, listed; whatever fails leaves nothing."""

import asyncio
import stat

import pytest
from cast import VAULT_KEY
from conftest import run
from meetings.steps import counted_queries
from nacl.public import PrivateKey

from concerns.evidence import media
from concerns.evidence.media import CANARY, DEGREES
from concerns.evidence.sending import MULTIPART, NEW, everywhere, form, kept, lying, new_code, send
from concerns.steps import answers
from scrutiny.concerns import parts
from scrutiny.concerns.evidence import receiving, rules, shelf
from scrutiny.concerns.evidence.originals import opened
from scrutiny.concerns.evidence.queries import clean_copy, find, of
from scrutiny.concerns.intake import Sending, take_in
from scrutiny.concerns.journey.queries import draft_of
from scrutiny.concerns.queries import by_receipt
from scrutiny.concerns.tables import ConcernKey, Draft
from scrutiny.concerns.vault.tables import Vault
from scrutiny.kit.clock import midnight, today
from scrutiny.kit.errors import Unreadable
from scrutiny.kit.seal import keys
from scrutiny.record.tables import Event


def said_of(answer) -> str:
    return " ".join(answer.text.split())


def sent_in(panel, code: str):
    """The concern that the draft of this code becomes."""

    async def all_of_it():
        draft = await draft_of(code)
        await take_in(panel, code, answers(), Sending(draft.id, draft.version))
        return await by_receipt(code)

    return run(all_of_it())


def test_a_photo_is_kept_encrypted_and_listed(browse, cast):
    code = new_code()
    answer = send(browse(), media.photo(), code)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers
    page = said_of(answer)
    assert "File 1" in page and "Picture, 0.1 MB" in page and "We have it." in page
    assert f'name="code" value="{code}"' in page
    assert "Kittiwake" not in page and "IMG_0412" not in page
    [row] = kept()
    assert (row.kind, row.mime, row.state, row.size) == (
        *("image", "image/jpeg", "clean"),
        len(media.photo()),
    )
    assert [path.name for path in lying()] == [f"{row.id.hex}.c", f"{row.id.hex}.o"]
    for path in lying():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert path.stat().st_mtime == midnight(today()).timestamp()
        assert path.parent.stat().st_mtime == midnight(today()).timestamp()
    assert run(Event.count().run()) == 0  # a draft leaves no line in the record


def test_nothing_of_it_is_anywhere_in_clear(browse, cast, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    seen = []
    really = receiving._Form._add

    def looked(form, piece):
        really(form, piece)
        seen.extend(everywhere(CANARY.encode(), DEGREES, b"IMG_0412"))

    monkeypatch.setattr(receiving._Form, "_add", looked)
    assert send(browse(), media.photo((2000, 1500))).status_code == 200
    assert send(browse(), media.pdf()).status_code == 200
    assert seen == []
    assert everywhere(CANARY.encode(), DEGREES, b"IMG_0412") == []
    assert list(tmp_path.rglob("*")) == []


def test_the_draft_becomes_a_concern_with_its_file(browse, cast):
    code = new_code()
    send(browse(), media.photo(), code)
    concern = sent_in(cast.lambeth, code)
    [row] = kept()
    assert row.concern == concern.id
    key = run(parts.key_of(concern))
    assert key != parts.draft_key(code)
    copy = b"".join(run(clean_copy(concern, run(find(concern, 1)))))
    assert copy[:2] == b"\xff\xd8" and DEGREES not in copy


def test_a_custodian_has_the_very_bytes_that_were_sent(browse, cast):
    code = new_code()
    send(browse(), media.photo(), code)
    concern = sent_in(cast.lambeth, code)
    [row] = kept()
    original = b"".join(run(opened(concern, row, VAULT_KEY)))
    assert original == media.photo()
    proof = receiving.hmac.new(keys().pepper, b"evidence|" + original, "sha256").hexdigest()
    assert row.sha256 == proof
    with pytest.raises(Unreadable):
        run(opened(concern, row, PrivateKey.generate()))
    run(ConcernKey.delete().where(ConcernKey.id == concern.id).run())
    with pytest.raises(Unreadable):  # erased is erased, for custodians too
        run(opened(concern, row, VAULT_KEY))


def test_without_a_vault_the_original_does_not_outlive_its_cleaning(browse, cast):
    run(Vault.delete(force=True).run())
    assert send(browse(), media.photo()).status_code == 200
    [row] = kept()
    assert row.sealed_key == b""
    assert [path.name for path in lying()] == [f"{row.id.hex}.c"]


def test_the_same_file_twice_is_there_once(browse, cast):
    code, browser = new_code(), browse()
    for _ in range(2):
        assert send(browser, media.png(), code).status_code == 200
    assert len(kept()) == 1 and len(lying()) == 2
    assert send(browser, media.png(), new_code()).status_code == 200  # another resident's
    assert len(kept()) == 2


def test_ten_files_and_no_more(browse, cast):
    code, browser = new_code(), browse()
    for n in range(rules.MOST_FILES):
        assert send(browser, f"Page {n}\n".encode(), code, name="a.txt").status_code == 200
    answer = send(browser, b"Page 11\n", code)
    assert answer.status_code == 422
    assert "You have sent 10 files" in answer.text
    assert len(kept()) == 10 and len(lying()) == 20


WRONG = {
    "no file": ({"content": None}, 422, rules.REFUSED["none"]),
    "an empty file": ({"content": b""}, 422, rules.REFUSED["empty"]),
    "no answer": ({"content": b"Hello", "police": ""}, 422, rules.REFUSED["asked"]),
    "police": ({"content": b"Hello", "police": "yes"}, 422, rules.REFUSED["police"]),
    "a police name": ({"content": b"Hello", "name": "BWV_0113.mp4"}, 422, "made by the police"),
    "a police film": ({"content": media.mp4("Axon Body 3")}, 422, "made by the police"),
    "a program": ({"content": b"MZ" + bytes(99)}, 422, rules.REFUSED["kind"]),
    "a locked pdf": ({"content": media.pdf("x")}, 422, rules.REFUSED["locked"]),
    "half a photo": ({"content": media.photo()[:600]}, 422, rules.REFUSED["damaged"]),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_refused_is_told_and_leaves_nothing(name, browse, cast):
    how, status, words = WRONG[name]
    code = new_code()
    answer = send(browse(), code=code, **how)
    assert answer.status_code == status
    assert words in answer.text
    assert code in answer.text
    assert (kept(), lying()) == ([], [])


def test_a_file_over_50_mb_is_refused_in_words_and_leaves_nothing(browse, cast):
    answer = send(browse(), b"\xff\xd8\xff" + bytes(rules.MOST_BYTES))
    assert answer.status_code == 413
    assert rules.REFUSED["size"] in answer.text
    assert (kept(), lying()) == ([], [])


def test_what_is_far_too_large_is_not_even_read(browse, cast):
    answer = send(browse(), b"", headers={"content-length": str(400_000_000)})
    assert answer.status_code == 413
    assert lying() == []


TORN = {
    "cut short": form(b"Hello", {"code": "x", "police": "no"})[:-30],
    "no beginning": b"Hello",
    "letters that are none": form(b"Hello", {"code": "x"}).replace(b"\r\n\r\nx", b"\r\n\r\n\xff"),
    "a field as long as a book": form(b"Hello", {"code": "x" * 5_000}),
    "too many parts": form(b"Hello", {f"a{n}": "x" for n in range(20)}),
}


@pytest.mark.parametrize("name", TORN)
def test_a_torn_form_is_no_fault_of_ours_and_leaves_nothing(name, browse, cast):
    answer = browse()._ask("POST", NEW, content=TORN[name], headers=MULTIPART)
    assert answer.status_code in (400, 422)
    assert (kept(), lying()) == ([], [])


def test_a_form_without_files_is_unreadable_here(browse, cast):
    for browser in (browse(), browse("grace")):
        assert browser.post(NEW, {"code": new_code()}).status_code == 422


def test_a_code_that_cannot_be_one_and_one_that_was_sent(browse, cast):
    assert send(browse(), b"Hello", code="nonsense").status_code == 422
    code = new_code()
    send(browse(), b"Hello", code)
    sent_in(cast.lambeth, code)
    answer = send(browse(), b"More", code)
    assert answer.status_code == 409
    assert len(kept()) == 1 and len(lying()) == 2


def test_a_code_of_another_panel_is_not_known_here(browse, cast):
    code = new_code()
    send(browse(), b"Hello", code)
    answer = send(browse(), b"More", code, path="/hackney/concerns/new/evidence")
    assert answer.status_code == 404
    assert len(kept()) == 1 and len(lying()) == 2


async def torn_stream(content: bytes):
    for start in range(0, len(content), 65_536):
        yield content[start : start + 65_536]
    raise ConnectionError("the sender is gone")


def test_a_sender_who_goes_away_in_the_middle_leaves_nothing(cast):
    body = form(b"\xff\xd8\xff" + bytes(5_000_000), {"code": "x", "police": "no"})[:3_000_000]
    with pytest.raises(ConnectionError):
        run(receiving.take_in(torn_stream(body), "----WebKitFormBoundary7MA4YWxkTrZu0gW", today()))
    assert lying() == []

    async def cancelled():
        task = asyncio.create_task(
            receiving.take_in(endless(body), "----WebKitFormBoundary7MA4YWxkTrZu0gW", today())
        )
        while not lying():
            await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    run(cancelled())
    assert lying() == []


async def endless(body: bytes):
    yield body
    await asyncio.sleep(60)


def test_a_full_disk_is_told_and_leaves_nothing(browse, cast, monkeypatch):
    def full(self, *_args, **_how):
        raise OSError(28, "No space left on device")

    for place in ("_put", "finish"):
        with monkeypatch.context() as now:
            now.setattr(f"scrutiny.concerns.evidence.sealed.Writing.{place}", full)
            answer = send(browse(), media.photo((2000, 1500)))
        assert answer.status_code == 503
        assert rules.REFUSED["room"] in answer.text
        assert (kept(), lying()) == ([], [])


def test_a_file_is_taken_back_before_it_is_sent(browse, cast):
    code, browser = new_code(), browse()
    send(browser, b"One", code)
    send(browser, b"Two", code)
    answer = browser.post(f"{NEW}/removal", {"code": code, "number": "1"})
    assert answer.status_code == 200
    assert "File 2" in answer.text and "File 1" not in answer.text
    assert [row.number for row in kept()] == [2] and len(lying()) == 2
    assert browser.post(f"{NEW}/removal", {"code": code, "number": "1"}).status_code == 200
    assert browser.post(f"{NEW}/removal", {"code": code, "number": "²"}).status_code == 200
    assert len(kept()) == 1
    other = browser.post(f"{NEW}/removal", {"code": new_code(), "number": "2"})
    assert other.status_code == 200 and len(kept()) == 1  # whoever lacks the code removes nothing


def test_a_list_takes_the_same_queries_for_one_file_and_for_six(browse, cast, monkeypatch):
    code = new_code()
    send(browse(), b"One", code)
    draft = run(Draft.objects().first().run())
    with counted_queries(monkeypatch) as few:
        run(of(draft.id))
    for n in range(5):
        send(browse(), f"{n}".encode(), code)
    with counted_queries(monkeypatch) as many:
        run(of(draft.id))
    assert len(many) == len(few) == 1
    assert [file.number for file in run(of(draft.id))] == [1, 2, 3, 4, 5, 6]
    assert {file.kind for file in run(of(draft.id))} == {"Document"}


def test_files_that_changed_places_do_not_open(browse, cast):
    code = new_code()
    send(browse(), b"One", code)
    send(browse(), b"Two", code)
    concern = sent_in(cast.lambeth, code)
    one, two = (shelf.place(row.id, shelf.CLEAN) for row in kept())
    first, second = one.read_bytes(), two.read_bytes()
    one.write_bytes(second)
    two.write_bytes(first)
    for number in (1, 2):
        with pytest.raises(Unreadable):
            run(clean_copy(concern, run(find(concern, number))))


@pytest.mark.parametrize("name", ["fake.jpg", "FILM.MP4 ", "notes.pdf"])
def test_text_that_is_called_a_picture_is_not_taken(browse, name):
    reply = send(browse(), b"Not a picture", name=name)
    assert reply.status_code == 422 and kept() == lying() == []
    assert "there is only text in it" in reply.text


@pytest.mark.parametrize("name", ["note.txt", "note", "diary.md"])
def test_text_that_is_called_text_is_taken(browse, name):
    assert send(browse(), b"Not a picture", name=name).status_code == 200
    assert len(kept()) == 1
