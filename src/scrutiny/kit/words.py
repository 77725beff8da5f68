"""What people typed, made safe to print; and the house's own sentences, marked for translation."""

import re
from datetime import date
from typing import Any

BIDI = "".join(map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]))
"""Overrides and isolates: they make words read other than they are."""
BREAKS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
DROPPED = re.compile(f"[\x00-\x08\x0e-\x1f\x7f-\x9f{BIDI}]")
HALVES = re.compile("[\ud800-\udfff]")


def many_lines(text: str) -> str:
    """The same words with plain line breaks; half characters become U+FFFD."""
    return HALVES.sub("\ufffd", DROPPED.sub("", BREAKS.sub("\n", text)))


def one_line(text: str) -> str:
    """The same words on one line, single spaces between them."""
    return " ".join(many_lines(text).split())


def N_(text: str) -> str:
    """Mark a sentence of rules or forms for translation; it is translated where it is shown."""
    return text


class Meant(str):
    """A word that other languages say in more than one way: see NC_()."""

    context: str


def NC_(context: str, text: str) -> Meant:
    """Mark a word for translation in one of its meanings: `NC_("there is", "No")`.

    An answer is named after the verb of its question, with which Welsh says yes and no.
    """
    made = Meant(text)
    made.context = context
    return made


class Sentence(str):
    """A sentence with figures in it, translated before they are put in: see sentence()."""

    pattern: str
    facts: dict[str, Any]

    def __str__(self) -> str:
        return self  # so that the message of an error can still be translated


def sentence(pattern: str, **facts: Any) -> Sentence:
    """`sentence(N_("At most {most:,} files."), most=5)`: English here, the reader's on a page.

    A fact that is a day is written out: 8 January 2026.
    """
    made = Sentence(pattern.format(**{name: _said(fact) for name, fact in facts.items()}))
    made.pattern, made.facts = pattern, facts
    return made


def _said(fact: Any) -> Any:
    return f"{fact.day} {fact:%B %Y}" if isinstance(fact, date) else fact
