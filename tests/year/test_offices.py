"""Who holds an office and who leaves: elected, handed over, resigned, removed by two."""

from year.steps import Year, at, said, to

HOME = "/lambeth/elections"
HANDED_ON = "The borough owes us its custody figures."
NO_VICE_CHAIR = "The term of the vice chair"
"""Ends with Vera's new office, and nobody is elected to it; the chair's is settled."""
WHY, REPLY = "They spoke to the press about a case.", "I named nobody, and said so at once."


def test_the_vice_chair_becomes_chair(year: Year):
    with at("2027-02-01"):
        election = _called(year)
        _put_forward(year, election, "vera", by="bilal", second="chidi")
        _put_forward(year, election, "bilal", by="efua", second="amara")
    with at("2027-02-11"):
        _elected(year, election)
        _handed_over(year, election)
    with at("2027-02-28"):
        ending = [said(one) for one in year.round_goes() if "term of the" in said(one)]
        assert {words.partition(" of Lambeth")[0] for words in ending} == {NO_VICE_CHAIR}
        year.hands("bilal").go(HOME).reads("Amara Okafor is in the chair")
    with at("2027-03-01"):
        _in_office(year)


def _called(year: Year) -> str:
    grace = year.hands("grace").go("/lambeth/seats").follow("Elections").follow("Call an election")
    days = {"nominate_by": "2027-02-10", "vote_by": "2027-02-17", "since": "2027-03-01"}
    election = grace.press("Open the nominations", office="chair", **days).path
    assert len(year.post_goes()) == 5
    return election


def _put_forward(year: Year, election: str, name: str, by: str, second: str) -> None:
    known = year.cast.people[name].name
    proposer = year.hands(by).go(election)
    proposer.press("Put them forward", person=proposer.option("person", known))
    proposer.press("Yes, put them forward")
    assert len(to(year.post_goes(), name)) == 1
    year.hands(second).go(election).press(f"Second: {known}").reads("seconded by")
    nominee = year.hands(name).go(election).follow("Say whether you stand")
    nominee.press("Save my answer", stands="yes", statement=f"{known} would.").reads("stands")


def _elected(year: Year, election: str) -> None:
    grace = year.hands("grace").go(election).follow("Open the vote")
    grace.reads("The vote is secret.", "Vera Osei", "Bilal Hussain").press("Open the vote")
    chosen = {name: "Vera Osei" for name in ("amara", "vera", "chidi", "efua")}
    for name, choice in (chosen | {"bilal": "Bilal Hussain"}).items():
        voter = year.hands(name).go(election).follow("Vote")
        voter.press("Vote", choice=voter.value_of("choice", choice))
        voter.reads("You have voted. Thank you.").reads_nothing_of("Votes</th>")
    grace.go(election).follow("Close the vote and count").press("Close the vote and count")
    grace.reads("Vera Osei is elected", "Vera Osei 4", "Bilal Hussain 1")
    year.post_goes()


def _handed_over(year: Year, election: str) -> None:
    amara = year.hands("amara").go(election).follow("Write what you hand on")
    amara.press("Save", text=HANDED_ON)
    year.hands("vera").go(election).reads("Handed on by the one before", HANDED_ON)
    year.hands("bilal").go(election).reads_nothing_of(HANDED_ON)


def _in_office(year: Year) -> None:
    letters = year.round_goes()
    assert to(letters, "vera")
    year.hands("bilal").go(HOME).reads("Vera Osei is in the chair")
    seats = year.hands("grace").go("/lambeth/seats")
    seats.reads("Amara Okafor Member From 1 March 2027")
    seats.reads("Vera Osei Chair From 1 March 2027, until 29 February 2028")


def test_somebody_resigns_and_somebody_is_removed(year: Year):
    with at("2027-03-01"):
        _resigned(year)
    with at("2027-04-01"):
        year.round_goes()
        year.hands("efua").go("/lambeth/cases", 404)
        removal = _proposed(year)
    with at("2027-04-06"):
        _replied(year)
    with at("2027-04-07"):
        _decided(year, removal)
    with at("2027-05-01"):
        _gone(year)


def _resigned(year: Year) -> None:
    efua = year.hands("efua").go("/lambeth/seats/mine").follow("Give up this seat")
    efua.press("Go on", last_day="2027-03-31", why="I move away.").reads("Are you sure?")
    efua.press("Give up my seat").reads("31 March 2027")
    year.hands("efua").go("/lambeth/cases")


def _proposed(year: Year) -> str:
    grace = year.hands("grace").go("/lambeth/seats/ended").reads("Efua Boateng", "I move away.")
    grace.go("/lambeth/seats").reads("8 of 12 places for residents are vacant.")
    grace.follow("End the seat of Chidi Eze")
    grace.press("End the seat", reason="removed", last_day="2027-04-30", why=WHY)
    letter = to(year.post_goes(), "chidi")[0]
    assert WHY not in said(letter) and "/lambeth/seats/mine" in said(letter)
    proposal = grace.go("/lambeth/seats").follow("Removing Chidi Eze").path
    grace.reads("A second person has to decide")
    amara = year.hands("amara").go(proposal).reads("have a right to reply until 15 April 2027")
    assert "Yes, I agree" not in amara.words
    return proposal


def _replied(year: Year) -> None:
    chidi = year.hands("chidi").go("/lambeth/seats/mine")
    chidi.follow("Read what is said and write your reply").reads(WHY)
    chidi.press("Send my reply", reply=REPLY).reads(REPLY)


def _decided(year: Year, removal: str) -> None:
    amara = year.hands("amara").go(removal).reads(WHY, REPLY)
    amara.press("Decide", verdict="agreed")
    assert to(year.post_goes(), "chidi")
    year.hands("chidi").go("/lambeth/cases")


def _gone(year: Year) -> None:
    year.round_goes()
    year.hands("chidi").go("/lambeth/cases", 404)
    year.hands("grace").go("/lambeth/seats").reads("9 of 12 places for residents are vacant.")
