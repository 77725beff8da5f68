"""The terms through their pages: the ladder of each deed, and what the public reads."""

from datetime import timedelta

import msgspec
import pytest
from accounts.steps import asked_of_database, events, got

from membership.terms.steps import (
    HOME,
    TEXT,
    adopted,
    consulted,
    count,
    drafted,
    form,
    later,
    panel,
    put,
    stored,
    votes,
)
from scrutiny.kit.clock import as_of, now, today
from scrutiny.membership.terms.tables import Terms, TermsComment
from scrutiny.people.constitution import constitution_of
from scrutiny.people.tables import Panel, Person, Seat
from scrutiny.voting.tables import Dissent


def test_drafting_and_twice_is_once(cast, browse):
    given = form(cast, quorum="4")
    replies = [browse("grace").post(f"{HOME}/new", given) for _ in range(2)]
    assert [one.status_code for one in replies] == [303, 303]
    assert {one.headers["location"] for one in replies} == {f"{HOME}/1"}
    (row,) = got(Terms.objects())
    assert row.text == TEXT and '"quorum":4' in row.rules.replace(" ", "")
    assert events() == ["terms.drafted"]
    other = browse("amara").post(f"{HOME}/new", {**given, "form_key": "other"})
    assert other.status_code == 409 and TEXT.split("\n")[0] in other.text


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(cast, browse):
    given = form(cast, quorum="many", months=["1"], viewing="dbs", text="Kept words.")
    reply = browse("grace").post(f"{HOME}/new", given)
    assert reply.status_code == 422
    assert "Enter a number from 2 to 30" in reply.text and "Kept words." in reply.text
    assert 'value="1" checked' in reply.text and 'value="11" checked' not in reply.text
    assert 'value="dbs" checked' in reply.text
    assert got(Terms.select()) == []


@pytest.mark.parametrize(
    ("name", "status"), [("bilal", 403), ("claire", 403), ("hana", 403), ("dev", 404)]
)
def test_who_does_not_draft(cast, browse, name, status):
    drafted(cast)
    for path in (f"{HOME}/new", f"{HOME}/1/draft", f"{HOME}/1/steps/consultation"):
        assert browse(name).get(path).status_code == status
        assert browse(name).post(path, form(cast)).status_code == status


def test_a_draft_is_read_by_those_who_draft_alone(cast, browse):
    drafted(cast)
    assert [browse(name).get(f"{HOME}/1").status_code for name in ("grace", "amara")] == [200, 200]
    for name in ("", "bilal", "claire", "dev"):
        assert browse(name).get(f"{HOME}/1").status_code == 404
        assert "Version 1" not in browse(name).get(HOME).text


def test_two_who_write_at_once_keep_both_texts_in_sight(cast, browse):
    drafted(cast)
    first = browse("grace").post(f"{HOME}/1/draft", form(cast, text="Grace wrote this."))
    second = browse("amara").post(f"{HOME}/1/draft", form(cast, text="Amara wrote this."))
    assert (first.status_code, second.status_code) == (303, 409)
    assert "Grace wrote this." in second.text and "Amara wrote this." in second.text
    assert got(Terms.select(Terms.text))[0]["text"] == "Grace wrote this."
    assert 'name="version" value="2"' in second.text


def test_the_steps_of_a_version(cast, browse):
    drafted(cast)
    where, short = f"{HOME}/1/steps/consultation", (today() + timedelta(days=13)).isoformat()
    assert browse("grace").post(where, {"last_day": short, "version": "1"}).status_code == 422
    enough = {"last_day": (today() + timedelta(days=14)).isoformat(), "version": "1"}
    assert browse("grace").post(where, {**enough, "version": "7"}).status_code == 409
    assert browse("grace").post(where, enough).status_code == 303
    assert browse("grace").post(where, enough).status_code == 409
    poll = browse("grace").post(f"{HOME}/1/steps/poll", {**enough, "version": "2"})
    assert poll.status_code == 409 and "not over" in poll.text
    assert browse("grace").get(f"{HOME}/1/steps/eaten").status_code == 404
    assert browse("grace").post(f"{HOME}/1/steps/eaten").status_code == 404
    assert browse("grace").get(f"{HOME}/9/steps/poll").status_code == 404


def test_comments_are_read_by_the_seated_and_answered(cast, browse):
    consulted(cast, drafted(cast))
    where, said = f"{HOME}/1/comments", {"text": "Kestrel comment.", "form_key": "c"}
    assert browse("claire").post(where, {"text": " "}).status_code == 422
    assert [browse("claire").post(where, said).status_code for _ in range(2)] == [303, 303]
    claimed = {**said, "form_key": "d", "on_behalf_of": "The Mayor"}
    assert browse("bilal").post(where, claimed).status_code == 303
    rows = got(TermsComment.objects().order_by(TermsComment.id))
    assert [one.on_behalf_of for one in rows] == ["", ""]  # only who drafts writes for others
    for name in ("bilal", "claire", "hana"):
        assert "Kestrel" in browse(name).get(where).text
    assert browse().get(where).status_code == 303
    assert "Kestrel" not in browse().get(f"{HOME}/1").text

    one = f"{where}/{rows[0].id}"
    assert browse("bilal").post(one, {"text": "No."}).status_code == 403
    assert browse("grace").post(one, {"text": "", "version": "1"}).status_code == 422
    assert browse("grace").post(one, {"text": "We shall.", "version": "1"}).status_code == 303
    late = browse("amara").post(one, {"text": "We shall not.", "version": "1"})
    assert late.status_code == 409 and "We shall." in late.text and "We shall not." in late.text
    assert "We shall." in browse("claire").get(where).text


def test_voting_and_dissent_that_is_named_or_not(cast, browse):
    found = consulted(cast, drafted(cast))
    where = f"{HOME}/1"
    assert browse("bilal").get(f"{where}/vote").status_code == 409
    with as_of(later()):
        put(cast, found)
    assert browse("bilal").post(f"{where}/vote", {}).status_code == 422
    assert browse("bilal").post(f"{where}/vote", {"choice": "against"}).status_code == 303
    assert browse("bilal").post(f"{where}/vote", {"choice": "for"}).status_code == 409
    assert browse("grace").post(f"{where}/vote", {"choice": "for"}).status_code == 403
    assert browse("bilal").post(f"{where}/dissent", {"text": ""}).status_code == 422
    words = {"text": "Wren disagrees.", "named": "yes"}
    assert browse("bilal").post(f"{where}/dissent", words).status_code == 303
    assert browse("chidi").post(f"{where}/dissent", {"text": "Rook too."}).status_code == 303
    assert len(got(Dissent.select())) == 2
    public, seated = browse().get(where).text, browse("amara").get(where).text
    assert "Wren disagrees." in public and "Bilal" not in public
    assert "Bilal Hussain does not agree" in seated and "Rook too." in seated
    assert "A member does not agree" in seated and "Chidi Eze does" not in seated


def test_the_public_reads_what_is_in_force_who_voted_and_when_it_is_looked_at_again(cast, browse):
    empty = browse().get(HOME)
    assert "has not adopted" in empty.text and empty.headers["x-published"] == "1"
    adopted(cast, constitution=msgspec.structs.replace(constitution_of(panel()), places=9))
    page = browse().get(HOME).text
    assert "We check how police powers are used." in page
    assert "Community seats" in page and ">9<" in page
    assert "0 people" in page and "Bilal" not in page
    version = browse().get(f"{HOME}/1").text
    assert "Decided by consensus" in version and "3 of 3 voted" in version
    assert "Who chose what" not in version
    assert "Who chose what" in browse("bilal").get(f"{HOME}/1").text


def test_an_overdue_review_is_said_in_public(cast, browse):
    adopted(cast, review_months=1)
    assert "Review overdue" not in browse().get(HOME).text
    got(Terms.update({Terms.review_by: today()}).where(Terms.number == 1))
    assert "Review overdue" not in browse().get(HOME).text
    got(Terms.update({Terms.review_by: today() - timedelta(days=1)}).where(Terms.number == 1))
    assert "Review overdue" in browse().get(HOME).text


def test_what_changed_between_any_two_is_in_words_and_not_only_in_colours(cast, browse):
    adopted(cast, when=now() - timedelta(days=60))
    adopted(cast, text=TEXT.replace("in public", "online") + "\n\nNew part.", quorum=3)
    page = browse().get(f"{HOME}/2/changes").text
    assert "Changed paragraph" in page and "Added paragraph" in page
    assert "<del>" in page and "[removed:" in page and "[added:" in page
    assert "2 community members" in page and "3 community members" in page
    back = browse().get(f"{HOME}/1/changes?since=2").text
    assert "Removed paragraph" in back
    assert "everything is new" in browse().get(f"{HOME}/1/changes").text
    for wrong in ("9", "x", "-1", "99999999999999999999"):
        assert browse().get(f"{HOME}/2/changes?since={wrong}").status_code == 404
    assert browse().get(f"{HOME}/2/changes?since=consulted").status_code == 200


def test_signing_and_who_has_not(cast, browse):
    adopted(cast)
    where = f"{HOME}/1/signature"
    assert "I sign this version" in browse("bilal").get(where).text
    assert [browse("bilal").post(where).status_code for _ in range(2)] == [303, 409]
    page = browse("grace").get(HOME).text
    assert "1 person" in page and "Not yet by Amara Okafor, Chidi Eze" in page
    assert "Not yet by" not in browse().get(HOME).text
    assert "Not yet by" not in browse("claire").get(HOME).text
    assert browse().post(where).status_code == 403 and browse("dev").post(where).status_code == 404


def test_a_version_that_was_withdrawn_or_lost(cast, browse):
    drafted(cast)
    reply = browse("grace").post(f"{HOME}/1/steps/withdrawal", {"version": "1"})
    assert reply.status_code == 303 and browse().get(f"{HOME}/1").status_code == 404
    second = consulted(cast, drafted(cast, text="Other."))
    with as_of(later()):
        put(cast, second)
        votes(cast, second, amara="against", bilal="for", chidi="for")
        count(cast, second)
    assert "Voted down" in browse().get(f"{HOME}/2").text
    assert browse().get(f"{HOME}/2/published").status_code == 404
    assert stored(second).in_force is None


def test_the_page_asks_the_same_for_one_version_and_for_thirty(cast, browse):
    adopted(cast)
    reader = browse("bilal")
    with asked_of_database() as one:
        assert reader.get(HOME).status_code == 200
    by = cast.seats["grace"].id
    rows = [
        Terms(panel=cast.lambeth.id, number=n, text="T", rules=stored_rules(), proposer=by,
              stage="superseded", in_force=today(), changed=now())
        for n in range(2, 32)
    ]  # fmt: skip
    got(Terms.insert(*rows))
    with asked_of_database() as thirty:
        assert "Version 31" in reader.get(HOME).text
    assert len(one) == len(thirty)


def stored_rules() -> str:
    return got(Terms.select(Terms.rules).first())["rules"]


def test_the_page_asks_the_same_however_many_sit(cast, browse):
    adopted(cast)
    reader = browse("grace")
    with asked_of_database() as few:
        reader.get(HOME)
    people = [Person(name=f"P{n}", email=f"p{n}@x.test", email_key=f"p{n}@x.test", added=now())
              for n in range(30)]  # fmt: skip
    got(Person.insert(*people))
    since = today() - timedelta(days=1)
    got(Seat.insert(*[Seat(panel=cast.lambeth.id, person=one.id, role="member", since=since)
                      for one in people]))  # fmt: skip
    with asked_of_database() as many:
        assert "P29" in reader.get(HOME).text
    assert len(few) == len(many)


def test_where_the_panel_votes_in_secret_nobody_sees_who_chose_what(cast, browse):
    secret = '{"method": "secret", "clearances": {}, "before_active": []}'
    got(Panel.update({Panel.constitution: secret}).where(Panel.slug == "lambeth"))
    adopted(cast)
    for name in ("", "bilal", "grace"):
        page = browse(name).get(f"{HOME}/1").text
        assert "Decided by secret vote" in page and "Who chose what" not in page
        assert "Everybody who voted chose the same" in page
