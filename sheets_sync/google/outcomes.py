"""Every error answer of Google's has a named outcome, in words for a person."""

import json

from sheets_sync.errors import BadCredentials, GoogleTrouble, NotFound, Refused, Unavailable, Unshared


def outcome(status: int, body: str, account: str) -> GoogleTrouble:
    """The outcome of an answer that is not 2xx; `account` is the service account's address, to share with."""
    message = _message(body)
    match status:
        case 401:
            return BadCredentials(
                "Google לא קיבל את מפתח השירות. כדאי להוריד מפתח חדש לחשבון השירות ולעדכן את google.key_file.",
                f"Google refused the service account's key ({message}). Make a new key and set google.key_file.",
            )
        case 403 if "quota" in message.lower():
            return Refused(
                "לחשבון שירות אין מקום לקבצים משלו. אדם יוצר את הקובץ ומשתף אותו עם " + account,
                f"A service account owns no files: a person creates it and shares it with {account}. ({message})",
            )
        case 403:
            return Unshared(
                f"הקובץ לא משותף עם חשבון השירות. כדאי לשתף אותו, בהרשאת עריכה, עם {account}",
                f"The spreadsheet is not shared with the service account. Share it, as editor, with {account}",
            )
        case 404:
            return NotFound(
                "אין קובץ כזה. כדאי לבדוק את הכתובת בהגדרות.", "There is no such spreadsheet. Check its url."
            )
        case 429 | 500 | 502 | 503 | 504:
            return Unavailable(
                "Google עמוס כרגע. שום דבר לא השתנה; ננסה שוב.", f"Google is busy ({status}). Nothing changed."
            )
        case _:
            return Refused(f"Google סירב לבקשה: {message}", f"Google refused the request ({status}): {message}")


def _message(body: str) -> str:
    """The message in Google's error shape; the beginning of the body where it is not JSON (an HTML 502)."""
    try:
        return str(json.loads(body)["error"]["message"])
    except (ValueError, KeyError, TypeError):
        return body[:200]
