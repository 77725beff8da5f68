"""Published pages are kept until something public changes, and only for those not signed in."""

import gzip

import pytest
from conftest import Browser, run, signed_in
from litestar.testing import TestClient

from scrutiny.app import create_app
from scrutiny.kit.db import write_tx
from scrutiny.people.tables import Panel
from scrutiny.record.actions import record
from scrutiny.web.published import Published


@pytest.fixture
def kept():
    return Published(create_app())


@pytest.fixture
def front(cast, kept):
    with TestClient(kept, base_url="https://panel.test") as client:
        yield client


async def rename(panel: Panel, name: str, *, public: bool) -> None:
    async with write_tx():
        await Panel.update({Panel.name: name}).where(Panel.id == panel.id)
        await record("panel.renamed", panel, panel=panel, public=public)


def test_a_page_is_kept_until_something_public_happens(front, kept, cast):
    def look() -> str:
        kept.checked = 0.0  # as if a second had passed
        return front.get("/lambeth").text

    assert "Lambeth Scrutiny Panel" in look()
    run(rename(cast.lambeth, "Renamed quietly", public=False))
    assert "Renamed quietly" not in look()
    run(rename(cast.lambeth, "Renamed in public", public=True))
    assert "Renamed in public" in look()


def test_the_same_page_again_is_not_sent_again(front):
    first = front.get("/lambeth")
    again = front.get("/lambeth", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["content-security-policy"]


def test_it_is_compressed_for_those_who_can_read_that(front):
    plain = front.get("/lambeth", headers={"accept-encoding": "identity"})
    with front.stream("GET", "/lambeth", headers={"accept-encoding": "gzip"}) as zipped:
        assert zipped.headers["content-encoding"] == "gzip"
        assert gzip.decompress(b"".join(zipped.iter_raw())) == plain.content


def test_head_is_get_without_the_body(front):
    head, whole = front.head("/lambeth"), front.get("/lambeth")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == whole.headers["etag"]


def test_somebody_signed_in_gets_their_own_page_and_leaves_none_behind(front, cast):
    key = run(signed_in(cast.people["amara"]))
    assert "Sign out" in Browser(front, key).get("/lambeth").text
    front.cookies.clear()
    assert "Sign out" not in front.get("/lambeth").text


def test_what_is_not_there_is_not_kept(front, kept):
    assert front.get("/atlantis").status_code == 404
    assert kept.kept == {}


def test_the_newest_pages_are_kept_and_the_oldest_make_room(front, kept, monkeypatch):
    monkeypatch.setattr("scrutiny.web.published.ROOM", 3)
    for number in range(5):
        front.get(f"/lambeth?page={number}")
    assert [place[1] for place in kept.kept] == [b"page=2", b"page=3", b"page=4"]
