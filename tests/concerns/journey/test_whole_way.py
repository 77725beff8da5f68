"""From the first page to the receipt, as a resident goes it without JavaScript."""

import re

import pytest
from conftest import run

from concerns.journey.steps import ANSWERS, NEW, Resident, draft, drafts
from concerns.steps import CANARIES, letters, stored
from scrutiny.concerns.consents import given_for
from scrutiny.concerns.equality.tables import EqualityCount
from scrutiny.concerns.journey.codes import code_of
from scrutiny.concerns.queries import by_receipt, opened
from scrutiny.concerns.tables import Concern
from scrutiny.concerns.vault.queries import has_contact
from scrutiny.concerns.vault.tables import Vault
from scrutiny.kit.db import write_tx
from scrutiny.record.tables import Event


@pytest.fixture
def nadia(browse):
    found = Resident(browse())
    found.begin()
    return found


def code_on(page: str) -> str:
    return "-".join(re.findall(r"<span>([0-9A-Z]{6})</span>", page))


def test_the_first_page_says_whom_to_call_and_who_reads_before_it_asks(browse):
    page = browse().get(NEW).text
    main = page[page.index('id="main-content"') :]
    said = ("Call 999", "call 101", "0808 800 5000", "0800 1111", "Who will read this", "Begin")
    places = [main.index(words) for words in said]
    assert places == sorted(places)
    assert "not the police" in main


def test_the_whole_way(nadia, cast):
    nadia.walk()
    assert nadia.met == [
        *("danger", "harm", "wants", "whose", "category", "details", "when", "where", "words"),
        *("paperwork", "live", "files", "equality", "contact", "consents"),
    ]
    code = nadia.code
    assert "Quillfeather Market" in nadia.page and "9 January 2026" in nadia.page
    reply = nadia.send()
    assert reply.status_code == 201
    assert code_on(reply.text) == code and "LAM-C-2026-01" in reply.text
    assert "data:image/png;base64," in reply.text
    for words in ("What happens next", "If you want to complain", "Who else can help", "116 123"):
        assert words in reply.text
    assert drafts() == 0
    concern = run(by_receipt(code))
    said = run(opened(concern))
    assert said.words == ANSWERS["words"]["words"]
    assert said.details == {"reason": "no", "camera": "unsure"}
    assert (concern.kind, concern.entered, str(concern.happened)) == (
        *("incident", "self"),
        "2026-01-09",
    )
    assert run(given_for(concern)) == {"statistics.public", "summary.panel"}
    assert not run(has_contact(concern))
    assert len(letters("concern.received")) == 2  # the secretariat and the safeguarding lead
    events = run(Event.select(Event.what, Event.facts).order_by(Event.seq).run())
    assert [event["what"] for event in events] == ["concern.received"]
    assert not any(word in repr(events) for word in CANARIES)


def test_no_page_sets_a_cookie_or_may_be_kept_and_no_address_holds_the_code(nadia):
    nadia.walk()
    code = nadia.code
    nadia.answer(go="save")
    nadia.answer_form("/resume")
    nadia.send()
    assert nadia.reply.status_code == 201
    for reply in nadia.replies:
        assert "set-cookie" not in reply.headers
        assert reply.headers["cache-control"] == "no-store"
        assert code not in str(reply.url) and code.replace("-", "") not in str(reply.url)
        assert "location" not in reply.headers
        assert "exit-bar" in reply.text
        for address in re.findall(r'(?:href|action|formaction|src)="([^"]*)"', reply.text):
            assert code not in address
    assert code not in "".join(re.findall(r"<title>(.*?)</title>", nadia.page))


def test_what_is_missing_is_said_and_what_was_typed_is_kept(nadia):
    nadia.walk(until="when")
    reply = nadia.answer(happened_day="41", happened_month="13", happened_year="2025", band="night")
    assert reply.status_code == 422 and nadia.step == "when"
    assert "<title>Error:" in reply.text and "govuk-error-summary" in reply.text
    assert "Write a real day in figures, with the whole year, like 14 3 2026." in reply.text
    assert 'value="41"' in reply.text and re.search(r'value="night"\s+checked', reply.text)


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("danger", "Say whether anyone is in danger now."),
        ("wants", "Tick at least one thing that you would like."),
        ("whose", "Choose who it happened to."),
        ("category", "Choose what it is about."),
        ("when", "Write the day, or choose “I do not know the day”."),
        ("words", "Write what happened."),
        ("live", "Tick what is still going on, or No."),
        ("contact", "Choose how we may reach you."),
    ],
)
def test_every_page_that_needs_an_answer_asks_for_it(nadia, step, said):
    nadia.walk(until=step)
    reply = nadia.answer()
    assert reply.status_code == 422 and nadia.step == step and said in reply.text


def test_words_too_long_are_kept_whole(nadia):
    nadia.walk(until="words")
    reply = nadia.answer(words="Zebedee " * 400)
    assert reply.status_code == 422 and reply.text.count("Zebedee") == 400


def test_a_page_may_be_skipped(nadia):
    nadia.walk(until="when")
    nadia.answer(go="skip", happened_day="9")
    assert nadia.step == "where" and "when" in draft(nadia.code).seen
    nadia.walk()
    assert nadia.send().status_code == 201
    assert stored(Concern.happened) == [{"happened": None}]


def test_the_countdown_is_shown_once_the_day_is_known(nadia):
    nadia.walk(until="when")
    assert "Police video" not in nadia.page
    nadia.walk(until="where")
    assert "Police video" in nadia.page


def test_an_answer_is_changed_from_the_last_page_and_one_is_back_there(nadia):
    nadia.walk()
    nadia.answer(go="words")
    assert nadia.step == "words" and "ice rink" in nadia.page
    nadia.answer(words="It was by the pond.")
    assert nadia.step == "check" and "pond" in nadia.page and "ice rink" not in nadia.page
    nadia.send()
    assert run(opened(run(by_receipt(code_on(nadia.page))))).words == "It was by the pond."


def test_a_change_that_opens_a_page_leads_there_first(nadia):
    nadia.walk()
    nadia.answer(go="wants")
    nadia.answer(wants=["patterns", "video"])
    assert nadia.step == "officer"
    nadia.answer(officer="MX 4471")
    assert nadia.step == "check" and "MX 4471" in nadia.page
    code = nadia.code
    nadia.send()
    concern = run(by_receipt(code))
    assert run(has_contact(concern)) and run(opened(concern)).officer == ""


def test_what_is_missing_at_the_end_is_asked_before_it_is_sent(nadia):
    nadia.walk(until="words")
    nadia.answer(go="save", words="")
    nadia.answer_form("/resume")
    code = nadia.code
    was = _open_check(nadia, code)
    reply = nadia.browser.post(f"{NEW}/check", {"code": code, "was": was})
    assert reply.status_code == 422 and "Write what happened." in reply.text
    assert run(by_receipt(code)) is None and drafts() == 1


def _open_check(nadia, code):
    page = nadia.browser.post(f"{NEW}/check", {"code": code, "go": "stay"}).text
    return re.search(r'name="was" value="(\w+)"', page)[1]


@pytest.mark.parametrize(
    ("wishes", "proof"), [([], ""), (["video"], ""), ([], "yes"), (["video"], "yes")]
)
def test_the_same_code_twice_gives_the_same_receipt_and_one_letter(nadia, wishes, proof):
    nadia.walk(wants={"wants": ["patterns", *wishes]})
    form = {"code": nadia.code, "was": _open_check(nadia, nadia.code), "proof": proof}
    first = nadia.browser.post(f"{NEW}/check", form)
    again = nadia.browser.post(f"{NEW}/check", form)
    assert (first.status_code, again.status_code) == (201, 200)
    assert code_on(first.text) == form["code"] and first.text == again.text
    assert ("signature" in first.text) == bool(proof)
    assert len(stored(Concern.number)) == 1 and len(letters("concern.received")) == 2


def test_after_it_was_sent_no_page_changes_it_and_what_was_typed_is_shown(nadia):
    nadia.walk()
    code = nadia.code
    nadia.send()
    reply = nadia.browser.post(f"{NEW}/words", {"code": code, "words": "And then it rained."})
    assert reply.status_code == 409
    assert "You have sent this already" in reply.text and "And then it rained." in reply.text
    assert drafts() == 0 and "rained" not in run(opened(run(by_receipt(code)))).words


def test_contact_goes_to_the_vault_and_nowhere_else(nadia):
    given = {"reach": "email", "email": "nadia.xyloquist@example.org", "name": "Xyloquist",
             "safe_times": "after six", "notify": "yes"}  # fmt: skip
    nadia.walk(contact=given, consents={"consents_3": ["contact.consultation"]})
    code = nadia.code
    nadia.send()
    concern = run(by_receipt(code))
    said = run(opened(concern))
    assert run(has_contact(concern)) and (said.email, said.name, said.safe_times) == ("", "", "")
    assert run(given_for(concern)) == {"contact.consultation"}
    assert "Xyloquist" not in nadia.page


def test_without_a_vault_no_name_is_asked(nadia):
    async def take_away():
        async with write_tx():
            await Vault.delete(force=True)

    run(take_away())
    nadia.walk(until="contact")
    assert 'name="email"' not in nadia.page and "takes no names yet" in nadia.page
    nadia.answer(needs="large print", email="nadia.xyloquist@example.org", reach="email")
    nadia.walk()
    code = nadia.code
    assert nadia.send().status_code == 201
    said = run(opened(run(by_receipt(code))))
    assert (said.reach, said.needs) == ("code", "large print")
    assert not run(has_contact(run(by_receipt(code))))


def test_equality_is_counted_once_and_never_kept(nadia):
    nadia.walk(until="equality")
    code, before = nadia.code, nadia.reply
    was = re.search(r'name="was" value="(\w+)"', before.text)
    form = {"code": code, "was": was[1], "age": "18_24", "sex": "woman"}
    first = nadia.browser.post(f"{NEW}/equality", form)
    again = nadia.browser.post(f"{NEW}/equality", form)  # the browser sends it again
    assert first.status_code == again.status_code == 200
    kept = draft(code)
    assert "equality" in kept.seen and "18_24" not in repr(kept) and "woman" not in repr(kept)
    counted = run(EqualityCount.select().where(EqualityCount.people > 0).run())
    assert sorted((row["question"], row["people"]) for row in counted) == [("age", 1), ("sex", 1)]


def test_equality_is_skipped_in_one_tap(nadia):
    nadia.walk(until="equality")
    nadia.answer(go="skip", age="18_24")
    assert nadia.step == "contact"
    assert run(EqualityCount.count().where(EqualityCount.people > 0).run()) == 0


def test_a_proof_is_given_to_who_asked_for_one(nadia):
    nadia.walk()
    reply = nadia.send(proof="yes")
    assert reply.status_code == 201 and "&#34;signature&#34;" in reply.text
    assert code_of(code_on(reply.text))


@pytest.mark.parametrize("path", ["words", "check", "nothing", "begin"])
def test_no_page_further_in_has_an_address(browse, path):
    reply = browse().get(f"{NEW}/{path}")
    assert (reply.status_code, reply.headers["location"]) == (303, NEW)


def test_there_is_no_page_of_another_name(browse):
    assert browse().post(f"{NEW}/confession").status_code == 404
    assert browse().get("/nowhere/concerns/new").status_code == 404


def test_what_is_told_before_it_is_sent(nadia):
    """The menu is left out; a passed page says so; a number in the text draws a hint."""
    nadia.walk(until="harm")
    nadia.answer(go="skip")
    nadia.walk(until="files", words={"words": "They rang 07700 900461 at night."})
    assert "Go on without a file" in nadia.page and "Go on without another" not in nadia.page
    assert "Meetings and minutes" not in nadia.page
    assert nadia.page.index("Read by: the secretariat") < nadia.page.index("Save and come back")
    nadia.walk()
    assert "None of these" in nadia.page
    assert "seems to hold a phone number or an e-mail address" in nadia.page
    assert "your name goes to nobody" not in nadia.page


def test_who_wants_to_complain_is_told_of_their_name(nadia):
    reached = {"reach": "email", "email": "nadia@example.org", "name": "N"}
    nadia.walk(until="contact", wants={"wants": ["complaint"]})
    assert "the address for news by e-mail" in nadia.page
    nadia.walk(until="consents", contact=reached)
    assert "Then tick who may get your name." in nadia.page
    nadia.walk()
    assert "your name goes to nobody" in nadia.page
