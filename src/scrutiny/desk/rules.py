"""WHAT waits for whom: for each deed a seat may do, the rows that it has not been done to."""

from dataclasses import dataclass
from datetime import date

from scrutiny.policy import Act

MOST = 10


@dataclass(frozen=True)
class Waiting:
    """One kind of work. The query gives (number or day, words, due or null) of a panel's rows."""

    act: Act
    title: str
    address: str
    sql: str


@dataclass(frozen=True)
class Task:
    words: str
    address: str
    day: date | None  # of the meeting it is about
    due: date | None


def is_overdue(due: date | None, today: date) -> bool:
    return due is not None and due < today


RECOMMENDATION = "SELECT number, title, due FROM recommendation WHERE panel = {} AND stage = "
BY_NUMBER = f" ORDER BY due, number LIMIT {MOST}"
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
        Act.CONCERN_TRIAGE,
        "Concerns to read",
        "concerns/{}",
        "SELECT number, category, NULL FROM concern WHERE panel = {} AND stage = 'submitted'"
        f" ORDER BY number LIMIT {MOST}",
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
        "Answers to judge",
        "recommendations/{}",
        RECOMMENDATION.replace("due", "NULL")
        + "'responded'"
        + BY_NUMBER.replace("due, number", "number"),
    ),
    Waiting(
        Act.MEETING_RUN,
        "Meetings to send invitations for",
        "meetings/{}/invitations",
        MEETING + "'proposed'" + BY_DATE,
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
