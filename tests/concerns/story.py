"""Two residents write to a real server, are answered, come back, and take it all back."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path

from travelling import way_in

from concerns.evidence.media import CANARY, DEGREES, photo
from concerns.journey.steps import ANSWERS
from concerns.serving import (
    AGENT,
    KNOCKS_FROM,
    SIGN_IN,
    House,
    Visitor,
    wait_until,
    walk,
)
from scrutiny.concerns.journey.codes import code_of, spoken
from scrutiny.kit.clock import LONDON, today

HAPPENED = today() - timedelta(days=27)
PLACE, OFFICER = "Quillfeather Market", "MX4471Q-Osprey"
"""What the force is told, as the resident wished."""
FILE_NAMES = ("Goshawk at home 0412.jpg", "Merganser 0413.jpg")
SAID = ("Lapwing-7741 was made to kneel", "Redshank-1182 it was raining", "Bullfinch-2210 shouted",
        "Wheatear-5530 which street was it", "Woodcock-88", "Dotterel-99",
        "Ptarmigan interpreter")  # fmt: skip
IDENTITY = ("Nadia Xyloquist", "nadia.xyloquist@example.org", "07700 900461", "Whimbrel evenings")
METADATA = (CANARY, DEGREES, *FILE_NAMES)
DEVICE = (AGENT, "Umbrellabird", KNOCKS_FROM)
FORCE, NADIA = "liaison@met.test", IDENTITY[1]


def anonymous() -> dict:
    """The answers of somebody who leaves no name and asks for the video."""
    day = {"happened_day": HAPPENED.day, "happened_month": HAPPENED.month}
    return {
        **ANSWERS,
        "wants": {"wants": ["incident", "video"]},
        "when": {**day, "happened_year": HAPPENED.year, "band": "evening"},
        "where": {"place": PLACE},
        "words": {"words": SAID[0]},
        "paperwork": {"search_ref": SAID[4], "complaint_ref": SAID[5]},
        "officer": {"officer": OFFICER},
        "contact": {"reach": "code", "needs": SAID[6]},
        "consents": {"consents_1": ["statistics.public"], "consents_2": ["video.force"]},
        "check": {"proof": "yes"},
    }


def named() -> dict:
    """Those of somebody who leaves all that can be left, and asks for letters."""
    name, address, phone, times = IDENTITY
    contact = {"reach": "email", "name": name, "email": address, "phone": phone}
    return {
        **ANSWERS,
        "words": {"words": SAID[2]},
        "contact": {**contact, "safe_times": times, "notify": "yes"},
        "consents": {"consents_1": ["summary.panel"], "consents_3": ["contact.consultation"]},
    }


@dataclass
class Story:
    """What was done, and what was kept of it: before and after the resident took it back."""

    house: House
    residents: list[Visitor]
    grace: Visitor
    codes: list[str] = field(default_factory=list)
    kept: dict[str, dict[str, bytes]] = field(default_factory=dict)
    rows: dict[str, list[tuple[str, dict]]] = field(default_factory=dict)
    copies: list[bytes] = field(default_factory=list)
    hours: dict[Path, time] = field(default_factory=dict)

    def look_around(self, moment: str) -> None:
        wait_until(self.has_sent_all)
        self.kept[moment], self.rows[moment] = self.house.kept(), self.house.rows()
        within = self.house.folder / "evidence"
        self.hours |= {path: hour_of(path) for path in (within, *within.rglob("*"))}

    def has_sent_all(self) -> bool:
        """A letter on its way has a lease, which runs out at a certain second."""
        return all(row["state"] == "sent" for table, row in self.house.rows() if table == "letter")

    @property
    def secrets(self) -> list[str | bytes]:
        forms = [shape for code in self.codes for shape in shapes_of(code)]
        return [*SAID, *IDENTITY, *METADATA, *DEVICE, *forms]


def shapes_of(code: str) -> list[str]:
    """A receipt as it may be written down: whole, in halves, in groups, as words."""
    whole = code_of(code)
    groups = whole.split("-")
    said = [", ".join(group) for group in spoken(whole)]
    return [whole, "".join(groups), " ".join(groups), "".join(groups[:2]), "".join(groups[2:]),
            "-".join(groups[:2]), "-".join(groups[2:]), *said]  # fmt: skip


def tell(folder: Path) -> Iterator[Story]:
    """All of it, while the server runs and once it has stopped."""
    house = House(folder)
    try:
        found = Story(house, [Visitor(house) for _ in range(2)], grace_of(house))
        write(found)
        read(found)
        come_back(found)
        found.look_around("open")
        take_back(found)
        found.look_around("taken back")
        house.stop()
        found.kept["closed"] = house.kept()
        yield found
    finally:
        house.close()


def hour_of(path: Path) -> time:
    """The time of the day at which it was last changed, as the disk says."""
    return datetime.fromtimestamp(path.stat().st_mtime, LONDON).time()


def grace_of(house: House) -> Visitor:
    key = house.python(SIGN_IN, "grace@panel.test")
    return Visitor(house, key, "127.0.0.1")


def write(story: Story) -> None:
    for visitor, told, file in zip(
        story.residents, (anonymous(), named()), (photo((640, 480)), b""), strict=True
    ):
        visitor.get("/lambeth")
        visitor.get("/lambeth/concerns/new")
        story.codes.append(walk(visitor, way_in("lambeth", told, file), FILE_NAMES[0]))
    wait_until(lambda: letters_to(story, FORCE))


def read(story: Story) -> None:
    """The secretariat opens both and the photo, and asks each of the two something."""
    grace = story.grace
    for number in (1, 2):
        for path in ("/desk", "/lambeth/concerns", f"/lambeth/concerns/{number}"):
            assert grace.get(path).status_code == 200
        if number == 1:
            story.copies.append(grace.get("/lambeth/concerns/1/files/1").content)
        move = f"/lambeth/concerns/{number}/decisions/needs_info"
        assert grace.get(move).status_code == 200
        assert grace.fill(move, reply=SAID[3]).status_code == 303
    wait_until(lambda: letters_to(story, NADIA))


def come_back(story: Story) -> None:
    """The resident answers, sends another photo, and takes a copy of everything along."""
    visitor, back = story.residents[0], "/concerns/return"
    visitor.get(back)
    opened = visitor.post(back, {"code": story.codes[0]})
    assert SAID[3] in opened.text
    assert visitor.fill(f"{back}/more", words=SAID[1]).status_code == 200
    sent = visitor.fill(f"{back}/evidence", photo((320, 200)), FILE_NAMES[1], police="no")
    assert sent.status_code == 200, sent.text
    for deed, more in (("copy", {}), ("copy", {"kind": "data"}), ("statement", {}), ("", {})):
        answer = visitor.post(f"{back}/{deed}".rstrip("/"), {"code": story.codes[0], **more})
        assert answer.status_code == 200, answer.text
    story.copies.append(story.grace.get("/lambeth/concerns/1/files/2").content)


def take_back(story: Story) -> None:
    for visitor, code in zip(story.residents, story.codes, strict=True):
        visitor.post("/concerns/return", {"code": code})
        assert visitor.fill("/concerns/return/withdrawal", sure="yes").status_code == 200


def letters_to(story: Story, address: str) -> list:
    return [one for one in story.house.letters() if address in one["To"]]
