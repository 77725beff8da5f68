"""The words of the intake: what may be answered, and how each answer is said (domain.md 7.1)."""

from scrutiny.kit.words import N_, NC_

WANTS = {
    "patterns": N_("Tell the panel, so that it can look for patterns"),
    "incident": N_("Ask the panel to look at what happened"),
    "video": N_("Ask the police to keep the video"),
    "complaint": N_("Make a formal complaint"),
    "support": N_("Get advice or support"),
    "praise": N_("Say that something was done well"),
}
WHOSE = {
    "me": N_("It happened to me"),
    "saw": N_("I saw it happen to somebody else"),
    "child": N_("It happened to my child, or a child I care for"),
    "agreed": N_("It happened to somebody else, and they agreed that I write"),
    "community": N_("It is about my community. There is no single event"),
}
BEHALF = {
    "parent": N_("I am the parent or guardian, and the child is 16 or under"),
    "written": N_("They gave me permission in writing"),
    "spoken": N_("They agreed, but not in writing yet"),
}
"""A complaint for somebody else needs written permission, but not for a child of 16 or under."""
CATEGORIES = {
    "stop_and_search": N_("A stop and search"),
    "strip_search": N_("A strip search, or a search of more than outer clothes"),
    "use_of_force": N_("Force, Taser, handcuffs or a spit guard"),
    "traffic_stop": N_("A traffic stop"),
    "custody": N_("Being held in custody"),
    "mental_health": N_("Being held because of mental health"),
    "operation": N_("A police operation, or an area where anyone may be searched (section 60)"),
    "protest": N_("A protest"),
    "school": N_("Police at a school, or with young people"),
    "not_responding": N_("Police who did not respond to a crime or to hate"),
    "attitude": N_("How police spoke or behaved"),
    "other": N_("Something else"),
}
BANDS = {
    "night": N_("At night, midnight to 6am"),
    "morning": N_("In the morning, 6am to noon"),
    "afternoon": N_("In the afternoon, noon to 6pm"),
    "evening": N_("In the evening, 6pm to midnight"),
}
LIVE = {
    "no": NC_("there is", "No"),
    "court": N_("A court case"),
    "investigation": N_("The police are still looking into it, or somebody is on bail"),
    "complaint": N_("A complaint has been made"),
    "inquest": N_("An inquest"),
    "civil": N_("A claim for money in the civil courts"),
    "unsaid": N_("I would rather not say"),
}
PROCEEDINGS = ("court", "investigation", "complaint", "inquest", "civil")
"""Those that triage is shown, and pauses for: the case, never the count of a theme (domain.md
6.1)."""
REACH = {
    "code": N_("Nobody needs to reach me. I will come back with my code"),
    "email": N_("By e-mail"),
    "phone": N_("By telephone"),
}
ENTERED = {
    "self": N_("The resident wrote it"),
    "secretariat": N_("The secretariat wrote it down for the resident"),
    "advocate": N_("An advocate wrote it with the resident"),
}
FLAGS = {
    "danger": N_("Somebody may be in danger now"),
    "death": N_("Somebody died or was badly hurt"),
    "child": N_("A child may be at risk"),
    "sexual": N_("Sexual misconduct by an officer"),
    "video": N_("Keep the video"),
    "complaint": N_("Wants to complain"),
    "support": N_("Wants advice or support"),
    "live": N_("Live proceedings"),
}
"""What triage must see at first sight: kept beside the sealed words, as words without a story."""

REASONS = {
    "out_of_area": N_("It happened outside the area of this panel."),
    "not_policing": N_("It is not about policing."),
    "duplicate": N_("We already have this concern."),
    "vexatious": N_("It asks nothing that a panel can look at."),
    "no_detail": N_("It does not say enough for us to look at."),
    "too_old_no_records": N_("It is too long ago. The police no longer hold records of it."),
}
"""Why a concern is not taken forward, as the resident will read it."""


def kind_of(whose: str, wants: list[str]) -> str:
    """incident, community or compliment: the last when praise is all that they want."""
    if wants == ["praise"]:
        return "compliment"
    return "community" if whose == "community" else "incident"
