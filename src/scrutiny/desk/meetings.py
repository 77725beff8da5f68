"""What waits about meetings: calling and holding them, agendas, papers, minutes, actions, money."""

from datetime import date, timedelta

from scrutiny.desk.rules import Waiting, kept
from scrutiny.meetings.expenses.rules import KINDS
from scrutiny.meetings.figures import rules as clocks
from scrutiny.people.constitution import Constitution
from scrutiny.policy import AT_THE_TABLE, Act

INVITED = ", ".join(f"'{role}'" for role in sorted(AT_THE_TABLE))
MEETING = (
    "SELECT meeting.date, meeting.title, meeting.date FROM meeting "
    "WHERE meeting.panel = {panel} AND meeting.stage "
)
UNDATED = MEETING.replace("title, meeting.date", "title, NULL")
BY_DATE = " ORDER BY meeting.date"
NOT_IMPORTED = (
    " AND NOT EXISTS (SELECT 1 FROM imported WHERE imported.panel = meeting.panel "
    "AND imported.kind = 'meetings' AND imported.became = meeting.id)"
)
MINUTES = (
    "SELECT meeting.date, meeting.title, {day} FROM minutes "
    "JOIN meeting ON meeting.id = minutes.meeting WHERE minutes.panel = {{panel}} "
    "AND minutes.stage = "
)
SUGGESTED = (
    " AND EXISTS (SELECT 1 FROM minutes_suggestion s WHERE s.minutes = minutes.id "
    "AND s.stage = 'open')"
)
IN_PUBLIC = " AND meeting.public"
ACTION = (
    f'SELECT number, text, due FROM "action" WHERE panel = {{panel}} AND {kept("item")} AND stage '
)
UNDONE = "IN ('open', 'in_progress')"
BY_DUE = " ORDER BY due, number"
QUESTION = (
    "SELECT public_question.id, meeting.title, public_question.due, meeting.date "
    "FROM public_question JOIN meeting ON meeting.id = public_question.meeting "
    f"WHERE meeting.panel = {{panel}} AND {kept('public_question.item')} "
    "AND public_question.stage = "
)
CLAIM = (
    "SELECT expense_claim.id, expense_claim.kind, NULL, person.name FROM expense_claim "
    "JOIN seat ON seat.id = expense_claim.seat JOIN person ON person.id = seat.person "
    "WHERE expense_claim.panel = {panel} AND seat.person <> {person} AND expense_claim.stage = "
)
AHEAD = " AND meeting.stage IN ('proposed', 'scheduled', 'in_session')"


def _agenda(meeting: date, rules: Constitution) -> date:
    return meeting - timedelta(days=rules.notice_days)


def _draft(meeting: date, _: Constitution) -> date:
    return clocks.draft_due(meeting)


def _publish(approved: date, _: Constitution) -> date:
    return clocks.publish_due(approved)


CALLING = [
    Waiting(
        Act.MEETING_CALL,
        "Meetings to send invitations for",
        "meetings/{}/invitations",
        MEETING + "= 'proposed'" + BY_DATE,
        due=_agenda,
    ),
    Waiting(
        Act.MEETING_CALL,
        "Invitations are out, and these have not been asked yet",
        "meetings/{}/invitations",
        "SELECT meeting.date, count(DISTINCT seat.person), NULL FROM meeting JOIN seat ON "
        "seat.panel = meeting.panel AND seat.since <= meeting.date AND (seat.until IS NULL OR "
        "seat.until >= meeting.date) WHERE meeting.panel = {panel} AND meeting.stage = 'scheduled' "
        "AND NOT EXISTS (SELECT 1 FROM invitation JOIN seat asked ON asked.id = invitation.seat "
        "WHERE invitation.meeting = meeting.id AND asked.person = seat.person) "
        f"AND seat.role IN ({INVITED}) AND seat.stage = 'active' GROUP BY meeting.date" + BY_DATE,
    ),
    Waiting(
        Act.MEETING_CALL,
        "Postponed: set a new day",
        "meetings/{}/change",
        UNDATED + "= 'postponed'" + BY_DATE,
    ),
    Waiting(
        Act.ROOM_PAGE,
        "Say whether you can come",
        "meetings/{}",
        "SELECT meeting.date, meeting.title, meeting.date FROM invitation "
        "JOIN meeting ON meeting.id = invitation.meeting WHERE invitation.seat IN ({seats}) "
        "AND invitation.reply = 'awaited' AND meeting.date >= {today} "
        "AND meeting.stage = 'scheduled'" + BY_DATE,
    ),
    Waiting(
        Act.REGISTRATIONS_RUN,
        "No place left: on the waiting list",
        "meetings/{}/registrations",
        "SELECT meeting.date, count(*), NULL FROM registration "
        "JOIN meeting ON meeting.id = registration.meeting WHERE meeting.panel = {panel} "
        "AND registration.stage = 'waiting' AND meeting.stage = 'scheduled' "
        "AND meeting.date >= {today} GROUP BY meeting.date" + BY_DATE,
    ),
    Waiting(
        Act.MEETING_RUN,
        "Meetings to open",
        "meetings/{}/session",
        MEETING + "= 'scheduled' AND meeting.date <= {today}" + BY_DATE,
    ),
    Waiting(
        Act.MEETING_RUN,
        "Under way: close them when they are over",
        "meetings/{}/session",
        MEETING + "= 'in_session'" + BY_DATE,
    ),
]

AGENDAS = [
    Waiting(
        Act.AGENDA_EDIT,
        "Agendas to publish",
        "meetings/{}/agenda",
        MEETING + "= 'scheduled' AND meeting.date <= {agenda_by} AND NOT EXISTS (SELECT 1 FROM "
        "agenda WHERE agenda.meeting = meeting.id AND agenda.published IS NOT NULL)" + BY_DATE,
        due=_agenda,
    ),
    Waiting(
        Act.AGENDA_EDIT,
        "Proposed for an agenda",
        "backlog/{}",
        "SELECT id, title, NULL FROM agenda_backlog WHERE panel = {panel} AND stage = 'proposed' "
        f"AND {kept('item')} AND {kept('about')} AND {kept(chr(34) + 'case' + chr(34))} "
        "ORDER BY parked, id",
    ),
    Waiting(
        Act.PAPER_ACCEPT,
        "Late papers: take them, or not",
        "meetings/{0}/papers/{1}/decision",
        "SELECT meeting.date, meeting.title, meeting.date, agenda_paper.number FROM agenda_paper "
        "JOIN meeting ON meeting.id = agenda_paper.meeting "
        "JOIN agenda_item ON agenda_item.id = agenda_paper.item WHERE meeting.panel = {panel} "
        f"AND agenda_paper.stage = 'late_paper'{AHEAD} AND {kept('agenda_item.id')} "
        f"AND {kept('agenda_item.' + chr(34) + 'case' + chr(34))} AND {kept('agenda_item.about')}"
        + BY_DATE
        + ", agenda_paper.number",
        said="Paper P{more}: {words}",
    ),
    Waiting(
        Act.PACK_MAKE,
        "Packs that could not be made",
        "meetings/{}/packs",
        "SELECT meeting.date, agenda_pack.audience, NULL FROM agenda_pack "
        "JOIN meeting ON meeting.id = agenda_pack.meeting WHERE meeting.panel = {panel} "
        f"AND agenda_pack.stage = 'failed' AND agenda_pack.own = false{AHEAD} "
        "AND NOT EXISTS (SELECT 1 FROM agenda_pack later WHERE later.meeting = agenda_pack.meeting "
        "AND later.audience = agenda_pack.audience AND later.own = false "
        "AND later.supplement = agenda_pack.supplement AND later.asked > agenda_pack.asked)"
        + BY_DATE,
        names={"public": "The pack for everybody", "members": "The pack for members"},
    ),
    Waiting(
        Act.QUESTION_DECIDE,
        "Residents' questions to read",
        "questions/{}",
        QUESTION + "'asked' AND public_question.screened = true ORDER BY meeting.date, "
        "public_question.asked, public_question.id",
    ),
    Waiting(
        Act.QUESTION_DECIDE,
        "Residents' questions to answer in writing",
        "questions/{}",
        QUESTION + "'accepted' ORDER BY public_question.due, public_question.id",
    ),
]

AFTERWARDS = [
    Waiting(
        Act.MEETING_RUN,
        "Held, and nobody wrote down who came",
        "meetings/{}/attendance",
        UNDATED + "= 'held' AND NOT EXISTS (SELECT 1 FROM attendance "
        "WHERE attendance.meeting = meeting.id)" + NOT_IMPORTED + BY_DATE,
    ),
    Waiting(
        Act.MINUTES_COMPILE,
        "Meetings without minutes",
        "minutes/{}",
        MEETING + "= 'held' AND NOT EXISTS (SELECT 1 FROM minutes "
        "WHERE minutes.meeting = meeting.id)" + NOT_IMPORTED + BY_DATE,
        due=_draft,
    ),
    *[
        Waiting(act, words, place, MINUTES.format(day=day) + f"'{stage}'" + more + BY_DATE, due=due)
        for act, words, place, stage, day, more, due in (
            (Act.MINUTES_SEND, "Draft minutes to send to the chair", "minutes/{}", "drafting",
             "NULL", "", None),
            (Act.MINUTES_CIRCULATE, "Minutes to read before they go round", "minutes/{}",
             "chair_review", "NULL", "", None),
            (Act.MINUTES_APPROVE, "Minutes to approve", "minutes/{}", "circulated",
             "NULL", "", None),
            (Act.MINUTES_ANSWER, "Corrections of minutes to answer", "minutes/{}/suggestions",
             "circulated", "NULL", SUGGESTED, None),
            (Act.MINUTES_CLEAR, "Minutes to clear for the public", "minutes/{}/clearing",
             "approved", "minutes.approved", IN_PUBLIC, _publish),
            (Act.MINUTES_PUBLISH, "Minutes to file", "minutes/{}", "approved", "NULL",
             " AND NOT meeting.public", None),
            (Act.MINUTES_PUBLISH, "Minutes to publish", "minutes/{}", "cleared",
             "minutes.approved", "", _publish),
            (Act.MINUTES_PUBLISH, "Minutes that could not be printed", "minutes/{}", "approved",
             "NULL", " AND minutes.failure <> ''", None),
        )
    ],
]  # fmt: skip

ACTIONS = [
    Waiting(
        Act.ACTION_REPORT,
        "Your actions",
        "actions/{}",
        ACTION
        + UNDONE
        + " AND owner IN (SELECT seat.id FROM seat WHERE seat.person = {person})"
        + BY_DUE,
        said="Action {key}: {words}",
    ),
    Waiting(
        Act.RECOMMENDATION_REPORT,
        "Actions that the police took on",
        "actions/{}",
        ACTION + UNDONE + " AND side = 'police' AND owner IS NULL AND public = true" + BY_DUE,
        said="Action {key}: {words}",
    ),
    Waiting(
        Act.ACTION_EDIT,
        "Actions reported done: the meeting decides",
        "actions/{}/decision",
        ACTION.replace("due", "NULL") + "= 'reported_done' ORDER BY number",
        said="Action {key}: {words}",
    ),
    Waiting(
        Act.RECOMMENDATION_DRAFT,
        "Actions carried over twice: make each a recommendation",
        "actions/{}/recommendation",
        ACTION.replace("due", "NULL")
        + "IN ('open', 'in_progress', 'reported_done') AND carried >= 2 ORDER BY number",
        said="Action {key}: {words}",
    ),
]

ARCHIVE = [
    Waiting(
        Act.ARCHIVE_AGREE,
        "Old minutes that somebody else checked: do you agree?",
        "archive/drafts/{}/agreement",
        "SELECT archive_minutes.id, archive_minutes.title, NULL FROM archive_minutes "
        "WHERE archive_minutes.panel = {panel} AND archive_minutes.stage = 'offered' "
        "AND NOT EXISTS (SELECT 1 FROM seat WHERE seat.person = {person} AND seat.id IN "
        "(archive_minutes.imported_by, archive_minutes.saved_by)) ORDER BY archive_minutes.id",
    ),
    Waiting(
        Act.ARCHIVE_IMPORT,
        "Old minutes to check",
        "archive/drafts/{}",
        "SELECT id, COALESCE(NULLIF(title, ''), name), NULL FROM archive_minutes "
        "WHERE panel = {panel} AND stage = 'draft' ORDER BY id",
    ),
]

MONEY = [
    Waiting(
        Act.EXPENSE_DECIDE,
        "Expenses to decide on",
        "expenses/decisions/{}",
        CLAIM + "'claimed' ORDER BY expense_claim.id",
        said="{more}: {words}",
        names=KINDS,
    ),
    Waiting(
        Act.EXPENSE_DECIDE,
        "Expenses agreed, to be paid",
        "expenses/decisions/{}",
        CLAIM + "'agreed' ORDER BY expense_claim.id",
        said="{more}: {words}",
        names=KINDS,
    ),
    Waiting(
        Act.CLEARANCE_RECORD,  # the secretariat's alone
        "Letters that could not be sent: tell people another way",
        "",
        "SELECT kind, REPLACE(REPLACE(kind, '.', ' '), '_', ' '), NULL, count(*) FROM letter "
        "WHERE state = 'failed' AND panel = {panel} GROUP BY kind ORDER BY kind",
        said="{words} ({more})",
    ),
]

WORK = [*CALLING, *AGENDAS, *AFTERWARDS, *ARCHIVE, *ACTIONS, *MONEY]
