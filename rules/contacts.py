"""Phones, e-mail addresses, links and national ids."""

import re
from functools import lru_cache
from urllib.parse import urlsplit

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from stdnum.il import idnr

from rules.cell import Read, Trouble, several, unreadable
from rules.finding import ProblemKind
from rules.table import Cell

ISRAELI = re.compile(r"(?P<area>05[0-9]|07[0-9]|0[23489])-?(?P<rest>[0-9]{7})", re.ASCII)
SHORT = re.compile(r"\*[0-9]{3,5}|1[0-9]{2,3}|1-?[78]0[0-9]-?[0-9]{3}-?[0-9]{3}|1-?599-?[0-9]{3}-?[0-9]{3}")
BETWEEN = re.compile(r"[/,;\n|&]|\s(?:או|ו)[-\s]|\s-\s|\s{2,}")
INSIDE = re.compile(r"(?<![0-9])(?P<area>05[0-9]|07[0-9]|0[23489])[-\s]?(?P<rest>[0-9]{7})(?![0-9])", re.ASCII)
ABROAD = re.compile(r"^(?:\+|00)?972(?:\(?0\)?)?(?=[0-9]{8,9}$)")
NOISE = re.compile(r"[\s().\-־–]+")
PLAIN_LOCAL = re.compile(r"[A-Za-z0-9_+%-]+(?:\.[A-Za-z0-9_+%-]+)*")
ADDRESS = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)


def read_phone(cell: Cell) -> Read:
    """A phone number as people write it here: `050-1234567`, `02-6543210`, `*1234`, `+1 212-555-0123`.

    A number that lost its zero (typed as a number, or pasted) is read, with a remark.
    """
    text = _digits(cell)
    if text is None:
        return unreadable()
    if len(found := [phone for part in BETWEEN.split(text) if (phone := _phone(part))]) > 1:
        return unreadable(hint=several(found))
    if phone := _phone(text):
        return phone, None
    if phone := _phone("0" + text) if re.match(r"[2-9]", text) else None:
        return phone, Trouble(ProblemKind.LOST_ZERO, phone)
    inside = [f"{match['area']}-{match['rest']}" for match in INSIDE.finditer(text)]
    return unreadable(inside[0] if len(inside) == 1 else None, several(inside) if len(inside) > 1 else "")


def _phone(text: str) -> str | None:
    """A phone in the form people write; None when the text is not surely one."""
    digits = ABROAD.sub("0", NOISE.sub("", text))
    if match := ISRAELI.fullmatch(digits):
        return f"{match['area']}-{match['rest']}"
    if SHORT.fullmatch(digits):
        return text.strip()
    return _foreign(digits) if re.fullmatch(r"(?:\+|00)[0-9]{7,15}", digits) else None


def _foreign(digits: str) -> str | None:
    try:
        number = phonenumbers.parse(digits, "IL")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL))


def read_email(cell: Cell) -> Read:
    """An e-mail address by its form alone, as email-validator normalises it."""
    text = cell if isinstance(cell, str) else ""
    address = _address(text.removeprefix("mailto:"))
    if address:
        return address, None
    found = [address for part in ADDRESS.findall(text) if (address := _address(part.rstrip(".")))]
    return unreadable(found[0] if len(found) == 1 else None, several(found) if len(found) > 1 else "")


def _address(text: str) -> str | None:
    local, _, domain = text.rpartition("@")
    if PLAIN_LOCAL.fullmatch(local) and len(local) <= 64 and domain.isascii():
        return f"{local}@{domain.lower()}" if _domain(domain) else None
    try:
        return validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError:
        return None


@lru_cache(maxsize=10_000)
def _domain(domain: str) -> bool:
    """Whether addresses there are possible; asked once a domain, since asking is slow."""
    try:
        validate_email(f"a@{domain}", check_deliverability=False)
    except EmailNotValidError:
        return False
    return len(domain) <= 180


def read_url(cell: Cell) -> Read:
    """A web address; one without its scheme gets https."""
    text = cell if isinstance(cell, str) else ""
    whole = text if "://" in text else f"https://{text}"
    try:
        parts = urlsplit(whole)
        host = parts.hostname or ""
    except ValueError:
        return unreadable()
    if parts.scheme not in ("http", "https") or not re.fullmatch(r"[\w-]+(\.[\w-]+)+", host) or re.search(r"\s", text):
        return unreadable()
    return whole, None


def read_national_id(cell: Cell) -> Read:
    """A national id of nine digits whose check digit fits; one that lost its leading zeros is read, with a remark."""
    text = _digits(cell) or ""
    digits = re.sub(r"[\s-]", "", text)
    padded = digits.zfill(9)
    if not re.fullmatch("[0-9]{5,9}", digits) or not idnr.is_valid(padded):
        return unreadable()
    return padded, Trouble(ProblemKind.LOST_ZERO, padded) if len(digits) < 9 else None


def _digits(cell: Cell) -> str | None:
    """A cell's text, where a whole number counts as its digits."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool) or cell is None or not 0 < cell < 10**16 or cell != int(cell):
        return None
    return str(int(cell))
