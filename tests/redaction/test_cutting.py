"""Where words are found, and files that cannot be redacted: each is refused in a sentence."""

import pytest
from agendas.papers import files
from conftest import run

from redaction import steps
from scrutiny.redaction import cutting
from scrutiny.redaction.cutting import Refusal, Wanted, cut
from scrutiny.redaction.matching import cut as cut_words
from scrutiny.redaction.matching import is_in
from scrutiny.redaction.rules import REFUSED, Box

FOUND = [
    "Kingfisher Marmalade", "KINGFISHER  marmalade", "King-\nfisher Mar\u00admalade",
    "K i n g f i s h e r Marmalade", "Kíngfisher Mármalade", "kingfisher-marmalade",
    "Кingfisher Marmalade", "KingfisherMarmalade",
    "Kingfisher\nMarmalade", "*King*fisher marmalade", "King&#102;isher Marma&shy;lade",
]  # fmt: skip
NOT_FOUND = ["Kingfishers", "marmalade kingfisher", "Kingfisher, then Marmalades", ""]


@pytest.mark.parametrize("text", FOUND)
def test_it_is_found_however_it_is_written(text):
    assert "[x]" in cut_words(f"So {text} said", ["kingfisher marmalade"], "[x]")


@pytest.mark.parametrize("text", NOT_FOUND)
def test_what_is_no_such_word_stays(text):
    assert cut_words(text, ["kingfisher marmalade"], "[x]") == text


def test_a_name_is_not_taken_out_of_longer_words():
    assert cut_words("Ann's annual AnnSmith, Joann", ["Ann"], "-") == "-'s annual -Smith, Joann"
    assert cut_words("07700 900-123 and 107700900123", ["07700900123"], "-") == "- and 107700900123"


def test_what_entities_hide_is_seen():
    assert is_in("&#75;ingfisher", ["Kingfisher"])
    assert not is_in("A heron", ["Kingfisher"])


HOSTILE = [
    (b"", "damaged"),
    (b"%PDF-1.4 and nothing", "damaged"),
    (files.pdf()[:300], "damaged"),
]


@pytest.mark.parametrize(("content", "why"), HOSTILE)
def test_what_cannot_be_opened_is_refused(content, why):
    with pytest.raises(Refusal, match=why):
        run(cut(content, Wanted(["x y"], [], "personal")))
    assert REFUSED[why].endswith((".", "it."))


def test_too_many_pages_are_refused():
    with pytest.raises(Refusal, match="pages"):
        run(cut(files.pdf(101), Wanted([], [], ""), draw=False))


def test_one_that_never_ends_is_ended(monkeypatch):
    monkeypatch.setattr(cutting, "PATIENCE", 0.01)
    with pytest.raises(Refusal, match="slow"):
        run(cut(files.pdf(), Wanted([], [], "")))


def test_a_turned_page_is_painted_where_the_words_stand():
    new = files.opened(files.pdf(1, steps.CANARY))
    new.pages[0].rotate(90, relative=False)
    new.pages[0].obj.CropBox = [50, 50, 500, 800]
    wanted = Wanted([steps.CANARY], [], "personal")
    before = steps.opened(run(cut(files.saved(new), Wanted([], [], ""))).shown[0].picture)
    after = run(cut(files.saved(new), wanted))
    assert after.shown[0].lines == ["[taken out: personal data] 1"]
    image = steps.opened(after.shown[0].picture)
    assert image.size == before.size and image.width > image.height
    painted, black = dark(image), dark(before)
    # Nothing of the words is left round the box, and the box is where they stood.
    assert black[0] >= painted[0] - 3 and black[1] >= painted[1] - 3
    assert painted[4] > black[4] * 2


def dark(image) -> tuple[int, int, int, int, int]:
    """The frame of all dark pixels, and how many they are."""
    grey = image.convert("L").point(lambda value: 255 if value < 100 else 0)
    return (*grey.getbbox(), sum(1 for value in grey.get_flattened_data() if value))


def test_words_under_a_box_go_with_it():
    found = run(cut(files.pdf(1, "All of this"), Wanted([], [Box(1, 0, 0, 100, 50)], "court")))
    assert found.shown[0].lines == ["[taken out: before a court]"]
