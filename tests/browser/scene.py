"""Three concerns of our own: on one waits all that can, one is taken up, one is turned away."""

from dataclasses import dataclass

from browser import resident
from concerns.evidence.media import photo
from playwright.sync_api import Page

EVERYTHING = {
    "danger": {"danger": "yes"},
    "wants": {"wants": ["patterns", "video", "complaint"]},
    "contact": {"reach": "email", "email": "zebedee@resident.example", "name": "Zebedee"},
}
SUMMARISED = ["statistics.public", "summary.panel"]
CONSENTS = "input[name^=consents_]"


@dataclass(frozen=True)
class Scene:
    code: str
    paths: tuple[str, str]
    """Where triage reads the first two of them."""


def play_scene(open_as) -> Scene:
    tab = open_as().new_page()
    code, reference = raise_everything(tab)
    plain, praised = raise_plain(tab), raise_plain(tab, "compliment")
    grace = open_as("Grace").new_page()
    path = read(grace, reference)
    offer_complaint(grace, path)
    ask_who(grace, path)
    taken = read(grace, plain)
    decide(grace, taken, "accepted", reply="Thank you. We look into it.")
    turn_away(grace, read(grace, praised))
    return Scene(code, (path, taken))


def raise_everything(tab: Page) -> tuple[str, str]:
    resident.begin(tab)
    resident.walk_to(tab, "files", **EVERYTHING)
    resident.send_file(tab, "street.jpg", photo())
    resident.walk_to(tab, "consents", **EVERYTHING)
    for box in tab.locator(CONSENTS).all():
        box.check()
    resident.answer(tab, {})
    return resident.send(tab), resident.reference_on(tab)


def raise_plain(tab: Page, door: str = "") -> str:
    resident.begin(tab, door)
    resident.walk_to(tab, "check", consents={"consents_1": SUMMARISED})
    resident.send(tab)
    return resident.reference_on(tab)


def read(tab: Page, reference: str) -> str:
    """Find it in the list, and begin to look at it; returns its address."""
    tab.goto("/lambeth/concerns")
    tab.click(f"li.rec:has-text('{reference}') h2 a")
    path = tab.url.removeprefix(tab.evaluate("location.origin"))
    decide(tab, path, "in_triage")
    return path


def decide(tab: Page, path: str, move: str, **given: str) -> None:
    tab.goto(f"{path}/decisions/{move}")
    resident.fill(tab, given)
    resident.pressed(tab, tab.locator("main form button.govuk-button"))
    assert "/decisions/" not in tab.url, tab.inner_text("main")


def offer_complaint(tab: Page, path: str) -> None:
    tab.goto(f"{path}/hand-off")
    tab.check("[name=to][value=force]")
    resident.press(tab, "Offer it to the resident")


def ask_who(tab: Page, path: str) -> None:
    tab.goto(f"{path}/contact")
    tab.locator("[name=why]").first.check()
    resident.press(tab, "Ask another custodian")


def turn_away(tab: Page, path: str) -> None:
    words = {"summary": "Praise for a station in another borough.", "reply": "Thank you."}
    decide(tab, path, "not_taken_forward", reason="out_of_area", **words)
