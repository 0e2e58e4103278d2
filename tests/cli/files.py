"""Files to import: real public ones where the machine has them, and others of the same shape where it has not."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import openpyxl

DATA = Path(__file__).parents[2].parent / "shared" / "data"
"""Real public tables, laid beside the checkout; a newcomer's machine has none."""

CODES = ((1111100100, "ארנונה מגורים", 0, 44500), (1113000190, "הנחות מימון", 0, 350))
SPENT = ((1611000110, "שכר הנהלה", 4.5, -1234), (1611000750, "מוכנים", None, 87.5), (1631000840, "ריבית", 0, -0.01))


def municipal_budget(folder: Path) -> Path:
    """A municipal budget: a real one, or one made of the same columns; negative amounts, codes as numbers."""
    real = DATA / "budget_elad_2022.xlsx"
    return real if real.exists() else _made(folder / "budget.xlsx", " EPR דוח", (HEADER, *CODES, *SPENT))


def made_budget(folder: Path) -> Path:
    """The same, always made here, with amounts that a float holds badly."""
    return _made(folder / "made.xlsx", " EPR דוח", (HEADER, *CODES, *SPENT))


HEADER = ("מס כרטיס", "שם כרטיס", "מספר משרות", "תקציב באלפי שח")


def statistics(folder: Path) -> Path:
    """A statistics bureau's file: rows of junk above the header, totals first, numbers as text; no table of ours."""
    real = DATA / "budget_muni_finance_2024_sample.xlsx"
    if real.exists():
        return real
    rows = (
        ("x", 'נתונים כספיים של רשויות מקומיות לשנת 2024 (באלפי ש"ח)', "x.1"),
        (None, None, None),
        (None, "כללי", None),
        ("שם הרשות", "סמל הרשות", 'סה"כ תקבולים (תקציב רגיל ותקציב בלתי רגיל)'),
        ("כלל ארצי", None, "122659629.84232999"),
        ("עיריות סך הכל", None, "93320847"),
    )
    return _made(folder / "statistics.xlsx", "budget", rows)


def bomb(folder: Path) -> Path:
    """A file of 160 KB that would unpack to 160 MB."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * (160 * 2**20))
    return _written(folder / "bomb.xlsx", data.getvalue())


def entities(folder: Path) -> Path:
    """A workbook whose XML asks for a file of the machine."""
    made = made_budget(folder)
    data = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(data, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/workbook.xml":
                content = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>' + content
            new.writestr(name, content)
    return _written(folder / "entities.xlsx", data.getvalue())


def broken(folder: Path) -> Path:
    """The first half of a workbook."""
    content = made_budget(folder).read_bytes()
    return _written(folder / "broken.xlsx", content[: len(content) // 2])


def text(folder: Path) -> Path:
    """No workbook at all."""
    return _written(folder / "text.xlsx", "שלום".encode())


def _made(file: Path, title: str, rows: Sequence[Sequence[object]]) -> Path:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append([*row])
    workbook.save(file)
    return file


def _written(file: Path, content: bytes) -> Path:
    file.write_bytes(content)
    return file
