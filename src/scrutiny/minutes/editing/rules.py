"""WHEN the words of a draft may be edited, what a version restores, and how two versions differ."""

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any, NamedTuple
from uuid import UUID

from scrutiny.kit.words import N_
from scrutiny.membership.terms.changes import (
    ADDED,
    REMOVED,
    SAME,
    Paragraph,
    Part,
    compared,
    paragraphs,
)
from scrutiny.minutes.rules import PARTS, VOIDED, Stage, compare, in_order

EDITED_WHILE = (Stage.DRAFTING, Stage.CHAIR_REVIEW, Stage.CIRCULATED, *VOIDED)
MOST_PARAGRAPHS = 300
"""A part with more is shown as taken out and put in: to compare them all takes too long."""
HOW = {"compiled": N_("Compiled"), "edited": N_("Edited"), "restored": N_("Restored")}
FIRST = N_("Written for the first time")
TICK_FIRST = N_("Tick this first: the approval no longer counts once the words are changed.")
CALL_BACK_FIRST = N_("They are about to be published. Call them back first.")


def needs_a_tick(stage: str) -> bool:
    """Whether to change the words undoes what somebody else approved or cleared (R45)."""
    return stage in VOIDED


def why_not(stage: str, *, voids: bool) -> str:
    """Why the words may not be changed now; nothing where they may."""
    if stage not in EDITED_WHILE:
        return CALL_BACK_FIRST
    return TICK_FIRST if needs_a_tick(stage) and not voids else ""


def what_changed(old: Mapping[str, Any] | None, new: Mapping[str, Any]) -> list[str]:
    """In words, against the version before."""
    return compare(old, new) if old is not None else [FIRST]


# -- two versions ---------------------------------------------------------------------------------


class Difference(NamedTuple):
    """One part of the minutes that differs, paragraph by paragraph."""

    title: str
    paragraphs: list[Paragraph]


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Difference]:
    """What differs between two documents of one meeting, as a reader goes down the page.

    Leaving out what was added gives the old words of a part, what was removed the new ones.
    """
    before, after = _told(old), _told(new)
    found = []
    for key in [*after, *(key for key in before if key not in after)]:
        (title, text), (was_title, was) = after.get(key, ("", "")), before.get(key, ("", ""))
        if text != was:
            found.append((key, Difference(title or was_title, _marked(was, text))))
    return [one for _, one in sorted(found, key=lambda pair: pair[0])]


def _told(document: Mapping[str, Any]) -> dict[tuple[int, ...], tuple[str, str]]:
    """(where it stands) -> its title and its words."""
    parts = {
        (at,): (words, _words_of(document[name]))
        for at, (name, words) in enumerate(PARTS.items())
        if name in document
    }
    items = {
        (len(PARTS), *in_order(str(one["number"]))): (
            f"{one['number']}. {one['title']}",
            "\n\n".join(_of_item(one)),
        )
        for one in document["items"]
    }
    return parts | items


def _of_item(one: Mapping[str, Any]) -> Iterator[str]:
    for name in ("title", "declarations", "notes", "decisions", "actions"):
        if words := _words_of(one.get(name)):
            yield words


def _words_of(value: Any) -> str:
    """Anything in a document as plain words: what stands under a name of its own is a line."""
    if isinstance(value, Mapping):
        return ", ".join(_entry(*pair) for pair in value.items() if pair[1] not in ("", None, []))
    if isinstance(value, list):
        return "\n\n".join(filter(None, map(_words_of, value)))
    return "" if value is None else str(value)


def _entry(name: str, value: Any) -> str:
    words = _words_of(value)
    return words if isinstance(value, str) else f"{name.replace('_', ' ')} {words}"


def _marked(before: str, after: str) -> list[Paragraph]:
    old, new = paragraphs(before), paragraphs(after)
    if max(len(old), len(new)) <= MOST_PARAGRAPHS:
        return compared(before, after)
    gone = [Paragraph(REMOVED, [Part(REMOVED, one)]) for one in old]
    return gone + [Paragraph(ADDED, [Part(ADDED, one)]) for one in new]


def side(paragraph: Paragraph, kind: str) -> list[Part]:
    """A paragraph as one of the two versions has it; `kind` is what this one has more of."""
    return [part for part in paragraph.parts if part.kind in (SAME, kind)]


# -- restoring ------------------------------------------------------------------------------------


class Restoring(NamedTuple):
    """What a version gives back, and what it cannot."""

    notes: dict[UUID, str]  # agenda item -> the words it had, where they differ now
    lost: list[str]  # the titles of items that are no longer in the open part of the meeting
    stays: list[str]  # what else differs, in words: it comes from what the room recorded


def restoring(
    kept: Mapping[str, Any],
    ids: Sequence[UUID],
    now: Mapping[UUID, str],
    mine: Set[UUID],
    draft: Mapping[str, Any],
) -> Restoring:
    """`kept`: the document of the version and `ids` the items behind its own; `now`: the notes
    of the open items there are, `mine` those of them that are there for whoever restores."""
    items = list(zip(ids, kept["items"], strict=False))
    notes = {known: one["notes"] for known, one in items if known in now and known in mine}
    lost = [one["title"] for known, one in items if known not in now]
    stays = compare(_without_notes(draft), _without_notes(kept))
    changed = {known: words for known, words in notes.items() if words != now[known]}
    return Restoring(changed, lost, stays)


def _without_notes(document: Mapping[str, Any]) -> dict[str, Any]:
    return {**document, "items": [{**one, "notes": ""} for one in document["items"]]}
