"""Every page of a panel that somebody with a seat may go to, in groups: nothing is further off."""

from collections.abc import Iterable

from scrutiny.kit.words import N_
from scrutiny.people.tables import Seat
from scrutiny.policy import POLICY, Act, may

GROUPS: tuple[tuple[str, tuple[tuple[Act, str, str], ...]], ...] = (
    (
        N_("You"),
        (
            (Act.SEAT_MINE_PAGE, "seats/mine", N_("Your seat")),
            (Act.SEAT_MINE_PAGE, "interests/mine", N_("Your entry in the register of interests")),
            (Act.SEAT_MINE_PAGE, "needs/mine", N_("What you need to take part")),
            (Act.EXPENSE_CLAIM_PAGE, "expenses", N_("Your expenses")),
            (Act.SEAT_MINE_PAGE, "composition/mine", N_("Describe yourself")),
        ),
    ),
    (
        N_("Meetings"),
        (
            (Act.MEETING_CALL_PAGE, "meetings/new", N_("Call a meeting")),
            (Act.MEETING_CALL_PAGE, "meetings/year", N_("Plan the year")),
            (Act.AGENDA_PROPOSE_PAGE, "backlog", N_("Items that wait for a meeting")),
            (Act.QUESTIONS_READ, "questions", N_("Residents' questions")),
            (Act.ACTIONS_READ, "actions", N_("Actions")),
            (Act.EXPENSE_DECIDE_PAGE, "expenses/decisions", N_("Expenses to decide on")),
            (Act.ARCHIVE_PAGE, "archive/drafts", N_("Minutes from before this site")),
        ),
    ),
    (
        N_("Members"),
        (
            (Act.SEATS_READ, "seats", N_("Seats")),
            (Act.CLEARANCES_READ, "clearances", N_("Clearances")),
            (Act.VETTING_PAGE, "vetting", N_("Vetting that was asked for")),
            (Act.RECRUIT_PAGE, "recruitment", N_("Recruitment")),
            (Act.SCORE_PAGE, "interviews", N_("Interviews to score")),
            (Act.ELECTION_PAGE, "elections", N_("Elections")),
            (Act.TERMS_COMMENT_PAGE, "terms", N_("Terms of reference")),
            (Act.INTERESTS_READ, "interests", N_("Register of interests")),
            (Act.NEEDS_READ, "needs", N_("What members need to take part")),
            (Act.COMPOSITION_RUN_PAGE, "composition/rounds", N_("Ask who the panel is")),
            (Act.IMPORT_PAGE, "import", N_("Import from files")),
        ),
    ),
    (
        N_("Cases and the police"),
        (
            (Act.CASES_READ, "cases", N_("Cases")),
            (Act.RECOMMENDATION_READ_DRAFT, "recommendations/drafts", N_("Draft recommendations")),
            (Act.VIDEO_READ, "video", N_("Requests to keep video")),
        ),
    ),
    (
        N_("Residents"),
        (
            (Act.CONCERNS_READ, "concerns", N_("Every concern")),
            (
                Act.CONCERN_ADD_PAGE,
                "concerns/new/for-a-resident",
                N_("Write a concern down for a resident"),
            ),
            (Act.CONCERN_REFUSE_PAGE, "refusals", N_("Concerns not to be taken forward")),
            (Act.EQUALITY_READ, "equality", N_("Who is heard from")),
            (Act.VAULT_PAGE, "vault", N_("The vault of names")),
            (Act.LOOK_AGREE_PAGE, "looks", N_("Requests to know who wrote")),
            (Act.HOLD_PAGE, "retention", N_("Erased soon, and held")),
        ),
    ),
)
OF_THE_PANEL = frozenset({"interests/mine", "needs/mine"})
"""Of no use to the police, who declare nothing here and say what they need to their force."""
OF_THE_COMMUNITY = frozenset({"composition/mine"})


def rooms(seats: Iterable[Seat]) -> list[tuple[str, dict[str, str]]]:
    """(title, {end of the address: words}) of what these seats may open, as they stand."""
    seats = list(seats)
    found = []
    for title, places in GROUPS:
        mine = {at: words for act, at, words in places if any(_opens(s, act, at) for s in seats)}
        found += [(title, mine)] if mine else []
    return found


def _opens(seat: Seat, act: Act, address: str) -> bool:
    if address in OF_THE_PANEL and seat.role not in POLICY[Act.INTERESTS_READ]:
        return False
    if address in OF_THE_COMMUNITY and seat.role not in POLICY[Act.VOTE]:
        return False
    return may(seat.role, act, seat.stage)
