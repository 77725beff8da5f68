"""The pages as data: who is asked what, in which order, and what is taken of it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from concerns.journey.steps import ALL, PLAIN, every_ask, names
from scrutiny.concerns.answers import Answers
from scrutiny.concerns.consents import CELLS, NEEDS_CONTACT
from scrutiny.concerns.journey import order, reading, sending
from scrutiny.concerns.journey.asks import complaint_left
from scrutiny.concerns.journey.codes import SPOKEN, code_of, spoken
from scrutiny.concerns.journey.follow_ups import FOLLOW_UPS
from scrutiny.concerns.journey.pages import Setting
from scrutiny.concerns.journey.questions import CHECK, NAMED, PAGES
from scrutiny.concerns.vocabulary import CATEGORIES, WANTS
from scrutiny.kit.tokens import ALPHABET, receipt_code

TODAY = date(2026, 3, 20)
# -- who is asked what ----------------------------------------------------------------------------


def test_an_officer_is_asked_for_only_where_the_force_is_to_act():
    for want in WANTS:
        shown = "officer" in names(Answers(wants=[want], whose="me"))
        assert shown == (want in ("complaint", "video")), want
    assert "officer" not in names(Answers(wants=["complaint"]), Setting(vault=False))


def test_on_behalf_of_somebody_is_asked_only_then():
    assert "behalf" in names(Answers(whose="child"))
    assert "behalf" in names(Answers(whose="agreed"))
    assert "behalf" not in names(Answers(whose="me"))


def test_a_community_concern_has_no_day_and_no_follow_ups():
    found = names(Answers(whose="community", category="protest"))
    assert not {"when", "details", "paperwork"} & set(found)
    assert {"where", "words", "consents"} <= set(found)


def test_a_compliment_is_short():
    found = names(Answers(wants=["praise"], whose="me", category="custody"))
    assert not {"danger", "harm", "details", "paperwork", "live", "officer", "files"} & set(found)


def test_every_category_has_two_to_four_follow_ups_of_its_own():
    assert set(FOLLOW_UPS) == set(CATEGORIES)
    for asks in FOLLOW_UPS.values():
        assert 2 <= len(asks) <= 4 and len({ask.name for ask in asks}) == len(asks)
        assert not any(ask.need for ask in asks)


STOPS = {
    "call-999": {"danger": "yes"},
    "death": {"harm": ["death"]},
    "child": {"harm": ["child"]},
    "sexual": {"harm": ["sexual"]},
    "complaint": {"wants": ["complaint"]},
    "not-responding": {"category": "not_responding"},
    "going-on": {"live": ["unsaid", "inquest"]},
}


@pytest.mark.parametrize(("stop", "answers"), STOPS.items())
def test_what_must_be_said_is_said_and_only_then(stop, answers):
    assert stop in names(Answers(**answers)) and NAMED[stop].stop
    assert stop not in names(Answers(danger="no", wants=["patterns"], live=["no"]))


def test_without_a_vault_only_needs_are_asked():
    asks = NAMED["contact"].asks(Answers(), Setting(vault=False))
    assert [ask.name for ask in asks] == ["needs"]


def test_cells_about_oneself_only_where_one_can_be_reached():
    def cells(answers):
        return {c for ask in NAMED["consents"].asks(answers, PLAIN) for c in ask.options}

    assert cells(Answers(reach="email", email="a@b.example")) == set(CELLS)
    assert cells(Answers(reach="code")) == set(CELLS) - NEEDS_CONTACT


# -- the order ------------------------------------------------------------------------------------


@pytest.mark.parametrize("answers", ALL[::7])
def test_going_on_meets_every_page_once_and_ends(answers):
    page, met = order.first(answers, PLAIN), []
    while page is not CHECK:
        met.append(page.name)
        page = order.following(page, answers, PLAIN)
    assert met == names(answers)


def test_back_leads_to_the_question_before_and_over_what_only_says_something():
    answers = Answers(danger="yes")
    assert order.preceding(NAMED["harm"], answers, PLAIN).name == "danger"
    assert order.preceding(NAMED["danger"], answers, PLAIN) is None
    assert order.preceding(CHECK, answers, PLAIN).name == "consents"


def test_a_door_answers_its_own_question():
    for door, known in (("compliment", "wants"), ("community", "whose")):
        answers, met = order.begun(door), []
        page = order.first(answers, PLAIN)
        while page is not CHECK:
            met.append(page.name)
            page = order.following(page, answers, PLAIN)
        assert known not in met and known in names(answers)
        assert order.unanswered(answers, PLAIN).name == met[0]


def test_a_change_from_the_last_page_opens_only_what_is_new():
    seen = [page.name for page in PAGES if page.name != "officer"]
    answers = Answers(wants=["video"], whose="me", category="other", seen=seen)
    assert order.following(NAMED["wants"], answers, PLAIN, new=True).name == "officer"
    assert order.following(NAMED["officer"], answers, PLAIN, new=True) is CHECK


# -- what is taken --------------------------------------------------------------------------------

WHEN = NAMED["when"].asks(Answers(), PLAIN)


def boxes(day, month, year):
    given = {"happened_day": [day], "happened_month": [month], "happened_year": [year]}
    return {name: value for name, value in given.items() if value[0]}


@pytest.mark.parametrize(
    ("given", "happened", "about"),
    [
        (boxes("14", "3", "2026"), "2026-03-14", ""),
        (boxes(" 14 ", "03", "2026"), "2026-03-14", ""),
        (boxes("", "2", "2026"), "2026-02", ""),
        ({**boxes("1", "2", "2026"), "about": ["yes"]}, "2026-02-01", "yes"),
    ],
)
def test_a_day_is_taken_as_it_is_known(given, happened, about):
    assert reading.problems(WHEN, given, TODAY) == {}
    taken = reading.taken(WHEN, Answers(), given, TODAY)
    assert (taken.happened, taken.about) == (happened, about)


def test_a_month_alone_comes_back_as_it_was_typed_and_is_a_guess_until_a_day_is_given():
    month = reading.taken(WHEN, Answers(), boxes("", "2", "2026"), TODAY)
    assert month.day() == date(2026, 2, 1) and month.is_guess()  # early: the clock runs sooner
    again = reading.shown(WHEN, month)
    assert again == {"happened_month": ["2"], "happened_year": ["2026"]}
    same = reading.taken(WHEN, month, again, TODAY)
    assert same == month
    known = reading.taken(WHEN, month, again | {"happened_day": ["9"]}, TODAY)
    assert (known.happened, known.is_guess()) == ("2026-02-09", False)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Write the day, or choose “I do not know the day”."),
        (
            boxes("41", "13", "2025"),
            "Write a real day in figures, with the whole year, like 14 3 2026.",
        ),
        (
            boxes("31", "2", "2026"),
            "Write a real day in figures, with the whole year, like 14 3 2026.",
        ),
        (
            boxes("²", "1", "2026"),
            "Write a real day in figures, with the whole year, like 14 3 2026.",
        ),
        (boxes("14", "", ""), "Write a real day in figures, with the whole year, like 14 3 2026."),
        (boxes("21", "3", "2026"), "This day is in the future. Check the month and the year."),
    ],
)
def test_a_day_that_cannot_be_is_asked_for_again(given, said):
    assert reading.problems(WHEN, given, TODAY) == {"happened": said}
    before = Answers(happened="2026-01-01")
    assert reading.taken(WHEN, before, given, TODAY).happened == ("2026-01-01" if given else "")


def test_what_is_no_option_is_no_answer():
    asks = NAMED["wants"].asks(Answers(), PLAIN)
    given = {"wants": ["patterns", "everything"]}
    assert reading.taken(asks, Answers(), given, TODAY).wants == ["patterns"]
    assert reading.problems(asks, {"wants": ["everything"]}, TODAY).keys() == {"wants"}


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({}, {"reach"}),
        ({"reach": ["code"]}, set()),
        ({"reach": ["email"]}, {"email"}),
        ({"reach": ["email"], "email": ["nadia@example.org"]}, set()),
        ({"reach": ["code"], "email": ["nadia"]}, {"email"}),
        ({"reach": ["phone"], "phone": ["07700 900461"]}, set()),
        ({"reach": ["phone"], "phone": ["soon"]}, {"phone"}),
        ({"reach": ["phone"], "phone": ["07700 900461"], "notify": ["yes"]}, {"email"}),
    ],
)
def test_how_to_reach_somebody_is_checked(given, wrong):
    asks = NAMED["contact"].asks(Answers(), PLAIN)
    assert reading.problems(asks, given, TODAY).keys() == wrong


def test_words_that_are_too_long_are_kept_but_not_sent():
    asks, long = NAMED["words"].asks(Answers(), PLAIN), "a" * 3001
    taken = reading.taken(asks, Answers(), {"words": [long]}, TODAY)
    assert taken.words == long
    assert "1 characters too long" in reading.problems(asks, {"words": [long]}, TODAY)["words"]
    full = replace(taken, danger="no", wants=["patterns"], whose="me", category="other")
    page, wrong = sending.missing(full, PLAIN, TODAY)
    assert page.name == "when" or wrong.keys() == {"words"}


@given(st.dictionaries(
    st.sampled_from([n for ask in every_ask() for n in reading.fields(ask)]),
    st.lists(st.text(max_size=30), min_size=1, max_size=2),
))  # fmt: skip
def test_nothing_typed_can_break_a_page(sent):
    answers = Answers()
    for page in PAGES:
        if page.name == "equality":
            continue  # counted and never taken
        asks = page.asks(answers, PLAIN)
        given = reading.typed(asks, sent)
        reading.problems(asks, given, TODAY)
        answers = reading.taken(asks, answers, given, TODAY)
    assert answers.day() is None or answers.day() <= TODAY
    sending.rows(answers, PLAIN)


# -- what is sent ---------------------------------------------------------------------------------


def test_what_does_not_concern_them_is_not_sent():
    answers = Answers(
        wants=["praise"], whose="me", danger="yes", harm=["death"], officer="MX 123",
        live=["court"], category="custody", details={"rights": "no", "camera": "yes"},
        reach="code", email="a@b.example", name="Nadia", behalf="parent",
        consents=["summary.panel", "identity.force", "video.force"],
    )  # fmt: skip
    sent = sending.only_asked(answers, PLAIN)
    assert sent.flags() == set() and sent.contact() == {} and sent.behalf == ""
    assert sent.details == {} and sent.consents == ["summary.panel"]


def test_follow_ups_of_another_category_are_not_sent():
    answers = Answers(category="custody", details={"rights": "no", "camera": "yes"}, whose="me")
    assert sending.only_asked(answers, PLAIN).details == {"rights": "no"}


def test_what_was_skipped_is_not_missing():
    full = Answers(danger="no", wants=["patterns"], whose="me", category="other", words="It was.",
                   live=["no"], reach="code")  # fmt: skip
    assert sending.missing(full, PLAIN, TODAY) is None
    page, wrong = sending.missing(replace(full, words=""), PLAIN, TODAY)
    assert (page.name, wrong) == ("words", {"words": "Write what happened."})


# -- the video clock, and the code ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("gone", "said"),
    [
        (0, "The police keep their video for about 31 more days."),
        (30, "The police keep their video for about 1 more day."),
        (31, "The police may erase their video today."),
        (32, "The police have most likely erased their video by now."),
    ],
)
def test_the_countdown_says_how_long(gone, said):
    clock = sending.countdown(TODAY - timedelta(days=gone), 31, TODAY)
    assert clock.words == said
    assert clock.until - clock.act_by == timedelta(days=3)


def test_no_day_no_countdown():
    assert sending.countdown(None, 31, TODAY) is None


def test_every_letter_of_a_code_can_be_said():
    assert set(SPOKEN) == set(ALPHABET) and len(set(SPOKEN.values())) == len(ALPHABET)
    assert [len(group) for group in spoken(receipt_code())] == [6, 6, 6, 6]


def test_a_code_is_understood_however_it_was_typed():
    code = receipt_code()
    assert code_of(code.lower().replace("-", " ")) == code
    assert code_of("K7Q-4MD-29X") is None


@pytest.mark.parametrize(
    ("day", "month", "year", "found"),
    [
        ("14", "Nov", "26", "2026-11-14"),
        ("", "march", "2026", "2026-03"),
        ("2", "Sept.", "98", "1998-09-02"),
        ("3", "Tachwedd", "2025", "2025-11-03"),
        ("3", "mai", "2025", "2025-05-03"),
    ],
)
def test_months_have_names_and_years_two_figures(day, month, year, found):
    boxes = {"happened_day": [day], "happened_month": [month], "happened_year": [year]}
    asked = NAMED["when"].asks(Answers(), PLAIN)
    assert reading.problems(asked, boxes, date(2026, 11, 22)) == {}
    assert reading.taken(asked, Answers(), boxes, date(2026, 11, 22)).happened == found


@pytest.mark.parametrize("month", ["ma", "Novembers", "13", "0"])
def test_what_is_no_month_is_asked_again(month):
    boxes = {"happened_day": ["1"], "happened_month": [month], "happened_year": ["2026"]}
    assert "happened" in reading.problems(
        NAMED["when"].asks(Answers(), PLAIN), boxes, date(2026, 11, 22)
    )


def test_no_goes_with_nothing_else_that_is_still_going_on():
    asked = NAMED["live"].asks(Answers(), PLAIN)
    both = reading.problems(asked, {"live": ["no", "court"]}, date(2026, 11, 22))
    assert "You ticked No and something else too." in both["live"]
    assert reading.problems(asked, {"live": ["court", "unsaid"]}, date(2026, 11, 22)) == {}


@pytest.mark.parametrize(
    ("words", "tells"),
    [
        ("Write to nadia.x@example.org please", True),
        ("Call me on 07700 900461.", True),
        ("It was +44 20 7946 0018, I think", True),
        ("On 14 03 2026 at 18 30 they came, unit 4471", False),
        ("@home with 2 officers", False),
    ],
)
def test_what_could_reach_somebody_is_noticed_in_their_text(words, tells):
    assert sending.tells_how_to_reach(Answers(words=words)) is tells


def test_a_page_that_was_passed_with_an_answer_says_so():
    passed = {row.page: row.passed for row in sending.rows(Answers(seen=["harm", "where"]), PLAIN)}
    assert (passed["harm"], passed["where"]) == ("None of these", "")
    assert {row.page: row.passed for row in sending.rows(Answers(), PLAIN)}["harm"] == ""


def test_who_wants_to_complain_is_asked_for_the_tick_of_their_name():
    wish = Answers(wants=["complaint"], reach="email")
    assert complaint_left(wish, PLAIN)
    assert not complaint_left(replace(wish, consents=["identity.iopc"]), PLAIN)
    assert not complaint_left(replace(wish, reach="code"), PLAIN)
    assert not complaint_left(replace(wish, wants=["patterns"]), PLAIN)
