"""A resident sends a concern: send() gives its code; send(words="...") changes an answer."""

import pytest

from concerns.steps import NEW, code_on, filled


@pytest.fixture
def send(browse):
    def send(**changes):
        reply = browse().post(NEW, filled(**changes))
        assert reply.status_code == 201, reply.text
        return code_on(reply)

    return send
