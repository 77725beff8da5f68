"""What those on the demo's panels write about themselves and their rules. All of it is invented."""

TERMS = """\
# What the panel is for

The panel looks at how stop and search, force and strip search are used in Lambeth. It says in
public what it finds, asks the police to change what should change, and publishes what they answer.

# Who sits on it

Twelve people who live, work or study in Lambeth. They are found by an open call, sit for two years,
and for two terms at most. Nobody who serves in the police can be a member.

# How it works

The panel meets in public on a Thursday evening of every second month. Agenda and papers are out
fourteen days before. What would let somebody be known is discussed in a closed part, and the
public is told why and how much of the agenda that is.

# How it decides

By a show of hands, once three members are in the room. Whoever does not agree can have that
written down, with or without a name. Where several stand for an office, the vote is secret.

# The police

Officers are at the table to answer. They do not vote, do not choose what is looked at, and do not
see who raised a concern.
"""
NEW_TERMS = (
    TERMS.replace("Twelve people", "Fourteen people, two of them under 25,")
    + """
# Young people

Two places are kept for people between 16 and 24. Their travel and their time are paid for.
"""
)
FIRST_TERMS = "The panel's first written rules."
SECOND_TERMS = "Two more places, kept for people between 16 and 24, and what they are paid."
INTERESTS = {
    "amara": ("employment", "I teach at a secondary school in Brixton.", "yes"),
    "bilal": ("prior_contact_with_officer", "My neighbour is an officer in this borough.", "yes"),
    "chidi": ("personal_case", "I was stopped and searched in 2021 and complained about it.", "no"),
    "grace": ("membership", "I am a trustee of a food bank in Lambeth.", "yes"),
    "leila": ("contract", "My employer translates letters for the council.", "yes"),
}
NEEDS = {
    "efua": "A seat near the door, and papers in large print.",
    "idris": "I cannot come before seven during Ramadan.",
    "leila": "Childcare for one child aged four.",
}
ON_THE_FIRST = (
    "The force welcomes the terms. Fourteen days are short for finding figures: please tell us "
    "what you want to see as soon as you know."
)
ON_PLACES = "Two places for young people are right. Meetings that end at half past eight are not."
ON_NOTICE = (
    "The force supports more places. Please say who pays for travel, so that nobody thinks that "
    "the police do."
)
REPLY = "Thank you. The panel talked about it and takes it up in how it plans its meetings."
STANDS = {
    "denise": "I have chaired a tenants' association for six years. I listen first.",
    "chidi": "I would like younger people to see themselves at this table.",
}
HANDOVER = """\
What I wish somebody had told me:

- call the liaison the week before, not the day before: figures take time
- the library closes at nine, so end at half past eight
- two answers are late in spring every year; the chair wants to know before the meeting
- Farah knows everybody at the youth club and will ask them
"""
RESIGNS = "I start a new job that has shifts in the evening. I will miss you all."
REMOVAL = (
    "Four meetings missed in a row without a word, and two letters not answered. The panel's rules "
    "ask members to come, or to say that they cannot."
)

CALL = """\
Lambeth Scrutiny Panel looks for a new member. You do not need to know the law, or the police. You
need to care how people are treated, and to have an evening every second month.

We pay for travel, childcare and your time. You are trained before your first meeting.
"""
APPLICANTS = {
    "applicant-offered": ("Rosa Marques", "rosa", (
        "I work with young people in Stockwell, and they ask me what they can do.",
        "I speak Portuguese, and people trust me.",
        "With my own manager, about a boy who was excluded. We found a third way.",
    )),
    "applicant-heard": ("Tunde Bello", "tunde", (
        "My brother was searched on his way to work, four times.",
        "I run a barber's shop. I hear everything.",
        "With the council, about a crossing. It took two years.",
    )),
    "applicant-new": ("Wilma Fraser", "wilma", (
        "I have lived here for forty years and want to give something back.",
        "I was a nurse. I can read a record.",
        "On the parish council, most weeks.",
    )),
}  # fmt: skip
OFFERED = "You asked the best questions of the evening. We should be glad to have you."
SCORED = "Clear, warm, and asked us two hard questions back."

PAPERS = {
    "plan": ("Plan for the coming year", """\
1. Look at strip searches of children, with the council's safeguarding lead.
2. Watch ten recordings in each quarter.
3. Meet in Streatham and in Clapham as well as in Brixton.
"""),
    "closed": ("What the recordings show, minute by minute", """\
These pages are for those at the table. They say what is to be seen and heard in the two recordings,
and what the officers wrote. They leave the room with nobody.
"""),
    "late": ("Figures on strip searches, sent by the force this week", """\
Sent by the force after the day on which papers were due, as the figures were signed off late.
"""),
}  # fmt: skip
QUESTIONS = {
    "question-taken": (
        "Why are so many young people searched outside the college on Wednesdays?", "Yemi"),
    "question-new": ("Do officers have to say why they stop my car?", "A driver in Tulse Hill"),
}  # fmt: skip
BACKLOG = {
    "leila": ("Interpreters at the roadside", "Two residents were searched and understood nothing.",
              20),
    "claire": ("How the force trains officers to explain grounds", "We would like to show the "
               "panel the new course, and hear what is missing in it.", 30),
}  # fmt: skip
RECUSED = "I know one of the two officers."
GUIDE = "Send every member the guide to search records"
GUIDE_SENT = "It went to everybody by e-mail, and two had it on paper."
DISCHARGED = "Everybody has it."
LIBRARIES = "The panel meets in a different library in every second month."
LOOP = "Find a second room with a hearing loop"
UNDER_18 = "Send the panel the number of searches of people under 18, by street"
CLUB = "Ask the youth club for two dates on which members may visit"
CLUB_ASKED = "They suggest the first two Mondays of next month, from six."
INVITE = "Invite the council's safeguarding lead to the viewing of recordings"
STREETS = "The panel looks first at the three streets in which most people were searched."
TOO_FEW = (
    "Where few are searched, nobody looks. I would have drawn the streets by lot, as we draw the "
    "records."
)
REPORTS = (
    ("Searches in the last three months", "Police liaison", 10),
    ("Plan for the coming year", "Chair", 10),
)
AT_ONCE = "Forty people were searched in one road on Saturday. The panel will not wait a fortnight."
FLOODED = "The library is closed after a burst pipe. We write as soon as there is a new day."
PLACE = {
    "address": "Lambeth Town Hall, Brixton Hill, London SW2 1RW",
    "transport": "Brixton station, four minutes on foot; buses 2, 3 and 133",
    "step_free": "yes",
    "hearing_loop": "yes",
    "childcare": "In the room next door, if you tell us a week before",
    "food": "Tea, and something warm without meat",
}
LINK = "https://meet.example/lambeth-panel"
VISITORS = {
    "visitor-first": ("Abena Darko", ""),
    "visitor-second": ("Rafiq Ali", "A place for a wheelchair"),
    "visitor-waiting": ("Sam Fuller", ""),
}
