"""Every kind of PDF that this site makes, each made once by the code that makes it for people."""

import base64
import io
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from agendas.packs.steps import content, made
from agendas.papers import steps as papers
from cast import Cast, seat_everybody
from kit.proofs import document as proof_document
from kit.proofs import proof
from kit.signers import a_key
from minutes import steps as sitting
from minutes.test_document import HELD, LONG, PANEL, minutes
from PIL import Image

from scrutiny.agendas.packs import front
from scrutiny.agendas.packs.contents import contents_of, sources_of
from scrutiny.agendas.papers.queries import bytes_of
from scrutiny.concerns.video.letter import Details, letter
from scrutiny.kit.pdf import pdf
from scrutiny.kit.signing import Key, signed
from scrutiny.letters.paper import printed as on_paper
from scrutiny.minutes import document
from scrutiny.minutes.parts import Discussed

AT = datetime(2026, 1, 9, tzinfo=UTC)
HEAD = f"scrutiny-head 1 1234 {'0af1' * 16} 2026-05-20 {'9c' * 8}"
DETAILS = Details("Acre Lane", "between 14:00 and 16:00", "1234 LX")
WORDS = b"# Findings\n\nSome.\n\n| Ward | Searches |\n|---|---|\n| North | 12 |\n"


def of_items(count: int):
    """Minutes whose length grows with the number of their items."""
    noted = sitting.NOTES + "\n\n| Ward | Searches |\n|---|---|\n| North | 12 |\n"
    items = [Discussed(f"Searches {n}", noted * 4) for n in range(count)]
    return minutes(replace(LONG, items=items))


def bare():
    one = minutes(replace(LONG, sittings=[], items=[], agreed=[], asked=[], closed={}), 1)
    one.approved, one.approved_hash = None, ""
    return one


def picture() -> bytes:
    Image.new("RGB", (640, 480), "#7a1f63").save(made := io.BytesIO(), "JPEG")
    return made.getvalue()


async def the_minutes(folder: Path) -> dict[str, bytes]:
    a_key(folder)
    key = Key(folder / "site.p12", folder / "site.pass")
    short = await document.printed(minutes(), PANEL, HELD)
    long = await document.printed(of_items(22), PANEL, HELD, head=HEAD)
    return {
        "minutes.pdf": short,
        "minutes-long-with-head.pdf": long,
        "minutes-signed.pdf": await signed(short, key, "Approved"),
        "minutes-long-signed.pdf": await signed(long, key),
        "minutes-draft.pdf": await document.printed(minutes(), PANEL, HELD, draft=True),
        "minutes-of-nothing-draft.pdf": await document.printed(bare(), PANEL, HELD, draft=True),
        "minutes-closed.pdf": await document.printed(
            minutes(replace(LONG, public=False)), PANEL, HELD
        ),
    }


async def the_rest(cast: Cast) -> dict[str, bytes]:
    row = await papers.meeting(cast)
    await papers.add(row, cast, "Findings", "public", 0, WORDS, "a.md")
    await papers.add(row, cast, "Picture", "members", 1, picture(), "b.jpg")
    await papers.add(row, cast, "Letter", "members", 1, b"Dear panel,\n\nthank you.\n", "c.txt")
    await made(row, cast)
    (cover,) = contents_of(await sources_of(cast.lambeth, row), None, "members")
    kept = await papers.kept(row)
    return {
        "pack-front.pdf": (await front.printed(cover, 1))[0],
        **{f"paper-{one.number}.pdf": b"".join(bytes_of(one)) for one in kept},
        "pack.pdf": await content(cast, row, "amara"),
        "letter.pdf": await _letter(cast),
        "welsh-draft.pdf": await pdf(proof_document(proof(2, "cy"), language="cy", draft=True)),
        "with-a-picture.pdf": await pdf(proof_document(_with_picture())),
    }


async def _letter(cast: Cast) -> bytes:
    """A request to keep video, as it is enclosed for the police."""
    said = letter(cast.lambeth, "LAM-V-2026-03", 3, date(2026, 1, 4), DETAILS, date(2026, 1, 9))
    return (await on_paper(said, AT)).content


def _with_picture() -> str:
    shown = "data:image/jpeg;base64," + base64.b64encode(picture()).decode()
    return proof(1).replace("</section>", f'<img src="{shown}" alt="A plum field"></section>', 1)


async def spoiled() -> dict[str, bytes]:
    """What must be found, lest nothing ever is."""
    good = proof(1)
    changes = {
        "spoiled-heading.pdf": ("<h3>Cases looked at</h3>", "<h4>Cases looked at</h4>"),
        "spoiled-table.pdf": ("</table>", "<tr><td>x</td></tr></table>"),
        "spoiled-see-through.pdf": ("</section>", '<p style="opacity:.5">x</p></section>'),
    }
    assert all(old in good for old, _ in changes.values())
    return {
        name: await pdf(proof_document(good.replace(old, new)))
        for name, (old, new) in changes.items()
    }


async def all_of_them(folder: Path) -> dict[str, bytes]:
    rest = await the_rest(await seat_everybody())
    return await the_minutes(folder) | rest | await spoiled()
