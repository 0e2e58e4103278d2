"""Errors in the shape that Google answers them."""

from typing import Any

JSON = dict[str, Any]

STATUS = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    409: "ALREADY_EXISTS",
    413: "INVALID_ARGUMENT",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    501: "UNIMPLEMENTED",
    503: "UNAVAILABLE",
}

QUOTA_EXCEEDED = "The user's Drive storage quota has been exceeded."


class GoogleError(Exception):
    """An answer that is an error: HTTP code, message, and perhaps details, or Drive's older `reason`."""

    def __init__(self, code: int, message: str, *, details: list[JSON] | None = None, reason: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.details = details or []
        self.reason = reason

    def body(self) -> JSON:
        """The JSON body; Drive's errors (those with a reason) carry the list `errors` as well."""
        error: JSON = {"code": self.code, "message": self.message}
        if self.reason:
            error["errors"] = [{"message": self.message, "domain": "global", "reason": self.reason}]
        error["status"] = STATUS.get(self.code, "UNKNOWN")
        if self.details:
            error["details"] = self.details
        return {"error": error}


def invalid(message: str) -> GoogleError:
    """400 INVALID_ARGUMENT."""
    return GoogleError(400, message)


def violations(message: str, fields: list[tuple[str, str]]) -> GoogleError:
    """400 with `fieldViolations`, each a pair of field and description."""
    found = [{"field": field, "description": text} if field else {"description": text} for field, text in fields]
    detail = {"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": found}
    return GoogleError(400, message, details=[detail])


def denied() -> GoogleError:
    """403, as Sheets answers for a spreadsheet that is not shared with the caller."""
    return GoogleError(403, "The caller does not have permission")


def not_found() -> GoogleError:
    """404, as Sheets answers for an id that does not exist."""
    return GoogleError(404, "Requested entity was not found.")


def file_not_found(file_id: str) -> GoogleError:
    """404, as Drive answers for a file that does not exist or is not shared with the caller."""
    return GoogleError(404, f"File not found: {file_id}.", reason="notFound")


def quota_exceeded() -> GoogleError:
    """403: a service account owns no files (gspread#1592)."""
    return GoogleError(403, QUOTA_EXCEEDED, reason="storageQuotaExceeded")


def unsupported(kind: str) -> GoogleError:
    """501: a request kind of Google's schema that is not built here."""
    return GoogleError(501, f"The embedded Google does not support the request kind {kind}.")
