"""Asking for packs and making them: at once a page, then the worker; killed ones are taken up."""

from datetime import timedelta

import pytest
from conftest import run
from meetings.steps import counted_queries, plan, stored

from agendas.packs.steps import ask, content, kept, made, scene, work
from agendas.papers import files, steps
from agendas.papers.steps import address
from scrutiny.agendas.packs import actions, binding, worker
from scrutiny.agendas.packs.rules import LEASE, MOST_TRIES
from scrutiny.agendas.packs.tables import Pack
from scrutiny.agendas.papers import shelf
from scrutiny.kit import clock
from scrutiny.kit.clock import now, today
from scrutiny.meetings import actions as meetings
from scrutiny.record.tables import Event


def packs_page(browse, row, who: str = "grace") -> str:
    return browse(who).get(address(row, "/packs")).text


def stages() -> list[tuple[str, int, str]]:
    return [(pack.audience, pack.supplement, pack.stage) for pack in run(kept())]


def test_the_request_returns_at_once_and_the_page_follows_the_making(browse, cast):
    row = run(scene(cast))
    answer = browse("grace").post(address(row, "/packs"))
    assert (answer.status_code, answer.headers["location"]) == (303, address(row, "/packs"))
    assert stages() == [("members", 0, "asked"), ("public", 0, "asked")]
    page = packs_page(browse, row)
    assert '<meta http-equiv="refresh" content="5">' in page and "<progress" in page
    assert "It waits for its turn." in page
    for _ in range(2):
        run(actions.step(run(actions.take()), 2))
    assert "step 2 of 6" in packs_page(browse, row, "bilal")
    assert "refresh" not in packs_page(browse, row, "")


def test_what_is_made_is_shown_and_recorded(browse, cast):
    row = run(scene(cast))
    run(made(row, cast))
    assert stages() == [("members", 0, "done"), ("public", 0, "done")]
    members, public = run(kept())
    assert (members.pages, public.pages) == (7, 3)
    page = packs_page(browse, row)
    assert "refresh" not in page and "7 pages" in page
    assert "3 pages" in browse("").get(address(row)).text
    told = run(Event.objects().where(Event.what == "pack.made").order_by(Event.seq).run())
    assert sorted(event.public for event in told) == [False, True]
    assert members.sha256 in told[0].facts + told[1].facts


def test_what_was_made_is_not_made_again(browse, cast):
    row = run(scene(cast))
    run(made(row, cast))
    before = [pack.id for pack in run(kept())]
    assert run(ask(row, cast)) == 0
    browse("grace").post(address(row, "/packs"))
    assert [pack.id for pack in run(kept())] == before


def test_nobody_asks_before_the_agenda_is_published(browse, cast):
    row = run(steps.agendas.meeting(cast))
    answer = browse("grace").post(address(row, "/packs"))
    assert answer.status_code == 409 and "Publish the agenda first" in answer.text
    run(steps.agendas.publish(row, cast))
    run(steps.agendas.actions.add_item(row, "A draft", by=cast.seats["grace"], form_key="x"))
    answer = browse("grace").post(address(row, "/packs"))
    assert answer.status_code == 409 and "is not published yet" in answer.text
    assert stages() == []


def test_who_may_ask(browse, cast):
    row = run(scene(cast))
    post = {who: browse(who).post(address(row, "/packs")).status_code
            for who in ("bilal", "claire", "hana", "dev")}  # fmt: skip
    assert post == {"bilal": 403, "claire": 403, "hana": 403, "dev": 404}
    own = {who: browse(who).post(address(row, "/packs/own")).status_code
           for who in ("bilal", "claire", "hana", "dev")}  # fmt: skip
    assert own == {"bilal": 303, "claire": 303, "hana": 403, "dev": 404}


def test_a_killed_workers_pack_is_taken_up_again_after_its_lease(cast):
    row = run(scene(cast))
    run(ask(row, cast))
    first = run(actions.take())
    assert run(actions.take()).id != first.id
    assert run(actions.take()) is None
    with clock.as_of(now() + LEASE + timedelta(seconds=1)):
        again = run(actions.take())
        assert (again.id, again.tries) == (first.id, 2)
        with pytest.raises(actions.Lost):
            run(actions.step(first, 1))


def test_one_that_ends_every_worker_fails_loudly(browse, cast):
    row = run(scene(cast))
    run(ask(row, cast))
    for turn in range(MOST_TRIES + 1):
        with clock.as_of(now() + turn * (LEASE + timedelta(seconds=1))):
            for _ in range(2):
                run(actions.take())
    assert {stage for _, _, stage in stages()} == {"failed"}
    page = packs_page(browse, row)
    assert "could not be made" in page and "never finished" in page
    assert f'href="/lambeth/meetings/{row.date}/packs"' in browse("grace").get("/desk").text
    assert "/packs" not in browse("ruth").get("/desk").text
    run(made(row, cast))  # and it can be asked for again
    assert {stage for _, _, stage in stages()} == {"done"}


def test_a_binder_that_takes_too_long_is_ended(cast, monkeypatch):
    monkeypatch.setattr(binding, "PATIENCE", 0.01)
    row = run(scene(cast))
    run(made(row, cast))
    assert {pack.problem for pack in run(kept())} == {
        "The pack took too long to put together. Make its papers smaller."
    }
    assert [path.suffix for _, path in shelf.lying()] == [".p"] * 3


def test_a_paper_withdrawn_meanwhile_ends_the_making_and_not_the_worker(cast):
    row = run(scene(cast))
    run(ask(row, cast))
    paper = run(steps.kept(row))[0]
    run(steps.actions.withdraw(paper, "Wrong.", by=cast.seats["grace"]))
    run(work())
    assert {stage for _, _, stage in stages()} == {"failed"}
    assert "changed or taken away" in run(kept())[0].problem


def test_packs_follow_what_was_changed(browse, cast):
    row = run(scene(cast))
    run(made(row, cast))
    paper = run(steps.kept(row))[0]
    run(steps.actions.withdraw(paper, "Wrong.", by=cast.seats["grace"]))
    for who in ("", "amara"):
        assert browse(who).get(address(row, "/packs/0")).status_code == 404
    run(worker.keep_up())
    run(work())
    assert [pack.pages for pack in run(kept())] == [5, 1]
    assert b"%PDF" in browse("").get(address(row, "/packs/0")).content
    assert len([path for _, path in shelf.lying() if path.suffix == ".k"]) == 2


def test_a_late_paper_goes_into_a_supplement_and_the_pack_stays(browse, cast):
    row = run(scene(cast))
    run(made(row, cast))
    before = run(content(cast, row, "amara"))
    near = clock.midnight(row.date) - timedelta(days=2)
    with clock.as_of(near):
        late = run(steps.add(row, cast, "Late", "public", 0, files.pdf(2, "Late")))
        run(steps.actions.accept(late, "It cannot wait.", by=cast.seats["amara"]))
        assert run(steps.kept(row))[3].supplement == 1
        run(made(row, cast))
    assert run(content(cast, row, "amara")) == before
    assert [(pack.supplement, pack.audience, pack.pages) for pack in run(kept())] == [
        (0, "members", 7),
        (0, "public", 3),
        (1, "members", 3),
        (1, "public", 3),
    ]
    said = files.words(run(content(cast, row, "amara", 1)))
    assert "Supplement 1" in said and "Pack page 8" in said
    assert "Pack page 9 · P4, page 1 of 2" in said and "It cannot wait." in said
    assert "Pack page 4" in files.words(run(content(cast, row, "", 1)))
    assert "Supplement 1 to the pack" in browse("").get(address(row)).text
    with clock.as_of(near):
        last = run(steps.add(row, cast, "Later still", "public", 0))
        run(steps.actions.accept(last, "It cannot wait.", by=cast.seats["amara"]))
        assert run(steps.kept(row))[4].supplement == 2


def test_ones_own_is_forgotten_after_a_month(cast):
    row = run(scene(cast))
    run(actions.make_own(row, by=cast.seats["claire"]))
    run(work())
    assert [pack.own for pack in run(kept())] == [True]
    assert run(actions.forget_old(today())) == 0
    with clock.as_of(now() + timedelta(days=31)):
        assert run(actions.forget_old(today())) == 1
    assert run(kept()) == []
    assert [path.suffix for _, path in shelf.lying()] == [".p"] * 3


def test_more_papers_ask_no_more_of_the_database(browse, cast, monkeypatch):
    row = run(scene(cast))
    run(made(row, cast))
    counts = []
    for papers in (0, 30):
        run(steps.copies(run(steps.kept(row))[0], papers))
        for who in ("bilal", "grace"):
            for more in ("", "/packs"):
                browser = browse(who)
                with counted_queries(monkeypatch) as asked:
                    assert browser.get(address(row, more)).status_code == 200
                counts.append(len(asked))
    assert counts[:4] == counts[4:]


def test_it_lies_sealed_on_the_disk(cast):
    row = run(scene(cast))
    run(made(row, cast))
    packs = [path.read_bytes() for _, path in shelf.lying() if path.suffix == ".k"]
    assert len(packs) == 2
    assert not [lying for lying in packs if b"%PDF" in lying or b"Heron" in lying]
    assert run(Pack.objects().first().run()).key


def test_a_pack_that_names_the_old_day_is_dropped_and_made_again(browse, cast):
    row = run(scene(cast))
    run(made(row, cast))
    assert browse("").get(address(row, "/packs/0")).status_code == 200
    seen, day = run(stored(row)), row.date + timedelta(7)
    moved = run(meetings.change(seen, plan(day), by=cast.seats["grace"]))
    assert browse("").get(address(moved, "/packs/0")).status_code == 404
    run(worker.keep_up())
    run(work())
    assert browse("").get(address(moved, "/packs/0")).status_code == 200
