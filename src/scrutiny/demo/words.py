"""What the people of the demo write. All of it is invented."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Ask:
    title: str
    text: str
    reason: str


RECORD = Ask(
    "Tell every person who is searched how to get the record of their search",
    "Officers should give every person they search a card that says how to get the record of it, "
    "and say so aloud before they let the person go.",
    "In nine of the twelve records we looked at, nothing shows that the person was told.",
)
VIDEO = Ask(
    "Turn body-worn video on before the first word of every stop",
    "Body-worn video should be recording before an officer first speaks to the person, in every "
    "stop, and a supervisor should look into each one where it was not.",
    "Three of eight recordings began after the reason for the stop had been given.",
)
SMELL = Ask(
    "Stop using the smell of cannabis as the only ground for a search",
    "The smell of cannabis alone should no longer be taken as a reasonable ground for a search "
    "in this borough.",
    "It was the only ground in a third of the records we saw, and most of those found nothing.",
)
ADULT = Ask(
    "Have an appropriate adult in the room at every strip search of a child",
    "No child should be strip searched without an appropriate adult, unless waiting would put "
    "somebody at risk of serious harm, and then the reason should be recorded.",
    "Residents told us of two searches where no adult was there.",
)
VANS = Ask(
    "Keep a list of streets where vans are parked for searches",
    "The force should publish where vans were parked for searches each week.",
    "Residents asked why the same streets are chosen.",
)
CHILDREN = Ask(
    "Publish how often children are strip searched, by age and by ethnicity",
    "The force should publish each quarter how many children were strip searched in the borough, "
    "by age and ethnicity, with small numbers held back, and how many had an adult with them.",
    "We asked for these figures at three meetings and have not been given them.",
)
SAMPLE = Ask(
    "Give the panel a random sample of search records each month, not a chosen one",
    "The records that the panel looks at should be drawn by lot by the panel itself each month, "
    "with a certificate that anybody can check.",
    "Who picks the sample decides what is found.",
)
CAMERA = Ask(
    "Keep the video of every search for as long as the panel needs it",
    "Video of searches that the panel has drawn should be kept until the panel has seen it.",
    "Video is deleted after 31 days and the panel meets every two months.",
)
SCHOOLS = Ask(
    "Tell a school's safeguarding lead the same day when a pupil is searched",
    "The safeguarding lead of the school should be told the same day when officers search a pupil "
    "on the way to or from school.",
    "Two residents told us that the school heard of it from other parents.",
)
RECEIPTS = Ask(
    "Offer the receipt of a search on paper as well as by e-mail",
    "Officers should carry paper receipts for people who have no e-mail address.",
    "One in five people searched left without any receipt.",
)

ACCEPTED = (
    "The force accepts this recommendation. Cards have been printed and every officer on the "
    "borough has been briefed. Supervisors check five recordings each a month for whether the "
    "card was given."
)
IN_PART = (
    "Officers have been reminded to record from the start. The force does not accept that a "
    "supervisor can look into each stop where this was not done: a sample of one in ten will be "
    "looked into from next month."
)
REJECTED = (
    "The force does not accept this recommendation. The law asks officers to judge all the "
    "circumstances, and national guidance does not rule out the smell of cannabis as a ground. "
    "Officers are trained to look for further grounds."
)
IN_PRINCIPLE = (
    "The force accepts this in principle and is agreeing with the council how an adult can be "
    "found within an hour at night. It expects to be able to do so within three months."
)
DONE = "A rota of trained adults has begun, paid for by the council. In its first six weeks an "\
    "adult was present at every strip search of a child."  # fmt: skip
CHECKED = (
    "We drew twelve records by lot and looked at the recordings: the card was given in eleven, "
    "and the person was told aloud in ten."
)
STILL_NO = "The police answered and gave their reasons. We do not agree and have published both."
WITHDRAWN = "The force began to publish this in its weekly bulletin before we had sent it."

NOTES = {
    "Welcome, wellbeing and apologies": "Everybody was welcomed. The chair reminded members that "
    "they may step out at any time, and that a debrief is offered after every meeting.",
    "Confidentiality and declarations of interest": "Members confirmed the confidentiality "
    "agreement. Interests stand with the items that they are about.",
    "Minutes of the last meeting": "Agreed as a true record.",
    "Recommendations and overdue answers": "The panel went through what it has asked:\n\n"
    "- one answer has come and is published in full\n"
    "- the panel asked the liaison why another is still awaited",
    "Case review": "Members looked at the records that were drawn by lot. They graded each one "
    "before they spoke about it.\n\n> The reason for a search should be clear to the person who "
    "is searched.\n\nThe panel asked for **the recordings of two searches** to be kept.",
    "Community concerns": "The secretariat gave the themes of what residents raised, without "
    "names or places: searches near schools, and the tone of first contact.",
    "Questions to the police": "Residents asked how officers are trained to explain their "
    "grounds. The liaison will answer in writing before the next meeting.",
}
FINDING = (
    "The grounds were recorded and specific to the person. The person was told how to get the "
    "record. Members saw nothing more to raise."
)
