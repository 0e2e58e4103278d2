"""The mail server: reached, trusted, signed in to; a letter is sent only to an address that was asked for."""

from collections.abc import Iterator
from datetime import datetime

from sheets_sync.doctor.case import Case
from sheets_sync.doctor.line import Line, bad, good
from sheets_sync.notify import mail
from sheets_sync.notify.channel import SendFailed
from sheets_sync.notify.mail import MailSettings
from sheets_sync.notify.message import Message
from sheets_sync.wiring import mail_server

TEXT = "זו הודעת ניסיון: הדואר מגיע.\n\nThis is a test: mail arrives."


def mail_lines(case: Case) -> Iterator[Line]:
    """What becomes of mail; raises BadSettings for a password file that cannot be read."""
    if not case.settings.mail.host:
        yield good("mail", "לא הוגדר שרת דואר: שום דבר לא נשלח", "no mail server is set: nothing is sent")
        return
    server = mail_server(case.settings)
    try:
        mail.greet(server)
        yield good("mail", f"שרת הדואר {server.host} עונה", f"the mail server {server.host} answers")
        if case.send_to:
            mail.send(_letter(case), server, case.clock())
            yield good("mail.letter", f"נשלחה הודעת ניסיון אל {case.send_to}", f"a test was sent to {case.send_to}")
    except SendFailed as failure:
        yield _failed(server, failure)


def _letter(case: Case) -> Message:
    moment: datetime = case.clock()
    key = f"doctor {moment.isoformat()}"
    return Message(case.settings.community.key, key, "mail", case.send_to, "Sheets Sync: ניסיון · a test", TEXT)


def _failed(server: MailSettings, failure: SendFailed) -> Line:
    return bad(
        "mail",
        f"הדואר דרך {server.host}:{server.port} לא עבד ({failure.reason})",
        f"mail by {server.host}:{server.port} failed ({failure.reason})",
        "לבדוק ב־[mail] את host,‏ port,‏ security,‏ user ו־sender, ואת הסוד SHEETS_SYNC_MAIL_PASSWORD.",
        "Check host, port, security, user and sender in [mail], and the secret SHEETS_SYNC_MAIL_PASSWORD.",
    )
