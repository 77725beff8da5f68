"""Pictures, drawn afresh: only the colours of the points go over, none of what is said about them.

Belongs to the cleaner (cleaner.py): the web process does not import it.
"""

import io
import warnings
from contextlib import suppress
from typing import BinaryIO

from PIL import Image, ImageCms, ImageOps

from scrutiny.concerns.evidence.kinds import Refused
from scrutiny.concerns.evidence.rules import looks_like_police

Image.MAX_IMAGE_PIXELS = 40_000_000
warnings.simplefilter("error", Image.DecompressionBombWarning)

FORMATS = {
    "jpeg": ("JPEG", {"JPEG", "MPO"}, "image/jpeg", {"quality": 90}),
    "png": ("PNG", {"PNG"}, "image/png", {"optimize": False}),
    "webp": ("WEBP", {"WEBP"}, "image/webp", {"quality": 90}),
}


def clean(given: BinaryIO, made: BinaryIO, family: str) -> str:
    """Write the clean copy; returns its media type. Raises Refused."""
    name, known, mime, how = FORMATS[family]
    try:
        with Image.open(given, formats=[name, *known - {name, "MPO"}]) as image:
            if image.format not in known:
                raise Refused("kind")
            if looks_like_police(_said_of(image)):
                raise Refused("looks_police")
            image.seek(0)
            bare = _bare(image)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError, MemoryError):
        raise Refused("large_inside") from None
    bare.save(made, name, **how)
    return mime


def _bare(image: Image.Image) -> Image.Image:
    """The points alone, upright and in the colours every screen knows."""
    upright = ImageOps.exif_transpose(image)
    see_through = "A" in upright.getbands() or "transparency" in upright.info
    mode = "RGBA" if see_through and image.format != "JPEG" else "RGB"
    profile = upright.info.get("icc_profile")
    if profile and upright.mode in ("RGB", "RGBA"):
        with suppress(ImageCms.PyCMSError, OSError, TypeError, ValueError):
            known = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            upright = ImageCms.profileToProfile(upright, known, ImageCms.createProfile("sRGB"))
    drawn = upright.convert(mode)
    return Image.frombytes(mode, drawn.size, drawn.tobytes())


def _said_of(image: Image.Image) -> str:
    """All that the file says about itself, as one text."""
    found = []
    for value in [*image.info.values(), *dict(image.getexif()).values()]:
        found.append(value.decode("latin-1") if isinstance(value, bytes) else str(value))
    return "\n".join(found)
