"""From lines to Markdown: headings, numbered items, attendance and actions, as far as they show.

It is a guess, and somebody checks it: where it is not clear a line stays a line.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from scrutiny.archive.lines import Line

POINT = re.compile(r"^(?:[•●▪■◦‣∙·\uf0b7\uf0a7*–—-]|o(?= ))\s+(?=\S)")
NUMBERED = re.compile(r"^((?:item\s+)?\d{1,2}(?:\.\d{1,2}){0,3})[.):]?\s+(?=\S)", re.IGNORECASE)
LETTERED = re.compile(r"^\(?(?:[a-z]|[ivx]{1,4})[.)]\s+(?=\S)")
ACTION = re.compile(
    r"^(actions?(?:\s+points?)?)(\s*(?:no\.?\s*)?\d+)?\s*[:–—-]\s*(?=\S)", re.IGNORECASE
)
LABEL = re.compile(
    r"^(present|in attendance|attendees|attendance|attending|apologies(?: for absence)?|absent|"
    r"chair|minutes taken by|minute taker|observers|date|time|venue|location)\s*:\s*(?=\S)",
    re.IGNORECASE,
)
KNOWN = re.compile(
    r"^(?:present|in attendance|attendees|attendance|apologies(?: for absence)?|absent|"
    r"matters arising|actions?(?: points| log| arising)?|any other business|a\.?o\.?b\.?|"
    r"declarations? of interests?|minutes of the (?:last|previous) meeting|welcome(?: and "
    r"(?:introductions|apologies))?|introductions|"
    r"date of (?:the )?next meeting|next meeting)\s*:?$",
    re.IGNORECASE,
)
PEOPLE = re.compile(
    r"#+ (?:\d+\.? )?(?:members )?(?:present|in attendance|attend|apologies|absent)[^#]{0,30}$",
    re.I,
)
RUNNING = re.compile(r"\d+")
PAGED = re.compile(r"(?:page\s*)?\d{1,3}(?:\s*(?:of|/|\s)\s*\d{1,3})?$", re.IGNORECASE)
ENDS = (".", "!", "?", ":", ";")
LONGEST_HEADING, LARGER, LARGEST, EDGE = 90, 1.12, 1.4, 2
MARKUP = re.compile(r"([\\`*_])")


def markdown(lines: list[Line]) -> str:
    """Settled lines as Markdown, a blank line between paragraphs."""
    sizes, widest = Sizes(lines), _width(lines)
    out: list[str] = []
    kinds: list[str] = []
    among_people = False
    for line, before in zip(lines, [None, *lines], strict=False):
        kind, words = _told(line, sizes, among_people)
        if kind == "heading":
            among_people = bool(PEOPLE.match(words))
        if kind == "plain" and _goes_on(line, before, kinds, widest):
            out[-1] += f" {words}"
            continue
        out.append(words)
        kinds.append(kind)
    return _joined(out, kinds)


def settled(lines: list[Line]) -> list[Line]:
    """Without running heads; what is set large and goes over several lines is one again."""
    lines, made = without_running(lines), []
    usual = Sizes(lines).usual
    for line in lines:
        last = made[-1] if made else None
        if last and not line.whole and line.size == last.size > usual * LARGEST > 0:
            made[-1] = replace(last, words=f"{last.words} {line.words}")
        else:
            made.append(line)
    return made


def _width(lines: list[Line]) -> int:
    """How many letters a full line has: few lines have more."""
    found = sorted(len(line.words) for line in lines)
    return found[int(len(found) * 0.95)] if found else 0


def without_running(lines: list[Line]) -> list[Line]:
    """Without what stands at the top or foot of most pages: names, dates, page numbers."""
    lines = [line for line in lines if line.cells or re.search(r"\w", line.words)]
    pages = {line.page for line in lines}
    edges = {id(line) for page in pages for line in _edges(lines, page)}
    seen = Counter(_mask(line) for line in lines if id(line) in edges)
    often = max(2, (len(pages) + 1) // 2)

    def runs(line: Line) -> bool:
        if line.whole or id(line) not in edges:
            return False
        return bool(PAGED.match(line.words)) or (len(pages) > 1 and seen[_mask(line)] >= often)

    return [line for line in lines if not runs(line)]


def _edges(lines: list[Line], page: int) -> list[Line]:
    here = [line for line in lines if line.page == page]
    some = min(EDGE, len(here) // 3)
    return [*here[:some], *here[len(here) - some :]]


def _mask(line: Line) -> str:
    return RUNNING.sub("0", line.words).casefold()


class Sizes:
    """How large most letters are, and those of a title, where something is much larger."""

    def __init__(self, lines: Iterable[Line]) -> None:
        found: Counter = Counter()
        for line in lines:
            found[line.size] += len(line.words)
        self.usual = found.most_common(1)[0][0] if found else 0.0
        largest = max(found, default=0.0)
        self.title = largest if largest > self.usual * LARGEST > 0 else -1.0


def _told(line: Line, sizes: Sizes, among_people: bool) -> tuple[str, str]:
    """What kind of line it is, and its Markdown."""
    if line.cells:
        return "row", "| " + " | ".join(_cell(cell) for cell in line.cells) + " |"
    if action := ACTION.match(line.words):
        number = (action[2] or "").strip()
        label = f"{action[1].capitalize()} {number}".strip()
        return "action", f"**{label}:** {_plain(line.words[action.end() :])}"
    if _is_heading(line, sizes.usual):
        level = line.level or (1 if line.size == sizes.title else 2)
        return "heading", f"{'#' * min(level + 1, 4)} {_inline(line.words.rstrip(':'))}"
    if label := LABEL.match(line.words):
        return "label", f"**{label[1].strip()}:** {_plain(line.words[label.end() :])}"
    return _kind_of_text(line, among_people)


def _kind_of_text(line: Line, among_people: bool) -> tuple[str, str]:
    if point := POINT.match(line.words):
        return "point", f"- {_plain(line.words[point.end() :])}"
    if line.point or LETTERED.match(line.words) or (among_people and len(line.words) < 90):
        return "point", f"- {_plain(line.words)}"
    return ("item" if NUMBERED.match(line.words) else "plain"), _plain(line.words)


def _is_heading(line: Line, usual: float) -> bool:
    words = line.words
    if line.level or KNOWN.match(words):
        return True
    if len(words) > LONGEST_HEADING or words.endswith((".", ";", ",")) or POINT.match(words):
        return False
    if not re.search(r"[^\W\d_]{2}", words):
        return False
    number = NUMBERED.match(words)
    stands_out = line.bold or line.size > usual * LARGER > 0
    capitals = words.isupper() and len(words) > 3
    if number and "." not in number[1] and len(words) < 70:
        return stands_out or capitals or words[number.end() :][:1].isupper()
    return (stands_out or capitals) and not LABEL.match(words)


def _goes_on(line: Line, before: Line | None, kinds: list[str], widest: int) -> bool:
    """Whether this is the next line of the same paragraph: the one before was full."""
    if not kinds or before is None or line.whole or kinds[-1] in ("heading", "row"):
        return False
    full = len(before.words) > 0.7 * widest
    return full and (not before.words.endswith(ENDS) or line.words[:1].islower())


def _joined(out: list[str], kinds: list[str]) -> str:
    made: list[str] = []
    for at, (words, kind) in enumerate(zip(out, kinds, strict=True)):
        before = kinds[at - 1] if at else ""
        if at:
            made.append("\n" if kind == before and kind in ("point", "row") else "\n\n")
        made.append(words)
        if kind == "row" and before != "row":
            made.append("\n|" + " --- |" * (words.count(" | ") + 1))
    return "".join(made)


def _inline(words: str) -> str:
    return MARKUP.sub(r"\\\1", words)


def _plain(words: str) -> str:
    """These very words, whatever they would mean in Markdown."""
    words = _inline(words)
    number = re.match(r"^(\d+)([.)]) ", words)
    if number:
        return f"{number[1]}\\{number[2]} {words[number.end() :]}"
    return re.sub(r"^([#>+~=|-])", r"\\\1", words)


def _cell(words: str) -> str:
    return _inline(words).replace("|", "\\|").replace("\n", " ").strip()


HEADING = re.compile(r"^#{1,6} ", re.MULTILINE)
ITEM = re.compile(r"^(?:#{1,6} )?(?:item )?\d{1,2}(?:\.\d{1,2})*(?:\\?[.):])? ", re.M | re.I)
SAID = re.compile(r"\*\*(?:present|in attendance|attend\w*|apologies[^*]*|absent):\*\*", re.I)
ACTIONS = re.compile(r"^\*\*actions?[^*]*:\*\*", re.MULTILINE | re.IGNORECASE)


def counted(text: str) -> dict[str, int]:
    """How many of each kind stand in the Markdown, for whoever checks it."""
    return {
        "headings": len(HEADING.findall(text)),
        "items": len(ITEM.findall(text)),
        "people": sum(1 for _ in _people(text)),
        "actions": len(ACTIONS.findall(text)),
    }


def _people(text: str) -> Iterator[str]:
    within = False
    for line in text.splitlines():
        if line.startswith("#"):
            within = bool(PEOPLE.match(line))
        elif within and line.startswith("- "):
            yield line
        elif SAID.match(line):
            yield from re.split(r"[,;]", line.split(":**", 1)[1])
