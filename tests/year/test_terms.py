"""The terms of reference: consulted on, voted on, in force; what they set is what happens next."""

from year import adopting
from year.steps import BEGIN, Year, at, said, to


def test_terms_are_agreed_by_all_and_then_followed(year: Year):
    with at(BEGIN):
        terms = _drafted_and_sent_round(year)
    with at("2027-01-10"):
        _commented_and_answered(year, terms)
    with at("2027-01-19"):
        _voted(year, terms)
    with at("2027-01-20"):
        _followed(year, terms)


def _drafted_and_sent_round(year: Year) -> str:
    terms = adopting.draft(year, adopting.TEXT, "Our first terms.", **adopting.RULES)
    year.hands().go(terms, 404)
    adopting.consult(year, terms)
    sent = year.post_goes()
    assert len(to(sent, "bilal")) == 1 and len(to(sent, "claire")) == 1
    assert f"https://panel.test{terms}" in said(to(sent, "bilal")[0])
    year.hands().go(terms).reads("Comments are taken until 18 January 2027")
    return terms


def _commented_and_answered(year: Year, terms: str) -> None:
    bilal = year.hands("bilal").go(terms).follow("Comments")
    bilal.press("Send the comment", text="Six is early for people who work.")
    grace = year.hands("grace").go(terms).follow("Comments").follow("Answer this")
    grace.press("Save the answer", text="We tried seven; fewer came.").reads("We tried seven")
    step = year.hands("grace").go(terms).follow("Put it to the vote")
    step.press("Put it to the vote", 409, last_day="2027-01-26")


def _voted(year: Year, terms: str) -> None:
    adopting.put_to_the_vote(year, terms)
    adopting.vote(year, terms)
    adopting.count(year, terms)
    year.hands().go("/lambeth/terms").reads("In force", "Third Thursday of March, May", "18:00")


def _followed(year: Year, terms: str) -> None:
    """What it asks of members is theirs to sign, and the next day is that of its rhythm."""
    mine = year.hands("bilal").go("/lambeth/seats/mine").reads("To read and sign")
    mine.reads("Closed Read and hear what is closed to the public")
    adopting.sign(year, terms)
    mine.go("/lambeth/seats/mine").reads_nothing_of("To read and sign")
    mine.reads("Open Read and hear what is closed to the public")
    year.hands().go("/lambeth/terms").reads("Signed by 5 people")
    grace = year.hands("grace").go("/lambeth/meetings/new")
    grace.reads("By the panel's own rules it is on 18 March 2027, 18:00.")
