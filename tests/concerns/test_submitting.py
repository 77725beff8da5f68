"""A resident raises a concern, without an account, and takes a code away."""

import asyncio
import sqlite3
from concurrent.futures import ThreadPoolExecutor

from conftest import run
from databases import on_postgres

from concerns.steps import CANARIES, FILLED, NEW, code_on, filled, letters, stored
from scrutiny.concerns.queries import by_receipt, contact_of, opened, receipt_hash
from scrutiny.concerns.tables import Concern, Contact
from scrutiny.kit.clock import midnight, today
from scrutiny.kit.db import database
from scrutiny.kit.seal import unseal
from scrutiny.letters.tables import Letter
from scrutiny.people.tables import Seat
from scrutiny.record.queries import broken_at
from scrutiny.record.tables import Event


def test_help_and_who_will_read_it_come_before_any_question(browse):
    reply = browse().get("/lambeth/concerns/new")
    assert reply.status_code == 200
    words = reply.text
    assert words.index("Call 999") < words.index("Who will read this") < words.index("Write your")
    assert "<textarea" not in words
    assert "101" in words


def test_a_concern_is_kept_sealed_and_the_code_is_shown_once(browse, cast):
    reply = browse().post(NEW, filled())

    assert reply.status_code == 201
    code = code_on(reply)
    assert f"LAM-C-{today().year}-01" in reply.text
    kept = run(by_receipt(code))
    assert (kept.stage, kept.received, kept.category) == ("submitted", today(), "stop_and_search")
    assert opened(kept).words == FILLED["words"]
    assert opened(kept).place == FILLED["place"]
    assert run(contact_of(kept)) == {
        "name": FILLED["name"],
        "email": FILLED["email"],
        "phone": FILLED["phone"],
        "may_contact": True,
    }
    assert code.replace("-", "") not in str(stored())
    assert kept.receipt_hash == receipt_hash(code)


def test_it_goes_on_the_record_without_naming_it_or_its_hour(browse, cast):
    browse().post(NEW, filled())

    (event,) = run(Event.select().run())
    assert (event["what"], event["about"], event["facts"]) == ("concern.received", None, "{}")
    assert event["at"] == midnight(today())
    assert event["panel"] == cast.lambeth.id
    assert event["id"].version == 4  # the usual ids hold the time
    assert [row["id"].version for row in stored(Concern.id)] == [4]
    assert run(broken_at()) == (1, None)


def test_the_secretariat_gets_a_neutral_letter(browse, cast):
    browse().post(NEW, filled())

    (letter,) = letters("concern.received")
    assert letter.to.address == "grace@panel.test"
    assert letter.words.subject == "Lambeth Scrutiny Panel: something to read"
    assert letter.words.text == (
        "There is a new concern to read.\n\nhttps://panel.test/lambeth/concerns\n"
    )
    assert letter.written == midnight(today())
    assert letter.id.version == 4
    assert not any(row["id"].hex in letter.key or str(row["id"]) in letter.key for row in stored())


def test_a_seat_that_has_ended_gets_no_letter(browse, cast):
    async def end():
        await Seat.update({Seat.until: cast.seats["grace"].since}).where(
            Seat.id == cast.seats["grace"].id
        )

    run(end())
    assert browse().post(NEW, filled()).status_code == 201
    assert letters("concern.received") == []


def test_nothing_but_what_it_is_about_need_be_told(browse):
    reply = browse().post(NEW, {"category": "other", "words": "They were kind."})

    assert reply.status_code == 201
    assert run(Contact.count().run()) == 0
    assert stored(Concern.happened) == [{"happened": None}]


def test_a_form_with_a_mistake_comes_back_whole(browse):
    sent = filled(category="", email="nowhere")
    reply = browse().post(NEW, sent)

    assert reply.status_code == 422
    assert "Choose what it is about." in reply.text
    assert "This is no e-mail address." in reply.text
    for name in ("words", "place", "name", "email", "phone", "happened", "form_key"):
        assert sent[name] in reply.text
    assert 'value="yes" checked' in reply.text
    assert stored() == []


def test_the_same_form_twice_is_one_concern_and_the_same_page(browse):
    sent = filled()
    first, second = (browse().post(NEW, sent) for _ in range(2))

    assert (first.status_code, second.status_code) == (201, 200)
    assert first.text == second.text
    assert len(stored()) == 1
    assert len(letters("concern.received")) == 1


def test_twenty_at_once_are_one_concern(browse):
    sent, visitor = filled(), browse()
    with ThreadPoolExecutor(20) as crowd:
        replies = list(crowd.map(lambda _: visitor.post(NEW, sent), range(20)))

    assert sorted(r.status_code for r in replies) == [200] * 19 + [201]
    assert len({r.text for r in replies}) == 1
    assert len(stored()) == 1
    assert len(letters("concern.received")) == 1
    assert run(Event.count().run()) == 1


def test_the_same_form_with_other_words_is_not_lost_in_silence(browse):
    sent = filled()
    browse().post(NEW, sent)
    for change in (
        {"words": "Something else."},
        {"place": "Elsewhere"},
        {"name": "", "email": "", "phone": "", "may_contact": ""},
        {"happened": ""},
        {"category": "custody"},
    ):
        reply = browse().post(NEW, sent | change)
        assert reply.status_code == 409
        assert "You have sent this form before" in reply.text
        assert sent["form_key"] not in reply.text  # sent again, it is another concern
        assert (sent | change)["words"] in reply.text
    assert len(stored()) == 1


def test_contact_given_only_the_second_time_is_not_lost_either(browse):
    sent = filled(name="", email="", phone="", may_contact="")
    assert browse().post(NEW, sent).status_code == 201
    assert browse().post(NEW, sent | {"phone": "07700 900461"}).status_code == 409


def test_numbers_have_no_gaps_and_each_panel_has_its_own(browse, send):
    send()
    send()
    reply = browse().post("/hackney/concerns/new/words", filled())
    assert f"HAC-C-{today().year}-01" in reply.text
    assert [row["number"] for row in stored(Concern.number)] == [1, 1, 2]


def test_there_is_no_such_panel(browse):
    assert browse().get("/nowhere/concerns/new").status_code == 404
    assert browse().post("/nowhere/concerns/new/words", filled()).status_code == 404


def test_every_page_of_the_journey_is_forgotten_and_can_be_left(browse, send):
    code = send()
    visitor = browse()
    pages = [
        visitor.get("/lambeth/concerns/new"),
        visitor.get(NEW),
        visitor.post(NEW, filled()),
        visitor.post(NEW, filled(words="")),
        visitor.get("/concerns/return"),
        visitor.post("/concerns/return", {"code": code}),
        visitor.post("/concerns/return", {"code": "wrong"}),
    ]
    for reply in pages:
        assert reply.headers["cache-control"] == "no-store"
        assert reply.headers["referrer-policy"] == "no-referrer"
        assert "set-cookie" not in reply.headers
        assert "Leave this site quickly" in reply.text
        assert "location" not in reply.headers


def test_the_code_is_in_no_address(browse, send):
    reply = browse().post(NEW, filled())
    code = code_on(reply)
    assert code not in reply.text.replace("</span>", "")  # only in its own groups
    assert "?" not in str(reply.request.url)
    page = browse().post("/concerns/return", {"code": code}).text
    assert f"={code}" not in page.replace(f'value="{code}"', "")


def test_nothing_that_was_written_lies_open_in_the_database(browse, send):
    send()
    found = "".join(str(run(table.select().run())) for table in (Concern, Contact, Event, Letter))
    assert [word for word in CANARIES if word in found] == []
    if not on_postgres():
        with sqlite3.connect(database().path) as file:
            dump = "\n".join(file.iterdump())
        assert [word for word in (*CANARIES, "203.0.113.9", "Mozilla/5.0") if word in dump] == []


def test_words_moved_to_another_row_do_not_open_there(browse, send):
    code, other = send(), send(words="Another day, another search.")

    async def swap():
        theirs = await by_receipt(other)
        await Concern.update({Concern.sealed_words: theirs.sealed_words}).where(
            Concern.receipt_hash == receipt_hash(code)
        )

    asyncio.run(swap())
    reply = browse().post("/concerns/return", {"code": code, "show": "yes"})
    assert reply.status_code == 422
    assert "Another day" not in reply.text
    assert browse("grace").get("/lambeth/concerns/1").status_code == 422


def test_the_seal_is_bound_to_the_panel_and_the_row(browse, send):
    kept = run(by_receipt(send()))
    said = unseal(bytes(kept.sealed_words), f"concern|{kept.panel.id}|{kept.id}|words")
    assert "ice rink" in said
