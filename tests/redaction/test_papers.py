"""Words and a part of a picture are taken out of a paper: they are nowhere any more."""

import io

import pikepdf
import pytest
from agendas.packs import steps as packs
from agendas.papers import files
from agendas.papers import steps as papers
from conftest import HOME, run
from meetings.steps import events, facts
from seeking import holds, in_database_file, in_tables, on_disk

from redaction import steps
from redaction.steps import CANARY
from scrutiny.agendas.packs.tables import Pack
from scrutiny.agendas.papers.tables import Paper
from scrutiny.kit.clock import today
from scrutiny.ledger.tables import Entry
from scrutiny.redaction import rounds, shelf
from scrutiny.redaction.tables import Redaction

AROUND = ("/lambeth", "/lambeth/meetings", "/lambeth/meetings.atom", "/ledger", "/ledger.json",
          "/ledger.atom", "/", "/sitemap.xml", "/about/open-data", "/lambeth.ics")  # fmt: skip


def test_they_are_nowhere_any_more(browse, cast):
    meeting, row = run(steps.paper(cast))
    run(packs.made(meeting, cast))
    here = papers.address(meeting, "/papers/1")
    assert holds(browse().get(here).content, CANARY)
    assert steps.reddish(steps.pictures(browse().get(here).content)[0])
    assert holds(browse().get(papers.address(meeting, "/packs/0")).content, CANARY)

    reply = steps.prepare(browse, "paper", row)
    assert (reply.status_code, reply.headers["location"]) == (303, "/lambeth/redactions")
    result = browse("hana").get(steps.at("paper", row, "/result")).content
    assert CANARY in browse().get(papers.address(meeting)).text  # until somebody else agrees
    assert steps.agree(browse, "paper", row).status_code == 303

    made = browse().get(here).content
    assert made == result
    assert not holds(made, CANARY)
    assert [steps.reddish(one) for one in steps.pictures(made)] == [0, 0]
    assert made.count(b"%%EOF") == 1
    words = files.text(made)
    assert words.count("[taken out: personal data]") >= 5
    assert "spoke on page 2" in words
    assert f"Redacted on {today():%-d %B %Y}: personal data" in words.replace("\n", " ")
    run(packs.work())
    for path in ("", "/papers", "/packs", "/packs/0", ".ics"):
        assert not holds(browse("grace").get(papers.address(meeting, path)).content, CANARY), path
    assert "Redacted on" in browse().get(papers.address(meeting)).text
    assert holds(browse().get(papers.address(meeting, "/packs/0")).content, "spoke on page 2")
    for path in AROUND:
        assert not holds(browse().get(path).content, CANARY), path
    assert run(in_tables(CANARY)) == []
    assert in_database_file(CANARY) == []
    assert on_disk(HOME, CANARY) == []
    told = run(facts("paper.redacted"))
    assert (told["reason"], told["number"]) == ("personal", 1)
    assert ("paper.redacted", True) in run(events())
    entry = run(Entry.objects().order_by(Entry.seq, ascending=False).first().run())
    assert (entry.kind, entry.address) == ("redaction", here)


def test_the_file_as_it_was_is_for_custodians_alone(browse, cast):
    meeting, row = run(steps.paper(cast))
    before = browse().get(papers.address(meeting, "/papers/1")).content
    run(steps.ready(cast, "paper", row))
    steps.agree(browse, "paper", row, "amara")
    done = run(steps.stored())
    path = f"/lambeth/redactions/{done.id}/original"
    assert browse("hana").get(path).content == before
    assert run(events())[-1] == ("redaction.original_read", False)
    for name, status in (("amara", 403), ("bilal", 403), ("owen", 403), ("dev", 404)):
        assert browse(name).get(path).status_code == status
    assert browse().get(path).status_code in (303, 401, 403)
    assert run(rounds.sweep(today())) == 0 and len(list(shelf.lying())) == 1
    assert path in browse("hana").get("/lambeth/redactions").text


def test_or_it_is_erased(browse, cast):
    _, row = run(steps.paper(cast))
    run(steps.ready(cast, "paper", row, original="erase"))
    assert steps.agree(browse, "paper", row).status_code == 303
    done = run(steps.stored())
    assert (done.original, bytes(done.words), list(shelf.lying())) == (None, b"", [])
    assert browse("hana").get(f"/lambeth/redactions/{done.id}/original").status_code == 404


def test_each_page_is_shown_as_it_will_be(browse, cast):
    _, row = run(steps.paper(cast))
    reply = browse("grace").post(steps.at("paper", row), steps.filled(words=f"{CANARY}\nZebra"))
    assert reply.status_code == 303
    page = browse("grace").get(reply.headers["location"].split("#")[0]).text
    assert "Not found as text" in page and "Zebra" in page
    assert "[taken out: personal data] spoke on page 1" in page
    shown = browse("grace").get(steps.at("paper", row, "/pages/1"))
    assert shown.headers["content-type"] == "image/jpeg"
    image = steps.opened(shown.content)
    assert image.getpixel((int(image.width * 0.15), int(image.height * 0.165))) < (9, 9, 9)
    assert steps.reddish(image) > 1000  # no box was drawn over the square yet
    assert browse("grace").get(steps.at("paper", row, "/pages/3")).status_code == 404
    for name, status in (("bilal", 403), ("owen", 403), ("dev", 404)):
        assert browse(name).get(steps.at("paper", row, "/pages/1")).status_code == status


PROBLEMS = [
    ({"reason": ""}, "Choose why"),
    ({"words": "x"}, "two letters or figures"),
    ({"words": "\n".join(f"word {n}" for n in range(51))}, "50 lines"),
    ({"x": "5", "y": "5", "width": "", "height": "5"}, "hundredths"),
    ({"x": "105", "y": "5", "width": "5", "height": "5"}, "hundredths"),
    ({"x": "nan", "y": "5", "width": "5", "height": "5"}, "hundredths"),
    ({"page": "9", "x": "5", "y": "5", "width": "5", "height": "5"}, "hundredths"),
    ({"words": "", "then": "offer"}, "Type what is to be taken out"),
    ({"original": ""}, "what becomes of the file"),
]


def test_it_asks_for_what_is_missing_and_keeps_the_words(browse, cast):
    _, row = run(steps.paper(cast))
    for changes, said in PROBLEMS:
        reply = browse("grace").post(steps.at("paper", row), steps.filled(**changes))
        assert (reply.status_code, said in reply.text) == (422, True), changes
        assert changes.get("words", CANARY).split("\n")[0] in reply.text
    assert run(Redaction.count().run()) == 0


def test_two_people(browse, cast):
    _, row = run(steps.paper(cast))
    assert steps.prepare(browse, "paper", row).status_code == 303
    for name in ("bilal", "owen", "claire"):
        assert browse(name).get(steps.at("paper", row)).status_code == 403
        assert steps.agree(browse, "paper", row, name).status_code == 403
    assert browse("dev").get(steps.at("paper", row)).status_code == 404
    for changes, said in (({"decision": ""}, "Choose whether"), ({"looked": ""}, "Look at"),
                          ({"decision": "returned"}, "put right")):  # fmt: skip
        reply = steps.agree(browse, "paper", row, **changes)
        assert (reply.status_code, said in reply.text) == (422, True)
    assert steps.agree(browse, "paper", row, version="1").status_code == 409
    back = steps.agree(browse, "paper", row, decision="returned", why="Page two as well.")
    assert back.status_code == 303
    assert "Page two as well." in browse("grace").get(steps.at("paper", row)).text
    assert (run(steps.stored()).stage, list(shelf.lying())) == ("draft", [])
    assert browse("hana").get(steps.at("paper", row, "/agreement")).status_code == 404


def test_who_prepared_it_does_not_agree(cast):
    _, row = run(steps.paper(cast))
    run(steps.ready(cast, "paper", row))
    subject = run(steps.subjects.find(cast.seats["grace"], cast.lambeth, f"paper-{row.id}"))
    with pytest.raises(steps.NotNow, match="somebody else"):
        run(steps.actions.agree(subject, 3, by=cast.seats["grace"]))
    assert len(list(shelf.lying())) == 1  # the result alone


def test_twice_is_once_and_stale_keeps_the_words(browse, cast):
    _, row = run(steps.paper(cast))
    browse("grace").post(steps.at("paper", row), steps.filled())
    late = browse("grace").post(steps.at("paper", row), steps.filled(words="My own words"))
    assert (late.status_code, "My own words" in late.text) == (409, True)
    steps.prepare(browse, "paper", row, version="2")
    replies = [steps.agree(browse, "paper", row, form_key="r1") for _ in range(2)]
    assert [one.status_code for one in replies] == [303, 303]
    assert run(Paper.objects().first().run()).edition == 2


def test_a_file_replaced_meanwhile_is_prepared_again(browse, cast):
    _, row = run(steps.paper(cast))
    run(steps.ready(cast, "paper", row))
    made = run(papers.file(steps.secret_pdf(1)))
    run(papers.actions.replace(row, made, by=cast.seats["grace"]))
    reply = steps.agree(browse, "paper", row)
    assert (reply.status_code, "prepared again" in reply.text) == (409, True)


def test_nothing_is_taken_out_after_all(browse, cast):
    _, row = run(steps.paper(cast))
    steps.prepare(browse, "paper", row)
    version = str(run(steps.stored()).version)
    reply = browse("grace").post(steps.at("paper", row), {"then": "drop", "version": version})
    assert (reply.status_code, run(Redaction.count().run())) == (303, 0)
    assert list(shelf.lying()) == []


def test_of_a_members_paper_nothing_goes_into_the_ledger(browse, cast):
    _, row = run(steps.paper(cast, audience="members"))
    run(steps.ready(cast, "paper", row))
    assert steps.agree(browse, "paper", row).status_code == 303
    assert run(Entry.count().where(Entry.kind == "redaction").run()) == 0


def test_again_withdraws_the_first_from_the_ledger(browse, cast):
    _, row = run(steps.paper(cast))
    run(steps.ready(cast, "paper", row))
    steps.agree(browse, "paper", row)
    run(steps.ready(cast, "paper", row))
    assert steps.agree(browse, "paper", row).status_code == 303
    kinds = [one["kind"] for one in run(Entry.select().order_by(Entry.seq).run())]
    assert kinds.count("redaction") == 2 and kinds.count("withdrawal") == 1


def test_the_new_file_is_for_everybody_to_read(browse, cast):
    """Title, language, tags, a picture with words for who cannot see it."""
    meeting, row = run(steps.paper(cast))
    run(steps.ready(cast, "paper", row))
    steps.agree(browse, "paper", row)
    made = browse().get(papers.address(meeting, "/papers/1")).content
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert str(pdf.docinfo.Title) == "A letter of [taken out: personal data]"
        assert bool(pdf.Root.MarkInfo.Marked) and str(pdf.Root.Lang) == "en-GB"
        alts = [str(one.Alt) for one in pdf.objects
                if isinstance(one, pikepdf.Dictionary) and "/Alt" in one]  # fmt: skip
    assert len(alts) == 2 and all("Its words follow." in one for one in alts)
    assert run(Pack.count().run()) == 0
