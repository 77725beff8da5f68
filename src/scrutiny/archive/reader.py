"""The reader: a process of its own, for one file, that reads it and makes a clean copy.

Run as `python -m scrutiny.archive.reader IN OUT` by reading.py and by nobody else. IN and OUT are
open files in memory; the name of the file and the day come in as JSON. One line of JSON goes out:
what was read, or why the file is refused. It has no network, little memory and little time, and
loads only the library for the kind of file that is at hand.
"""

import json
import os
import sys
from datetime import date
from importlib import import_module
from typing import Any

from scrutiny.agendas.papers import documents
from scrutiny.archive import guessing, structure
from scrutiny.archive.lines import About
from scrutiny.archive.rules import LONGEST_TEXT
from scrutiny.concerns.evidence.cleaner import narrow, wall
from scrutiny.concerns.evidence.kinds import Refused, family_of

ROOMS = {"pdf": "pdfs", "docx": "words"}


def read(given: int, made: int, order: dict[str, str]) -> dict[str, Any]:
    """What the file is and says, or why it is refused."""
    with os.fdopen(given, "rb") as old, os.fdopen(made, "w+b") as new:
        try:
            family = family_of(old)
            if family not in ROOMS:
                raise Refused("kind")
            room = import_module(f"scrutiny.archive.{ROOMS[family]}")
            wall()
            about = room.read(old, new, order["called"])
            return {"kind": family, "pages": about.pages, **_told(about, order)}
        except Refused as refusal:
            return {"why": str(refusal)}
        except (MemoryError, RecursionError):
            return {"why": "large_inside"}
        except Exception as trouble:  # every library has its own; the file is at fault
            return {"why": "damaged", "trouble": f"{type(trouble).__name__}: {trouble}"[:200]}


def _told(about: About, order: dict[str, str]) -> dict[str, Any]:
    """Of a scan nothing is guessed but its day, which may stand in its name."""
    lines = structure.settled(about.lines)
    day = guessing.day_of(lines, order["name"], date.fromisoformat(order["today"]))
    text, found = structure.markdown(lines), about.found
    if "scan" in found:
        text = ""
    if len(text) > LONGEST_TEXT:
        text, found = text[:LONGEST_TEXT], found | {"cut"}
    return {
        "text": text,
        "read": about.words[: 2 * LONGEST_TEXT],
        "day": day.isoformat() if day else "",
        "title": guessing.title_of(lines, day),
        "found": sorted(found),
    }


def main() -> None:
    documents.warm_up()
    order = json.loads(sys.stdin.read())
    narrow()
    print_to = os.dup(1)
    os.dup2(2, 1)  # a stray print must not be taken for an answer
    answer = json.dumps(read(int(sys.argv[1]), int(sys.argv[2]), order)).encode()
    while answer:
        answer = answer[os.write(print_to, answer) :]


if __name__ == "__main__":
    main()
