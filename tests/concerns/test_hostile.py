"""What no browser of ours would send: a plain refusal, never an error of ours, never half a row."""

import random
from urllib.parse import urlencode

import pytest
from conftest import run

from concerns.journey.steps import NEW, Resident, draft, drafts
from concerns.steps import raised, stored
from concerns.thread.steps import BACK, given, said
from scrutiny.concerns.consents import CELLS
from scrutiny.concerns.evidence.tables import Evidence
from scrutiny.concerns.tables import Concern, Consent, Draft, Message
from scrutiny.concerns.thread import pace

FORM = "application/x-www-form-urlencoded"
PARTS = "multipart/form-data; boundary=b"
NAMED = b'Content-Disposition: form-data; name="words"'
JOURNEY = [f"{NEW}/{step}" for step in (
    *("begin", "resume", "words", "when", "wants", "contact", "consents", "equality", "check"),
    *("danger", "officer", "evidence", "evidence/removal"),
)]  # fmt: skip
THREAD = [BACK, *(f"{BACK}/{deed}" for deed in (
    *("more", "consents", "letters", "review", "hand-off", "withdrawal", "copy", "statement"),
    *("draft", "evidence"),
))]  # fmt: skip


def part(headers: bytes, body: bytes, code: bytes) -> bytes:
    coded = b'--b\r\nContent-Disposition: form-data; name="code"\r\n\r\n' + code + b"\r\n"
    return coded + b"--b\r\n" + headers + b"\r\n\r\n" + body + b"\r\n--b--\r\n"


def charset(name: bytes) -> bytes:
    return NAMED + b"\r\nContent-Type: text/plain; charset=" + name


SENT = {
    "bad UTF-8": (FORM, lambda code: b"code=" + code + b"&words=%ff%fe"),
    "NUL": (FORM, lambda code: b"code=" + code + b"&words=a%00b"),
    "NUL in a name": (FORM, lambda code: b"code=" + code + b"&wor%00ds=ab"),
    "half a character": (FORM, lambda code: b"code=" + code + b"&words=%ed%a0%80"),
    "NUL in the code": (FORM, lambda code: b"code=%00" + code),
    "multipart in bad UTF-8": (PARTS, lambda code: part(NAMED, b"\xff\xfe", code)),
    "multipart with a NUL": (PARTS, lambda code: part(NAMED, b"a\x00b", code)),
    "an unknown charset": (PARTS, lambda code: part(charset(b"nonsense"), b"a", code)),
    "rot13": (PARTS, lambda code: part(charset(b"rot13"), b"a", code)),
    "without an end": (PARTS, lambda code: b"--b\r\n" + NAMED + b"\r\n\r\na"),
    "without a boundary": ("multipart/form-data", lambda code: b"a"),
    "too many parts": (PARTS, lambda code: part(NAMED, b"a", code)[:-7] * 2000 + b"--b--"),
    "broken JSON": ("application/json", lambda code: b"{"),
    "deep JSON": ("application/json", lambda code: b"[" * 100_000),
    "XML": ("text/xml", lambda code: b"<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/hosts'>]><x/>"),
    "too large": (FORM, lambda code: b"code=" + code + b"&words=" + b"a" * 1_100_000),
}  # fmt: skip
"""Each begins with the code that opens something, so that it comes as far as it can."""
REFUSED = (400, 413, 415, 422)
EMPTY = ("bad UTF-8", "half a character", "broken JSON", "deep JSON", "XML")


@pytest.fixture(autouse=True)
def unhurried(monkeypatch):
    monkeypatch.setattr(pace, "PAUSE", 0)


@pytest.fixture
def nadia(browse):
    """Somebody half way in."""
    found = Resident(browse())
    found.begin()
    found.walk(until="paperwork")
    return found


def everything() -> list[str]:
    """Every row of what residents said."""

    async def rows():
        return [repr(await table.select().order_by(table.id)) for table in
                (Draft, Concern, Message, Consent, Evidence)]  # fmt: skip

    return run(rows())


def is_told_plainly(reply) -> bool:
    return "<h1" in reply.text and "Traceback" not in reply.text


# -- forms that are none --------------------------------------------------------------------------


@pytest.mark.parametrize("name", SENT)
def test_it_is_refused_in_a_sentence_and_changes_nothing(browse, cast, nadia, name):
    """What is no form of ours is read as an empty one, which answers nothing: in one piece too."""
    receipt, (kind, body) = raised(cast.lambeth), SENT[name]
    before = (draft(nadia.code), drafts()), everything()[1:]
    for paths, code in ((JOURNEY, nadia.code), (THREAD, receipt.code)):
        for path in paths:
            reply = browse().client.post(
                path, content=body(code.encode()), headers={"content-type": kind}
            )
            fine = range(200, 423) if name in EMPTY else REFUSED
            assert reply.status_code in fine, f"{path}: {reply.status_code}"
            assert is_told_plainly(reply), path
    assert everything()[1:] == before[1]
    assert draft(nadia.code).words == before[0][0].words
    assert name in EMPTY or (draft(nadia.code), drafts()) == before[0]


@pytest.mark.parametrize("kind", ["", FORM, PARTS, "application/json", f"{FORM}; charset=utf-16"])
def test_chance_bytes_are_no_error_of_ours(browse, cast, nadia, kind):
    """As a program would send them that looks for a hole."""
    receipt, chance, client = raised(cast.lambeth), random.Random(kind), browse().client
    marks = [b"&", b"=", b"%", b"\r\n", b"--b", b"code=", b"words=", receipt.code.encode(), b"[]"]
    before = stored(Concern.id, Concern.stage), said(receipt)
    for path in (JOURNEY + THREAD) * 4:
        pieces = [chance.choice([chance.randbytes(9), chance.choice(marks)]) for _ in range(12)]
        headers = {"content-type": kind} if kind else {}
        reply = client.post(path, content=b"".join(pieces), headers=headers)
        assert reply.status_code < 500, f"{path}: {pieces}"
        assert is_told_plainly(reply), path
    assert (stored(Concern.id, Concern.stage), said(receipt)) == before


@pytest.mark.parametrize("path", JOURNEY + THREAD)
def test_a_form_from_another_site_is_refused(browse, cast, path):
    raised(cast.lambeth)
    before = everything()
    for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}):
        reply = browse().post(path, {"words": "a"}, headers=headers)
        assert reply.status_code == 403
    assert everything() == before


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE"])
def test_no_other_method_opens_anything(browse, cast, method):
    receipt = raised(cast.lambeth)
    before = everything()
    for path in JOURNEY + THREAD:
        reply = browse()._ask(method, path, data={"code": receipt.code, "sure": "yes"})
        assert reply.status_code in (404, 405), path
    assert everything() == before


def test_a_form_cannot_name_another_method(browse, cast):
    receipt = raised(cast.lambeth)
    for header in ("x-http-method-override", "x-http-method", "x-method-override"):
        reply = browse().post(BACK, {"code": receipt.code, "_method": "DELETE", "sure": "yes"},
                              headers={header: "DELETE"})  # fmt: skip
        assert reply.status_code == 200 and receipt.reference in reply.text
    assert stored(Concern.stage) == [{"stage": "submitted"}]


# -- answers that are none ------------------------------------------------------------------------


def test_words_that_are_too_long_come_back_whole(browse, cast, nadia):
    words = ("long " * 2000).strip()
    nadia.walk(until="paperwork")
    code = nadia.code
    reply = nadia.browser.post(f"{NEW}/words", {"code": code, "words": words})
    assert reply.status_code == 422 and words in reply.text and "3,000" in reply.text
    assert draft(code).words == "Zebedee was searched twice by the ice rink."
    receipt = raised(cast.lambeth)
    more = {"code": receipt.code, "kind": "added", "words": words, "last": "0"}
    reply = browse().post(f"{BACK}/more", more)
    assert reply.status_code == 422 and words in reply.text
    assert said(receipt) == []


@pytest.mark.parametrize("step", [
    *("nothing", "BEGIN", "words%20", "words%00", "w" * 4000, "%F0%9F%98%80", "..%2fcheck", "%ff"),
    *("{{7*7191}}", "<script>", "words/words", "__class__", "advocate", "call-999"),
])  # fmt: skip
def test_a_step_that_is_none_is_not_there(browse, cast, nadia, step):
    before = everything()
    reply = browse().post(f"{NEW}/{step}", {"code": nadia.code, "words": "b"})
    known = step in ("advocate", "call-999")  # pages of another way: they are shown, and ask again
    assert reply.status_code in ((200, 422) if known else (400, 404))
    assert "<script>" not in reply.text and "50337" not in reply.text
    assert is_told_plainly(reply)
    assert known or everything() == before


NONSENSE = {
    "wants": {"wants": ["eaten", "video"]},
    "category": {"category": "__proto__"},
    "when": {"happened_day": "9" * 400, "happened_month": "-1", "happened_year": "1e9"},
    "whose": {"whose": ["me", "saw"]},
    "live": {"live": [f"x{n}" for n in range(500)]},
    "details": {"detail_reason": "x" * 5000, "detail___class__": "x"},
    "contact": {"reach": "pigeon", "email": "a@b\r\nBcc: all@example.org"},
    "consents": {"consents_1": ["identity.everybody", "statistics.public"]},
    "equality": {"age": "18_24' OR 1=1 --", "sex": "x" * 9000},
    "where": {"place": "a\u202eb\u0000".replace("\0", "") + "x" * 9000},
}


@pytest.mark.parametrize("step", NONSENSE)
def test_answers_that_were_not_offered_are_not_kept(nadia, step):
    nadia.walk()
    code = nadia.code
    reply = nadia.browser.post(f"{NEW}/{step}", {"code": code, **NONSENSE[step]})
    assert reply.status_code in (200, 409, 422), reply.text
    assert is_told_plainly(reply)
    kept = repr(draft(code))
    nonsense = ("eaten", "__proto__", "999999", "x1", "xxxxx", "pigeon", "Bcc", "everybody", "OR 1")
    assert [word for word in nonsense if word in kept] == []


@pytest.mark.parametrize("number", ["-1", "1e9", "９", "9" * 400, "", "one", "0x1", "1 OR 1=1"])
def test_numbers_that_are_none(browse, cast, nadia, number):
    receipt = raised(cast.lambeth)
    asked = {
        f"{BACK}/more": {"kind": "added", "words": "It rained.", "last": number},
        f"{BACK}/consents": {"consents_1": ["statistics.public"], "version": number},
        f"{BACK}/hand-off": {"agree": "no", "version": number},
    }
    for path, fields in asked.items():
        reply = browse().post(path, {"code": receipt.code, **fields})
        assert reply.status_code in (200, 409, 422) and is_told_plainly(reply), path
    reply = browse().post(f"{NEW}/evidence/removal", {"code": nadia.code, "number": number})
    assert reply.status_code < 500
    assert said(receipt) in ([], [("resident", "added", "It rained.")])


@pytest.mark.parametrize("number", ["0", "99999999999999999999999", "2147483648", "-1", "1.5"])
def test_absurd_numbers_are_not_there(browse, cast, number):
    raised(cast.lambeth)
    grace = browse("grace")
    for path in ("", "/contact", "/video", "/hold", "/files/1", "/decisions/accepted"):
        assert grace.get(f"/lambeth/concerns/{number}{path}").status_code == 404
    for path in ("concerns", "video", "cases"):
        assert grace.get(f"/lambeth/{path}?before={number}").status_code in (200, 400, 422)
    assert grace.get(f"/lambeth/concerns?stage={number}").status_code == 404


# -- the same field again, and more of it ---------------------------------------------------------


def test_a_code_sent_twice_opens_neither(browse, cast):
    one, other = raised(cast.lambeth), raised(cast.hackney, words="Nightjar was there.")
    for path in THREAD[:-1]:
        body = urlencode([("code", one.code), ("code", other.code), ("sure", "yes"),
                          ("words", "a"), ("kind", "added"), ("last", "0")])  # fmt: skip
        reply = browse().client.post(path, content=body, headers={"content-type": FORM})
        assert reply.status_code in (400, 422), path
        assert "Nightjar" not in reply.text and "Zebedee" not in reply.text
    assert {row["stage"] for row in stored(Concern.stage)} == {"submitted"}


def test_a_word_sent_twice_keeps_one_draft_in_one_piece(nadia):
    code = nadia.code
    body = urlencode([("code", code), ("words", "First."), ("words", "Second.")])
    reply = nadia.browser.client.post(f"{NEW}/words", content=body, headers={"content-type": FORM})
    assert reply.status_code in (200, 400, 409, 422)
    assert draft(code).words in ("First.", "Second.", "Zebedee was searched twice by the ice rink.")
    assert drafts() == 1


def test_a_thousand_fields_are_no_more_than_one(browse, cast):
    receipt = raised(cast.lambeth)
    many = {f"f{n}": "1" for n in range(900)}
    ticks = {"consents_1": [*CELLS] * 40, "version": "1"}
    reply = browse().post(f"{BACK}/consents", {"code": receipt.code, **many, **ticks})
    assert reply.status_code in (200, 400, 413, 422) and is_told_plainly(reply)
    assert given(receipt) <= set(CELLS)
