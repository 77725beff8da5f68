"""Letters as other mail programs see them."""

import email
import email.policy
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrutiny.kit.mail import CalendarPart, Enclosure, Mailbox, message

AT = datetime(2026, 7, 1, 8, 30, tzinfo=UTC)
PANEL = Mailbox("Lambeth scrutiny panel", "panel@scrutiny.example.org")
BILAL = Mailbox('Siân; "Chair", O’Neill', "bilal@example.org")
INVITE = CalendarPart("REQUEST", b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n")


def a_letter(**changes):
    words = {"subject": "Panel meeting", "text": "Dear Siân,\n\nPlease come.\n"}
    return message(**{"key": "m1|0", "sender": PANEL, "to": BILAL, "at": AT} | words | changes)


def read_back(letter):
    return email.message_from_bytes(letter.as_bytes(), policy=email.policy.default)


def words_in(read, kind):
    return read.get_body((kind,)).get_content().replace("\r\n", "\n")


def types_in(part):
    """The nesting of a message: {"multipart/mixed": [...]} or the type of a leaf."""
    if not part.is_multipart():
        return part.get_content_type()
    return {part.get_content_type(): [types_in(inner) for inner in part.iter_parts()]}


def test_a_plain_letter():
    read = read_back(a_letter())

    assert dict(read.items()) == {
        "From": "Lambeth scrutiny panel <panel@scrutiny.example.org>",
        "To": '"Siân; \\"Chair\\", O’Neill" <bilal@example.org>',
        "Subject": "Panel meeting",
        "Date": "Wed, 01 Jul 2026 08:30:00 +0000",
        "Message-ID": "<90347727ac7fac8515b751c7a698008b@scrutiny.example.org>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
        "MIME-Version": "1.0",
        "Content-Type": 'text/plain; charset="utf-8"',
        "Content-Transfer-Encoding": "quoted-printable",
    }
    assert [a.addr_spec for a in read["To"].addresses] == ["bilal@example.org"]
    assert words_in(read, "plain") == "Dear Siân,\n\nPlease come.\n"
    assert a_letter().as_bytes().isascii()


def test_a_letter_with_everything():
    read = read_back(a_letter(html="<p>Siân</p>", calendar=INVITE))

    assert types_in(read) == {
        "multipart/mixed": [
            {"multipart/alternative": ["text/plain", "text/html", "text/calendar"]},
            "application/ics",
        ]
    }
    part, attached = list(read.walk())[-2:]
    assert part["Content-Type"].params == {"charset": "utf-8", "method": "REQUEST"}
    assert part.get_payload(decode=True) == attached.get_payload(decode=True) == INVITE.body
    assert attached.get_filename() == "invite.ics"
    assert words_in(read, "html") == "<p>Siân</p>\n"
    assert read.defects == []


def test_a_calendar_part_without_html_comes_last_too():
    assert types_in(read_back(a_letter(calendar=INVITE))) == {
        "multipart/mixed": [
            {"multipart/alternative": ["text/plain", "text/calendar"]},
            "application/ics",
        ]
    }


def test_files_go_with_a_letter_under_names_that_stay_in_their_place():
    paper = Enclosure('a;"b"\r\nBcc: x@y.z.pdf', "application/pdf", b"%PDF-1.7 \xff\x00")
    read = read_back(a_letter(calendar=INVITE, enclosed=[paper, paper]))
    files = list(read.iter_attachments())
    assert types_in(read)["multipart/mixed"][1:] == ["application/ics", *["application/pdf"] * 2]
    assert {file.get_content() for file in files[1:]} == {paper.content}
    assert {file.get_filename() for file in files[1:]} == {'a;"b" Bcc: x@y.z.pdf'}
    assert read["Bcc"] is None
    assert a_letter(enclosed=[paper]).as_bytes() == a_letter(enclosed=[paper]).as_bytes()


def test_the_same_letter_has_the_same_bytes_and_another_key_another_id():
    whole = {"html": "<p>x</p>", "calendar": INVITE}
    assert a_letter(**whole).as_bytes() == a_letter(**whole).as_bytes()
    assert a_letter()["Message-ID"] != a_letter(key="m1|1")["Message-ID"]


def test_who_may_unsubscribe_is_told_how_by_one_click():
    read = read_back(a_letter(unsubscribe="https://scrutiny.example.org/stop/abc"))
    assert read["List-Id"] == "<notices.scrutiny.example.org>"
    assert read["List-Unsubscribe"] == "<https://scrutiny.example.org/stop/abc>"
    assert read["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    with pytest.raises(ValueError, match="not a web address"):
        a_letter(unsubscribe="https://a.b/>\r\nBcc: x@y.z")


def test_long_words_are_cut_in_headers():
    letter = a_letter(subject="é " * 90, to=Mailbox("x" * 101, "bilal@example.org"))
    assert read_back(letter)["Subject"] == "é " * 49 + "é…"
    assert letter["To"].addresses[0].display_name == "x" * 99 + "…"


def test_a_letter_needs_an_aware_time():
    with pytest.raises(ValueError, match="time zone"):
        a_letter(at=AT.replace(tzinfo=None))


@pytest.mark.parametrize(
    "address",
    ["a@b.example", "first.last+tag@sub.b-c.example", "o'neill@b.example", "a" * 64 + "@b.example"],
)
def test_addresses_that_are(address):
    assert Mailbox("x", address).address == address


@pytest.mark.parametrize(
    "address",
    [
        "",
        "bilal",
        "@b.example",
        "a@",
        "a@b@c.example",
        "a b@c.example",
        "a@b.example\r\nBcc: x@y.z",
        "a@b.example\n",
        "a@b.example,x@y.z",
        "Bilal <a@b.example>",
        "<a@b.example>",
        "a@b.example SIZE=1",
        '"a b"@c.example',
        "a..b@c.example",
        ".a@c.example",
        "a@-b.example",
        "a@b..example",
        "a@[127.0.0.1]",
        "siân@b.example",
        "a@b\u2028c.example",
        "a\x00@b.example",
        "a" * 65 + "@b.example",
        "a@" + "b" * 64 + ".example",
        "a@" + "b." * 130 + "example",
    ],
)
def test_addresses_that_are_not(address):
    with pytest.raises(ValueError, match="is not an e-mail address"):
        Mailbox("x", address)


INJECTIONS = [
    "\r\nBcc: x@y.z",
    "\nBcc: x@y.z",
    "\rBcc: x@y.z\r\r<p>",
    "\u2028Bcc: x@y.z",
    "\x85Bcc: x@y.z",
    "\x1cBcc: x@y.z",
    "=?utf-8?q?=0D=0ABcc:_x=40y.z?=",
    "=?utf-8?b?DQpCY2M6IHhAeS56?=",
    '", x@y.z, "',
    "<x@y.z>",
    '\\" <x@y.z>, \\"',
    "a" * 2000,
    "é" * 900,
    "\ud800",
]
words = st.lists(st.text(st.characters()) | st.sampled_from(INJECTIONS), max_size=5).map("".join)


def assert_one_letter_to_one_person(letter):
    read = read_back(letter)
    assert sorted(read.keys()) == sorted(letter.keys())
    assert [a.addr_spec for a in read["To"].addresses] == ["bilal@example.org"]
    assert [a.addr_spec for a in read["From"].addresses] == ["panel@scrutiny.example.org"]
    head, _, _ = letter.as_bytes().partition(b"\r\n\r\n")
    assert head.isascii() and b"\n" not in head.replace(b"\r\n", b"") and b"\r\r" not in head
    assert max(map(len, letter.as_bytes().split(b"\r\n"))) <= 998
    assert len(read["Subject"].splitlines()) <= 1
    return read


@pytest.mark.parametrize("typed", INJECTIONS, ids=range(len(INJECTIONS)))
@pytest.mark.parametrize("prefix", ["", "Meeting ", "Siân "], ids=["alone", "ascii", "accent"])
def test_no_header_can_be_smuggled_in(typed, prefix):
    letter = a_letter(subject=prefix + typed, to=Mailbox(prefix + typed, "bilal@example.org"))
    assert_one_letter_to_one_person(letter)


@settings(deadline=None, max_examples=60)
@given(words, words, words)
def test_whatever_is_typed_stays_in_its_place(subject, name, text):
    letter = a_letter(
        subject=subject,
        to=Mailbox(name, "bilal@example.org"),
        sender=Mailbox(name, "panel@scrutiny.example.org"),
        text=text,
        html=text,
        calendar=INVITE,
        key=text,
    )
    read = assert_one_letter_to_one_person(letter)
    assert len(list(read.walk())) == 6
    assert read.defects == []


def test_no_text_can_end_its_part_by_knowing_the_boundary():
    boundary = a_letter(html="x").get_boundary()
    forged = f"\n--{boundary}--\n\n--{boundary}\nContent-Type: text/html\n\n<p>forged</p>\n"
    read = read_back(a_letter(html="x", text=forged))
    assert read.get_boundary() == boundary
    assert types_in(read) == {"multipart/alternative": ["text/plain", "text/html"]}
    assert words_in(read, "plain") == forged


@pytest.mark.parametrize("name", ["Okafor, Amara (chair); " * 4, "0" * 70 + ":= ?x", "a." * 45])
def test_a_long_name_with_marks_in_it_is_still_one_name(name):
    """The library's own folding takes the quotes off such a name, and reads it as addresses."""
    to = Mailbox(name, "amara@panel.example")
    read = email.message_from_bytes(a_letter(to=to).as_bytes(), policy=email.policy.default)
    assert [(one.display_name, one.addr_spec) for one in read["To"].addresses] == [
        (to.name, to.address)
    ]
