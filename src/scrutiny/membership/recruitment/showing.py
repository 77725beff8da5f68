"""How applications and eligibility are put into words for a page."""

from collections.abc import Sequence
from typing import NamedTuple

from scrutiny.kit.words import N_, NC_, sentence
from scrutiny.membership.clearances.rules import KINDS
from scrutiny.membership.recruitment.queries import listed
from scrutiny.membership.recruitment.rules import Sent, police_options
from scrutiny.membership.recruitment.tables import Application
from scrutiny.people.constitution import Clearing, Eligibility

YES_NO = {"yes": NC_("I am", "Yes"), "no": NC_("I am", "No")}


class Said(NamedTuple):
    """One answer: our own words, to be translated, or what was typed."""

    label: str
    words: str
    typed: bool


def eligibility(rule: Eligibility) -> list[str]:
    """Who may apply, a sentence each, from the panel's own rules."""
    found = [
        sentence(N_("You are {age} or older."), age=rule.least_age),
        sentence(N_("You {connection}."), connection=rule.connected()),
        N_("You do not work for the police."),
    ]
    if years := rule.years_since_police:
        pattern = N_("If you once served in the police, that ended {years} years ago or longer.")
        found.append(sentence(pattern, years=years))
    if not rule.other_panels:
        found.append(N_("You do not sit on another panel about policing."))
    return found


def asked_about(rule: Eligibility) -> dict[str, str]:
    """The questions about eligibility, by field."""
    found = {
        "age": sentence(N_("Are you {age} or older?"), age=rule.least_age),
        "connection": sentence(N_("Do you {connection}?"), connection=rule.connected()),
        "police": N_("Do you work, or have you worked, for the police?"),
    }
    if not rule.other_panels:
        found["other_panels"] = N_("Do you sit on another panel about policing?")
    return found


def said(
    sent: Sent, questions: Sequence[str], rule: Eligibility, *, contact: bool = True
) -> list[Said]:
    """Everything an applicant sent, in the order of the form; what was left empty is left out.

    Without `contact` there is no name, address or telephone.
    """
    reached = {N_("Name"): sent.name, N_("E-mail"): sent.email, N_("Telephone"): sent.phone}
    rows = [Said(label, words, True) for label, words in reached.items() if contact]
    police = police_options(rule)
    for name, label in asked_about(rule).items():
        value = getattr(sent, name)
        words = police.get(value, "") if name == "police" else YES_NO.get(value, "")
        rows.append(Said(label, words, False))
    rows += [Said(one, words, True) for one, words in zip(questions, sent.answers, strict=False)]
    rows.append(Said(N_("Times that suit"), sent.availability, True))
    rows.append(Said(N_("Interests and ties"), sent.conflicts, True))
    return [row for row in rows if row.words]


def conditions(application: Application) -> list[str]:
    """What has to be there before the seat is active, of an offer."""
    return [KINDS[Clearing(one)] for one in listed(application.conditions)]
