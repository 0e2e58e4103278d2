"""What the doctor is given."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from sheets_sync.config import Settings

Clock: TypeAlias = Callable[[], datetime]
Sign: TypeAlias = Callable[[str, tuple[str, ...]], object]


@dataclass(frozen=True)
class Case:
    """The settings, the machine's clock (aware), and who says whether a form's secrets can sign.

    `sign` takes a form's name and its secrets, and raises BadSettings. A letter is sent to `send_to` alone, if any.
    """

    settings: Settings
    clock: Clock
    sign: Sign
    send_to: str = ""
