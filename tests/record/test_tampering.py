"""Whatever is done to a chain is found, and named for what it was."""

import pytest
from conftest import run
from hypothesis import given
from hypothesis import strategies as st

from scrutiny.kit.db import database, rows, write_tx
from scrutiny.kit.seal import keys
from scrutiny.record.actions import record
from scrutiny.record.checking import Promise, check
from scrutiny.record.rules import START, commitment, link, mark
from scrutiny.record.tables import Event
from scrutiny.record.tampering import Chain, Fault, Kind, sentences

LINES = 8
line = st.integers(1, LINES)
words = st.text(min_size=1, max_size=5)


def chain() -> list[dict]:
    prev, found = START, []
    for seq in range(1, LINES + 1):
        row = {"seq": seq, "what": f"panel.tried{seq}", "facts": "{}", "public": False}
        found.append({**row, "prev": prev, "hash": link(prev, row)})
        prev = found[-1]["hash"]
    return found


def faults(rows: list[dict]) -> list[tuple]:
    found = Chain(mark, START)
    for row in sorted(rows, key=lambda row: row["seq"]):
        found.read(row)
    return [(str(kind), first, last) for kind, first, last in found.ended()]


def test_a_whole_chain_has_no_fault():
    assert faults(chain()) == []


@given(line, st.sampled_from(["what", "facts"]), words)
def test_an_edited_line(at, name, text):
    found = chain()
    found[at - 1][name] += text
    assert faults(found) == [("edited", at, at)]


@given(line, st.sampled_from(["prev", "hash"]))
def test_an_edited_hash(at, name):
    found = chain()
    found[at - 1][name] = "f" * 64
    assert ("edited", at, at) in faults(found)


@given(st.integers(1, LINES - 1), st.integers(0, LINES))
def test_deleted_lines(first, more):
    last = min(first + more, LINES - 1)
    found = chain()
    del found[first - 1 : last]
    assert faults(found) == [("deleted", first, last)]


@given(line, line, st.booleans())
def test_swapped_lines(one, two, whole):
    if one == two:
        return
    found = chain()
    a, b = found[one - 1], found[two - 1]
    names = ("seq",) if whole else ("what", "facts", "public")
    for name in names:
        a[name], b[name] = b[name], a[name]
    assert faults(found) == [("swapped", *sorted((one, two)))]


@given(st.integers(1, LINES - 1), words)
def test_a_line_replaced_by_one_with_a_valid_hash(at, text):
    found = chain()
    found[at - 1]["what"] += text
    found[at - 1]["hash"] = link(found[at - 1]["prev"], found[at - 1])
    assert faults(found) == [("replaced", at, at)]


@given(line, line)
def test_two_deeds_at_once_are_both_named(one, two):
    if one == two:
        return
    found = chain()
    found[one - 1]["what"] += "!"
    found[two - 1]["facts"] += "?"
    assert faults(found) == [("edited", at, at) for at in sorted((one, two))]


def test_they_are_told_in_sentences():
    said = [Fault(Kind.EDITED, 3, 3), Fault(Kind.DELETED, 4, 6), Fault(Kind.SWAPPED, 7, 9)]
    assert sentences(said, "Line", "the record") == [
        "Line 3 of the record was edited.",
        "Lines 4 to 6 of the record were deleted.",
        "Lines 7 and 9 of the record were swapped.",
    ]
    assert sentences([Fault(Kind.CUT, 2, 3)], "Entry", "the ledger") == [
        "Entries 2 to 3 of the ledger were cut off the end."
    ]


# -- the same in the tables, and at the end -------------------------------------------------------


@pytest.fixture
def five_lines(cast):
    async def write():
        for number in range(5):
            async with write_tx():
                await record("panel.tried", cast.lambeth, by=cast.seats["amara"], number=number)

    run(write())


async def change(*statements: str) -> None:
    for sql in statements:
        await database()._run_in_new_connection(sql)


def found(*promises: Promise) -> list:
    report = run(check(promises, sealed=True))
    return [*((str(kind), first, last) for kind, first, last in report.faults), *report.missing]


def hash_of(seq: int) -> str:
    return run(rows("SELECT hash FROM event WHERE seq = {}", seq))[0]["hash"]


CUT_TO_3 = "DELETE FROM event WHERE seq > 3"


@pytest.mark.parametrize(
    ("statements", "told"),
    [
        (["UPDATE event SET what = 'panel.other' WHERE seq = 2"], ("edited", 2, 2)),
        (["UPDATE event SET facts = '{}' WHERE seq = 5"], ("edited", 5, 5)),
        (["DELETE FROM event WHERE seq IN (2, 3)"], ("deleted", 2, 3)),
        ([f"UPDATE event SET seq = {to} WHERE seq = {at}" for at, to in ((2, 9), (4, 2), (9, 4))],
         ("swapped", 2, 4)),
        ([CUT_TO_3], ("cut", 4, 5)),
        ([CUT_TO_3, "UPDATE head SET seq = 3"], ("cut", 4, 5)),
        (["DELETE FROM event"], ("cut", 1, 5)),
        (["UPDATE head SET seal = ''"], ("unsealed", 5, 5)),
        (["UPDATE head SET seal = 'f'"], ("unsealed", 5, 5)),
        (["DELETE FROM head"], ("unsealed", 5, 5)),
    ],
    ids=["edited", "last edited", "deleted", "swapped", "cut", "cut with its number", "all gone",
         "seal blanked", "seal forged", "no end"],
)  # fmt: skip
def test_what_was_done_to_the_record_is_named(five_lines, statements, told):
    assert found() == []
    run(change(*statements))
    assert found() == [told]


def test_a_cut_with_everything_else_mended_is_named_by_the_seal(five_lines):
    run(change(CUT_TO_3, f"UPDATE head SET seq = 3, hash = '{hash_of(3)}'"))
    assert found() == [("cut", 4, 5)]


async def forge(at: int, **changes) -> str:
    """Another line in its place with the hash that belongs to it."""
    row = await Event.select().where(Event.seq == at).first()
    row |= changes
    return link(row["prev"], row)


def replace_last() -> None:
    forged = run(forge(5, what="panel.other"))
    run(change(
        f"UPDATE event SET what = 'panel.other', hash = '{forged}' WHERE seq = 5",
        f"UPDATE head SET hash = '{forged}'",
    ))  # fmt: skip


def test_the_last_line_replaced_by_one_with_a_valid_hash_is_named(five_lines):
    replace_last()
    assert found() == [("replaced", 5, 5)]


def test_and_by_a_signed_head_even_when_the_seal_is_the_right_one(five_lines):
    """Whoever also holds the secret file can seal anew, but not change what others keep."""
    promise = Promise(5, commitment(keys().pepper, 5, hash_of(5)))
    replace_last()
    run(change("UPDATE head SET seal = ''"))
    report = run(check([promise], sealed=False))
    assert report.faults == [Fault(Kind.REPLACED, 5, 5)]


def test_an_end_put_back_to_an_earlier_state_is_found_by_a_head_alone(five_lines, cast):
    """The seal of that moment was good then: only what was kept elsewhere shows it."""
    before = run(rows("SELECT seq, hash, seal FROM head"))[0]

    async def one_more():
        async with write_tx():
            await record("panel.tried", cast.lambeth)

    run(one_more())
    promise = commitment(keys().pepper, 6, hash_of(6))
    assert found(Promise(6, promise), Promise(0, promise)) == []
    back = ", ".join(f"{name} = '{value}'" for name, value in before.items())
    run(change("DELETE FROM event WHERE seq = 6", f"UPDATE head SET {back}"))
    assert found() == []
    assert found(Promise(6, promise)) == [("cut", 6, 6)]
    assert found(Promise(0, promise)) == [promise]


def test_a_line_put_on_the_end_is_named(five_lines):
    forged = run(forge(5, seq=6, prev=hash_of(5)))
    columns = "at, panel, seat, person, what, about, public, facts"
    on_sqlite = database().engine_type == "sqlite"
    blank = "lower(hex(randomblob(16)))" if on_sqlite else "gen_random_uuid()"
    run(change(
        f"INSERT INTO event (id, seq, {columns}, prev, hash) SELECT {blank}, 6, {columns},"
        f" '{hash_of(5)}', '{forged}' FROM event WHERE seq = 5",
        f"UPDATE head SET seq = 6, hash = '{forged}'",
    ))  # fmt: skip
    assert found() == [("added", 6, 6)]
