"""What a seat that is not active can still reach: its own page, and little else."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from conftest import run
from litestar.routes import HTTPRoute

from membership.steps import SEATS, put
from scrutiny.policy import KEEPS, POLICY, may
from scrutiny.recommendations.actions import draft

STANDS_FOR = {int: "1", UUID: "00000000-0000-4000-8000-000000000000", str: "x"}
MINE = {f"{SEATS}/mine", f"{SEATS}/mine/documents/confidentiality"}


def filled(part) -> str:
    if isinstance(part, str):
        return part
    return "lambeth" if part.name == "panel" else STANDS_FOR[part.type]


def guarded(app) -> Iterator[tuple[str, str, str, bool]]:
    """Method, address, act, and whether a file comes with it, of all that is guarded."""
    for route in app.routes:
        for handler in route.route_handlers if isinstance(route, HTTPRoute) else ():
            if (act := handler.opt.get("act")) in POLICY:
                path = "/" + "/".join(filled(part) for part in route.path_components)
                for method in handler.http_methods - {"OPTIONS", "HEAD"}:
                    yield method, path, act, bool(handler.opt.get("streams"))


@pytest.mark.parametrize("stage", ["onboarding", "on_leave", "restricted"])
@pytest.mark.parametrize("name", ["bilal", "amara", "grace", "claire"])
def test_nothing_opens_that_it_does_not_keep(browse, site, cast, name, stage):
    """Every address of a panel, asked: 403 unless the act is one of those kept."""
    put(cast.seats[name], stage=stage)
    reader, role, let_in = browse(name), cast.seats[name].role, set()
    found = list(guarded(site.app))
    for method, path, act, with_file in found:
        sent = {"files": {"file": ("", b"")}} if with_file else {}
        reply = reader.get(path) if method == "GET" else reader.post(path, **sent)
        assert (reply.status_code == 403) is not may(role, act, stage), (method, path)
        let_in |= {act} if reply.status_code != 403 else set()
    assert len(found) > 50
    assert let_in and let_in <= KEEPS[stage]


@pytest.mark.parametrize("stage", ["onboarding", "on_leave", "restricted"])
def test_it_keeps_its_own_page_and_what_is_to_be_signed(browse, cast, stage):
    put(cast.seats["bilal"], stage=stage)
    for path in MINE:
        assert browse("bilal").get(path).status_code == 200
    assert browse("bilal").get(SEATS).status_code == (403 if stage == "onboarding" else 200)
    assert browse("bilal").get("/lambeth").status_code == 200  # as everybody


@pytest.mark.parametrize("stage", ["onboarding", "on_leave", "restricted"])
def test_neither_desk_nor_menu_leads_where_it_cannot_go(browse, cast, stage):
    words = {"title": "Kingfisher", "text": "Ask.", "reason": "Because."}
    run(draft(by=cast.seats["bilal"], **words))
    amara = browse("amara")
    assert "Kingfisher" in amara.get("/desk").text
    put(cast.seats["amara"], stage=stage)
    desk, menu = amara.get("/desk").text, amara.get(f"{SEATS}/mine").text
    assert "Kingfisher" not in desk and "/lambeth/refusals" not in desk
    assert "/lambeth/cases" not in menu and '/lambeth/video"' not in menu
