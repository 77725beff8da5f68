"""A real mail server for the tests: it keeps what it is handed, or refuses as it is told."""

import socket
from dataclasses import replace

import pytest
from aiosmtpd.controller import Controller

from scrutiny.kit.settings import settings


class Sink:
    def __init__(self) -> None:
        self.letters: list[bytes] = []
        self.refusal = ""

    async def handle_DATA(self, server, session, envelope):
        if self.refusal:
            return self.refusal
        self.letters.append(envelope.content)
        return "250 taken"


@pytest.fixture
def post(monkeypatch):
    """The worker's post, on a free port of this machine."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port = asked.getsockname()[1]
    sink = Sink()
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    told = replace(settings(), smtp_url=f"smtp://127.0.0.1:{port}")
    monkeypatch.setattr("scrutiny.letters.worker.settings", lambda: told)
    yield sink
    controller.stop()
