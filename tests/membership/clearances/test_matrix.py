"""The matrix of members and kinds, what runs out soon, and what is told before it does."""

from datetime import timedelta

import pytest
from conftest import run

from membership.steps import ask_for, asked_of_database, fill, give, got, latest, letters, put
from scrutiny.kit.clock import today
from scrutiny.membership.clearances.queries import cleared, running_out
from scrutiny.membership.clearances.rounds import warn
from scrutiny.membership.clearances.tables import Clearance
from scrutiny.people.constitution import Clearing, Deed

ALL = "/lambeth/clearances"
DAY = timedelta(days=1)
RULES = {Deed.VIEWING: (Clearing.VETTING, Clearing.TRAINING)}


@pytest.fixture
def asks(cast):
    ask_for(cast.lambeth, clearances=RULES, before_active=(Clearing.CODE,))


def table(page) -> str:
    return page.text.split("<table")[1].split("</table>")[0]


def test_everybody_who_sits_and_every_kind_that_is_asked_for_in_words(browse, cast, asks):
    give(cast, "bilal", "vetting", level="NPPV2F", expires=today() + 200 * DAY)
    give(cast, "bilal", "training", expires=today() - DAY)
    give(cast, "chidi", "vetting", outcome="refused", granted=None)
    found = table(browse("amara").get(ALL))
    for words in (
        "Bilal Hussain",
        "NPPV2F",
        "Cleared",
        "Lapsed",
        "until ",
        "Refused",
        "Not signed",
    ):
        assert words in found
    assert found.count('<th scope="col"') == 4
    assert "Claire Walsh" not in found and "Dev Patel" not in found
    for name in ("Amara", "Chidi", "Grace", "Hana", "Sol"):
        assert name in found


def test_what_lapsed_or_runs_out_within_ninety_days(browse, cast, asks):
    give(cast, "bilal", "vetting", expires=today() + 90 * DAY)
    give(cast, "chidi", "vetting", expires=today() + 91 * DAY)
    give(cast, "amara", "training", expires=today() - 400 * DAY)
    found = table(browse("grace").get(f"{ALL}?show=soon"))
    assert "Bilal Hussain" in found and "Amara Okafor" in found
    assert "Chidi Eze" not in found and "Grace Mensah" not in found
    assert [row["name"] for row in run(running_out(cast.lambeth, today()))] == ["Bilal Hussain"]


def test_nothing_that_runs_out_is_said_in_words(browse, cast):
    assert "Nothing runs out within 90 days" in browse("grace").get(f"{ALL}?show=soon").text


def test_only_who_runs_the_panel_reads_it(browse, cast):
    one = f"{ALL}/{cast.seats['bilal'].id}"
    for name, code in (("bilal", 403), ("claire", 403), ("hana", 403), ("dev", 404)):
        assert browse(name).get(ALL).status_code == code
        assert browse(name).get(one).status_code == code
    assert browse().get(ALL).status_code == 303
    assert browse("amara").get(f"{ALL}/{cast.seats['dev'].id}").status_code == 404


def test_a_long_list_is_shown_by_pages_with_as_many_questions(browse, cast, asks):
    amara = browse("amara")
    amara.get(ALL)
    with asked_of_database() as few:
        amara.get(ALL)
    fill(cast.lambeth, 120)
    with asked_of_database() as many:
        first = amara.get(ALL)
    assert len(many) == len(few)
    assert table(first).count('scope="row"') == 50
    following = first.text.split('rel="next" href="')[1].split('"')[0]
    assert table(amara.get(ALL + following)).count('scope="row"') == 50
    assert amara.get(f"{ALL}?after=nonsense").status_code == 200


def test_vetting_that_lapsed_this_morning_opens_nothing_more(cast, asks):
    """domain.md 13.6 C, and the Deed is read by every page about items."""
    give(cast, "bilal", "training")
    give(cast, "bilal", "vetting", expires=today())
    bilal = cast.people["bilal"].id
    assert Deed.VIEWING in run(cleared(cast.lambeth, bilal))
    tomorrow = run(cleared(cast.lambeth, bilal, today() + DAY))
    assert tomorrow == {Deed.CLOSED_PART, Deed.CASE_PAPERS}  # for which nothing is asked
    assert Deed.VIEWING not in run(cleared(cast.lambeth, cast.people["chidi"].id))


def test_it_is_told_at_ninety_thirty_and_no_days_once_each(cast):
    ends = today() + 60 * DAY
    give(cast, "bilal", "vetting", expires=ends)
    told = [run(warn(ends - left * DAY)) for left in (91, 90, 90, 45, 30, 30, 0, 0, -1)]
    assert told == [0, 1, 0, 0, 1, 0, 1, 0, 0]
    each = [("bilal@panel.test", "clearance.runs_out"), ("grace@panel.test", "clearance.runs_out")]
    assert sorted(letters()) == sorted(each * 3)
    assert "etting" not in latest("bilal@panel.test") and f"{ends:%d %B %Y}" in latest("bilal")


def test_one_that_was_renewed_is_told_again_for_its_new_day(cast):
    give(cast, "bilal", "vetting", expires=today())
    assert run(warn(today())) == 1
    put(got(Clearance.objects())[0], expires=today() + 30 * DAY)
    assert run(warn(today())) == 1


def test_who_left_and_what_never_ends_is_not_told(cast):
    give(cast, "bilal", "vetting", expires=today())
    give(cast, "chidi", "vetting")
    put(cast.seats["bilal"], until=today() - DAY)
    assert run(warn(today())) == 0
