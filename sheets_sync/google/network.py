"""Calls that got no answer of Google's: what it means for them, and in words."""

import requests
from google.auth import exceptions as auth_errors
from urllib3.exceptions import NameResolutionError, NewConnectionError

from sheets_sync.errors import BadCredentials, GoogleTrouble, Unavailable, Unclear


def never_connected(error: Exception) -> bool:
    """Whether no connection was made (no network, no such name, nobody listens): nothing can have been applied."""
    return isinstance(error, requests.ConnectTimeout) or isinstance(_reason(error), NewConnectionError)


def is_passing(error: auth_errors.GoogleAuthError) -> bool:
    """Whether the token endpoint is out of reach or busy (the call itself was never sent), and not refusing the key."""
    return isinstance(error, auth_errors.TransportError) or bool(error.retryable)


def unreachable(error: BaseException | None) -> Unavailable:
    """A call that is surely not applied, or that only reads: which way Google was missed."""
    if isinstance(_reason(error), NameResolutionError):
        return Unavailable(
            "הכתובת של Google לא נמצאת (DNS). כדאי לבדוק את החיבור לאינטרנט במחשב שבו השירות רץ. שום דבר לא השתנה; "
            "ננסה שוב.",
            "Google's address is not found (DNS). Check the internet connection of the service's machine. Nothing "
            "changed; to be tried again.",
        )
    if isinstance(error, requests.exceptions.SSLError):
        return Unavailable(
            "אין קשר מוצפן תקין עם Google. כדאי לבדוק את השעון, את תעודות האבטחה ואת ה־proxy במחשב שבו השירות רץ.",
            "There is no trusted connection to Google. Check the clock, the certificates and the proxy of the "
            "service's machine.",
        )
    if isinstance(error, requests.exceptions.InvalidJSONError):
        return Unavailable(
            "מישהו אחר ענה במקום Google (דף כניסה לרשת, או proxy). כדאי לבדוק את החיבור לאינטרנט במחשב שבו השירות רץ. "
            "שום דבר לא השתנה; ננסה שוב.",
            "Something else answered in Google's stead (a network's sign-in page, or a proxy). Check the internet "
            "connection of the service's machine. Nothing changed; to be tried again.",
        )
    if isinstance(error, requests.ReadTimeout):
        return Unavailable(
            "Google לא ענה בזמן. שום דבר לא השתנה; ננסה שוב.",
            "Google did not answer in time. Nothing changed; to be tried again.",
        )
    return Unavailable(
        "אין כרגע קשר ל־Google. שום דבר לא השתנה; ננסה שוב.",
        "Google is out of reach. Nothing changed; to be tried again.",
    )


def unclear() -> Unclear:
    """A write whose answer did not come, or came as an error of the server."""
    return Unclear(
        "התשובה של Google לכתיבה אבדה. לפני ניסיון נוסף נבדוק מה כבר נכתב.",
        "Google's answer to a write was lost. What was written is looked up before anything is sent again.",
    )


def no_token(error: auth_errors.GoogleAuthError, account: str) -> GoogleTrouble:
    """Why no token was given: out of reach, a clock that is wrong, or a key that is no longer good."""
    said, cause = str(error), error.__cause__
    if isinstance(cause, requests.exceptions.SSLError) or isinstance(_reason(cause), NameResolutionError):
        return unreachable(cause)
    if is_passing(error):
        return Unavailable(
            "שירות הכניסה של Google לא זמין כרגע. שום דבר לא השתנה; ננסה שוב.",
            "Google's token service is out of reach or busy. Nothing changed; to be tried again.",
        )
    if "iat" in said and "JWT" in said:
        return BadCredentials(
            "השעון במחשב שבו השירות רץ לא נכון, ולכן Google לא מקבל את המפתח. כדאי לכוון את השעון (NTP) ולנסות שוב.",
            "The clock of the service's machine is wrong, so Google does not accept the key. Set the clock (NTP) and "
            "try again.",
        )
    if "Signature" in said:
        return BadCredentials(
            f"המפתח של {account} כבר לא תקף: ייתכן שנמחק או הוחלף. כדאי להוריד מפתח חדש ולעדכן את google.key_file.",
            f"The key of {account} is no longer good: it may have been deleted or replaced. Make a new key and set "
            "google.key_file.",
        )
    return BadCredentials(
        f"Google לא מכיר את חשבון השירות {account}, או שהחשבון הושבת. כדאי לבדוק אותו ב־Google Cloud ולעדכן את "
        "google.key_file.",
        f"Google does not know the service account {account}, or it was disabled. Check it in Google Cloud and set "
        "google.key_file.",
    )


def _reason(error: BaseException | None) -> object:
    """What urllib3 says beneath requests' error."""
    inner = error.args[0] if isinstance(error, requests.ConnectionError) and error.args else None
    return getattr(inner, "reason", inner)
