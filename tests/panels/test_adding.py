"""An operator adds a panel and seats its first people."""

import pytest
from conftest import run

from scrutiny.kit.errors import NotNow, Unreadable
from scrutiny.panels.actions import NewPanel, add_panel
from scrutiny.panels.rules import problems
from scrutiny.people.tables import Force, Panel
from scrutiny.record.tables import Event

NEW = NewPanel(
    slug="harrow-vale",
    name="Harrow Vale Scrutiny Panel",
    code="HAV",
    area="Harrow Vale",
    area_code="",
    force="calder-vale",
    force_name="Calder Vale Police",
    force_contact="scrutiny@force.test",
    contact="hello@panel.test",
)


def changed(**fields) -> NewPanel:
    return NewPanel(**{**vars(NEW), **fields})


def test_a_panel_is_added_with_its_force_and_recorded(tables):
    panel = run(add_panel(NEW))
    assert (panel.slug, panel.force.name) == ("harrow-vale", "Calder Vale Police")
    assert Event.select(Event.what, Event.public).run_sync() == [
        {"what": "panel.added", "public": True}
    ]


def test_a_second_panel_of_the_same_force_shares_it(tables):
    run(add_panel(NEW))
    run(add_panel(changed(slug="harrow-hill", code="HAH")))
    assert (Force.count().run_sync(), Panel.count().run_sync()) == (1, 2)


def test_an_address_is_given_once(tables):
    run(add_panel(NEW))
    with pytest.raises(NotNow, match="already a panel at /harrow-vale"):
        run(add_panel(NEW))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"slug": "Harrow"}, "small letters"),
        ({"slug": "a--b"}, "small letters"),
        ({"slug": "about"}, "used by the site itself"),
        ({"code": "hav"}, "capital letters"),
        ({"name": " "}, "name must be given"),
        ({"name": "x" * 121}, "name must be given"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(tables, fields, said):
    with pytest.raises(Unreadable, match=said):
        run(add_panel(changed(**fields)))
    assert Panel.count().run_sync() == 0


def test_an_address_of_a_letter_that_is_none_is_refused(tables):
    with pytest.raises(ValueError, match="not an e-mail address"):
        run(add_panel(changed(force_contact="nowhere")))
    assert Panel.count().run_sync() == 0


def test_every_first_word_of_the_sites_own_addresses_is_taken(browse):
    firsts = {route.path.split("/")[1] for route in browse().client.app.routes}
    own = {first for first in firsts if first and not first.startswith("{")}
    assert {word for word in own if not problems(word, "ABC", "A name")} == set()
