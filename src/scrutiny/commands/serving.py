"""`scrutiny serve` and `scrutiny worker`: the processes that stay."""

import asyncio
import signal
import socket
from contextlib import suppress

import click
import uvicorn

from scrutiny.agendas.packs.worker import run as make_packs
from scrutiny.commands.running import keyed, ready
from scrutiny.kit import pdf
from scrutiny.kit.db import close_database, open_database
from scrutiny.kit.errors import NotNow
from scrutiny.kit.settings import LOOPBACK, BadSetting, settings
from scrutiny.letters.worker import run
from scrutiny.meetings.replies.inbox import run as take_answers
from scrutiny.rounds.worker import run as go_rounds


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def serve(host: str, port: int) -> None:
    """Serve the site, send letters, go the rounds and make packs, all in this process."""
    if settings().demo and host not in LOOPBACK:
        raise BadSetting("The demo only serves 127.0.0.1: it lets anybody sign in as anybody.")
    asyncio.run(_begin())
    door = _opened(host, port)
    server = uvicorn.Server(
        uvicorn.Config(
            "scrutiny.app:asgi",
            factory=True,
            access_log=False,  # addresses of residents are not written down
            server_header=False,
            proxy_headers=False,
            limit_concurrency=400,
            timeout_keep_alive=5,
            timeout_graceful_shutdown=20,
            log_level="warning",
        )
    )
    with suppress(KeyboardInterrupt):  # which uvicorn raises again once it has shut down
        server.run(sockets=[door])
    if not server.started:
        raise NotNow("The site did not start; the reason is above.")


def _opened(host: str, port: int) -> socket.socket:
    """The door, opened before anything else starts. Raises NotNow when somebody else has it."""
    door = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((host, port))
    except OSError as why:
        door.close()
        raise NotNow(f"Port {port} on {host} cannot be opened: {why.strerror}.") from None
    return door


async def _begin() -> None:
    await ready()
    await keyed()


@click.command()
def worker() -> None:
    """Send letters, go the rounds, make packs, take answers by mail: until stopped."""
    if not settings().smtp_url:
        raise BadSetting("SCRUTINY_SMTP_URL is not set, so there is no post to hand letters to.")
    asyncio.run(_work())


async def _work() -> None:
    await _begin()
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    await open_database()
    try:
        deeds = (run, go_rounds, make_packs, take_answers)
        await asyncio.gather(*(deed(stop) for deed in deeds))
    finally:
        await pdf.close()
        await close_database()
