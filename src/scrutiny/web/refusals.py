"""Four refusals and no others, each a page in plain words: 404, 403, 409, 422."""

import logging
import sqlite3
import traceback
from urllib.parse import quote

import asyncpg
from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.response import Redirect, Template

from scrutiny.kit.errors import AlreadyMade, Busy, Missing, NotNow, Unreadable
from scrutiny.kit.words import N_
from scrutiny.web.gate import NOT_HERE, SignInFirst
from scrutiny.web.language import gettext as _
from scrutiny.web.language import is_said
from scrutiny.web.pages import page
from scrutiny.web.sessions import stranger
from scrutiny.web.visit import VISIT, visit

log = logging.getLogger("scrutiny")

WORDS = {
    400: (N_("This could not be read"), N_("Go back and try again.")),
    403: (N_("This is not yours to do"), N_("Your seat does not allow this, or you have been "
          "signed out. Sign in again in another tab; going back keeps what you typed.")),
    404: (N_("Not found"), NOT_HERE),
    405: (N_("Not found"), NOT_HERE),
    413: (N_("Too much at once"), N_("What you sent is too large. Go back and make it shorter.")),
    503: (N_("Not received"), N_("We could not store this just now. Please send it again.")),
}  # fmt: skip
SORRY = (
    N_("Something went wrong here"),
    N_("It is our fault, not yours. Nothing was half saved. Please try again in a little while."),
)
NO_ROOM = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
}


def refused(status: int, title: str, why: str) -> Template:
    """Both sentences are translated here; one that is only there in English is marked as such."""
    only = "" if is_said(why, visit().locale) else "en"
    return page("refused.html", status=status, title=_(title), why=_(why), only=only)


def missing(_request: Request, error: Missing) -> Template:
    return refused(404, N_("Not found"), str(error))


def not_now(_request: Request, error: NotNow) -> Template:
    return refused(409, N_("Not now"), str(error))


def unreadable(_request: Request, error: Unreadable) -> Template:
    return refused(422, N_("This could not be read"), str(error))


def busy(_request: Request, error: Busy) -> Template:
    """Nothing was received: it says so, and when it may be sent again."""
    answer = refused(503, *WORDS[503])
    answer.headers["retry-after"] = str(error.wait)
    return answer


def already_made(_request: Request, error: AlreadyMade) -> Redirect:
    return Redirect(error.address, status_code=303)


def sign_in_first(request: Request, _error: SignInFirst) -> Redirect:
    return Redirect(f"/sign-in?next={quote(request.url.path)}", status_code=303)


def by_status(request: Request, error: HTTPException) -> Response:
    if VISIT.get(None) is None:  # no route fits, so nothing has looked at the request yet
        VISIT.set(stranger(request.scope))
    status = error.status_code if error.status_code in WORDS else 400
    if error.status_code >= 500:
        return unexpected(request, error)
    title, why = WORDS[status]
    return refused(404 if status == 405 else status, title, why)


def bad_bytes(_request: Request, _error: Exception) -> Template:
    return refused(400, *WORDS[400])


def not_stored(request: Request, error: Exception) -> Template:
    """The store is full, busy or away: nothing was kept, and it may well work again later."""
    if not _may_pass(error):
        return unexpected(request, error)
    log.error("not stored: %s", type(error).__name__)
    return refused(503, *WORDS[503])


def _may_pass(error: Exception) -> bool:
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorcode", 0) & 0xFF in NO_ROOM
    sqlstate = getattr(error, "sqlstate", None) or "08"  # no state: the connection is lost
    return sqlstate[:2] in ("08", "40", "53", "57") or sqlstate == "55P03"


def unexpected(_request: Request, error: Exception) -> Template:
    """Log where it happened and never what was in it: words of residents stay out of logs."""
    where = traceback.extract_tb(error.__traceback__)[-4:]
    places = " < ".join(f"{f.filename.rsplit('/', 1)[-1]}:{f.lineno}" for f in reversed(where))
    log.error("%s at %s", type(error).__name__, places)
    return refused(500, *SORRY)


REFUSALS = {
    Missing: missing,
    NotNow: not_now,
    Unreadable: unreadable,
    AlreadyMade: already_made,
    Busy: busy,
    SignInFirst: sign_in_first,
    UnicodeDecodeError: bad_bytes,
    OverflowError: bad_bytes,  # a number larger than any database keeps
    asyncpg.DataError: bad_bytes,  # what PostgreSQL says of the same
    RecursionError: bad_bytes,
    sqlite3.OperationalError: not_stored,
    asyncpg.PostgresError: not_stored,
    ConnectionError: not_stored,
    HTTPException: by_status,
    Exception: unexpected,
}
