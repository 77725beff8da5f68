"""Days and titles guessed, addresses, forms, and what a file allows to be published."""

from datetime import date

import pytest

from scrutiny.archive import guessing, rules, structure
from scrutiny.archive.lines import Line
from scrutiny.archive.rules import CheckForm, DecisionForm

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Minutes of the meeting held on Thursday 14th March 2019", date(2019, 3, 14)),
        ("Meeting: 14 Mar 19", date(2019, 3, 14)),
        ("Held on the 1st of September, 2018", date(2018, 9, 1)),
        ("Date: 14/03/2019", date(2019, 3, 14)),
        ("14.3.19", date(2019, 3, 14)),
        ("March 14, 2019", date(2019, 3, 14)),
        ("2019-03-14", date(2019, 3, 14)),
        ("Minutes_20190314_final", date(2019, 3, 14)),
        ("Minutes 31 February 2019", None),
        ("Meeting on 14 March 2031", None),
        ("Room 12.30.40", None),
        ("1 in 3 searches of 2019", None),
    ],
)
def test_days_are_found_as_britain_writes_them(words, day):
    assert guessing.day_of([Line(words)], "", TODAY) == day


def test_the_day_is_that_of_the_meeting_not_of_the_next_one():
    lines = [
        Line("Date of next meeting: 13 June 2019"),
        Line("Printed 1 May 2019"),
        Line("Minutes of the meeting of 14 March 2019"),
    ]
    assert guessing.day_of(lines, "2018-01-01.pdf", TODAY) == date(2019, 3, 14)
    assert guessing.day_of([], "Minutes 2018-01-01.pdf", TODAY) == date(2018, 1, 1)


def test_a_title_is_what_it_calls_itself():
    lines = [Line("Harrow Vale"), Line("Minutes of the Scrutiny Panel")]
    assert guessing.title_of(lines, None) == "Minutes of the Scrutiny Panel"
    usual = "Minutes of the meeting of 14 March 2019"
    assert guessing.title_of([Line("x")], date(2019, 3, 14)) == usual
    assert guessing.title_of([], None) == ""


def lined(*words: str, **facts) -> list[Line]:
    return [Line(one, size=11, **facts) for one in words]


@pytest.mark.parametrize(
    ("words", "made"),
    [
        ("Present", "### Present"),
        ("4. Any other business", "### 4. Any other business"),
        ("2.1 The force said that it would look again at this matter.",
         "2.1 The force said that it would look again at this matter."),
        ("3. The panel noted that nothing had been done since.",
         "3\\. The panel noted that nothing had been done since."),
        ("ACTION: Claire to write", "**Action:** Claire to write"),
        ("Action 12 – Claire to write", "**Action 12:** Claire to write"),
        ("Apologies: Chidi Eze", "**Apologies:** Chidi Eze"),
        ("• a point", "- a point"),
        ("SEARCH FIGURES", "### SEARCH FIGURES"),
        ("# not a *heading*", "\\# not a \\*heading\\*"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)  # fmt: skip
def test_a_line_becomes_what_it_looks_like(words, made):
    assert structure.markdown(lined(words)) == made


def test_running_heads_and_page_numbers_are_left_out():
    lines = [
        Line(words, size=11, page=page)
        for page in (1, 2, 3)
        for words in (
            "Harrow Vale",
            f"Something of page {page} was said.",
            f"Page {page} of 3",
        )
    ]
    assert [line.words for line in structure.settled(lines)] == [
        f"Something of page {page} was said." for page in (1, 2, 3)
    ]


def test_full_lines_are_put_together_and_short_ones_are_not():
    lines = lined("The panel heard from the force about its searches", "in the winter.", "A vote.")
    text = structure.markdown(lines)
    assert text == "The panel heard from the force about its searches in the winter.\n\nA vote."


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        ("2019-03-14-1", (date(2019, 3, 14), 1)),
        ("2019-03-14-12", (date(2019, 3, 14), 12)),
        ("2019-03-14-0", None),
        ("2019-02-30-1", None),
        ("2019-03-14", None),
        ("drafts", None),
        ("٢019-03-14-1", None),
    ],
)
def test_an_address_has_a_day_and_a_number(text, ref):
    assert rules.ref_in(text) == ref
    assert ref is None or rules.name_of(*ref) == text


def test_half_of_it_may_be_saved_and_the_whole_is_asked_for_at_the_end():
    half = CheckForm(shows="both")
    assert half.problems(TODAY, "", finished=False) == {}
    assert set(half.problems(TODAY, "", finished=True)) == {"day", "title", "text"}
    note = CheckForm(day="2019-03-14", title="x", shows="file")
    assert set(note.problems(TODAY, "scan", finished=True)) == {"note"}


@pytest.mark.parametrize("day", ["14 March", "2026-11-22", "1950-01-01", "2019-02-30"])
def test_a_day_is_one_that_is_over(day):
    assert set(CheckForm(day=day, shows="text").problems(TODAY, "", finished=False)) == {"day"}


@pytest.mark.parametrize("found", ["tracked", "comments links", "hidden"])
def test_a_file_that_hides_something_is_not_published_itself(found):
    assert list(rules.ways_to_show(found)) == ["text"]
    assert "shows" in CheckForm(shows="both").problems(TODAY, found, finished=False)
    assert rules.may_show_file("links pictures scan")


def test_a_scan_is_read_to_its_end_by_somebody():
    agreed = DecisionForm(decision="agreed")
    assert agreed.problems(scan=False) == {} and set(agreed.problems(scan=True)) == {"looked"}
    assert set(DecisionForm(decision="returned").problems(scan=True)) == {"reason"}
    assert set(DecisionForm().problems(scan=False)) == {"decision"}
