"""What the tests of recruitment do again and again."""

import re
from datetime import timedelta
from html import unescape

from accounts.steps import got
from conftest import run

from scrutiny.kit.clock import as_of, now, today
from scrutiny.membership.recruitment import actions, forms, queries
from scrutiny.membership.recruitment.applying import actions as applying
from scrutiny.membership.recruitment.choosing import actions as choosing
from scrutiny.membership.recruitment.choosing.actions import Outcome
from scrutiny.membership.recruitment.rules import Sent
from scrutiny.membership.recruitment.scoring import actions as scoring
from scrutiny.membership.recruitment.tables import Application, Call
from scrutiny.record.tables import Event

JOIN, HOME = "/lambeth/join", "/lambeth/recruitment"
VALUES = {
    "title": "Two residents",
    "text": "Come and *check*.",
    "places": 2,
    "opens": today() - timedelta(days=30),
    "closes": today(),
    "questions": ["Why?", "What do you bring?"],
    "criteria": list(forms.CRITERIA[:2]),
}
CALL = {
    "title": "Two residents",
    "text": "Come and *check*.",
    "places": "2",
    "opens": today().isoformat(),
    "closes": (today() + timedelta(days=28)).isoformat(),
    "questions": "Why?\nWhat do you bring?",
    "criteria": "Listens\nAsks",
    "form_key": "call",
}
TYPED = {
    "name": "Pim Quokka",
    "email": "pim.quokka@example.org",
    "phone": "07700 900777",
    "age": "yes",
    "connection": "yes",
    "police": "never",
    "answer_0": "Because of Zanzibar Street.",
    "answer_1": "A long Xenophon of patience.",
    "availability": "Vesper evenings",
    "conflicts": "My Ocelot works there.",
    "form_key": "a" * 32,
}
CANARIES = ("Quokka", "quokka", "900777", "Zanzibar", "Xenophon", "Vesper", "Ocelot")


def published(cast, panel: str = "lambeth", by: str = "grace", **values) -> Call:
    call = run(actions.draft(VALUES | values, by=cast.seats[by], form_key=f"{panel}{values}"))
    run(actions.publish(call.number, 1, by=cast.seats[by]))
    return stored_call(call)


def stored_call(call: Call) -> Call:
    return got(Call.objects().get(Call.id == call.id))


def person(name: str = "Pim Quokka", email: str = "pim.quokka@example.org", **more) -> Sent:
    told = {"age": "yes", "connection": "yes", "police": "never", "answers": ["Because.", "All."]}
    return Sent(name, email, **told | more)


def applied(cast, call: Call, sent: Sent | None = None, panel: str = "lambeth") -> str:
    """Sends one; returns its code."""
    sent = sent or person()
    code = queries.code_for(call.id, f"{sent.name:->40}")
    run(applying.apply(call.id, getattr(cast, panel), sent, code))
    return code


def only(number: int | None = None) -> Application:
    found = got(Application.objects(Application.call).order_by(Application.number))
    return found[-1] if number is None else next(one for one in found if one.number == number)


def shortlisted(cast, row: Application, *names: str, hours: int = -1) -> Application:
    """On the shortlist, with an interview so many hours from now that these score."""
    grace = cast.seats["grace"]
    run(choosing.shortlist(row.id, row.version, by=grace))
    people = [cast.people[name].id for name in names or ("bilal", "chidi")]
    at = now() + timedelta(hours=hours)
    when = {"at": at, "place": "Tate Library", "people": people}
    with as_of(now() - timedelta(days=2)):
        run(choosing.set_interview(row.id, row.version + 1, **when, by=grace))
    return only(row.number)


def scored(cast, row: Application, **points: list[int]) -> Application:
    for name, given in points.items():
        run(scoring.score(row.id, given, f"Note of {name}.", by=cast.seats[name]))
    return only(row.number)


def decided(cast, row: Application, move: str, reason: str = "", by: str = "grace") -> Application:
    """Proposed by one and confirmed by the chair."""
    outcome = Outcome(move, reason, f"Feedback: {move}.")
    run(choosing.propose(row.id, row.version, outcome, by=cast.seats[by]))
    run(choosing.confirm(row.id, row.version + 1, by=cast.seats["amara"]))
    return only(row.number)


def offered(cast, call: Call, sent: Sent | None = None) -> tuple[str, Application]:
    code = applied(cast, call, sent)
    row = shortlisted(cast, only())
    row = scored(cast, row, bilal=[4, 3], chidi=[3, 3])
    return code, decided(cast, row, "offered")


def own(browse, code: str, **more):
    return browse().post(f"{JOIN}/return", {"code": code, **more})


def words(reply) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", reply.text)))


def whats() -> list[str]:
    return [row["what"] for row in got(Event.select(Event.what).order_by(Event.seq))]


def at(row: Application) -> str:
    return f"{HOME}/applications/{row.id}"
