"""A resident takes a concern back: everything is gone at once, that there was one stays."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from secrets import token_bytes
from uuid import uuid4

import pytest
from conftest import run
from databases import on_postgres

from concerns.steps import CANARIES, concern_of, raised, stored
from concerns.thread.steps import BACK, decided, events, kept_bytes, sealed_values
from scrutiny.concerns import actions, parts
from scrutiny.concerns.evidence import shelf
from scrutiny.concerns.evidence.tables import Evidence
from scrutiny.concerns.queries import Counts, counts
from scrutiny.concerns.retention.holds import lift
from scrutiny.concerns.retention.tables import Hold
from scrutiny.concerns.tables import Concern, ConcernKey, Consent, Message, Notice
from scrutiny.concerns.triage.actions import hold
from scrutiny.concerns.triage.tables import HandOff
from scrutiny.concerns.vault.tables import Contact
from scrutiny.concerns.video.tables import Preservation
from scrutiny.kit.clock import midnight, today
from scrutiny.kit.db import write_tx
from scrutiny.kit.errors import Unreadable
from scrutiny.letters.tables import Letter

PATH = f"{BACK}/withdrawal"


@pytest.fixture
def full(browse, cast):
    """One with everything that hangs on a concern."""
    recent = (today() - timedelta(days=2)).isoformat()
    consents = ["summary.panel", "video.force"]
    asked = {"wants": ["patterns", "video"], "happened": recent, "consents": consents}
    receipt = raised(cast.lambeth, notify="yes", proof="yes", **asked)
    more = {"code": receipt.code, "kind": "added", "words": "Zebedee again", "last": "0"}
    browse().post(f"{BACK}/more", more)
    known = concern_of(receipt).id

    async def add_the_rest():
        file = uuid4()
        for part in shelf.ORIGINAL + shelf.CLEAN:
            place = shelf.place(file, part)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(b"sealed photo")
        await Evidence.insert(
            Evidence(id=file, concern=known, number=1, kind="image", mime="image/jpeg", size=3,
                     sha256="0" * 64, locked_key=token_bytes(40),
                     sealed_key=token_bytes(40), day=today())
        )  # fmt: skip
        await HandOff.insert(
            HandOff(concern=known, panel=cast.lambeth.id, to="force", offered=today(),
                    sealed_receipt=token_bytes(40))
        )  # fmt: skip
        return file

    receipt.__dict__["file"] = run(add_the_rest())
    kept = concern_of(receipt)
    run(hold(kept, by=cast.seats["sol"], to="children", day=today(), what="Zebedee at risk"))
    return receipt


def test_everything_is_erased_and_the_count_stays(browse, full, cast):
    sealed = sealed_values()
    known = concern_of(full).id
    assert run(Preservation.exists().where(Preservation.concern == known).run())
    before = {table: run(table.count().run()) for table in (Message, Consent, Contact, Notice)}
    assert all(before.values())

    reply = browse().post(PATH, {"code": full.code, "sure": "yes"})

    assert reply.status_code == 200
    assert "What you wrote is gone." in reply.text
    gone = (ConcernKey, Message, Consent, Contact, Notice, Evidence)
    assert [run(table.count().run()) for table in gone] == [0] * len(gone)
    kept = concern_of(full)
    assert (kept.stage, bytes(kept.sealed_words), kept.happened, kept.flags, kept.whose) == (
        *("withdrawn", b"", None, "", ""),
    )
    assert kept.category == "stop_and_search"
    assert not run(Preservation.exists().where(Preservation.concern == known).run())
    assert run(Letter.count().where(Letter.kind == "notice").run()) == 0
    assert [shelf.place(full.file, part).exists() for part in shelf.ORIGINAL + shelf.CLEAN] == [
        False,
        False,
    ]
    assert run(counts(cast.lambeth)) == Counts(heard=1, told=0)
    with pytest.raises(Unreadable):
        run(parts.key_of(kept))
    (event,) = events("concern.withdrawn")
    assert event["at"] == midnight(today())
    if not on_postgres():
        left, still = kept_bytes(), sealed_values()
        assert [one for one in sealed - still if one in left] == []
        assert [word for word in (*CANARIES, full.code) if word.encode() in left] == []


STAGES = ("in_triage", "needs_info", "accepted", "paused_live_proceedings")


@pytest.mark.parametrize("stage", ["submitted", *STAGES])
def test_at_each_open_stage(browse, concern, cast, stage):
    if stage != "submitted":
        review = {"review_on": today() + timedelta(days=9)} if "paused" in stage else {}
        decided(cast, concern, stage, reply="Please wait.", **review)
    assert browse().post(PATH, {"code": concern.code, "sure": "yes"}).status_code == 200
    assert stored(Concern.stage) == [{"stage": "withdrawn"}]


@pytest.mark.parametrize(
    "stage",
    ["safeguarding_hold", "signposted", "linked", "outcome_told", "not_taken_forward", "closed"],
)
def test_at_each_other_stage(browse, concern, stage):
    run(Concern.update({Concern.stage: stage}, force=True).run())
    assert browse().post(PATH, {"code": concern.code, "sure": "yes"}).status_code == 200
    assert stored(Concern.stage) == [{"stage": "withdrawn"}]


def test_one_must_be_sure(browse, concern):
    reply = browse().post(PATH, {"code": concern.code})
    assert reply.status_code == 422
    assert "Tick that you are sure." in reply.text
    assert stored(Concern.stage) == [{"stage": "submitted"}]


def test_twice_and_at_once_is_once(browse, concern):
    visitor, sent = browse(), {"code": concern.code, "sure": "yes"}
    with ThreadPoolExecutor(4) as crowd:
        statuses = list(crowd.map(lambda _: visitor.post(PATH, sent).status_code, range(8)))
    assert statuses == [200] * 8
    assert len(events("concern.withdrawn")) == 1


def test_not_once_something_was_published_from_it(browse, concern, cast):
    kept = decided(cast, concern, "accepted")

    async def link():
        async with write_tx():
            await actions.link(kept, by=cast.seats["grace"], to="recommendation", name="7")

    run(link())
    reply = browse().post(PATH, {"code": concern.code, "sure": "yes"})
    assert reply.status_code == 409
    assert "has published a recommendation" in reply.text
    assert stored(Concern.stage) == [{"stage": "linked"}]


@pytest.fixture
def held(concern, cast):
    kept, until = concern_of(concern), today() + timedelta(days=30)
    row = Hold(concern=kept.id, panel=cast.lambeth.id, why="court", stage="agreed", until=until,
               proposed=today(), proposed_by=cast.seats["grace"].id,
               agreed_by=cast.seats["hana"].id)  # fmt: skip
    run(Hold.insert(row).run())
    return row


def test_while_the_law_needs_it_nobody_reads_it_and_it_goes_later(browse, concern, cast, held):
    browse().post(f"{BACK}/more", {"code": concern.code, "kind": "added", "words": "Quokka",
                                   "last": "0"})  # fmt: skip
    reply = browse().post(PATH, {"code": concern.code, "sure": "yes"})
    assert reply.status_code == 200
    assert "What you wrote is gone" not in reply.text
    assert f"The law needs it until {held.until:%-d %B %Y} at the latest." in reply.text
    assert run(ConcernKey.count().run()) == 1
    pages = [browse().post(BACK, {"code": concern.code, "show": "words"}),
             browse("grace").get("/lambeth/concerns/1")]  # fmt: skip
    assert [page.status_code for page in pages] == [200, 200]
    assert [word for page in pages for word in (*CANARIES, "Quokka") if word in page.text] == []

    run(lift(held, concern_of(concern), by=cast.seats["hana"]))
    assert run(ConcernKey.count().run()) == run(Message.count().run()) == 0
    assert "What you wrote is gone." in browse().post(BACK, {"code": concern.code}).text


def test_nobody_can_read_it_afterwards(browse, concern):
    browse().post(PATH, {"code": concern.code, "sure": "yes"})
    grace = browse("grace")
    pages = [
        browse().post(BACK, {"code": concern.code, "show": "words"}),
        browse().post(f"{BACK}/copy", {"code": concern.code}),
        grace.get("/lambeth/concerns/1"),
        grace.get("/lambeth/concerns?stage=withdrawn"),
    ]
    assert [page.status_code for page in pages] == [200] * 4
    assert [word for page in pages for word in CANARIES if word in page.text] == []


@pytest.mark.parametrize("part", ["more", "consents", "letters", "review", "hand-off"])
def test_nothing_can_be_done_with_it_afterwards(browse, concern, part):
    browse().post(PATH, {"code": concern.code, "sure": "yes"})
    sent = {"code": concern.code, "kind": "added", "words": "a", "email": "a@example.org",
            "agree": "no"}  # fmt: skip
    reply = browse().post(f"{BACK}/{part}", sent)
    assert reply.status_code in (409, 422)
    assert (
        run(Message.count().run()) == run(Consent.count().run()) == run(Notice.count().run()) == 0
    )
