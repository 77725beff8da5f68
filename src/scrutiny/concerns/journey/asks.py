"""Questions that depend on what was answered before, and for whom a page is there."""

from scrutiny.concerns.answers import Answers
from scrutiny.concerns.consents import CELLS, GROUPS, NEEDS_CONTACT
from scrutiny.concerns.equality.rules import QUESTIONS
from scrutiny.concerns.journey.follow_ups import FOLLOW_UPS
from scrutiny.concerns.journey.pages import Ask, Setting
from scrutiny.concerns.vocabulary import CATEGORIES, PROCEEDINGS, REACH, WHOSE
from scrutiny.kit.words import N_

MOST_RADIOS = 12
FOR_COMPLAINTS = tuple(
    f"{field}.{to}" for to in ("force", "lpb", "iopc") for field in ("identity", "contact")
)
FOR_SUPPORT = "contact.support"
ABOUT_INCIDENTS = ("video.force",)
PRAISE_FOR = tuple(
    one for one in CATEGORIES if one not in ("strip_search", "use_of_force", "not_responding")
)
"""Kinds of thing that somebody says thank you for."""
HELPED = {
    "me": N_("Me"),
    "saw": N_("Somebody else. I saw it"),
    "child": N_("My child, or a child I care for"),
    "agreed": N_("Somebody else, and they agreed that I write"),
    "community": N_("My community"),
}
"""The same as vocabulary.WHOSE, as it is asked of praise."""


def kind(*kinds: str):
    return lambda answers, _setting: answers.kind() in kinds


def wants(*these: str):
    return lambda answers, _setting: any(one in answers.wants for one in these)


def asks_for_officer(answers: Answers, setting: Setting) -> bool:
    """Only where the force is to act on it, and only where it can be locked away."""
    return setting.vault and any(one in answers.wants for one in ("complaint", "video"))


def harmed(what: str):
    return lambda answers, _setting: what in answers.harm


def is_live(answers: Answers, _setting: Setting) -> bool:
    return any(one in PROCEEDINGS for one in answers.live)


def can_be_reached(answers: Answers) -> bool:
    return answers.reach in ("email", "phone")


def can_send_files(answers: Answers, setting: Setting) -> bool:
    return answers.kind() != "compliment" and not setting.assisted


def whose(answers: Answers, _setting: Setting) -> tuple[Ask, ...]:
    if answers.kind() == "compliment":
        need = N_("Choose who was helped.")
        return (Ask("whose", N_("Who was helped?"), options=HELPED, need=need),)
    need = N_("Choose who it happened to.")
    return (Ask("whose", N_("Who did it happen to?"), options=WHOSE, need=need),)


def category(answers: Answers, _setting: Setting) -> tuple[Ask, ...]:
    praises = answers.kind() == "compliment"
    options = {one: CATEGORIES[one] for one in PRAISE_FOR} if praises else CATEGORIES
    need = N_("Choose what it is about.")
    return (Ask("category", N_("What is it about?"), options=options, need=need),)


def details(answers: Answers, _setting: Setting) -> tuple[Ask, ...]:
    return FOLLOW_UPS.get(answers.category, ())


EQUALITY = tuple(
    Ask(
        name,
        asked.label,
        "select" if len(asked.options) > MOST_RADIOS else "choice",
        options=asked.options,
        hint=asked.why,
    )
    for name, asked in QUESTIONS.items()
)


def contact(_answers: Answers, setting: Setting) -> tuple[Ask, ...]:
    """Without a vault there is nowhere safe for a name, so none is asked."""
    needs = Ask(
        "needs",
        N_("What helps you to read or talk? (optional)"),
        "line",
        hint=N_("A language, sign language, easy read, large print."),
        short=N_("What helps you to read or talk?"),
    )
    return (*REACHING, needs) if setting.vault else (needs,)


REACHING = (
    Ask(
        "reach",
        N_("How may the panel reach you?"),
        options=REACH,
        need=N_("Choose how we may reach you. Nobody has to be reached."),
    ),
    Ask(
        "email",
        N_("E-mail (only if you chose it)"),
        "line",
        type="email",
        complete="email",
        most=254,
        short=N_("E-mail"),
    ),
    Ask(
        "notify",
        N_("Send me an e-mail when there is news. It says only that there is news"),
        "tick",
        hint=N_(
            "For this our computer keeps the address a second time, outside the locked place. "
            "Your code alone shows it."
        ),
        short=N_("Send me an e-mail when there is news"),
    ),
    Ask("phone", N_("Telephone (only if you chose it)"), "line", type="tel", complete="tel",
        short=N_("Telephone")),
    Ask(
        "safe_times",
        N_("When is it safe to reach you? (optional)"),
        "line",
        hint=N_("Think of who else sees your messages or hears your calls."),
        short=N_("When is it safe to reach you?"),
    ),
    Ask(
        "name",
        N_("What may we call you? (optional)"),
        "line",
        hint=N_("Any name will do. It need not be your real one."),
        complete="nickname",
        short=N_("What may we call you?"),
    ),
)  # fmt: skip


def consents(answers: Answers, _setting: Setting) -> tuple[Ask, ...]:
    found = []
    for at, (label, cells) in enumerate(GROUPS.items(), 1):
        shown = {cell: CELLS[cell] for cell in cells if _is_asked(cell, answers)}
        if shown:
            found.append(Ask(f"consents_{at}", label, "ticks", options=shown))
    return tuple(found)


def complaint_left(answers: Answers, setting: Setting) -> bool:
    """Whether they want to complain and left a name or an address that is to go to nobody."""
    wants_it = "complaint" in answers.wants and setting.vault and can_be_reached(answers)
    return wants_it and not any(cell in answers.consents for cell in FOR_COMPLAINTS)


def _is_asked(cell: str, answers: Answers) -> bool:
    if cell in ABOUT_INCIDENTS:
        return answers.kind() == "incident"
    if cell in (*FOR_COMPLAINTS, FOR_SUPPORT, "evidence.panel") and answers.kind() == "compliment":
        return False  # nothing to complain of, and no files
    return cell not in NEEDS_CONTACT or can_be_reached(answers)
