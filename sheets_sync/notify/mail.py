"""The channel `mail`: e-mail by SMTP, one envelope a recipient."""

import smtplib
import ssl
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime
from typing import Literal

from email_validator import EmailNotValidError, validate_email

from sheets_sync.notify.channel import Failure, SendFailed
from sheets_sync.notify.message import Message, one_line

PATIENCE = 20.0
"""Seconds for each step of the talk with the server."""


@dataclass(frozen=True, slots=True)
class MailSettings:
    """The mail server, and from whom the mail comes; no user, no sign-in."""

    host: str
    port: int
    sender: str
    sender_name: str = ""
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    password: str = ""


def send(message: Message, settings: MailSettings, now: datetime) -> None:
    """Send a message; raises SendFailed.

    REFUSED: an address that is not one address, or an answer 5xx about recipient or content. LATER: 4xx about them.
    UNREACHABLE: no connection, no certificate to trust, no sign-in, or a sender that the server does not take.
    """
    mail = compose(message, settings, now)
    server = _server(settings)
    with closing(server):
        _hand_over(server, mail)
        with suppress(OSError, smtplib.SMTPException):
            server.quit()


def greet(settings: MailSettings) -> None:
    """Connect as for a mail, sign in, and send nothing; raises SendFailed."""
    _address(settings.sender, Failure.UNREACHABLE)
    with closing(_server(settings)) as server, suppress(OSError, smtplib.SMTPException):
        server.quit()


def compose(message: Message, settings: MailSettings, now: datetime) -> EmailMessage:
    """The mail as it goes out; raises SendFailed for an address that is not just one."""
    sender = _address(settings.sender, Failure.UNREACHABLE)
    recipient = _address(message.recipient, Failure.REFUSED)
    mail = EmailMessage(policy=POLICY)
    mail["From"] = Address(one_line(settings.sender_name), addr_spec=sender)
    mail["To"] = Address(addr_spec=recipient)
    mail["Subject"] = one_line(message.subject)
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = f"<{message.id}@{sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.text, cte="base64")
    if message.html:
        mail.add_alternative(message.html, subtype="html", cte="base64")
    return mail


class _WholeSubject(EmailPolicy):
    """SMTP's policy, with subjects folded by `Header`: the newer folding loses spaces between encoded words."""

    def fold(self, name: str, value: str) -> str:
        if name.lower() != "subject":
            return str(super().fold(name, value))
        folded = Header(value, "us-ascii" if value.isascii() else "utf-8", header_name=name)
        return f"{name}: {folded.encode(linesep=self.linesep)}{self.linesep}"

    def fold_binary(self, name: str, value: str) -> bytes:
        return self.fold(name, value).encode("ascii") if name.lower() == "subject" else super().fold_binary(name, value)


POLICY = _WholeSubject(linesep=SMTP.linesep)


def _address(text: str, failure: Failure) -> str:
    """One address in ASCII; anything that is none, or more than one, is refused."""
    try:
        checked = validate_email(text, check_deliverability=False, globally_deliverable=False)
    except EmailNotValidError:
        raise SendFailed(failure, "not an e-mail address") from None
    if checked.ascii_email is None:
        raise SendFailed(failure, "an e-mail address outside ASCII")
    return checked.ascii_email


def _server(settings: MailSettings) -> smtplib.SMTP:
    """A connection, encrypted and signed in as the settings say; any failure to get so far is UNREACHABLE."""
    try:
        return _connected(settings)
    except (OSError, smtplib.SMTPException) as error:
        raise SendFailed(Failure.UNREACHABLE, _named(error)) from None


def _connected(settings: MailSettings) -> smtplib.SMTP:
    trust = ssl.create_default_context()
    with ExitStack() as undo:
        if settings.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(settings.host, settings.port, timeout=PATIENCE, context=trust)
        else:
            server = smtplib.SMTP(settings.host, settings.port, timeout=PATIENCE)
        undo.callback(server.close)
        if settings.security == "starttls":
            server.starttls(context=trust)
        if settings.user:
            server.login(settings.user, settings.password)
        undo.pop_all()
    return server


def _hand_over(server: smtplib.SMTP, mail: EmailMessage) -> None:
    """Give the server the mail; what it says of the recipient or the content, as SendFailed."""
    try:
        server.send_message(mail)
    except smtplib.SMTPRecipientsRefused as error:
        [(code, _)] = error.recipients.values()
        raise SendFailed(_weight(code), f"recipient refused: {code}") from None
    except smtplib.SMTPDataError as error:
        raise SendFailed(_weight(error.smtp_code), f"content refused: {error.smtp_code}") from None
    except (OSError, smtplib.SMTPException) as error:
        raise SendFailed(Failure.UNREACHABLE, _named(error)) from None


def _weight(code: int) -> Failure:
    """5xx is for good (RFC 5321, 4.2.1); 421 closes the channel."""
    if code == 421:
        return Failure.UNREACHABLE
    return Failure.REFUSED if code >= 500 else Failure.LATER


def _named(error: Exception) -> str:
    """The kind of an error and its code; its text may quote the server's, and that our recipient."""
    code = error.smtp_code if isinstance(error, smtplib.SMTPResponseException) else getattr(error, "errno", None)
    return f"{type(error).__name__} {code}" if code else type(error).__name__
