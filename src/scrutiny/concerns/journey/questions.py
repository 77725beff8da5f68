"""The pages of the journey, in the order in which they are asked (domain.md 7.1).

What must not be asked (7.2) is not here, and a test looks through every question for it.
"""

from scrutiny.concerns.journey.asks import (
    EQUALITY,
    asks_for_officer,
    can_send_files,
    category,
    consents,
    contact,
    details,
    harmed,
    is_live,
    kind,
    wants,
    whose,
)
from scrutiny.concerns.journey.pages import Ask, Page, fixed
from scrutiny.concerns.rules import MOST_WORDS
from scrutiny.concerns.vocabulary import BANDS, BEHALF, LIVE, WANTS
from scrutiny.kit.words import N_, NC_

PARTS = {1: N_("What you want"), 2: N_("What happened"), 3: N_("You"), 4: N_("Check and send")}
SKIP = N_("Skip this")
DANGER = {"yes": N_("Yes, or I am not sure"), "no": NC_("there is", "No")}
HARM = {
    "death": N_("Somebody died or was badly hurt"),
    "child": N_("A child may be at risk"),
    "sexual": N_("An officer did something sexual"),
}


PAGES = (
    Page(
        "advocate",
        N_("Which organisation do you write for?"),
        part=1,
        asks=fixed(
            Ask(
                "advocate",
                N_("Name of the organisation"),
                "line",
                need=N_("Write the name of your organisation."),
            )
        ),
        when=lambda answers, _: "as:advocate" in answers.seen or bool(answers.advocate),
        says="advocate",
    ),
    Page(
        "danger",
        N_("Is anyone in danger now?"),
        part=1,
        asks=fixed(
            Ask(
                "danger",
                N_("Is anyone in danger now?"),
                options=DANGER,
                need=N_("Say whether anyone is in danger now."),
            )
        ),
        when=kind("incident", "community"),
    ),
    Page(
        "call-999",
        N_("Please call 999 now"),
        part=1,
        when=lambda answers, _: answers.danger == "yes",
        says="danger",
        stop=True,
        go=N_("Go on with my concern"),
    ),
    Page(
        "harm",
        N_("Is any of this part of it?"),
        part=1,
        asks=fixed(Ask("harm", N_("Is any of this part of it?"), "ticks", options=HARM)),
        when=kind("incident", "community"),
        skip=N_("None of these"),
    ),
    Page("death", N_("When somebody died or was badly hurt"), 1, when=harmed("death"),
         says="death", stop=True),
    Page("child", N_("To keep a child safe"), 1, when=harmed("child"), says="child", stop=True),
    Page("sexual", N_("Help for you, and what we can do"), 1, when=harmed("sexual"),
         says="sexual", stop=True),
    Page(
        "wants",
        N_("What would you like to happen?"),
        part=1,
        asks=fixed(
            Ask(
                "wants",
                N_("What would you like to happen?"),
                "ticks",
                options=WANTS,
                hint=N_("Tick all that fit."),
                need=N_("Tick at least one thing that you would like."),
            )
        ),
    ),
    Page("complaint", N_("Before you choose a complaint"), 1, when=wants("complaint"),
         says="complaint", stop=True, go=N_("Go on: I want to complain"),
         skip=N_("Take the complaint off")),
    Page(
        "whose",
        N_("Who did it happen to?"),
        part=1,
        asks=whose,
        titles={"compliment": N_("Who was helped?")},
    ),
    Page(
        "behalf",
        N_("You write for somebody else"),
        part=1,
        asks=fixed(
            Ask("behalf", N_("Which of these is true?"), options=BEHALF,
                need=N_("Choose which of these is true."))
        ),
        when=lambda answers, _: (
            answers.whose in ("child", "agreed") and answers.kind() != "compliment"
        ),
        says="behalf",
    ),
    Page("category", N_("What is it about?"), asks=category),
    Page("not-responding", N_("Police who did not respond"), says="not_responding", stop=True,
         when=lambda answers, _: answers.category == "not_responding"),
    Page(
        "details",
        N_("A few short questions"),
        asks=details,
        when=lambda answers, _: answers.kind() == "incident" and bool(answers.category),
        says="details",
        skip=SKIP,
    ),
    Page(
        "when",
        N_("When was it?"),
        asks=fixed(
            Ask("happened", N_("Which day was it?"), "day",
                hint=N_("For example, 14 3 2026. The month and the year are enough."),
                need=N_("Write the day, or choose “I do not know the day”.")),
            Ask("about", N_("I am not sure of the day"), "tick"),
            Ask("band", N_("At what time? (optional)"), options=BANDS,
                short=N_("At what time?")),
        ),
        when=kind("incident", "compliment"),
        skip=N_("I do not know the day"),
    ),
    Page(
        "where",
        N_("Where was it?"),
        asks=fixed(
            Ask("place", N_("Part of town (optional)"), "line",
                hint=N_("A neighbourhood, a ward or a station. Do not write where anybody lives."),
                short=N_("Part of town")),
            Ask("force", N_("Which police? (optional)"), "line",
                hint=N_("If you know it: the force, the team or the unit."),
                short=N_("Which police?")),
        ),
        titles={"community": N_("Which area is it about?")},
        skip=SKIP,
    ),
    Page(
        "words",
        N_("What happened?"),
        asks=fixed(
            Ask("words", N_("In your own words"), "lines", most=MOST_WORDS,
                need=N_("Write what happened."))
        ),
        titles={"compliment": N_("What was done well?"),
                "community": N_("What does your community see?")},
        says="words",
    ),
    Page(
        "paperwork",
        N_("Do you have papers about it?"),
        asks=fixed(
            Ask("search_ref", N_("Number of the search record (optional)"), "line", most=60,
                short=N_("Number of the search record")),
            Ask("complaint_ref", N_("Number of a complaint (optional)"), "line", most=60,
                short=N_("Number of a complaint")),
        ),
        when=kind("incident"),
        says="paperwork",
        skip=SKIP,
    ),
    Page(
        "live",
        N_("Is any of this still going on?"),
        asks=fixed(
            Ask("live", N_("Is any of this still going on?"), "ticks", options=LIVE,
                hint=N_("Tick all that fit."), need=N_("Tick what is still going on, or No."),
                alone="no")
        ),
        when=kind("incident", "community"),
    ),
    Page("going-on", N_("While something is still going on"), says="live", stop=True,
         when=is_live),
    Page(
        "officer",
        N_("Do you know an officer's number?"),
        asks=fixed(Ask("officer", N_("Shoulder number (optional)"), "line", most=60,
                hint=N_("Letters and figures on the shoulder of the uniform."),
                short=N_("Shoulder number"))),
        when=asks_for_officer,
        says="officer",
        skip=SKIP,
    ),
    Page("files", N_("Do you have photos, video or papers to send?"), says="files",
         go=N_("Go on without another file"),
         when=can_send_files),
    Page(
        "equality",
        N_("Who is heard from?"),
        part=3,
        asks=fixed(*EQUALITY),
        when=lambda answers, _: "equality" not in answers.seen,
        says="equality",
        skip=N_("Skip all of this"),
    ),
    Page("contact", N_("How to reach you"), part=3, asks=contact, says="contact"),
    Page("consents", N_("What we may do with it"), part=3, asks=consents, says="consents"),
)  # fmt: skip
CHECK = Page("check", N_("Check before you send"), part=4)
NAMED = {page.name: page for page in (*PAGES, CHECK)}
