"""What waits about seats: clearances, signatures, interests, terms of office, newcomers."""

from datetime import date

from scrutiny.desk.rules import Waiting
from scrutiny.membership.clearances.rules import KINDS
from scrutiny.membership.interests.rules import AGAIN_AFTER
from scrutiny.people.constitution import Constitution
from scrutiny.people.rules import role_name
from scrutiny.policy import CHAIRS, Act, Role

ROLES = {role.value: role_name(role) for role in Role}
IN_THE_CHAIR = ", ".join(f"'{role}'" for role in sorted(CHAIRS))
SITS = (
    "seat.since <= {today} AND (seat.until IS NULL OR seat.until >= {today}) "
    "AND seat.panel = {panel}"
)
ENDING = "seat.until <= {soon} AND " + SITS
COUNTS = (
    "(clearance.outcome = 'not_required' OR (clearance.outcome = 'cleared' "
    "AND (clearance.granted IS NULL OR clearance.granted <= {today}) "
    "AND (clearance.expires IS NULL OR clearance.expires >= {today})))"
)


def _looked_again(last: date, _: Constitution) -> date:
    return last + AGAIN_AFTER


WORK = [
    Waiting(
        Act.SEAT_MINE,
        "A removal of your seat is proposed: you may reply",
        "seats/mine/removals/{}",
        "SELECT proposal.id, 'Read why, and reply', proposal.reply_until FROM proposal "
        "JOIN seat ON seat.id = proposal.seat WHERE proposal.panel = {panel} "
        "AND seat.person = {person} AND proposal.kind = 'removal' AND proposal.stage = 'open' "
        "AND proposal.replied IS NULL ORDER BY proposal.id",
    ),
    Waiting(
        Act.SEAT_AGREE,
        "What two people decide about a seat: do you agree?",
        "seats/proposals/{}",
        "SELECT proposal.id, proposal.kind, NULL, person.name FROM proposal "
        "JOIN seat ON seat.id = proposal.seat JOIN person ON person.id = seat.person "
        "WHERE proposal.panel = {panel} AND proposal.stage = 'open' "
        'AND proposal."by" NOT IN ({seats}) AND seat.person <> {person} '
        "AND (proposal.kind <> 'removal' OR proposal.replied IS NOT NULL "
        "OR proposal.reply_until IS NULL OR proposal.reply_until < {today}) ORDER BY proposal.id",
        said="{more}: {words}",
        names={"removal": "removal from the panel", "new_factors": "new second factors"},
    ),
    Waiting(
        Act.SEAT_MINE,
        "Your clearances that ran out, or soon will",
        "seats/mine",
        "SELECT 'mine', kind, expires FROM clearance WHERE panel = {panel} AND person = {person} "
        "AND outcome = 'cleared' AND expires <= {soon} ORDER BY expires",
        names=KINDS,
        ends=True,
    ),
    Waiting(
        Act.CLEARANCE_RECORD,
        "Clearances that ran out, or soon will",
        "clearances/{}",
        "SELECT min(CAST(seat.id AS TEXT)), clearance.kind, clearance.expires, person.name "
        "FROM clearance JOIN person ON person.id = clearance.person JOIN seat "
        f"ON seat.person = clearance.person AND {SITS} WHERE clearance.panel = {{panel}} "
        "AND clearance.person <> {person} AND clearance.outcome = 'cleared' "
        "AND clearance.expires <= {soon} GROUP BY clearance.kind, clearance.expires, "
        "person.id, person.name ORDER BY clearance.expires",
        said="{more}: {words}",
        names=KINDS,
        ends=True,
    ),
    Waiting(
        Act.VETTING_ANSWER,
        "Vetting that was asked for: say how it came out",
        "vetting/{}",
        "SELECT clearance.id, person.name, NULL FROM clearance "
        "JOIN person ON person.id = clearance.person WHERE clearance.panel = {panel} "
        "AND clearance.kind = 'vetting' AND clearance.outcome IN ('requested', 'pending') "
        f"AND EXISTS (SELECT 1 FROM seat WHERE seat.person = clearance.person AND {SITS}) "
        "ORDER BY clearance.id",
    ),
    Waiting(
        Act.SEAT_MINE,
        "Documents to sign",
        "seats/mine/documents/{}",
        "SELECT kinds.kind, kinds.kind, NULL FROM (SELECT 'confidentiality' AS kind "
        "UNION ALL SELECT 'code_of_conduct') kinds WHERE kinds.kind IN ({to_sign}) "
        "AND NOT EXISTS (SELECT 1 FROM clearance WHERE clearance.panel = {panel} "
        "AND clearance.person = {person} AND clearance.kind = kinds.kind "
        "AND clearance.outcome = 'cleared' AND clearance.document_version >= COALESCE((SELECT "
        "max(agreement.number) FROM agreement WHERE agreement.panel = {panel} "
        "AND agreement.kind = kinds.kind), 1))",
        names=KINDS,
    ),
    Waiting(
        Act.SEAT_MINE,
        "The register of interests",
        "interests/mine",
        "SELECT 'mine', 'Look over your entry, also when nothing has changed', "
        'looked.day AS "day [DATE]" FROM (SELECT max(day) AS day FROM interest_declaration '
        "WHERE panel = {panel} AND person = {person}) looked "
        "WHERE looked.day IS NULL OR looked.day <= {year_ago}",
        due=_looked_again,
        of=Act.INTERESTS_READ,
    ),
    Waiting(
        Act.SEAT_MINE,
        "Your term ends",
        "seats/mine",
        "SELECT 'mine', seat.role, seat.until FROM seat WHERE seat.person = {person} "
        f"AND {ENDING} ORDER BY seat.until",
        names=ROLES,
        ends=True,
    ),
    Waiting(
        Act.SEAT_CHANGE,
        "Terms that end",
        "seats/{}/standing",
        "SELECT seat.id, seat.role, seat.until, person.name FROM seat "
        "JOIN person ON person.id = seat.person "
        f"WHERE seat.person <> {{person}} AND seat.role NOT IN ({IN_THE_CHAIR}) AND {ENDING} "
        "ORDER BY seat.until, seat.id",
        said="{more}: {words}",
        names=ROLES,
        ends=True,
    ),
    Waiting(
        Act.SEAT_ACTIVATE,
        "Newcomers who have done what is asked: make the seat active",
        "seats/{}/standing",
        "SELECT seat.id, person.name, NULL FROM seat JOIN person ON person.id = seat.person "
        f"WHERE seat.stage = 'onboarding' AND {SITS} AND (SELECT count(DISTINCT clearance.kind) "
        "FROM clearance WHERE clearance.panel = seat.panel AND clearance.person = seat.person "
        f"AND clearance.kind IN ({{before}}) AND {COUNTS}) = {{how_many_before}} "
        "AND EXISTS (SELECT 1 FROM interest_declaration WHERE interest_declaration.panel = "
        "seat.panel AND interest_declaration.person = seat.person) ORDER BY seat.id",
    ),
    Waiting(
        Act.SEAT_MINE,
        "Who the panel is: describe yourself, if you like",
        "composition/mine",
        "SELECT composition_round.number, 'Answer, or leave it', composition_round.closes "
        "FROM composition_round WHERE panel = {panel} AND stage = 'open' AND closes >= {today} "
        "AND NOT EXISTS (SELECT 1 FROM composition_answered WHERE composition_answered.round = "
        "composition_round.id AND composition_answered.person = {person})",
        of=Act.VOTE,
    ),
]
