"""What each page says where somebody stumbled: files and consents, months, languages, helpers."""

import pytest
from conftest import run

from concerns.journey.steps import NEW, Resident
from concerns.steps import concern_of, letters, raised, stored
from concerns.thread.steps import BACK
from concerns.triage.steps import move
from scrutiny.concerns.tables import Concern
from scrutiny.concerns.thread.notices import tell_resident
from scrutiny.kit.clock import today
from scrutiny.kit.db import write_tx


@pytest.mark.parametrize(
    ("door", "asked"), [("", True), ("community", True), ("compliment", False)]
)
def test_whoever_can_send_files_is_asked_who_may_see_them(browse, door, asked):
    nadia = Resident(browse())
    nadia.begin(door)
    nadia.walk(until="consents")
    assert ("files" in nadia.met) is asked
    assert ("Show panel members the files I sent" in nadia.page) is asked
    assert ("Tell the force the day" in nadia.page) is (door == "")


def test_a_month_stays_a_month_on_every_page(browse):
    nadia = Resident(browse())
    nadia.begin()
    month = {"happened_day": "", "happened_month": "2", "happened_year": "2026"}
    nadia.walk(when=month)
    assert "February 2026" in nadia.page and "1 February 2026" not in nadia.page
    nadia.answer(go="when")
    assert 'name="happened_day" type="text" inputmode="numeric" value=""' in nadia.page
    assert 'value="yes" checked' not in nadia.page
    nadia.answer(happened_day="9")
    assert "9 February 2026" in nadia.page and "I am not sure of the day" not in nadia.page


def test_asides_of_a_question_are_not_said_again_with_its_answer(browse):
    nadia = Resident(browse())
    nadia.begin()
    told = {"reach": "email", "email": "n@example.org", "notify": "yes", "phone": "07700 900461",
            "name": "N", "safe_times": "Evenings", "needs": "Large print"}  # fmt: skip
    nadia.walk(contact=told, where={"place": "Brixton", "force": "Met"})
    answers = nadia.page.partition('id="answers"')[2].partition("</dl>")[0]
    for aside in ("(optional)", "(only if", "It says only"):
        assert aside not in answers
    for name in ("Part of town", "Which police?", "E-mail", "What may we call you?"):
        assert f">{name}</p>" in answers


def test_what_is_written_on_welsh_pages_comes_back_in_welsh(browse, cast):
    nadia = Resident(browse(), home=NEW)
    reply = nadia.browser.get(f"{NEW}?lang=cy")
    assert '<html lang="cy"' in reply.text
    nadia.reply = reply
    code = nadia.code
    nadia.browser.post(f"{NEW}/words?lang=cy", {"code": code, "words": "Stopiwyd fi."})
    Concern.update({Concern.language: "en"}, force=True).run_sync()
    receipt = raised(cast.lambeth, notify="yes")
    Concern.update({Concern.language: "cy"}, force=True).run_sync()
    thread = browse().post(BACK, {"code": receipt.code}).text
    assert '<html lang="cy"' in thread and "/concerns/return/more?lang=cy" in thread
    english = browse().post(f"{BACK}?lang=en", {"code": receipt.code}).text
    assert '<html lang="en-GB"' in english
    assert "Written on the Welsh pages" in browse("grace").get("/lambeth/concerns/1").text

    async def news():
        async with write_tx():
            await tell_resident(concern_of_it, today())

    concern_of_it = concern_of(receipt)
    run(news())
    assert "/concerns/return?lang=cy" in letters("notice")[0].words.text


def test_the_language_of_the_pages_is_kept_and_the_address_on_the_receipt_has_it(browse):
    nadia = Resident(browse())
    code = nadia.code
    for step, told in (("danger", {"danger": "no"}), ("wants", {"wants": "patterns"}),
                       ("whose", {"whose": "me"}), ("category", {"category": "other"}),
                       ("words", {"words": "Stopiwyd fi."}), ("live", {"live": "no"}),
                       ("contact", {"reach": "code"})):  # fmt: skip
        nadia.browser.post(f"{NEW}/{step}?lang=cy", {"code": code, **told})
    checked = nadia.browser.post(f"{NEW}/consents?lang=cy", {"code": code, "then": "check"})
    was = checked.text.partition('name="was" value="')[2].partition('"')[0]
    receipt = nadia.browser.post(f"{NEW}/check?lang=cy", {"code": code, "was": was})
    assert receipt.status_code == 201, checked.text
    assert "/concerns/return?lang=cy" in receipt.text.partition("<main")[2].partition("<form")[0]
    assert stored(Concern.language) == [{"language": "cy"}]


def test_the_secretariat_is_told_what_to_do_and_keeps_no_code(browse):
    grace = Resident(browse("grace"), home=f"{NEW}/for-a-resident")
    for words in ("Write what they say, in their words.", "Tell them this first", "keep no copy"):
        assert words in grace.page
    for resident in ("You need not say who you are", "Does somebody see this device?"):
        assert resident not in grace.page
    grace.begin()
    grace.walk()
    receipt = grace.send().text
    assert "Give this code to the resident now, and keep no copy." in receipt
    assert "Write down this code now." not in receipt


def test_why_it_is_erased_on_that_day(browse, cast):
    receipt = raised(cast.lambeth, reach="code", name="", email="", phone="")
    page = browse().post(BACK, {"code": receipt.code}).text
    assert "We cannot reach you, so we keep it for 12 months after you last wrote." in page
    move(cast, "in_triage")
    Concern.update(
        {Concern.stage: "not_taken_forward", Concern.ended: today()}, force=True
    ).run_sync()
    page = browse().post(BACK, {"code": receipt.code}).text
    assert "The panel did not take it up, so we keep it for 6 months." in page
    reachable = raised(cast.lambeth)
    page = browse().post(BACK, {"code": reachable.code}).text
    assert "so we keep it for" not in page


def test_what_was_written_is_shown_whole_and_hidden_again(browse, cast):
    told = {"details": {"reason": "no"}, "band": "evening"}
    receipt = raised(cast.lambeth, **told)
    back = browse()
    page = back.post(BACK, {"code": receipt.code, "show": "words"}).text
    for words in ("9 January 2026", "In the evening, 6pm to midnight", "Was a reason given?",
                  "Zebedee was searched", "Quillfeather Market", "Hide what I wrote"):  # fmt: skip
        assert words in page
    again = back.post(BACK, {"code": receipt.code}).text
    assert "Zebedee" not in again and "Show what I wrote" in again


def test_a_copy_names_each_thing_that_is_sealed_and_shows_none(browse, cast):
    receipt = raised(cast.lambeth, phone="", safe_times="Evenings")
    page = browse().post(f"{BACK}/copy", {"code": receipt.code}).text
    for kind in ("what we may call you", "your e-mail address", "when it is safe to reach you"):
        assert f"<li>{kind}</li>" in page
    assert "your telephone number" not in page and "xyloquist" not in page.casefold()
    data = browse().post(f"{BACK}/copy", {"code": receipt.code, "kind": "data"}).json()
    assert data["sealed"] == ["name", "email", "safe_times"]


def test_safety_leads_back_and_out(browse):
    page = browse().get("/about/safety").text
    assert "govuk-back-link" in page and "Leave this site quickly" in page


def test_what_is_printed_first_is_the_code_and_what_happens_next_and_the_proof_stays_whole(browse):
    nadia = Resident(browse())
    nadia.begin()
    nadia.walk()
    page = nadia.send(proof="yes").text
    order = ["receipt__code", "receipt__picture", "To say it aloud", "What happens next"]
    order += ["The reference alone opens nothing", '<div class="figure"', '<pre class="proof"']
    places = [page.index(part) for part in order]
    assert places == sorted(places)
