"""For how long what is published can be called back: fifteen minutes unless the host says else."""

from dataclasses import replace

import pytest
from conftest import run

from minutes import steps
from scrutiny.kit.settings import BadSetting, read, settings
from scrutiny.minutes.clearing import actions


def test_its_length_is_a_setting():
    assert read({}).hold_minutes == 15
    assert read({"SCRUTINY_HOLD_MINUTES": "0"}).hold_minutes == 0
    for wrong in ("-1", "x", "1441", "1.5"):
        with pytest.raises(BadSetting, match="whole minutes"):
            read({"SCRUTINY_HOLD_MINUTES": wrong})


def test_without_one_they_are_out_at_once(cast, monkeypatch):
    row = run(steps.cleared(cast))
    monkeypatch.setattr(actions, "settings", lambda: replace(settings(), hold_minutes=0))
    run(actions.publish(row, by=cast.seats["grace"]))
    assert run(steps.stored()).stage == "published"


def test_the_panel_reads_when_they_go_out(cast, browse):
    row = run(steps.cleared(cast))
    run(actions.publish(row, by=cast.seats["grace"]))
    page = browse("grace").get(steps.home(row)).text
    assert "They go out at" in page and "/call-back" in page
