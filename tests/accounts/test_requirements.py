"""What signing in owes to everybody, whichever way somebody comes in."""

import re
from pathlib import Path

import pytest

from scrutiny.accounts.tables import SignIn
from scrutiny.app import create_app
from scrutiny.people.tables import Session
from scrutiny.web.gate import routes

from .steps import code_in, events, got, latest

SRC = Path(__file__).parents[2] / "src" / "scrutiny"
OURS = ("/sign-in", "/sign-out", "/account", "/seats", "/{panel}/seats")


def ours(method: str) -> list[str]:
    found = [row for row in routes(create_app()) if row["method"] == method]
    return [row["path"] for row in found if row["path"].startswith(OURS)]


def counts() -> list[int]:
    return [got(table.count()) for table in (Session, SignIn)] + [len(events())]


def filled(path: str, cast) -> str:
    seat = str(cast.seats["bilal"].id)
    return re.sub(r"\{[a-z]+\}", seat, path.replace("{panel}", "lambeth"))


def test_sessions_begin_in_one_function():
    """R02: there is one place where a session is made, and few that call it."""
    makes = [p for p in SRC.rglob("*.py") if "Session.insert(" in p.read_text()]
    assert [str(path.relative_to(SRC)) for path in makes] == ["people/actions.py"]
    calls = {p.parent.name for p in SRC.rglob("*.py") if "begin_session(" in p.read_text()}
    assert calls <= {"people", "accounts", "factors", "trying", "commands"}


def test_there_are_no_passwords(browse, visitor):
    """R08: none is asked for anywhere, so none can be weak, reused or guessed."""
    amara = visitor()
    pages = [amara.get("/sign-in").text]
    amara.enters("amara@panel.test")
    pages += [amara.get(path).text for path in ("/account/second-factor", "/account/passkeys")]
    pages += [browse("amara").get(path).text for path in ("/account", "/lambeth/seats/new")]
    assert all('type="password"' not in page for page in pages)


def test_the_cookies_are_for_this_host_and_this_browser_alone(visitor):
    """R16: __Host-, Secure, HttpOnly, SameSite; the session's goes when the browser closes."""
    amara = visitor()
    asked = amara.asks("amara@panel.test").headers["set-cookie"]
    entered = amara.post("/sign-in/code", {"code": code_in(latest())})
    kept = [c for c in entered.headers.get_list("set-cookie") if "__Host-sid" in c]
    for cookie in (asked, *kept):
        assert cookie.startswith("__Host-")
        said = cookie.lower()
        assert all(word in said for word in ("secure", "httponly", "samesite=lax", "path=/"))
        assert "domain=" not in said
    assert "max-age=600" in asked.lower()
    assert len(kept) == 1 and "max-age" not in kept[0].lower()


def test_who_is_not_signed_in_gets_no_cookie(visitor, cast):
    """R16: looking at a page leaves nothing in the browser."""
    for path in ours("GET"):
        visit = visitor()
        visit.get(filled(path, cast))
        assert visit.jar == {}, path


def test_no_page_of_ours_changes_anything_by_being_looked_at(browse, visitor, cast, equipped):
    """R17: GET changes no row."""
    equipped("amara")
    half, amara = visitor(), browse("amara")
    half.enters("amara@panel.test")
    before = counts()
    for path in ours("GET"):
        for one in (half, amara):
            assert one.get(filled(path, cast)).status_code < 500, path
    assert counts() == before


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
    ],
    ids=str,
)
def test_a_form_on_another_site_does_nothing(browse, cast, headers):
    """R17: refused whatever the cookie and the token, and nothing has changed."""
    amara = browse("amara")
    before = counts()
    for path in ours("POST"):
        assert amara.post(filled(path, cast), headers=headers).status_code == 403, path
    assert counts() == before
    assert amara.get("/account").status_code == 200


@pytest.mark.parametrize("token", ["", "x", "ü"])
def test_a_form_without_our_token_does_nothing(browse, cast, token):
    """R17: the token belongs to the session."""
    amara, ruth = browse("amara"), browse("ruth")
    before = counts()
    for path in ours("POST"):
        for given in (token, ruth.token()):
            reply = amara.post(filled(path, cast), {"_csrf": given})
            assert reply.status_code == 403, path
    assert counts() == before


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_not_taken_for_a_form(browse, cast, method):
    """R17: only POST does, and nothing overrides the method."""
    amara = browse("amara")
    before = counts()
    for path in ours("POST"):
        reply = amara._ask(method, filled(path, cast), headers={"x-csrf": amara.token()})
        assert reply.status_code == 404, path
    hidden = amara.get("/account", headers={"x-http-method-override": "POST"})
    assert hidden.status_code == 200
    assert counts() == before


ODD = {
    name: "\u202e" + "a" * 5000
    for name in ("email", "next", "code", "recovery", "answer", "sealed", "name", "role", "since")
} | {name: "9" * 5000 for name in ("until", "version", "last_day", "seat", "verdict", "choice")}


def test_odd_forms_get_a_sentence_and_never_a_fault(browse, visitor, cast, equipped):
    """R59: no form of ours makes the server stumble."""
    equipped("amara")
    half = visitor()
    half.enters("amara@panel.test")
    for path in ours("POST"):
        if path == "/sign-out":
            continue
        for one in (half, browse("amara"), visitor()):
            for form in (ODD, {}, {"code": ["1", "2"], "email": ["a", "b"]}):
                assert one.post(filled(path, cast), form).status_code < 500, path


def test_pages_are_not_kept_by_browsers_or_proxies(visitor, browse):
    for path in ("/sign-in", "/account", "/lambeth/seats", "/account/second-factor"):
        assert browse("amara").get(path).headers["cache-control"] == "no-store"
