"""What no browser of ours would send: a plain refusal, never an error of ours."""

import pytest
from conftest import run

from concerns.steps import NEW, code_on, filled, stored
from scrutiny.concerns.queries import by_receipt, opened

FORM = "application/x-www-form-urlencoded"
PARTS = "multipart/form-data; boundary=b"


def part(headers: bytes, body: bytes) -> bytes:
    return b"--b\r\n" + headers + b"\r\n\r\n" + body + b"\r\n--b--\r\n"


NAMED = b'Content-Disposition: form-data; name="words"'
SENT = {
    "bad UTF-8": (FORM, b"category=other&words=%ff%fe"),
    "NUL": (FORM, b"category=other&words=a%00b"),
    "half a character": (FORM, b"category=other&words=%ed%a0%80"),
    "the same name twice": (FORM, b"category=other&words=a&words=b"),
    "multipart in bad UTF-8": (PARTS, part(NAMED, b"\xff\xfe")),
    "multipart in an unknown charset": (
        PARTS,
        part(NAMED + b"\r\nContent-Type: text/plain; charset=nonsense", b"a"),
    ),
    "multipart in rot13": (
        PARTS,
        part(NAMED + b"\r\nContent-Type: text/plain; charset=rot13", b"a"),
    ),
    "multipart in utf-7": (
        PARTS,
        part(NAMED + b"\r\nContent-Type: text/plain; charset=utf-7", b"+ADw-script+AD4-"),
    ),
    "a file for words": (PARTS, part(NAMED + b'; filename="a.txt"', b"a")),
    "multipart without an end": (PARTS, b"--b\r\n" + NAMED + b"\r\n\r\na"),
    "multipart without a boundary": ("multipart/form-data", b"a"),
    "JSON": ("application/json", b'{"category": "other", "words": ["a"]}'),
    "broken JSON": ("application/json", b"{"),
    "deep JSON": ("application/json", b"[" * 100_000),
    "nothing": (FORM, b""),
    "no kind at all": ("", b"category=other&words="),
    "a thousand fields": (FORM, b"&".join(b"f%d=1" % n for n in range(1000))),
}


@pytest.mark.parametrize("name", SENT)
@pytest.mark.parametrize("path", [NEW, "/concerns/return", "/concerns/return/withdrawal"])
def test_it_is_refused_in_a_sentence(browse, name, path):
    kind, body = SENT[name]
    headers = {"content-type": kind} if kind else {}
    visitor = browse()
    reply = visitor.client.post(path, content=body, headers=headers)

    assert reply.status_code in (400, 413, 422), reply.text
    assert "<h1" in reply.text
    assert "script+AD4" not in reply.text and "<script>" not in reply.text
    assert stored() == []


def test_bytes_that_no_browser_sends_are_taken_as_latin_letters(browse):
    body = b"category=other&words=\xff\xfe"
    reply = browse().client.post(NEW, content=body, headers={"content-type": FORM})
    assert reply.status_code == 201
    assert opened(run(by_receipt(code_on(reply)))).words == "ÿþ"


def test_a_form_of_a_megabyte_is_too_large(browse):
    reply = browse().post(NEW, filled(words="a" * 1_100_000))
    assert reply.status_code == 413
    assert "too large" in reply.text


def test_words_that_are_too_long_come_back_whole(browse):
    words = "long " * 2000
    reply = browse().post(NEW, filled(words=words))
    assert reply.status_code == 422
    assert "Please keep it to 3,000." in reply.text
    assert words.strip() in reply.text


def test_markup_is_shown_as_it_was_typed(browse, send):
    code = send(words="<script>alert(1)</script>")
    shown = browse().post("/concerns/return", {"code": code, "show": "yes"}).text
    assert "&lt;script&gt;alert(1)" in shown
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert(1)" in browse("grace").get("/lambeth/concerns/1").text


def test_a_form_from_another_site_is_refused(browse):
    reply = browse().post(NEW, filled(), headers={"sec-fetch-site": "cross-site"})
    assert reply.status_code == 403
    assert stored() == []


@pytest.mark.parametrize("number", ["0", "99999999999999999999999", "2147483648"])
def test_absurd_numbers_are_not_there(browse, number):
    grace = browse("grace")
    assert grace.get(f"/lambeth/concerns/{number}").status_code == 404
    assert grace.get(f"/lambeth/concerns?before={number}").status_code == 200
    assert grace.get(f"/lambeth/concerns?stage={number}").status_code == 404
