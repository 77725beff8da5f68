"""The clean copy shows what was sent and says nothing of it; what cannot be cleaned is refused."""

import io
import os
import subprocess
import zipfile

import av
import pikepdf
import pytest
from PIL import Image

from concerns.evidence import media
from concerns.evidence.media import CANARY, DEGREES
from scrutiny.concerns.evidence.papers import bare_jpeg
from scrutiny.concerns.evidence.recordings import is_frame
from scrutiny.concerns.evidence.washing import _answer


def cleaned(content: bytes) -> tuple[dict, bytes]:
    """What the cleaner says of it, in the process that it runs in, and the copy."""
    given, made = os.memfd_create("given"), os.memfd_create("made")
    try:
        os.write(given, content)
        os.lseek(given, 0, os.SEEK_SET)
        answer = _answer(given, made)
        os.lseek(made, 0, os.SEEK_SET)
        return answer, os.read(made, 100_000_000)
    finally:
        os.close(given)
        os.close(made)


PICTURES = {"image/jpeg": media.photo, "image/png": media.png, "image/webp": media.webp}


@pytest.mark.parametrize("mime", PICTURES)
def test_a_picture_carries_nothing_but_its_points(mime):
    content = PICTURES[mime]()
    assert CANARY.encode() in content
    answer, copy = cleaned(content)
    assert answer == {"mime": mime}
    assert CANARY.encode() not in copy
    assert DEGREES not in copy
    assert b"<script>" not in copy
    with Image.open(io.BytesIO(copy)) as image:
        assert image.size == (48, 64)  # upright, as its own note said it should be seen
        assert dict(image.getexif()) == {}
        assert not {"exif", "xmp", "comment", "photoshop"} & set(image.info)


def test_the_photo_of_this_test_does_carry_its_place():
    with Image.open(io.BytesIO(media.photo())) as image:
        assert image.getexif().get_ifd(0x8825)[2] == media.WHERE
        assert image.info["comment"] == CANARY.encode()
    assert DEGREES in media.photo()


def test_a_pdf_keeps_its_page_and_nothing_that_is_said_of_it():
    content = media.pdf()
    with pikepdf.open(io.BytesIO(content)) as old:
        assert old.attachments["secret.txt"].get_file().read_bytes() == CANARY.encode()
    answer, copy = cleaned(content)
    assert answer == {"mime": "application/pdf"}
    with pikepdf.open(io.BytesIO(copy)) as new:
        assert len(new.pages) == 1
        assert list(new.pages[0].mediabox) == [0, 0, 200, 200]
        picture = new.pages[0].obj.Resources.XObject.Im0
        assert pikepdf.PdfImage(picture).as_pil_image().size == (64, 48)
        assert set(new.Root.keys()) == {"/Type", "/Pages"}
        assert not new.docinfo.keys()
        everything = b"".join(
            (one.read_bytes() if one.get("/Filter") != "/DCTDecode" else one.read_raw_bytes())
            for one in new.objects
            if isinstance(one, pikepdf.Stream)
        )
    assert CANARY.encode() not in copy + everything
    assert DEGREES not in everything


def test_a_pdf_whose_pages_share_their_size_keeps_it():
    old = pikepdf.new()
    old.add_blank_page(page_size=(300, 100))
    old.Root.Pages.MediaBox = old.pages[0].obj.MediaBox
    del old.pages[0].obj["/MediaBox"]
    made = io.BytesIO()
    old.save(made)
    with pikepdf.open(io.BytesIO(cleaned(made.getvalue())[1])) as new:
        assert list(new.pages[0].mediabox) == [0, 0, 300, 100]


@pytest.mark.parametrize("make", [media.docx, media.odt])
def test_of_a_written_file_the_words_that_are_seen_are_kept(make):
    answer, copy = cleaned(make())
    assert "mime" in answer
    assert copy == f"{media.PLAIN}\n".encode()


def test_text_is_text():
    assert cleaned("Señor\r\nO’Neill\n".encode("cp1252")) == (
        {"mime": "text/plain"},
        "Señor\nO’Neill\n".encode(),
    )


RECORDINGS = {
    "video/mp4": lambda: media.mp4(),
    "video/quicktime": lambda: media.recording("mov", "libx264", "aac"),
    "video/webm": lambda: media.recording("webm", "libvpx"),
    "audio/mp4": lambda: media.recording("ipod", sound="aac"),
    "audio/mpeg": media.mp3,
    "audio/wav": lambda: media.recording("wav", sound="pcm_s16le"),
}


@pytest.mark.parametrize("mime", RECORDINGS)
def test_a_recording_plays_and_says_nothing(mime):
    content = RECORDINGS[mime]()
    assert CANARY.encode() in content
    answer, copy = cleaned(content)
    assert answer == {"mime": mime}
    assert CANARY.encode() not in copy
    assert b"Lavf6" not in copy  # nor what made the copy
    assert b"x264" not in copy  # what the camera wrote between the pictures
    before, after = _frames(content), _frames(copy)
    assert after == before
    assert sum(after) > 5


def _frames(content: bytes) -> list[int]:
    """How many pictures, and how many pieces of sound, can be played."""
    found = []
    for kind in ("video", "audio"):
        with av.open(io.BytesIO(content)) as opened:
            streams = getattr(opened.streams, kind)
            found.append(sum(1 for _ in opened.decode(streams[0])) if streams else 0)
    return found


def test_what_lies_between_two_frames_of_an_mp3_stays_behind():
    raw = media.mp3()
    middle = raw.find(b"\xff\xfb", len(raw) // 2)
    hidden = raw[:middle] + f"<script>{CANARY}</script>".encode() * 40 + raw[middle:]
    answer, copy = cleaned(hidden)
    assert answer == {"mime": "audio/mpeg"}
    assert CANARY.encode() not in copy
    assert not is_frame(b"<script>")


def test_two_files_in_one_become_one():
    """A picture that is also a zip, a film with a page of HTML behind it."""
    hidden = media.zipped({"a.html": CANARY.encode()}, zipfile.ZIP_STORED)
    for content in (media.photo(), media.mp4(), media.pdf()):
        answer, copy = cleaned(content + hidden)
        assert "mime" in answer
        assert CANARY.encode() not in copy
        assert not zipfile.is_zipfile(io.BytesIO(copy))


def bomb() -> bytes:
    """100 million points in a few kilobytes."""
    made = io.BytesIO()
    Image.new("1", (10_000, 10_000)).save(made, "PNG")
    return made.getvalue()


BILLION = (
    '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    f'<w:document xmlns:w="{media.W}"><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:document>'
)
REFUSED = {
    "a bomb of points": (bomb, "large_inside"),
    "a bomb of zeros": (lambda: media.docx("<a>" + " " * 19_000_000 + "</a>"), "large_inside"),
    "a bomb too large to read": (lambda: media.docx(" " * 30_000_000), "large_inside"),
    "a bomb of names": (lambda: media.docx(BILLION), "damaged"),
    "too many parts": (
        lambda: media.docx(extra={f"a/{n}": b"" for n in range(2_001)}),
        "large_inside",
    ),
    "a pdf with a password": (lambda: media.pdf(password="x"), "locked"),
    "a photo of an iPhone": (lambda: b"\0\0\0\x18ftypheic" + bytes(100), "heic"),
    "a program": (lambda: b"MZ" + bytes(200), "kind"),
    "a program of Linux": (lambda: b"\x7fELF" + bytes(200), "kind"),
    "a gif": (lambda: b"GIF89a" + bytes(200), "kind"),
    "an archive": (lambda: media.zipped({"a": b"a"}), "kind"),
    "half a photo": (lambda: media.photo((640, 480))[:3000], "damaged"),
    "half a film": (lambda: media.mp4()[:900], "damaged"),
    "half a pdf": (lambda: b"%PDF-1.7\n" + bytes(400), "damaged"),
    "noise": (lambda: bytes(range(256)) * 40, "kind"),
    "a camera on a chest": (lambda: media.mp4("Axon Body 3 X60A1234"), "looks_police"),
    "an officer's film": (lambda: media.mp4("BWV 2026-01-09"), "looks_police"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_cleaned_is_refused(name):
    make, why = REFUSED[name]
    answer, _ = cleaned(make())
    assert answer["why"] == why, answer
    assert answer.get("mime") is None


def test_a_photo_that_says_it_is_an_officers_is_refused():
    made, said = io.BytesIO(), Image.Exif()
    said[271], said[272] = "Motorola Solutions", "VB400"
    media.drawn().save(made, "JPEG", exif=said)
    assert cleaned(made.getvalue())[0]["why"] == "looks_police"
    said[271], said[272] = "motorola", "moto g54"  # a telephone that anybody has
    made = io.BytesIO()
    media.drawn().save(made, "JPEG", exif=said)
    assert cleaned(made.getvalue())[0] == {"mime": "image/jpeg"}


def test_a_jpeg_inside_a_pdf_is_followed_to_its_end():
    copy = bare_jpeg(media.photo())
    assert CANARY.encode() not in copy
    with Image.open(io.BytesIO(copy)) as image:
        image.load()
        assert image.size == (64, 48)


def test_the_cleaner_has_neither_network_nor_files():
    """The wall as the cleaner builds it, in a process of its own."""
    source = (
        "import socket\nfrom scrutiny.concerns.evidence.cleaner import narrow, wall\n"
        "narrow(); wall()\n"
        "def told(deed):\n"
        "    try:\n        deed()\n    except PermissionError as no:\n        return str(no)\n"
        "print(told(lambda: open('/etc/passwd')), told(lambda: open('/tmp/x', 'w')))\n"
        "print(told(lambda: socket.create_connection(('127.0.0.1', 9))))\n"
        "print(told(lambda: __import__('os').system('true')))\n"
    )
    done = subprocess.run(
        [*_python(), "-c", source], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split() == ["open", "open", "socket.getaddrinfo", "os.system"]


def _python() -> list[str]:
    return [os.sys.executable, "-P"]
