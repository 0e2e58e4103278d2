"""Every error answer of Google's has a named outcome, in words for a person."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sheets_sync.errors import BadCredentials, Full, GoogleTrouble, NotFound, Protected, Refused, Unavailable, Unshared

LIMITED = frozenset({"rateLimitExceeded", "userRateLimitExceeded", "RATE_LIMIT_EXCEEDED"})
"""Drive answers 403 for what Sheets answers 429."""


@dataclass(frozen=True)
class Said:
    """An error answer, taken apart: its message, and the reasons and fields that its details name."""

    status: int
    message: str
    reasons: frozenset[str] = frozenset()
    fields: tuple[str, ...] = ()


def outcome(status: int, body: str, account: str) -> GoogleTrouble:
    """The outcome of an answer that is not 2xx; `account` is the service account's address, to share with."""
    said = _said(status, body)
    if _is_busy(said):
        return Unavailable(
            "Google עמוס כרגע. שום דבר לא השתנה; ננסה שוב.", f"Google is busy ({status}). Nothing changed."
        )
    if "protected cell or object" in said.message:
        return _protected(account)
    match status:
        case 401:
            return BadCredentials(
                "Google לא קיבל את מפתח השירות. כדאי להוריד מפתח חדש לחשבון השירות ולעדכן את google.key_file.",
                f"Google refused the service account's key ({said.message}). Make a new key and set google.key_file.",
            )
        case 403:
            return _forbidden(said, account)
        case 404:
            return NotFound(
                "אין קובץ כזה. כדאי לבדוק את הכתובת בהגדרות.", "There is no such spreadsheet. Check its url."
            )
        case 400 | 413:
            return _invalid(said)
        case _:
            return Refused(
                f"Google סירב לבקשה: {said.message}", f"Google refused the request ({status}): {said.message}"
            )


def busy(status: int, body: str) -> bool:
    """Whether the answer means only: not so many calls now. Nothing was applied."""
    return status == 429 or (status == 403 and bool(_said(status, body).reasons & LIMITED))


def _is_busy(said: Said) -> bool:
    return said.status in (429, 500, 502, 503, 504) or (said.status == 403 and bool(said.reasons & LIMITED))


def _protected(account: str) -> Protected:
    return Protected(
        f"תא או לשונית מוגנים מפני עריכה. כדאי להוסיף את {account} לרשימת העורכים של ההגנה: "
        "נתונים ← הגנה על גיליונות וטווחים.",
        f"A cell or tab is protected. Add {account} to the protection's editors: Data → Protect sheets and ranges.",
    )


def _forbidden(said: Said, account: str) -> GoogleTrouble:
    if "storage quota" in said.message.lower() or "storageQuotaExceeded" in said.reasons:
        return Refused(
            "לחשבון שירות אין מקום לקבצים משלו. אדם יוצר את הקובץ ומשתף אותו עם " + account,
            f"A service account owns no files: a person creates it and shares it with {account}. ({said.message})",
        )
    if "SERVICE_DISABLED" in said.reasons or "it is disabled" in said.message:
        return BadCredentials(
            "ה־API של Google Sheets או Drive לא מופעל בפרויקט. מפעילים אותו ב־Google Cloud: "
            "APIs & Services ← Enable APIs.",
            "The Google Sheets or Drive API is not enabled in the project. Enable it in Google Cloud: APIs & Services.",
        )
    if "ACCESS_TOKEN_SCOPE_INSUFFICIENT" in said.reasons or "insufficientPermissions" in said.reasons:
        return BadCredentials(
            "ההרשאות (scopes) של המפתח לא מספיקות לגיליונות ול־Drive.",
            "The key's scopes do not allow spreadsheets and Drive.",
        )
    return Unshared(
        f"הקובץ לא משותף עם חשבון השירות. כדאי לשתף אותו, בהרשאת עריכה, עם {account}",
        f"The spreadsheet is not shared with the service account. Share it, as editor, with {account}",
    )


def _invalid(said: Said) -> Refused:
    """A request that is wrong as it stands: too much of something, a file of another kind, or a fault of ours."""
    if "number of cells" in said.message or "10000000 cells" in said.message:
        return Full(
            "הגיליון הגיע לגבול של Google, 10 מיליון תאים. כדאי למחוק שורות ועמודות ריקות, "
            "או להעביר לשוניות ישנות לקובץ אחר.",
            "The spreadsheet is at Google's limit of 10 million cells. Delete empty rows and columns, or move old tabs "
            "to another spreadsheet.",
        )
    if said.status == 413 or "payload size" in said.message:
        return Refused(
            "הבקשה גדולה מדי בשביל Google; דבר ממנה לא נכתב. כדאי להעביר את השורה הזו למי שמתחזק את השירות.",
            "The request is too large for Google; nothing of it was written. Please report this line.",
        )
    if "Office file" in said.message or "not supported for this document" in said.message:
        return Refused(
            "הקובץ הוא קובץ Excel ולא גיליון של Google. פותחים אותו ב־Drive, שומרים כ־Google Sheets "
            "ומעדכנים את הכתובת בהגדרות.",
            "The file is an Excel file and no Google spreadsheet. Open it in Drive, save it as Google Sheets, and set "
            "the new url.",
        )
    where = f" ({', '.join(said.fields)})" if said.fields else ""
    return Refused(
        f"Google סירב לבקשה{where}: {said.message}",
        f"Google refused the request ({said.status}){where}: {said.message}",
    )


def _said(status: int, body: str) -> Said:
    """Google's error shape taken apart; the beginning of the body where it is not JSON (an HTML 502)."""
    try:
        error = json.loads(body)["error"]
        message = str(error["message"])[:200]
    except (ValueError, KeyError, TypeError):
        return Said(status, body[:200])
    details = [detail for detail in [*error.get("details", ()), *error.get("errors", ())] if isinstance(detail, dict)]
    reasons = frozenset(str(detail["reason"]) for detail in details if "reason" in detail)
    return Said(status, message, reasons, tuple(_fields(details)))


def _fields(details: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for detail in details:
        for violation in detail.get("fieldViolations", ()):
            if field := violation.get("field"):
                yield str(field)
