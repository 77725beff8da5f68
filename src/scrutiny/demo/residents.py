"""What residents of the demo do with their codes: the deeds behind the pages of a thread."""

from scrutiny.concerns.evidence.actions import add_to_concern
from scrutiny.concerns.evidence.receiving import Sent, take_in
from scrutiny.concerns.thread import actions
from scrutiny.concerns.thread.turns import last_number
from scrutiny.concerns.triage.queries import hand_off_of
from scrutiny.demo.photo import photo
from scrutiny.demo.raised import Raised
from scrutiny.kit.clock import today
from scrutiny.kit.errors import NotNow

EDGE = "demo"
FORM = (
    b"--demo\r\nContent-Disposition: form-data; name=police\r\n\r\nno\r\n"
    b"--demo\r\nContent-Disposition: form-data; name=file; filename=photo.jpg\r\n"
    b"Content-Type: image/jpeg\r\n\r\n%b\r\n--demo--\r\n"
)
"""The form in which a browser sends a photo."""


async def write(of: Raised, *, kind: str, text: str) -> None:
    last = await last_number(await of.find())
    await actions.write_more(of.code, kind, text, last)


async def answer_offer(of: Raised, *, agree: bool) -> None:
    there = await hand_off_of(await of.find())
    await actions.answer_hand_off(of.code, agree=agree, version=there.version)


async def withdraw(of: Raised) -> None:
    await actions.withdraw(of.code)


async def send_photo(of: Raised) -> None:
    """Through the same reader and the same cleaner as every file. Raises NotNow when refused."""
    if why := await add_to_concern(await of.find(), await _sent()):
        raise NotNow(f"The demo's photo was refused: {why}.")


async def _sent() -> Sent:
    async def pieces():
        yield FORM % photo()

    return await take_in(pieces(), EDGE, today())
