"""The meetings of May and July: what was left over, a secret vote, actions done and not done."""

from year import adopting, sitting
from year.hands import Hands
from year.march import ASKED, TOLD
from year.steps import Year, at

MAY, JULY = "/lambeth/meetings/2027-05-20", "/lambeth/meetings/2027-07-15"
LOG = "Actions from earlier meetings"
HERE = ("amara", "vera", "bilal", "chidi")
ASSEMBLY = "The panel agreed to hold a public assembly."


def next_meeting(year: Year, meeting: str) -> str:
    """One press takes what was left over to the next one."""
    grace = year.hands("grace").go(meeting).press("Next meeting with what was left over")
    return grace.path.partition("?")[0].removesuffix("/agenda")


def secret_from_now_on(year: Year) -> None:
    """A second version of the terms: the panel decides by secret vote."""
    with at("2027-04-01"):
        summary = "Secret votes."
        second = adopting.adopt(year, summary=summary, **adopting.RULES | {"method": "secret"})
    with at("2027-04-16"):
        changes = year.hands().go(second).follow("What changed since version 1")
        changes.reads("Removed: By a show of hands", "Added: By secret vote")
        adopting.sign(year, second)


def may(year: Year) -> None:
    with at("2027-05-10"):
        _invited(year, MAY)
        _reported(year)
    with at("2027-05-20", "18:00"):
        grace = sitting.open_room(year, MAY, *HERE, "efua")
        _discharged(year, grace)
        _secret(year, grace)
        sitting.close(grace.go(f"{MAY}/room")).reads("The meeting is closed")


def _invited(year: Year, meeting: str) -> None:
    grace = year.hands("grace").go(meeting).follow("Send the invitations")
    grace.press("Send the invitations")
    grace.go(f"{meeting}/agenda").press("Publish the agenda")


def _reported(year: Year) -> None:
    """The force says that it did what was asked; that alone ends nothing."""
    claire = year.hands("claire").go("/lambeth/actions").follow("2. " + TOLD)
    claire.follow("Say what was done").press("Save", text="Sent on 6 May.", done="yes")
    claire.reads("Sent on 6 May.").reads_nothing_of("What the meeting agreed")
    amara = year.hands("amara").go("/lambeth/actions/2").follow("What the meeting agreed")
    amara.press("Save", 409, verdict="discharged", text="We have it.")


def _discharged(year: Year, grace: Hands) -> None:
    sitting.turn_to(grace, LOG)
    amara = year.hands("amara").go("/lambeth/actions/2").follow("What the meeting agreed")
    amara.press("Save", verdict="discharged", text="We have it.").reads("We have it.")


def _secret(year: Year, grace: Hands) -> None:
    decision = sitting.put(grace.go(f"{MAY}/room"), ASSEMBLY)
    sitting.vote(year, decision, amara="for", vera="for", bilal="against", chidi="for")
    grace.go(decision).reads("4 have voted").reads_nothing_of("Votes For", "Bilal Hussain:")
    sitting.vote(year, decision, efua="abstain")
    amara = year.hands("amara").go(decision).press("Close the vote and record the result")
    amara.reads("Carried", "For 3", "Against 1", "I abstain 1")
    for name in sitting.NAMES.values():
        assert f"{name}:" not in amara.words


def july(year: Year) -> None:
    with at("2027-05-21"):
        assert next_meeting(year, MAY) == JULY
    with at("2027-07-01"):
        _invited(year, JULY)
    with at("2027-07-15", "18:00"):
        grace = sitting.open_room(year, JULY, "vera", "bilal", "chidi")
        sitting.close(grace).reads("The meeting is closed")


def turned_into_a_recommendation(year: Year) -> None:
    """Two meetings carried it over, so the panel may ask in public instead."""
    bilal = year.hands("bilal").go("/lambeth/actions").reads("carried over 2 times")
    bilal.follow("1. " + ASKED).follow("Make it a recommendation").reads(ASKED)
    told = {"title": ASKED, "text": "Show the panel these figures each quarter."}
    bilal.press("Keep this draft", **told).reads(ASKED)
    year.hands("bilal").go("/lambeth/actions/1").reads("It became a recommendation")
    year.hands("bilal").go("/lambeth/actions").reads("Nothing is waiting to be done.")
