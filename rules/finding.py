"""What was noticed: findings of rules and problems of cells, as values."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import NamedTuple

from rules.table import Cell, Place
from rules.wording import Figure


class Severity(IntEnum):
    """How pressing a finding is; a higher one is told again."""

    INFO = 1
    CARE = 2
    URGENT = 3

    @property
    def hebrew(self) -> str:
        """The word people see."""
        return {1: "לידיעה", 2: "לטיפול", 3: "דחוף"}[self]

    @property
    def english(self) -> str:
        """The word people see in English."""
        return {1: "for information", 2: "for care", 3: "urgent"}[self]


class Role(StrEnum):
    """Whom a message can go to; who holds a role stands in the tab `people`."""

    COORDINATOR = "coordinator"
    SECRETARY = "secretary"
    BOARD = "board"
    COMMITTEE_CHAIR = "committee_chair"
    ACTIVITY_COORDINATOR = "activity_coordinator"
    YOUTH_COORDINATOR = "youth_coordinator"
    EMERGENCY_CHAIR = "emergency_chair"
    SOCIAL_WORKER = "social_worker"
    INSTRUCTOR = "instructor"
    COMPANION = "companion"
    AREA_MANAGER = "area_manager"
    PROGRAM_MANAGER = "program_manager"
    CENTER_MANAGER = "center_manager"
    LIBRARIAN = "librarian"
    YARD_COORDINATOR = "yard_coordinator"
    OWNER = "owner"
    HANDLER = "handler"

    @property
    def hebrew(self) -> str:
        """The role's name in the tab `people`."""
        return ROLE_NAMES[self]

    @property
    def english(self) -> str:
        """The role's name in English."""
        return self.replace("_", " ")


ROLE_NAMES = {
    Role.COORDINATOR: "רכז/ת קהילה",
    Role.SECRETARY: "מזכיר/ת היישוב",
    Role.BOARD: "ועד הנהלה",
    Role.COMMITTEE_CHAIR: 'יו"ר ועדה',
    Role.ACTIVITY_COORDINATOR: "רכז/ת חוגים",
    Role.YOUTH_COORDINATOR: "רכז/ת נוער",
    Role.EMERGENCY_CHAIR: 'יו"ר צח"י',
    Role.SOCIAL_WORKER: 'עו"ס',
    Role.INSTRUCTOR: "מדריך/ה",
    Role.COMPANION: "משפחה מלווה",
    Role.AREA_MANAGER: "מנהל/ת קיימות מרחבי/ת",
    Role.PROGRAM_MANAGER: "מנהל/ת תוכנית שכונות מקיימות",
    Role.CENTER_MANAGER: "מנהל/ת המרכז הקהילתי",
    Role.LIBRARIAN: "ספרן/ית",
    Role.YARD_COORDINATOR: "רכז/ת חצר",
    Role.OWNER: "אחראי/ת",
    Role.HANDLER: "גורם מטפל",
}


@dataclass(frozen=True, slots=True)
class CellRef:
    """A cell a finding rests on: its tab, and 0-based row and column."""

    place: Place
    row: int
    column: int


@dataclass(frozen=True)
class Finding:
    """One fact a rule noticed.

    `key` names the subject in the words of the sheet and, with the rule, is the finding's identity from pass to pass.
    `row` is the 0-based row in the sheet, None for a finding about a whole. `named` resolves roles that stand for a
    person named in the row (companion, owner, handler). `variant` chooses among the rule's wordings.
    """

    rule: str
    table: str
    key: str
    row: int | None
    severity: Severity
    roles: tuple[Role, ...]
    figures: Mapping[str, Figure]
    variant: str = ""
    named: Mapping[Role, str] = field(default_factory=dict)
    cells: tuple[CellRef, ...] = ()

    @property
    def id(self) -> str:
        """A short stable identity: the rule and the subject, not the row and not the figures."""
        return hashlib.sha256(f"{self.rule}\n{self.key}".encode()).hexdigest()[:12]


class ProblemKind(StrEnum):
    """What can be wrong with a cell; REMARKS are read all the same."""

    REQUIRED = "required"
    TYPE = "type"
    RANGE = "range"
    CHOICE = "choice"
    UNIQUE = "unique"
    REFERENCE = "reference"
    FORMULA_ERROR = "formula_error"
    AMBIGUOUS_DATE = "ambiguous_date"
    TEXT_NUMBER = "text_number"
    TEXT_DATE = "text_date"
    LOST_ZERO = "lost_zero"
    HIDDEN_CHARACTERS = "hidden_characters"
    QUESTION = "question"


REMARKS = frozenset(
    {
        ProblemKind.QUESTION,
        ProblemKind.TEXT_NUMBER,
        ProblemKind.TEXT_DATE,
        ProblemKind.LOST_ZERO,
        ProblemKind.HIDDEN_CHARACTERS,
    }
)


class Problem(NamedTuple):
    """Something wrong with one cell: where, what, and what it should perhaps be.

    `proposal` is the value a repair would write (a Cell as Google takes it), None when there is none to offer.
    `hint` names what was expected where the kind alone does not say it (the choices, the range, the other row); of a
    problem that `is_worded` it is the words themselves: Hebrew, a line end, English. `row_id` is the row's identity
    while it is being typed and its key still changes.
    """

    table: str
    place: Place
    row: int
    column: int
    field: str
    kind: ProblemKind
    value: Cell
    proposal: Cell = None
    hint: str = ""
    is_worded: bool = False
    row_id: str = ""

    @property
    def is_remark(self) -> bool:
        """Whether the value was understood and the problem is only worth a remark."""
        return self.kind in REMARKS
