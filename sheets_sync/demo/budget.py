"""The invented budget: its lines, and how much of each is used."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sheets_sync.demo.parts import Record


@dataclass(frozen=True, slots=True)
class Line:
    """A budget line in shekels: planned, and used (paid and open orders together) in this work year."""

    name: str
    category: str
    planned: int
    used: int
    one_off: bool = False

    @property
    def is_roomy(self) -> bool:
        """Whether some hundreds more would make no rule speak."""
        return self.used * 100 < self.planned * 60


OVER, OVER_A_LITTLE = "חגים", "פורים"
"""Over the plan: by 1,240 ₪, which the secretary hears of too, and by 120 ₪, which is below that threshold."""

NEARLY_SPENT, NOT_QUITE = "סבסוד חוגים", "ציוד לחוגים"
ALL_SPENT_AT_ONCE, ORDERED_AND_PAID = "מחנה קיץ", "ערבי תרבות"
HOLIDAYS, SUMMER = "חגי ישראל", "קיץ"
"""Categories: together over by more than a category may be, and used to the last shekel."""

AHEAD_OF_PLAN, A_LITTLE_AHEAD = "פעילות נוער", "טקסי זיכרון"
"""Used faster than the plan's dates say: by half, and by a little less than is noticed."""

HARDLY_USED, JUST_ENOUGH = "בלתי צפוי", "הוקרת מתנדבים"
"""Used too little towards the year's end; and just as much as is asked, 60 %."""

OVERPLANNED = "הכשרת מדריכים צעירים"

LINES = (
    Line(OVER, HOLIDAYS, 18_000, 19_240),
    Line(OVER_A_LITTLE, HOLIDAYS, 9_000, 9_120),
    Line("יום העצמאות", "תרבות", 14_000, 8_850),
    Line(A_LITTLE_AHEAD, "תרבות", 3_500, 1_400),
    Line(ORDERED_AND_PAID, "תרבות", 15_000, 10_000),
    Line("קבלות שבת קהילתיות", "תרבות", 6_000, 3_720),
    Line(AHEAD_OF_PLAN, "נוער", 22_000, 12_300),
    Line(ALL_SPENT_AT_ONCE, SUMMER, 16_000, 16_000, one_off=True),
    Line(OVERPLANNED, "נוער", 5_000, 2_100),
    Line(NEARLY_SPENT, "חוגים", 24_000, 20_880),
    Line(NOT_QUITE, "חוגים", 8_000, 6_720),
    Line("גיל רך", "חוגים", 8_000, 3_950),
    Line("הגיל השלישי", "קהילה", 10_000, 4_480),
    Line("ספרייה", "קהילה", 6_500, 3_240),
    Line("ועדות", "קהילה", 4_000, 1_650),
    Line(JUST_ENOUGH, "קהילה", 4_500, 2_700),
    Line("קליטת משפחות", "קליטה", 7_000, 3_060),
    Line("ערכות קליטה", "קליטה", 3_000, 1_500),
    Line('צוות חירום (צח"י)', "חוסן", 6_000, 2_770),
    Line("רווחה וחסד", "חוסן", 9_000, 4_900),
    Line("גינה קהילתית", "קיימות", 5_000, 2_350),
    Line("מחזור וקומפוסט", "קיימות", 3_500, 1_120),
    Line("פרסום ודפוס", "כללי", 5_500, 3_100),
    Line("כיבוד לישיבות", "כללי", 2_500, 1_300),
    Line("הדרכות והשתלמויות", "כללי", 6_000, 2_600),
    Line(HARDLY_USED, "כללי", 10_000, 1_900),
)


def budget_rows(owners: Sequence[str]) -> Iterator[Record]:
    """A row a line."""
    for index, line in enumerate(LINES):
        yield {
            "code": f"{51 + index // 6}{index % 6:02d}0",
            "line": line.name,
            "category": line.category,
            "planned": line.planned,
            "previous": round(line.planned * (82 + index * 7 % 31) / 100, -1),
            "one_off": line.one_off,
            "owner": owners[index % len(owners)],
        }
