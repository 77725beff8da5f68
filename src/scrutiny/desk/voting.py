"""What the panel decides about itself, and waits: elections, terms of reference, applications."""

from scrutiny.desk.membership import ENDING, IN_THE_CHAIR, ROLES, SITS
from scrutiny.desk.rules import Waiting, kept
from scrutiny.policy import Act

NOT_VOTED = (
    "EXISTS (SELECT 1 FROM poll WHERE poll.id = {about}.poll AND poll.stage = 'open' "
    "AND NOT EXISTS (SELECT 1 FROM voted WHERE voted.poll = poll.id "
    "AND voted.person = {{person}}) AND EXISTS (SELECT 1 FROM seat WHERE seat.person = {{person}} "
    "AND seat.panel = {{panel}} "
    "AND CAST(poll.electors AS TEXT) LIKE '%' || CAST(seat.id AS TEXT) || '%'))"
)
ALL_VOTED = (
    "EXISTS (SELECT 1 FROM poll WHERE poll.id = election.poll AND poll.stage = 'open' "
    "AND (SELECT count(*) FROM voted WHERE voted.poll = poll.id) > 0 AND "
    "LENGTH(CAST(poll.electors AS TEXT)) - LENGTH(REPLACE(CAST(poll.electors AS TEXT), ',', '')) "
    "< (SELECT count(*) FROM voted WHERE voted.poll = poll.id))"
)
"""As many voted as were asked: a list of so many ids holds one comma less."""
NOT_TIED = (
    "NOT EXISTS (SELECT 1 FROM interview_scorer WHERE interview_scorer.application = "
    "application.id AND interview_scorer.person = {person} AND interview_scorer.tied = true)"
)
APPLICATION = (
    "SELECT application.id, recruitment_call.title, {day}, application.number FROM application "
    "JOIN recruitment_call ON recruitment_call.id = application.call "
    "WHERE recruitment_call.panel = {{panel}} AND application.erased IS NULL "
    "AND application.stage = "
)
BY_NUMBER = " ORDER BY application.received, application.number"
SCORED = "interview_score.application = application.id"
APPLICATION_SAID = "Application {more}: {words}"

ELECTIONS = [
    Waiting(
        Act.VOTE,
        "You are nominated: say whether you stand",
        "elections/{0}/nominations/{1}/answer",
        "SELECT election.id, election.office, election.nominate_by, nomination.id FROM nomination "
        "JOIN election ON election.id = nomination.election JOIN seat ON seat.id = nomination.seat "
        "WHERE election.panel = {panel} AND election.stage = 'nominating' "
        "AND nomination.accepted IS NULL AND seat.person = {person} ORDER BY election.nominate_by",
        names=ROLES,
    ),
    Waiting(
        Act.VOTE,
        "Nominations are open",
        "elections/{}",
        "SELECT id, office, nominate_by FROM election WHERE panel = {panel} "
        "AND stage = 'nominating' AND nominate_by >= {today} AND NOT EXISTS (SELECT 1 FROM "
        'nomination WHERE nomination.election = election.id AND (nomination."by" IN ({seats}) '
        "OR nomination.seconded_by IN ({seats}) OR nomination.seat IN ({seats}))) "
        "ORDER BY nominate_by",
        names=ROLES,
    ),
    Waiting(
        Act.VOTE,
        "Elections to vote in",
        "elections/{}/vote",
        "SELECT election.id, election.office, election.vote_by FROM election "
        f"WHERE panel = {{panel}} AND stage = 'voting' AND {NOT_VOTED.format(about='election')} "
        "ORDER BY vote_by",
        names=ROLES,
    ),
    Waiting(
        Act.VOTE,
        "You leave an office: write what you hand on",
        "elections/{}/handover",
        "SELECT election.id, election.office, election.since FROM election "
        "WHERE panel = {panel} AND stage = 'elected' AND handover = '' AND EXISTS (SELECT 1 "
        f"FROM seat WHERE seat.person = {{person}} AND seat.role = election.office AND {SITS}) "
        "ORDER BY since",
        names=ROLES,
    ),
    Waiting(
        Act.ELECTION_RUN,
        "Elections to take a step on",
        "elections/{}",
        "SELECT id, office, CASE WHEN stage = 'nominating' THEN nominate_by ELSE vote_by END "
        "AS \"due [DATE]\" FROM election WHERE panel = {panel} AND (stage = 'undecided' "
        "OR (stage = 'nominating' AND nominate_by <= {today}) "
        f"OR (stage = 'voting' AND vote_by <= {{today}} AND NOT {ALL_VOTED})) ORDER BY vote_by",
        names=ROLES,
    ),
    Waiting(
        Act.ELECTION_RUN,
        "Everybody has voted: count the election",
        "elections/{}/steps/count",
        "SELECT id, office, vote_by FROM election WHERE panel = {panel} AND stage = 'voting' "
        f"AND {ALL_VOTED} ORDER BY vote_by",
        names=ROLES,
    ),
    Waiting(
        Act.ELECTION_RUN,
        "The term of an office ends: call an election",
        "elections",
        "SELECT seat.id, seat.role, seat.until FROM seat "
        f"WHERE seat.role IN ({IN_THE_CHAIR}) AND {ENDING} AND NOT EXISTS (SELECT 1 FROM election "
        "WHERE election.panel = seat.panel AND election.office = seat.role "
        "AND election.stage IN ('nominating', 'voting', 'undecided', 'elected')) "
        "ORDER BY seat.until",
        names=ROLES,
        ends=True,
    ),
]

TERMS = [
    Waiting(
        Act.TERMS_COMMENT,
        "New terms of reference: comment on them",
        "terms/{}/comments",
        "SELECT number, summary, consult_until FROM terms_version WHERE panel = {panel} "
        "AND stage = 'consulted' AND consult_until >= {today} AND NOT EXISTS (SELECT 1 FROM "
        "terms_comment WHERE terms_comment.terms = terms_version.id "
        "AND terms_comment.seat IN ({seats})) ORDER BY number",
        said="Version {key}: {words}",
    ),
    Waiting(
        Act.VOTE,
        "New terms of reference: vote",
        "terms/{}/vote",
        "SELECT number, summary, vote_by FROM terms_version WHERE panel = {panel} "
        f"AND stage = 'voted' AND {NOT_VOTED.format(about='terms_version')} ORDER BY number",
        said="Version {key}: {words}",
    ),
    Waiting(
        Act.SEAT_MINE,
        "Terms of reference to sign",
        "terms/{}/signature",
        "SELECT number, summary, NULL FROM terms_version WHERE panel = {panel} "
        "AND stage IN ('in_force', 'under_review') AND NOT EXISTS (SELECT 1 FROM terms_signature "
        "WHERE terms_signature.terms = terms_version.id "
        "AND terms_signature.person = {person}) ORDER BY number",
        said="Version {key}: {words}",
        of=Act.VOTE,
    ),
    Waiting(
        Act.TERMS_DRAFT,
        "New terms of reference: the next step",
        "terms/{}",
        "SELECT number, summary, CASE stage WHEN 'drafting' THEN NULL WHEN 'voted' THEN vote_by "
        'ELSE consult_until END AS "due [DATE]" FROM terms_version WHERE panel = {panel} '
        "AND (stage = 'drafting' OR (stage = 'consulted' AND consult_until < {today}) "
        "OR (stage = 'voted' AND vote_by <= {today})) ORDER BY number",
        said="Version {key}: {words}",
    ),
    Waiting(
        Act.TERMS_DRAFT,
        "Terms of reference due for review",
        "terms",
        "SELECT number, summary, review_by FROM terms_version now WHERE panel = {panel} "
        "AND stage IN ('in_force', 'under_review') AND review_by <= {soon} AND NOT EXISTS "
        "(SELECT 1 FROM terms_version new WHERE new.panel = now.panel "
        "AND new.stage IN ('drafting', 'consulted', 'voted')) ORDER BY review_by",
        said="Version {key}: {words}",
    ),
]

RECRUITMENT = [
    Waiting(
        Act.RECRUIT,
        "Calls whose last day is over: close them",
        "recruitment/{}",
        "SELECT number, title, closes FROM recruitment_call WHERE panel = {panel} "
        "AND stage = 'published' AND closes < {today} ORDER BY closes",
    ),
    Waiting(
        Act.RECRUIT,
        "Applications to shortlist",
        "recruitment/applications/{}",
        APPLICATION.format(day="NULL") + f"'applied' AND {NOT_TIED}" + BY_NUMBER,
        said=APPLICATION_SAID,
    ),
    Waiting(
        Act.SCORE,
        "Interviews to score",
        "interviews/{}",
        APPLICATION.format(day="application.interview") + "'shortlisted' "
        "AND EXISTS (SELECT 1 FROM interview_scorer "
        "WHERE interview_scorer.application = application.id "
        "AND interview_scorer.person = {person} AND interview_scorer.tied = false) "
        f"AND NOT EXISTS (SELECT 1 FROM interview_score WHERE {SCORED} "
        'AND interview_score."by" = {person}) AND application.interview IS NOT NULL '
        "ORDER BY application.interview",
        said=APPLICATION_SAID,
    ),
    Waiting(
        Act.RECRUIT,
        "Interviewed and scored: applications to decide on",
        "recruitment/applications/{}",
        APPLICATION.format(day="NULL") + f"'shortlisted' AND {NOT_TIED} "
        "AND application.sealed_proposal IS NULL "
        f"AND EXISTS (SELECT 1 FROM interview_score WHERE {SCORED}) AND NOT EXISTS (SELECT 1 "
        "FROM interview_scorer asked WHERE asked.application = application.id "
        f"AND asked.tied = false AND NOT EXISTS (SELECT 1 FROM interview_score WHERE {SCORED} "
        'AND interview_score."by" = asked.person))' + BY_NUMBER,
        said=APPLICATION_SAID,
    ),
    Waiting(
        Act.RECRUIT,
        "Somebody proposes what becomes of an application: do you agree?",
        "recruitment/applications/{}",
        APPLICATION.format(day="NULL").replace("application.stage = ", "")
        + f"application.sealed_proposal IS NOT NULL AND {NOT_TIED} "
        "AND application.proposed NOT IN ({seats})" + BY_NUMBER,
        said=APPLICATION_SAID,
    ),
]

DECISIONS = [
    Waiting(
        Act.VOTE,
        "The meeting votes now",
        "meetings/{0}/room/decisions/{1}",
        "SELECT meeting.date, decision.text, NULL, decision.id FROM decision "
        "JOIN meeting ON meeting.id = decision.meeting WHERE meeting.panel = {panel} "
        "AND meeting.stage = 'in_session' AND decision.stage = 'put' "
        f"AND {kept('decision.item')} AND {NOT_VOTED.format(about='decision')} "
        "ORDER BY decision.at, decision.id",
        said="Vote on: {words}",
    ),
]

WORK = [*DECISIONS, *ELECTIONS, *TERMS, *RECRUITMENT]
