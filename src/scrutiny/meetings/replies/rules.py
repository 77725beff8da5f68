"""WHICH answers that come by mail count: whose they are, to which meeting, and whether new.

An invitation comes from an address that is this person's alone (panel+r0123…@host). A calendar
answers to that address, so whoever answers has had the invitation: a sender's name proves nothing.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from scrutiny.kit.ical import Answer as Said
from scrutiny.kit.ical import Reply
from scrutiny.meetings.rules import Answer

MARK = re.compile(r"\+r([0-9a-f]{24})@", re.IGNORECASE)
MARK_LENGTH = 24
"""96 bits, as hexadecimal: calendars may change the case of an address."""


class Outcome(StrEnum):
    """What became of a message. Nothing else of it is kept."""

    RECORDED = "recorded"
    AGAIN = "taken_before"
    NO_ANSWER = "no_calendar_answer"  # a letter that somebody wrote, or an empty answer
    UNREADABLE = "unreadable"
    UNKNOWN = "of_no_meeting"
    NOT_ASKED = "not_invited"
    UNPROVED = "not_from_an_invitation"
    OLDER = "older_than_what_is_known"
    TOO_LATE = "no_longer_asked"


MEANS = {
    Said.YES: Answer.YES,
    Said.NO: Answer.NO,
    Said.PERHAPS: Answer.PERHAPS,
    Said.DELEGATED: Answer.NO,  # somebody else would come: invitations are not passed on
}


def with_mark(address: str, mark: str) -> str:
    """panel@host and a mark -> panel+r<mark>@host."""
    local, _, domain = address.partition("@")
    return f"{local}+r{mark}@{domain}"


def marks_in(addresses: Iterable[str]) -> set[str]:
    """The marks in any of these addresses, in lower case."""
    return {found.lower() for one in addresses for found in MARK.findall(one)}


def meeting_in(uid: str, host: str) -> UUID | None:
    """The meeting that a UID of ours names, or None for one of somebody else's."""
    known, _, domain = uid.partition("@")
    if domain.casefold() != host.casefold():
        return None
    try:
        return UUID(known)
    except ValueError:
        return None


def is_older(said: Reply, sequence: int, known_sequence: int, known_stamp: datetime | None) -> bool:
    """Whether a later answer, or a later form of the meeting, has overtaken it (RFC 5546 2.1.5).

    `sequence` is the meeting's now; the known ones are of the last answer. Of two answers to the
    same form the later stamp counts; one without a stamp is taken as it comes.
    """
    if said.sequence < max(sequence, known_sequence):
        return True
    same = said.sequence == known_sequence
    return bool(same and said.stamp and known_stamp and said.stamp < known_stamp)
