"""The order of an annual report: its sections, and what each of them counts."""

from collections.abc import Mapping
from typing import NamedTuple

from scrutiny.cases.rules import ORIGINS, Origin
from scrutiny.kit.words import N_
from scrutiny.reports import parts


class Figure(NamedTuple):
    """One number: the rows of a list that have one of the named values, or a sum of theirs."""

    name: str
    words: str
    of: str
    where: Mapping[str, tuple[str, ...]] = {}
    sum: str = ""


class Section(NamedTuple):
    title: str
    figures: tuple[Figure, ...]
    lists: tuple[str, ...]  # printed in full
    note: str = ""


SECTIONS = (
    Section(
        N_("Who we are"),
        (
            Figure("members", N_("Members at the end of the year"), "members", {"sat": ("yes",)}),
            Figure("joined", N_("Members who joined"), "members", {"joined": ("yes",)}),
            Figure("left", N_("Members who left"), "members", {"sat": ("no",)}),
            Figure(
                "vacancies",
                N_("Places for residents that were vacant at the end of the year"),
                "places",
                {"stands": (parts.VACANT,)},
            ),
        ),
        ("members", "composition"),
        N_(
            "Members go by the name that each of them chose. How members describe themselves is "
            "as it is published: counts of 1 to 4, and those that would give them away, are left "
            "out."
        ),
    ),
    Section(
        N_("Our meetings"),
        (
            Figure("held", N_("Public meetings held"), "meetings", {"became": (parts.HELD,)}),
            Figure("cancelled", N_("Cancelled"), "meetings", {"became": (parts.CANCELLED,)}),
            Figure("inquorate", N_("Held without a quorum"), "meetings", {"quorum": (parts.NO,)}),
            Figure(
                "agendas-in-time",
                N_("Agendas published in time"),
                "meetings",
                {"agenda": (parts.IN_TIME,)},
            ),
            Figure(
                "agendas-late",
                N_("Agendas late or never published"),
                "meetings",
                {"agenda": (parts.LATE, parts.NOT_DONE)},
            ),
            Figure(
                "minutes-in-time",
                N_("Minutes drafted within 10 working days"),
                "meetings",
                {"draft": (parts.IN_TIME,)},
            ),
            Figure(
                "minutes-late",
                N_("Minutes drafted late, or not yet"),
                "meetings",
                {"draft": (parts.LATE, parts.NOT_DONE)},
            ),
        ),
        ("meetings",),
        N_("Deadlines of meetings that were entered from older papers are not known."),
    ),
    Section(
        N_("Stops that we looked at"),
        (
            Figure("draws", N_("Draws by lot from police records"), "draws"),
            Figure("drawn", N_("Records drawn"), "draws", {}, "records"),
            Figure("cases", N_("Cases looked at in public meetings"), "cases"),
            Figure(
                "cases-drawn",
                N_("Of them drawn by lot"),
                "cases",
                {"origin": (ORIGINS[Origin.DRAW],)},
            ),
            Figure(
                "cases-raised",
                N_("Of them raised by residents"),
                "cases",
                {"origin": (ORIGINS[Origin.CONCERN],)},
            ),
        ),
        ("cases",),
        N_("Cases are those that published minutes name: never who, where, or on which day."),
    ),
    Section(
        N_("What residents raised"),
        (Figure("concerns", N_("Concerns that may be counted"), "themes"),),
        ("themes", "video"),
        N_(
            "Only concerns whose resident agreed to be counted are. Counts of 1 to 4, and those "
            "that would give them away, are left out. Requests to keep video are those of all "
            "years, as they are published."
        ),
    ),
    Section(
        N_("What we asked of the police"),
        (
            Figure("asked", N_("Recommendations sent"), "recommendations"),
            Figure(
                "answered-in-time",
                N_("Answered in time"),
                "recommendations",
                {"answer": (parts.IN_TIME,)},
            ),
            Figure(
                "answered-late", N_("Answered late"), "recommendations", {"answer": (parts.LATE,)}
            ),
            Figure(
                "lapsed",
                N_("Not answered, and the day asked for has passed"),
                "recommendations",
                {"answer": (parts.NOT_DONE,)},
            ),
            Figure(
                "verified",
                N_("Done, and checked by us"),
                "recommendations",
                {"stands": parts.VERIFIED},
            ),
            Figure(
                "rejected",
                N_("Rejected, or not done"),
                "recommendations",
                {"stands": parts.REFUSED},
            ),
        ),
        ("recommendations",),
        N_("Those sent in this year, as they stood on the day of counting."),
    ),
    Section(
        N_("Actions"),
        (
            Figure("actions", N_("Actions raised in public meetings"), "actions"),
            Figure("actions-done", N_("Done"), "actions", {"state": ("done",)}),
            Figure("actions-overdue", N_("Overdue"), "actions", {"state": ("late",)}),
        ),
        ("actions",),
    ),
    Section(
        N_("Questions from residents"),
        (
            Figure("questions", N_("Questions put to our meetings"), "questions"),
            Figure("questions-answered", N_("Answered"), "questions", {"state": ("done",)}),
            Figure("questions-overdue", N_("Answers overdue"), "questions", {"state": ("late",)}),
        ),
        (),
    ),
    Section(
        N_("Our own rules"),
        (Figure("terms", N_("Versions of the terms of reference put into force"), "terms"),),
        ("terms",),
    ),
)
