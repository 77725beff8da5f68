"""In the room: opened, people come and go, items are turned to, decisions put, actions recorded."""

from year.hands import Hands
from year.inviting import add_item, call, invite, publish
from year.steps import Year

STOPS, CUSTODY, HERON = "Stops of the autumn", "Custody visits", "Heron Street"
NAMES = {
    "amara": "Amara Okafor",
    "vera": "Vera Osei",
    "bilal": "Bilal Hussain",
    "chidi": "Chidi Eze",
    "efua": "Efua Boateng",
    "claire": "Claire Walsh",
}


def prepare(year: Year, *titles: str, part_b: str = "") -> str:
    """The next meeting of the rhythm, its invitations out, with these items; gives its address."""
    meeting = call(year).path
    invite(year, meeting)
    for title in titles:
        add_item(year, meeting, title, minutes="20")
    if part_b:
        add_item(year, meeting, part_b, part="B", closed_reason="legal_advice")
    publish(year, meeting)
    return meeting


def open_room(year: Year, meeting: str, *names: str) -> Hands:
    """Grace opens it and ticks off who comes; gives Grace in the room."""
    grace = year.hands("grace").go(meeting).follow("Open the meeting").press("Open the meeting")
    grace.go(meeting).follow("Go to the room")
    for name in names:
        grace.press(f"Arrived {NAMES[name]}")
    return grace


def turn_to(grace: Hands, title: str) -> Hands:
    return grace.press(f"Turn to it {title}")


def put(grace: Hands, text: str) -> str:
    """A decision on the item being discussed; gives its address."""
    decision = grace.follow("Put a decision").press(grace.button_of("text"), text=text).path
    grace.follow("Back to the room")
    return decision


def vote(year: Year, decision: str, **chosen: str) -> None:
    for name, choice in chosen.items():
        year.hands(name).go(decision).press("Vote", choice=choice).reads("You have voted.")


def hands_up(grace: Hands, decision: str, year: Year, **chosen: str) -> Hands:
    """Grace enters what people show by hand."""
    shown = {f"hand-{year.cast.seats[name].id}": choice for name, choice in chosen.items()}
    return grace.go(decision).press("Save these hands", **shown)


def raise_action(grace: Hands, text: str, side: str, owner: str, due: str) -> Hands:
    grace.follow("Record an action")
    whose = grace.option("owner", owner)
    return grace.press("Record", text=text, side=side, owner=whose, due=due)


def close(grace: Hands) -> Hands:
    return grace.follow("Close the meeting").press("Close the meeting")
