"""The washer: a process of its own, for one file, that says what it is and makes a clean copy.

Run as `python -m scrutiny.agendas.papers.washer IN OUT` by washing.py and by nobody else. IN and
OUT are open files in memory, and the title of the paper comes in. One line of JSON goes out: the
kind of file and its pages, or why it is refused. It has no network, little memory and little time.
"""

import json
import os
import sys
from typing import BinaryIO

from PIL import Image

from scrutiny.agendas.papers import documents
from scrutiny.concerns.evidence import pictures, writings
from scrutiny.concerns.evidence.cleaner import narrow, wall
from scrutiny.concerns.evidence.kinds import Refused, family_of

OFFICE = ("docx", "odt")
PICTURES = ("jpeg", "png")
WIDEST = 2_000
"""Points on the longer side of a picture: 240 to the inch across a page, which prints well."""


def washed(given: int, made: int, title: str) -> dict[str, str | int]:
    """What the file was, or why it is refused."""
    with os.fdopen(given, "rb") as old, os.fdopen(made, "w+b") as new:
        try:
            family = family_of(old)
            wall()
            return {"kind": family, "pages": _clean(old, new, family, title)}
        except Refused as refusal:
            return {"why": str(refusal)}
        except MemoryError:
            return {"why": "large_inside"}
        except Exception as trouble:  # every library has its own; the file is at fault
            return {"why": "damaged", "trouble": f"{type(trouble).__name__}: {trouble}"[:200]}


def _clean(old: BinaryIO, new: BinaryIO, family: str, title: str) -> int:
    """Write the clean copy; returns its pages, 0 for what is still to be printed."""
    if family == "pdf":
        return documents.clean(old, new, title)
    if family in OFFICE:
        raise Refused("office")
    if family == "txt":
        writings.clean(old, new, family)
    elif family in PICTURES:
        pictures.clean(old, new, family)
        _fit(new)
    else:
        raise Refused("kind")
    return 0


def _fit(file: BinaryIO) -> None:
    """The picture on white, no larger than a page can show."""
    file.seek(0)
    with Image.open(file, formats=["JPEG", "PNG"]) as image:
        drawn = image.convert("RGBA")
    drawn.thumbnail((WIDEST, WIDEST))
    paper = Image.new("RGB", drawn.size, "white")
    paper.paste(drawn, mask=drawn)
    file.seek(0)
    file.truncate()
    paper.save(file, "JPEG", quality=88)


def main() -> None:
    Image.preinit()  # before the wall: they are found on the disk
    documents.warm_up()
    title = sys.stdin.read()
    narrow()
    print_to = os.dup(1)
    os.dup2(2, 1)  # a stray print must not be taken for an answer
    answer = washed(int(sys.argv[1]), int(sys.argv[2]), title)
    os.write(print_to, json.dumps(answer).encode())


if __name__ == "__main__":
    main()
