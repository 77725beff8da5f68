"""Markdown that people typed becomes safe HTML, or plain words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from scrutiny.kit.markdown import html, plain

SAFE_TAGS = {"p", "br", "hr", "h3", "h4", "h5", "h6", "strong", "em", "code", "pre"}
SAFE_TAGS |= {"blockquote", "ul", "ol", "li", "a", "table", "thead", "tbody", "tr", "th", "td"}
TAG = re.compile(r"<(/?)([a-z0-9]+)((?:\s[^<>]*)?)>")
ATTRIBUTES = re.compile(
    r'(?: href="(?:https://|mailto:)[^"]*" rel="nofollow noopener noreferrer"'
    r'| start="\d+"| scope="col")?'
)
REL = 'rel="nofollow noopener noreferrer"'


def assert_safe(made):
    """Every "<" opens a tag on the list, with attributes on the list and nothing else."""
    assert made.count("<") == len(TAG.findall(made))
    for _, tag, attributes in TAG.findall(made):
        assert tag in SAFE_TAGS
        assert ATTRIBUTES.fullmatch(attributes)
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08]", made)


@pytest.mark.parametrize(
    ("typed", "made"),
    [
        ("Two **bold** *words* & `code`", "<p>Two <strong>bold</strong> <em>words</em> &amp; "
         "<code>code</code></p>\n"),
        ("3. x\n4. y", '<ol start="3">\n<li>x</li>\n<li>y</li>\n</ol>\n'),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>\n"),
        ("[us](https://a.example/x?y=1&z)",
         f'<p><a href="https://a.example/x?y=1&amp;z" {REL}>us</a></p>\n'),
        ("<a@b.example>", f'<p><a href="mailto:a@b.example" {REL}>a@b.example</a></p>\n'),
        ("|a|b|\n|:-|-:|\n|1|2|", '<table>\n<thead>\n<tr>\n<th scope="col">a</th>\n'
         '<th scope="col">b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n<td>2</td>\n'
         "</tr>\n</tbody>\n</table>\n"),
        ("", ""),
    ],
)  # fmt: skip
def test_what_is_kept(typed, made):
    assert html(typed) == Markup(made)
    assert_safe(made)


@pytest.mark.parametrize(
    ("typed", "made"),
    [
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ("<img src=x onerror=alert(1)>", "<p>&lt;img src=x onerror=alert(1)&gt;</p>\n"),
        ("a <b onclick=x>b</b>", "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>\n"),
        ("<!-- c --><?php ?>", "<p>&lt;!-- c --&gt;&lt;?php ?&gt;</p>\n"),
        ("&lt;script&gt;", "<p>&lt;script&gt;</p>\n"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
        ("[x](JaVaScRiPt&#58;alert(1))", "<p>[x](JaVaScRiPt:alert(1))</p>\n"),
        ("[x](data:text/html,hi)", "<p>[x](data:text/html,hi)</p>\n"),
        ("[x](http://a.example)", "<p>x</p>\n"),
        ("[x](ftp://a.example)", "<p>x</p>\n"),
        ("[x](//evil.example)", "<p>x</p>\n"),
        ("[x](/sign-out)", "<p>x</p>\n"),
        ("[x](https:evil)", "<p>x</p>\n"),
        ("[x](https:///evil)", "<p>x</p>\n"),
        ("[](https://a.example)",
         f'<p><a href="https://a.example" {REL}>https://a.example</a></p>\n'),
        ('[x](https://a.example "sign in here")',
         f'<p><a href="https://a.example" {REL}>x</a></p>\n'),
        ("![a **dog**](https://a.example/i.png)", "<p>a **dog**</p>\n"),
        ("[![pic](https://a.example/i)](https://b.example)",
         f'<p><a href="https://b.example" {REL}>pic</a></p>\n'),
        ("```js onload=x\n<b>\n```", "<pre><code>&lt;b&gt;\n</code></pre>\n"),
        ("pay &#x202e;\u202egpj.exe\u2066", "<p>pay gpj.exe</p>\n"),
        ("half \ud83d nul \x00.", "<p>half \ufffd nul .</p>\n"),
        ("{{ 7 * 7 }} {% raw %}", "<p>{{ 7 * 7 }} {% raw %}</p>\n"),
    ],
)  # fmt: skip
def test_what_is_not(typed, made):
    assert html(typed) == Markup(made)
    assert_safe(made)


@pytest.mark.parametrize(
    ("typed", "top", "levels"),
    [
        ("# a\n## b\n# c", 3, "343"),
        ("### a\n### b\n# c\n##### d", 3, "3334"),  # none skipped, siblings stay siblings
        ("# a\n## b\n### c\n#### d\n##### e", 3, "34566"),
        ("a\n===\nb\n---", 2, "23"),
        ("> # a\n\n- ## b", 4, "45"),
    ],
)
def test_headings_begin_where_the_page_has_got_to(typed, top, levels):
    assert "".join(re.findall(r"<h(\d)", html(typed, top=top))) == levels


@given(st.lists(st.integers(1, 6), max_size=12), st.integers(2, 5))
def test_no_heading_level_is_ever_skipped(levels, top):
    made = html("\n".join("#" * level + " x" for level in levels), top=top)
    found = [int(level) for level in re.findall(r"<h(\d)", made)]
    assert len(found) == len(levels) == len(re.findall(r"</h\d", made))
    assert all(b <= a + 1 for a, b in zip([top - 1, *found], found, strict=False))
    assert all(top <= level <= 6 for level in found)


PIECES = ["<", ">", '"', "'", "[", "](", ")", "!", "`", "|", "\n", "\n\n", "    ", "#", "- ",
          "&#x202e;", "&quot;", "&lt;", "javascript:", "https://a", "mailto:", "<a href=",
          "<svg onload=", "style=", "|-|-|\n", "~~~", "\\", "*", "\u202e", "\ud800", "\x00",
          "[a]: ", "x"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_nothing_that_can_be_put_together_gets_through(typed):
    assert_safe(html(typed))
    assert "\u202e" not in plain(typed)


@given(st.text())
def test_nothing_anybody_types_gets_through(typed):
    assert_safe(html(typed))


@pytest.mark.parametrize(
    "typed",
    [
        "[" * 9000,
        "![" * 9000,
        "**a_" * 9000,
        "`a" * 9000,
        ">" * 9000,
        "<a " * 9000,
        "- " * 9000,
        "&#x" * 9000,
        "|a" * 1000 + "\n" + "|-" * 1000 + "\n" + "|b\n" * 5000,
        ("|a|b|c|d|e|f|\n|-|-|-|-|-|-|\n" + "|b\n" * 30 + "\n") * 100,
        "|a|b|\n|-|-|\n" * 3000,
    ],
    ids=lambda typed: typed[:9],
)
def test_a_bomb_fizzles_out(typed):
    made = html(typed)
    assert len(made) < 10 * len(typed) + 100
    assert_safe(made)


def test_a_table_past_the_bound_stays_as_it_was_typed():
    table = "|a|b|\n|-|-|\n" + "|c|d|\n" * 1600
    assert "<table>" in html(table)
    assert "<table>" not in html(table * 2)
    assert html(table * 2).count("|c|d|") == 3200


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("# Title\n\nTwo **bold** *words*\nand `code`.", "Title\n\nTwo bold words\nand code."),
        ("- a\n- b\n\nc", "- a\n- b\n\nc"),
        ("3. a\n4. b", "3. a\n4. b"),
        ("|a|b|\n|-|-|\n|1|2|\n\nc", "a | b\n1 | 2\n\nc"),
        ("[us](https://a.example) <https://b.example>", "us (https://a.example) https://b.example"),
        ("<a@b.example>", "a@b.example"),
        ("[x](http://a.example)", "x"),
        ("![a dog](https://a.example/i)", "a dog"),
        ("&lt;b&gt; <b>", "<b> <b>"),
        ("a&#x202e;b", "ab"),
        ("    code\n\n---", "code\n\n* * *"),
        ("", ""),
    ],
)
def test_plain_words(typed, words):
    assert plain(typed) == words
