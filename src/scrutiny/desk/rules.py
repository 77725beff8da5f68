"""WHAT waits for whom: for each deed a seat may do, the rows that it has not been done to."""

from dataclasses import dataclass
from datetime import date

from scrutiny.concerns.vocabulary import CATEGORIES, REASONS
from scrutiny.kit.words import N_
from scrutiny.policy import AT_THE_TABLE, Act, may

MOST = 10
CONCERNS = "concerns/{}"
INVITED = ", ".join(f"'{role}'" for role in sorted(AT_THE_TABLE))
REFUSALS = "refusals/{}"
HAND_OFFS = "concerns/{}/hand-off"
VIDEO = "video/{}"
INVITATIONS = "meetings/{}/invitations"
LOOKS, HOLDS = "looks", "retention"
FOR_A_RESIDENT = "concerns/new/for-a-resident"
BY_NUMBER_OF = (CONCERNS, HAND_OFFS, LOOKS, HOLDS)
ROOMS = (
    (Act.CONCERNS_READ, "concerns", N_("Every concern")),
    (Act.CONCERN_ADD_PAGE, FOR_A_RESIDENT, N_("Write a concern down for a resident")),
    (Act.VIDEO_READ, "video", N_("Requests to keep video")),
    (Act.CONCERN_REFUSE_PAGE, "refusals", N_("Concerns not to be taken forward")),
    (Act.EQUALITY_READ, "equality", N_("Who is heard from")),
    (Act.VAULT_PAGE, "vault", N_("The vault of names")),
    (Act.LOOK_AGREE_PAGE, LOOKS, N_("Requests to know who wrote")),
    (Act.HOLD_PAGE, HOLDS, N_("Erased soon, and held")),
)
"""Pages to which nothing else leads from the top of a page."""


@dataclass(frozen=True)
class Waiting:
    """One kind of work. The query gives (number or day, words, due or null) of a panel's rows."""

    act: Act
    title: str
    address: str
    sql: str
    unless: Act | None = None  # who may do this has it elsewhere on the desk
    others: bool = False  # the query takes the seat as well: what it asked for waits for another
    clock: bool = False  # not from `sql`, but from the video clock: what is about to be erased


@dataclass(frozen=True)
class Task:
    words: str
    address: str
    day: date | None  # of the meeting it is about
    due: date | None


def rooms(role: str) -> dict[str, str]:
    """The end of the address -> the title, of what this role may read."""
    return {address: title for act, address, title in ROOMS if may(role, act)}


def waits_for(role: str, work: Waiting) -> bool:
    return may(role, work.act) and not (work.unless and may(role, work.unless))


def in_words(address: str, key: int | date | str, words: str | int) -> str:
    """A concern has no title of its own: it goes by its number and kind. A refusal goes by its
    own number and reason: who agrees to it never knows the concern's. People are counted."""
    if isinstance(words, int):
        return "1 person" if words == 1 else f"{words} people"
    if address == VIDEO:
        return f"Request {key}"
    if address == REFUSALS:
        return f"Refusal {key}: {REASONS.get(words, words)}"
    if address in BY_NUMBER_OF:
        return f"Concern {key}: {CATEGORIES.get(words, words)}"
    return words


def video_words(words: str, days_left: int, asked: bool) -> str:
    """What is about to be erased, with the days until then, and whether the force was asked."""
    left = "1 day" if days_left == 1 else f"{days_left} days"
    ends = f"{words}: {left} of video left" if days_left else f"{words}: last day of the video"
    return f"{ends}, asked for and not answered" if asked else ends


def is_overdue(due: date | None, today: date) -> bool:
    return due is not None and due < today


RECOMMENDATION = "SELECT number, title, due FROM recommendation WHERE panel = {} AND stage = "
BY_NUMBER = f" ORDER BY due, number LIMIT {MOST}"
UNDATED = RECOMMENDATION.replace("due", "NULL")
BY_NUMBER_ALONE = f" ORDER BY number LIMIT {MOST}"
CONCERN = "SELECT number, category, NULL FROM concern WHERE panel = {} AND stage = "
LAST_WRITER = (
    '(SELECT message."by" FROM message WHERE message.concern = concern.id '
    "ORDER BY message.number DESC LIMIT 1)"
)
WAITS_FOR_CHAIR = (
    "EXISTS (SELECT 1 FROM refusal WHERE refusal.concern = concern.id "
    "AND refusal.stage = 'proposed')"
)
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
        Act.CONCERN_REFUSE,
        "Concerns that triage would not take forward: do you agree?",
        REFUSALS,
        "SELECT refusal.number, refusal.reason, NULL FROM refusal JOIN concern "
        "ON concern.id = refusal.concern WHERE refusal.panel = {} AND refusal.stage = 'proposed' "
        f"AND concern.stage = 'in_triage' ORDER BY refusal.number LIMIT {MOST}",
    ),
    Waiting(
        Act.CONCERN_TRIAGE,
        "Held, as somebody may be in danger: what is known now?",
        CONCERNS,
        CONCERN + "'safeguarding_hold'" + BY_NUMBER_ALONE,
    ),
    Waiting(
        Act.CONCERN_TRIAGE,
        "Concerns to read",
        CONCERNS,
        CONCERN + "'submitted' AND screened = true" + BY_NUMBER_ALONE,
    ),
    Waiting(
        Act.CONCERN_TRIAGE,
        "Residents wrote more",
        CONCERNS,
        CONCERN.replace("stage = ", "stage IN ")
        + f"('in_triage', 'needs_info', 'accepted') AND {LAST_WRITER} = 'resident'"
        + BY_NUMBER_ALONE,
    ),
    Waiting(
        Act.CONCERN_TRIAGE,
        "Concerns to decide on",
        CONCERNS,
        CONCERN + f"'in_triage' AND COALESCE({LAST_WRITER}, '') <> 'resident' "
        f"AND NOT {WAITS_FOR_CHAIR}" + BY_NUMBER_ALONE,
    ),
    Waiting(
        Act.CONCERN_TRIAGE,
        "Paused: look at them again",
        CONCERNS,
        CONCERN.replace("NULL", "review_on")
        + f"'paused_live_proceedings' ORDER BY review_on, number LIMIT {MOST}",
    ),
    Waiting(
        Act.CONCERN_HAND_OFF,
        "Complaints to pass on: the resident agreed",
        HAND_OFFS,
        "SELECT concern.number, concern.category, NULL FROM hand_off JOIN concern "
        "ON concern.id = hand_off.concern WHERE hand_off.panel = {} "
        f"AND hand_off.stage = 'consented' ORDER BY concern.number LIMIT {MOST}",
    ),
    Waiting(
        Act.CONCERN_TRIAGE,
        "Waiting behind a flood: let in what is real",
        CONCERNS,
        CONCERN + "'submitted' AND screened = false AND veiled = false" + BY_NUMBER_ALONE,
    ),
    Waiting(
        Act.LOOK_AGREE,
        "Somebody asks to know who wrote: do you agree?",
        LOOKS,
        "SELECT concern.number, concern.category, NULL FROM look JOIN concern "
        "ON concern.id = look.concern WHERE look.panel = {} AND look.stage = 'asked' "
        f"AND look.asked_by <> {{}} ORDER BY look.id LIMIT {MOST}",
        others=True,
    ),
    Waiting(
        Act.HOLD,
        "A hold for the law: do you agree?",
        HOLDS,
        "SELECT concern.number, concern.category, NULL FROM hold JOIN concern "
        "ON concern.id = hold.concern WHERE hold.panel = {} AND hold.stage = 'proposed' "
        f"AND hold.proposed_by <> {{}} ORDER BY hold.id LIMIT {MOST}",
        others=True,
    ),
    Waiting(Act.VIDEO_ASK, "Video about to be erased", CONCERNS, "", clock=True),
    Waiting(
        Act.VIDEO_ANSWER,
        "Asked to keep video",
        VIDEO,
        "SELECT number, stage, answer_due FROM preservation WHERE panel = {} AND stage = 'sent'"
        f" ORDER BY number DESC LIMIT {MOST}",  # the newest can still be saved
        unless=Act.VIDEO_ASK,
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
        "WHERE agenda_item.\"case\" = \"case\".id AND meeting.stage IN ('held', 'minuted')) AND "
        'NOT EXISTS (SELECT 1 FROM concern WHERE concern.id = "case".concern AND concern.stage IN '
        "('safeguarding_hold', 'paused_live_proceedings'))" + BY_NUMBER_ALONE,
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
        f"AND seat.role IN ({INVITED}) "
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
