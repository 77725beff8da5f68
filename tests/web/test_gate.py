"""The one door: who gets in, who is sent to sign in, and who is told nothing."""

from datetime import timedelta

from conftest import run

from scrutiny.kit.clock import now, today
from scrutiny.people.tables import Seat, Session


def test_somebody_signed_out_is_sent_to_sign_in_and_brought_back(browse):
    reply = browse().get("/desk")
    assert reply.status_code == 303
    assert reply.headers["location"] == "/sign-in?next=/desk"


def test_a_panel_that_is_not_there_is_not_found(browse):
    assert browse("amara").get("/atlantis").status_code == 404


def test_a_stranger_is_not_told_what_exists(browse):
    assert browse("dev").get("/lambeth/cases").status_code == 404
    assert browse("amara").get("/lambeth/cases").status_code == 200


def test_the_police_see_that_cases_are_not_theirs(browse):
    assert browse("claire").get("/lambeth/cases").status_code == 403


def test_a_seat_that_ended_yesterday_opens_nothing(browse, cast):
    bilal = browse("bilal")
    assert bilal.get("/lambeth/cases").status_code == 200
    ended = {Seat.until: today() - timedelta(days=1)}
    Seat.update(ended).where(Seat.id == cast.seats["bilal"].id).run_sync()
    assert bilal.get("/lambeth/cases").status_code == 404


def test_a_seat_that_begins_tomorrow_opens_nothing_yet(browse, cast):
    begins = {Seat.since: today() + timedelta(days=1)}
    Seat.update(begins).where(Seat.id == cast.seats["bilal"].id).run_sync()
    assert browse("bilal").get("/lambeth/cases").status_code == 404


def test_half_an_hour_without_a_page_ends_a_session(browse):
    amara = browse("amara")
    run(_seen_ago(timedelta(minutes=31)))
    assert amara.get("/desk").status_code == 303


async def _seen_ago(ago: timedelta) -> None:
    await Session.update({Session.seen: now() - ago}, force=True)


async def _begun_ago(ago: timedelta) -> None:
    await Session.update({Session.begun: now() - ago}, force=True)


def test_twelve_hours_end_a_session_however_busy(browse):
    amara = browse("amara")
    run(_begun_ago(timedelta(hours=12, minutes=1)))
    assert amara.get("/desk").status_code == 303


def test_a_session_without_its_second_factor_opens_no_desk(browse):
    amara = browse("amara")

    async def half():
        await Session.update({Session.full: False}, force=True)

    run(half())
    assert amara.get("/desk").status_code == 303
    assert amara.get("/lambeth/cases").status_code == 303


def test_a_key_that_nobody_was_given_signs_nobody_in(browse, cast):
    amara = browse("amara")
    amara.key = "chosen-by-somebody-else"
    assert amara.get("/desk").status_code == 303
    assert Session.count().run_sync() == 1


def test_no_cookie_is_set_for_a_visitor(browse):
    for path in ("/", "/lambeth", "/about", "/sign-in"):
        assert "set-cookie" not in browse().get(path).headers
