"""Every kind of page, in a browser: for everyone, at any width, with and without script."""

import json
import subprocess
from pathlib import Path

import pytest
from browser.looking import MODULES, WIDTHS, listen, out_of_sight, wrong_with

pytestmark = pytest.mark.timeout(600)  # each test looks at every page

FILES = (
    "/calendars/{token}",
    "/published",
    "/papers/{number}",
    "/packs/{supplement}",
    ".json",
    ".csv",
    ".atom",
    ".ics",
    ".pdf",
    ".docx",
    ".geojson",
    "{file}",
    "{part}",
    "/healthz",
)
LEADS_ON = {
    *(
        f"/concerns/return/{part}"
        for part in (
            "consents",
            "copy",
            "draft",
            "evidence",
            "hand-off",
            "letters",
            "more",
            "review",
            "statement",
            "withdrawal",
        )
    ),
    "/sign-in/code",
    "/{panel}/concerns/new/evidence",
    "/{panel}/concerns/new/for-a-resident/{step}",
    "/{panel}/concerns/new/{step}",
    "/{panel}/video/{number}/answer",
}
"""What only sends the browser on: to the first page of a form that it is part of."""
NOT_NOW = {
    *(
        f"/{{panel}}/meetings/{{day}}/room/{part}"
        for part in (
            "closing",
            "decisions/{decision}",
            "items/{item}/actions",
            "items/{item}/chair",
            "items/{item}/decisions",
            "items/{item}/interest",
            "recusals/{recusal}/lifting",
        )
    ),
    *(
        f"/{{panel}}/elections/{{election}}/{part}"
        for part in ("handover", "nominations/{nomination}/answer", "steps/{step}", "vote")
    ),
    *(
        f"/{{panel}}/terms/{part}"
        for part in ("new", "{number}/dissent", "{number}/draft", "{number}/vote")
    ),
    "/{panel}/recruitment/{number}/change",
    "/{panel}/recruitment/applications/{application}/interview",
    "/{panel}/join/equality",
    "/seats/invites/{token}",
    "/seats/taken",
    "/sign-in/link/{token}",
    "/sign-in/second-factor",
    "/{panel}/cases/{number}/conclusion",
    "/{panel}/meetings/{day}/attendance",
    *(
        f"/{{panel}}/minutes/{{day}}/{part}"
        for part in (
            "call-back",
            "circulation",
            "clearing",
            "compilation",
            "publication",
            "review",
            "withdrawal",
        )
    ),
    *(f"/{{panel}}/archive/drafts/{{draft}}{part}" for part in ("", "/agreement", "/removal")),
    *(
        f"/{{panel}}/reports/{{year}}/{part}"
        for part in (
            "approval",
            "compilation",
            "draft",
            "draft/figures/{figure}",
            "publication",
            "words",
            "words/versions",
        )
    ),
    *(
        f"/{{panel}}/redactions/{{redaction}}/{part}"
        for part in ("agreement", "original", "pages/{number}", "result")
    ),
    *(f"/{{panel}}/archive/drafts/{{draft}}/{part}" for part in ("file", "original")),
    "/ledger/subscriptions/{token}",
    "/ledger/subscriptions/{token}/end",
    "/{panel}/seats/proposals/{id}",
    "/{panel}/vault/joining/{key}",
    "/{panel}/vault/removal/{key}",
}
"""Open only to who holds a letter, or at a moment at which the demo is not."""


def windows(open_as, pages, **size):
    """Each page with a browser tab of whoever found it: one window a person, one load a page."""
    for who in dict.fromkeys(page.who for page in pages):
        window = open_as(who, **size)
        tab = window.new_page()
        for page in pages:
            if page.who == who:
                yield page, tab
        window.close()


def test_the_walk_finds_the_site(pages, routes):
    kinds = {page.kind for page in pages}
    wanted = {route for route in routes if not route.endswith(FILES)} - LEADS_ON - NOT_NOW
    missed = sorted({route for route in wanted if "{move}" not in route} - kinds)
    assert not missed, "\n".join(missed)
    assert len([kind for kind in kinds if "/decisions/" in kind]) >= 6
    assert {page.path: page.status for page in pages if page.status != 200} == {}


def test_everyone_can_use_it(open_as, pages):
    found, complaints = {}, []
    for page, tab in windows(open_as, pages, width=WIDTHS[0]):
        if tab.url == "about:blank":
            complaints = listen(tab)
        complaints.clear()
        tab.goto(page.path, wait_until="load")
        if wrong := wrong_with(tab) + complaints:
            found[f"{page.who} {page.path}"] = wrong
    assert found == {}, json.dumps(found, indent=1)


def test_it_works_without_script(open_as, pages):
    found = {}
    for page, tab in windows(open_as, pages, width=390, java_script_enabled=False):
        tab.goto(page.path, wait_until="load")
        wrong = []
        if tab.locator("h1:visible").count() != 1:
            wrong.append("has not one heading")
        if tab.locator(
            "form:not([hidden]):not(details:not([open]) form)"  # they open without script
            ":not(:has(button:visible, input[type=submit]:visible))"
        ).count():
            wrong.append("has a form nobody can send")
        quiet = tab.locator(".exit-bar").count()  # where somebody is at risk there is no menu
        if not quiet and not tab.locator(".govuk-service-navigation__link").first.is_visible():
            wrong.append("hides the way round the site")
        if tab.locator(".govuk-service-navigation__toggle:visible").count():
            wrong.append("shows a menu button that does nothing")
        if wrong:
            found[page.path] = wrong
    assert found == {}, json.dumps(found, indent=1)


@pytest.mark.parametrize(("width", "height"), [(390, 664), (1280, 720)])
def test_what_has_the_focus_can_be_seen(open_as, pages, width, height):
    leaving = [page for page in pages if "exit-bar" in page.html][:2]
    forms = [page for page in pages if "<form" in page.html and page.who][:3]
    few = dict.fromkeys([*pages[:4], *forms, *leaving])
    found = {}
    for page, tab in windows(open_as, list(few), width=width, height=height):
        tab.goto(page.path, wait_until="load")
        if hidden := out_of_sight(tab):
            found[page.path] = hidden
    assert found == {}, json.dumps(found, indent=1)


def test_three_shifts_leave_the_concern_at_once(open_as, pages):
    page = next(page for page in pages if "exit-bar" in page.html)
    tab = open_as(page.who, width=390).new_page()
    tab.route("**/weather", lambda asked: asked.fulfill(body="Sunny.", content_type="text/html"))
    tab.goto(page.path, wait_until="load")
    for _ in range(3):
        tab.keyboard.press("Shift")
    tab.wait_for_url("**/weather")
    assert tab.inner_text("body") == "Sunny."


def test_the_html_is_valid(pages, way, tmp_path):
    written = [(page.path, page.html) for page in pages] + [(one.name, one.html) for one in way]
    names = {f"{at}.html": name for at, (name, _) in enumerate(written)}
    for file, (_, html) in zip(names, written, strict=True):
        (tmp_path / file).write_text(html)
    checker = MODULES / "vnu-jar/build/dist/vnu.jar"
    ran = subprocess.run(
        ["java", "-Xss4m", "-jar", checker, "--format", "json", "--errors-only", tmp_path],
        capture_output=True,
        timeout=120,
        check=False,
    )
    said = json.loads(ran.stderr)["messages"]
    wrong = [(names[Path(m["url"]).name], m.get("lastLine"), m["message"]) for m in said]
    assert wrong == []
