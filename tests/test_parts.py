"""The macros of every page: labels, errors read out with their field, words that stay words."""

import re
from datetime import date

import pytest

from scrutiny.kit.markdown import html
from scrutiny.web.pages import environment

PROBLEMS = {"asked": "Say what you want to know."}


@pytest.fixture
def parts():
    def parts(room):
        return environment().get_template(f"parts/{room}.html").module

    return parts


def questions(parts, problems):
    forms, choices = parts("forms"), parts("choices")
    yield forms.field("asked", "Question", "", problems, "A hint.")
    yield forms.date("asked", "Question", "", problems, "A hint.")
    yield forms.textarea("asked", "Question", "", problems, "A hint.", most=200)
    yield choices.choice("asked", "Question", {"a": "A", "b": "B"}, "a", problems, "A hint.")
    yield choices.checkboxes("asked", "Question", {"a": "A"}, [], problems, "A hint.")
    yield choices.select("asked", "Question", {"a": "A"}, "a", problems, "A hint.")
    yield choices.file_upload("asked", "Question", problems, "A hint.")
    yield choices.date_parts("asked", "Question", ("", "", ""), problems, "A hint.")
    yield choices.tick("asked", "Question", "", problems, "A hint.")


def test_a_problem_is_read_out_with_its_question(parts):
    for question in questions(parts, PROBLEMS):
        assert question.count("Say what you want to know.") == 1
        ids = re.search(r'aria-describedby="([^"]+)"', question)[1].split()
        assert ids[:2] == ["asked-hint", "asked-error"]
        assert [one for one in ids if question.count(f'id="{one}"') != 1] == []


def test_a_question_without_a_problem_says_nothing_of_one(parts):
    for question in questions(parts, {}):
        assert "asked-error" not in question
        assert "--error" not in question


def test_every_question_has_the_id_that_the_summary_points_at(parts):
    summary = parts("forms").error_summary(PROBLEMS)
    assert 'href="#asked"' in summary
    for question in questions(parts, PROBLEMS):
        assert question.count('id="asked"') == 1


def test_every_input_has_a_label(parts):
    for question in questions(parts, {}):
        inputs = re.findall(r'<(?:input|select|textarea)[^>]* id="([^"]+)"', question)
        assert inputs
        assert inputs == re.findall(r'<label[^>]* for="([^"]+)"', question)


def test_what_a_person_typed_stays_what_they_typed(parts):
    forms, things = parts("forms"), parts("things")
    sharp = '"><script>alert(1)</script>'
    for made in (
        forms.field("asked", "Question", sharp),
        forms.textarea("asked", "Question", sharp),
        things.reply(sharp),
        things.said(html(sharp)),
    ):
        assert "<script" not in made


def test_a_textarea_keeps_a_first_empty_line(parts):
    made = parts("forms").textarea("asked", "Question", "\nsecond line")
    assert ">\n\nsecond line</textarea>" in made


def test_the_thread_says_in_words_where_things_stand(parts):
    made = parts("things").thread(("done", "late", "todo", "todo"), "Progress", short=True)
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", made)).strip()
    assert words == "We asked: done Their answer: late Their action: not yet Our check: not yet"
    assert re.findall(r'<li class="([^"]+)"', made)[1].split() == [
        "thread__step",
        "is-late",
        "is-here",
    ]


def test_a_finished_thread_stands_at_its_last_step(parts):
    made = parts("things").thread(("done",) * 4, "Progress")
    assert made.count("is-here") == 1
    assert "is-here" in made[made.rindex("<li") :]


def test_the_reply_of_the_police_is_marked_as_theirs(parts):
    made = parts("things").reply("We will.")
    assert "The police wrote, in full:" in made
    assert "We will." in made


def test_a_table_has_headers_both_ways(parts):
    made = parts("figures").table("Who came", ("Name", "Times"), (("Amara", "4"),), (1,))
    assert made.count('scope="col"') == 2
    assert made.count('scope="row"') == 1
    assert "<caption" in made


@pytest.mark.parametrize(
    ("path", "current"),
    [("/harrow/meetings", "page"), ("/harrow/meetings/2026-03-14", "true"), ("/harrow", "")],
)
def test_the_bar_shows_where_one_is(parts, path, current):
    made = parts("wayfinding").navigation(path, {"/": "Panels", "/harrow/meetings": "Meetings"})
    assert re.findall(r'aria-current="(\w+)"', made) == ([current] if current else [])


def test_only_the_nearest_place_is_marked(parts):
    places = {"/harrow/concerns": "Concerns", "/harrow/concerns/new": "Raise a concern"}
    made = parts("wayfinding").navigation("/harrow/concerns/new", places)
    assert made.count("aria-current") == 1
    assert "<strong" in made[made.index('href="/harrow/concerns/new"') :]


def test_a_page_without_more_has_no_pager(parts):
    assert parts("wayfinding").pager(None).strip() == ""
    assert 'rel="next" href="?after=3"' in parts("wayfinding").pager("?after=3")


def test_a_day_is_written_out_in_the_trail():
    made = environment().from_string(
        '{% from "parts/things.html" import happened %}'
        '{% call happened("police", "Calder Vale Police", day) %}Answered.{% endcall %}'
    )
    made = made.render(day=date(2026, 3, 14))
    assert '<time datetime="2026-03-14">14 March 2026</time>' in made
    assert 'class="by-police"' in made
