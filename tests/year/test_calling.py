"""A meeting from the rhythm to its eve: called, invited, moved, answered, its agenda out."""

import pytest
from agendas.papers.files import pdf
from kit.test_ical import libical  # noqa: F401

from scrutiny.meetings.replies.rules import Outcome
from year import adopting, inviting, sitting
from year.inviting import answer, event, invite, link_in, method
from year.steps import BEGIN, Year, at, said, to

MEETING, MOVED = "/lambeth/meetings/2027-03-18", "/lambeth/meetings/2027-03-16"


@pytest.fixture
def begun(year: Year) -> Year:
    """Terms are in force; all but Efua signed the agreement that Part B asks for."""
    with at(BEGIN):
        terms = adopting.adopt(year, **adopting.RULES)
    with at("2027-01-20"):
        adopting.sign(year, terms, ("amara", "vera", "bilal", "chidi"))
        year.post_goes()
    return year


def test_a_meeting_is_called_moved_and_answered(begun: Year, libical, tmp_path, monkeypatch):
    year = begun
    with at("2027-02-01"):
        _called_without_a_letter(year)
    with at("2027-02-15"):
        letters = invite(year, MEETING)
        _asked(year, letters, libical)
    with at("2027-03-01", "10:00"):
        _move(year, MEETING, "2027-03-17")
    with at("2027-03-01", "10:05"):
        _move(year, "/lambeth/meetings/2027-03-17", "2027-03-16")
        assert year.round_goes() == []
    with at("2027-03-01", "10:16"):
        changed = _told_once(year, letters, libical)
        _answered(year, letters, changed, tmp_path, monkeypatch)
    with at("2027-03-08"):
        assert year.round_goes() == []
    with at("2027-03-09"):
        _reminded_of_the_new_day(year, libical)
    with at("2027-03-16", "17:50"):
        _nobody_is_there_by_mail(year)


def _called_without_a_letter(year: Year) -> None:
    inviting.call(year).reads("18 March 2027")
    assert year.round_goes() == []
    year.hands().go(MEETING, 404)
    year.hands("bilal").go(MEETING, 404)


def _asked(year: Year, letters, libical) -> None:
    assert sorted(one["To"].addresses[0].username for one in letters) == sorted(inviting.ASKED)
    for one in letters:
        found = event(one)
        assert (method(one), found["SEQUENCE"]) == ("REQUEST", 0)
        assert found["DTSTART"].dt.isoformat() == "2027-03-18T18:00:00+00:00"
        assert found["DTEND"].dt.isoformat() == "2027-03-18T20:30:00+00:00"
        assert libical(inviting.entry(one))
    assert len({str(event(one)["UID"]) for one in letters}) == 1
    year.hands().go(MEETING).reads("The agenda will be here by 11 March 2027.")
    bilal = year.hands().go(link_in(to(letters, "bilal")[0]))
    bilal.press("Yes, I mean to come").reads("You told us that you mean to come.")
    year.hands("grace").go(f"{MEETING}/invitations").reads("1 mean to come")


def _move(year: Year, meeting: str, day: str) -> None:
    grace = year.hands("grace").go(meeting).follow("Change the day, time or place")
    grace.press("Save the change", date=day)


def _told_once(year: Year, before, libical):
    changed = year.round_goes()
    assert sorted(one["To"] for one in changed) == sorted(one["To"] for one in before)
    for one in changed:
        found, was = event(one), event(to(before, one["To"].addresses[0].username)[0])
        assert (method(one), found["UID"], found["SEQUENCE"]) == ("REQUEST", was["UID"], 1)
        assert found["DTSTART"].dt.isoformat() == "2027-03-16T18:00:00+00:00"
        assert libical(inviting.entry(one))
    assert year.round_goes() == []
    year.hands().go(MEETING).reads("16 March 2027")
    return changed


def _answered(year: Year, before, changed, folder, monkeypatch) -> None:
    """To the new day they answer again: by link, and from three kinds of calendar."""
    grace = year.hands("grace").go(f"{MOVED}/invitations").reads("8 have not answered")
    _, stale = answer(to(before, "vera")[0], "outlook", "ACCEPTED")
    assert inviting.lay_in_folder(folder, stale) == [Outcome.OLDER]
    year.hands().go(link_in(to(changed, "bilal")[0])).press("Yes, I mean to come")
    _, outlook = answer(to(changed, "chidi")[0], "outlook", "ACCEPTED")
    _, apple = answer(to(changed, "amara")[0], "apple", "DECLINED")
    outcomes = inviting.lay_in_folder(folder, outlook, apple)
    assert outcomes == [Outcome.RECORDED, Outcome.RECORDED]
    address, gmail = answer(to(changed, "efua")[0], "gmail", "TENTATIVE")
    inviting.send_by_smtp(monkeypatch, address, gmail)
    grace.go(f"{MOVED}/invitations")
    grace.reads("2 mean to come, 1 perhaps, 1 cannot, 4 have not answered.")
    grace.reads("Bilal Hussain Yes", "Chidi Eze Yes", "Amara Okafor No", "Efua Boateng Perhaps")


def _reminded_of_the_new_day(year: Year, libical) -> None:
    """A week before the day it was moved to; not whoever said that they cannot come."""
    letters = year.round_goes()
    told = {one["To"].addresses[0].username for one in letters}
    assert (len(letters), told) == (7, set(inviting.ASKED) - {"amara"})
    for one in letters:
        assert event(one)["SEQUENCE"] == 1 and libical(inviting.entry(one))
        assert "16 March 2027" in said(one)


def _nobody_is_there_by_mail(year: Year) -> None:
    grace = sitting.open_room(year, MOVED).reads("0 here, 3 needed", "There is no quorum")
    grace.reads("Not here (", "Chidi Eze").reads_nothing_of(">Here (")


def test_the_agenda_comes_out_a_week_before(begun: Year, libical):
    year = begun
    with at("2027-02-01"):
        inviting.call(year)
        invite(year, MEETING)
    with at("2027-03-01"):
        _drafted(year)
        year.hands().go(MEETING).reads_nothing_of("Heron Street", "Stops of the autumn")
    with at("2027-03-10"):
        assert year.round_goes() == []
    with at("2027-03-11"):
        inviting.publish(year, MEETING)
        out = year.post_goes()
        assert all(one["Subject"].endswith("2027: agenda") for one in out)
        assert len(out) == len(inviting.ASKED)
        assert "Heron Street" not in said(to(out, "claire")[0])
        _out(year)
        _reminded(year, libical)


def _drafted(year: Year) -> None:
    add, part_b = inviting.add_item, {"part": "B", "closed_reason": "legal_advice"}
    add(year, MEETING, "What the police did", kind="section")
    add(year, MEETING, "Stops of the autumn", under="What the police did", minutes="30")
    add(year, MEETING, "Heron Street", **part_b)
    inviting.add_paper(year, MEETING, "Stops of the autumn", "Figures", pdf(2), "public")
    inviting.add_paper(year, MEETING, "Heron Street", "Advice", pdf(1), "members")
    grace = year.hands("grace").go(f"{MEETING}/agenda")
    grace.press("Move up What the police did")
    grace.reads(
        "1 closed item: Legal advice", "Publish it by 11 March 2027, 7 days before the meeting."
    )


def _out(year: Year) -> None:
    public = year.hands().go(MEETING).reads("Stops of the autumn", "Published on 11 March 2027.")
    public.reads_nothing_of("Heron Street", "Advice", "That was late")
    public.reads("Part B: not open to the public", "P1 Figures")
    assert year.browse().get(f"{MEETING}/papers/1").status_code == 200
    year.hands("claire").go(MEETING).reads_nothing_of("Heron Street", "Advice")
    year.hands("bilal").go(MEETING).reads("Heron Street", "P2 Advice")
    efua = year.hands("efua").go(MEETING).reads("Heron Street").reads_nothing_of("Advice")
    efua.go(f"{MEETING}/papers/2", 404)
    adopting.sign_agreements(year, "efua")
    efua.go(MEETING).reads("P2 Advice")


def _reminded(year: Year, libical) -> None:
    letters = year.round_goes()
    assert sorted(one["To"].addresses[0].username for one in letters) == sorted(inviting.ASKED)
    for one in letters:
        assert "Stops of the autumn" in said(one) and libical(inviting.entry(one))
        assert event(one)["SEQUENCE"] == 0
    assert "Heron Street" not in said(to(letters, "claire")[0])
    assert year.round_goes() == []
