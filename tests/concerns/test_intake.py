"""A concern is taken in whole, once, sealed, and by the day alone."""

import asyncio
import json

import pytest
from conftest import run

from concerns.steps import CANARIES, SAID, answers, concern_of, letters, raised, stored
from scrutiny.concerns import consents, parts, queries
from scrutiny.concerns.answers import Answers, packed
from scrutiny.concerns.intake import Sending, take_in
from scrutiny.concerns.queries import receipt_hash
from scrutiny.concerns.tables import Concern, ConcernKey, Consent, Draft, Notice
from scrutiny.concerns.vault.tables import Contact, CustodianKey, Vault
from scrutiny.kit.clock import midnight, today
from scrutiny.kit.db import write_tx
from scrutiny.kit.errors import NotNow, Stale, Unreadable
from scrutiny.kit.seal import lock
from scrutiny.kit.tokens import receipt_code
from scrutiny.people.tables import Seat
from scrutiny.record.queries import broken_at
from scrutiny.record.tables import Event


def test_the_words_are_kept_apart_from_who_said_them(cast):
    receipt = raised(cast.lambeth)

    kept = concern_of(receipt)
    said = run(queries.opened(kept))
    assert receipt.reference == f"LAM-C-{today().year}-01"
    assert (kept.stage, kept.received, kept.kind) == ("submitted", today(), "incident")
    assert (said.words, said.place) == (SAID["words"], SAID["place"])
    assert said.contact() == {}
    assert "nadia" not in packed(said).decode().lower()
    assert run(Contact.count().run()) == 1


def test_nothing_of_it_lies_in_the_database_in_clear(cast, tables):
    receipt = raised(cast.lambeth, notify="yes")

    async def everything() -> str:
        found = []
        for table in (Concern, ConcernKey, Consent, Contact, Notice, Event):
            found += [repr(row) for row in await table.select()]
        return "".join(found)

    said = run(everything())
    assert [word for word in (*CANARIES, receipt.code, receipt.code.replace("-", ""))
            if word in said] == []  # fmt: skip
    assert concern_of(receipt).receipt_hash == receipt_hash(receipt.code)


def test_it_goes_on_the_record_without_naming_it_or_its_hour(cast):
    raised(cast.lambeth)

    (event,) = run(Event.select().run())
    assert (event["what"], event["about"], event["facts"]) == ("concern.received", None, "{}")
    assert event["at"] == midnight(today())
    assert event["panel"] == cast.lambeth.id
    assert event["id"].version == 4  # the usual ids hold the time
    assert [row["id"].version for row in stored(Concern.id)] == [4]
    assert run(broken_at()) == (1, None)


def test_triage_gets_neutral_letters(cast):
    raised(cast.lambeth)

    told = letters("concern.received")
    assert {letter.to.address for letter in told} == {"grace@panel.test", "sol@panel.test"}
    for letter in told:
        assert letter.words.subject == "Lambeth Scrutiny Panel: something to read"
        assert letter.words.text == (
            "There is a new concern to read.\n\nhttps://panel.test/lambeth/concerns\n"
        )
        assert letter.written == midnight(today())
        assert letter.id.version == 4


def test_a_seat_that_has_ended_gets_no_letter(cast):
    async def end():
        await Seat.update({Seat.until: cast.seats["grace"].since}).where(
            Seat.id == cast.seats["grace"].id
        )

    run(end())
    raised(cast.lambeth)
    assert [one.to.address for one in letters("concern.received")] == ["sol@panel.test"]


def test_the_same_code_again_is_the_same_concern(cast):
    code = receipt_code()
    first, second = (run(take_in(cast.lambeth, code, answers())) for _ in range(2))

    assert (first.fresh, second.fresh) == (True, False)
    assert (first.reference, first.code) == (second.reference, second.code)
    assert (len(stored()), len(letters("concern.received"))) == (1, 2)


def test_twenty_at_once_are_one_concern(cast):
    code = receipt_code()

    async def crowd():
        return await asyncio.gather(*(take_in(cast.lambeth, code, answers()) for _ in range(20)))

    receipts = run(crowd())
    assert [one.fresh for one in receipts].count(True) == 1
    assert len({one.reference for one in receipts}) == 1
    assert len(stored()) == 1


async def drafted(panel) -> Draft:
    draft = Draft(panel=panel.id, code_hash="x", sealed=b"", touched=today())
    async with write_tx():
        await Draft.insert(draft)
    return draft


def test_a_draft_becomes_the_concern_of_the_same_id(cast):
    draft = run(drafted(cast.lambeth))
    run(take_in(cast.lambeth, receipt_code(), answers(), Sending(draft.id, draft.version)))

    assert [row["id"] for row in stored(Concern.id)] == [draft.id]
    assert run(Draft.count().run()) == 0


def test_a_draft_that_was_changed_meanwhile_is_not_sent(cast):
    draft = run(drafted(cast.lambeth))
    with pytest.raises(Stale):
        run(take_in(cast.lambeth, receipt_code(), answers(), Sending(draft.id, 7)))
    assert (stored(), run(Draft.count().run())) == ([], 1)


def test_a_panel_without_a_vault_takes_no_name(cast):
    run(no_vault())
    with pytest.raises(NotNow):
        raised(cast.lambeth)
    assert stored() == []
    raised(cast.lambeth, name="", email="", phone="", reach="code")
    assert (len(stored()), run(Contact.count().run())) == (1, 0)


async def no_vault() -> None:
    await CustodianKey.delete(force=True)
    await Vault.delete(force=True)


def test_flags_are_words_without_a_story(cast):
    kept = concern_of(
        raised(cast.lambeth, wants=["video", "complaint"], harm=["child"], live=["court"])
    )
    assert kept.flags.split() == ["child", "complaint", "live", "video"]


@pytest.mark.parametrize(
    ("whose", "wants", "kind"),
    [
        ("me", ["patterns"], "incident"),
        ("community", ["patterns"], "community"),
        ("me", ["praise"], "compliment"),
        ("me", ["praise", "patterns"], "incident"),
    ],
)
def test_compliments_and_communities_are_kinds_of_their_own(whose, wants, kind):
    assert Answers(whose=whose, wants=wants).kind() == kind


def test_consent_about_oneself_is_not_asked_of_who_left_no_name(cast):
    kept = concern_of(raised(cast.lambeth, name="", email="", phone="", reach="code",
                             consents=["statistics.public", "identity.force"]))  # fmt: skip
    assert run(consents.given_for(kept)) == {"statistics.public"}
    asked = {row["cell"] for row in run(Consent.select(Consent.cell).run())}
    assert asked == set(consents.CELLS) - consents.NEEDS_CONTACT


def test_the_last_version_of_the_grid_counts(cast):
    kept = concern_of(raised(cast.lambeth))

    async def change():
        async with write_tx():
            cells = consents.answered(["quote.public"], True)
            return await consents.keep_answers(kept, cells, today())

    assert run(change()) == 2
    assert run(consents.given_for(kept)) == {"quote.public"}
    assert run(Consent.count().run()) == 2 * len(consents.CELLS)
    with pytest.raises(KeyError):
        run(consents.is_given(kept, "everything.everybody"))


def test_the_ids_of_one_grid_lie_side_by_side_and_tell_no_moment(cast):
    for _ in range(2):
        raised(cast.lambeth)
    ids = [row["id"] for row in run(Consent.select(Consent.id).order_by(Consent.id).run())]
    assert len({known.int >> 8 for known in ids}) == 2
    assert len(set(ids)) == 2 * len(consents.CELLS) and {known.version for known in ids} == {4}


def test_every_cell_stands_in_one_group():
    listed = [cell for cells in consents.GROUPS.values() for cell in cells]
    assert sorted(listed) == sorted(consents.CELLS)


def test_the_words_of_one_concern_do_not_open_in_another(cast):
    one, other = (concern_of(raised(cast.lambeth)) for _ in range(2))
    other.sealed_words = one.sealed_words
    with pytest.raises(Unreadable):
        run(queries.opened(other))


def test_without_its_key_nothing_of_a_concern_opens(cast):
    kept = concern_of(raised(cast.lambeth))
    run(ConcernKey.delete().where(ConcernKey.id == kept.id).run())
    with pytest.raises(Unreadable):
        run(queries.opened(kept))


def test_a_draft_is_under_its_own_code():
    sealed = lock(parts.draft_key("one"), json.dumps({"words": "x"}).encode(), "draft|1|answers")
    assert b"words" not in sealed
    assert parts.draft_key("one") != parts.draft_key("two")
