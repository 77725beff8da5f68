"""A copy of everything that was said, in the answer to a POST and nowhere else."""

import json

from concerns.steps import SAID
from concerns.thread.steps import BACK, decided, events
from scrutiny.kit.clock import today

PATH = f"{BACK}/copy"


def test_as_data(browse, concern, cast):
    decided(cast, concern, "needs_info", reply="Which station?")
    more = {"code": concern.code, "kind": "answer", "words": "Brixton.", "last": "1"}
    browse().post(f"{BACK}/more", more)
    reply = browse().post(PATH, {"code": concern.code, "kind": "data"})
    assert reply.headers["content-disposition"] == 'attachment; filename="copy.json"'
    assert reply.headers["cache-control"] == "no-store"
    found = json.loads(reply.text)
    day = today().isoformat()
    assert found["reference"] == concern.reference
    assert found["answers"]["words"] == SAID["words"]
    assert found["said"] == [
        {"number": 1, "day": day, "by": "panel", "kind": "question", "text": "Which station?"},
        {"number": 2, "day": day, "by": "resident", "kind": "answer", "text": "Brixton."},
    ]
    assert {"version": 1, "day": day, "cell": "summary.panel", "given": True} in found["consents"]
    assert "Xyloquist" not in reply.text  # sealed: not even we can read it
    assert "custodians" in found["who_you_are"]
    assert found["proof"] is None
    assert len(events("concern.copied")) == 1


def test_as_a_page(browse, concern):
    reply = browse().post(PATH, {"code": concern.code})
    assert reply.status_code == 200
    assert SAID["words"] in reply.text
    assert SAID["place"] in reply.text
    assert reply.headers["cache-control"] == "no-store"


def test_an_address_gives_nothing(browse, concern):
    reply = browse().get(f"{PATH}?code={concern.code}")
    assert (reply.status_code, reply.headers["location"]) == (303, BACK)
