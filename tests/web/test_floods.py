"""A flood asks browsers for work; nothing is refused for want of it, and nobody is counted."""

import json
import re
from base64 import b64encode
from html import unescape

import altcha
import pytest
from concerns.journey.steps import Resident
from conftest import run
from hypothesis import given
from hypothesis import strategies as st

from scrutiny.concerns.tables import Concern
from scrutiny.kit import room
from scrutiny.kit.budgets import Alarm, Bucket, Pressure
from scrutiny.kit.errors import Busy
from scrutiny.web import floods
from scrutiny.web.tables import SpentProof


class Clock:
    def __init__(self):
        self.at = 1_000.0

    def __call__(self):
        return self.at


@pytest.fixture
def clock():
    hand = Clock()
    floods.start_afresh(hand)
    yield hand
    floods.start_afresh()


@pytest.fixture
def flood(clock, tables):
    """So many at once that the proof of work has switched itself on."""
    send(floods.NORMAL[floods.SEND] * floods.BURST + 1)
    return clock


def send(times):
    return [run(floods.verdict("")).screened for _ in range(int(times))]


def worked(challenge):
    """What a browser sends back."""
    asked = altcha.Challenge.from_dict(json.loads(challenge))
    return altcha.Payload(asked, altcha.solve_challenge(asked)).to_base64()


# -- budgets ---------------------------------------------------------------------------------------


def test_a_bucket_gives_so_many_at_once_and_again_with_time():
    bucket = Bucket(rate=2, most=3)
    assert [bucket.take(10.0) for _ in range(4)] == [True, True, True, False]
    assert [bucket.take(11.0) for _ in range(3)] == [True, True, False]


@given(st.floats(0.1, 50), st.integers(1, 50), st.lists(st.floats(0, 5), min_size=1, max_size=200))
def test_no_order_of_times_gets_more_than_the_budget(rate, most, pauses):
    bucket, moment, taken = Bucket(rate, most), 50.0, 0
    for pause in pauses:
        moment += pause
        taken += bucket.take(moment)
    assert taken <= most + rate * (moment - 50.0) + 1e-6


def test_a_clock_that_goes_back_gives_nothing():
    bucket = Bucket(rate=5, most=1)
    assert bucket.take(100.0)
    assert not bucket.take(10.0)


def test_pressure_halves_and_an_alarm_waits_for_quiet():
    pressure, alarm = Pressure(half=60), Alarm(quiet=300)
    for _ in range(8):
        pressure.rise(0.0)
    assert (pressure.now(60.0), pressure.now(180.0)) == (4.0, 1.0)
    assert not alarm.is_on(0.0)
    alarm.ring(0.0)
    assert (alarm.is_on(299.0), alarm.is_on(300.0)) == (True, False)
    alarm.ring(299.0)
    assert alarm.is_on(500.0)


# -- the switch ------------------------------------------------------------------------------------


def test_on_a_usual_day_nothing_is_asked(clock, tables):
    assert send(50) == [True] * 50
    assert floods.challenge() == ""
    assert not floods.switched_on()


def test_a_flood_switches_it_on_and_five_quiet_minutes_off(flood):
    assert floods.switched_on()
    flood.at += 299
    assert floods.switched_on()
    flood.at += 2
    assert not floods.switched_on()
    assert send(1) == [True]


def test_what_comes_without_work_is_taken_and_waits(flood):
    assert send(500) == [False] * 500


def test_work_is_dearer_the_heavier_the_flood(flood):
    watch = floods.start_afresh(flood)
    before = watch.tries()
    send(floods.NORMAL[floods.SEND] * floods.BURST + 4 * floods.STEEP)
    assert before == floods.TRIES
    assert watch.tries() == pytest.approx(5 * floods.TRIES, rel=0.02)
    send(100 * floods.STEEP)
    assert watch.tries() == floods.DEAREST * floods.TRIES
    flood.at += 3600
    assert watch.tries() == floods.TRIES


# -- the proof -------------------------------------------------------------------------------------


def test_work_goes_straight_on_and_counts_once(flood):
    proof = worked(floods.challenge())
    assert run(floods.verdict(proof)).screened
    assert not run(floods.verdict(proof)).screened
    kept = run(SpentProof.select().run())
    assert len(kept) == 1
    assert set(kept[0]) == {"id", "mark", "day"}


def test_every_challenge_is_signed_and_expires(flood):
    asked = json.loads(floods.challenge())
    assert asked["signature"]
    assert asked["parameters"]["expiresAt"]
    assert floods.challenge() != floods.challenge()


def forged(change):
    sent = altcha.Payload.from_base64(worked(floods.challenge())).to_dict()
    change(sent)
    return b64encode(json.dumps(sent).encode()).decode()


@pytest.mark.parametrize(
    "change",
    [
        lambda sent: sent["solution"].update(counter=sent["solution"]["counter"] + 1),
        lambda sent: sent["solution"].update(derivedKey="00" * 32),
        lambda sent: sent["challenge"]["parameters"].update(cost=1),
        lambda sent: sent["challenge"]["parameters"].update(keyPrefix=""),
        lambda sent: sent["challenge"]["parameters"].update(nonce="00" * 16),
        lambda sent: sent["challenge"]["parameters"].update(expiresAt=99999999999),
        lambda sent: sent["challenge"]["parameters"].pop("expiresAt"),
        lambda sent: sent["challenge"].pop("signature"),
    ],
)
def test_changed_work_is_no_work(flood, change):
    """verify_solution() gives an object that is always true: only .verified counts (P34)."""
    assert not run(floods.verdict(forged(change))).screened
    assert run(SpentProof.select().run()) == []


def test_work_that_never_expires_or_has_expired_is_no_work(flood):
    for expires in (None, 1):
        made = altcha.create_challenge(
            "PBKDF2/SHA-256", 10, counter=3, expires_at=expires, hmac_secret=floods._key()
        )
        assert not run(floods.verdict(worked(json.dumps(made.to_dict())))).screened


@given(st.one_of(st.text(max_size=60), st.binary(max_size=60).map(lambda b: b64encode(b).decode())))
def test_nonsense_is_no_work_and_no_error(sent):
    assert run(floods._is_good(sent)) is False


@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["challenge", "solution", "parameters", "signature", "counter", "nonce"]
                ),
                inner,
                max_size=4,
            )
        ),
        max_leaves=10,
    )
)
def test_odd_json_is_no_work_and_no_error(sent):
    assert run(floods._is_good(b64encode(json.dumps(sent).encode()).decode())) is False


# -- over HTTP -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "act"),
    [
        ("/lambeth/concerns/new/check", floods.STEP),
        ("/lambeth/concerns/new/files", floods.STEP),  # the page about files, on everybody's way
        ("/lambeth/concerns/new/evidence", floods.FILES),
        ("/concerns/return/evidence", floods.FILES),
        ("/concerns/return/more", floods.RETURN),
        ("/verify", floods.VERIFY),
        ("/sign-in/code", floods.SIGN_IN),
        ("/seats/invites/abc", floods.OTHER),
        ("/", floods.OTHER),
    ],
)
def test_every_form_has_a_budget(path, act):
    assert floods.act_of(path) == act
    assert act in floods.NORMAL


def test_raising_a_concern_has_no_limit_of_its_own(clock):
    watch = floods.start_afresh(clock)
    for _ in range(10_000):
        watch.count(floods.STEP)
    assert floods.switched_on()
    with pytest.raises(Busy):
        for _ in range(10_000):
            watch.count(floods.RETURN)


def test_beyond_the_limit_it_says_that_nothing_was_received(clock, browse):
    watch = floods.start_afresh(clock)
    with pytest.raises(Busy):
        while True:
            watch.count(floods.SIGN_IN)
    refused = browse().post("/sign-in", {"email": "nadia@example.org"})
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "60")
    assert "Not received" in refused.text
    clock.at += 10
    assert browse().post("/sign-in", {"email": "nadia@example.org"}).status_code == 303


def test_reading_is_never_counted(clock, browse):
    for _ in range(50):
        assert browse().get("/concerns/return").status_code == 200
    assert floods._watch.normal[floods.RETURN].left == floods.NORMAL[floods.RETURN] * floods.BURST


# -- room on the disk ------------------------------------------------------------------------------


@pytest.fixture
def disk(monkeypatch):
    """The share of the disk that is free, as the machine would say it."""

    def is_free(share):
        monkeypatch.setattr(room, "_seen", {})
        usage = room.shutil._ntuple_diskusage(10_000, 0, int(10_000 * share))
        monkeypatch.setattr(room.shutil, "disk_usage", lambda _: usage)

    return is_free


@pytest.mark.parametrize(
    ("share", "health", "taken"), [(0.5, 200, 422), (0.09, 503, 422), (0.02, 503, 503)]
)
def test_health_turns_red_before_the_intake_stops(clock, browse, disk, share, health, taken):
    disk(share)
    assert browse().get("/healthz").status_code == health
    answer = browse().post("/concerns/return", {"code": "nothing"})
    assert answer.status_code == taken
    if taken == 503:
        assert "Please send it again" in answer.text
        assert browse().get("/concerns/return").status_code == 200


def test_it_is_looked_at_again_after_some_seconds(disk, monkeypatch):
    disk(0.5)
    assert room.share_free() == 0.5
    usage = room.shutil._ntuple_diskusage(10_000, 0, 100)
    monkeypatch.setattr(room.shutil, "disk_usage", lambda _: usage)
    assert room.share_free() == 0.5
    monkeypatch.setattr(room, "LOOK_AGAIN", 0.0)
    assert room.share_free() == 0.01


# -- the way in ------------------------------------------------------------------------------------


@pytest.fixture
def checking(clock, browse):
    """A resident who has answered everything when the flood comes, and looks at it once more."""
    resident = Resident(browse())
    resident.begin()
    resident.walk()
    send(floods.NORMAL[floods.SEND] * floods.BURST + 1)
    resident.answer(go="stay")
    return resident


def asked(page):
    return unescape(re.search(r'data-proof="([^"]+)"', page).group(1))


def screened():
    return [row["screened"] for row in run(Concern.select(Concern.screened).run())]


def test_the_last_page_asks_the_browser_only_in_a_flood(clock, browse):
    resident = Resident(browse())
    resident.begin()
    resident.walk()
    assert resident.step == "check"
    assert "floods" not in resident.page
    assert "worked" not in resident.page


def test_whoever_has_no_script_sends_the_same_form_and_is_heard(checking):
    assert 'name="worked" value=""' in checking.page
    assert checking.send().status_code == 201
    assert screened() == [False]


def test_whoever_worked_goes_straight_on(checking):
    assert checking.send(worked=worked(asked(checking.page))).status_code == 201
    assert screened() == [True]
