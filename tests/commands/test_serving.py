"""The processes that stay: they begin, do their work, and end when they are told to."""

import email
import re
import signal
import socket
import time

import httpx
from aiosmtpd.controller import Controller
from forms import form
from post import Sink

from commands.operating import free_port, wait_for


def test_a_link_from_the_console_signs_in_once_and_letters_leave_by_the_worker(site):
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with site.keeps_running("serve", "--port", str(port), BASE_URL=address) as server:
        wait_for(address, server)
        link = site.does("sign-in-link", "GRACE@panel.test", BASE_URL=address).strip()
        assert signs_in(address, link) == 303
        assert signs_in(address, link) == 409
        ask_for_a_letter(address, "grace@panel.test")
        server.send_signal(signal.SIGTERM)
        assert server.wait(30) in (0, -signal.SIGTERM)
        assert server.stderr.read() == ""
    letter = what_the_worker_sends(site, BASE_URL=address)
    assert letter["To"] == "Grace Mensah <grace@panel.test>"
    assert re.search(r"\b\d{6}\b", letter.get_payload())


def signs_in(address: str, link: str) -> int:
    """In a browser that never asked for a letter: the page, then its button."""
    with httpx.Client(base_url=address) as browser:
        page = browser.get(link)
        if page.status_code != 200:
            return page.status_code
        reply = browser.post(link, data=form(page.text).fields)
        assert reply.headers["location"] == "/sign-in/second-factor?next=/desk"
        return reply.status_code


def ask_for_a_letter(address: str, to: str) -> None:
    with httpx.Client(base_url=address) as browser:
        fields = form(browser.get("/sign-in").text, "email").fields
        reply = browser.post("/sign-in", data=fields | {"email": to})
        assert reply.status_code == 303


def what_the_worker_sends(site, **settings: str) -> email.message.Message:
    """The first letter that reaches a real mail server; the worker is then told to end."""
    sink, port = Sink(), free_port()
    post = Controller(sink, hostname="127.0.0.1", port=port)
    post.start()
    settings["SMTP_URL"] = f"smtp://127.0.0.1:{port}"
    try:
        with site.keeps_running("worker", **settings) as worker:
            end = time.monotonic() + 30
            while not sink.letters and time.monotonic() < end and worker.poll() is None:
                time.sleep(0.1)
            worker.send_signal(signal.SIGTERM)
            assert worker.wait(30) == 0
    finally:
        post.stop()
    return email.message_from_bytes(sink.letters[0])


def test_a_door_that_is_taken_is_told_of(site):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = site.is_refused("serve", "--port", str(port))
    assert said == f"Port {port} on 127.0.0.1 cannot be opened: Address already in use."


def test_the_demo_serves_this_machine_alone(site):
    said = site.is_refused("serve", "--host", "0.0.0.0", DEMO="1")
    assert said == "The demo only serves 127.0.0.1: it lets anybody sign in as anybody."


def test_a_worker_without_a_post_does_not_begin(site):
    assert "SCRUTINY_SMTP_URL is not set" in site.is_refused("worker")
