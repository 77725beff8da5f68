"""A resident comes, writes, comes back and goes: what stays of it that anybody could read?

A real server, a real post, a photo that says where it was taken. Afterwards every byte on the disk,
in the letters, in the logs and in what browsers remember is searched for what was said and by whom.
"""

import io
import re
from base64 import b64decode
from datetime import date, datetime, time
from uuid import UUID

import pytest
from PIL import Image

from concerns.evidence.media import CANARY, DEGREES, photo
from concerns.serving import (
    leaks,
    said_in,
    titles,
)
from concerns.story import (
    FORCE,
    HAPPENED,
    NADIA,
    OFFICER,
    PLACE,
    SAID,
    Story,
    letters_to,
    tell,
)
from scrutiny.concerns.vocabulary import BANDS
from scrutiny.kit.clock import LONDON, today

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    yield from tell(tmp_path_factory.mktemp("traces"))


MOMENTS = ("open", "taken back", "closed")


# -- what is kept ---------------------------------------------------------------------------------


@pytest.mark.parametrize("moment", MOMENTS)
def test_nothing_on_the_disk_or_in_the_logs_says_what_was_said_or_by_whom(story, moment):
    kept = story.kept[moment]
    assert leaks(kept, [*story.secrets, PLACE, OFFICER]) == []
    assert any("evidence/" in name for name in kept) or moment != "open"


def test_the_search_finds_what_is_there(story):
    """What it looks for is really what was sent, and it would be found in each of its shapes."""
    page = "".join(story.residents[0].pages).encode() + story.grace.replies[-1].content
    assert {word for _, word in leaks({"": page}, SAID)} >= {SAID[0], SAID[1], SAID[3], SAID[4]}
    assert leaks({"": photo()}, [CANARY, DEGREES])
    for word in (one for one in story.secrets if isinstance(one, str)):
        for hidden in (word.upper(), word.encode().hex(), f"x{word}\0"):
            assert leaks({"": hidden.encode()}, [word]), hidden
    assert leaks({"a": b64decode("AAAA") + b"TmFkaWEgWHlsb3F1aXN0"}, ["Nadia Xyloquist"])


def test_the_picture_of_the_code_is_kept_nowhere(story):
    found = re.findall(r"data:image/png;base64,([^\"]+)", "".join(story.residents[0].pages))
    assert found
    for moment in MOMENTS:
        whole = b"".join(story.kept[moment].values())
        for picture in found:
            assert picture.encode() not in whole and b64decode(picture)[60:] not in whole


def test_the_server_had_nothing_to_say(story):
    assert story.kept["closed"]["server.log"] == b""


def test_taken_back_nothing_of_the_sealed_parts_is_left(story):
    """Whoever kept the keys could not open what is gone."""
    before = {bytes.fromhex(one) for one in sealed_of(story.rows["open"])}
    assert len(before) > 10
    for moment in ("taken back", "closed"):
        kept = story.kept[moment]
        whole = b"".join(kept.values())
        gone = [one for one in before if one in whole or one.hex().encode() in whole]
        assert gone == []
        assert [name for name in kept if "evidence/" in name] == []
    tables = {table for table, _ in story.rows["taken back"]}
    assert not tables & {"message", "consent", "contact", "notice", "evidence", "concern_key"}


def sealed_of(rows: list[tuple[str, dict]]) -> list[str]:
    """Every sealed value of the residents, as the rows hold it."""
    theirs = {"concern": ["sealed_words"], "message": ["sealed"], "contact": ["sealed"],
              "notice": ["sealed"], "evidence": ["locked_key", "sealed_key"],
              "concern_key": ["wrapped"], "preservation": ["sealed"]}  # fmt: skip
    return [
        row[name] for table, row in rows for name in theirs.get(table, ()) if len(row[name]) > 20
    ]


# -- when it was ----------------------------------------------------------------------------------

OF_PEOPLE_SEATED = {"person", "panel", "force", "seat", "session", "vault", "custodian_key",
                    "migration", "sent_form", "look"}  # fmt: skip


def of_residents(story: Story, moment: str) -> list[tuple[str, dict]]:
    """Every row that came of what they did: not those of whoever is signed in."""
    return [
        (table, row)
        for table, row in story.rows[moment]
        if table not in OF_PEOPLE_SEATED and not (table == "event" and row["seat"])
    ]


@pytest.mark.parametrize("moment", MOMENTS[:2])
def test_no_row_has_a_time_finer_than_a_day(story, moment):
    rows = of_residents(story, moment)
    hours = [
        (table, row.get("kind") or row.get("what"), name, value)
        for table, row in rows
        for name, value in row.items()
        if isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\dT", value)
        if datetime.fromisoformat(value).astimezone(LONDON).time() != time()
    ]
    assert hours == []
    assert {"concern", "event", "letter"} <= {table for table, _ in rows}


@pytest.mark.parametrize("moment", MOMENTS[:2])
def test_no_id_of_a_row_tells_the_time(story, moment):
    """Ids of version 7 begin with it."""
    ids = [(table, UUID(row["id"])) for table, row in of_residents(story, moment)
           if table not in ("head", "counter") and "-" in str(row["id"])]  # fmt: skip
    assert len(ids) > 8
    assert [one for one in ids if one[1].version != 4] == []


def test_no_file_or_folder_tells_the_hour_at_which_one_was_sent(story):
    assert len([path for path in story.hours if path.is_file() or path.suffix]) == 4
    assert {str(path): hour for path, hour in story.hours.items() if hour != time()} == {}


# -- what leaves the house ------------------------------------------------------------------------


def test_the_force_is_told_day_time_place_and_officer_and_nothing_else(story):
    (letter,) = letters_to(story, FORCE)
    year = today().year
    day = f"{HAPPENED.day} {HAPPENED:%B %Y}"
    told = {
        "Our reference": f"LAM-V-{year}-01",
        "Day": day,
        "Time": BANDS["evening"],
        "Place": PLACE,
        "Officer's shoulder number": OFFICER,
    }
    body = letter.get_body().get_content()
    assert dict(re.findall(r"^- (.+?): (.+?)\r?$", body, re.MULTILINE)) == told
    (paper,) = letter.iter_attachments()
    assert paper.get_filename() == f"LAM-V-{year}-01.pdf"
    words = said_in(letter)
    printed = " ".join(next(v for k, v in words.items() if k.startswith("paper")).decode().split())
    assert all(f"{name}: {one}" in printed for name, one in told.items())
    assert leaks(words, [*story.secrets, "/concerns", "LAM-C"]) == []
    assert letter["Subject"] == f"Request LAM-V-{year}-01 from Lambeth Scrutiny Panel"


def test_no_other_letter_says_anything(story):
    others = [one for one in story.house.letters() if FORCE not in one["To"]]
    assert {one["To"].addresses[0].addr_spec for one in others} == {
        *("grace@panel.test", "sol@panel.test", NADIA),
    }
    for letter in others:
        spared = [NADIA] if letter["To"] == NADIA else []  # the address it must go to
        words = [one for one in (*story.secrets, PLACE, OFFICER, "LAM-") if one not in spared]
        assert leaks(said_in(letter), words) == []


def test_a_letter_to_a_resident_says_only_that_there_is_news(story):
    (letter,) = letters_to(story, NADIA)
    assert letter["Subject"] == "There is an update"
    body = letter.get_body().get_content()
    link = f"{story.house.address}/concerns/return"
    assert body.split() == ["There", "is", "an", "update.", link]


def test_no_letter_tells_the_hour(story):
    dates = {one["Date"].datetime.astimezone(LONDON).time() for one in story.house.letters()}
    assert dates == {time()}
    heads = "".join(str(one.items()) for one in story.house.letters())
    assert "Received" not in heads


# -- what browsers are told -----------------------------------------------------------------------


def test_no_address_header_or_title_says_anything(story):
    visitors = [*story.residents, story.grace]
    told = {
        f"{number} {reply.request.method}": f"{reply.url} {reply.headers}".encode()
        for number, reply in enumerate(one for visitor in visitors for one in visitor.replies)
    }
    named = {
        f"title {number}": title.encode()
        for number, page in enumerate(page for visitor in visitors for page in visitor.pages)
        for title in titles(page)
    }
    assert len(told) > 40 and len(named) > 40
    assert leaks(told | named, [*story.secrets, PLACE, OFFICER]) == []


def test_residents_get_no_cookie_and_no_page_of_theirs_may_be_kept(story):
    for visitor in story.residents:
        assert not any("set-cookie" in reply.headers for reply in visitor.replies)
        theirs = [reply for reply in visitor.replies if "/concerns/" in str(reply.url)]
        assert len(theirs) > 15 or visitor is story.residents[1]
        assert {reply.headers["cache-control"] for reply in theirs} == {"no-store"}
        assert {reply.headers["referrer-policy"] for reply in theirs} == {"no-referrer"}


def test_no_page_of_theirs_tells_an_hour(story):
    pages = [page for visitor in story.residents for page in visitor.pages]
    assert [found for page in pages for found in re.findall(r"\b\d\d?:\d\d\b", page)] == []


def test_the_clean_copies_show_the_picture_and_nothing_of_its_past(story):
    for copy in story.copies:
        picture = Image.open(io.BytesIO(copy))
        assert sorted(picture.size) in ([480, 640], [200, 320])
        assert dict(picture.getexif()) == {}
        assert not {"exif", "xmp", "comment", "photoshop", "icc_profile"} & picture.info.keys()
        assert leaks({"": copy}, [CANARY, DEGREES, "GPS", "Exif"]) == []
        assert DEGREES not in copy
    names = [one.headers.get("content-disposition", "") for one in story.grace.replies]
    year = today().year
    assert [name for name in names if name] == [
        f"attachment; filename=LAM-C-{year}-01-file-{number}.jpg" for number in (1, 2)
    ]


def test_days_are_all_that_is_kept_of_when(story):
    (first, *_) = [row for table, row in story.rows["open"] if table == "concern"]
    assert date.fromisoformat(first["received"]) == date.fromisoformat(first["touched"]) == today()
