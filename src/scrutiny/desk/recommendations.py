"""What was asked of the police, and waits for one side or the other."""

from scrutiny.desk.rules import Waiting, kept
from scrutiny.policy import Act

ONE = "recommendations/{}"
ASKED = (
    f"SELECT number, title, due FROM recommendation WHERE panel = {{panel}} AND {kept('id')} "
    "AND stage = "
)
BY_DAY, BY_NUMBER = " ORDER BY due, number", " ORDER BY number"
UNDATED = ASKED.replace("due", "NULL")

WORK = [
    Waiting(
        Act.RECOMMENDATION_ANSWER,
        "Recommendations to answer",
        "recommendations/{}/answer",
        ASKED + "'issued'" + BY_DAY,
    ),
    Waiting(
        Act.RECOMMENDATION_REPORT,
        "Asked of your force, waiting for its answer",
        ONE,
        ASKED + "'issued'" + BY_DAY,
        unless=Act.RECOMMENDATION_ANSWER,
    ),
    Waiting(
        Act.RECOMMENDATION_REPORT,
        "Accepted: say when it has been done",
        ONE,
        UNDATED + "'responded' AND answer_type IN ('accepted_in_full', 'accepted_in_part', "
        "'accepted_in_principle', 'already_done')" + BY_NUMBER,
    ),
    Waiting(
        Act.RECOMMENDATION_AGREE, "Drafts to put to the vote", ONE, ASKED + "'drafting'" + BY_DAY
    ),
    Waiting(
        Act.RECOMMENDATION_ISSUE,
        "Agreed, and not yet sent to the force",
        ONE,
        ASKED + "'agreed'" + BY_DAY,
    ),
    Waiting(
        Act.RECOMMENDATION_CLOSE,
        "The police say it is done: check it",
        ONE,
        UNDATED + "'evidence_submitted'" + BY_NUMBER,
    ),
    Waiting(Act.RECOMMENDATION_CLOSE, "Answers to judge", ONE, UNDATED + "'responded'" + BY_NUMBER),
]
