"""Questions that depend on what was answered before, and for whom a page is there."""

from scrutiny.concerns.answers import Answers
from scrutiny.concerns.consents import CELLS, GROUPS, NEEDS_CONTACT
from scrutiny.concerns.equality.rules import QUESTIONS
from scrutiny.concerns.journey.follow_ups import FOLLOW_UPS
from scrutiny.concerns.journey.pages import Ask, Setting
from scrutiny.concerns.vocabulary import PROCEEDINGS, REACH
from scrutiny.kit.words import N_

MOST_RADIOS = 12
FOR_COMPLAINTS = tuple(
    f"{field}.{to}" for to in ("force", "lpb", "iopc") for field in ("identity", "contact")
)
ABOUT_INCIDENTS = ("video.force", "evidence.panel")


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
    ),
    Ask(
        "notify",
        N_("Send me an e-mail when there is news. It says only that there is news"),
        "tick",
        hint=N_(
            "For this our computer keeps the address a second time, outside the locked place. "
            "Your code alone shows it."
        ),
    ),
    Ask("phone", N_("Telephone (only if you chose it)"), "line", type="tel", complete="tel"),
    Ask(
        "safe_times",
        N_("When is it safe to reach you? (optional)"),
        "line",
        hint=N_("Think of who else sees your messages or hears your calls."),
    ),
    Ask(
        "name",
        N_("What may we call you? (optional)"),
        "line",
        hint=N_("Any name will do. It need not be your real one."),
        complete="nickname",
    ),
)


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
    return cell not in NEEDS_CONTACT or can_be_reached(answers)
