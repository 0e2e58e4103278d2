"""The rows of the tab `intake`: each answer that waits for a decision, in the spreadsheet its table stands in. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from rules.dates import serial
from rules.headers import find_headers
from rules.wording import Language
from sheets_sync.furnishing.furnish import Existing, fit, furnish
from sheets_sync.reading.read import Spreadsheet, Tab
from sheets_sync.tabs.intake_spec import INTAKE
from sheets_sync.tabs.service_tabs import BLANK_ROWS, KeyedTab, fresh, keyed, update_rows
from sheets_sync.writing.edits import Request, Writable

REASONS: Mapping[str, tuple[str, str]] = {
    "no tab": ("עוד לא נמצאה לשונית לטופס הזה", "no tab is found for this form yet"),
    "refused": ("הכתיבה לגיליון לא הצליחה כמה פעמים", "writing it in the sheet failed several times"),
    "edited": ("התשובה נערכה אחרי ששובצה", "the answer was edited after it was placed"),
    "conflict": (
        "הגיעה תשובה אחרת עם מזהה שכבר התקבל. היא נדחתה, ומה שהתקבל קודם נשמר",
        "another answer came under an id that was taken in before. It was refused; the first one is kept",
    ),
    "no row": ("השורה של התשובה לא נמצאה בלשונית", "the answer's row is not found in the tab"),
    "two rows": ("המזהה של התשובה רשום ביותר משורה אחת", "more than one row has the answer's id"),
    "left": (
        "שאר השינויים עודכנו. לא עודכנו, כי בתא כתוב כבר משהו אחר: {}",
        "the other changes were made. Not changed, for the cell says something else by now: {}",
    ),
}
"""Why an answer waits; what follows a colon in the reason is put in the braces."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer that waits for a person: where it is shown (`home`, a spreadsheet's id) and what is shown of it."""

    id: str
    home: str
    form: str
    received: datetime
    sent: str
    reason: str
    place: str = ""


def said_reason(reason: str, language: Language) -> str:
    """A reason in words."""
    code, _, rest = reason.partition(":")
    he, en = REASONS.get(code, (reason, reason))
    return (he if language == "he" else en).replace("{}", rest)


def intake_tab(tabs: Iterable[Tab]) -> Tab | None:
    """The tab of a spreadsheet that bears our marks of it."""
    return next((tab for tab in tabs if f"{INTAKE.key}.id" in tab.own.values()), None)


def keyed_intake(tab: Tab) -> KeyedTab:
    """The tab by its ids."""
    headers = find_headers(INTAKE, tab.grid)
    return keyed(tab, INTAKE.key, headers.row or 0, headers.at)


def intake_requests(
    spreadsheet: Spreadsheet, kept: Sequence[Kept], language: Language, made: KeyedTab | None = None
) -> Iterator[Request]:
    """Bring a spreadsheet's tab up to date; one that is missing is made when there is something to show in it.

    `made` is the tab where it is being made in the same batch.
    """
    here = {one.id: _row(one, language) for one in kept if one.home == spreadsheet.id}
    tab = intake_tab(spreadsheet.tabs)
    there = made if tab is None else keyed_intake(tab)
    if there is None and here:
        existing = [Existing(one.title, one.place.sheet) for one in spreadsheet.tabs]
        yield from furnish([INTAKE], existing, language, rows=BLANK_ROWS)
        fitting = fit([INTAKE], existing, language).get(INTAKE.key)
        there = fresh(INTAKE, fitting.sheet) if fitting else None
    if there is not None and there.is_whole:
        yield from update_rows(there, here, gone=there.rows.keys() - here.keys())


def decisions(tab: Tab) -> dict[str, str]:
    """What the person chose, by the row's id."""
    there = keyed_intake(tab)
    chosen = {key: there.cell(key, "decision") for key in there.rows}
    return {key: str(one) for key, one in chosen.items() if one not in (None, "")}


def _row(one: Kept, language: Language) -> Mapping[str, Writable]:
    return {
        "received": serial(one.received.replace(tzinfo=None, second=0, microsecond=0)),
        "form": one.form,
        "sent": one.sent,
        "reason": said_reason(one.reason, language),
        "place": one.place,
    }
