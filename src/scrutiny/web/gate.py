"""The one door. Every route names its Act; a route that names none does not open."""

from typing import Any

from litestar import Litestar, Request
from litestar.connection import ASGIConnection
from litestar.di import NamedDependency
from litestar.exceptions import ImproperlyConfiguredException, PermissionDeniedException
from litestar.handlers import BaseRouteHandler
from litestar.routes import HTTPRoute

from scrutiny.kit.errors import Missing
from scrutiny.kit.words import N_
from scrutiny.people import queries as people
from scrutiny.people.tables import Panel, Seat
from scrutiny.policy import FOR_THE_SIGNED_IN, OPEN_TO_ALL, POLICY, Act
from scrutiny.web.visit import Visit, visit

NOT_HERE = N_("There is no page at this address, or it is not yours to see.")


class SignInFirst(Exception):
    """Somebody who is not signed in asked for a page that is not public."""


def known() -> Visit:
    """The visit of somebody whose letter was used, whether or not they proved more."""
    here = visit()
    if here.person is None:
        raise SignInFirst
    return here


async def gate(connection: ASGIConnection, handler: BaseRouteHandler) -> None:
    act = handler.opt.get("act")
    if act is None:
        raise Missing(NOT_HERE)
    here = visit()
    slug = connection.path_params.get("panel")
    if slug is not None:
        here.panel = await people.panel(slug)
    if here.panel is not None and here.signed_in:
        here.seats = await people.seats_here(here.person, here.panel)
    if act not in OPEN_TO_ALL:
        _let_in(here, act, connection.scope["method"])


def _let_in(here: Visit, act: Act, method: str) -> None:
    if not here.signed_in:
        if method == "GET":
            raise SignInFirst
        raise PermissionDeniedException("signed out")
    if act in FOR_THE_SIGNED_IN:
        return
    if not here.seats:
        raise Missing(NOT_HERE)
    if not here.may(act):
        raise PermissionDeniedException("not your deed")


async def provide_here() -> Panel:
    return visit().panel


async def provide_seat(request: Request, here: NamedDependency[Panel | None]) -> Seat:
    """The seat the gate let in; on a public page the reader's own, if they hold one.

    It asks for `here` only to come after it: what comes at the same time Litestar runs as tasks.
    """
    act = request.route_handler.opt["act"]
    asked = visit()
    return asked.seat if act in OPEN_TO_ALL | FOR_THE_SIGNED_IN else asked.seat_for(act)


Seated = NamedDependency[Seat]
"""The seat that may do this route's act: `seat: Seated`."""
Viewer = NamedDependency[Seat | None]
"""On a public page, the reader's seat on this panel, or None: `seat: Viewer`."""
Here = NamedDependency[Panel]
"""The panel in the address: `here: Here`."""


def routes(app: Litestar) -> list[dict[str, Any]]:
    """Every route with its method and act, in the order of its path."""
    found = []
    for route in app.routes:
        if isinstance(route, HTTPRoute):
            for handler in route.route_handlers:
                act = handler.opt.get("act")
                found += [
                    {"method": method, "path": route.path_format, "act": act}
                    for method in sorted(handler.http_methods - {"OPTIONS"})
                ]
        else:
            found.append({"method": "*", "path": route.path_format, "act": None})
    return sorted(found, key=lambda row: (row["path"], row["method"]))


def check_acts(app: Litestar) -> None:
    """Refuse to start when a route names no act, or one act is used both to see and to do."""
    known = set(POLICY) | OPEN_TO_ALL | FOR_THE_SIGNED_IN
    methods: dict[Act, set[str]] = {}
    for row in routes(app):
        if row["act"] not in known:
            raise ImproperlyConfiguredException(
                f"{row['method']} {row['path']} names no act: add act=Act.… to its decorator."
            )
        methods.setdefault(row["act"], set()).add(row["method"])
    for act, used in methods.items():
        if len(used) > 1:
            raise ImproperlyConfiguredException(f"{act} is used for {used}: seeing is not doing.")
