"""How a language is chosen, how the choice travels, and what is said where it is not there."""

import re
from html import unescape

import pytest

from scrutiny.kit.words import N_, sentence
from scrutiny.web.carrying import carried, carry
from scrutiny.web.language import CATALOGUES, gettext
from scrutiny.web.pages import environment
from scrutiny.web.visit import VISIT, Visit


def test_every_link_and_form_leads_on_in_welsh(browse):
    page = browse().get("/lambeth?lang=cy").text
    inside = re.findall(r'(?:href|action)="(/(?!static/)[^"]*)"', page)
    assert inside
    assert [one for one in inside if not re.search(r"[?;]lang=cy\b", one)] == []


def test_who_asked_for_no_language_sees_plain_addresses(browse):
    page = browse().get("/lambeth", headers={"accept-language": "cy"}).text
    assert '<html lang="cy"' in page
    assert re.findall(r'href="/[^"?]*\?lang=', page) == []


@pytest.mark.parametrize(
    ("address", "led"),
    [
        ("/a", "/a?lang=cy"),
        ("/a?b=1#c", "/a?b=1&lang=cy#c"),
        ("/a?lang=en", "/a?lang=en"),
        ("/a?b=1&amp;lang=en", "/a?b=1&amp;lang=en"),
        ("/a?slang=1", "/a?slang=1&lang=cy"),
    ],
)
def test_an_address_leads_on(address, led):
    assert carried(address, "cy") == led


def test_addresses_elsewhere_and_files_stay_as_they_are():
    page = (
        '<a href="https://example.org/a">A</a><img src="/static/a.svg">'
        '<link href="/static/a.css"><a href="#main">B</a><a href="//example.org">C</a>'
    )
    assert carry(page, "cy") == page


def test_what_somebody_typed_is_no_address():
    page = '<p>href="/a" and action="/b"</p><textarea>\n&lt;a href="/c"</textarea>'
    assert carry(page, "cy") == page


def test_a_form_that_only_asks_keeps_the_language():
    page = carry('<form class="filters" method="get"><select></select></form>', "cy")
    assert '<input type="hidden" name="lang" value="cy">' in page


def test_a_redirect_leads_on(browse):
    reply = browse().get("/lambeth/concerns?lang=cy")
    assert reply.status_code == 303
    assert reply.headers["location"] == "/sign-in?next=/lambeth/concerns&lang=cy"


def test_choosing_keeps_the_rest_of_the_address(browse):
    page = browse().get("/ledger?before=5&lang=cy").text
    assert 'href="?before=5&amp;lang=en"' in page


def test_a_page_that_answers_a_form_has_no_choice_among_its_links(browse):
    page = browse().post("/verify?lang=cy", {"sha256": "x"}, files={"none": b""}).text
    assert 'class="langs"' not in page


@pytest.mark.parametrize("unknown", ["fr", "", "cy'\"><script>", "xx"])
def test_a_language_that_is_not_here_is_english(browse, unknown):
    page = browse().get("/about/safety", params={"lang": unknown}).text
    assert '<html lang="en-GB"' in page
    assert "<script>" not in page


@pytest.mark.parametrize(
    ("name", "address"), [("grace", "/lambeth/concerns"), ("", "/lambeth/recommendations")]
)
def test_a_page_without_welsh_says_so_in_welsh(browse, name, address):
    page = browse(name).get(address, headers={"accept-language": "cy"}).text
    assert '<html lang="en-GB"' in page
    notice = re.search(r'<p class="[^"]*" lang="cy">([^<]+)</p>', page)[1]
    assert unescape(notice) == "Dim ond yn Saesneg y mae'r dudalen hon hyd yn hyn."
    assert '<span aria-current="true" lang="cy">Cymraeg</span>' in page


def test_in_english_no_notice_stands_there(browse):
    assert "Dim ond yn Saesneg" not in browse("grace").get("/lambeth/concerns").text


@pytest.fixture
def cy():
    kept = VISIT.set(Visit(locale="cy"))
    yield
    VISIT.reset(kept)


def test_figures_and_days_are_put_in_after_translating(cy):
    made = sentence(N_("This is {over:,} characters too long. Please keep it to {most:,}."),
                    over=1200, most=3000)  # fmt: skip
    assert made == "This is 1,200 characters too long. Please keep it to 3,000."
    assert "1,200 nod" in gettext(made)
    assert gettext("") == ""


def test_words_in_a_variable_are_printed_and_never_become_markup(site):
    from_python = sentence("{name} costs 50% of <b>", name="<script>")
    for locale in ("en", "cy"):
        kept = VISIT.set(Visit(locale=locale))
        made = environment().from_string("{{ _(words) }}").render(words=from_python)
        VISIT.reset(kept)
        assert made == "&lt;script&gt; costs 50% of &lt;b&gt;"


def test_the_catalogue_has_no_header_among_its_words():
    assert CATALOGUES["cy"].ugettext("Menu") == "Dewislen"
