"""WHAT waits for whom: for each deed a seat may do, the rows that it has not been done to."""

from dataclasses import dataclass
from datetime import date

from scrutiny.concerns.rules import CATEGORIES
from scrutiny.policy import Act, may

MOST = 10
CONCERNS = "concerns/{}"
INVITATIONS = "meetings/{}/invitations"


@dataclass(frozen=True)
class Waiting:
    """One kind of work. The query gives (number or day, words, due or null) of a panel's rows."""

    act: Act
    title: str
    address: str
    sql: str
    unless: Act | None = None  # who may do this has it elsewhere on the desk


@dataclass(frozen=True)
class Task:
    words: str
    address: str
    day: date | None  # of the meeting it is about
    due: date | None


def waits_for(role: str, work: Waiting) -> bool:
    return may(role, work.act) and not (work.unless and may(role, work.unless))


def in_words(address: str, key: int | date | str, words: str | int) -> str:
    """A concern has no title of its own: it goes by its number and kind. People are counted."""
    if isinstance(words, int):
        return "1 person" if words == 1 else f"{words} people"
    if address != CONCERNS:
        return words
    return f"Concern {key}: {CATEGORIES.get(words, words)}"


def is_overdue(due: date | None, today: date) -> bool:
    return due is not None and due < today


RECOMMENDATION = "SELECT number, title, due FROM recommendation WHERE panel = {} AND stage = "
BY_NUMBER = f" ORDER BY due, number LIMIT {MOST}"
UNDATED = RECOMMENDATION.replace("due", "NULL")
BY_NUMBER_ALONE = f" ORDER BY number LIMIT {MOST}"
CONCERN = "SELECT number, category, NULL FROM concern WHERE panel = {} AND stage = "
MEETING = "SELECT date, title, date FROM meeting WHERE panel = {} AND stage = "
BY_DATE = f" ORDER BY date LIMIT {MOST}"
MINUTES = (
    "SELECT meeting.date, meeting.title, NULL FROM minutes "
    "JOIN meeting ON meeting.id = minutes.meeting WHERE minutes.panel = {} AND minutes.stage = "
)
BY_MEETING = f" ORDER BY meeting.date LIMIT {MOST}"

WORK = [
    Waiting(
        Act.RECOMMENDATION_ANSWER,
        "Recommendations to answer",
        "recommendations/{}/answer",
        RECOMMENDATION + "'issued'" + BY_NUMBER,
    ),
    Waiting(
        Act.RECOMMENDATION_REPORT,
        "Asked of your force, waiting for its answer",
        "recommendations/{}",
        RECOMMENDATION + "'issued'" + BY_NUMBER,
        unless=Act.RECOMMENDATION_ANSWER,
    ),
    Waiting(
        Act.RECOMMENDATION_REPORT,
        "Accepted: say when it has been done",
        "recommendations/{}",
        UNDATED + "'responded' AND answer_type IN ('accepted_in_full', 'accepted_in_part', "
        "'accepted_in_principle', 'already_done')" + BY_NUMBER_ALONE,
    ),
    Waiting(
        Act.CONCERN_TRIAGE, "Concerns to read", CONCERNS, CONCERN + "'submitted'" + BY_NUMBER_ALONE
    ),
    Waiting(
        Act.CONCERN_TRIAGE,
        "Concerns to decide on",
        CONCERNS,
        CONCERN + "'in_triage'" + BY_NUMBER_ALONE,
    ),
    Waiting(
        Act.CASE_TAKE_UP,
        "Taken up: to be made a case",
        CONCERNS,
        CONCERN + "'accepted'" + BY_NUMBER_ALONE,
    ),
    Waiting(
        Act.CONCERN_TRIAGE,
        "The case is concluded: tell the resident",
        CONCERNS,
        CONCERN + '\'linked\' AND EXISTS (SELECT 1 FROM "case" WHERE "case".concern = concern.id '
        "AND \"case\".stage = 'concluded')" + BY_NUMBER_ALONE,
    ),
    Waiting(
        Act.CASE_CONCLUDE,
        "Cases that a meeting looked at: write what was found",
        "cases/{}",
        "SELECT number, title, NULL FROM \"case\" WHERE panel = {} AND stage = 'scheduled' AND "
        "EXISTS (SELECT 1 FROM agenda_item JOIN meeting ON meeting.id = agenda_item.meeting "
        "WHERE agenda_item.\"case\" = \"case\".id AND meeting.stage IN ('held', 'minuted'))"
        + BY_NUMBER_ALONE,
    ),
    Waiting(
        Act.RECOMMENDATION_AGREE,
        "Drafts to put to the vote",
        "recommendations/{}",
        RECOMMENDATION + "'drafting'" + BY_NUMBER,
    ),
    Waiting(
        Act.RECOMMENDATION_ISSUE,
        "Agreed, and not yet sent to the force",
        "recommendations/{}",
        RECOMMENDATION + "'agreed'" + BY_NUMBER,
    ),
    Waiting(
        Act.RECOMMENDATION_CLOSE,
        "The police say it is done: check it",
        "recommendations/{}",
        UNDATED + "'evidence_submitted'" + BY_NUMBER_ALONE,
    ),
    Waiting(
        Act.RECOMMENDATION_CLOSE,
        "Answers to judge",
        "recommendations/{}",
        UNDATED + "'responded'" + BY_NUMBER_ALONE,
    ),
    Waiting(
        Act.MEETING_RUN,
        "Meetings to send invitations for",
        INVITATIONS,
        MEETING + "'proposed'" + BY_DATE,
    ),
    Waiting(
        Act.MEETING_RUN,
        "Invitations are out, and these have not been asked yet",
        INVITATIONS,
        "SELECT meeting.date, count(DISTINCT seat.person), NULL FROM meeting JOIN seat ON "
        "seat.panel = meeting.panel AND seat.since <= meeting.date AND (seat.until IS NULL OR "
        "seat.until >= meeting.date) WHERE meeting.panel = {} AND meeting.stage = 'scheduled' "
        "AND NOT EXISTS (SELECT 1 FROM invitation JOIN seat asked ON asked.id = invitation.seat "
        "WHERE invitation.meeting = meeting.id AND asked.person = seat.person) "
        "GROUP BY meeting.date" + BY_DATE,
    ),
    Waiting(
        Act.MINUTES_COMPILE,
        "Meetings without minutes",
        "minutes/{}",
        MEETING.replace("title, date", "title, NULL") + "'held' AND NOT EXISTS "
        "(SELECT 1 FROM minutes WHERE minutes.meeting = meeting.id)" + BY_DATE,
    ),
    Waiting(
        Act.MINUTES_APPROVE, "Minutes to approve", "minutes/{}", MINUTES + "'drafting'" + BY_MEETING
    ),
    Waiting(
        Act.MINUTES_PUBLISH, "Minutes to publish", "minutes/{}", MINUTES + "'approved'" + BY_MEETING
    ),
]
