"""Forms that are taken in as they come, as those with large files are: their token comes first.

Litestar would put such a form on the disk in clear before anybody had looked at it. A route that
says `streams=True` reads the form itself; what guards it from other sites is read here, from the
first part alone, and then the form begins again for the route.
"""

from litestar import Request
from litestar.enums import RequestEncodingType
from litestar.exceptions import ClientException
from litestar.types import HTTPReceiveMessage, Message, Receive
from multipart import MultipartError, MultipartSegment, PushMultipartParser

from scrutiny.kit.errors import Unreadable
from scrutiny.kit.words import N_

MOST = 65_536  # bytes within which the first part has to end, once a piece of them has come
LONGEST = 200


def boundary_of(request: Request) -> str:
    """Raises Unreadable where it is no form with files."""
    kind, options = request.content_type
    if kind != RequestEncodingType.MULTI_PART or not options.get("boundary"):
        raise Unreadable(N_("The form could not be read. Please go back and try again."))
    return options["boundary"]


async def first_token(request: Request, receive: Receive) -> tuple[str, Receive]:
    """The token in the first part, or nothing; and a form that begins again at its beginning."""
    came: list[Message] = []
    found, ended, size = b"", False, 0
    named = False
    try:
        parser = PushMultipartParser(boundary_of(request), max_segment_count=20)
        while not ended and size < MOST:
            message: HTTPReceiveMessage = await receive()
            came.append(message)
            size += len(message.get("body", b""))
            for event in parser.parse(message.get("body", b"")) if message.get("body") else ():
                if isinstance(event, MultipartSegment):
                    named = event.name == "_csrf" and not event.filename
                elif event:
                    found = (found + bytes(event))[: LONGEST + 1]
                if event is None or not named or len(found) > LONGEST:
                    ended = True
                    break
            ended = ended or not message.get("more_body", False)
    except MultipartError:
        raise ClientException("The form could not be read.") from None
    token = found.decode("ascii", "replace") if named and len(found) <= LONGEST else ""
    return token, _again(came, receive)


def _again(came: list[Message], receive: Receive) -> Receive:
    left = iter(came)

    async def from_the_beginning() -> Message:
        message = next(left, None)
        return message if message is not None else await receive()

    return from_the_beginning
