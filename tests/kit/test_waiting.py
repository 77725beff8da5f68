"""The quick answer to which migrations wait is the same as Piccolo's own."""

from conftest import run

from scrutiny.kit.migrating import pending
from scrutiny.kit.waiting import waiting


def test_it_names_what_piccolo_names(tables):
    assert run(waiting()) == run(pending()) != []
