"""From the draft into force, and never by one person alone."""

import hashlib
import json
from datetime import timedelta

import pytest
from accounts.steps import events, got
from conftest import run

from membership.terms.steps import (
    PAST,
    TEXT,
    adopted,
    consulted,
    count,
    drafted,
    later,
    panel,
    put,
    stored,
    told,
    votes,
)
from scrutiny.kit.clock import as_of, today
from scrutiny.kit.errors import Missing, NotNow, Stale
from scrutiny.ledger.tables import Entry
from scrutiny.membership.terms import actions, entry, queries
from scrutiny.membership.terms.tables import TermsComment
from scrutiny.people.constitution import Clearing, Constitution, Deed, Method, constitution_of
from scrutiny.people.tables import Panel
from scrutiny.voting import queries as polls
from scrutiny.voting.tables import Poll

NEW = Constitution(
    places=9,
    method=Method.SHOW,
    chair_term_years=2,
    clearances={Deed.VIEWING: (Clearing.VETTING,)},
    before_active=(Clearing.CODE,),
)


def test_the_first_version_sets_the_panels_rules_when_it_comes_into_force(cast, browse):
    before = panel()
    found = adopted(cast, quorum=3, response_days=42, standing_items=("Hello",), constitution=NEW)

    now = panel()
    assert (found.stage, found.in_force) == ("in_force", today())
    assert (now.quorum, now.response_days, json.loads(now.standing_items)) == (3, 42, ["Hello"])
    assert constitution_of(now) == NEW
    assert now.version == before.version + 1
    assert events()[-2:] == ["poll.closed", "terms.put_into_force"]
    (line,) = got(Entry.select().where(Entry.kind == "terms"))
    page = browse().get(line["address"])
    assert hashlib.sha256(page.content).hexdigest() == line["sha256"]
    assert b"Community seats: 9" in page.content
    assert len(told("in_force")) == 8


def test_until_then_nothing_of_the_panel_changes(cast):
    before = panel()
    found = consulted(cast, drafted(cast, quorum=5, constitution=NEW))
    with as_of(later()):
        put(cast, found)
        votes(cast, found, amara="for", bilal="for")
        after = panel()
    assert (after.quorum, after.constitution, after.version) == (2, before.constitution, 1)


def test_the_proposer_cannot_put_it_into_force_without_the_vote(cast):
    found = drafted(cast, "amara", quorum=5)
    amara = cast.seats["amara"]
    with pytest.raises(NotNow, match="No vote"):
        run(actions.count(1, found.version, by=amara))
    with pytest.raises(NotNow, match="consulted on first"):
        run(actions.put_to_the_vote(1, found.version, today(), by=amara))
    consulted(cast, found)
    with pytest.raises(NotNow, match="not over"):
        put(cast, found)
    with as_of(later()):
        put(cast, found)
        votes(cast, found, amara="for")
        with pytest.raises(NotNow, match="not everybody"):
            count(cast, found)
    with as_of(later(PAST + 8)):
        held = count(cast, found)
    assert (held.stage, held.in_force) == ("consulted", None)  # one vote is no quorum
    assert run(polls.poll(held.poll)).result == "no_quorum"
    assert panel().quorum == 2 and got(Entry.select()) == []


def test_even_with_a_quorum_of_one_nobody_adopts_alone(cast):
    got(Panel.update({Panel.quorum: 1}).where(Panel.slug == "lambeth"))
    found = consulted(cast, drafted(cast, "amara", quorum=5))
    with as_of(later()):
        put(cast, found)
        votes(cast, found, amara="for")
    with as_of(later(PAST + 8)):
        run(entry.close_due(today() + timedelta(days=30)))
    assert stored(found).stage == "consulted" and panel().quorum == 1


@pytest.mark.parametrize(
    ("chosen", "stage"),
    [
        ({"amara": "for", "bilal": "for", "chidi": "against"}, "lost"),  # an objection
        ({"amara": "for", "bilal": "abstain", "chidi": "abstain"}, "in_force"),
        ({"amara": "abstain", "bilal": "abstain", "chidi": "abstain"}, "lost"),
    ],
)
def test_it_is_decided_by_the_panels_own_method(cast, chosen, stage):
    found = consulted(cast, drafted(cast, quorum=5))
    with as_of(later()):
        put(cast, found)
        votes(cast, found, **chosen)
        assert count(cast, found).stage == stage
    assert panel().quorum == (5 if stage == "in_force" else 2)


def test_the_method_is_the_one_in_force_not_the_one_proposed(cast):
    found = consulted(cast, drafted(cast, constitution=NEW))
    with as_of(later()):
        put(cast, found)
    assert got(Poll.select(Poll.method).first())["method"] == "consensus"


def test_a_later_version_supersedes_the_earlier(cast):
    first = adopted(cast)
    with as_of(later(1)):
        second = drafted(cast, text=TEXT + "\n\nAnd online.", quorum=4)
        consulted(cast, second)
    with as_of(later(20)):
        put(cast, second)
        votes(cast, second, amara="for", bilal="for", chidi="for")
        count(cast, second)
    assert (stored(first).stage, stored(second).stage) == ("superseded", "in_force")
    assert run(queries.in_force(panel().id)).number == 2
    assert run(queries.before(stored(second))).number == 1


def test_one_version_at_a_time(cast):
    drafted(cast)
    with pytest.raises(NotNow, match="on its way"):
        drafted(cast, text="Another.")
    run(actions.withdraw(1, 1, by=cast.seats["grace"]))
    assert drafted(cast, text="Another.").number == 2


def test_everybody_and_the_force_are_asked_and_the_police_may_comment(cast):
    found = consulted(cast, drafted(cast))
    assert "liaison@met.test" in told("consulted") and len(told("consulted")) == 9
    say = {"by": cast.seats["claire"], "form_key": "c"}
    run(actions.say(1, "Fourteen days is short.", **say))
    run(actions.say(1, "We agree.", by=cast.seats["grace"], form_key="d", on_behalf_of="MOPAC"))
    names = [(one.on_behalf_of or one.seat.person.name) for one in run(queries.comments(found))]
    assert names == ["Claire Walsh", "MOPAC"]


def test_every_comment_is_answered_before_the_vote(cast):
    found = consulted(cast, drafted(cast))
    run(actions.say(1, "Meet online.", by=cast.seats["bilal"], form_key="c"))
    (one,) = got(TermsComment.objects())
    with as_of(later()):
        with pytest.raises(NotNow, match="answered"):
            put(cast, found)
        run(actions.answer(1, one.id, 1, "We shall.", by=cast.seats["grace"]))
        with pytest.raises(Stale):
            run(actions.answer(1, one.id, 1, "No.", by=cast.seats["amara"]))
        assert put(cast, found).stage == "voted"
        with pytest.raises(NotNow):
            run(actions.answer(1, one.id, 2, "No.", by=cast.seats["grace"]))


def test_the_text_stays_as_it_is_while_it_is_consulted_on_and_voted(cast):
    found = consulted(cast, drafted(cast))
    given = "Other words.", entry.unpacked(found.rules), "S."
    with pytest.raises(NotNow, match="cannot be changed"):
        run(actions.rewrite(1, found.version, *given, by=cast.seats["grace"]))
    with as_of(later()):
        run(actions.rewrite(1, found.version, *given, by=cast.seats["grace"]))
        assert json.loads(stored(found).consulted)["text"] == TEXT
        held = put(cast, found)
        with pytest.raises(NotNow, match="cannot be changed"):
            run(actions.rewrite(1, held.version, *given, by=cast.seats["grace"]))


def test_comments_end_with_the_consultation(cast):
    consulted(cast, drafted(cast))
    with as_of(later()), pytest.raises(NotNow, match="only while"):
        run(actions.say(1, "Late.", by=cast.seats["bilal"], form_key="c"))


def test_the_round_counts_a_vote_that_everybody_forgot(cast):
    found = consulted(cast, drafted(cast, quorum=5))
    with as_of(later()):
        held = put(cast, found)
        votes(cast, found, amara="for", bilal="for")
        assert run(entry.close_due(held.vote_by)) == 0
        counted = [run(entry.close_due(held.vote_by + timedelta(days=1))) for _ in range(2)]
    assert counted == [1, 0]
    assert stored(found).stage == "in_force" and panel().quorum == 5
    assert events().count("terms.put_into_force") == 1


def test_the_round_puts_them_under_review_on_the_day(cast):
    found = adopted(cast)
    day = found.review_by
    assert run(entry.review_due(day - timedelta(days=1))) == 0
    assert [run(entry.review_due(day)) for _ in range(2)] == [1, 0]
    assert stored(found).stage == "under_review"
    assert run(queries.in_force(panel().id)).number == 1  # still in force
    assert told("review") == {"amara@panel.test", "grace@panel.test"}


def test_each_signs_each_version_once(cast):
    found = adopted(cast)
    run(actions.sign(1, by=cast.seats["bilal"]))
    with pytest.raises(NotNow, match="have signed"):
        run(actions.sign(1, by=cast.seats["bilal"]))
    left = [seat.person.name for seat in run(queries.unsigned(found))]
    assert left == ["Amara Okafor", "Chidi Eze"]


def test_another_panels_version_is_not_there(cast):
    adopted(cast)
    with pytest.raises(Missing):
        run(actions.sign(1, by=cast.seats["dev"]))
