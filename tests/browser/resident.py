"""A resident in a browser: fills in the page that is open, and presses a button."""

from playwright.sync_api import Locator, Page, Response

HOME = "/lambeth/concerns/new"
WORDS = "An officer searched my bag and did not say why until I asked."
DAY = {"happened_day": "9", "happened_month": "1", "happened_year": "2026"}
ANSWERS = {
    "danger": {"danger": "no"},
    "wants": {"wants": "patterns"},
    "whose": {"whose": "me"},
    "category": {"category": "stop_and_search"},
    "details": {"detail_reason": "yes"},
    "when": DAY,
    "words": {"words": WORDS},
    "live": {"live": "no"},
    "contact": {"reach": "code"},
    "consents": {"consents_1": "statistics.public"},
}
"""What is answered on each page; nothing on those that are not here."""
MOST = 40
OURS = "form:has(input[name=was])"
GO_ON = f"{OURS} button.govuk-button:not([name])"  # the one without a name, in every language


def begin(tab: Page, door: str = "", home: str = HOME) -> Response:
    tab.goto(home)
    wanted = f":has(input[name=door][value={door}])" if door else ":not(:has(input[name=door]))"
    return pressed(tab, tab.locator(f"form[action*='/begin']{wanted} button"))


def step_of(tab: Page) -> str:
    """Which page of the way is open, by where its form goes."""
    action = tab.locator(OURS).first.get_attribute("action")
    return action.partition("?")[0].rpartition("/")[2]


def fill(tab: Page, given: dict[str, str | list[str]]) -> None:
    for name, value in given.items():
        box = tab.locator(f"[name='{name}']").first
        if box.get_attribute("type") in ("radio", "checkbox"):
            for one in [value] if isinstance(value, str) else value:
                tab.check(f"[name='{name}'][value='{one}']")
        else:
            box.fill(value)


def pressed(tab: Page, button: Locator) -> Response:
    with tab.expect_navigation() as moved:
        button.first.click()
    return moved.value


def answer(tab: Page, given: dict[str, str | list[str]]) -> Response:
    fill(tab, given)
    return pressed(tab, tab.locator(GO_ON))


def press(tab: Page, words: str) -> Response:
    return pressed(tab, tab.locator(f"main button:has-text('{words}'):visible"))


def walk_to(tab: Page, until: str, **changes: dict[str, str | list[str]]) -> None:
    """Answer page after page until one is open."""
    answers = {**ANSWERS, **changes}
    for _ in range(MOST):
        step = step_of(tab)
        if step == until:
            return
        answer(tab, answers.get(step, {}))
    raise AssertionError(f"never came to {until}")


def send(tab: Page) -> str:
    """From the last page to the receipt; returns the code."""
    answer(tab, {})
    return code_on(tab)


def code_on(tab: Page) -> str:
    groups = tab.locator(".receipt__code span").all_inner_texts()
    assert [len(group) for group in groups] == [6, 6, 6, 6], tab.inner_text("main")
    return "-".join(groups)


def reference_on(tab: Page) -> str:
    return tab.locator(".receipt__label strong").inner_text()


def come_back(tab: Page, code: str) -> Response:
    tab.goto("/concerns/return")
    tab.fill("input[name=code]", code.lower().replace("-", " "))
    return pressed(tab, tab.locator("main form button"))


def unfold(tab: Page, which: str) -> None:
    """Open what is folded away, unless it is open."""
    if tab.locator(f"details{which}").get_attribute("open") is None:
        tab.click(f"details{which} summary")


def send_file(tab: Page, name: str, content: bytes, police: str = "no") -> Response:
    """On the page of files, or in the thread once its part is unfolded."""
    upload = tab.locator("form[enctype='multipart/form-data']")
    upload.locator(f"[name=police][value={police}]").check()
    file = {"name": name, "mimeType": "image/jpeg", "buffer": content}
    upload.locator("input[type=file]").set_input_files(file)
    return pressed(tab, upload.locator("button"))
