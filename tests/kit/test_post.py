"""Letters handed to a real mail server, and what it says of them."""

import asyncio
import socket
import ssl
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from scrutiny.kit import mail
from scrutiny.kit.mail import Delivery, Mailbox, Outcome, deliver, deliveries, message

AT = datetime(2026, 7, 1, 8, 30, tzinfo=UTC)
PANEL = Mailbox("Lambeth", "panel@scrutiny.example.org")
SENT, REFUSED, LATER = Outcome.SENT, Outcome.REFUSED, Outcome.LATER


class Sink:
    """What a mail server took, and from how many connections; some names it does not like."""

    def __init__(self):
        self.taken = []
        self.greeted = 0

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        self.greeted += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, server, session, envelope, address, options):
        said = {"gone": "550 No such person", "full": "452 Mailbox full", "auth": "530 Sign in"}
        name = address.partition("@")[0]
        if name in said:
            return said[name]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        to = envelope.rcpt_tos[0].partition("@")[0]
        if to == "spam":
            return "554 Looks like spam"
        if to == "grey":
            return "451 Try again later"
        if to == "closing":
            return "421 Closing now"
        if to == "slow":
            await asyncio.sleep(0.5)
        if to == "drop":
            server.transport.abort()
        self.taken.append((envelope.mail_from, *envelope.rcpt_tos, envelope.content))
        return "250 Taken"

    @property
    def names(self):
        return [to.partition("@")[0] for _, to, _ in self.taken]


def free_port(hostname):
    with socket.create_server((hostname, 0)) as held:
        return held.getsockname()[1]


@contextmanager
def server(hostname="127.0.0.1", **settings):
    sink = Sink()
    port = free_port(hostname)
    controller = Controller(sink, hostname=hostname, port=port, **settings)
    controller.start()
    try:
        yield sink, f"{hostname}:{port}"
    finally:
        controller.stop()


@pytest.fixture(scope="module")
def running():
    with server() as found:
        yield found


@pytest.fixture
def post(running):
    sink, address = running
    sink.taken.clear()
    sink.greeted = 0
    return sink, f"smtp://{address}"


def letters(*names):
    return [
        message(
            key=name,
            sender=PANEL,
            to=Mailbox("", f"{name}@example.org"),
            subject="Panel meeting",
            text=f"Dear {name},\n.\nŵ\n",
            at=AT,
        )
        for name in names
    ]


def outcomes(url, *names):
    return [found.outcome for found in asyncio.run(deliver(url, letters(*names)))]


def test_many_letters_go_in_one_connection_byte_for_byte(post):
    sink, url = post
    names = [f"member{n}" for n in range(20)]
    written = letters(*names)

    found = asyncio.run(deliver(url, written))

    assert found == [Delivery(SENT, "Taken")] * 20
    assert sink.names == names and sink.greeted == 1
    assert sink.taken[3] == (
        "panel@scrutiny.example.org",
        "member3@example.org",
        written[3].as_bytes(),
    )


def test_each_letter_has_its_own_outcome(post):
    sink, url = post

    found = asyncio.run(deliver(url, letters("amara", "gone", "full", "spam", "grey", "bilal")))

    assert found == [
        Delivery(SENT, "Taken"),
        Delivery(REFUSED, "550 No such person"),
        Delivery(LATER, "452 Mailbox full"),
        Delivery(REFUSED, "554 Looks like spam"),
        Delivery(LATER, "451 Try again later"),
        Delivery(SENT, "Taken"),
    ]
    assert sink.names == ["amara", "bilal"] and sink.greeted == 1


def test_when_the_server_wants_us_to_sign_in_the_letters_wait(post):
    assert outcomes(post[1], "auth", "amara") == [LATER, SENT]


@pytest.mark.parametrize("end", ["drop", "closing"])
def test_when_the_connection_is_lost_the_rest_wait(post, end):
    sink, url = post
    assert outcomes(url, "amara", end, "bilal", "owen") == [SENT, LATER, LATER, LATER]
    assert "bilal" not in sink.names


def test_a_server_that_does_not_answer_in_time_is_left(post, monkeypatch):
    """Its late answer must not be taken for the answer about the next letter."""
    monkeypatch.setattr(mail, "PATIENCE", 0.2)
    sink, url = post
    assert outcomes(url, "slow", "gone", "amara") == [LATER, LATER, LATER]
    assert "amara" not in sink.names


def test_each_outcome_is_told_before_the_next_letter_goes(post):
    sink, url = post

    async def stop_after_two():
        async for _ in (going := deliveries(url, letters("amara", "bilal", "owen"))):
            if len(sink.taken) == 2:
                break
        await going.aclose()

    asyncio.run(stop_after_two())
    assert sink.names == ["amara", "bilal"]


def test_a_letter_that_cannot_be_sent_does_not_hold_up_the_others(post):
    broken, good = letters("bilal", "amara")
    del broken["To"]
    found = asyncio.run(deliver(post[1], [broken, good]))
    assert [delivery.outcome for delivery in found] == [REFUSED, SENT]


def test_no_letters_need_no_server():
    assert asyncio.run(deliver("smtp://127.0.0.1:1", [])) == []


def test_when_there_is_no_server_the_letters_wait():
    found = asyncio.run(deliver("smtp://127.0.0.1:1", letters("amara", "bilal")))
    assert [delivery.outcome for delivery in found] == [LATER, LATER]
    assert all(delivery.words for delivery in found)


def checked(server, session, envelope, mechanism, data):
    is_right = (data.login, data.password) == (b"grace@x", b"p@ss:word")
    return AuthResult(success=is_right, handled=False)


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_signing_in_with_a_password_that_needs_escaping():
    with server(authenticator=checked, auth_required=True, auth_require_tls=False) as (sink, at):
        assert outcomes(f"smtp://grace%40x:p%40ss%3Aword@{at}", "amara") == [SENT]
        assert outcomes(f"smtp://grace%40x:wrong@{at}", "bilal", "owen") == [LATER, LATER]
        assert outcomes(f"smtp://{at}", "owen") == [LATER]
        assert sink.names == ["amara"]


def test_a_password_is_never_sent_in_clear_to_another_machine():
    """127.0.0.2 stands for one: it is not among the names of this machine."""
    tried = []

    def noted(*about):
        tried.append(about)
        return AuthResult(success=True)

    settings = {"authenticator": noted, "auth_require_tls": False}
    with server("127.0.0.2", **settings) as (sink, at):
        assert outcomes(f"smtp://grace:secret@{at}", "amara") == [LATER]
        assert outcomes(f"smtp://{at}", "bilal") == [SENT]
    assert tried == [] and sink.names == ["bilal"]


@pytest.fixture(scope="module")
def stranger(tmp_path_factory):
    """TLS with a certificate nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem = tmp_path_factory.mktemp("tls") / "both.pem"
    pem.write_bytes(
        certificate.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(pem)
    return context


def test_a_server_that_cannot_prove_its_name_gets_no_letters(stranger):
    with server("127.0.0.2", tls_context=stranger) as (sink, at):
        assert outcomes(f"smtp://{at}", "amara") == [LATER]
    assert sink.names == []


@pytest.mark.parametrize(
    "url",
    ["", "localhost:25", "http://mail.example", "smtp://", "smtp://a:b:c", "smtp://a:99999",
     "smtp://mail.example/path", "smtp://mail.example?tls=no", "smtp://[::1"],
)  # fmt: skip
def test_an_address_that_is_no_mail_server_is_refused_with_a_sentence(url):
    with pytest.raises(ValueError, match="must be written smtp://host:port"):
        asyncio.run(deliver(url, letters("amara")))
