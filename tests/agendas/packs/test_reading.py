"""Whose pack holds what: nobody is given a page of what they may not open, now or a moment ago."""

from datetime import timedelta

import pytest
from conftest import run

from agendas.packs.steps import content, kept, made, reader, scene, work, would_hold
from agendas.papers import files, steps
from agendas.papers.steps import address
from scrutiny.agendas.packs import actions, queries
from scrutiny.kit import clock
from scrutiny.kit.clock import now, today
from scrutiny.kit.db import write_tx
from scrutiny.kit.errors import Missing
from scrutiny.membership.clearances.tables import Clearance
from scrutiny.people.tables import Panel

ALL = {"Heron", "Larkspur", "Marigold"}


def words(cast, row, who: str) -> set[str]:
    said = files.words(run(content(cast, row, who)))
    return {word for word in ALL if word in said}


def test_one_source_and_a_version_for_each(browse, cast):
    row = run(scene(cast))
    run(made(row, cast))
    assert words(cast, row, "") == {"Heron"}
    assert words(cast, row, "amara") == words(cast, row, "bilal") == ALL
    assert "1 item: Case material" in files.words(run(content(cast, row)))
    title = run(steps.agendas.items(row))[3].title
    assert title in files.words(run(content(cast, row, "amara")))
    assert title not in files.words(run(content(cast, row)))
    answer = browse("").get(address(row, "/packs/0"))
    assert answer.headers["content-type"] == "application/pdf"
    assert "Do not pass it on" not in files.words(answer.content)


def test_the_police_get_their_own_without_what_is_closed(browse, cast):
    row = run(scene(cast))
    run(made(row, cast))
    assert browse("claire").get(address(row, "/packs/0")).status_code == 404
    assert "Make my pack" in browse("claire").get(address(row, "/packs")).text
    assert browse("claire").post(address(row, "/packs/own")).status_code == 303
    run(work())
    assert words(cast, row, "claire") == {"Heron", "Larkspur"}
    assert words(cast, row, "owen") == {"Heron", "Larkspur"}  # the same, so it is not made twice
    assert words(cast, row, "amara") == ALL
    assert len(run(kept())) == 3


@pytest.mark.parametrize("who", ["bilal", "amara", "grace"])
def test_the_recused_are_never_given_the_general_one(browse, cast, who):
    row = run(scene(cast))
    run(made(row, cast))
    assert browse(who).get(address(row, "/packs/0")).status_code == 200
    item = run(steps.agendas.items(row))[1]
    run(steps.recuse(cast, who, item))
    assert browse(who).get(address(row, "/packs/0")).status_code == 404
    run(actions.make_own(row, by=cast.seats[who]))
    run(work())
    assert words(cast, row, who) == {"Heron", "Marigold"}
    said = files.words(run(content(cast, row, who)))
    assert item.title not in said and "P2" not in said
    with files.opened(run(content(cast, row, who))) as pdf, pdf.open_outline() as outline:
        found = [one.title for one in outline.root]
        found += [child.title for one in outline.root for child in one.children]
    assert not [title for title in found if item.title in title or "Larkspur" in title]


def test_what_the_recused_had_made_is_not_given_to_others(cast):
    row = run(scene(cast))
    run(steps.recuse(cast, "bilal", run(steps.agendas.items(row))[1]))
    run(actions.make_own(row, by=cast.seats["bilal"]))
    run(work())
    with pytest.raises(Missing):
        run(content(cast, row, "chidi"))
    assert words(cast, row, "bilal") == {"Heron", "Marigold"}


def test_a_supplement_with_nothing_for_the_reader_is_not_there(browse, cast):
    row = run(scene(cast))
    run(made(row, cast))
    with clock.as_of(clock.midnight(row.date) - timedelta(days=2)):
        late = run(steps.add(row, cast, "Marigold again", "members", 3))
        run(steps.actions.accept(late, "It cannot wait.", by=cast.seats["amara"]))
        run(made(row, cast))
    assert [one.supplement for one in run(would_hold(cast, row, "amara"))] == [0, 1]
    assert [one.supplement for one in run(would_hold(cast, row, "claire"))] == [0]
    assert browse("").get(address(row, "/packs/1")).status_code == 404
    for who in ("", "claire"):
        assert "Supplement 1" not in browse(who).get(address(row, "/packs")).text


def test_a_clearance_that_lapses_closes_the_pack_at_the_next_request(cast):
    day = today() + timedelta(21)
    asked = '{"clearances": {"closed_part": ["confidentiality"]}, "before_active": []}'
    cast.lambeth.constitution = asked

    async def clear(who: str, expires) -> None:
        async with write_tx():
            await Panel.update({Panel.constitution: asked}).where(Panel.id == cast.lambeth.id)
            await Clearance.insert(
                Clearance(
                    panel=cast.lambeth.id,
                    person=cast.people[who].id,
                    kind="confidentiality",
                    outcome="cleared",
                    granted=today(),
                    expires=expires,
                    changed=now(),
                )
            )

    run(clear("bilal", day - timedelta(1)))
    row = run(scene(cast))
    run(made(row, cast))
    with clock.as_of(clock.midnight(day) - timedelta(hours=1)):
        assert words(cast, row, "bilal") == ALL
    with clock.as_of(clock.midnight(day) + timedelta(hours=9)), pytest.raises(Missing):
        run(content(cast, row, "bilal"))


def test_nothing_before_the_agenda_is_published_and_nothing_of_other_panels(browse, cast):
    row = run(steps.agendas.meeting(cast))
    assert run(queries.standing(run(reader(cast, "amara")), cast.lambeth, row)) == []
    assert "before the agenda is published" in browse("bilal").get(address(row, "/packs")).text
    other = run(scene_at(cast))
    run(made(other, cast))
    assert words(cast, other, "") == {"Heron"}
    assert browse("dev").get(address(other, "/packs/0")).content[:5] == b"%PDF-"  # as anybody
    hidden = f"/hackney/meetings/{other.date.isoformat()}/packs/0"
    assert browse("dev").get(hidden).status_code == 404


async def scene_at(cast):
    row = await steps.meeting(cast, days=45)
    await steps.add(row, cast, "Heron", "public", 0, files.pdf(2, "Heron"))
    return row
