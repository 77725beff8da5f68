"""What the guard catches, what it leaves alone, and who may lift what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaks.known import DISGUISES, KNOWN, MINUTES, blocked, findings
from scrutiny.kit.tokens import receipt_code
from scrutiny.leaks.blind import keys_known
from scrutiny.leaks.rules import NEVER_LIFTED, Finding, refusal, why_not_lifted

RECEIPT = receipt_code(b"a secret of these tests")


@pytest.mark.parametrize(("kind", "text"), [one[1:] for one in DISGUISES],
                         ids=[one[0] for one in DISGUISES])  # fmt: skip
def test_every_disguise_is_seen_through(kind, text):
    assert kind in blocked(text)


@pytest.mark.parametrize("text", MINUTES)
def test_ordinary_minutes_are_not_blocked(text):
    assert blocked(text) == set()


def test_there_are_enough_of_both():
    assert len(DISGUISES) >= 45
    assert len(MINUTES) >= 40


@pytest.mark.parametrize(
    "text",
    [
        RECEIPT,
        RECEIPT.lower(),
        RECEIPT.replace("-", ""),
        RECEIPT.replace("-", " ").lower(),
        RECEIPT.replace("0", "O").replace("1", "l"),
        " ".join(RECEIPT.replace("-", "")),
        f"It begins with {RECEIPT[:6]}.",
        f"It ends with {RECEIPT[-13:]}.",
        f"/concerns/{RECEIPT[3:20]}",
    ],
)
def test_a_receipt_and_a_part_of_it_are_seen(text):
    assert blocked(text, frozenset(keys_known([("receipt", RECEIPT)]))) == {"receipt"}


def test_common_words_block_with_their_capitals_and_warn_without():
    assert blocked("Mark Hill was there.") == {"name"}
    (found,) = findings("They mark hill tops.")
    assert (found.kind, found.blocks) == ("name", False)
    assert findings("A hill. May we mark it?") == []


@pytest.mark.parametrize("text", ["Then Amina spoke.", "We met yusuf.", "And so Jordan said."])
def test_a_given_name_or_a_surname_alone_warns(text):
    (found,) = findings(text)
    assert (found.kind, found.blocks, found.liftable) == ("name", False, True)


@pytest.mark.parametrize(
    "text",
    ["The hill is steep.", "Market Road", "Amara Yusupov", "Anna Yusufali", "07700 900462",
     "somebody.else@example.org", "12 Acre Lane", "14a Quillfeather Road", "SW2 5RS", "1235MD"],
)  # fmt: skip
def test_what_is_nearly_known_does_not_block(text):
    assert blocked(text) == set()


def test_a_finding_says_what_stands_there_once():
    (found,) = findings("Before. <b>Am&#105;na</b> K. Yusuf, after.")
    assert (found.shown, found.outlet, found.kind) == ("Amina K. Yusuf", "page", "name")


@pytest.mark.parametrize(
    "story",
    [
        "My daughter Zebedee Quorn was there.",
        "It was Mr Quorn.",
        "His name is Tobias Quorn.",
        "A man called Tobias Quorn saw it.",
        "Then Rachel Quorn came.",
        "i was with my friend Quorn",
    ],
)
def test_names_are_recognised_in_a_story(story):
    assert "w|quom" in keys_known([("text", story)])  # rn looks like m


@pytest.mark.parametrize(
    "story",
    [
        "I was near Victoria Park and the Stockwell Green police station.",
        "It was on Jordan Road by Grace Church.",
        "They said Stop and Search is the law.",
        "My friend May be right.",
        "I rang 101, 999 and 0800 555 111.",
        "It was in 2026, at 19:30, on the number 137 bus.",
    ],
)
def test_places_services_and_figures_are_nobody(story):
    assert keys_known([("text", story)]) == []


def test_whoever_wrote_nothing_leaves_no_mark():
    assert keys_known([("name", ""), ("phone", ""), ("text", ""), ("receipt", "no code")]) == []


# -- disguises put on one over the other ----------------------------------------------------------

LOOK_ALIKES = {"a": "а", "i": "і", "s": "ѕ", "u": "υ", "y": "у", "A": "Α", "Y": "Υ"}
LEET = {"a": "4", "i": "1", "s": "5"}


@st.composite
def disguised(draw, value: str) -> str:
    """Each letter as it is, large or small, accented, a look-alike, an entity, with a gap."""
    made = []
    for letter in value:
        how = draw(st.integers(0, 6))
        if how == 0:
            letter = letter.upper()
        elif how == 1:
            letter = LOOK_ALIKES.get(letter, letter)
        elif how == 2:
            letter = f"&#{ord(letter)};"
        elif how == 3 and letter.isalpha():
            letter += draw(st.sampled_from(["\u0301", "\u0308", "\u0327"]))
        elif how == 4:
            letter += draw(st.sampled_from(["\u200b", "\u00ad", "\u2060", "\ufe0f"]))
        made.append(letter)
    return "".join(made)


@given(st.sampled_from(["Amina Yusuf", "Yusuf, Amina", "amina khadija yusuf"]).flatmap(disguised))
def test_names_are_seen_through_disguises_put_together(text):
    assert "name" in blocked(f"We heard ({text}) today.")


@given(st.sampled_from(["07700 900461", "+44 7700 900461", "amina.yusuf@example.org"])
       .flatmap(disguised))  # fmt: skip
def test_numbers_and_addresses_are_seen_through_disguises_put_together(text):
    assert blocked(f"Reach them ({text}) any day.") & {"phone", "email"}


@given(st.lists(st.sampled_from([" ", "", "-", ".", " - ", "\u00a0", " / "]), min_size=10,
                max_size=10))  # fmt: skip
def test_a_phone_number_is_seen_whatever_parts_its_figures(gaps):
    figures = "07700900461"
    text = figures[0] + "".join(gap + one for gap, one in zip(gaps, figures[1:], strict=True))
    assert blocked(f"Ring {text}.") == {"phone"}


@given(st.text(max_size=300))
def test_no_text_is_too_strange_to_be_read(text):
    for found in findings(text):
        assert found.shown


@given(st.text(max_size=80))
def test_nothing_somebody_writes_about_themselves_stops_their_concern(text):
    keys = keys_known([(kind, text) for kind in ("name", "phone", "email", "collar", "receipt",
                                                 "text")])  # fmt: skip
    assert len(keys) <= 400


# -- lifting ---------------------------------------------------------------------------------------


def finding(kind: str) -> Finding:
    return Finding(kind, "page", "x", True, kind not in NEVER_LIFTED, "m")


REASON = "She asked to be named and signed for it."


@pytest.mark.parametrize("kind", ["name", "address", "collar"])
def test_a_second_person_may_lift_with_a_reason(kind):
    assert why_not_lifted([finding(kind)], REASON, by=1, prepared_by=2) == ""


@pytest.mark.parametrize("kind", sorted(NEVER_LIFTED))
def test_what_reaches_somebody_is_never_lifted(kind):
    found = [finding("name"), finding(kind)]
    assert "never published" in why_not_lifted(found, REASON, by=1, prepared_by=2)


def test_nobody_lifts_what_they_prepared_and_nobody_without_a_reason():
    assert "another person" in why_not_lifted([finding("name")], REASON, by=1, prepared_by=1)
    assert "Say why" in why_not_lifted([finding("name")], "ok", by=1, prepared_by=2)


def test_a_refusal_names_what_blocks_and_where_and_no_warning():
    warns = Finding("name", "title", "Amina", False, True, "w")
    said = refusal([finding("name"), warns])
    assert "“x” (page)" in said
    assert "Amina" not in said
    assert refusal([warns]) == ""


def test_what_is_known_is_not_empty():
    assert len(KNOWN) > 40
