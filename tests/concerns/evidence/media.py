"""Files as residents send them, made here: each says in every place it can where it was taken."""

import io
import struct
import zipfile
import zlib
from fractions import Fraction

import av
import pikepdf
from PIL import Image
from PIL.ExifTags import GPS, Base

CANARY = "Kittiwake-51.4613N-0.1156W"
WHERE = (51.0, 27.0, 40.68)
DEGREES = struct.pack(">6I", 51, 1, 27, 1, 1017, 25)
"""The place as bytes in a photo's own table: what must not be found in the clean copy."""


def exif() -> Image.Exif:
    found = Image.Exif()
    found[Base.Make], found[Base.Model] = CANARY, CANARY
    found[Base.Orientation] = 6
    found[Base.ImageDescription] = CANARY
    place = found.get_ifd(0x8825)
    place[GPS.GPSLatitudeRef], place[GPS.GPSLatitude] = "N", WHERE
    place[GPS.GPSLongitudeRef], place[GPS.GPSLongitude] = "W", (0.0, 6.0, 56.2)
    place[GPS.GPSAreaInformation] = CANARY.encode()
    return found


def drawn(size: tuple[int, int] = (64, 48)) -> Image.Image:
    return Image.radial_gradient("L").resize(size).convert("RGB")


def photo(size: tuple[int, int] = (64, 48)) -> bytes:
    """A JPEG with EXIF and GPS, XMP, IPTC, a comment, a small picture, and something behind it."""
    made = io.BytesIO()
    xmp = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{CANARY}</x:xmpmeta>".encode()
    drawn(size).save(made, "JPEG", exif=exif(), xmp=xmp, comment=CANARY.encode())
    raw = made.getvalue()
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(CANARY)) + CANARY.encode()
    small = b"JFXX\0\x10" + CANARY.encode()
    more = b"".join(
        b"\xff" + mark + struct.pack(">H", len(one) + 2) + one
        for mark, one in ((b"\xed", iptc), (b"\xe0", small))
    )
    return raw[:2] + more + raw[2:] + b"<script>" + CANARY.encode()


def png() -> bytes:
    made = io.BytesIO()
    drawn().save(made, "PNG", exif=exif())
    raw, said = made.getvalue(), b"tEXtComment\0" + CANARY.encode()
    chunk = struct.pack(">I", len(said) - 4) + said + struct.pack(">I", zlib.crc32(said))
    return raw[:33] + chunk + raw[33:]


def webp() -> bytes:
    made = io.BytesIO()
    drawn().save(made, "WEBP", exif=exif(), xmp=CANARY.encode())
    return made.getvalue()


def pdf(password: str = "", page_photo: bytes = b"") -> bytes:
    """One page with a photo on it, and something hidden in every corner a PDF has."""
    made, new = io.BytesIO(), pikepdf.new()
    new.add_blank_page(page_size=(200, 200))
    page = new.pages[0]
    picture = new.make_stream(page_photo or photo())
    picture.Type, picture.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    picture.Width, picture.Height, picture.BitsPerComponent = 64, 48, 8
    picture.ColorSpace, picture.Filter = pikepdf.Name.DeviceRGB, pikepdf.Name.DCTDecode
    picture.Metadata = new.make_stream(CANARY.encode())
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=picture))
    page.obj.Contents = new.make_stream(b"q 100 0 0 100 20 20 cm /Im0 Do Q")
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=CANARY)
    page.obj.AA = pikepdf.Dictionary(O=action)
    page.obj.Metadata = new.make_stream(CANARY.encode())
    page.obj.PieceInfo = pikepdf.Dictionary(X=pikepdf.Dictionary(Private=CANARY))
    page.obj.Annots = pikepdf.Array([new.make_indirect(pikepdf.Dictionary(Contents=CANARY))])
    new.attachments["secret.txt"] = CANARY.encode()
    page.obj.AF = pikepdf.Array([new.attachments["secret.txt"].obj])
    new.Root.OpenAction = action
    new.Root.Metadata = new.make_stream(CANARY.encode())
    new.docinfo["/Author"] = CANARY
    locked = pikepdf.Encryption(owner=password, user=password) if password else None
    new.save(made, encryption=locked or False)
    return made.getvalue()


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PLAIN = "He took my phone."


def docx(main: str = "", extra: dict[str, bytes] | None = None) -> bytes:
    main = main or (
        f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>{PLAIN}</w:t></w:r>'
        f'<w:del w:author="{CANARY}"><w:r><w:delText>{CANARY}</w:delText></w:r></w:del>'
        f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>{CANARY}</w:t></w:r>"
        f"<w:r><w:instrText>{CANARY}</w:instrText></w:r></w:p></w:body></w:document>"
    )
    return zipped(
        {
            "[Content_Types].xml": b"<Types/>",
            "_rels/.rels": b"<Relationships/>",
            "word/document.xml": main.encode(),
            "docProps/core.xml": CANARY.encode(),
            "word/comments.xml": CANARY.encode(),
            "word/media/image1.jpg": photo(),
            **(extra or {}),
        }
    )


def odt() -> bytes:
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    main = (
        f'<office:document-content xmlns:office="{office}" xmlns:text="{text}"><office:body>'
        f"<office:text><text:tracked-changes><text:p>{CANARY}</text:p></text:tracked-changes>"
        f"<text:p>He took<office:annotation><text:p>{CANARY}</text:p></office:annotation>"
        "<text:s/>my <text:span>phone</text:span>.</text:p></office:text></office:body>"
        "</office:document-content>"
    )
    return zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.text",
            "content.xml": main.encode(),
            "meta.xml": CANARY.encode(),
        },
        zipfile.ZIP_STORED,
    )


def zipped(parts: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", how) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return made.getvalue()


def recording(form: str, picture: str = "", sound: str = "", title: str = CANARY) -> bytes:
    """A second of film or sound whose file says where it was taken."""
    made = io.BytesIO()
    with av.open(made, "w", format=form) as new:
        new.metadata["title"] = new.metadata["comment"] = new.metadata["location"] = title
        film = new.add_stream(picture, rate=10) if picture else None
        tone = new.add_stream(sound, rate=44100, layout="mono") if sound else None
        if film:
            film.width, film.height, film.pix_fmt = 64, 48, "yuv420p"
            _shoot(new, film)
        if tone:
            _sound(new, tone)
    return made.getvalue()


def _shoot(new, film) -> None:
    for n in range(10):
        frame = av.VideoFrame.from_image(drawn())
        frame.pts, frame.time_base = n, Fraction(1, 10)
        new.mux(film.encode(frame))
    new.mux(film.encode())


def _sound(new, tone) -> None:
    size = tone.codec_context.frame_size or 1024
    for n in range(40):
        frame = av.AudioFrame(tone.codec_context.format.name, "mono", size)
        frame.rate, frame.pts, frame.time_base = 44100, n * size, Fraction(1, 44100)
        for plane in frame.planes:
            plane.update(bytes(plane.buffer_size))
        new.mux(tone.encode(frame))
    new.mux(tone.encode())


def mp4(title: str = CANARY) -> bytes:
    return recording("mp4", "libx264", "aac", title)


def mp3() -> bytes:
    raw = recording("mp3", sound="libmp3lame")
    return raw + b"TAG" + CANARY.encode().ljust(125, b"\0")
