"""The catalogue of words: fresh, whole for residents, and with the same holes in each language."""

import re
from string import Formatter

import pytest
from babel.messages.catalog import Message
from click.testing import CliRunner

from scrutiny.cli import main
from scrutiny.commands.words import ROOT, files, gathered, said, updated
from scrutiny.people.rules import ROLE_NAMES, role_name
from scrutiny.policy import Role
from scrutiny.web.language import CATALOGUES, RESIDENTS

CODE = (
    *("src/scrutiny/web/", "src/scrutiny/verifying/", "src/scrutiny/public/routes.py"),
    *("src/scrutiny/people/", "src/scrutiny/meetings/registration/"),
    *("src/scrutiny/meetings/figures/rules.py", "src/scrutiny/meetings/queries.py"),
    "src/scrutiny/membership/rules.py",
    *(f"src/scrutiny/agendas/questions/{name}.py" for name in ("actions", "queries", "routes")),
    *("src/scrutiny/agendas/questions/rules.py", "src/scrutiny/composition/rules.py"),
    *("src/scrutiny/composition/queries.py", "src/scrutiny/composition/routes.py"),
    "src/scrutiny/membership/recruitment/applying/",
    *(
        f"src/scrutiny/membership/recruitment/{name}.py"
        for name in ("forms", "queries", "rules", "showing")
    ),
    "src/scrutiny/membership/clearances/rules.py",
    *(
        f"src/scrutiny/concerns/{name}"
        for name in (
            *("answers.py", "consents.py", "forms.py", "intake.py", "parts.py", "queries.py"),
            *("rules.py", "vocabulary.py", "equality/", "evidence/", "journey/", "proof/"),
            *(
                "retention/rules.py",
                "thread/",
                "triage/rules.py",
                "triage/signposts.py",
                "video/rules.py",
            ),
        )
    ),
)
"""Where sentences of the code are written that residents read."""


def is_for_residents(place: str) -> bool:
    if place.startswith("templates/"):
        return place.removeprefix("templates/").startswith(RESIDENTS["cy"])
    return place.startswith(CODE)


@pytest.fixture(scope="module")
def welsh():
    return updated("cy", gathered())


def messages(catalogue) -> list[Message]:
    return [message for message in catalogue if message.id]


def forms(message: Message) -> list[str]:
    string = message.string
    return list(string) if isinstance(string, tuple) else [string]


def originals(message: Message) -> list[str]:
    return list(message.id) if isinstance(message.id, tuple) else [message.id]


def holes(text: str) -> set[str]:
    """What is put into a sentence: %(names)s, {names} with their formats, and %% signs."""
    named = set(re.findall(r"%\((\w+)\)s", text)) | set(re.findall(r"%%", text))
    try:
        braced = {f"{{{name}:{form}}}" for _, name, form, _ in Formatter().parse(text) if name}
    except ValueError:  # a lone brace is a sign like any other
        braced = set()
    return named | {hole for hole in braced if re.fullmatch(r"\{\w+:[^}]*\}", hole)}


def test_the_catalogue_is_fresh(welsh):
    stale = [path.name for path, content in files("cy", welsh).items()
             if path.read_bytes() != content]  # fmt: skip
    assert stale == [], "run `scrutiny words`"


def test_the_command_says_so_too():
    done = CliRunner().invoke(main, ["words", "--check"])
    assert done.exit_code == 0, done.output
    assert re.match(r"Cymraeg: \d+ sentences, \d+ still in English\.", done.output)


def test_nothing_in_it_is_a_guess_or_tells_of_a_machine():
    content = (ROOT / "src/scrutiny/locale/cy/LC_MESSAGES/messages.po").read_text()
    assert [
        line for line in content.splitlines() if line.startswith("#,") and "fuzzy" in line
    ] == []
    head = content[: content.index("\n\n")]
    assert re.findall(r'"([\w-]+):', head) == [
        *("Language", "Plural-Forms", "MIME-Version"),
        *("Content-Type", "Content-Transfer-Encoding"),
    ]


def test_everything_that_residents_read_is_in_welsh(welsh):
    left = [
        message.id
        for message in messages(welsh)
        if not said(message.string)
        and any(is_for_residents(place) for place, _ in message.locations)
    ]
    assert left == []


NOT_WORDS = [
    re.compile(r"\{#.*?#\}|\{% trans.*?endtrans %\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL),
    re.compile(r"<(script|style|code)\b.*?</\1>", re.DOTALL),
]
SPOKEN = re.compile(r'(?:aria-label|alt|title|placeholder)="([^"]*)"')
MARKUP = re.compile(r'<[^>]*>|[\w.-]+="[^"]*"|&\w+;|\S+\.\S+')
NAMES = {"CSV", "JSON", "Atom"}


def unmarked(template: str) -> set[str]:
    """Words of a template that stand in it bare, so that nothing would translate them."""
    for pattern in NOT_WORDS:
        template = pattern.sub(" ", template)
    spoken = " ".join(SPOKEN.findall(template))
    return set(re.findall(r"[A-Za-z]{2,}", MARKUP.sub(" ", template) + spoken)) - NAMES


def test_no_template_for_residents_holds_bare_words():
    places = sorted((ROOT / "templates").rglob("*.html"))
    names = {place: place.relative_to(ROOT).as_posix() for place in places}
    ours = {names[place]: unmarked(place.read_text()) for place in places
            if is_for_residents(names[place])}  # fmt: skip
    assert len(ours) > 30
    assert {name: bare for name, bare in ours.items() if bare} == {}


@pytest.mark.parametrize(
    ("template", "bare"),
    [
        ('<p class="quiet">{{ _("Sent") }}</p>', set()),
        ("<p>Sent {{ day }}</p>", {"Sent"}),
        ('<nav aria-label="Menu"></nav>', {"Menu"}),
        ('<a href="{{ x }}">example.org</a> <code>sha256sum</code>', set()),
        ("{% if may %}Not {# never #} yet{% endif %}", {"Not", "yet"}),
    ],
)
def test_bare_words_are_seen(template, bare):
    assert unmarked(template) == bare


def test_every_role_has_a_name_that_can_be_translated():
    assert set(ROLE_NAMES) == {role_name(role) for role in Role}


def test_every_folder_and_file_of_the_list_is_there():
    missing = [name for name in RESIDENTS["cy"] if not (ROOT / "templates" / name).exists()]
    missing += [name for name in CODE if not (ROOT / name).exists()]
    assert missing == []


def test_what_is_put_in_is_the_same_in_both(welsh):
    wrong = []
    for message in messages(welsh):
        wanted = [holes(text) for text in originals(message)]
        for text in forms(message) if said(message.string) else ():
            if not set.intersection(*wanted) <= holes(text) <= set.union(*wanted):
                wrong.append(text)
    assert wrong == []


@pytest.mark.parametrize(
    ("english", "welsh", "alike"),
    [
        ("%(n)s days", "%(n)s diwrnod", True),
        ("%(n)s days", "%(m)s diwrnod", False),
        ("At most {most:,}.", "Dim mwy na {most:,}.", True),
        ("At most {most:,}.", "Dim mwy na {most}.", False),
        ("From { to }.", "O { i }.", True),
        ("%%{count} left", "{count} ar ôl", False),
    ],
)
def test_holes_are_seen(english, welsh, alike):
    assert (holes(english) == holes(welsh)) is alike


def test_a_sentence_that_counts_has_all_five_forms(welsh):
    assert welsh.num_plurals == 5
    counting = [message for message in messages(welsh) if isinstance(message.id, tuple)]
    translated = [message for message in counting if said(message.string)]
    assert translated
    assert [message.id for message in translated if len(forms(message)) != 5] == []
    assert [message.id for message in counting if any(forms(message)) != said(message.string)] == []


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "peth a ofynnwyd i'r heddlu"),
        (1, "peth a ofynnwyd i'r heddlu"),
        (2, "beth a ofynnwyd i'r heddlu"),
        (3, "pheth a ofynnwyd i'r heddlu"),
        (6, "pheth a ofynnwyd i'r heddlu"),
        (7, "peth a ofynnwyd i'r heddlu"),
    ],
)
def test_welsh_counts_as_welsh_does(count, words):
    one, many = "thing asked of the police", "things asked of the police"
    assert CATALOGUES["cy"].ungettext(one, many, count) == words
