"""What residents raised, and waits: concerns, what is asked about them, cases, video."""

from scrutiny.concerns.vocabulary import CATEGORIES, REASONS
from scrutiny.desk.rules import Waiting, kept
from scrutiny.policy import Act

CONCERNS = "concerns/{}"
SAID = {"said": "Concern {key}: {words}", "names": CATEGORIES, "flagged": True}
CONCERN = "SELECT number, category, NULL, flags FROM concern WHERE panel = {panel} AND stage "
HURRIES = "(flags LIKE '% danger %' OR flags LIKE '% child %')"
UNREAD = (
    "SELECT number, category, received, flags, CASE WHEN kind = 'compliment' THEN NULL "
    'ELSE happened END AS "happened [DATE]" FROM concern WHERE panel = {panel} '
    "AND stage = 'submitted' AND "
)
BY_NUMBER = " ORDER BY number"
LAST_WRITER = (
    '(SELECT message."by" FROM message WHERE message.concern = concern.id '
    "ORDER BY message.number DESC LIMIT 1)"
)
WAITS_FOR_CHAIR = (
    "EXISTS (SELECT 1 FROM refusal WHERE refusal.concern = concern.id "
    "AND refusal.stage = 'proposed')"
)

WORK = [
    Waiting(
        Act.CONCERN_TRIAGE,
        "Somebody may be in danger, or a child at risk: read these first",
        CONCERNS,
        UNREAD + f"{HURRIES} AND (screened = true OR veiled = false) "
        "ORDER BY screened DESC, number",
        **SAID,
        first=True,
        unread=True,
    ),
    Waiting(
        Act.CONCERN_REFUSE,
        "Concerns that triage would not take forward: do you agree?",
        "refusals/{}",
        "SELECT refusal.number, refusal.reason, NULL FROM refusal JOIN concern "
        "ON concern.id = refusal.concern WHERE refusal.panel = {panel} "
        "AND refusal.stage = 'proposed' AND concern.stage = 'in_triage' ORDER BY refusal.number",
        said="Refusal {key}: {words}",
        names=REASONS,
    ),
    Waiting(
        Act.CONCERN_TRIAGE,
        "Held, as somebody may be in danger: what is known now?",
        CONCERNS,
        CONCERN + "= 'safeguarding_hold'" + BY_NUMBER,
        **SAID,
    ),
    Waiting(
        Act.CONCERN_TRIAGE,
        "Concerns to read",
        CONCERNS,
        UNREAD + f"screened = true AND NOT {HURRIES}" + BY_NUMBER,
        **SAID,
        unread=True,
    ),
    Waiting(
        Act.CONCERN_TRIAGE,
        "Residents wrote more",
        CONCERNS,
        CONCERN
        + f"IN ('in_triage', 'needs_info', 'accepted') AND {LAST_WRITER} = 'resident'"
        + BY_NUMBER,
        **SAID,
    ),
    Waiting(
        Act.CONCERN_TRIAGE,
        "Concerns to decide on",
        CONCERNS,
        CONCERN + f"= 'in_triage' AND COALESCE({LAST_WRITER}, '') <> 'resident' "
        f"AND NOT {WAITS_FOR_CHAIR}" + BY_NUMBER,
        **SAID,
    ),
    Waiting(
        Act.CONCERN_TRIAGE,
        "Paused: look at them again",
        CONCERNS,
        CONCERN.replace("NULL", "review_on")
        + "= 'paused_live_proceedings' ORDER BY review_on, number",
        **SAID,
    ),
    Waiting(
        Act.CONCERN_HAND_OFF,
        "Complaints to pass on: the resident agreed",
        "concerns/{}/hand-off",
        "SELECT concern.number, concern.category, NULL, concern.flags FROM hand_off JOIN concern "
        "ON concern.id = hand_off.concern WHERE hand_off.panel = {panel} "
        "AND hand_off.stage = 'consented' ORDER BY concern.number",
        **SAID,
    ),
    Waiting(
        Act.CONCERN_HAND_OFF,
        "Want to complain, and were promised to be asked",
        "concerns/{}/hand-off",
        CONCERN + "IN ('in_triage', 'needs_info', 'paused_live_proceedings', 'accepted', 'linked')"
        " AND flags LIKE '% complaint %' AND NOT EXISTS (SELECT 1 FROM hand_off "
        "WHERE hand_off.concern = concern.id)" + BY_NUMBER,
        **SAID,
    ),
    Waiting(
        Act.CONCERN_TRIAGE,
        "Waiting behind a flood: let in what is real",
        CONCERNS,
        CONCERN
        + f"= 'submitted' AND screened = false AND veiled = false AND NOT {HURRIES}"
        + BY_NUMBER,
        **SAID,
    ),
    Waiting(
        Act.LOOK_AGREE,
        "Somebody asks to know who wrote: do you agree?",
        "looks",
        "SELECT concern.number, concern.category, NULL, concern.flags FROM look JOIN concern "
        "ON concern.id = look.concern WHERE look.panel = {panel} AND look.stage = 'asked' "
        "AND look.asked_by NOT IN ({seats}) ORDER BY look.id",
        **SAID,
    ),
    Waiting(
        Act.HOLD,
        "A hold for the law: do you agree?",
        "retention",
        "SELECT concern.number, concern.category, NULL, concern.flags FROM hold JOIN concern "
        "ON concern.id = hold.concern WHERE hold.panel = {panel} AND hold.stage = 'proposed' "
        "AND hold.proposed_by NOT IN ({seats}) ORDER BY hold.id",
        **SAID,
    ),
    Waiting(Act.VIDEO_ASK, "Video about to be erased", CONCERNS, "", **SAID, video=True),
    Waiting(
        Act.VIDEO_ANSWER,
        "Asked to keep video",
        "video/{}",
        "SELECT number, stage, answer_due FROM preservation WHERE panel = {panel} "
        "AND stage = 'sent' ORDER BY number DESC",  # the newest can still be saved
        said="Request {key}",
        unless=Act.VIDEO_ASK,
    ),
    Waiting(
        Act.CASE_TAKE_UP,
        "Taken up: to be made a case",
        CONCERNS,
        CONCERN + "= 'accepted'" + BY_NUMBER,
        **SAID,
    ),
    Waiting(
        Act.CONCERN_TRIAGE,
        "The case is concluded: tell the resident",
        CONCERNS,
        CONCERN + '= \'linked\' AND EXISTS (SELECT 1 FROM "case" WHERE "case".concern = concern.id '
        f"AND \"case\".stage = 'concluded' AND {kept(chr(34) + 'case' + chr(34) + '.id')})"
        + BY_NUMBER,
        **SAID,
    ),
    Waiting(
        Act.CASE_CONCLUDE,
        "Cases that a meeting looked at: write what was found",
        "cases/{}",
        "SELECT number, title, NULL FROM \"case\" WHERE panel = {panel} AND stage = 'scheduled' "
        "AND EXISTS (SELECT 1 FROM agenda_item JOIN meeting ON meeting.id = agenda_item.meeting "
        "WHERE agenda_item.\"case\" = \"case\".id AND meeting.stage IN ('held', 'minuted')) AND "
        'NOT EXISTS (SELECT 1 FROM concern WHERE concern.id = "case".concern AND concern.stage IN '
        f"('safeguarding_hold', 'paused_live_proceedings')) AND {kept('id')}" + BY_NUMBER,
    ),
]
