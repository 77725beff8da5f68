"""The published figures as a table that spreadsheets read."""

import csv
import io

from scrutiny.concerns.video.rules import NAMES, Figures

HIDDEN = "fewer than 5, or not shown"


def as_csv(figures: Figures) -> bytes:
    """UTF-8 with a byte order mark: outcome, requests. A hidden number is words, never a nought."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(("outcome", "requests"))
    writer.writerow(("asked", _cell(figures.asked)))
    for name, count in figures.counts.items():
        writer.writerow((NAMES[name].lower(), _cell(count)))
    return out.getvalue().encode("utf-8-sig")


def _cell(count: int | None) -> str:
    return HIDDEN if count is None else str(count)
