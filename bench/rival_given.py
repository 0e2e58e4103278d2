"""What is asked of each column of `bench.reading`'s registrations, in the words of others' means."""

from typing import Any

import orjson

from bench.reading import CLASSES, FIELDS

Cells = set[tuple[int, str]]
"""0-based row in the sheet, and field."""
KEY = ["participant", "phone", "class_name"]
PATTERNS = {"phone": r"^05\d-\d{7}$", "email": r"^[^@\s]+@[^@\s]+\.[a-z]+$", "parent": "^[^\u200e\u200f]*$"}
LISTS = {
    "status": ["התקבל", "רשום/ה", "שיעור ניסיון", "רשימת המתנה", "בוטל"],
    "payment": ["שולם", "שולם חלקית", "טרם שולם", "הוסדר"],
    "class_name": CLASSES,
}
LEAST, MOST = 46_000, 46_300
NUMBERS = {"submitted": (LEAST, MOST), "amount_due": (None, None), "amount_paid": (0, None)}


def columns_of(body: bytes) -> dict[str, list[Any]]:
    found = orjson.loads(body)["valueRanges"][0]["values"]
    return {field: column[1:] for field, column in zip(FIELDS, found, strict=True)}
