"""Every kind of page, in a browser: for everyone, at any width, with and without script."""

import json
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.timeout(600)  # each test looks at every page

MODULES = Path(__file__).parents[2] / "node_modules"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = """async tags => (await axe.run(document, {runOnly: tags, resultTypes: ['violations']}))
  .violations.map(v => [v.id, v.nodes[0].target.join(' '), v.nodes[0].failureSummary])"""
OPEN_ALL = "document.querySelectorAll('details').forEach(one => { one.open = true; })"
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"
FOCUSED = """() => {
  const it = document.activeElement;
  if (!it || it === document.body) return null;
  const box = it.getBoundingClientRect(), style = getComputedStyle(it);
  const points = [[box.left + box.width / 2, box.top + box.height / 2],
    [box.left + 3, box.top + 3], [box.right - 3, box.bottom - 3]]
    .filter(([x, y]) => x >= 0 && y >= 0 && x < innerWidth && y < innerHeight);
  const ours = (top) => top && (it.contains(top) || top.contains(it) ||
    [...(it.labels || [])].some((label) => label.contains(top)));
  return {
    what: it.tagName + ' ' + (it.id || it.innerText || it.name || '').slice(0, 40),
    seen: points.some(([x, y]) => ours(document.elementFromPoint(x, y))),
    // The picker's button inside a date is drawn by the browser, with a mark of its own.
    marked: !it.matches(':focus') || style.outlineStyle !== 'none' || style.boxShadow !== 'none',
  };
}"""
MOST_TABS = 120


def windows(open_as, pages, **size):
    """Each page with a browser tab of whoever found it: one window a person, one load a page."""
    for who in dict.fromkeys(page.who for page in pages):
        window = open_as(who, **size)
        tab = window.new_page()
        for page in pages:
            if page.who == who:
                yield page, tab
        window.close()


def test_the_walk_finds_the_site(pages):
    kinds = {page.kind for page in pages}
    assert len(kinds) > 20
    assert {page.path: page.status for page in pages if page.status != 200} == {}


def listen(tab, complaints):
    """Keep what the console says is wrong: errors of scripts, and what the CSP stopped."""
    tab.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    tab.on("pageerror", lambda error: complaints.append(str(error)))


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_everyone_can_use_it(open_as, pages, width):
    axe = (MODULES / "axe-core/axe.min.js").read_text()
    complaints: list[str] = []
    found = {}
    for page, tab in windows(open_as, pages, width=width):
        if tab.url == "about:blank":
            listen(tab, complaints)
        complaints.clear()
        tab.goto(page.path, wait_until="load")
        tab.evaluate(OPEN_ALL)
        tab.evaluate(axe)  # goes in through the debugger, so the page's CSP does not stop it
        wrong = tab.evaluate(AXE, TAGS) + complaints
        if tab.evaluate(TOO_WIDE):
            wrong.append("scrolls sideways")
        if wrong:
            found[f"{page.who} {page.path}"] = wrong
    assert found == {}, json.dumps(found, indent=1)


def test_it_works_without_script(open_as, pages):
    found = {}
    for page, tab in windows(open_as, pages, width=390, java_script_enabled=False):
        tab.goto(page.path, wait_until="load")
        wrong = []
        if tab.locator("h1:visible").count() != 1:
            wrong.append("has not one heading")
        if tab.locator("form:not(:has(button:visible, input[type=submit]:visible))").count():
            wrong.append("has a form nobody can send")
        if not tab.locator(".govuk-service-navigation__link").first.is_visible():
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
        stops = list(tabbed(tab))
        hidden = [stop["what"] for stop in stops if not (stop["seen"] and stop["marked"])]
        if hidden or len(stops) < 5:
            found[page.path] = hidden or "has nothing to tab to"
    assert found == {}, json.dumps(found, indent=1)


def tabbed(tab):
    for _ in range(MOST_TABS):
        tab.keyboard.press("Tab")
        stop = tab.evaluate(FOCUSED)
        if stop is None:
            return
        yield stop


def test_three_shifts_leave_the_concern_at_once(open_as, pages):
    page = next(page for page in pages if "exit-bar" in page.html)
    tab = open_as(page.who, width=390).new_page()
    tab.route("**/weather", lambda asked: asked.fulfill(body="Sunny.", content_type="text/html"))
    tab.goto(page.path, wait_until="load")
    for _ in range(3):
        tab.keyboard.press("Shift")
    tab.wait_for_url("**/weather")
    assert tab.inner_text("body") == "Sunny."


def test_the_html_is_valid(pages, tmp_path):
    names = {f"{at}.html": page.path for at, page in enumerate(pages)}
    for (name, _), page in zip(names.items(), pages, strict=True):
        (tmp_path / name).write_text(page.html)
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
