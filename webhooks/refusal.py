"""The ways a request is refused, in one shape: a status, a code for programs, and words in both languages.

Nothing of the request is repeated in them.
"""

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True, slots=True)
class Words:
    """A refusal's status and words."""

    status: int
    he: str
    en: str
    retry_after: int | None = None


class Why(Enum):
    """Every reason; its lower-case name is the code in the answer."""

    UNKNOWN_FORM = Words(404, "אין טופס בשם הזה.", "There is no form of this name.")
    NOT_JSON = Words(
        415,
        "הבקשה צריכה להיות application/json ב־UTF-8, ללא דחיסה.",
        "The request must be application/json in UTF-8, not compressed.",
    )
    UNSIGNED = Words(
        401, "הבקשה אינה חתומה.", "The request is not signed: webhook-id, webhook-timestamp and webhook-signature."
    )
    BAD_SIGNATURE = Words(
        401,
        "החתימה אינה תקינה. כדאי לבדוק שהסוד בטופס הוא הסוד שבשירות.",
        "The signature does not match. Check that the form and the service hold the same secret.",
    )
    BAD_TIME = Words(
        401,
        "הבקשה נחתמה לפני יותר מחמש דקות, או שהשעון אינו מכוון.",
        "The request was signed more than five minutes ago, or a clock is wrong.",
    )
    TOO_LARGE = Words(413, "הבקשה גדולה מ־256 קילובייט.", "The request is larger than 256 KiB.")
    BAD_BODY = Words(400, "תוכן הבקשה אינו JSON תקין.", "The body is not valid JSON.")
    BAD_SUBMISSION = Words(
        400,
        "תוכן הבקשה אינו תשובה לטופס: נדרש submission עם id,‏ submitted ו־answers.",
        "The body is not a submission: {submission: {id, submitted, answers}} was expected.",
    )
    ID_REUSED = Words(
        409,
        "מזהה זה כבר שימש לתשובה אחרת; התשובה לא נקלטה.",
        "This id was used for another body; the answer was not taken in.",
    )
    NO_CHANNEL = Words(401, "העדכון אינו מערוץ שהשירות פתח.", "The push is of no channel that the service opened.")
    NO_HINTS = Words(404, "השירות לא הוגדר לקבל רמזים.", "The service was not set up to take hints.")
    OTHER_SHEET = Words(404, "הגיליון הזה אינו בהגדרות של השירות.", "This spreadsheet is not in the settings.")
    BUSY = Words(503, "לא ניתן לשמור כרגע; כדאי לנסות שוב בעוד רגע.", "It cannot be stored now; try again soon.", 5)


class Refusal(Exception):
    """A request is refused; `webhooks.app` answers it."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.name)
        self.why = why
