"""A form counts only when it comes from a page of ours (security.md R17)."""

import pytest

from scrutiny.people.tables import Session


def sessions():
    return Session.count().run_sync()


def test_the_form_of_our_own_page_is_taken(browse):
    assert browse("amara").post("/sign-out").status_code == 303
    assert sessions() == 0


@pytest.mark.parametrize(
    ("headers", "token"),
    [
        ({"sec-fetch-site": "cross-site"}, True),
        ({"sec-fetch-site": "same-site"}, True),
        ({"origin": "https://evil.example"}, True),
        ({"origin": "null"}, True),
        ({}, False),
    ],
    ids=["cross-site", "same-site", "another origin", "no origin", "no token"],
)
def test_a_form_from_elsewhere_changes_nothing(browse, headers, token):
    amara = browse("amara")
    sent = {} if token else {"_csrf": ""}
    assert amara.post("/sign-out", sent, headers=headers).status_code == 403
    assert sessions() == 1


def test_a_null_origin_from_our_own_page_is_taken(browse):
    """With no-referrer, browsers send `Origin: null` for our own forms too."""
    headers = {"sec-fetch-site": "same-origin", "origin": "null"}
    assert browse("amara").post("/sign-out", headers=headers).status_code == 303


def test_the_token_of_another_session_is_refused(browse):
    amara, bilal = browse("amara"), browse("bilal")
    assert amara.post("/sign-out", {"_csrf": bilal.token()}).status_code == 403
    assert sessions() == 2


@pytest.mark.parametrize("token", ["é", "\x7f", "a" * 5000, "0" * 64])
def test_a_strange_token_is_refused_and_never_breaks(browse, token):
    assert browse("amara").post("/sign-out", {"_csrf": token}).status_code == 403


def test_a_token_sent_as_a_file_is_refused(browse):
    amara = browse("amara")
    reply = amara._ask("POST", "/sign-out", files={"_csrf": ("a.txt", amara.token())})
    assert reply.status_code == 403


BROKEN = {
    "bad UTF-8": ("application/x-www-form-urlencoded", b"email=%ff%fe&a=\xff"),
    "NUL": ("application/x-www-form-urlencoded", b"email=a%00b"),
    "half a surrogate": ("application/x-www-form-urlencoded", b"email=%ed%a0%80"),
    "multipart without a boundary": ("multipart/form-data", b"--x\r\n"),
    "multipart that ends early": ("multipart/form-data; boundary=x", b"--x\r\nContent-Disp"),
    "multipart of an unknown charset": (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="email"\r\n'
        b"Content-Type: text/plain; charset=rot13\r\n\r\nabc\r\n--x--\r\n",
    ),
    "multipart of bad UTF-8": (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="email"\r\n\r\n\xff\xfe\r\n--x--\r\n',
    ),
    "JSON where a form belongs": ("application/json", b'{"email": ' * 2000),
    "a form field twice": ("application/x-www-form-urlencoded", b"email=a&email=b"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_form_gets_a_sentence_and_never_a_500(browse, kind):
    content_type, body = BROKEN[kind]
    reply = browse()._ask("POST", "/sign-in", content=body, headers={"content-type": content_type})
    assert 400 <= reply.status_code < 500
    assert "<h1" in reply.text


def test_a_number_larger_than_any_database_keeps_is_a_plain_refusal(browse):
    for path in ("/lambeth/recommendations/99999999999999999999", "/lambeth/cases/" + "9" * 30):
        assert browse("amara").get(path).status_code in (400, 404)
