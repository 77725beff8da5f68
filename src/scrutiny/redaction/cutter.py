"""The cutter: a process of its own, for one PDF, that paints what is taken out over on its pages.

Run as `python -m scrutiny.redaction.cutter IN OUT` by cutting.py and by nobody else. IN and OUT are
open files in memory; what is to be taken out comes in as JSON. Pictures of pages go out, one after
the other, and one line of JSON: what remains of the words of each page, or why there is nothing.
It has no network, little memory and little time.
"""

import ctypes
import io
import json
import os
import sys
from collections.abc import Iterator
from typing import Any, BinaryIO, NamedTuple

import pypdfium2
from PIL import Image, ImageDraw
from pypdfium2 import raw

from scrutiny.concerns.evidence.cleaner import narrow, wall
from scrutiny.concerns.evidence.kinds import Refused
from scrutiny.redaction.matching import spans
from scrutiny.redaction.rules import MOST_PAGES, Box, boxes_in

LONGEST_SIDE, QUALITY, SCALE = 1_500, 70, 1.8  # pixels; of JPEG; pixels to a point
MOST_LETTERS = 2_000_000
ROUND = 3  # pixels around each letter that go with it
JOINT = ("￾", "\x02", "­")  # how pdfium says that a word goes on in the next line


class Part(NamedTuple):
    """Some pixels of a page."""

    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: "Part") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


class Sheet:
    """A page as it is shown: its size in pixels, its letters, and where each of them stands."""

    def __init__(self, page: Any) -> None:
        width, height = page.get_size()
        if not (width > 0 and height > 0):
            raise Refused("damaged")
        self.page, self.scale = page, min(SCALE, LONGEST_SIDE / max(width, height))
        self.width = max(1, int(width * self.scale))
        self.height = max(1, int(height * self.scale))
        self.text = page.get_textpage()
        self.letters = [
            _letter(raw.FPDFText_GetUnicode(self.text, at)) for at in range(self.text.count_chars())
        ]

    def part(self, at: int) -> Part:
        """Where a letter stands, with some room for what hangs out of its box."""
        loose, sides = raw.FS_RECTF(), [ctypes.c_double() for _ in range(4)]
        raw.FPDFText_GetLooseCharBox(self.text, at, ctypes.byref(loose))
        raw.FPDFText_GetCharBox(self.text, at, *map(ctypes.byref, sides))
        left, right, bottom, top = (one.value for one in sides)
        corners = [
            self._pixel(min(left, loose.left), max(top, loose.top)),
            self._pixel(max(right, loose.right), min(bottom, loose.bottom)),
        ]
        across, down = zip(*corners, strict=True)
        return Part(min(across) - ROUND, min(down) - ROUND, max(across) + ROUND, max(down) + ROUND)

    def _pixel(self, x: float, y: float) -> tuple[int, int]:
        across, down = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(self.page, 0, 0, self.width, self.height, 0, x, y,
                              ctypes.byref(across), ctypes.byref(down))  # fmt: skip
        return across.value, down.value

    def box(self, box: Box) -> Part:
        across, down = self.width / 100, self.height / 100
        return Part(box.x * across, box.y * down, (box.x + box.width) * across,
                    (box.y + box.height) * down)  # fmt: skip

    def picture(self, black: list[Part]) -> bytes:
        bitmap = self.page.render(scale=self.scale, may_draw_forms=False, fill_color=(255,) * 4)
        image = bitmap.to_pil().convert("RGB")
        if image.size != (self.width, self.height):
            image = image.resize((self.width, self.height), Image.Resampling.BILINEAR)
        brush = ImageDraw.Draw(image)
        for part in black:
            brush.rectangle(tuple(part), fill="black")
        made = io.BytesIO()
        image.save(made, "JPEG", quality=QUALITY, optimize=True)
        return made.getvalue()


def _letter(code: int) -> str:
    try:
        return chr(code) if code else " "
    except (ValueError, OverflowError):
        return " "


def cut(given: BinaryIO, made: BinaryIO, order: dict[str, Any]) -> dict[str, Any]:
    """Write the pictures of the pages asked for; returns what is said of all. Raises Refused."""
    pdf = pypdfium2.PdfDocument(given.read())
    count = len(pdf)
    if not 0 < count <= order.get("most", MOST_PAGES):
        raise Refused("pages" if count else "damaged")
    sheets = [Sheet(pdf[at]) for at in range(count)]
    if sum(len(one.letters) for one in sheets) > MOST_LETTERS:
        raise Refused("large_inside")
    gone, missing = _found(sheets, order["words"])
    shown, boxes = [], boxes_in(order["boxes"])
    for number, sheet in enumerate(sheets, start=1):
        wanted = not order["pages"] or number in order["pages"]
        here = [sheet.box(one) for one in boxes if one.page == number]
        told = _page(sheet, gone[number - 1], here, order["boxed"])
        picture = sheet.picture([*told.pop("black"), *here]) if wanted and order["draw"] else b""
        made.write(picture)
        shown.append(told | {"size": len(picture)})
    return {"pages": count, "missing": missing, "shown": shown}


def _found(sheets: list[Sheet], words: list[str]) -> tuple[list[set[int]], list[int]]:
    """Which letters of each page are of the words, and the words that are on none, by place.

    The pages are read as one text, as a word may go on over the page.
    """
    whole = "\n".join("".join(one.letters) for one in sheets)
    gone: list[set[int]] = [set() for _ in sheets]
    starts, at = [], 0
    for one in sheets:
        starts.append(at)
        at += len(one.letters) + 1
    for start, end in spans(whole, words):
        for number, begins in enumerate(starts):
            inside = range(max(start - begins, 0), min(end - begins, len(sheets[number].letters)))
            gone[number] |= set(inside)
    return gone, [n for n, word in enumerate(words) if not spans(whole, [word])]


def _page(sheet: Sheet, gone: set[int], boxes: list[Part], boxed: str) -> dict[str, Any]:
    """What remains of the words of a page, and what of it is painted over."""
    black, left, hidden, gap = [], [], False, ""
    for at, letter in enumerate(sheet.letters):
        part = sheet.part(at) if at in gone or boxes else None
        out = at in gone or any(part.touches(box) for box in boxes if letter.strip())
        if at in gone and letter not in "\r\n":
            black.append(part)
        if out and not hidden:
            left.append(boxed)
        hidden = out or (hidden and not letter.strip())
        if not hidden:
            left += [gap, letter]
        gap = "" if out or not hidden else gap + letter
    words = "".join(left)
    for joint in JOINT:
        words = words.replace(f"{joint}\r\n", "").replace(joint, "")
    covered = len(boxes) + sum(1 for at in gone if at - 1 not in gone)
    return {"black": black, "lines": list(_lines(words)), "taken": covered}


def _lines(words: str) -> Iterator[str]:
    for line in words.splitlines():
        if said := " ".join("".join(one if one.isprintable() else " " for one in line).split()):
            yield said


def answered(given: int, made: int, order: dict[str, Any]) -> dict[str, Any]:
    """What was cut, or why nothing was."""
    with os.fdopen(given, "rb") as old, os.fdopen(made, "w+b") as new:
        try:
            wall()
            return cut(old, new, order)
        except Refused as refusal:
            return {"why": str(refusal)}
        except (MemoryError, RecursionError):
            return {"why": "large_inside"}
        except Exception as trouble:  # the library has its own; the file is at fault
            return {"why": "damaged", "trouble": f"{type(trouble).__name__}: {trouble}"[:200]}


def main() -> None:
    Image.preinit()  # before the wall: they are found on the disk
    order = json.loads(sys.stdin.read())
    narrow()
    print_to = os.dup(1)
    os.dup2(2, 1)  # a stray print must not be taken for an answer
    answer = json.dumps(answered(int(sys.argv[1]), int(sys.argv[2]), order)).encode()
    while answer:
        answer = answer[os.write(print_to, answer) :]


if __name__ == "__main__":
    main()
