from pathlib import Path

from litestar import Response, Router, get
from litestar.params import FromPath

from scrutiny.kit.word import MEDIA_TYPE
from scrutiny.meetings import queries as meetings
from scrutiny.meetings.plan import day_in_address
from scrutiny.minutes import queries
from scrutiny.minutes.document import seal_of
from scrutiny.minutes.word import docx
from scrutiny.policy import Act
from scrutiny.web.gate import Here, Seated

SCHEMA = Path(__file__).parents[1] / "schema-1.json"
PUBLIC = {"x-published": "1"}


@get(["/minutes/schema.json", "/minutes/schema-1.json"], act=Act.ANYONE)
async def schema() -> Response[bytes]:
    """What the data of minutes is made of. The first address is always that of the newest."""
    return Response(SCHEMA.read_bytes(), media_type="application/schema+json", headers=PUBLIC)


@get("/{panel:str}/minutes/{day:str}/draft.docx", act=Act.MINUTES_READ_DRAFT)
async def draft_docx(seat: Seated, here: Here, day: FromPath[str]) -> Response[bytes]:
    """The draft for whoever lives in Word, as far as it is there for this reader."""
    meeting = await meetings.find(seat, here, day_in_address(day))
    found = await queries.draft(seat, meeting)
    read = await queries.as_read(seat, found)
    data = await docx(read, True, seal_of(found, here, meeting))
    name = f"{here.slug}-draft-minutes-{meeting.date.isoformat()}.docx"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(data, media_type=MEDIA_TYPE, headers=headers)


router = Router("/", route_handlers=[schema, draft_docx])
