"""Who may open which address, written a second time: test_matrix.py holds the policy against it.

It knows nothing of the code it judges: no acts, no table of roles, only addresses and people.
"""

MEMBER, CHAIR, SECRETARIAT, LIAISON, APPROVER, DATA, SAFEGUARDING = (
    "member",
    "chair",
    "secretariat",
    "liaison",
    "approver",
    "data lead",
    "safeguarding lead",
)
SEATED = {MEMBER, CHAIR, SECRETARIAT, LIAISON, APPROVER, DATA, SAFEGUARDING}
PANEL = {MEMBER, CHAIR, SECRETARIAT}
CONVENORS = {CHAIR, SECRETARIAT}
POLICE = {LIAISON, APPROVER}
CUSTODIANS = {SECRETARIAT, DATA}
CONCERN_READERS = {SECRETARIAT, DATA, SAFEGUARDING}
TRIAGE = {SECRETARIAT, SAFEGUARDING}

VICE_CHAIR = "vice-chair"
"""Is told whatever the chair is told."""
COMMUNITY = {MEMBER, CHAIR}
TABLE = PANEL | POLICE
NOBODY, HALFWAY, STRANGER, FORMER = "nobody", "halfway", "stranger", "former"
"""No session; without the second factor; seated elsewhere; unseated, the session still there."""
READERS = (
    *(NOBODY, HALFWAY, STRANGER, FORMER, MEMBER, CHAIR, SECRETARIAT, LIAISON, APPROVER),
    *(DATA, SAFEGUARDING, VICE_CHAIR),
)
EVERYBODY = set(READERS)
KNOWN = EVERYBODY - {NOBODY}
SIGNED_IN = KNOWN - {HALFWAY}


def listed(addresses: str) -> list[str]:
    return addresses.split()


OPEN, SIGN_IN, FORBIDDEN, MISSING = "open", "sign in", "403", "404"

PUBLIC = listed(
    """
/{panel}/join /{panel}/join/apply /{panel}/join/equality /{panel}/join/return
/ /about /about/accessibility /about/open-data /about/safety /about/who-can-do-what /healthz
/concerns/return /concerns/return/consents /concerns/return/copy /concerns/return/draft
/concerns/return/evidence /concerns/return/hand-off /concerns/return/letters /concerns/return/more
/concerns/return/review /concerns/return/statement /concerns/return/withdrawal
/ledger /ledger.json /ledger/{seq} /ledger/{seq}/proof.json /ledger/{seq}/withdrawal.json
/ledger/consistency.json
/ledger/heads /ledger/heads.json /ledger/heads.atom
/ledger/subscriptions/{token} /ledger/subscriptions/{token}/end
/verify /verify/key.json /seats/taken
/sign-in /sign-in/code /sign-in/link/{token} /meetings/replies/{token} /seats/invites/{token}
/{panel}/concerns/new/evidence
/{panel} /{panel}/actions /{panel}/actions/{number} /{panel}/interests /{panel}/composition
/{panel}/attendance /meetings.ics /calendars/{token} /{panel}/concerns/new
/{panel}/concerns/new/{step}
/{panel}/draws /{panel}/draws/{name}
/{panel}/meetings/{day}/registration /{panel}/meetings/{day}/registration/return
/{panel}/meetings/{day}/questions /{panel}/meetings/{day}/questions/new /questions/return
/{panel}/meetings /{panel}/meetings.ics /{panel}/meetings/{day} /{panel}/meetings/{day}/agenda.json
/{panel}/meetings/{day}/papers/{number} /{panel}/meetings/{day}/packs
/{panel}/meetings/{day}/packs/{supplement}
/{panel}/archive /{panel}/archive/{ref}
/minutes/schema.json /minutes/schema-1.json
/{panel}/minutes/{day} /{panel}/recommendations /{panel}/recommendations.atom
/{panel}/recommendations.csv /{panel}/recommendations.json /{panel}/recommendations/{number}
/{panel}/recommendations/{number}/published/{part} /{panel}/stop-and-search
/{panel}/reports /{panel}/reports/{year} /{panel}/reports/{year}/figures/{figure}
/{panel}/terms /{panel}/terms/{number} /{panel}/terms/{number}/changes
/{panel}/terms/{number}/published
/{panel}/video-requests /{panel}/video-requests.csv
/{panel}/stop-and-search.csv /{panel}/stop-and-search/boundaries.geojson
"""
)
SENT_BY_ANYBODY = listed(
    """
/{panel}/join/apply /{panel}/join/equality /{panel}/join/return
/concerns/return /concerns/return/more /concerns/return/withdrawal /verify /sign-out
/ledger/heads /ledger/subscriptions/{token} /ledger/subscriptions/{token}/end
/concerns/return/consents /concerns/return/letters /concerns/return/review /concerns/return/copy
/concerns/return/hand-off /concerns/return/statement /concerns/return/draft
/sign-in /sign-in/code /sign-in/link/{token} /meetings/replies/{token} /seats/invites/{token}
/{panel}/meetings/{day}/registration /{panel}/meetings/{day}/registration/return
/{panel}/meetings/{day}/questions/new /questions/return
/{panel}/concerns/new/{step}
/{panel}/concerns/new/evidence /{panel}/concerns/new/evidence/removal /concerns/return/evidence
"""
)
PROVING = listed(
    """
/sign-in/second-factor /sign-in/passkey /sign-in/passkey/options
/account/second-factor /account/passkeys /account/passkeys/options
"""
)
"""For whoever has used their letter: this is where they give or set up the second factor."""
ONES_OWN = listed(
    """
/account /account/calendar /account/calendar/removal /account/public-name
/account/recovery-codes /account/sessions/end
/account/sessions/{session}/end /account/passkeys/{passkey}/removal /desk
"""
)

SEATS = {
    "/{panel}/seats": PANEL,
    "/{panel}/seats/ended": PANEL,
    "/{panel}/seats/new": CONVENORS,
    "/{panel}/seats/{id}/end": CONVENORS,
    "/{panel}/seats/{id}/new-factors": CONVENORS,
    "/{panel}/seats/proposals/{id}": PANEL,
    "/{panel}/seats/{id}/standing": CONVENORS,
    "/{panel}/seats/{id}/activation": {SECRETARIAT},
    "/{panel}/seats/{id}/leave": CONVENORS,
    "/{panel}/seats/{id}/return": CONVENORS,
    "/{panel}/seats/{id}/restriction": CONVENORS,
    "/{panel}/seats/{id}/release": CONVENORS,
    "/{panel}/seats/{id}/term": CONVENORS,
    "/{panel}/work": SEATED,
    "/{panel}/seats/mine": SEATED,
    "/{panel}/seats/mine/documents/{document}": SEATED,
    "/{panel}/seats/mine/removals/{removal}": SEATED,
    "/{panel}/seats/mine/{mine}/leave": SEATED,
    "/{panel}/seats/mine/{mine}/return": SEATED,
    "/{panel}/seats/mine/{mine}/resignation": SEATED,
    "/{panel}/clearances": CONVENORS,
    "/{panel}/clearances/{id}": CONVENORS,
    "/{panel}/clearances/{id}/{clearing}": {SECRETARIAT},
    "/{panel}/documents/{document}": {SECRETARIAT},
    "/{panel}/vetting": {LIAISON},
    "/{panel}/vetting/{clearance}": {LIAISON},
    "/{panel}/seats/invites/{invite}/withdrawal": CONVENORS,
    "/{panel}/elections": PANEL,
    "/{panel}/elections/new": {SECRETARIAT},
    "/{panel}/elections/{election}": PANEL,
    "/{panel}/elections/{election}/nominations": COMMUNITY,
    "/{panel}/elections/{election}/nominations/{nomination}/seconding": COMMUNITY,
    "/{panel}/elections/{election}/nominations/{nomination}/answer": COMMUNITY,
    "/{panel}/elections/{election}/vote": COMMUNITY,
    "/{panel}/elections/{election}/handover": COMMUNITY,
    "/{panel}/elections/{election}/steps/{step}": {SECRETARIAT},
    "/{panel}/terms/new": CONVENORS,
    "/{panel}/terms/{number}/draft": CONVENORS,
    "/{panel}/terms/{number}/steps/{step}": CONVENORS,
    "/{panel}/terms/{number}/comments": SEATED,
    "/{panel}/terms/{number}/comments/{comment}": CONVENORS,
    "/{panel}/terms/{number}/vote": COMMUNITY,
    "/{panel}/terms/{number}/dissent": COMMUNITY,
    "/{panel}/terms/{number}/signature": SEATED,
    "/{panel}/concerns": CONCERN_READERS,
    "/{panel}/concerns/{number}": CONCERN_READERS,
    "/{panel}/concerns/new/for-a-resident": {SECRETARIAT},
    "/{panel}/concerns/new/for-a-resident/{step}": {SECRETARIAT},
    "/{panel}/concerns/{number}/decisions/{move}": TRIAGE,
    "/{panel}/concerns/{number}/screening": TRIAGE,
    "/{panel}/concerns/{number}/message": TRIAGE,
    "/{panel}/concerns/{number}/veil": TRIAGE,
    "/{panel}/concerns/{number}/cluster": TRIAGE,
    "/{panel}/concerns/{number}/hand-off": {SECRETARIAT},
    "/{panel}/refusals": {CHAIR},
    "/{panel}/refusals/{number}": {CHAIR},
    "/{panel}/concerns/{number}/files/{file}": CONCERN_READERS,
    "/{panel}/concerns/{number}/case": {SECRETARIAT},
    "/{panel}/concerns/{number}/contact": CUSTODIANS,
    "/{panel}/looks": CUSTODIANS,
    "/{panel}/looks/{look}": CUSTODIANS,
    "/{panel}/vault": CUSTODIANS,
    "/{panel}/vault/joining": CUSTODIANS,
    "/{panel}/vault/joining/{key}": CUSTODIANS,
    "/{panel}/vault/passphrase": CUSTODIANS,
    "/{panel}/vault/recovery": CUSTODIANS,
    "/{panel}/vault/removal/{key}": CUSTODIANS,
    "/{panel}/vault/renewal": CUSTODIANS,
    "/{panel}/equality": PANEL | {DATA},
    "/{panel}/retention": CUSTODIANS,
    "/{panel}/concerns/{number}/hold": CUSTODIANS,
    "/{panel}/concerns/{number}/hold/decision": CUSTODIANS,
    "/{panel}/concerns/{number}/video": {SECRETARIAT},
    "/{panel}/video": PANEL | POLICE,
    "/{panel}/video/{number}": PANEL | POLICE,
    "/{panel}/video/{number}/answer": POLICE | {SECRETARIAT},
    "/{panel}/video/{number}/letter.pdf": POLICE | {SECRETARIAT},
    "/{panel}/draws/new": CONVENORS,
    "/{panel}/cases": PANEL,
    "/{panel}/cases/{number}": PANEL,
    "/{panel}/cases/{number}/conclusion": {CHAIR},
    "/{panel}/cases/{number}/removal": CONVENORS,
    "/{panel}/meetings/new": CONVENORS,
    "/{panel}/meetings/year": CONVENORS,
    "/{panel}/meetings/{day}/join": PANEL | POLICE,
    "/{panel}/meetings/{day}/places": CONVENORS,
    "/{panel}/meetings/{day}/postponement": CONVENORS,
    "/{panel}/meetings/{day}/registrations": CONVENORS,
    "/{panel}/meetings/{day}/venue": CONVENORS,
    "/{panel}/meetings/{day}/invitations": CONVENORS,
    "/{panel}/meetings/{day}/change": CONVENORS,
    "/{panel}/meetings/{day}/cancellation": CONVENORS,
    "/{panel}/meetings/{day}/session": CONVENORS,
    "/{panel}/meetings/{day}/attendance": CONVENORS,
    "/{panel}/meetings/{day}/agenda": CONVENORS,
    "/{panel}/meetings/{day}/agenda/cases": CONVENORS,
    "/{panel}/meetings/{day}/agenda/links": CONVENORS,
    "/{panel}/meetings/{day}/agenda/backlog": CONVENORS,
    "/{panel}/meetings/{day}/agenda/whole-order": CONVENORS,
    "/{panel}/meetings/{day}/agenda/items/{item}": CONVENORS,
    "/{panel}/meetings/{day}/agenda/items/{item}/onward": CONVENORS,
    "/{panel}/meetings/{day}/next": CONVENORS,
    "/{panel}/backlog": PANEL | POLICE,
    "/{panel}/backlog/{parked}": CONVENORS,
    "/{panel}/backlog/{parked}/acceptance": CONVENORS,
    "/{panel}/backlog/{parked}/refusal": CONVENORS,
    "/{panel}/backlog/{parked}/place": CONVENORS,
    "/{panel}/questions": PANEL,
    "/{panel}/questions/{question}": PANEL,
    "/{panel}/questions/{question}/acceptance": CONVENORS,
    "/{panel}/questions/{question}/refusal": CONVENORS,
    "/{panel}/questions/{question}/answer": CONVENORS,
    "/{panel}/meetings/{day}/agenda/order": CONVENORS,
    "/{panel}/meetings/{day}/agenda/removal": CONVENORS,
    "/{panel}/meetings/{day}/agenda/publication": CONVENORS,
    "/{panel}/meetings/{day}/room": PANEL | POLICE,
    "/{panel}/meetings/{day}/room/presence": CONVENORS,
    "/{panel}/meetings/{day}/room/closing": CONVENORS,
    "/{panel}/meetings/{day}/room/items": CONVENORS,
    "/{panel}/meetings/{day}/room/items/{item}/chair": CONVENORS,
    "/{panel}/meetings/{day}/room/items/{item}/actions": CONVENORS,
    "/{panel}/meetings/{day}/room/items/{item}/decisions": CONVENORS,
    "/{panel}/meetings/{day}/room/items/{item}/interest": PANEL,
    "/{panel}/meetings/{day}/room/recusals/{recusal}/lifting": {CHAIR},
    "/{panel}/meetings/{day}/room/decisions/{decision}": PANEL | POLICE,
    "/{panel}/meetings/{day}/room/decisions/{decision}/vote": {MEMBER, CHAIR},
    "/{panel}/meetings/{day}/room/decisions/{decision}/dissent": {MEMBER, CHAIR},
    "/{panel}/meetings/{day}/room/decisions/{decision}/hands": CONVENORS,
    "/{panel}/meetings/{day}/room/decisions/{decision}/result": CONVENORS,
    "/{panel}/meetings/{day}/room/decisions/{decision}/withdrawal": CONVENORS,
    "/{panel}/meetings/{day}/packs": CONVENORS,
    "/{panel}/meetings/{day}/packs/own": PANEL | POLICE,
    "/{panel}/meetings/{day}/papers": CONVENORS,
    "/{panel}/meetings/{day}/papers/{number}/change": CONVENORS,
    "/{panel}/meetings/{day}/papers/{number}/replacement": CONVENORS,
    "/{panel}/meetings/{day}/papers/{number}/withdrawal": CONVENORS,
    "/{panel}/meetings/{day}/papers/{number}/decision": {CHAIR},
    "/{panel}/meetings/{day}/notes": CONVENORS,
    "/{panel}/meetings/{day}/notes/{item}": CONVENORS,
    "/{panel}/interests/mine": SEATED,
    "/{panel}/interests/mine/new": SEATED,
    "/{panel}/interests/mine/{entry}": SEATED,
    "/{panel}/interests/mine/{entry}/removal": SEATED,
    "/{panel}/recruitment": CONVENORS,
    "/{panel}/recruitment/new": CONVENORS,
    "/{panel}/recruitment/{number}": CONVENORS,
    "/{panel}/recruitment/{number}/change": CONVENORS,
    "/{panel}/recruitment/{number}/publication": CONVENORS,
    "/{panel}/recruitment/{number}/closure": CONVENORS,
    "/{panel}/recruitment/applications/{application}": CONVENORS,
    "/{panel}/recruitment/applications/{application}/shortlist": CONVENORS,
    "/{panel}/recruitment/applications/{application}/refusal": CONVENORS,
    "/{panel}/recruitment/applications/{application}/interview": CONVENORS,
    "/{panel}/recruitment/applications/{application}/outcome": CONVENORS,
    "/{panel}/recruitment/applications/{application}/confirmation": CONVENORS,
    "/{panel}/recruitment/applications/{application}/refusal-of-outcome": CONVENORS,
    "/{panel}/interviews": PANEL,
    "/{panel}/interviews/{application}": PANEL,
    "/{panel}/interviews/{application}/scores": PANEL,
    "/{panel}/interviews/{application}/tie": PANEL,
    "/{panel}/needs": {SECRETARIAT},
    "/{panel}/needs/mine": SEATED,
    "/{panel}/expenses": PANEL,
    "/{panel}/expenses/{day}": PANEL,
    "/{panel}/expenses/claims/{claim}/removal": PANEL,
    "/{panel}/expenses/decisions": CONVENORS,
    "/{panel}/expenses/decisions/{claim}": CONVENORS,
    "/{panel}/composition/mine": SEATED,
    "/{panel}/composition/rounds": CUSTODIANS,
    "/{panel}/archive/{ref}/withdrawal": {CHAIR, DATA},
    "/{panel}/archive/import": {SECRETARIAT},
    "/{panel}/archive/drafts": CONVENORS | {DATA},
    "/{panel}/archive/drafts/{draft}": {SECRETARIAT},
    "/{panel}/archive/drafts/{draft}/removal": {SECRETARIAT},
    "/{panel}/archive/drafts/{draft}/file": CONVENORS | {DATA},
    "/{panel}/archive/drafts/{draft}/original": CUSTODIANS,
    "/{panel}/archive/drafts/{draft}/agreement": {CHAIR, DATA},
    "/{panel}/redactions": CONVENORS | {DATA},
    "/{panel}/redactions/{redaction}": {SECRETARIAT},
    "/{panel}/redactions/{redaction}/pages/{number}": CONVENORS | {DATA},
    "/{panel}/redactions/{redaction}/result": CONVENORS | {DATA},
    "/{panel}/redactions/{redaction}/agreement": {CHAIR, DATA},
    "/{panel}/redactions/{redaction}/original": CUSTODIANS,
    "/{panel}/import": {SECRETARIAT},
    "/{panel}/actions/new": CONVENORS,
    "/{panel}/actions/{number}/change": CONVENORS,
    "/{panel}/actions/{number}/decision": CONVENORS,
    "/{panel}/actions/{number}/recommendation": PANEL,
    "/{panel}/actions/{number}/report": PANEL | POLICE,
    "/{panel}/recommendations/drafts": PANEL,
    "/{panel}/recommendations/new": PANEL,
    "/{panel}/recommendations/{number}/draft": PANEL,
    "/{panel}/recommendations/{number}/agreement": {CHAIR},
    "/{panel}/recommendations/{number}/issue": CONVENORS,
    "/{panel}/recommendations/{number}/answer": {APPROVER},
    "/{panel}/recommendations/{number}/report": POLICE,
    "/{panel}/recommendations/{number}/closure": {CHAIR},
    "/{panel}/minutes/{day}/draft": PANEL,
    "/{panel}/minutes/{day}/draft.pdf": PANEL,
    "/{panel}/minutes/{day}/draft.docx": PANEL,
    "/{panel}/minutes/{day}/compilation": {SECRETARIAT},
    "/{panel}/minutes/{day}/edit": {SECRETARIAT},
    "/{panel}/minutes/{day}/edit/preview": {SECRETARIAT},
    "/{panel}/minutes/{day}/edit/{item}": {SECRETARIAT},
    "/{panel}/minutes/{day}/versions": PANEL,
    "/{panel}/minutes/{day}/versions/comparison": PANEL,
    "/{panel}/minutes/{day}/versions/{number}": PANEL,
    "/{panel}/minutes/{day}/versions/{number}/restoration": {SECRETARIAT},
    "/{panel}/minutes/{day}/review": {SECRETARIAT},
    "/{panel}/minutes/{day}/circulation": {CHAIR},
    "/{panel}/minutes/{day}/return": {CHAIR},
    "/{panel}/minutes/{day}/shown": {CHAIR},
    "/{panel}/minutes/{day}/suggestions": TABLE,
    "/{panel}/minutes/{day}/suggestions/{number}": {SECRETARIAT},
    "/{panel}/minutes/{day}/suggestions/{number}/withdrawal": TABLE,
    "/{panel}/minutes/{day}/signature": COMMUNITY,
    "/{panel}/minutes/{day}/approval": {CHAIR},
    "/{panel}/minutes/{day}/clearing": CUSTODIANS,
    "/{panel}/minutes/{day}/clearing.pdf": CUSTODIANS,
    "/{panel}/minutes/{day}/clearing/lift": CUSTODIANS,
    "/{panel}/minutes/{day}/call-back": CONVENORS | CUSTODIANS,
    "/{panel}/minutes/{day}/withdrawal": {DATA},
    "/{panel}/minutes/{day}/publication": CONVENORS,
    "/{panel}/minutes/{day}/correction": {SECRETARIAT},
    "/{panel}/reports/new": {SECRETARIAT},
    "/{panel}/reports/{year}/draft": PANEL,
    "/{panel}/reports/{year}/draft.pdf": PANEL,
    "/{panel}/reports/{year}/draft/figures/{figure}": PANEL,
    "/{panel}/reports/{year}/words": CONVENORS,
    "/{panel}/reports/{year}/words/versions": PANEL,
    "/{panel}/reports/{year}/compilation": {SECRETARIAT},
    "/{panel}/reports/{year}/correction": {SECRETARIAT},
    "/{panel}/reports/{year}/approval": {CHAIR},
    "/{panel}/reports/{year}/publication": CONVENORS,
}

WITH_FILES = {
    "/{panel}/meetings/{day}/papers",
    "/{panel}/meetings/{day}/papers/{number}/replacement",
    "/{panel}/import",
    "/{panel}/archive/import",
}
"""Their forms come in parts, the token first."""
LAST = ("/tie", "/sign-out")
"""After these somebody no longer sees what they saw."""
WITHIN = {
    "interests.read": {"/{panel}/interests"},
    "closed.read": {"/{panel}/meetings/{day}", "/{panel}/backlog"},
    "papers.read": {"/{panel}/meetings/{day}/papers/{number}"},
    "actions.read": {"/{panel}/actions/{number}"},
}
"""Rights that no address asks for, and the pages that show more to those who have them."""

ADDRESSES = {*PUBLIC, *SENT_BY_ANYBODY, *PROVING, *ONES_OWN, *SEATS}

SEES = {
    "public": EVERYBODY,
    "a proposed meeting": CONVENORS,
    "a closed meeting": SEATED,
    "a paper": PANEL | POLICE,
    "draft minutes": PANEL,
    "draft words": PANEL,
    "a draft report": PANEL,
    "old minutes": CONVENORS | {DATA},
    "a case": PANEL,
    "a closed action": PANEL,
    "an application": CONVENORS,
    "an interview": PANEL,
    "a concern": CONCERN_READERS,
    "a refusal": {CHAIR},
    "a request": PANEL | POLICE,
    "draft terms": CONVENORS,
    "somebody else's": set(),
}
"""What a cell is about -> who may know at all that it is there."""

SECRETS = {
    "Zebedee": CONCERN_READERS,  # what a resident wrote
    "Quillfeather": CONCERN_READERS,  # where it was
    "Bitternmere": POLICE | {SECRETARIAT},  # where video was recorded that the force should keep
    "Siskin": {CHAIR},  # what a refusal is about, in neutral words
    "Wagtail": PANEL,  # a case's title
    "Ouzelford": PANEL,  # what the panel found in it
    "Junipergate": CONVENORS,  # where a meeting is proposed to be
    "Pochard": PANEL | POLICE,  # a paper for those at the table
    "Larkspur": SEATED,  # where a closed meeting is: everybody with a seat is asked to it
    "Whinchat": PANEL | POLICE,  # the link to join a meeting online
    "Fieldfare": CONVENORS,  # who of the public registered for a meeting
    "Redstart": {SECRETARIAT},  # and what they need to take part
    "Whimbrel": PANEL | POLICE,  # what was put to a closed meeting on an item that all there heard
    "Marigold": PANEL,  # notes of a closed meeting, and the draft of its minutes
    "Kingfisher": PANEL,  # a draft recommendation
    "Goldcrest": PANEL,  # one that was agreed and not sent
    "Tansy": CONVENORS,  # to whom a seat is offered
    "Foxglove": PANEL,  # why a seat should be taken away: for whoever decides with them
    "Corncrake": CONVENORS,  # why somebody gave up their seat
    "Chiffchaff": CONVENORS | {DATA},  # old minutes that wait for a second person
    "Pintail": CONVENORS | {DATA},  # a clearance of the data protection lead's own
    "Turnstone": CONVENORS,  # terms of reference that are only a draft
    "Sandpiper": PANEL,  # a closed item that waits in the backlog
    "Dotterel": PANEL,  # what a resident asked, and nobody has read yet
    "Godwit": SEATED,  # what was said of them when everybody with a seat was asked
    "Crossbill": PANEL,  # the title of a closed item
    "Pipit": PANEL,  # an action raised on it
    "Bullfinch": PANEL | POLICE,  # what an action said before it was changed
    "Lapwing": PANEL,  # an interest that is not for the public
    "Shoveler": {SECRETARIAT, MEMBER},  # what a member needs to take part: Bilal's own
    "Whitethroat": CONVENORS,  # what a member claims for having taken part
    "Fulmar": PANEL,  # the foreword of an annual report that is a draft
    "Wheatear": EVERYBODY,  # an action raised in the open, since the minutes are out
    "Dabchick": EVERYBODY,  # an interest declared for the public
    "Brambling": CONVENORS,  # who applied to join the panel
    "Linnet": PANEL,  # and whom they interview, for those who score it
    "Twite": PANEL,  # what applicants answered
    "17 March 2031": CONVENORS | {DATA},  # when a clearance ends
    "Nightjar": set(),  # what is the other panel's, at this panel's addresses
    "Heronsgate": EVERYBODY,  # a recommendation that was sent
    "Goosander": EVERYBODY,  # old minutes that are published
    "Dunnock": EVERYBODY,  # published minutes
}
CONTACT = ("Xyloquist", "nadia.xylo", "900461")
"""Who raised the concern: on no page, only in the answer to a reason that the secretariat gave."""
NEVER_POLICE = ("Zebedee", "Quillfeather", "Siskin", "Wagtail", "Ouzelford", "Marigold",
                "Kingfisher", "Goldcrest", "Junipergate", *CONTACT)  # fmt: skip


def verdict(method: str, address: str, reader: str, about: str = "public") -> str:
    """What this reader is told there. Raises KeyError for an address nobody has thought about."""
    reader = CHAIR if reader == VICE_CHAIR else reader
    if address in (PUBLIC if method == "GET" else SENT_BY_ANYBODY):
        return OPEN if reader in SEES[about] else MISSING
    if address in PROVING:
        return OPEN if reader in KNOWN else SIGN_IN
    allowed = SIGNED_IN if address in ONES_OWN else SEATS[address]
    if reader not in SIGNED_IN:
        return SIGN_IN if method == "GET" else FORBIDDEN
    if address not in ONES_OWN and reader not in SEATED:
        return MISSING
    if reader not in allowed:
        return FORBIDDEN
    return OPEN if reader in SEES[about] else MISSING


def may_read(reader: str) -> set[str]:
    reader = CHAIR if reader == VICE_CHAIR else reader
    return {word for word, readers in SECRETS.items() if reader in readers}
