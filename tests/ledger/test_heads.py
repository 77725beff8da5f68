"""Signed heads: one with every publication, one a day for the record alone, and older ledgers."""

import asyncio
import json
from datetime import timedelta

import pytest
from conftest import run

from ledger import steps
from scrutiny.kit.clock import as_of, midnight, now, today
from scrutiny.kit.db import rows, write_tx
from scrutiny.kit.errors import Missing, Unreadable
from scrutiny.kit.seal import keys
from scrutiny.kit.site_key import is_signed, public_hex, public_key, signing_key
from scrutiny.ledger import merkle, queries
from scrutiny.ledger.actions import enter, sign_due
from scrutiny.ledger.checking import check
from scrutiny.ledger.heads import as_plain, from_plain, kept_heads
from scrutiny.ledger.rules import leaf
from scrutiny.ledger.tables import Entry
from scrutiny.record.actions import record

OLD = """
UPDATE entry SET binds = 0, salt = '', sealed = '', thing = '', note = ''"""


def public():
    return public_key(public_hex(signing_key(keys().pepper)))


def test_there_is_none_before_anything_was_published(cast):
    assert run(queries.newest_head()) is None


def test_every_publication_is_signed(cast):
    run(steps.publish(cast, "first", "second", "third"))
    heads = run(queries.heads())
    assert [(head.number, head.size) for head in heads] == [(3, 3), (2, 2), (1, 1)]
    for head in heads:
        assert is_signed(head.message, bytes.fromhex(head.signature), public())
    leaves = [leaf(row) for row in run(Entry.select().order_by(Entry.seq).run())]
    root = merkle.join(merkle.join(leaves[0], leaves[1]), leaves[2])
    assert heads[0].root == root.hex()
    day, begins = now().date(), heads[0].signature[:16]
    assert heads[0].line == f"scrutiny-head 1 3 {root.hex()} {day} {begins}"
    assert heads[0].line.isascii()


def test_what_fails_after_the_entry_leaves_nothing_of_it(cast):
    """As if the process were killed between: neither entry nor tree nor head is there."""
    run(steps.publish(cast, "first"))

    async def fail():
        async with write_tx():
            await record("panel.tried", cast.lambeth, public=True)
            await enter(cast.lambeth, "minutes", "second", "/lambeth/second", b"second")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(fail())
    run(steps.publish(cast, "third"))
    assert steps.told(run(check())) == []
    assert [row["title"] for row in run(queries.entries())] == ["third", "first"]


def test_publishers_at_once_make_one_ledger(cast):
    async def one(number):
        async with write_tx():
            await record("panel.tried", cast.lambeth, public=True)
            await enter(cast.lambeth, "agenda", f"{number}", f"/lambeth/{number}", b"x%d" % number)

    async def together():
        await asyncio.gather(*[one(number) for number in range(12)])

    run(together())
    assert [head.size for head in run(queries.heads())] == list(range(12, 0, -1))
    assert steps.told(run(check())) == []


def test_proofs_of_all_sizes(cast):
    run(steps.publish(cast, *[f"paper {n}" for n in range(9)]))
    for size in range(1, 10):
        for seq in range(1, size + 1):
            path, tree = run(queries.inclusion(seq, size))
            entry = run(queries.entry(seq))
            found = merkle.root_from(leaf(entry), seq - 1, size, [*map(bytes.fromhex, path)])
            assert (found.hex(), tree.head.root) == (tree.root, tree.root)
        path, first, second = run(queries.consistency(size, 9))
        roots = merkle.roots_from(bytes.fromhex(first.root), size, 9, [*map(bytes.fromhex, path)])
        assert [one.hex() for one in roots] == [first.root, second.root]
    for wrong in ((0, 9), (10, None), (3, 2), (1, 10)):
        with pytest.raises(Missing):
            run(queries.inclusion(*wrong))


def test_the_record_alone_is_signed_once_a_day_as_of_its_beginning(cast):
    """The hour could tell when a resident wrote, so it is in no head."""

    async def happen():
        async with write_tx():
            await record("panel.tried", cast.lambeth)

    run(steps.publish(cast, "first"))
    run(happen())
    run(sign_due(today()))
    assert len(run(queries.heads())) == 1  # today's is there
    tomorrow = today() + timedelta(days=1)
    with as_of(midnight(tomorrow) + timedelta(hours=9, minutes=14)):
        for _ in range(3):
            run(sign_due(tomorrow))
        heads = run(queries.heads())
        assert [(head.size, head.at) for head in heads[:-1]] == [(1, midnight(tomorrow))]
        run(happen())
        run(sign_due(tomorrow))
    assert len(run(queries.heads())) == 2
    assert heads[0].root == heads[1].root
    assert heads[0].record != heads[1].record


def test_a_quiet_day_is_not_signed(cast):
    run(steps.publish(cast, "first"))
    run(sign_due(today() + timedelta(days=1)))
    assert len(run(queries.heads())) == 1


def older(cast, count: int) -> None:
    """A ledger from before there was a tree."""
    run(steps.publish(cast, *[f"old {n}" for n in range(count)]))
    run(steps.change(OLD, "DELETE FROM ledger_node", "DELETE FROM ledger_head"))
    run(chain_as_it_was())


async def chain_as_it_was() -> None:
    """Their hashes as they were then: over the fingerprint itself."""
    prev = "0" * 64
    for row in await Entry.select().order_by(Entry.seq):
        words = "|".join(str(one) for one in (prev, *(row[n] for n in BOUND)))
        hash = steps.sha(words)
        async with write_tx():
            await Entry.update({Entry.prev: prev, Entry.hash: hash}).where(Entry.id == row["id"])
        prev = hash


BOUND = ("seq", "kind", "address", "sha256")


def test_an_older_ledger_holds_and_is_taken_up_with_the_next_publication(cast):
    older(cast, 5)
    before = run(Entry.select(Entry.seq, Entry.hash, Entry.prev).order_by(Entry.seq).run())
    assert run(queries.broken_at()) is None
    assert steps.told(run(check())) == []
    run(steps.publish(cast, "new"))
    assert run(queries.newest_head()).size == 6
    assert steps.told(run(check())) == []
    after = run(Entry.select(Entry.seq, Entry.hash, Entry.prev).order_by(Entry.seq).run())
    assert after[:5] == before
    run(steps.change("UPDATE entry SET title = 'other' WHERE seq = 2"))
    assert steps.told(run(check())) == [("edited", 2, 2)]


def test_or_by_the_round(cast):
    older(cast, 5)
    run(sign_due(today()))
    run(sign_due(today()))
    heads = run(queries.heads())
    assert [head.size for head in heads] == [5]
    assert steps.told(run(check())) == []
    assert {row["thing"] for row in run(queries.entries())} == {
        f"/lambeth/old {n}" for n in range(5)
    }


def test_no_page_and_no_append_reads_the_whole_tree(cast, monkeypatch):
    run(steps.publish(cast, *[f"{n}" for n in range(40)]))
    read = []

    async def counted(sql, *args, **how):
        found = await rows(sql, *args, **how)
        if "ledger_node" in sql:
            read.append(len(found))
        return found

    monkeypatch.setattr(queries, "rows", counted)
    run(steps.publish(cast, "one more"))
    run(queries.inclusion(17))
    assert sum(read) < 40


def test_a_head_is_read_back_from_what_somebody_kept(cast):
    run(steps.publish(cast, "first"))
    head = run(queries.newest_head())
    assert from_plain(json.loads(json.dumps(as_plain(head)))) == head
    kept = json.dumps({"heads": [as_plain(head)]}), json.dumps(as_plain(head))
    assert [kept_heads(text)[0].signed for text in kept] == [head, head]
    printed = kept_heads(f"Page 3 of 4   {head.line}\n")
    assert [(one.size, one.root, one.signed) for one in printed] == [(1, head.root, None)]


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", '{"heads": [3]}', '{"head": {"size": 1}}', "scrutiny-head 1 x", "[" * 9],
)
def test_what_is_no_head(text):
    with pytest.raises(Unreadable):
        kept_heads(text)
