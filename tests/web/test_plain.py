"""The pages on which residents take part are as plain as those on which they raise a concern."""

import pytest
import ways
from reading import faults

from scrutiny.concerns.thread import pace


@pytest.mark.parametrize("way", ways.ALL)
def test_every_page_of_a_way_is_plain(browse, cast, monkeypatch, way):
    monkeypatch.setattr(pace, "PAUSE", 0)
    found = way(browse, cast)
    assert len(found) > 3
    assert [fault for name, page in found for fault in faults(name, page)] == []
