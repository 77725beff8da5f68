"""What the lists of an annual report hold: title, columns, and the page that has each today."""

from typing import Any, NamedTuple

from scrutiny.kit.words import N_


class Listed(NamedTuple):
    """A list: its title, its columns as (key, heading, kind), and the page that has it today."""

    title: str
    columns: tuple[tuple[str, str, str], ...]
    page: str = ""  # within the panel's addresses


TEXT, DAY, MONTH, NUMBER = "text", "day", "month", "number"

LISTS = {
    "members": Listed(
        N_("Members, and how often they came"),
        (
            ("name", N_("Member"), TEXT),
            ("role", N_("Seat"), TEXT),
            ("since", N_("Since"), MONTH),
            ("until", N_("Until"), MONTH),
            ("came", N_("Came"), NUMBER),
            ("held", N_("Of meetings"), NUMBER),
            ("apologies", N_("Sent apologies"), NUMBER),
        ),
        "attendance",
    ),
    "places": Listed(
        N_("Places for residents on the last day of the year"),
        (("place", N_("Place"), NUMBER), ("stands", N_("How it stood"), TEXT)),
        "attendance",
    ),
    "composition": Listed(
        N_("How members describe themselves"),
        (
            ("answer", N_("Answer"), TEXT),
            ("question", N_("Question"), TEXT),
            ("members", N_("Members"), NUMBER),
        ),
        "composition",
    ),
    "meetings": Listed(
        N_("Public meetings of the year"),
        (
            ("date", N_("Meeting"), DAY),
            ("became", N_("What became of it"), TEXT),
            ("quorum", N_("Quorum"), TEXT),
            ("agenda", N_("Agenda"), TEXT),
            ("draft", N_("Draft minutes"), TEXT),
            ("published", N_("Minutes published"), TEXT),
        ),
        "meetings",
    ),
    "draws": Listed(
        N_("Draws by lot"),
        (
            ("number", N_("Draw"), NUMBER),
            ("day", N_("Made on"), DAY),
            ("month", N_("From records of"), MONTH),
            ("records", N_("Records drawn"), NUMBER),
        ),
        "draws",
    ),
    "cases": Listed(
        N_("Cases looked at"),
        (
            ("number", N_("Case"), NUMBER),
            ("origin", N_("How it came to us"), TEXT),
            ("power", N_("Power used"), TEXT),
            ("month", N_("Month"), MONTH),
            ("meeting", N_("Meeting"), DAY),
        ),
        "meetings",
    ),
    "themes": Listed(
        N_("What concerns were about"),
        (("theme", N_("About"), TEXT), ("concerns", N_("Concerns"), NUMBER)),
    ),
    "video": Listed(
        N_("Requests to keep body-worn video"),
        (("outcome", N_("What became of it"), TEXT), ("requests", N_("Requests"), NUMBER)),
        "video-requests",
    ),
    "recommendations": Listed(
        N_("Recommendations sent"),
        (
            ("reference", N_("Recommendation"), TEXT),
            ("title", N_("What we asked"), TEXT),
            ("due", N_("Answer asked for by"), DAY),
            ("answer", N_("Answered"), TEXT),
            ("stands", N_("How it stands"), TEXT),
        ),
        "recommendations",
    ),
    "actions": Listed(
        N_("Actions raised in public meetings"),
        (
            ("number", N_("Action"), NUMBER),
            ("text", N_("What is to be done"), TEXT),
            ("owner", N_("By whom"), TEXT),
            ("due", N_("By when"), DAY),
            ("stands", N_("How it stands"), TEXT),
        ),
        "actions",
    ),
    "questions": Listed(
        N_("Questions from residents, and our answers"),
        (
            ("meeting", N_("Meeting"), DAY),
            ("name", N_("Asked by"), TEXT),
            ("text", N_("Question"), TEXT),
            ("answer", N_("Answer"), TEXT),
        ),
        "meetings",
    ),
    "terms": Listed(
        N_("Terms of reference"),
        (
            ("number", N_("Version"), NUMBER),
            ("in_force", N_("In force from"), DAY),
            ("summary", N_("What changed"), TEXT),
        ),
        "terms",
    ),
}


def listed(name: str, slug: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """A list as the document has it: everything that is needed to print it stands in the data."""
    about = LISTS[name]
    return {
        "title": about.title,
        "page": f"/{slug}/{about.page}" if about.page else "",
        "columns": [
            {"key": key, "words": words, "kind": kind} for key, words, kind in about.columns
        ],
        "rows": rows,
    }
