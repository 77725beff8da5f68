"""Three meetings in a row, as they are held, and what is left of them on paper."""

from year import adopting, summer
from year.march import ALONE, FIGURES, MARCH, TIE, VISIT, march
from year.sitting import CUSTODY, HERON, STOPS
from year.steps import BEGIN, Year, at


def test_three_meetings_and_what_goes_from_one_to_the_next(year: Year):
    _begun(year)
    march(year)
    with at("2027-03-19"):
        _left_over(year)
    with at("2027-03-22"):
        _minuted(year)
    summer.secret_from_now_on(year)
    summer.may(year)
    summer.july(year)
    with at("2027-07-16"):
        summer.turned_into_a_recommendation(year)
        _counted(year)


def _begun(year: Year) -> None:
    with at(BEGIN):
        terms = adopting.adopt(year, **adopting.RULES)
    with at("2027-01-20"):
        adopting.sign(year, terms)


def _left_over(year: Year) -> None:
    """Called for the next day of the rhythm; nobody hears of it yet."""
    year.post_goes()
    assert summer.next_meeting(year, MARCH) == summer.MAY
    agenda = year.hands("grace").go(f"{summer.MAY}/agenda")
    agenda.reads("Any other business", summer.LOG).reads_nothing_of(STOPS, CUSTODY, HERON)
    assert year.post_goes() == []


def _minuted(year: Year) -> None:
    minutes = MARCH.replace("meetings", "minutes")
    grace = year.hands("grace").go(MARCH).follow("Minutes").follow("Compile the minutes")
    draft = grace.press("Compile the minutes").go(f"{minutes}/draft")
    draft.reads(FIGURES, VISIT, "so there was a quorum", "Efua Boateng", f"interest: {TIE}")
    draft.reads("Vera Osei took the chair for this item.", ALONE, "Legal advice: 1")
    draft.reads_nothing_of(HERON, "figures..")


def _counted(year: Year) -> None:
    """Of three meetings: who came to how many, and how many places are free."""
    nobody = year.hands().go("/lambeth/attendance")
    nobody.reads("3 meetings since", "2 of 7 places for residents are vacant.")
    nobody.reads("Amara Okafor, Chair 2 of 3 0", "Vera Osei, Vice chair 3 of 3 0")
    nobody.reads("Bilal Hussain, Member 3 of 3 0", "Chidi Eze, Member 3 of 3 0")
    nobody.reads("Efua Boateng, Member 1 of 3 1").reads_nothing_of("Claire Walsh")
