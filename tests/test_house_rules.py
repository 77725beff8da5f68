"""The shape of the house holds, and a house with a fault is told so in a sentence."""

import importlib
import pkgutil

import house
import pytest
from litestar import Litestar, get
from litestar.exceptions import ImproperlyConfiguredException

import scrutiny
from scrutiny.app import create_app
from scrutiny.policy import FOR_THE_SIGNED_IN, OPEN_TO_ALL, POLICY, WITHIN_PAGES, Act
from scrutiny.web.gate import check_acts, routes


@pytest.mark.parametrize("path", house.modules(), ids=lambda p: str(p.relative_to(house.SRC)))
def test_every_module_keeps_the_rules(path):
    source = path.read_text()
    assert [fault for check in house.MODULE_CHECKS for fault in check(path, source)] == []


@pytest.mark.parametrize("path", house.templates(), ids=lambda p: p.name)
def test_every_template_keeps_the_rules(path):
    assert house.template_faults(path, path.read_text()) == []


PLANTED = [
    ("kit/x.py", "from scrutiny.people.tables import Seat", "kit must not import people"),
    ("stops/rules.py", "from scrutiny.stops.tables import Stop", "stops/rules must not import"),
    ("stops/queries.py", "from scrutiny.stops.routes import a", "queries must not import routes"),
    ("desk/queries.py", "from scrutiny.cases.routes import a", "only app.py may"),
    ("stops/x.py", "from scrutiny.helpers import a", "no storey of the house"),
    ("stops/actions.py", "from litestar import get", "speaks HTTP"),
    ("stops/rules.py", "async def a():\n    await b()", "rules are pure"),
    ("stops/routes.py", "seat.role == Role.CHAIR", "names Role.CHAIR"),
    ("stops/routes.py", "Stop.insert(Stop())", "deeds are in actions"),
    ("stops/x.py", "a = 1\n" * 301, "has 301 lines"),
    ("stops/x.py", "def a():\n" + "    b = 1\n" * 41, "a() has 42 lines"),
    ("stops/x.py", "a = 1", "does not say in a sentence"),
]


@pytest.mark.parametrize(("name", "source", "said"), PLANTED, ids=lambda part: str(part)[:30])
def test_a_planted_fault_is_told_in_a_sentence(name, source, said):
    faults = [f for check in house.MODULE_CHECKS for f in check(house.SRC / name, source)]
    assert any(said in fault for fault in faults), faults


def test_a_planted_fault_in_a_template_is_told():
    path = house.ROOT / "templates" / "x.html"
    assert house.template_faults(path, "{{ a | safe }}") != []
    assert house.template_faults(path, '<p style="a">') != []
    assert house.template_faults(path, "\n" * 81) != []


def test_every_route_names_a_known_act():
    found = routes(create_app())
    assert len(found) > 30
    known = set(POLICY) | OPEN_TO_ALL | FOR_THE_SIGNED_IN
    assert [row for row in found if row["act"] not in known] == []


def test_every_act_has_a_route():
    used = {row["act"] for row in routes(create_app())}
    assert sorted(set(POLICY) - used - WITHIN_PAGES) == []
    assert not WITHIN_PAGES & used


def test_every_act_but_the_open_ones_has_its_roles():
    assert set(Act) - set(POLICY) == OPEN_TO_ALL | FOR_THE_SIGNED_IN


def test_an_app_with_a_route_without_an_act_does_not_start():
    @get("/forgotten")
    async def forgotten() -> str:
        return "leak"

    with pytest.raises(ImproperlyConfiguredException, match=r"GET /forgotten names no act"):
        check_acts(Litestar([forgotten], openapi_config=None))


def test_an_app_that_uses_one_act_to_see_and_to_do_does_not_start():
    @get("/a", act=Act.CASES_READ)
    async def see() -> str:
        return ""

    app = Litestar([see], openapi_config=None)
    app.routes[0].route_handlers[0].http_methods = frozenset({"GET", "POST"})
    with pytest.raises(ImproperlyConfiguredException, match="seeing is not doing"):
        check_acts(app)


def test_every_module_can_be_imported():
    for found in pkgutil.walk_packages(scrutiny.__path__, "scrutiny."):
        if found.name not in ("scrutiny.kit.press", "scrutiny.__main__"):  # these run
            importlib.import_module(found.name)
