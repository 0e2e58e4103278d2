"""The channel that prints instead of sending."""

from typing import TextIO

from sheets_sync.notify.message import Message, one_line


def send(message: Message, stream: TextIO) -> None:
    """Print a message as it would have gone out."""
    subject = one_line(message.subject)
    stream.write(f"{message.channel} → {one_line(message.recipient)}\n{subject}\n\n{message.text}\n\n")
