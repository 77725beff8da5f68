"""From the day that a meeting was on to the day that it is on now, whatever the page."""

from litestar import Request
from litestar.response import Redirect, Template

from scrutiny.kit.errors import Moved
from scrutiny.web.refusals import missing


def moved(request: Request, error: Moved) -> Redirect | Template:
    """Whoever reads is led there; what was sent to the old day is done nowhere."""
    if request.method != "GET":
        return missing(request, error)
    path = request.url.path.replace(f"/{error.was}", f"/{error.now}", 1)
    query = request.url.query
    return Redirect(f"{path}?{query}" if query else path, status_code=303)
