"""Files as people hand them in: one bad row spoils no other, a bad file is told why."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrutiny.kit.errors import Unreadable
from scrutiny.stops.reading import read
from scrutiny.stops.rules import COLUMNS, key_of
from stops.steps import NAME, SAID, csv_of, entry, said


def reading(data, name=NAME):
    return read(name, data, "metropolitan", "2022-10")


def test_csv_and_json_give_the_same_keys():
    assert reading(csv_of([said()])).searches == reading(json.dumps([entry()]).encode()).searches


def test_equal_records_of_a_file_are_told_apart_by_their_number():
    found = reading(csv_of([said(), said(), said(Gender="Female")]))
    line = next(iter(found.searches.values())).canonical
    assert list(found.searches)[:2] == [key_of(line, 1), key_of(line, 2)]
    assert found.rows == len(found.searches) == 3


def test_columns_in_another_order_and_further_columns_do_no_harm():
    columns = [*reversed(COLUMNS), "Note"]
    assert reading(csv_of([{**said(), "Note": "x"}], columns)).searches.keys() == (
        reading(csv_of([said()])).searches.keys()
    )


@pytest.mark.parametrize("newline", [b"\r\n", b"\n", b"\r"])
def test_any_line_ends_do(newline):
    assert reading(csv_of([said(), said()]).replace(b"\r\n", newline)).rows == 2


def test_a_mark_of_utf_8_does_no_harm():
    assert reading(b"\xef\xbb\xbf" + csv_of([said()])).searches.keys() == (
        reading(csv_of([said()])).searches.keys()
    )


def test_the_alphabet_of_windows_is_read():
    data = csv_of([said(**{"Object of search": "Café knives"})]).decode().encode("cp1252")
    assert next(iter(reading(data).searches.values())).object == "Café knives"


BROKEN = [
    ("Person search,2022-10-01", "It has 2 columns instead of 15."),
    ('"Person search,' + ",".join(["x"] * 14), "A quotation mark is opened and never closed."),
    ("", "It has 0 columns instead of 15."),
    (",".join({**SAID, "Type": "?"}.values()), "The type '?' is not one that the police publish."),
]


@pytest.mark.parametrize(("line", "why"), BROKEN)
def test_a_broken_row_is_named_by_its_line_and_nothing_else_is_lost(line, why):
    head, first, second, *_ = csv_of([said(), said(Gender="Female")]).decode().split("\r\n")
    found = reading("\r\n".join([head, first, line, second]).encode())
    assert found.refused == [(3, why)]
    assert [one.gender for one in found.searches.values()] == ["Male", "Female"]


def test_broken_entries_are_named_by_their_number():
    found = reading(json.dumps([entry(), 7, {"type": "Person search"}, entry()]).encode())
    assert found.refused == [(2, "It is not a record."), (3, "It lacks datetime.")]
    assert len(found.searches) == 2


def test_the_api_says_false_where_nothing_was_found():
    found = reading(json.dumps([entry(outcome=False), entry(outcome="", location=None)]).encode())
    first, second = found.searches.values()
    assert first.outcome == "Nothing found - no further action"
    assert (second.outcome, second.place) == ("", None)


HEAD = csv_of([])
REFUSED = [
    (b"", "is empty"),
    (b" \r\n\r\n", "is empty"),
    (HEAD, "holds no records"),
    ("Type,Date\n".encode("utf-16"), "is in UTF-16"),
    (HEAD + b"Person\0search\n", "NUL bytes"),
    (HEAD + b"\x81\x8d\x9d\n", "neither UTF-8 nor Windows-1252"),
    (b"Type,Date,Latitude\n1,2,3\n", "lacks columns: Part of a policing operation"),
    (b'"Type\n1', "lacks columns"),
    (b'{"type": "Person search"}', "is JSON, but not a list of records"),
    (b"[1, 2", "is broken JSON"),
    (b"[" * 100_000, "is broken JSON"),
    (b"\x89PNG\r\n\x1a\n rest", "lacks columns"),
]


@pytest.mark.parametrize(("data", "why"), REFUSED, ids=[why for _, why in REFUSED])
def test_a_file_that_is_none_is_refused_in_a_sentence(data, why):
    with pytest.raises(Unreadable) as refused:
        reading(data)
    assert why in str(refused.value) and str(refused.value).startswith(NAME)


@settings(max_examples=200)
@given(st.one_of(st.binary(max_size=300), st.binary(max_size=100).map(lambda b: HEAD + b)))
def test_any_bytes_are_read_or_refused(data):
    try:
        reading(data)
    except Unreadable as refused:
        assert str(refused)
