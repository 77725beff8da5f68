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

NOBODY, HALFWAY, STRANGER, FORMER = "nobody", "halfway", "stranger", "former"
"""No session; without the second factor; seated elsewhere; unseated, the session still there."""
READERS = (
    *(NOBODY, HALFWAY, STRANGER, FORMER, MEMBER, CHAIR, SECRETARIAT, LIAISON, APPROVER),
    *(DATA, SAFEGUARDING),
)
EVERYBODY = set(READERS)
KNOWN = EVERYBODY - {NOBODY}
SIGNED_IN = KNOWN - {HALFWAY}


def listed(addresses: str) -> list[str]:
    return addresses.split()


OPEN, SIGN_IN, FORBIDDEN, MISSING = "open", "sign in", "403", "404"

PUBLIC = listed(
    """
/ /about /about/accessibility /about/open-data /about/safety /about/who-can-do-what /healthz
/concerns/return /ledger /ledger.json /verify /verify/key.json /seats/taken
/sign-in /sign-in/code /sign-in/link/{token} /meetings/replies/{token} /seats/invites/{token}
/{panel}/concerns/new/evidence
/{panel} /{panel}/concerns/new /{panel}/concerns/new/{step} /{panel}/draws /{panel}/draws/{name}
/{panel}/meetings /{panel}/meetings.ics /{panel}/meetings/{day} /{panel}/meetings/{day}/agenda.json
/{panel}/minutes/{day} /{panel}/recommendations /{panel}/recommendations.atom
/{panel}/recommendations.csv /{panel}/recommendations.json /{panel}/recommendations/{number}
/{panel}/recommendations/{number}/published/{part} /{panel}/stop-and-search
/{panel}/video-requests /{panel}/video-requests.csv
/{panel}/stop-and-search.csv /{panel}/stop-and-search/boundaries.geojson
"""
)
SENT_BY_ANYBODY = listed(
    """
/concerns/return /concerns/return/more /concerns/return/withdrawal /verify /sign-out
/concerns/return/consents /concerns/return/letters /concerns/return/review /concerns/return/copy
/concerns/return/hand-off /concerns/return/statement /concerns/return/draft
/sign-in /sign-in/code /sign-in/link/{token} /meetings/replies/{token} /seats/invites/{token}
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
/account /account/public-name /account/recovery-codes /account/sessions/end
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
    "/{panel}/seats/invites/{invite}/withdrawal": CONVENORS,
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
    "/{panel}/draws/new": CONVENORS,
    "/{panel}/cases": PANEL,
    "/{panel}/cases/{number}": PANEL,
    "/{panel}/cases/{number}/conclusion": {CHAIR},
    "/{panel}/cases/{number}/removal": CONVENORS,
    "/{panel}/meetings/new": CONVENORS,
    "/{panel}/meetings/{day}/invitations": CONVENORS,
    "/{panel}/meetings/{day}/change": CONVENORS,
    "/{panel}/meetings/{day}/cancellation": CONVENORS,
    "/{panel}/meetings/{day}/session": CONVENORS,
    "/{panel}/meetings/{day}/attendance": CONVENORS,
    "/{panel}/meetings/{day}/agenda": CONVENORS,
    "/{panel}/meetings/{day}/agenda/cases": CONVENORS,
    "/{panel}/meetings/{day}/agenda/order": CONVENORS,
    "/{panel}/meetings/{day}/agenda/removal": CONVENORS,
    "/{panel}/meetings/{day}/agenda/publication": CONVENORS,
    "/{panel}/meetings/{day}/notes": CONVENORS,
    "/{panel}/meetings/{day}/notes/{item}": CONVENORS,
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
    "/{panel}/minutes/{day}/compilation": {SECRETARIAT},
    "/{panel}/minutes/{day}/approval": {CHAIR},
    "/{panel}/minutes/{day}/publication": CONVENORS,
    "/{panel}/minutes/{day}/correction": {SECRETARIAT},
}

ADDRESSES = {*PUBLIC, *SENT_BY_ANYBODY, *PROVING, *ONES_OWN, *SEATS}

SEES = {
    "public": EVERYBODY,
    "a proposed meeting": CONVENORS,
    "a closed meeting": SEATED,
    "draft minutes": PANEL,
    "draft words": PANEL,
    "a case": PANEL,
    "a concern": CONCERN_READERS,
    "a refusal": {CHAIR},
    "a request": PANEL | POLICE,
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
    "Larkspur": SEATED,  # where a closed meeting is: everybody with a seat is asked to it
    "Marigold": PANEL,  # notes of a closed meeting, and the draft of its minutes
    "Kingfisher": PANEL,  # a draft recommendation
    "Goldcrest": PANEL,  # one that was agreed and not sent
    "Tansy": CONVENORS,  # to whom a seat is offered
    "Foxglove": PANEL,  # why a seat should be taken away: for whoever decides with them
    "Nightjar": set(),  # what is the other panel's, at this panel's addresses
    "Heronsgate": EVERYBODY,  # a recommendation that was sent
    "Dunnock": EVERYBODY,  # published minutes
}
CONTACT = ("Xyloquist", "nadia.xylo", "900461")
"""Who raised the concern: on no page, only in the answer to a reason that the secretariat gave."""
NEVER_POLICE = ("Zebedee", "Quillfeather", "Siskin", "Wagtail", "Ouzelford", "Marigold",
                "Kingfisher", "Goldcrest", "Junipergate", *CONTACT)  # fmt: skip


def verdict(method: str, address: str, reader: str, about: str = "public") -> str:
    """What this reader is told there. Raises KeyError for an address nobody has thought about."""
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
    return {word for word, readers in SECRETS.items() if reader in readers}
