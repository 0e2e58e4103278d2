import re
import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from sheets_sync.notify import mail
from sheets_sync.notify.channel import Failure, SendFailed
from sheets_sync.notify.mail import MailSettings
from sheets_sync.notify.message import Message
from sheets_sync.notify.sink import Sink

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
TEXT = "חריגה של \u20681,240\u00a0₪\u2069 בסעיף \u2068חגים\u2069"
MESSAGE = Message("kfar", "fact", "mail", "dana@example.org", TEXT, f"{TEXT}\nשורה", f"<p>{TEXT}</p>")
SERVER = MailSettings("127.0.0.1", 0, "service@kfar.example", "סנכרון גיליונות", "none")


@pytest.fixture
def sink() -> Iterator[Sink]:
    with Sink() as sink:
        yield sink


def failure_of(message: Message, server: MailSettings) -> tuple[Failure, str]:
    with pytest.raises(SendFailed) as caught:
        mail.send(message, server, NOON)
    return caught.value.failure, caught.value.reason


def test_a_mail_arrives_as_it_was_written(sink: Sink) -> None:
    mail.send(MESSAGE, replace(SERVER, port=sink.port), NOON)
    [kept] = sink.kept
    assert (kept.sender, kept.recipients) == ("service@kfar.example", ("dana@example.org",))
    assert {name: str(kept.mail[name]) for name in ("From", "To", "Subject", "Date", "Auto-Submitted")} == {
        "From": "סנכרון גיליונות <service@kfar.example>",
        "To": "dana@example.org",
        "Subject": TEXT,
        "Date": "Sun, 22 Nov 2026 12:00:00 +0000",
        "Auto-Submitted": "auto-generated",
    }
    assert kept.mail.get_content_type() == "multipart/alternative"
    assert (kept.text.splitlines(), kept.html.strip()) == ([TEXT, "שורה"], f"<p>{TEXT}</p>")


def test_every_try_of_a_fact_bears_the_same_id_and_other_facts_others(sink: Sink) -> None:
    server = replace(SERVER, port=sink.port)
    for message in (MESSAGE, MESSAGE, replace(MESSAGE, key="other"), replace(MESSAGE, community="gan")):
        mail.send(message, server, NOON)
    first, again, *others = (kept.mail["Message-ID"] for kept in sink.kept)
    assert re.fullmatch(r"<[0-9a-f]{32}@kfar\.example>", first)
    assert first == again
    assert len({first, *others}) == 3


@pytest.mark.parametrize("between", ["\r\n", "\n", "\r", "\x85", "\u2028", "\u2029", "\0", "\x0b", "\x1c", "\r\n\r\n"])
def test_nothing_in_a_subject_or_a_name_starts_a_header(sink: Sink, between: str) -> None:
    message = replace(MESSAGE, subject=f"שלום{between}Bcc: eve@example.org")
    mail.send(message, replace(SERVER, port=sink.port, sender_name=f"a{between}Bcc: eve@example.org"), NOON)
    [kept] = sink.kept
    assert kept.recipients == ("dana@example.org",)
    assert kept.mail["Bcc"] is None
    assert kept.mail["Subject"] == "שלום Bcc: eve@example.org"


@pytest.mark.parametrize(
    "recipient",
    [
        "",
        "dana",
        "dana@example.org, eve@example.org",
        "dana@example.org,eve@example.org",
        "dana@example.org;eve@example.org",
        "dana@example.org eve@example.org",
        "dana@example.org\r\nBcc: eve@example.org",
        "dana@example.org\n",
        "dana@example.org\u2028eve@example.org",
        "Dana <dana@example.org>",
        "<dana@example.org>",
        "dana@example.org>, <eve@example.org",
        "dana@eve@example.org",
        '"dana@example.org, eve"@example.org',
        "dana@example.org\0",
        "דנה@example.org",
    ],
)
def test_an_address_that_is_not_just_one_is_refused_for_good(sink: Sink, recipient: str) -> None:
    failure, reason = failure_of(replace(MESSAGE, recipient=recipient), replace(SERVER, port=sink.port))
    assert failure is Failure.REFUSED
    assert not recipient or recipient not in reason
    assert sink.kept == []


def test_a_hebrew_domain_is_written_to_in_ascii(sink: Sink) -> None:
    mail.send(replace(MESSAGE, recipient="dana@דוגמה.org"), replace(SERVER, port=sink.port), NOON)
    assert sink.kept[0].recipients == (f"dana@{'דוגמה'.encode('idna').decode()}.org",)


class Moody:
    """Answers one step of the talk as it is told."""

    def __init__(self, step: str, answer: str) -> None:
        self.step, self.answer = step, answer

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        envelope.mail_from = address
        return self.answer if self.step == "MAIL" else "250 ok"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        envelope.rcpt_tos.append(address)
        return self.answer if self.step == "RCPT" else "250 ok"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        return self.answer if self.step == "DATA" else "250 ok"

    async def handle_QUIT(self, server: Any, session: Any, envelope: Any) -> str:
        return self.answer if self.step == "QUIT" else "221 bye"


@contextmanager
def serving(handler: object, **options: Any) -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = int(probe.getsockname()[1])
    controller = Controller(handler, hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


@pytest.mark.parametrize(
    ("step", "answer", "failure"),
    [
        ("RCPT", "550 no such user dana@example.org", Failure.REFUSED),
        ("RCPT", "450 greylisted", Failure.LATER),
        ("RCPT", "421 too many connections", Failure.UNREACHABLE),
        ("DATA", "554 looks like spam", Failure.REFUSED),
        ("DATA", "452 out of room", Failure.LATER),
        ("MAIL", "550 sender unknown", Failure.UNREACHABLE),
        ("MAIL", "451 try later", Failure.UNREACHABLE),
    ],
)
def test_a_failure_says_whether_to_try_again(step: str, answer: str, failure: Failure) -> None:
    """What concerns the sender is no message's fault: none is given up for it."""
    with serving(Moody(step, answer)) as port:
        found, reason = failure_of(MESSAGE, replace(SERVER, port=port))
    assert found is failure
    assert answer[:3] in reason
    assert "dana" not in reason


def test_a_mail_that_was_taken_is_sent_even_if_the_farewell_fails() -> None:
    with serving(Moody("QUIT", "451 not now")) as port:
        mail.send(MESSAGE, replace(SERVER, port=port), NOON)


def test_no_server_is_no_fault_of_the_message() -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = int(probe.getsockname()[1])
    assert failure_of(MESSAGE, replace(SERVER, port=port))[0] is Failure.UNREACHABLE


def test_a_sender_that_is_no_address_fails_no_message_for_good(sink: Sink) -> None:
    assert failure_of(MESSAGE, replace(SERVER, port=sink.port, sender="kfar"))[0] is Failure.UNREACHABLE


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, Path]:
    """A certificate for 127.0.0.1 that signs itself, and the file to trust it by."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    folder = tmp_path_factory.mktemp("certificate")
    (folder / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return context, folder / "cert.pem"


def only_dana(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
    return AuthResult(success=data == LoginPassword(b"dana", b"right"), handled=False)


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
@pytest.mark.parametrize(
    ("security", "password", "trusted", "sent"),
    [
        ("starttls", "right", True, True),
        ("tls", "right", True, True),
        ("starttls", "wrong", True, False),
        ("tls", "right", False, False),
        ("starttls", "right", False, False),
    ],
)
def test_mail_goes_out_encrypted_and_signed_in_or_not_at_all(
    certificate: tuple[ssl.SSLContext, Path],
    monkeypatch: pytest.MonkeyPatch,
    security: Any,
    password: str,
    trusted: bool,
    sent: bool,
) -> None:
    context, file = certificate
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
    sink = Sink()
    options: dict[str, Any] = {"authenticator": only_dana, "auth_required": True}
    if security == "tls":
        options |= {"ssl_context": context, "auth_require_tls": False}
    else:
        options |= {"tls_context": context, "require_starttls": True}
    with serving(sink, **options) as port:
        server = replace(SERVER, port=port, security=security, user="dana", password=password)
        if sent:
            mail.send(MESSAGE, server, NOON)
        else:
            assert failure_of(MESSAGE, server)[0] is Failure.UNREACHABLE
    assert len(sink.kept) == sent


def test_a_server_without_starttls_gets_nothing(sink: Sink) -> None:
    failure, reason = failure_of(MESSAGE, replace(SERVER, port=sink.port, security="starttls"))
    assert (failure, reason) == (Failure.UNREACHABLE, smtplib.SMTPNotSupportedError.__name__)
    assert sink.kept == []
