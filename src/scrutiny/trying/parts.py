"""What each role of the demo does, and what somebody may try as each of the people in it."""

from dataclasses import dataclass

from scrutiny.kit.words import N_


@dataclass(frozen=True)
class Part:
    """What a role does, and what to try in it."""

    does: str
    tries: tuple[str, ...] = ()


DOES = {
    "chair": Part(
        N_("puts recommendations to the vote, approves minutes, closes what was asked."),
        (
            N_("Take the late paper of the next meeting, or say no: both need a reason."),
            N_("Agree that a concern is not taken forward, or send it back: it names nobody."),
            N_("Open the case of the car that is stopped again: seven people said this."),
        ),
    ),
    "vice_chair": Part(
        N_("stands in for the chair, elected by the panel last spring."),
        (
            N_("Answer what the police say about the new terms of reference."),
            N_("Read what the vice-chair before handed on, under Elections."),
        ),
    ),
    "member": Part(N_("follows cases and drafts recommendations.")),
    "secretariat": Part(
        N_("reads concerns, calls meetings, compiles minutes."),
        (
            N_("Open the next meeting: agenda, papers, pack, who registered, who needs what."),
            N_("Read a resident's question for it, and take it or say why not."),
            N_("Give the meeting that was put off a new day: everybody's calendar hears of it."),
            N_("Look at who applied, decide on a claim, see whose vetting is about to lapse."),
            N_("Ask the police to keep a video that goes in four days."),
            N_("Read a new concern and decide; join those that are alike."),
            N_("Look at the concern with a photo: hidden data was taken out of the copy."),
        ),
    ),
    "safeguarding_lead": Part(
        N_("reads concerns in which somebody may be at risk."),
        (N_("See the concern that is held for a child's sake, and who was told."),),
    ),
    "data_protection_lead": Part(
        N_("holds the vault of names together with the secretariat."),
        (
            N_("Agree to a look at who wrote, or say no. You need the passphrase below."),
            N_("See what is erased soon, and what is held for the law."),
        ),
    ),
    "police_liaison": Part(
        N_("sees what is asked of the force, and never who complained."),
        (
            N_("Say how the vetting came out that the panel asked for."),
            N_("Report on the action that is overdue, or propose an item for an agenda."),
            N_("Answer a request to keep video: its page says when and where, not who asked."),
        ),
    ),
    "police_approver": Part(N_("answers for the force.")),
}
PERSONS = {
    "Bilal Hussain": (
        N_("Score the interview that waits for you. Nobody sees what others gave before that."),
        N_("Look for case 4: you take no part in it, and it is gone for you everywhere."),
    ),
    "Chidi Eze": (N_("Read your dissent in the minutes of the last meeting."),),
    "Efua Boateng": (N_("Look at your claims, your access needs and your own calendar feed."),),
    "Farah Khan": (N_("Your term ends in sixty days: see what the rules say about another."),),
    "Idris Warsame": (
        N_("Your vetting lapses in twelve days, and the papers of the viewing close with it."),
    ),
    "Joan Whitfield": (N_("You are on leave. Come back with one button."),),
    "Kofi Asante": (N_("Somebody proposes to end your seat. Read why, and reply."),),
    "Leila Haddad": (N_("Your item waits in the backlog, and your claim for a decision."),),
    "Mateo Silva": (N_("You are joining: see what is still missing before your seat is active."),),
}
"""On the first panel, by name."""
