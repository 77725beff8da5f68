"""Who wrote, and what is held back, reaches nobody who may not know: on no page, in no list, count,
feed, letter or answer to a form, whatever address they try.
"""

import re

import pytest
from agendas import steps as agendas
from cast import PASSPHRASES, Cast
from conftest import Browser, run
from kit.proofs import text

from concerns.seven import (
    BIRDS,
    GONE,
    OF_THE_CASE_HELD,
    OF_THE_OTHER,
    OFFICER,
    READERS,
    THEIR_OWN,
    UNKNOWN,
    WITH_VIDEO,
    World,
    addresses,
    build,
    contents,
    hold,
    identities,
    show_all,
    told,
)
from concerns.steps import answers
from scrutiny.cases import actions as casework
from scrutiny.concerns.intake import Sending, take_in
from scrutiny.concerns.queries import find, opened
from scrutiny.concerns.thread import pace
from scrutiny.concerns.triage import actions as triage
from scrutiny.concerns.triage import clusters
from scrutiny.kit.tokens import receipt_code
from scrutiny.letters.queries import newest
from scrutiny.piccolo_app import APP_CONFIG
from scrutiny.record.tables import Event

KEPT = (
    *("concern", "concern_key", "message", "consent", "contact", "look", "notice", "evidence"),
    *("preservation", "refusal", "hand_off", "referral", "custodian_key", "vault", "hold"),
    *("cluster", "case"),
)


@pytest.fixture(scope="module")
def world(empty_tables, site):
    made = build(empty_tables, site)
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(pace, "PAUSE", 0)  # wrong codes are sent by everybody here
        yield made


# -- reading --------------------------------------------------------------------------------------


def secrets(world: World, reader: str) -> list[str]:
    codes = [shape for code in world.codes for shape in (code, code.replace("-", ""))]
    if reader == "sol":
        return [*identities(), *codes]
    hidden = [*identities(), *contents(), *codes]
    spared = [f"{BIRDS[WITH_VIDEO - 1]}-place", OFFICER] if reader in THEIR_OWN else []
    return [word for word in hidden if word not in spared]


def words_of(reply) -> str:
    """A page, or what is printed on a paper."""
    return text(reply.content) if reply.content[:5] == b"%PDF-" else reply.content.decode()


@pytest.mark.parametrize("reader", READERS)
def test_no_page_list_or_feed_shows_it(world, reader):
    browser, hidden, leaks, read = world.browser(reader), secrets(world, reader), [], ""
    paths = show_all(world)
    assert "/lambeth/concerns/1/contact" in paths and len(paths) > 150
    for path in paths:
        reply = browser.get(path)
        assert reply.status_code < 500, path
        said = f"{reply.headers} {reply.content.decode('latin-1')} {words_of(reply)}"
        leaks += [(path, word) for word in hidden if word in said]
        read += said
    assert leaks == []
    assert (OF_THE_OTHER in read) == (reader in ("amara", "bilal")), "who reads cases reads one"
    assert ("Alcedo-words" in read) == (reader == "sol"), "and she what is held"


DATA = {
    "why": "reply", "show": "yes", "verdict": "agree", "passphrase": PASSPHRASES["hana"],
    "answer": "agree", "deed": "let_in", "veiled": "no", "outcome": "", "decision": "agree",
    "reply": "a", "words": "a", "sure": "yes", "kind": "data", "agree": "yes", "read": "yes",
    "title": "a", "summary": "a", "version": "1", "last": "0", "email": "a@example.org",
    "case": "1", "to": "force", "other": "2", "code": "222222-333333-444444-555555",
}  # fmt: skip
OF_THE_SLICE = "concerns|/looks|/vault|/refusals|/video|/retention|/cases|agenda/cases"


@pytest.mark.parametrize("reader", READERS)
def test_no_form_gives_it_away_or_changes_anything(world, reader):
    browser, hidden, before = world.browser(reader), secrets(world, reader), run(kept())
    leaks = []
    paths = addresses(world, "POST", OF_THE_SLICE)
    assert len(paths) > 60
    if reader == "sol":
        paths = [path for path in paths if not re.search("decisions|screening|veil|cluster", path)]
    for path in paths:
        reply = browser.post(path, DATA)
        begun = re.search("/concerns/new/(?!for-a|evidence)", path)
        assert reply.status_code in ((200, 404, 422) if begun else (403, 404, 409, 422, 400)), path
        leaks += [(path, word) for word in hidden if word in reply.text]
    assert leaks == []
    assert run(kept()) == before


async def kept() -> dict[str, list[str]]:
    """All that is kept of concerns, and of who wrote them."""
    tables = {table._meta.tablename: table for table in APP_CONFIG.table_classes}
    assert tables.keys() >= set(KEPT)
    return {
        name: sorted(repr(sorted(row.items())) for row in await tables[name].select())
        for name in KEPT
    }


def test_letters_and_the_record_are_silent_too(world):
    letters, wanted = run(newest(500)), secrets(world, "")
    force = [letter for letter in letters if letter.to.address == "liaison@met.test"]
    assert [letter.kind for letter in force] == ["video.asked"]
    own = ("Gallinula-place", OFFICER)
    assert all(word in force[0].words.text for word in own)
    for letter in letters:
        spared = own if letter in force else ()
        said = f"{letter.to.name} {letter.words} {letter.key} {letter.kind}"
        assert [word for word in wanted if word in said and word not in spared] == []
        if letter.kind == "notice":
            assert letter.to.address.endswith("-mail@example.org")
        elif letter not in force:
            assert letter.to.address.endswith("@panel.test")
    of_concerns = {
        letter.kind for letter in letters
        if letter.to.address.split("@")[0] in READERS and letter.kind.startswith("concern.")
    }  # fmt: skip
    assert of_concerns == {"concern.accepted", "concern.refusal", "concern.received"}
    said = str(run(Event.select().run()))
    assert [word for word in wanted if word in said] == []


def test_the_key_of_a_concern_does_not_open_who_wrote_it(world):
    """What triage may open holds nothing of it, nor does a copy of the whole database."""

    async def opened_by_sol() -> str:
        numbers = [number for number in range(1, 8) if number != GONE]
        return repr([await opened(await find(world.cast.seats["sol"], n)) for n in numbers])

    said = run(opened_by_sol())
    assert "Alcedo-words" in said
    assert [word for word in identities() if word in said] == []


# -- what is held ---------------------------------------------------------------------------------


def test_a_case_of_a_held_concern_shows_nothing_more(world):
    """Neither on its own page, nor in a list, nor on the agenda of a meeting to come."""
    for name in ("amara", "bilal", "grace"):
        reader = world.browser(name)
        assert OF_THE_CASE_HELD not in reader.get("/lambeth/cases").text
        assert OF_THE_OTHER in reader.get("/lambeth/cases").text
        for path in ("", "/conclusion", "/removal"):
            assert reader.get(f"/lambeth/cases/1{path}").status_code in (403, 404)
    day = world.fills["day"][0]
    page = world.browser("amara").get(f"/lambeth/meetings/{day}/agenda").text
    assert OF_THE_OTHER in page and OF_THE_CASE_HELD not in page


def test_a_case_of_a_held_concern_cannot_be_put_on_an_agenda(world):
    row = run(agendas.meeting(world.cast, "proposed", days=47))
    path = f"/lambeth/meetings/{row.date.isoformat()}/agenda"
    reply = world.browser("amara").post(f"{path}/cases", {"case": "1"})
    assert reply.status_code == 404
    assert OF_THE_CASE_HELD not in world.browser("amara").get(path).text


@pytest.mark.parametrize("held", [True, False])
def test_no_count_moves_when_one_is_held_or_let_in(cast, browse, held):
    """Byte for byte the same pages before and after, for everybody who may not know."""
    for number in range(1, 4):
        run(take_in(cast.lambeth, receipt_code(), answers(**told(number)), Sending(screened=held)))
    readers = {reader: browse(reader) for reader in OUTSIDE}
    before = {reader: pages(browser, cast) for reader, browser in readers.items()}
    if held:
        run(triage.triage(run(find(cast.seats["grace"], 2)), by=cast.seats["grace"],
                          decision="in_triage"))  # fmt: skip
        for number in (1, 2):
            run(hold(cast, number))
    else:
        run(triage.let_in(run(find(cast.seats["grace"], 1)), by=cast.seats["grace"]))
    for reader, seen in before.items():
        again = pages(readers[reader], cast)
        assert [path for path in seen if seen[path] != again[path]] == [], reader


OUTSIDE = ("", "dev", "ruth", "bilal", "amara", "claire", "owen")
RANDOM_PAGES = ("/account/second-factor",)
RANDOM = re.compile(r'name="(_csrf|form_key|code)" value="[^"]*"')


def pages(browser: Browser, cast: Cast) -> dict[str, tuple[int, str]]:
    """What each page without a number says, apart from what is random in its forms."""
    world = World(cast, browser.client, [], {}, {"number": ["1"]})
    paths = [path for path in show_all(world) if UNKNOWN not in path and path not in RANDOM_PAGES]
    assert len(paths) > 60
    replies = {path: browser.get(path) for path in paths}
    return {
        path: (reply.status_code, RANDOM.sub("", reply.text)) for path, reply in replies.items()
    }


def test_how_many_said_the_same_leaves_out_who_is_held(cast, browse):
    for number in range(1, 8):
        run(take_in(cast.lambeth, receipt_code(), answers(**told(number))))
    grace = cast.seats["grace"]
    for number in range(2, 8):
        first, other = run(find(grace, 1)), run(find(grace, number))
        run(clusters.join(first, other, by=grace, title="A street"))
    run(triage.triage(run(find(grace, 1)), by=grace, decision="accepted"))
    run(casework.take_up(run(find(grace, 1)), by=grace, title=OF_THE_OTHER))
    said = []
    for number in (0, 2, 3, 4):
        if number:
            run(hold(cast, number))
        text = browse("bilal").get("/lambeth/cases/1").text
        said += re.findall(r"(\d+ people said|Fewer than five people said)", text)
    assert said == ["7 people said", "6 people said", "5 people said",
                    "Fewer than five people said"]  # fmt: skip
