"""Replacing a file, withdrawing a paper, and what the chair decides of a late one."""

from conftest import run
from kit.proofs import text

from agendas.papers import files, steps
from agendas.papers.steps import address, send
from scrutiny.agendas.papers import shelf
from scrutiny.record.tables import Event

WAITS = "Late papers: take them, or not"


def version(row) -> str:
    return str(run(steps.kept(row))[0].version)


def replace(browse, row, content=None, who="grace", **fields):
    content = content or files.pdf(3, "Second")
    fields = {"version": version(row), "form_key": "r1"} | fields
    return send(browse(who), address(row, "/papers/1/replacement"), content, **fields)


def withdraw(browse, row, who="grace", **fields):
    fields = {"version": version(row), "reason": "It named somebody."} | fields
    return browse(who).post(address(row, "/papers/1/withdrawal"), fields)


def decide(browse, row, who="amara", **fields):
    told = {"version": version(row), "decision": "accepted", "reason": "It cannot wait."}
    return browse(who).post(address(row, "/papers/1/decision"), told | fields)


def last_event() -> str:
    return run(Event.objects().order_by(Event.seq, ascending=False).first().run()).what


def test_a_replaced_file_keeps_its_number_and_says_so(browse, cast):
    row = run(steps.meeting(cast))
    run(steps.add(row, cast, "Figures", content=files.pdf(1, "First")))
    assert replace(browse, row).status_code == 303
    (paper,) = run(steps.kept(row))
    assert (paper.number, paper.edition, paper.pages) == (1, 2, 3)
    assert len(list(shelf.lying())) == 1
    assert "Second 3" in text(browse("").get(address(row, "/papers/1")).content)
    assert "edition 2" in browse("").get(address(row)).text
    assert last_event() == "paper.replaced"


def test_twice_is_once(browse, cast):
    row = run(steps.meeting(cast))
    run(steps.add(row, cast))
    old = version(row)
    assert [replace(browse, row, version=old).status_code for _ in range(2)] == [303, 303]
    assert run(steps.kept(row))[0].edition == 2
    assert len(list(shelf.lying())) == 1


def test_who_was_second_is_told_and_nothing_is_lost(browse, cast):
    row = run(steps.meeting(cast))
    run(steps.add(row, cast))
    old = version(row)
    replace(browse, row)
    answer = replace(browse, row, files.pdf(1, "Third"), version=old, form_key="r2")
    assert answer.status_code == 409
    assert "changed this paper a moment ago" in answer.text
    answer = withdraw(browse, row, version=old, reason="My own words.")
    assert answer.status_code == 409 and "My own words." in answer.text
    assert run(steps.kept(row))[0].edition == 2
    assert len(list(shelf.lying())) == 1


def test_a_bad_replacement_changes_nothing(browse, cast):
    row = run(steps.meeting(cast))
    run(steps.add(row, cast))
    assert replace(browse, row, files.acting()).status_code == 422
    assert run(steps.kept(row))[0].edition == 1
    assert len(list(shelf.lying())) == 1


def test_one_that_is_withdrawn_is_gone_and_its_number_with_it(browse, cast):
    row = run(steps.meeting(cast))
    run(steps.add(row, cast, "Wagtail"))
    assert withdraw(browse, row, reason="").status_code == 422
    assert withdraw(browse, row).status_code == 303
    (paper,) = run(steps.kept(row))
    assert (paper.stage, paper.why, bytes(paper.key)) == ("withdrawn", "It named somebody.", b"")
    assert list(shelf.lying()) == []
    assert browse("grace").get(address(row, "/papers/1")).status_code == 404
    assert "Wagtail" not in browse("").get(address(row)).text
    assert run(steps.add(row, cast)).number == 2
    assert last_event() == "paper.added"
    assert withdraw(browse, row).status_code == 409


def test_the_chair_takes_a_late_one_and_the_reason_is_public(browse, cast):
    row = run(steps.meeting(cast, days=3))
    run(steps.add(row, cast, "Figures"))
    assert browse("amara").get(address(row, "/papers/1/decision")).status_code == 200
    assert decide(browse, row).status_code == 303
    (paper,) = run(steps.kept(row))
    assert (paper.stage, paper.late, paper.supplement) == ("tabled", True, 0)
    page = browse("").get(address(row)).text
    assert "It came late and was taken: It cannot wait." in page
    assert last_event() == "paper.accepted"


def test_or_does_not_take_it(browse, cast):
    row = run(steps.meeting(cast, days=3))
    run(steps.add(row, cast, "Figures"))
    assert decide(browse, row, decision="refused", reason="Next time.").status_code == 303
    assert run(steps.kept(row))[0].stage == "refused"
    assert list(shelf.lying()) == []
    assert "Figures" not in browse("").get(address(row)).text
    assert "Next time." in browse("grace").get(address(row, "/papers")).text


def test_the_decision_asks_for_both_and_keeps_the_words(browse, cast):
    row = run(steps.meeting(cast, days=3))
    run(steps.add(row, cast))
    answer = decide(browse, row, decision="", reason="My own words.")
    assert answer.status_code == 422 and "My own words." in answer.text
    assert decide(browse, row, reason="").status_code == 422
    assert run(steps.kept(row))[0].stage == "late_paper"


def test_only_the_chair_decides(browse, cast):
    row = run(steps.meeting(cast, days=3))
    run(steps.add(row, cast))
    assert [decide(browse, row, who).status_code for who in ("grace", "bilal", "claire")] == [
        403,
        403,
        403,
    ]
    assert decide(browse, row, "ruth").status_code == 404
    assert [replace(browse, row, who=who).status_code for who in ("bilal", "dev")] == [403, 404]
    assert [withdraw(browse, row, who).status_code for who in ("claire", "dev")] == [403, 404]


def test_a_recused_chair_does_not(browse, cast):
    row = run(steps.meeting(cast, days=3))
    paper = run(steps.add(row, cast, "Wagtail", at=1))
    run(steps.recuse(cast, "amara", run(steps.agendas.items(row))[1]))
    assert decide(browse, row).status_code == 404
    assert browse("amara").get(address(row, "/papers/1/decision")).status_code == 404
    assert paper.number == 1 and run(steps.kept(row))[0].stage == "late_paper"
    assert WAITS not in browse("amara").get("/desk").text


def test_what_waits_for_the_chair_is_on_the_desk(browse, cast):
    row = run(steps.meeting(cast, days=3))
    run(steps.add(row, cast, at=1))
    assert WAITS in browse("amara").get("/desk").text
    assert WAITS not in browse("ruth").get("/desk").text


def test_one_that_was_decided_is_not_decided_again(browse, cast):
    row = run(steps.meeting(cast, days=3))
    run(steps.add(row, cast))
    decide(browse, row)
    assert decide(browse, row, decision="refused").status_code == 409
    assert run(steps.kept(row))[0].stage == "tabled"


def test_a_replacement_that_comes_late_waits_for_the_chair(browse, cast):
    row = run(steps.meeting(cast, days=3))
    run(steps.add(row, cast))
    decide(browse, row)
    replace(browse, row)
    (paper,) = run(steps.kept(row))
    assert (paper.stage, paper.edition, paper.late_reason) == ("late_paper", 2, "")
    assert browse("").get(address(row, "/papers/1")).status_code == 404
