"""A browser on rows that a module made once."""

import pytest
from conftest import Browser, run, signed_in

from scrutiny.people.tables import Person


@pytest.fixture
def browse_once(site):
    """As `browse`, without emptying the tables first."""

    def as_person(name: str = "") -> Browser:
        key = f"{name}@panel.test"
        found = run(Person.objects().where(Person.email == key).first().run()) if name else None
        return Browser(site, run(signed_in(found)) if found else "")

    return as_person
