"""The letter with which a complaint is handed on: what was said, and who, as far as they agreed."""

from collections.abc import Collection, Mapping

from scrutiny.concerns.answers import Answers
from scrutiny.concerns.vocabulary import BANDS, BEHALF, CATEGORIES, WHOSE
from scrutiny.letters.rules import Words
from scrutiny.people.tables import Panel

CONTACTS = {
    "email": "E-mail",
    "phone": "Telephone",
    "safe_times": "Safe times to be reached",
}


def complaint(
    panel: Panel,
    reference: str,
    answers: Answers,
    contact: Mapping[str, str] | None,
    given: Collection[str],
    to: str,
) -> Words:
    """`contact` is what a look has opened; of it goes only what `given` allows for `to`.

    `given` are the cells of consents.CELLS that say yes today.
    """
    lines = [
        f"{panel.name} passes on a complaint about {panel.force.name}, as the person who made it "
        "has asked. The panel is not a complaint handler, and has not looked into it.",
        f"Our reference: {reference}",
        *_who(contact or {}, given, to),
        *_what(answers),
        f"Please tell us that you have it, and the number you gave it, at {panel.contact}.",
    ]
    return Words(f"A complaint, passed on by {panel.name}", "\n\n".join(lines) + "\n")


def _who(contact: Mapping[str, str], given: Collection[str], to: str) -> list[str]:
    said = []
    if f"identity.{to}" in given and contact.get("name"):
        said.append(f"Name: {contact['name']}")
    if f"contact.{to}" in given:
        said += [f"{words}: {contact[name]}" for name, words in CONTACTS.items()
                 if contact.get(name)]  # fmt: skip
    if not said:
        return ["The person does not wish to give their name. Write to them through the panel."]
    return ["\n".join(said)]


def _what(answers: Answers) -> list[str]:
    facts = {
        "Kind": CATEGORIES.get(answers.category, ""),
        "Whose experience": WHOSE.get(answers.whose, ""),
        "On behalf of somebody": BEHALF.get(answers.behalf, ""),
        "Day": _day(answers),
        "Time of day": BANDS.get(answers.band, ""),
        "Place": answers.place,
        "Search record": answers.search_ref,
        "Earlier complaint": answers.complaint_ref,
    }
    listed = "\n".join(f"{name}: {words}" for name, words in facts.items() if words)
    return [listed, "What they wrote:", answers.words]


def _day(answers: Answers) -> str:
    day = answers.day()
    about = " (about)" if answers.about else ""
    return f"{day.day} {day:%B %Y}{about}" if day else ""
