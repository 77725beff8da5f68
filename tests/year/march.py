"""The meeting of March: who is there, the chair's interest, votes, a quorum lost and found."""

from year import sitting
from year.hands import Hands
from year.sitting import CUSTODY, HERON, NAMES, STOPS
from year.steps import Year, at

MARCH = "/lambeth/meetings/2027-03-18"
ASKED, TOLD = "Ask the borough for its custody figures.", "Send the panel the new guidance."
FIGURES = "The panel agreed to ask for the figures."
VISIT = "The panel agreed to visit the custody suite."
ALONE, TIE = "I would have waited for the figures.", "My nephew was stopped."


def march(year: Year) -> None:
    """Called, held item by item, and closed with something left over."""
    with at("2027-02-01"):
        sitting.prepare(year, STOPS, CUSTODY, part_b=HERON)
    with at("2027-03-18", "17:55"):
        grace = _opened(year)
    with at("2027-03-18", "18:10"):
        _chair_recused(year, grace)
    with at("2027-03-18", "18:35"):
        _quorum_lost_and_found(year, grace)
    with at("2027-03-18", "19:00"):
        sitting.turn_to(grace.go(f"{MARCH}/room"), HERON).press("End this item")
    with at("2027-03-18", "19:10"):
        _closed(year, grace)


def _opened(year: Year) -> Hands:
    """A mail that said yes puts nobody in the room."""
    grace = sitting.open_room(year, MARCH)
    grace.reads("0 here, 3 needed", "There is no quorum").reads_nothing_of(">Here (")
    for name in ("amara", "vera", "bilal", "chidi", "claire"):
        grace.press(f"Arrived {NAMES[name]}")
    grace.press("Apologies Efua Boateng")
    return grace.reads("4 here, 3 needed", "Here (5)", "There is a quorum: 4 members")


def _chair_recused(year: Year, grace: Hands) -> None:
    sitting.turn_to(grace, STOPS).reads("Amara Okafor chairs this item.")
    amara = year.hands("amara").go(f"{MARCH}/room").reads(STOPS).follow("Declare an interest")
    said = {"how": "left_room", "text": TIE}
    amara.press("Declare it", **said)
    amara.reads("something that is not yours to see").reads_nothing_of(STOPS)
    grace.go(f"{MARCH}/room").reads("Vera Osei chairs this item.", "3 here, 3 needed")
    decision = sitting.put(grace, FIGURES)
    year.hands("amara").go(decision, 404)
    sitting.vote(year, decision, vera="for", bilal="for")
    sitting.hands_up(grace, decision, year, chidi="against")
    chidi = year.hands("chidi").go(decision)
    chidi.press("Keep it with the decision", dissent=ALONE, named="yes")
    vera = year.hands("vera").go(decision).press("Close the vote and record the result")
    vera.reads("Carried", "For 2", "Against 1", "Chidi Eze wrote:", ALONE)


def _quorum_lost_and_found(year: Year, grace: Hands) -> None:
    sitting.turn_to(grace.go(f"{MARCH}/room"), CUSTODY).reads("Amara Okafor chairs this item.")
    sitting.raise_action(grace, ASKED, "panel", "Bilal Hussain", "2027-05-01")
    sitting.raise_action(grace, TOLD, "police", "liaison", "2027-05-01").reads(TOLD)
    decision = sitting.put(grace, VISIT)
    sitting.vote(year, decision, amara="for", vera="for")
    for name in ("bilal", "chidi"):
        grace.press(f"Left {NAMES[name]}")
    grace.reads("There is no quorum: 2 of the 3 members needed can take part.")
    amara = year.hands("amara").go(decision).reads("There is no quorum: 2 of the 3 members needed")
    assert "Close the vote and record the result" not in amara.words
    again = grace.go(f"{MARCH}/room").follow("Put a decision").reads("2 of the 3 members needed")
    assert "Put it to the meeting" not in again.words
    grace.go(f"{MARCH}/room").press(f"Arrived {NAMES['bilal']}").reads("3 here, 3 needed")
    amara.go(decision).press("Close the vote and record the result").reads("Carried")


def _closed(year: Year, grace: Hands) -> None:
    grace.go(f"{MARCH}/room")
    grace = sitting.close(grace).reads("The meeting is closed", "Any other business")
    assert grace.path == f"{MARCH}/room/closing"
