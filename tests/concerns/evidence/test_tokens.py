"""A form that is read as it comes is guarded too: by its sender's site, and by its first part."""

from concerns.evidence.sending import MULTIPART, NEW, form, kept, lying, new_code, send
from scrutiny.app import create_app

STREAMED = {
    "/{panel}/concerns/new/evidence",
    "/concerns/return/evidence",
    "/{panel}/meetings/{day}/papers",
    "/{panel}/meetings/{day}/papers/{number}/replacement",
    "/{panel}/archive/import",
}


def fields(**more) -> dict[str, str]:
    return {"code": new_code(), "police": "no"} | more


def post(browser, sent: dict[str, str], **headers):
    return browser._ask("POST", NEW, content=form(b"Hello", sent), headers=MULTIPART | headers)


def test_only_these_routes_read_their_forms_themselves():
    found = {
        route.path_format
        for route in create_app().routes
        for handler in getattr(route, "route_handlers", ())
        if handler.opt.get("streams")
    }
    assert found == STREAMED


def test_another_site_sends_nothing(browse, cast):
    for headers in (
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.test"},
        {"origin": "null"},
    ):
        assert post(browse(), fields(), **headers).status_code == 403
    assert (kept(), lying()) == ([], [])
    assert post(browse(), fields(), **{"sec-fetch-site": "same-origin"}).status_code == 200


def test_whoever_is_signed_in_sends_their_token_first(browse, cast):
    grace = browse("grace")
    token = grace.token()
    assert send(grace, b"Hello").status_code == 200
    before = len(kept())
    refused = [
        fields(),
        {"_csrf": "0" * 64} | fields(),
        {"_csrf": ""} | fields(),
        {"_csrf": token + "0" * 500} | fields(),
        fields() | {"_csrf": token},  # not the first
        {"_csrf": browse("sol").token()} | fields(),  # somebody else's
    ]
    for sent in refused:
        assert post(grace, sent).status_code == 403
    as_file = form(token.encode(), {}).replace(b'name="file"', b'name="_csrf"')
    assert grace._ask("POST", NEW, content=as_file, headers=MULTIPART).status_code == 403
    assert len(kept()) == before


def test_a_signed_in_form_that_cannot_be_read_is_refused(browse, cast):
    grace = browse("grace")
    for content in (b"", b"--", b"Hello", form(b"x", {})[:20], b"\r\n" * 100_000):
        answer = grace._ask("POST", NEW, content=content, headers=MULTIPART)
        assert answer.status_code in (400, 403)
    assert grace._ask("POST", NEW, content=b"a=b").status_code == 422
    assert lying() == []
