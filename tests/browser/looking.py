"""What is wrong with the page that is open: for eyes, for keyboards, for those who listen."""

from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page as Tab

MODULES = Path(__file__).parents[2] / "node_modules"
AXE_JS = (MODULES / "axe-core/axe.min.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = """async tags => {
  const found = await axe.run(document, {runOnly: tags, resultTypes: ['violations']});
  const ran = ['violations', 'passes', 'inapplicable', 'incomplete'].flatMap(how => found[how]);
  const wrong = ran.some(rule => rule.id === 'target-size') ? [] : [['sizes were not measured']];
  return wrong.concat(found.violations.map(
    v => [v.id, v.nodes[0].target.join(' '), v.nodes[0].failureSummary]));
}"""
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
MOST_TABS = 160
WIDTHS = (320, 768, 1280)


def listen(tab: Tab) -> list[str]:
    """What the console says is wrong from now on: errors of scripts, and what the CSP stopped."""
    complaints: list[str] = []

    def note(said) -> None:
        # Answers such as 422 are said on the console too; the page says them better.
        if said.type == "error" and "Failed to load resource" not in said.text:
            complaints.append(said.text)

    tab.on("console", note)
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.on("requestfailed", lambda asked: complaints.append(f"{asked.url} {asked.failure}"))
    return complaints


def wrong_with(tab: Tab) -> list:
    """With everything folded open, on three sizes of screen: what axe finds, and a page too wide.

    The page is loaded once and then made wider, as it is when a phone or a window is turned.
    """
    tab.evaluate(AXE_JS)  # goes in through the debugger, so the page's CSP does not stop it
    found = []
    for width in WIDTHS:
        tab.set_viewport_size({"width": width, "height": 900})
        tab.evaluate(OPEN_ALL)
        wrong = tab.evaluate(AXE, TAGS)
        found += [(width, *one) for one in wrong]
        if tab.evaluate(TOO_WIDE):
            found.append((width, "scrolls sideways"))
    tab.set_viewport_size({"width": WIDTHS[0], "height": 900})
    return found


def out_of_sight(tab: Tab) -> list[str] | str:
    """What has the focus but cannot be seen, or seen to have it, from the first to the last."""
    stops = list(_tabbed(tab))
    if len(stops) < 5:
        return "has nothing to tab to"
    return [stop["what"] for stop in stops if not (stop["seen"] and stop["marked"])]


def _tabbed(tab: Tab) -> Iterator[dict]:
    for _ in range(MOST_TABS):
        tab.keyboard.press("Tab")
        stop = tab.evaluate(FOCUSED)
        if stop is None:
            return
        yield stop
    raise AssertionError("the keyboard is caught in a circle")
