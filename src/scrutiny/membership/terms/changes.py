"""What changed between two texts: by paragraph, and in a changed paragraph by word."""

import re
from difflib import SequenceMatcher
from typing import NamedTuple

SAME, ADDED, REMOVED, CHANGED = "same", "added", "removed", "changed"
WORDS = re.compile(r"\s+|\w+|[^\w\s]")
LIKE = 0.35
"""How alike two paragraphs are, of 1, to be shown as one that changed."""
MOST_WORDS = 3000
"""A longer paragraph is shown as removed and added: comparing word by word takes too long."""


class Part(NamedTuple):
    kind: str  # same, added, removed
    text: str


class Paragraph(NamedTuple):
    kind: str  # same, added, removed, changed
    parts: list[Part]


def paragraphs(text: str) -> list[str]:
    return [one.strip() for one in re.split(r"\n\s*\n", text.strip()) if one.strip()]


def readable(text: str) -> str:
    """Markdown as it is read: headings without their signs, lines of one paragraph joined; the
    points of a list keep their own lines."""
    plain = re.sub(r"^#{1,6}[ \t]+", "", text, flags=re.MULTILINE)
    return re.sub(r"(?<!\n)\n(?!\n|[ \t]*(?:[-*+]|\d+[.)])[ \t])", " ", plain)


def compared(before: str, after: str) -> list[Paragraph]:
    """Every paragraph of either text, in order. Leaving out what was added gives `before`."""
    old, new = paragraphs(before), paragraphs(after)
    found: list[Paragraph] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [Paragraph(SAME, [Part(SAME, one)]) for one in old[i:j]]
        else:
            found += _replaced(old[i:j], new[k:m])
    return found


def _replaced(old: list[str], new: list[str]) -> list[Paragraph]:
    """Pairs those that are alike, in order; the rest is removed or added."""
    found: list[Paragraph] = []
    start = 0
    for was in old:
        match = next((at for at in range(start, len(new)) if _is_like(was, new[at])), None)
        if match is None:
            found.append(Paragraph(REMOVED, [Part(REMOVED, was)]))
            continue
        found += [Paragraph(ADDED, [Part(ADDED, one)]) for one in new[start:match]]
        found.append(Paragraph(CHANGED, _words(was, new[match])))
        start = match + 1
    return found + [Paragraph(ADDED, [Part(ADDED, one)]) for one in new[start:]]


def _is_like(one: str, other: str) -> bool:
    a, b = WORDS.findall(one), WORDS.findall(other)
    if max(len(a), len(b)) > MOST_WORDS:
        return False
    return SequenceMatcher(None, a, b, autojunk=False).quick_ratio() >= LIKE


def _words(before: str, after: str) -> list[Part]:
    old, new = WORDS.findall(before), WORDS.findall(after)
    found: list[Part] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Part(SAME, "".join(old[i:j])))
            continue
        if i < j:
            found.append(Part(REMOVED, "".join(old[i:j])))
        if k < m:
            found.append(Part(ADDED, "".join(new[k:m])))
    return found
