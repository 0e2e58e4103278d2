"""What a person reads in the subject line is what was written, however long and mixed it is."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.notify.mail import MailSettings, compose
from sheets_sync.notify.message import Message

WORDS = ("חריגה", "של", "1,240\xa0₪", 'בסעיף "חגים"', "ABC", "—", "·", "כיתות א׳–ג׳:", "8", "#", "⁨דנה⁩", "x@y", "100%")


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=20).map(" ".join))
def test_a_subject_arrives_as_it_was_written(subject: str) -> None:
    settings = MailSettings("127.0.0.1", 25, "s@village.example", security="none")
    message = Message("village", "k", "mail", "dana@village.example", subject, "text")
    sent = compose(message, settings, datetime(2026, 11, 23, tzinfo=UTC)).as_bytes()
    assert str(message_from_bytes(sent, policy=default)["Subject"]) == subject
    assert all(len(line) < 79 for line in sent.split(b"\r\n"))
