"""The code of one that was not sent yet: go on with it, or erase it."""

import pytest
from conftest import run
from databases import on_postgres

from concerns.steps import answers
from concerns.thread.steps import BACK, kept_bytes, sealed_values
from scrutiny.concerns.journey.actions import keep
from scrutiny.concerns.tables import Draft
from scrutiny.kit.tokens import receipt_code

PATH = f"{BACK}/draft"


@pytest.fixture
def code(cast):
    found = receipt_code()
    run(keep(cast.lambeth, found, lambda _: answers()))
    return found


def test_it_can_be_gone_on_with(browse, code):
    page = browse().post(BACK, {"code": code.lower()})
    assert page.status_code == 200
    assert 'action="/lambeth/concerns/new/resume"' in page.text
    assert "Zebedee" not in page.text


def test_it_can_be_erased_without_a_trace(browse, code):
    sealed = sealed_values()
    assert browse().post(PATH, {"code": code}).status_code == 422
    assert run(Draft.count().run()) == 1
    reply = browse().post(PATH, {"code": code, "sure": "yes"})
    assert reply.status_code == 200
    assert "It is erased" in reply.text
    assert run(Draft.count().run()) == 0
    assert browse().post(BACK, {"code": code}).status_code == 422
    assert browse().post(PATH, {"code": code, "sure": "yes"}).status_code == 422
    if not on_postgres():
        left = kept_bytes()
        assert [one for one in sealed - sealed_values() if one in left] == []


def test_a_concern_is_no_draft(browse, concern):
    assert browse().post(PATH, {"code": concern.code, "sure": "yes"}).status_code == 422
    assert browse().post(BACK, {"code": concern.code}).status_code == 200
