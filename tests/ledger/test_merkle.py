"""The tree is RFC 6962's: another implementation comes to the same roots and proofs."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from scrutiny.ledger import merkle

KNOWN = {  # RFC 9162's test vectors for SHA-256: the empty tree, and that of one empty leaf
    0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
}


class Grown:
    """A tree as the ledger keeps it: only the hashes of whole subtrees, added to leaf by leaf."""

    def __init__(self, contents: list[bytes]) -> None:
        self.kept: dict[int, bytes] = {}
        self.leaves = [merkle.leaf_hash(one) for one in contents]
        for place, leaf in enumerate(self.leaves):
            self.kept.update(merkle.grown(place, leaf, self.known))

    def known(self, whole: merkle.Whole) -> bytes:
        return self.kept[merkle.number(whole)]

    def hashes(self, spans: list[merkle.Span]) -> list[bytes]:
        return [merkle.hash_of(span, self.known) for span in spans]

    def root(self, size: int) -> bytes:
        return merkle.hash_of((0, size), self.known)


def contents(count: int) -> list[bytes]:
    return [f"entry {n}".encode() for n in range(count)]


GROWN, THEIRS = Grown(contents(70)), InmemoryTree(algorithm="sha256")
for one in contents(70):
    THEIRS.append_entry(one)
sizes = st.integers(1, 70)


def test_the_known_roots():
    assert merkle.hash_of((0, 0), GROWN.known).hex() == KNOWN[0]
    assert Grown([b""]).root(1).hex() == KNOWN[1]


@pytest.mark.parametrize("size", range(1, 71))
def test_every_root_is_theirs(size):
    assert GROWN.root(size) == THEIRS.get_root(size)


def test_an_entry_adds_two_hashes_on_average_and_numbers_rise():
    assert len(GROWN.kept) < 2 * 70
    for size in range(1, 71):
        upto = Grown(contents(size))
        assert max(upto.kept) == 2 * (size - 1)
        assert all(GROWN.kept[number] == one for number, one in upto.kept.items())


@given(sizes, sizes)
def test_our_proof_of_an_entry_leads_to_the_root(one, two):
    place, size = min(one, two) - 1, max(one, two)
    path = GROWN.hashes(merkle.beside(place, size))
    assert len(path) <= 7
    assert merkle.root_from(GROWN.leaves[place], place, size, path) == THEIRS.get_root(size)


@given(sizes, sizes, st.data())
def test_nothing_else_does(one, two, data):
    place, size = min(one, two) - 1, max(one, two)
    path, leaf = GROWN.hashes(merkle.beside(place, size)), GROWN.leaves[place]
    root = GROWN.root(size)
    other = data.draw(st.integers(0, 69).filter(lambda n: n != place))
    assert merkle.root_from(GROWN.leaves[other], place, size, path) != root
    assert merkle.root_from(leaf, place, size, [*path, leaf]) is None
    assert merkle.root_from(leaf, size, size, path) is None
    if path:
        assert merkle.root_from(leaf, place, size, path[1:]) is None
        bent = data.draw(st.integers(0, len(path) - 1))
        changed = [merkle.leaf_hash(h) if n == bent else h for n, h in enumerate(path)]
        assert merkle.root_from(leaf, place, size, changed) != root


@given(sizes, sizes)
def test_a_tree_goes_on_from_every_one_before_it(one, two):
    first, second = sorted((one, two))
    path = GROWN.hashes(merkle.between(first, second))
    old, new = merkle.roots_from(GROWN.root(first), first, second, path)
    assert (old, new) == (THEIRS.get_root(first), THEIRS.get_root(second))


@given(sizes, sizes)
def test_and_not_from_another(one, two):
    first, second = sorted((one, two))
    path = GROWN.hashes(merkle.between(first, second))
    false = hashlib.sha256(b"another").digest()
    found = merkle.roots_from(false, first, second, path)
    assert found != (false, GROWN.root(second))
    assert merkle.roots_from(GROWN.root(first), first, second, [*path, false]) is None
    assert merkle.roots_from(GROWN.root(first), second + 1, second, path) is None
