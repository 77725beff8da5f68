"""WHICH of what was found blocks, which only warns, what may be lifted, and by whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from scrutiny.kit.words import N_, one_line
from scrutiny.leaks.spots import Spot, kind_of

NEVER_LIFTED = frozenset({"phone", "email", "receipt"})
"""They reach somebody, or open what they wrote: no reason makes them public (security.md 7)."""
KINDS = {
    "name": N_("A name"),
    "phone": N_("A telephone number"),
    "email": N_("An e-mail address"),
    "address": N_("An address"),
    "receipt": N_("A receipt, or a part of one"),
    "collar": N_("An officer's number"),
    "count": N_("A count so small that it can tell of somebody"),
}
ORDER = "epracngiw"
"""Of two that overlap the one whose key begins with the earlier letter is told."""
LONGEST_SHOWN = 80
SHORTEST_REASON, LONGEST_REASON = 10, 500
NO_REASON = N_("Say why this may be published although a confidential record knows it.")
SAME_PERSON = N_("You prepared this text yourself, so another person must decide.")
NOT_LIFTABLE = N_("A receipt, a telephone number or an e-mail address is never published.")


@dataclass(frozen=True)
class Finding:
    """Something in what is to be published that a confidential record of the panel knows."""

    kind: str
    outlet: str
    shown: str
    blocks: bool
    liftable: bool
    mark: str  # what lifting it is bound to
    lifted: bool = False


class Hit(NamedTuple):
    key: str
    spot: Spot
    mark: str
    warns: bool = False  # whatever stands there


def findings_of(outlet: str, hits: Iterable[Hit], lifted: frozenset[str]) -> list[Finding]:
    """One for each place, the strongest of those that overlap, in the order of the text."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=_strength):
        if not any(_overlap(hit.spot, other.spot) for other in kept):
            kept.append(hit)
    kept.sort(key=lambda hit: hit.spot.start)
    return [_finding(outlet, hit, lifted) for hit in kept]


def _strength(hit: Hit) -> tuple:
    spot = hit.spot
    return (not _is_firm(hit), ORDER.index(hit.key[0]), spot.start, spot.start - spot.end, hit.mark)


def _is_firm(hit: Hit) -> bool:
    return hit.spot.firm and not hit.warns


def _overlap(one: Spot, two: Spot) -> bool:
    return one.text == two.text and one.start < two.end and two.start < one.end


def _finding(outlet: str, hit: Hit, lifted: frozenset[str]) -> Finding:
    kind, spot = kind_of(hit.key), hit.spot
    liftable = kind not in NEVER_LIFTED
    is_lifted = liftable and hit.mark in lifted
    shown = one_line(spot.text[spot.start : spot.end])[:LONGEST_SHOWN]
    return Finding(
        kind, outlet, shown, _is_firm(hit) and not is_lifted, liftable, hit.mark, is_lifted
    )


def why_not_lifted(
    findings: Iterable[Finding], reason: str, *, by: object, prepared_by: object
) -> str:
    """Why these may not be lifted by this person with this reason, or nothing."""
    if by == prepared_by:
        return SAME_PERSON
    if any(one.kind in NEVER_LIFTED or not one.liftable for one in findings):
        return NOT_LIFTABLE
    if len(reason) < SHORTEST_REASON:
        return NO_REASON
    return ""


def refusal(findings: Iterable[Finding]) -> str:
    """What whoever wants to publish is told; nothing when nothing blocks."""
    said = [f"“{one.shown}” ({one.outlet})" for one in findings if one.blocks]
    if not said:
        return ""
    more = f" and {len(said) - 5} more" if len(said) > 5 else ""
    return (
        f"This cannot be published as it stands: {', '.join(said[:5])}{more}. "
        "A confidential record of the panel knows it. Take it out or write it in another way."
    )
