"""The list of redactions: who sees it, and how much it asks of the database."""

from conftest import run
from meetings.steps import letters

from redaction import steps
from scrutiny.kit.clock import now
from scrutiny.kit.db import keep, write_tx
from scrutiny.kit.ids import new_id
from scrutiny.redaction.tables import Redaction


async def many(cast, count: int) -> None:
    async with write_tx():
        for _ in range(count):
            await keep(Redaction(
                id=new_id(), panel=cast.lambeth.id, kind="paper", about=new_id(), source="x",
                words=b"", reason="child", stage="done", done=now().date(), prepared=now(),
                key=b"", original_key=b"", prepared_by=cast.seats["grace"].id,
            ))  # fmt: skip


def test_fifty_a_page(browse, cast):
    assert "Nothing has been redacted." in browse("hana").get("/lambeth/redactions").text
    run(many(cast, 51))
    first = browse("hana").get("/lambeth/redactions").text
    assert first.count("about a child") == 50
    older = first.split("?before=")[1].split('"')[0]
    again = browse("hana").get(f"/lambeth/redactions?before={older}").text
    assert again.count("about a child") == 1


def test_who_sees_it(browse, cast):
    for name, status in (("grace", 200), ("amara", 200), ("hana", 200), ("bilal", 403),
                         ("owen", 403), ("dev", 404)):  # fmt: skip
        assert browse(name).get("/lambeth/redactions").status_code == status


def test_letters_tell_whose_turn_it_is_and_nothing_more(browse, cast):
    _, row = run(steps.paper(cast))
    run(steps.ready(cast, "paper", row))
    told = run(letters("redaction.offered"))
    assert len(told) == 2  # the chair and the data lead
    for subject, text in told.values():
        assert subject == "Panel papers: something to agree"
        assert "/lambeth/redactions" in text.replace("%2F", "/")
        assert steps.CANARY not in subject + text
    assert steps.agree(browse, "paper", row, decision="returned", why="Again.").status_code == 303
    assert len(run(letters("redaction.returned"))) == 1
